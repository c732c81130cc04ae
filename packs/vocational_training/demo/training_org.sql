-- The 24 bodies of the demo district. Their names are the cyclic signs, so that no real school is meant;
-- the number in the licence is the body's number. Problem 1 of 2023 is about body 1's trainees, and so on to 22.
-- Three of them teach elsewhere than they are registered: the inspections find them.
WITH body AS (
  SELECT n,
         CASE WHEN n <= 16 THEN '民办培训学校' WHEN n <= 18 THEN '职业院校'
              WHEN n <= 22 THEN '企业培训中心' ELSE '社会评价组织' END AS kind,
         pick(n - 1, '甲子|乙丑|丙寅|丁卯|戊辰|己巳|庚午|辛未|壬申|癸酉|甲戌|乙亥|丙子|丁丑|戊寅|己卯|庚辰|辛巳|壬午|癸未|甲申|乙酉|丙戌|丁亥') AS sign,
         pick(n % 6, '昌国街道|环南街道|城东街道|盐仓街道|双桥街道|小沙街道') AS street
  FROM generate_series(1, $rows) AS g(n)
)
SELECT fake_uscc(CASE kind WHEN '职业院校' THEN '12' WHEN '企业培训中心' THEN '91' ELSE '52' END, n) AS uscc,
       '定海区' || sign || CASE kind WHEN '民办培训学校' THEN '职业技能培训学校' WHEN '职业院校' THEN '职业技术学校'
                                     WHEN '企业培训中心' THEN '船舶修造企业培训中心' ELSE '职业技能评价服务中心' END AS name,
       kind,
       CASE kind WHEN '社会评价组织' THEN '定评备' ELSE '定人社民培' END || '字第' || lpad(CAST(n AS VARCHAR), 3, '0') || '号' AS licence_no,
       day_add(DATE '2024-06-30', n * 31) AS licence_until,
       '定海区' || street || '示范路' || CAST(n AS VARCHAR) || '号' AS registered_address,
       '定海区' || street || CASE WHEN n IN (5, 9, 14) THEN '工业园区' ELSE '示范路' END || CAST(n AS VARCHAR) || '号' AS operating_address,
       fake_name($seed, 500 + n) AS legal_representative,
       pick(n % 4, '电工、焊工|养老护理员、育婴员|中式烹调师、西式面点师|电子商务师、茶艺师') AS occupations,
       '正常' AS status
FROM body
ORDER BY licence_no
