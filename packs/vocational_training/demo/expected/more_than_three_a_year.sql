-- 36 behind the past problems, four that wait, one that was explained.
SELECT fake_resident_id($seed, p) AS resident_id, CASE WHEN p <= 23 THEN 2022 ELSE 2023 END AS year
FROM generate_series(1, 113) AS g(p)
WHERE p <= 36 OR p BETWEEN 101 AND 104 OR p = 113
ORDER BY p
