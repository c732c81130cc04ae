# 网页上的话。动词在前，句子要短；没有核实的一律叫“疑点”。

## 框架
web-product = 明察
web-masthead = { $district }专项治理
web-skip = 跳到正文
web-places = 栏目
web-more = 更多
web-year = { $year } 年
web-other-language = English
web-sign-in = 登录
web-sign-out = 退出
web-close = 关闭
web-cancel = 取消
web-confirm = 确定
web-demo-date = 演示数据，业务日期固定为 { $day }：期限、逾期和数字都按这一天算；操作记录仍用真实时间。
web-demo-date-public = 这里展示的是演示数据，截至 { $day }，人名、单位和号码都是编的。
web-colophon = 每个数字都由原始记录算出，可以逐条打开核对。
web-to-office = 工作人员登录
web-request-number = 请求编号 { $id }

web-place-overview = 我的待办
web-place-findings = 疑点
web-place-problems = 问题整改
web-place-inspections = 检查
web-place-ledgers = 台账
web-place-models = 模型
web-place-results = 成果通报
web-place-settings = 设置
web-place-public = 公开页

web-keys = 快捷键
web-keys-walk = 下一条、上一条
web-keys-open = 打开选中的一条
web-keys-close = 收起打开的面板
web-keys-this = 显示这张表

## 登录
web-sign-in-heading = 登录明察
web-sign-in-lede = 供监督员、经办人、检查人员和审计人员使用。
web-login = 账号
web-password = 密码

## 我的待办
web-overview-mine = 等您办的
web-overview-late = 谁逾期了
web-overview-late-none = 没有逾期的事项。
web-overview-changed = 昨天以来
web-overview-changed-none = 昨天以来没有变化。

## 入库预览
web-preview-look = 需要看一眼的行
web-preview-changes = 会改动的行
web-preview-changes-what = 台账里已有同一编号、内容不同的行。入库后以新内容为准，旧内容留在历史里。
web-preview-mapping = 改列对应
web-preview-mapping-heading = 列对应
web-preview-mapping-show = 逐列查看和修改
web-preview-mapping-sheet = 表里的列
web-preview-mapping-sample = 例子
web-preview-mapping-ledger = 台账的列
web-preview-mapping-apply = 按这样重新读取

## 检查
web-inspection-new = 登记检查
web-inspection-new-intro = 逐项作答。有问题的写明看到了什么；保存后，发现的问题可以在检查页上转为整改。
web-inspection-save = 保存检查
web-inspection-remark = 看到了什么
web-inspection-remark-of = “{ $title }”看到了什么

## 模型
web-model-basis = 依据
web-model-params = 参数
web-model-sql = 查询语句
web-model-cases = 算例
web-model-cases-what = 每个算例都是可以重算的小表：给出这些行，就应当得出下面的结果。
web-model-case-holds = 结果相符
web-model-case-fails = 结果不符

## 公开页
web-public-projects = 治理项目
web-public-bulletins = 成果通报
web-public-models = 公开模型
web-public-models-lede = 监督模型查什么、依据什么规定、用什么语句，都在这里。疑点不是结论，经人核实后才算问题。
web-public-results = 治理成果
web-public-section = 通报原文
web-public-figures-from = 数字取自
web-public-what-is-checked = 怎么查出来的
web-public-what-is-checked-lede = 下面每个模型都公开判断条件、政策依据和查询语句。

web-figure-how = 怎么算
web-figure-monthly = 每月
web-figure-data = 查看数据
web-figure-proof = 有没有被改过
web-figure-privacy = 个人信息不公开；记录只以摘要参与核对。
