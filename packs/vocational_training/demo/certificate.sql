-- The certificates that the grants of this plan were claimed with, issued three weeks before the claim, and some that
-- nobody has claimed with yet (persons 1000, 1020, 1040 …).
SELECT certificate_no,
       min(resident_id) AS resident_id,
       min(name) AS name,
       '职业技能等级证书' AS kind,
       min(occupation) AS occupation,
       min(level) AS level,
       day_add(min(claimed_on), -21) AS issued_on,
       coalesce(min(org_uscc), min(firm_uscc)) AS issuer_uscc,
       coalesce(min(org), min(firm)) AS issuer,
       CAST(60 + length(min(name)) * 7 % 30 AS DECIMAL(18, 1)) AS theory_score,
       CAST(62 + length(min(occupation)) * 5 % 30 AS DECIMAL(18, 1)) AS skill_score,
       '有效' AS status
FROM training_subsidy
WHERE certificate_no IS NOT NULL AND substr(grant_no, 1, 2) IN ('PX', 'TS', 'XM', 'BL')
GROUP BY certificate_no
UNION ALL
SELECT 'S000033099001' || '5' || '7' || lpad(CAST(n AS VARCHAR), 8, '0'),
       fake_resident_id($seed, 980 + 20 * n),
       fake_name($seed, 980 + 20 * n),
       '专项职业能力证书',
       '直播销售',
       NULL,
       DATE '2023-11-30',
       NULL,
       '定海区甲子职业技能培训学校',
       CAST(70 AS DECIMAL(18, 1)),
       CAST(75 AS DECIMAL(18, 1)),
       '有效'
FROM generate_series(1, $rows) AS g(n)
ORDER BY certificate_no
