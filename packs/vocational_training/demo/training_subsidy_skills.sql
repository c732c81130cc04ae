-- 技能提升补贴: one each for the trainees 1000, 1004, 1008 … of the classes, for an occupation they had no class in.
WITH planned AS (
  SELECT n, 996 + 4 * n AS who, n - 1 AS trainee,
         (n + 6) % 16 AS occupation, 1 + (n + 1) % 3 AS grade,
         CASE WHEN (n - 1) % 5 = 0 OR (n - 1) % 2 = 0 THEN 12 ELSE 0 END + 1 + (n / 7) % 12 AS pay_round
  FROM generate_series(1, $rows) AS g(n)
),
dated AS (
  SELECT *, CAST(pick(pay_round - 1, '2022-01-21|2022-02-25|2022-03-25|2022-04-22|2022-05-27|2022-06-24|2022-07-22|2022-08-26|2022-09-23|2022-10-28|2022-11-25|2022-12-23|2023-01-19|2023-02-24|2023-03-24|2023-04-21|2023-05-26|2023-06-21|2023-07-21|2023-08-25|2023-09-22|2023-10-27|2023-11-24|2023-12-22') AS DATE) AS granted_on
  FROM planned
)
SELECT 'TS' || lpad(CAST(n AS VARCHAR), 8, '0') AS grant_no,
       '技能提升补贴' AS kind,
       fake_resident_id($seed, who) AS resident_id,
       fake_name($seed, who) AS name,
       'Y000033099022' || CAST(6 - grade AS VARCHAR) || lpad(CAST(n AS VARCHAR), 8, '0') AS certificate_no,
       pick(occupation, '电工|焊工|养老护理员|育婴员|保育师|中式烹调师|中式面点师|西式面点师|美容师|美发师|茶艺师|电子商务师|钳工|车工|家政服务员|消防设施操作员') AS occupation,
       pick(grade - 1, '五级|四级|三级') AS level,
       fake_uscc('91', 1000 + trainee % 60) AS firm_uscc,
       '定海区示范' || pick(trainee % 6, '船舶|水产|纺织|机械|物流|餐饮') || CAST(1 + trainee % 60 AS VARCHAR) || '号有限公司' AS firm,
       '本人' AS payee,
       day_add(granted_on, -25) AS claimed_on,
       granted_on,
       CAST(pick(grade - 1, '1000|1500|2000') AS DECIMAL(18, 2)) AS amount,
       '已发放' AS status,
       '失业保险基金' AS fund
FROM dated
ORDER BY grant_no
