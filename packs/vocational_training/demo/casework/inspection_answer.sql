-- Eleven answers to each of the 42 visits (visit n saw body n, from 25 on body n - 24 again). What was found on the first
-- visit is mended on the second.
WITH visit AS (
  SELECT n, o.kind, o.registered_address, o.operating_address
  FROM generate_series(1, 42) AS g(n)
  JOIN training_org o ON strpos(o.licence_no, '字第' || lpad(CAST(1 + (n - 1) % 24 AS VARCHAR), 3, '0') || '号') > 0
),
answer AS (
  SELECT n, item,
         CASE WHEN item = 1 AND n <= 24 AND registered_address <> operating_address THEN '办学注册地址与经营地址不对应'
              WHEN item = 2 AND n <= 24 AND chosen(n, 7, 24) THEN '培训管理制度未上墙'
              WHEN item = 5 AND n IN (8, 27) THEN '实际上课地点与备案不一致'
              WHEN item = 6 AND n IN (3, 11, 20, 33) THEN '一名学员的签到由他人代签'
              WHEN item = 7 AND n IN (12, 21) THEN '教学日志缺一个半天的记录'
              WHEN item = 11 AND n IN (4, 15, 30) THEN '抽查的档案缺少银行回单' END AS found,
         item IN (8, 9) AND kind <> '社会评价组织' AND n % 3 = 0 AS not_applicable
  FROM visit
  CROSS JOIN generate_series(1, 11) AS h(item)
)
SELECT '2023-检-' || lpad(CAST(n AS VARCHAR), 3, '0') AS inspection_no,
       item,
       CASE WHEN found IS NOT NULL THEN '不符合' WHEN not_applicable THEN '不适用' ELSE '符合' END AS result,
       CASE WHEN found IS NOT NULL THEN found WHEN not_applicable THEN '本机构不设考点' END AS note
FROM answer
ORDER BY inspection_no, item
