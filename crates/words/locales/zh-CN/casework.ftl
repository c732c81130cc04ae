# What casework says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-CASE-001 = 当前状态为“{ $from ->
    [waiting] 待核
    [dispatched] 已派发
    [verified] 已核查
    [in_problem] 已列入问题
    [rectifying] 整改中
    [rectified] 已整改待复核
    [passed] 复核通过
   *[closed] 已办结
}”，不能{ $attempted ->
    [dispatch] 派发
    [recall] 撤回派发
    [verify] 反馈核查结果
    [send_back] 退回补充
    [take_into_problem] 列入问题
    [dismiss] 按不属实结案
    [close_with_problem] 随问题销号
    [reopen_with_problem] 随问题重开
    [rectify] 反馈整改
    [pass] 复核
    [send_back_rectification] 退回整改
    [close] 销号
    [join] 并入疑点
   *[reopen] 重开
}。
MC-CASE-001-remedy = 刷新页面查看最新状态，再选择该状态下可办的事项。
MC-CASE-002 = { $number } 已由{ $by }于 { $at } 办理，您看到的内容已不是最新。
MC-CASE-002-remedy = 刷新页面，核对最新内容后再提交；已填写的内容可以复制保留。
MC-CASE-003 = 记录 { $record } 的内容前后矛盾：{ $reason }。
MC-CASE-003-remedy = 停止办理这条记录，运行 mingcha verify 核对数据，并联系系统管理员。
MC-CASE-004 = “{ $field ->
    [why] 理由
    [title] 问题概述
    [kind] 问题类别
    [subject] 检查对象
    [inspectors] 检查人员
    [returned_to] 退回去向
    [name] 姓名
   *[purpose] 用途
}”未填写。
MC-CASE-004-remedy = 填写后再提交。
MC-CASE-005 = 期限为 { $days } 个工作日，应在 1 至 { $max } 之间。
MC-CASE-005-remedy = 改填期限；确需更久的，到期前由监督员退回补充并另定期限。
MC-CASE-006 = 没有单位“{ $unit }”。
MC-CASE-006-remedy = 从单位名单中选择，或由系统管理员先登记该单位。
MC-CASE-007 = “{ $unit }”就是本条疑点的监督对象，不能自己核查自己。
MC-CASE-007-remedy = 派发给其主管部门或牵头单位。
MC-CASE-008 = 这一步须由另一人办理：前一步由{ $name }办理。
MC-CASE-008-remedy = 请另一名有权限的人员办理。
MC-CASE-009 = 没有选择任何疑点，问题没有依据。
MC-CASE-009-remedy = 至少选择一条核查属实的疑点。
MC-CASE-010 = 疑点 { $number } 属于另一治理项目或另一单位，不能并入同一问题。
MC-CASE-010-remedy = 按项目和单位分别立为问题。
MC-CASE-011 = 整改情况没有佐证：既没有文件，也没有文字说明。
MC-CASE-011-remedy = 上传照片、票据等文件，或写明如何整改。
MC-CASE-012 = 文件“{ $name }”为 { $bytes } 字节，超过上限 { $max } 字节。
MC-CASE-012-remedy = 压缩图片或拆分文件后再上传。
MC-CASE-013 = 文件“{ $name }”不是可以接收的佐证文件。
MC-CASE-013-remedy = 可以接收的类型：{ $taken }。按文件内容判断，改扩展名无效。
MC-CASE-014 = 文件“{ $name }”的内容是 { $is }，与扩展名不符。
MC-CASE-014-remedy = 把扩展名改为 { $is } 后再上传。
MC-CASE-015 = 文件“{ $name }”是空的。
MC-CASE-015-remedy = 检查原文件后重新上传。
MC-CASE-016 = 佐证文件 { $sm3 } 与登记的摘要不一致。
MC-CASE-016-remedy = 不要使用该文件；运行 mingcha verify，并从备份恢复。
MC-CASE-017 = 佐证文件未能读写：{ $reason }。
MC-CASE-017-remedy = 未提交的内容没有生效；检查磁盘空间和权限后重试。
MC-CASE-018 = “{ $field ->
    [speaks_of] 佐证所反映的日期
    [recovered_on] 追回日期
    [inspected_on] 检查日期
    [found_on] 发现日期
    [verified_on] 核查日期
    [rectified_on] 整改完成日期
    [rechecked_on] 复核日期
   *[closed_on] 销号日期
}” { $day } 晚于业务日期 { $today }。
MC-CASE-018-remedy = 改为业务日期当天或之前的日期。
MC-CASE-019 = 追回金额应大于零，现为 { $amount } 元。
MC-CASE-019-remedy = 填写实际追回的金额。
MC-CASE-020 = 问题 { $problem } 的涉及人员中没有这名退款人。
MC-CASE-020-remedy = 先把此人登记为该问题的涉及人员，或改选退款人。
MC-CASE-021 = 检查表还有 { $count } 项未填：{ $items }。
MC-CASE-021-remedy = 每一项都要选“符合”“不符合”或“不适用”。
MC-CASE-022 = 检查表“{ $checklist }”没有第 { $item } 项。
MC-CASE-022-remedy = 按检查表现有的序号填写。
MC-CASE-023 = 第 { $item } 项填写了两次。
MC-CASE-023-remedy = 只保留一个结果。
MC-CASE-024 = 第 { $item } 项结果为“不符合”，没有写明情况。
MC-CASE-024-remedy = 写明不符合的具体情况。
MC-CASE-025 = 涉及人员“{ $name }”的身份证号有误：{ $fault ->
    [length] 应为 { $expected } 位，现为 { $found } 位
    [character] 第 { $expected } 位不应为“{ $found }”
    [date] 出生日期“{ $found }”不存在
   *[check] 末位校验码应为 { $expected }，现为 { $found }
}。
MC-CASE-025-remedy = 核对证件后改正。
MC-CASE-026 = 涉及人员“{ $name }”在同一问题中登记了两次。
MC-CASE-026-remedy = 同一人在一个问题中只登记一次。
MC-CASE-027 = { $number } 没有待复查的事由。
MC-CASE-027-remedy = 无需办理；刷新页面查看最新状态。
MC-CASE-028 = “{ $field ->
    [why] 理由
    [title] 问题概述
    [note] 情况说明
   *[text] 文字
}”有 { $length } 字，超过上限 { $max } 字。
MC-CASE-028-remedy = 压缩文字，详细情况以文件作为佐证上传。
MC-CASE-029 = 一次办理了 { $count } 条，超过上限 { $max } 条。
MC-CASE-029-remedy = 分批办理。
MC-CASE-030 = 第 { $item } 项不能立为问题：结果不是“不符合”，或已经立过。
MC-CASE-030-remedy = 刷新检查页面，核对该项的结果和关联的问题。
MC-CASE-031 = 列表的翻页位置不对。
MC-CASE-031-remedy = 从第一页重新打开列表。
MC-CASE-032 = 没有名为“{ $sheet }”的以往台账。
MC-CASE-032-remedy = 可用的名称：{ $known }。

MC-CASE-040 = “{ $value }”不是疑点的写法。
MC-CASE-040-remedy = 写作“模型:键”，例如 vocational_training.certificate_subsidised_twice:证书编号；多条之间用分号隔开。
MC-CASE-041 = 没有名为“{ $value }”的疑点。
MC-CASE-041-remedy = 先导入台账并运行模型；再核对模型名称和键（多个键值之间用 | 隔开）。
MC-CASE-042 = 疑点“{ $value }”还没有建立核查单。
MC-CASE-042-remedy = 等待后台任务完成后重新导入本行。
MC-CASE-043 = “{ $key }”已经导入过，内容与本行不同。
MC-CASE-043-remedy = 已登记的办理情况不能用表格覆盖；请在页面上办理，写明理由。
MC-CASE-044 = 没有编号为“{ $key }”的问题。
MC-CASE-044-remedy = 先导入问题台账，或核对编号。
MC-CASE-045 = 没有编号为“{ $key }”的督导检查。
MC-CASE-045-remedy = 先导入督导检查台账，或核对编号。
MC-CASE-046 = 日期先后不对：“{ $earlier }”不应晚于“{ $later }”。
MC-CASE-046-remedy = 按发现、整改、复核、销号的先后改正日期。
MC-CASE-047 = 缺少“{ $missing }”：已填写“{ $given }”。
MC-CASE-047-remedy = 补填缺少的一项；没有办到这一步的，两项都不填。
MC-CASE-048 = 疑点“{ $value }”已属于问题 { $number }。
MC-CASE-048-remedy = 一条疑点只能归入一个问题；核对后改正。
MC-CASE-049 = 疑点“{ $value }”的核查单 { $number } 已在办理，不能用以往结果覆盖。
MC-CASE-049-remedy = 请在页面上继续办理该核查单。
MC-CASE-050 = 没有检查表“{ $checklist }”。
MC-CASE-050-remedy = 填写检查表的标识；现有：{ $known }。
MC-CASE-051 = 没有治理项目“{ $project }”。
MC-CASE-051-remedy = 填写项目的标识；现有：{ $known }。
MC-CASE-052 = 核查结果“{ $result }”与结案方式“{ $closing }”不一致。
MC-CASE-052-remedy = 结果为不属实的，填“不属实-数据错误”或“不属实-政策允许”；无法核实的，填“无法核实”。
MC-CASE-053 = 尚未整改的问题没有填写“整改期限”。
MC-CASE-053-remedy = 填写整改期限，或补填整改完成情况。
MC-CASE-054 = 表样 { $sheet } 有误：{ $reason }。
MC-CASE-054-remedy = 这是程序的缺陷，请联系维护人员。

case-title = 核查单
problem-title = 问题
inspection-title = 督导检查
case-state-waiting = 待核
case-state-dispatched = 已派发
case-state-verified = 已核查
case-state-in_problem = 已列入问题
case-state-closed = 已结案
problem-state-rectifying = 整改中
problem-state-rectified = 已整改待复核
problem-state-passed = 复核通过
problem-state-closed = 已销号
case-verdict-true = 属实
case-verdict-partly = 部分属实
case-verdict-data_error = 不属实-数据错误
case-verdict-policy_allows = 不属实-政策允许
case-verdict-unverifiable = 无法核实
case-closing-mended = 属实-已整改
case-closing-partly_mended = 部分属实-已整改
case-closing-data_error = 不属实-数据错误
case-closing-policy_allows = 不属实-政策允许
case-closing-unverifiable = 无法核实
case-move-open = 建立核查单
case-move-dispatch = 派发
case-move-recall = 撤回派发
case-move-verify = 反馈核查结果
case-move-send_back = 退回补充
case-move-take_into_problem = 列入问题
case-move-dismiss = 同意不属实，结案
case-move-close_with_problem = 随问题销号
case-move-reopen_with_problem = 随问题重开
case-move-reopen = 重开
case-move-refreshed = 疑点内容更新
case-move-recheck_asked = 疑点消失或变化，提请复查
case-move-recheck_settled = 复查完毕
case-move-recheck_withdrawn = 疑点恢复，无需复查
case-move-reopen_offered = 疑点再次出现，可重开
case-move-open_problem = 立为问题
case-move-join = 并入疑点
case-move-add_persons = 登记涉及人员
case-move-record_recovery = 登记追回资金
case-move-rectify = 反馈整改
case-move-pass = 复核通过
case-move-send_back_rectification = 退回整改
case-move-close = 销号
case-move-reopen_problem = 重开
case-recheck-data_corrected = 台账数据已更正
case-recheck-batch_withdrawn = 来源批次已撤回
case-recheck-model_changed = 模型已调整
case-recheck-parameter_changed = 参数已调整
case-recheck-day_turned = 业务日期变化
case-recheck-exempted = 已豁免
problem-origin-case = 疑点核查
problem-origin-inspection = 督导检查
problem-origin-sheet = 以往台账
problem-unlinked = 未关联疑点
case-late = 已逾期
