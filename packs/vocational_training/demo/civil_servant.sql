-- People on the public payroll who have nothing to do with training. Persons 1001, 1003, 1005 … of the seed: no trainee
-- has an odd number above a thousand.
WITH person AS (
  SELECT n, 999 + 2 * n AS who,
         CASE WHEN n % 20 < 7 THEN '公务员' WHEN n % 20 < 9 THEN '参公' WHEN n % 20 < 15 THEN '事业编'
              WHEN n % 20 < 17 THEN '国企' WHEN n % 20 < 18 THEN '村干部' ELSE '编外' END AS kind,
         day_add(DATE '2004-08-01', (n * 97) % 6400) AS joined_on
  FROM generate_series(1, $rows) AS g(n)
)
SELECT fake_resident_id($seed, who) AS resident_id,
       fake_name($seed, who) AS name,
       CASE kind WHEN '公务员' THEN pick(n % 3, '定海区示范局|定海区昌国街道办事处|定海区环南街道办事处')
                 WHEN '参公' THEN '定海区示范服务中心'
                 WHEN '事业编' THEN pick(n % 4, '定海区示范小学|定海区示范中学|定海区示范医院|定海区示范卫生院')
                 WHEN '国企' THEN '定海区示范集团有限公司'
                 WHEN '村干部' THEN '定海区示范村村民委员会'
                 ELSE '定海区示范局' END AS unit,
       kind,
       CASE kind WHEN '公务员' THEN '一级科员' WHEN '参公' THEN '一级科员' WHEN '村干部' THEN '村民委员会委员' ELSE '职员' END AS post,
       CASE WHEN n % 15 <> 7 THEN joined_on END AS from_on,
       CASE WHEN n % 25 = 11 THEN day_add(joined_on, 1900) END AS to_on,
       CASE WHEN n % 15 <> 7 THEN '区委编办实名制名册' ELSE '财政工资统发名册' END AS source
FROM person
ORDER BY n
