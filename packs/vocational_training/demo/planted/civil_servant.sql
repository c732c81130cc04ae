-- The payroll rows of the persons of planted/civil_servant_subsidy.sql. Every fifth left in the middle of 2023, after the
-- class; 116's row has no date of joining, which is why the model asked.
SELECT fake_resident_id($seed, p) AS resident_id,
       fake_name($seed, p) AS name,
       CASE p % 3 WHEN 0 THEN '定海区示范局' WHEN 1 THEN '定海区示范服务中心' ELSE '定海区示范中学' END AS unit,
       CASE p % 3 WHEN 0 THEN '公务员' WHEN 1 THEN '参公' ELSE '事业编' END AS kind,
       CASE p % 3 WHEN 2 THEN '教师' ELSE '一级科员' END AS post,
       CASE WHEN p <> 116 THEN day_add(DATE '2011-08-01', (p * 89) % 3000) END AS from_on,
       CASE WHEN p % 5 = 0 THEN DATE '2023-06-30' END AS to_on,
       CASE WHEN p <> 116 THEN '区委编办实名制名册' ELSE '财政工资统发名册' END AS source
FROM generate_series(1, $rows) AS g(p)
WHERE p BETWEEN 65 AND 88 OR p BETWEEN 109 AND 112 OR p = 116
ORDER BY p
