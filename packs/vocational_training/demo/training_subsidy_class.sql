-- 培训补贴: two classes for each of the trainees 1000, 1004, 1008 …, in different occupations, paid in the monthly rounds
-- of 2022 and 2023. Every fifth trainee takes both in 2023; with one 技能提升补贴 that makes three at most.
WITH line AS (
  SELECT n, (n - 1) / 2 AS trainee, (n - 1) % 2 AS nth FROM generate_series(1, $rows) AS g(n)
),
planned AS (
  SELECT n, nth, 1000 + 4 * trainee AS who, 1 + trainee % 16 AS org,
         (trainee + 3 * nth) % 16 AS occupation,
         1 + (trainee + nth) % 3 AS grade,
         CASE WHEN nth = 1 OR trainee % 5 = 0 THEN 12 ELSE 0 END + 2 + (trainee / 5 + 5 * nth) % 10 AS pay_round
  FROM line
),
dated AS (
  SELECT *, CAST(pick(pay_round - 1, '2022-01-14|2022-02-18|2022-03-18|2022-04-15|2022-05-20|2022-06-17|2022-07-15|2022-08-19|2022-09-16|2022-10-21|2022-11-18|2022-12-16|2023-01-13|2023-02-17|2023-03-17|2023-04-14|2023-05-19|2023-06-16|2023-07-14|2023-08-18|2023-09-15|2023-10-20|2023-11-17|2023-12-15') AS DATE) AS granted_on
  FROM planned
)
SELECT 'PX' || lpad(CAST(n AS VARCHAR), 8, '0') AS grant_no,
       '培训补贴' AS kind,
       fake_resident_id($seed, who) AS resident_id,
       fake_name($seed, who) AS name,
       'S000033099' || lpad(CAST(d.org AS VARCHAR), 3, '0') || CAST(6 - grade AS VARCHAR) || lpad(CAST(n AS VARCHAR), 8, '0') AS certificate_no,
       pick(occupation, '电工|焊工|养老护理员|育婴员|保育师|中式烹调师|中式面点师|西式面点师|美容师|美发师|茶艺师|电子商务师|钳工|车工|家政服务员|消防设施操作员') AS occupation,
       pick(grade - 1, '五级|四级|三级') AS level,
       o.uscc AS org_uscc,
       o.name AS org,
       'DH' || lpad(CAST(pay_round AS VARCHAR), 2, '0') || lpad(CAST(d.org AS VARCHAR), 2, '0') AS class_no,
       day_add(granted_on, -88) AS trained_from,
       day_add(granted_on, -74) AS trained_to,
       CAST(40 + 40 * grade AS BIGINT) AS hours,
       '本人' AS payee,
       day_add(granted_on, -30) AS claimed_on,
       granted_on,
       CAST(pick(grade - 1, '800|1000|1500') AS DECIMAL(18, 2)) AS amount,
       '已发放' AS status,
       '就业补助资金' AS fund
FROM dated d
JOIN training_org o ON o.licence_no = '定人社民培字第' || lpad(CAST(d.org AS VARCHAR), 3, '0') || '号'
ORDER BY grant_no
