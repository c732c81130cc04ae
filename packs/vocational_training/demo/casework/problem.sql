-- The 22 problems of 2023, all closed. Problem N is about the planted grants (BL…, persons 1–88) that body N claimed, and
-- rests on the findings about them; problem 21 also on person 36's certificate, whom problem 22 is about.
WITH story(no, found_on, rectified_on, rechecked_on, closed_on) AS (
  VALUES (1, DATE '2023-02-14', DATE '2023-03-16', DATE '2023-03-23', DATE '2023-03-24'),
         (2, DATE '2023-02-14', DATE '2023-03-17', DATE '2023-03-23', DATE '2023-03-24'),
         (3, DATE '2023-03-07', DATE '2023-04-12', DATE '2023-04-19', DATE '2023-04-20'),
         (4, DATE '2023-03-07', DATE '2023-04-13', DATE '2023-04-19', DATE '2023-04-20'),
         (5, DATE '2023-03-21', DATE '2023-04-26', DATE '2023-05-10', DATE '2023-05-11'),
         (6, DATE '2023-03-21', DATE '2023-04-27', DATE '2023-05-10', DATE '2023-05-11'),
         (7, DATE '2023-04-11', DATE '2023-05-17', DATE '2023-05-24', DATE '2023-05-25'),
         (8, DATE '2023-04-11', DATE '2023-05-18', DATE '2023-05-24', DATE '2023-05-25'),
         (9, DATE '2023-05-09', DATE '2023-06-07', DATE '2023-06-14', DATE '2023-06-15'),
         (10, DATE '2023-05-16', DATE '2023-06-15', DATE '2023-06-20', DATE '2023-06-21'),
         (11, DATE '2023-06-06', DATE '2023-07-12', DATE '2023-07-19', DATE '2023-07-20'),
         (12, DATE '2023-07-11', DATE '2023-08-16', DATE '2023-08-23', DATE '2023-08-24'),
         (13, DATE '2023-07-18', DATE '2023-08-23', DATE '2023-08-30', DATE '2023-08-31'),
         (14, DATE '2023-08-08', DATE '2023-09-13', DATE '2023-09-20', DATE '2023-09-21'),
         (15, DATE '2023-08-22', DATE '2023-09-20', DATE '2023-09-26', DATE '2023-09-27'),
         (16, DATE '2023-08-29', DATE '2023-09-27', DATE '2023-10-11', DATE '2023-10-12'),
         (17, DATE '2023-09-05', DATE '2023-10-12', DATE '2023-10-18', DATE '2023-10-19'),
         (18, DATE '2023-09-12', DATE '2023-10-18', DATE '2023-10-25', DATE '2023-10-26'),
         (19, DATE '2023-09-19', DATE '2023-10-25', DATE '2023-11-01', DATE '2023-11-02'),
         (20, DATE '2023-10-10', DATE '2023-11-15', DATE '2023-11-22', DATE '2023-11-23'),
         (21, DATE '2023-10-17', DATE '2023-11-22', DATE '2023-11-29', DATE '2023-11-30'),
         (22, DATE '2023-10-24', DATE '2023-11-29', DATE '2023-12-06', DATE '2023-12-07')
),
granted AS (
  SELECT CAST(substr(grant_no, 3, 4) AS INT) AS p, grant_no, resident_id, org_uscc, certificate_no,
         CAST(CAST(date_part('year', granted_on) AS INT) AS VARCHAR) AS year
  FROM training_subsidy
  WHERE grant_no LIKE 'BL%' AND grant_no < 'BL0089'
),
finding AS (
  SELECT org_uscc, resident_id, '一年超三次享受培训补贴' AS kind, 'more_than_three_a_year:' || resident_id || '|' || year AS name
  FROM granted WHERE p <= 36
  UNION
  SELECT org_uscc, resident_id, '同一本证书重复享受培训补贴', 'certificate_subsidised_twice:' || certificate_no
  FROM granted WHERE p BETWEEN 37 AND 64
  UNION
  SELECT o.uscc, g.resident_id, '同一本证书重复享受培训补贴', 'certificate_subsidised_twice:' || g.certificate_no
  FROM granted g
  CROSS JOIN training_org o
  WHERE g.grant_no = 'BL00364' AND strpos(o.licence_no, '字第021号') > 0
  UNION
  SELECT org_uscc, resident_id, '公务员享受培训补贴', 'civil_servant_subsidised:' || grant_no
  FROM granted WHERE p >= 65
),
problem AS (
  SELECT org_uscc, kind, count(DISTINCT resident_id) AS persons,
         string_agg('vocational_training.' || name, ';' ORDER BY name) AS findings
  FROM finding
  WHERE org_uscc IS NOT NULL
  GROUP BY org_uscc, kind
)
SELECT '2023-培训-' || lpad(CAST(q.no AS VARCHAR), 3, '0') AS problem_no,
       'vocational_training' AS project,
       p.kind,
       o.name || CAST(p.persons AS VARCHAR) || '名学员'
         || CASE p.kind WHEN '一年超三次享受培训补贴' THEN '一年内享受补贴超过三次'
                        WHEN '同一本证书重复享受培训补贴' THEN '凭同一本证书两次享受补贴'
                        ELSE '在财政供养期间享受补贴' END AS title,
       '区人社保局' AS unit,
       o.name AS subject,
       q.found_on,
       p.findings,
       CASE p.kind WHEN '一年超三次享受培训补贴' THEN '同一人一年享受培训补贴不超过三次（含技能提升补贴）'
                   WHEN '同一本证书重复享受培训补贴' THEN '同一职业（工种）同一等级只能享受一次补贴'
                   ELSE '机关事业单位工作人员不属于补贴对象' END AS basis,
       '退回多享受的补贴；经办机构复盘审核环节，申领前在平台比对；约谈机构负责人' AS measure,
       day_add(q.found_on, 60) AS due_on,
       q.rectified_on,
       fake_name($seed, 601 + q.no % 3) || '（职业能力建设科）' AS rectified_by,
       q.rechecked_on,
       fake_name($seed, 611 + q.no % 2) || '（专项治理督查组）' AS rechecked_by,
       q.closed_on
FROM story q
JOIN training_org o ON strpos(o.licence_no, '字第' || lpad(CAST(q.no AS VARCHAR), 3, '0') || '号') > 0
JOIN problem p ON p.org_uscc = o.uscc
WHERE q.no <= $rows
ORDER BY problem_no
