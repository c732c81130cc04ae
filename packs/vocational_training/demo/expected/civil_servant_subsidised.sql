-- 26 grants of the 24 persons behind the past problems, four that wait, one that was explained.
SELECT 'BL' || lpad(CAST(p AS VARCHAR), 4, '0') || CAST(nth AS VARCHAR) AS grant_no
FROM generate_series(65, 116) AS g(p)
CROSS JOIN generate_series(1, 2) AS h(nth)
WHERE (nth = 1 AND (p <= 88 OR p BETWEEN 109 AND 112 OR p = 116)) OR (nth = 2 AND p IN (65, 73))
ORDER BY grant_no
