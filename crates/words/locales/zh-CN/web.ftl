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

## 走不通的页面
MC-WEB-001 = 没有这一页。
MC-WEB-001-remedy = 可能是地址写错了，也可能您没有查看它的权限。
MC-WEB-002 = 这一页不归您的角色使用。
MC-WEB-002-remedy = 需要办理时，请由有这项权限的人员登录。
MC-WEB-003 = 这份表单不是从本站的页面发出的，没有处理。
MC-WEB-003-remedy = 回到原来的页面，刷新后再提交。
MC-WEB-004 = 表单里的“{ $what }”不完整，没有处理。
MC-WEB-004-remedy = 回到原来的页面，刷新后重新填写。
MC-WEB-005 = 传来的内容超过 { $max } MB，没有收下。
MC-WEB-005-remedy = 把表拆成几张分别上传，或者去掉图片后再传。
MC-WEB-006 = 系统出了差错，这一步没有办成。
MC-WEB-006-remedy = 稍后再试；还是不行，把请求编号告诉系统管理员。
MC-WEB-007 = “{ $text }”不是一个日期。
MC-WEB-007-remedy = 写成 2023-11-05 这样的日期。
MC-WEB-008 = “{ $text }”不是一个金额。
MC-WEB-008-remedy = 写成 800.00 这样的金额，单位是元，最多两位小数。
MC-WEB-009 = 没有选择文件。
MC-WEB-009-remedy = 选一个文件再上传。
MC-WEB-010 = 文件没有传完，连接断了。没有收下任何内容。
MC-WEB-010-remedy = 再传一次。
MC-WEB-011 = 服务器的磁盘满了，文件没有收下。已经入库的内容不受影响。
MC-WEB-011-remedy = 请系统管理员腾出空间后再传。
web-way-office = 回到我的待办
web-way-home = 去公开页

web-state = 状态
web-older = 更早的
web-newest = 最新的
web-next-page = 下一页
web-first-page = 回到第一页

## 模型
web-model = 模型
web-model-pack = 项目
web-model-finds = 查什么
web-models-heading = { $count } 个监督模型
web-models-intro = 每个模型一页：为什么查、依据什么、参数多少、用什么语句、算例对不对。
web-models-none = 还没有模型
web-models-how = 治理包里的模型会列在这里。
web-model-draft = 草稿
web-model-trial = 试运行
web-model-live = 在用
web-model-retired = 已停用
web-model-version = 版本 { $version }
web-effect-hint = 提示类
web-effect-verify = 核查类
web-effect-hold = 暂停支付类
web-param-name = 名称
web-param-value = 值
web-param-for = 适用
web-param-from = 自
web-param-to = 至
web-param-level = 级别
web-param-source = 来源
web-case-given = 给出 { $ledger }
web-case-then = 得出
web-case-then-nothing = 得出：没有疑点

## 设置
web-accounts = 账号
web-accounts-heading = { $count } 个账号
web-accounts-how = 用 mingcha user add 增加账号。停用的账号不能登录，办过的事仍记在名下。
web-accounts-none = 还没有账号
web-accounts-login = 账号
web-accounts-name = 姓名
web-accounts-role = 角色
web-accounts-unit = 单位
web-accounts-since = 建立
web-accounts-active = 在用
web-accounts-closed = 已停用
web-accounts-built-in = 系统自带
web-audit = 操作留痕
web-audit-heading = 操作留痕 { $count } 条
web-audit-how = 每一次改动都在这里，改动和留痕同时生效。把下面的树根抄到别处保存，日后可以核对留痕有没有被改过。
web-audit-none = 还没有留痕
web-audit-seq = 序号
web-audit-at = 时间
web-audit-actor = 谁
web-audit-verb = 做了什么
web-audit-subject = 对象
web-audit-why = 原因
web-audit-head = 共 { $size } 条，树根 { $root }
