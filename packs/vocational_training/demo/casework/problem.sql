-- The 22 problems of 2023, all closed. Each rests on the findings about its persons `from_p`–`to_p` of the planted sheets
-- (and on the certificate of person 36, whom two problems share). The grants named BL… are the planted ones.
WITH problem(no, model, from_p, to_p, also_p, found_on, rectified_on, rechecked_on, closed_on) AS (
  VALUES (1, 'more_than_three_a_year', 1, 6, NULL, DATE '2023-02-14', DATE '2023-03-16', DATE '2023-03-23', DATE '2023-03-24'),
         (2, 'more_than_three_a_year', 7, 11, NULL, DATE '2023-02-14', DATE '2023-03-17', DATE '2023-03-23', DATE '2023-03-24'),
         (3, 'more_than_three_a_year', 12, 15, NULL, DATE '2023-03-07', DATE '2023-04-12', DATE '2023-04-19', DATE '2023-04-20'),
         (4, 'more_than_three_a_year', 16, 18, NULL, DATE '2023-03-07', DATE '2023-04-13', DATE '2023-04-19', DATE '2023-04-20'),
         (5, 'civil_servant_subsidised', 65, 72, NULL, DATE '2023-03-21', DATE '2023-04-26', DATE '2023-05-10', DATE '2023-05-11'),
         (6, 'civil_servant_subsidised', 73, 76, NULL, DATE '2023-03-21', DATE '2023-04-27', DATE '2023-05-10', DATE '2023-05-11'),
         (7, 'certificate_subsidised_twice', 37, 41, NULL, DATE '2023-04-11', DATE '2023-05-17', DATE '2023-05-24', DATE '2023-05-25'),
         (8, 'certificate_subsidised_twice', 42, 45, NULL, DATE '2023-04-11', DATE '2023-05-18', DATE '2023-05-24', DATE '2023-05-25'),
         (9, 'civil_servant_subsidised', 77, 79, NULL, DATE '2023-05-09', DATE '2023-06-07', DATE '2023-06-14', DATE '2023-06-15'),
         (10, 'more_than_three_a_year', 19, 23, NULL, DATE '2023-05-16', DATE '2023-06-15', DATE '2023-06-20', DATE '2023-06-21'),
         (11, 'certificate_subsidised_twice', 46, 51, NULL, DATE '2023-06-06', DATE '2023-07-12', DATE '2023-07-19', DATE '2023-07-20'),
         (12, 'civil_servant_subsidised', 80, 84, NULL, DATE '2023-07-11', DATE '2023-08-16', DATE '2023-08-23', DATE '2023-08-24'),
         (13, 'certificate_subsidised_twice', 52, 54, NULL, DATE '2023-07-18', DATE '2023-08-23', DATE '2023-08-30', DATE '2023-08-31'),
         (14, 'certificate_subsidised_twice', 55, 58, NULL, DATE '2023-08-08', DATE '2023-09-13', DATE '2023-09-20', DATE '2023-09-21'),
         (15, 'civil_servant_subsidised', 85, 86, NULL, DATE '2023-08-22', DATE '2023-09-20', DATE '2023-09-26', DATE '2023-09-27'),
         (16, 'certificate_subsidised_twice', 59, 60, NULL, DATE '2023-08-29', DATE '2023-09-27', DATE '2023-10-11', DATE '2023-10-12'),
         (17, 'more_than_three_a_year', 24, 27, NULL, DATE '2023-09-05', DATE '2023-10-12', DATE '2023-10-18', DATE '2023-10-19'),
         (18, 'more_than_three_a_year', 28, 29, NULL, DATE '2023-09-12', DATE '2023-10-18', DATE '2023-10-25', DATE '2023-10-26'),
         (19, 'civil_servant_subsidised', 87, 88, NULL, DATE '2023-09-19', DATE '2023-10-25', DATE '2023-11-01', DATE '2023-11-02'),
         (20, 'more_than_three_a_year', 30, 33, NULL, DATE '2023-10-10', DATE '2023-11-15', DATE '2023-11-22', DATE '2023-11-23'),
         (21, 'certificate_subsidised_twice', 61, 64, 36, DATE '2023-10-17', DATE '2023-11-22', DATE '2023-11-29', DATE '2023-11-30'),
         (22, 'more_than_three_a_year', 34, 36, NULL, DATE '2023-10-24', DATE '2023-11-29', DATE '2023-12-06', DATE '2023-12-07')
),
granted AS (
  SELECT CAST(substr(grant_no, 3, 4) AS INT) AS p, grant_no, resident_id, org, certificate_no,
         CAST(date_part('year', granted_on) AS INT) AS year,
         count(*) OVER (PARTITION BY certificate_no) AS with_certificate
  FROM training_subsidy
  WHERE grant_no LIKE 'BL%'
),
finding AS (
  SELECT DISTINCT q.no, g.resident_id,
         CASE WHEN g.p BETWEEN q.from_p AND q.to_p THEN g.org END AS org,
         'vocational_training.' || q.model || ':'
           || CASE q.model WHEN 'more_than_three_a_year' THEN g.resident_id || '|' || CAST(g.year AS VARCHAR)
                           WHEN 'certificate_subsidised_twice' THEN g.certificate_no
                           ELSE g.grant_no END AS name
  FROM problem q
  JOIN granted g ON g.p BETWEEN q.from_p AND q.to_p OR g.p = q.also_p
  WHERE q.model <> 'certificate_subsidised_twice' OR g.with_certificate > 1
),
named AS (
  SELECT no, string_agg(name, ';' ORDER BY name) AS findings
  FROM (SELECT DISTINCT no, name FROM finding) f
  GROUP BY no
),
counted AS (
  SELECT no, count(DISTINCT resident_id) AS persons, min(org) AS org FROM finding GROUP BY no
)
SELECT '2023-培训-' || lpad(CAST(q.no AS VARCHAR), 3, '0') AS problem_no,
       'vocational_training' AS project,
       CASE q.model WHEN 'more_than_three_a_year' THEN '一年超三次享受培训补贴'
                    WHEN 'certificate_subsidised_twice' THEN '同一本证书重复享受培训补贴'
                    ELSE '公务员享受培训补贴' END AS kind,
       c.org || CAST(c.persons AS VARCHAR) || '名学员'
         || CASE q.model WHEN 'more_than_three_a_year' THEN '一年内享受补贴超过三次'
                         WHEN 'certificate_subsidised_twice' THEN '凭同一本证书两次享受补贴'
                         ELSE '在财政供养期间享受补贴' END AS title,
       '区人社保局' AS unit,
       c.org AS subject,
       q.found_on,
       f.findings,
       CASE q.model WHEN 'more_than_three_a_year' THEN '一人一年享受培训补贴不超过三次（含技能提升补贴）'
                    WHEN 'certificate_subsidised_twice' THEN '同一职业（工种）同一等级只能享受一次补贴'
                    ELSE '机关事业单位工作人员不属于补贴对象' END AS basis,
       '退回多享受的补贴；经办机构复盘审核环节，申领前在平台比对；对机构负责人进行约谈' AS measure,
       day_add(q.found_on, 60) AS due_on,
       q.rectified_on,
       fake_name($seed, 601 + q.no % 3) AS rectified_by,
       q.rechecked_on,
       fake_name($seed, 611 + q.no % 2) AS rechecked_by,
       q.closed_on
FROM problem q
JOIN named f ON f.no = q.no
JOIN counted c ON c.no = q.no
