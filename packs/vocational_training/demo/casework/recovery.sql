-- What each person of the problems was paid beyond the rule, paid back in one sum: persons 1–36 the grants after the
-- third of the year, 37–64 the second grant for the certificate, 65–88 every grant. Person 36's grant, questioned by two
-- problems, is paid back once. 88 lines, 86,900.00 yuan.
WITH account(no, recovered_on) AS (
  VALUES (1, DATE '2023-03-14'), (2, DATE '2023-03-15'), (3, DATE '2023-04-11'), (4, DATE '2023-04-11'),
         (5, DATE '2023-04-25'), (6, DATE '2023-04-26'), (7, DATE '2023-05-16'), (8, DATE '2023-05-17'),
         (9, DATE '2023-06-06'), (10, DATE '2023-06-13'), (11, DATE '2023-07-11'), (12, DATE '2023-08-15'),
         (13, DATE '2023-08-22'), (14, DATE '2023-09-12'), (15, DATE '2023-09-19'), (16, DATE '2023-09-26'),
         (17, DATE '2023-10-11'), (18, DATE '2023-10-17'), (19, DATE '2023-10-24'), (20, DATE '2023-11-14'),
         (21, DATE '2023-11-21'), (22, DATE '2023-11-28')
),
granted AS (
  SELECT CAST(substr(grant_no, 3, 4) AS INT) AS p, CAST(substr(grant_no, 7, 1) AS INT) AS nth, resident_id, org_uscc, amount
  FROM training_subsidy
  WHERE grant_no LIKE 'BL%' AND grant_no < 'BL0089'
),
due AS (
  SELECT p, resident_id, max(org_uscc) AS org_uscc,
         sum(CASE WHEN p <= 36 AND nth > 3 OR p BETWEEN 37 AND 64 AND nth > 1 OR p >= 65 THEN amount END) AS amount
  FROM granted
  GROUP BY p, resident_id
)
SELECT '2023-追-' || lpad(CAST(d.p AS VARCHAR), 3, '0') AS recovery_no,
       '2023-培训-' || lpad(CAST(a.no AS VARCHAR), 3, '0') AS problem_no,
       d.resident_id,
       CAST(d.amount AS DECIMAL(18, 2)) AS amount,
       day_add(a.recovered_on, d.p % 2) AS recovered_on,
       '区财政局补贴资金专户' AS returned_to
FROM due d
JOIN training_org o ON o.uscc = d.org_uscc
JOIN account a ON strpos(o.licence_no, '字第' || lpad(CAST(a.no AS VARCHAR), 3, '0') || '号') > 0
ORDER BY recovery_no
