-- Four findings that people looked into and could explain.
WITH answer(grant_no, model, closing_kind, verified_on, reason) AS (
  VALUES ('BL01134', 'more_than_three_a_year', '不属实-政策允许', DATE '2023-09-14', '其中两笔是同一个项目制培训的预拨和尾款，按规定计一次，全年实为三次。'),
         ('BL01142', 'certificate_subsidised_twice', '不属实-数据错误', DATE '2023-06-08', '第一笔被银行退回后重新发放，平台没有标注退票，实际到账一次。'),
         ('BL01152', 'certificate_subsidised_twice', '不属实-政策允许', DATE '2023-07-06', '项目制补贴分两期拨付，两笔合计等于一份补贴标准。'),
         ('BL01161', 'civil_servant_subsidised', '不属实-数据错误', DATE '2023-04-20', '录用日期晚于培训结束日期，工资名册没有填写任职日期。')
)
SELECT 'vocational_training.' || a.model || ':'
         || CASE a.model WHEN 'more_than_three_a_year' THEN s.resident_id || '|' || CAST(CAST(date_part('year', s.granted_on) AS INT) AS VARCHAR)
                         WHEN 'certificate_subsidised_twice' THEN s.certificate_no
                         ELSE s.grant_no END AS finding,
       '不属实' AS result,
       a.closing_kind,
       '区人社保局' AS unit,
       a.verified_on,
       fake_name($seed, 601) || '（职业能力建设科）' AS verified_by,
       fake_name($seed, 611) || '（专项治理督查组）' AS agreed_by,
       a.reason
FROM answer a
JOIN training_subsidy s ON s.grant_no = a.grant_no
ORDER BY finding
