-- 42 visits: every body once from March, 18 of them again in autumn, by two inspectors.
SELECT '2023-检-' || lpad(CAST(n AS VARCHAR), 3, '0') AS inspection_no,
       'vocational_training' AS project,
       'vocational_training.supervision' AS checklist,
       o.name AS subject,
       o.uscc AS subject_code,
       -- Monday, Tuesday and Thursday of each week from 6 March and from 9 October: none falls on a holiday.
       day_add(CASE WHEN n <= 24 THEN DATE '2023-03-06' ELSE DATE '2023-10-09' END,
               CAST(7 * ((n - 1) % 24 / 3) + CASE (n - 1) % 3 WHEN 2 THEN 3 ELSE (n - 1) % 3 END AS INT)) AS inspected_on,
       fake_name($seed, 621 + n % 4) || '、' || fake_name($seed, 625 + n % 3) AS inspectors
FROM generate_series(1, $rows) AS g(n)
JOIN training_org o ON strpos(o.licence_no, '字第' || lpad(CAST(1 + (n - 1) % 24 AS VARCHAR), 3, '0') || '号') > 0
ORDER BY inspection_no
