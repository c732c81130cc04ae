-- The persons of problem N: those for whom body N claimed a planted grant (BL…, persons 1–88). Person 36, whose fourth
-- grant rests on a certificate used before, stands in problem 21 too: 89 lines, 88 persons.
SELECT DISTINCT '2023-培训-' || substr(o.licence_no, strpos(o.licence_no, '字第') + 2, 3) AS problem_no,
       s.resident_id, s.name, '补贴享受人' AS role
FROM training_subsidy s
JOIN training_org o ON o.uscc = s.org_uscc
WHERE s.grant_no LIKE 'BL%' AND s.grant_no < 'BL0089'
UNION ALL
SELECT '2023-培训-021', resident_id, name, '补贴享受人'
FROM training_subsidy
WHERE grant_no = 'BL00364'
ORDER BY problem_no, resident_id
