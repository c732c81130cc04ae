-- Whoever a finding of the problem is about. Person 36 stands in two problems: 89 lines, 88 persons.
WITH finding AS (
  SELECT resident_id, name, 'more_than_three_a_year:' || resident_id || '|' || CAST(CAST(date_part('year', granted_on) AS INT) AS VARCHAR) AS about
  FROM training_subsidy WHERE grant_no LIKE 'BL%'
  UNION
  SELECT resident_id, name, 'certificate_subsidised_twice:' || certificate_no
  FROM training_subsidy WHERE grant_no LIKE 'BL%' AND certificate_no IS NOT NULL
  UNION
  SELECT resident_id, name, 'civil_servant_subsidised:' || grant_no
  FROM training_subsidy WHERE grant_no LIKE 'BL%'
)
SELECT DISTINCT q.problem_no, f.resident_id, f.name, '补贴享受人' AS role
FROM ops.problem q
JOIN finding f ON strpos(';' || q.findings || ';', '.' || f.about || ';') > 0
