-- Certificates that were subsidised twice, one a person: 37–64 lie behind the past problems, 105–108 wait to be verified,
-- 114 (a returned payment sent again, not marked 退票) and 115 (two instalments of one project) were explained.
-- The second grant: persons 37, 41, 45 … a 技能提升补贴 of 1500 after the class, else every third 1000, else 800.
-- Problem N is about the trainees of body N.
WITH person AS (
  SELECT p,
         CASE WHEN p <= 41 THEN 7 WHEN p <= 45 THEN 8 WHEN p <= 51 THEN 11 WHEN p <= 54 THEN 13 WHEN p <= 58 THEN 14
              WHEN p <= 60 THEN 16 WHEN p <= 64 THEN 21 ELSE p - 100 END AS org,
         p <= 64 AND p % 4 = 1 AS skills,
         p <= 64 AND p % 4 = 1 OR p % 3 = 0 AS fourth_grade
  FROM generate_series(1, $rows) AS g(p)
  WHERE p BETWEEN 37 AND 64 OR p BETWEEN 105 AND 108 OR p IN (114, 115)
),
line AS (
  SELECT p, nth, org, fourth_grade,
         CASE WHEN p = 115 THEN '项目制补贴' WHEN skills AND nth = 2 THEN '技能提升补贴' ELSE '培训补贴' END AS kind,
         CASE WHEN nth = 1 THEN 3 + p % 6 WHEN p <= 51 THEN 10 + p % 3 ELSE 13 + p % 5 END AS pay_round
  FROM person
  CROSS JOIN generate_series(1, 2) AS h(nth)
),
dated AS (
  SELECT *, CAST(pick(pay_round - 1, '2022-01-14|2022-02-18|2022-03-18|2022-04-15|2022-05-20|2022-06-17|2022-07-15|2022-08-19|2022-09-16|2022-10-21|2022-11-18|2022-12-16|2023-01-13|2023-02-17|2023-03-17|2023-04-14|2023-05-19|2023-06-16|2023-07-14|2023-08-18') AS DATE) AS granted_on
  FROM line
)
SELECT 'BL' || lpad(CAST(p AS VARCHAR), 4, '0') || CAST(nth AS VARCHAR) AS grant_no,
       d.kind,
       fake_resident_id($seed, p) AS resident_id,
       fake_name($seed, p) AS name,
       'S000033099' || lpad(CAST(d.org AS VARCHAR), 3, '0') || CASE WHEN fourth_grade THEN '4' ELSE '5' END || '9'
         || lpad(CAST(10 * p AS VARCHAR), 8, '0') AS certificate_no,
       pick(p % 16, '电工|焊工|养老护理员|育婴员|保育师|中式烹调师|中式面点师|西式面点师|美容师|美发师|茶艺师|电子商务师|钳工|车工|家政服务员|消防设施操作员') AS occupation,
       CASE WHEN fourth_grade THEN '四级' ELSE '五级' END AS level,
       CASE WHEN d.kind <> '技能提升补贴' THEN o.uscc END AS org_uscc,
       CASE WHEN d.kind <> '技能提升补贴' THEN o.name END AS org,
       CASE WHEN d.kind <> '技能提升补贴' THEN 'DH' || lpad(CAST(3 + p % 6 AS VARCHAR), 2, '0') || lpad(CAST(d.org AS VARCHAR), 2, '0') END AS class_no,
       -- Both grants for a class name the same days: it was one class.
       CASE WHEN d.kind <> '技能提升补贴' THEN day_add(min(granted_on) OVER (PARTITION BY p), -88) END AS trained_from,
       CASE WHEN d.kind <> '技能提升补贴' THEN day_add(min(granted_on) OVER (PARTITION BY p), -74) END AS trained_to,
       CASE WHEN d.kind <> '技能提升补贴' THEN CAST(80 AS BIGINT) END AS hours,
       CASE WHEN d.kind <> '培训补贴' THEN fake_uscc('91', 1000 + p % 60) END AS firm_uscc,
       CASE WHEN d.kind <> '培训补贴' THEN '定海区示范' || pick(p % 6, '船舶|水产|纺织|机械|物流|餐饮') || CAST(1 + p % 60 AS VARCHAR) || '号有限公司' END AS firm,
       CASE WHEN d.kind = '项目制补贴' THEN '企业' ELSE '本人' END AS payee,
       day_add(granted_on, -30) AS claimed_on,
       granted_on,
       CAST(CASE WHEN p = 115 THEN 600 WHEN d.kind = '技能提升补贴' THEN 1500
                 WHEN fourth_grade THEN 1000 ELSE 800 END AS DECIMAL(18, 2)) AS amount,
       '已发放' AS status,
       CASE WHEN d.kind = '技能提升补贴' THEN '失业保险基金' ELSE '就业补助资金' END AS fund
FROM dated d
JOIN training_org o ON o.licence_no = '定人社民培字第' || lpad(CAST(d.org AS VARCHAR), 3, '0') || '号'
ORDER BY grant_no
