-- Grants to people on the public payroll (see planted/civil_servant.sql): 65–88 lie behind the past problems, two of them
-- (65, 73) with two grants; 109–112 wait to be verified, 110 with money that was paid to a firm; 116 was explained (joined
-- after the class). Every third 1000, else 800; the second grant 800.
-- Problem N is about the trainees of body N.
WITH person AS (
  SELECT p,
         CASE WHEN p <= 72 THEN 5 WHEN p <= 76 THEN 6 WHEN p <= 79 THEN 9 WHEN p <= 84 THEN 12 WHEN p <= 86 THEN 15
              WHEN p <= 88 THEN 19 ELSE p - 100 END AS org
  FROM generate_series(1, $rows) AS g(p)
  WHERE p BETWEEN 65 AND 88 OR p BETWEEN 109 AND 112 OR p = 116
),
line AS (
  SELECT p, nth, org,
         CASE WHEN p = 110 THEN '项目制补贴' ELSE '培训补贴' END AS kind,
         CASE WHEN p % 3 = 0 AND nth = 1 THEN '四级' ELSE '五级' END AS level,
         (p + 3 * nth) % 16 AS occupation,
         CASE WHEN p <= 79 THEN 3 + p % 7 + 2 * nth - 2 WHEN p = 116 THEN 4 ELSE 13 + p % 5 END AS pay_round
  FROM person
  CROSS JOIN generate_series(1, 2) AS h(nth)
  WHERE nth = 1 OR p IN (65, 73)
),
dated AS (
  SELECT *, CAST(pick(pay_round - 1, '2022-01-14|2022-02-18|2022-03-18|2022-04-15|2022-05-20|2022-06-17|2022-07-15|2022-08-19|2022-09-16|2022-10-21|2022-11-18|2022-12-16|2023-01-13|2023-02-17|2023-03-17|2023-04-14|2023-05-19|2023-06-16|2023-07-14|2023-08-18') AS DATE) AS granted_on
  FROM line
)
SELECT 'BL' || lpad(CAST(p AS VARCHAR), 4, '0') || CAST(nth AS VARCHAR) AS grant_no,
       d.kind,
       fake_resident_id($seed, p) AS resident_id,
       fake_name($seed, p) AS name,
       'S000033099' || lpad(CAST(d.org AS VARCHAR), 3, '0') || CASE level WHEN '五级' THEN '5' ELSE '4' END || '9'
         || lpad(CAST(10 * p + nth AS VARCHAR), 8, '0') AS certificate_no,
       pick(occupation, '电工|焊工|养老护理员|育婴员|保育师|中式烹调师|中式面点师|西式面点师|美容师|美发师|茶艺师|电子商务师|钳工|车工|家政服务员|消防设施操作员') AS occupation,
       level,
       o.uscc AS org_uscc,
       o.name AS org,
       'DH' || lpad(CAST(pay_round AS VARCHAR), 2, '0') || lpad(CAST(d.org AS VARCHAR), 2, '0') AS class_no,
       day_add(granted_on, -88) AS trained_from,
       day_add(granted_on, -74) AS trained_to,
       CAST(80 AS BIGINT) AS hours,
       CASE WHEN d.kind = '项目制补贴' THEN fake_uscc('91', 1000 + p % 60) END AS firm_uscc,
       CASE WHEN d.kind = '项目制补贴' THEN '定海区示范' || pick(p % 6, '船舶|水产|纺织|机械|物流|餐饮') || CAST(1 + p % 60 AS VARCHAR) || '号有限公司' END AS firm,
       CASE WHEN d.kind = '项目制补贴' THEN '企业' ELSE '本人' END AS payee,
       day_add(granted_on, -30) AS claimed_on,
       granted_on,
       CAST(CASE WHEN d.kind = '项目制补贴' THEN 1200 WHEN level = '四级' THEN 1000 ELSE 800 END AS DECIMAL(18, 2)) AS amount,
       '已发放' AS status,
       '就业补助资金' AS fund
FROM dated d
JOIN training_org o ON o.licence_no = '定人社民培字第' || lpad(CAST(d.org AS VARCHAR), 3, '0') || '号'
ORDER BY grant_no
