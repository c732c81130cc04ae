-- What each person of the problems was paid beyond the rule, paid back in one sum: the grants after the third of the
-- year, the second grant for a certificate, every grant to a person on the payroll. A grant that two problems question
-- is paid back once, in the later one's number. 88 lines, 86,900.00 yuan.
WITH granted AS (
  SELECT grant_no, resident_id, amount,
         row_number() OVER (PARTITION BY resident_id, date_part('year', granted_on) ORDER BY granted_on, grant_no) AS nth_of_year,
         row_number() OVER (PARTITION BY certificate_no ORDER BY granted_on, grant_no) AS nth_of_certificate
  FROM training_subsidy
  WHERE grant_no LIKE 'BL%'
),
questioned AS (
  SELECT i.resident_id, max(q.problem_no) AS problem_no,
         max(CASE q.kind WHEN '一年超三次享受培训补贴' THEN 1 ELSE 0 END) AS of_year,
         max(CASE q.kind WHEN '同一本证书重复享受培训补贴' THEN 1 ELSE 0 END) AS of_certificate,
         max(CASE q.kind WHEN '公务员享受培训补贴' THEN 1 ELSE 0 END) AS of_payroll
  FROM ops.problem_person i
  JOIN ops.problem q ON q.problem_no = i.problem_no
  GROUP BY i.resident_id
),
due AS (
  SELECT p.resident_id, p.problem_no, sum(g.amount) AS amount
  FROM questioned p
  JOIN granted g ON g.resident_id = p.resident_id
  WHERE p.of_year = 1 AND g.nth_of_year > 3
     OR p.of_certificate = 1 AND g.nth_of_certificate > 1
     OR p.of_payroll = 1
  GROUP BY p.resident_id, p.problem_no
),
numbered AS (
  SELECT *, row_number() OVER (ORDER BY problem_no, resident_id) AS no FROM due
)
SELECT '2023-追-' || lpad(CAST(r.no AS VARCHAR), 3, '0') AS recovery_no,
       r.problem_no,
       r.resident_id,
       CAST(r.amount AS DECIMAL(18, 2)) AS amount,
       day_add(q.rectified_on, -(r.no % 3)) AS recovered_on,
       '区财政局补贴资金专户' AS returned_to
FROM numbered r
JOIN ops.problem q ON q.problem_no = r.problem_no
