-- 项目制补贴: one each for the workers 1002, 1006, 1010 …, paid to their firm by a list of names.
WITH planned AS (
  SELECT n, 998 + 4 * n AS who, (n - 1) % 60 AS firm, 19 + n % 3 AS org,
         n % 16 AS occupation, 3 + (n / 20) % 20 AS pay_round
  FROM generate_series(1, $rows) AS g(n)
),
dated AS (
  SELECT *, CAST(pick(pay_round - 1, '2022-01-27|2022-02-28|2022-03-30|2022-04-28|2022-05-30|2022-06-29|2022-07-28|2022-08-30|2022-09-29|2022-10-31|2022-11-29|2022-12-29|2023-01-30|2023-02-27|2023-03-30|2023-04-27|2023-05-30|2023-06-29|2023-07-31|2023-08-30|2023-09-27|2023-10-31|2023-11-29|2023-12-28') AS DATE) AS granted_on
  FROM planned
)
SELECT 'XM' || lpad(CAST(n AS VARCHAR), 8, '0') AS grant_no,
       '项目制补贴' AS kind,
       fake_resident_id($seed, who) AS resident_id,
       fake_name($seed, who) AS name,
       'J000033099' || lpad(CAST(d.org AS VARCHAR), 3, '0') || '4' || lpad(CAST(n AS VARCHAR), 8, '0') AS certificate_no,
       pick(occupation, '电工|焊工|养老护理员|育婴员|保育师|中式烹调师|中式面点师|西式面点师|美容师|美发师|茶艺师|电子商务师|钳工|车工|家政服务员|消防设施操作员') AS occupation,
       '四级' AS level,
       o.uscc AS org_uscc,
       o.name AS org,
       'XM' || lpad(CAST(pay_round AS VARCHAR), 2, '0') || lpad(CAST(firm AS VARCHAR), 2, '0') AS class_no,
       day_add(granted_on, -95) AS trained_from,
       day_add(granted_on, -70) AS trained_to,
       CAST(120 AS BIGINT) AS hours,
       fake_uscc('91', 1000 + firm) AS firm_uscc,
       '定海区示范' || pick(firm % 6, '船舶|水产|纺织|机械|物流|餐饮') || CAST(1 + firm AS VARCHAR) || '号有限公司' AS firm,
       '企业' AS payee,
       day_add(granted_on, -40) AS claimed_on,
       granted_on,
       CAST(1200 AS DECIMAL(18, 2)) AS amount,
       '已发放' AS status,
       '就业补助资金' AS fund
FROM dated d
JOIN training_org o ON o.licence_no = '定人社民培字第' || lpad(CAST(d.org AS VARCHAR), 3, '0') || '号'
ORDER BY grant_no
