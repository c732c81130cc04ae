-- People with four grants in one year, persons 1, 20 with five: 1–36 lie behind the past problems, 101–104 wait to be
-- verified, 113 was verified and explained (two grants are instalments of one project). 1–23 in 2022, the rest in 2023.
-- The grants beyond the third: every fourth person an 项目制补贴 of 1200, else every third 1000, else 800; the fifth 800.
-- Person 36's fourth grant rests on the certificate of the third, so that two models meet in one person.
-- Problem N is about the trainees of body N.
WITH person AS (
  SELECT p,
         CASE WHEN p <= 6 THEN 1 WHEN p <= 11 THEN 2 WHEN p <= 15 THEN 3 WHEN p <= 18 THEN 4 WHEN p <= 23 THEN 10
              WHEN p <= 27 THEN 17 WHEN p <= 29 THEN 18 WHEN p <= 33 THEN 20 WHEN p <= 36 THEN 22 ELSE p - 100 END AS org,
         CASE WHEN p IN (1, 20) THEN 5 ELSE 4 END AS times
  FROM generate_series(1, $rows) AS g(p)
  WHERE p <= 36 OR p BETWEEN 101 AND 104 OR p = 113
),
line AS (
  SELECT p, nth, org,
         CASE WHEN p = 113 AND nth >= 3 THEN '项目制补贴'
              WHEN nth = 4 AND p % 4 = 0 THEN '项目制补贴'
              WHEN nth = 2 AND p % 2 = 0 THEN '技能提升补贴'
              ELSE '培训补贴' END AS kind,
         CASE WHEN p = 36 AND nth >= 3 THEN '四级'
              WHEN nth = 3 OR nth = 4 AND p % 12 IN (3, 4, 6, 8, 9, 0) THEN '四级'
              ELSE '五级' END AS level,
         (p + 3 * CASE WHEN p = 36 AND nth = 4 OR p = 113 AND nth = 4 THEN 3 ELSE nth END) % 16 AS occupation,
         CASE WHEN p <= 23 THEN CASE nth WHEN 4 THEN 10 WHEN 5 THEN 11 ELSE 3 * nth - 1 END + p % 2
              ELSE 10 + 2 * nth + 1 + p % 2 END AS pay_round
  FROM person
  CROSS JOIN generate_series(1, 5) AS h(nth)
  WHERE nth <= times
),
dated AS (
  SELECT *, CAST(pick(pay_round - 1, '2022-01-14|2022-02-18|2022-03-18|2022-04-15|2022-05-20|2022-06-17|2022-07-15|2022-08-19|2022-09-16|2022-10-21|2022-11-18|2022-12-16|2023-01-13|2023-02-17|2023-03-17|2023-04-14|2023-05-19|2023-06-16|2023-07-14|2023-08-18') AS DATE) AS granted_on
  FROM line
)
SELECT 'BL' || lpad(CAST(p AS VARCHAR), 4, '0') || CAST(nth AS VARCHAR) AS grant_no,
       d.kind,
       fake_resident_id($seed, p) AS resident_id,
       fake_name($seed, p) AS name,
       CASE WHEN NOT (p = 113 AND nth >= 3)
            THEN 'S000033099' || lpad(CAST(d.org AS VARCHAR), 3, '0') || CASE level WHEN '五级' THEN '5' ELSE '4' END || '9'
                 || lpad(CAST(10 * p + CASE WHEN p = 36 AND nth = 4 THEN 3 ELSE nth END AS VARCHAR), 8, '0') END AS certificate_no,
       pick(occupation, '电工|焊工|养老护理员|育婴员|保育师|中式烹调师|中式面点师|西式面点师|美容师|美发师|茶艺师|电子商务师|钳工|车工|家政服务员|消防设施操作员') AS occupation,
       level,
       CASE WHEN d.kind <> '技能提升补贴' THEN o.uscc END AS org_uscc,
       CASE WHEN d.kind <> '技能提升补贴' THEN o.name END AS org,
       CASE WHEN d.kind <> '技能提升补贴' THEN 'DH' || lpad(CAST(pay_round AS VARCHAR), 2, '0') || lpad(CAST(d.org AS VARCHAR), 2, '0') END AS class_no,
       CASE WHEN d.kind <> '技能提升补贴' THEN day_add(granted_on, -88) END AS trained_from,
       CASE WHEN d.kind <> '技能提升补贴' THEN day_add(granted_on, -74) END AS trained_to,
       CASE WHEN d.kind <> '技能提升补贴' THEN CAST(80 AS BIGINT) END AS hours,
       CASE WHEN d.kind <> '培训补贴' THEN fake_uscc('91', 1000 + p % 60) END AS firm_uscc,
       CASE WHEN d.kind <> '培训补贴' THEN '定海区示范' || pick(p % 6, '船舶|水产|纺织|机械|物流|餐饮') || CAST(1 + p % 60 AS VARCHAR) || '号有限公司' END AS firm,
       CASE WHEN d.kind = '项目制补贴' THEN '企业' ELSE '本人' END AS payee,
       day_add(granted_on, -30) AS claimed_on,
       granted_on,
       CAST(CASE WHEN p = 113 AND nth >= 3 THEN 600 WHEN d.kind = '项目制补贴' THEN 1200
                 WHEN d.kind = '技能提升补贴' AND level = '五级' THEN 1000
                 WHEN level = '四级' THEN 1000 ELSE 800 END AS DECIMAL(18, 2)) AS amount,
       '已发放' AS status,
       CASE WHEN d.kind = '技能提升补贴' THEN '失业保险基金' ELSE '就业补助资金' END AS fund
FROM dated d
JOIN training_org o ON o.licence_no = '定人社民培字第' || lpad(CAST(d.org AS VARCHAR), 3, '0') || '号'
ORDER BY grant_no
