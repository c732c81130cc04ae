-- 28 behind the past problems and person 36's, four that wait, two that were explained. The person's number is in the
-- certificate's: ten times it, for person 36 and three more.
SELECT DISTINCT certificate_no
FROM training_subsidy
WHERE grant_no LIKE 'BL%'
  AND (CAST(substr(grant_no, 3, 4) AS INT) BETWEEN 37 AND 64 OR CAST(substr(grant_no, 3, 4) AS INT) BETWEEN 105 AND 108
       OR CAST(substr(grant_no, 3, 4) AS INT) IN (114, 115) OR grant_no = 'BL00364')
ORDER BY certificate_no
