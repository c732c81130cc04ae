# What access says to people. A trouble has its code as key, and code-remedy: what to do now.

# The words for $role and $action, which the messages below share.
access-role = { $role ->
    [supervisor] 监督员
    [clerk] 经办人
    [inspector] 检查人员
    [auditor] 审计员
    [operator] 系统管理员
   *[console] 命令行
    }
access-action = { $action ->
    [LedgerSee] 查看台账
    [LedgerImport] 导入台账
    [BatchWithdraw] 撤回批次
    [ModelSee] 查看监督模型
    [ModelRun] 运行监督模型
    [FindingSee] 查看疑点
    [CaseSee] 查看线索和问题
    [CaseDispatch] 派发线索
    [CaseVerify] 填报核查结果
    [CaseReturn] 退回核查结果
    [ProblemOpen] 登记问题
    [ProblemRectify] 填报整改情况
    [ProblemRecheck] 复核整改
    [ProblemClose] 销号或重开问题
    [RecoveryRecord] 登记追回资金和处理人员
    [InspectionRecord] 登记督导检查
    [InspectionSee] 查看督导检查
    [FigureSee] 查看指标
    [EditionPublish] 发布公报
    [AuditSee] 查看操作留痕
    [AccountManage] 管理账户
    [UnitManage] 管理单位
    [PastCaseworkImport] 导入往年办理记录
    [PersonUnmask] 查看完整个人信息
   *[Backup] 备份和恢复
    }

role-supervisor = 监督员
role-clerk = 经办人
role-inspector = 检查人员
role-auditor = 审计员
role-operator = 系统管理员
role-console = 命令行

MC-ACCESS-001 = 没有找到这项内容。
MC-ACCESS-001-remedy = 核对编号或链接；如果确有其事，由有权限的人员查看。

MC-ACCESS-002 = { access-role }不能{ access-action }。
MC-ACCESS-002-remedy = 由有这项权限的人员办理；权限表见“权限”页面。

MC-ACCESS-003 = { access-role }只能在本单位范围内{ access-action }，这项内容属于其他单位。
MC-ACCESS-003-remedy = 由所属单位的人员办理。

MC-ACCESS-004 = 同一人不能既办理又{ access-action }。
MC-ACCESS-004-remedy = 换一名同样有权限的人员办理。

MC-ACCESS-005 = 程序内部用错了权限凭据（给出的是 { $given }，需要的是 { $needed }），操作没有执行。
MC-ACCESS-005-remedy = 把这条提示和操作时间告诉系统管理员。

MC-ACCESS-011 = 账户“{ $login }”不存在或已停用。
MC-ACCESS-011-remedy = 用其他账户登录，或由系统管理员处理。

MC-ACCESS-012 = 登录名与密码不符，或账户暂时锁定。连续输错 { $wrong } 次后锁定 { $minutes } 分钟。
MC-ACCESS-012-remedy = 核对登录名和密码，注意大小写；忘记密码时由系统管理员重设。

MC-ACCESS-013 = 没有登录，或登录已过期。
MC-ACCESS-013-remedy = 重新登录；未提交的内容在登录后重新填写。

MC-ACCESS-014 = 这份表单不是从当前登录的页面发出的，没有处理。
MC-ACCESS-014-remedy = 刷新页面后重新提交。

MC-ACCESS-015 = 密码长度应为 { $min } 至 { $max } 个字符。
MC-ACCESS-015-remedy = 换一个长度合适的密码。

MC-ACCESS-016 = 这个密码容易被猜到：不能含有登录名，不能只由几个字符重复组成，也不能是常见密码。
MC-ACCESS-016-remedy = 换一个密码，例如几个互不相关的词。

MC-ACCESS-017 = 登录名“{ $login }”不符合要求：2 至 32 个字符，只用小写字母、数字、点和连字符。
MC-ACCESS-017-remedy = 换一个登录名，例如 wang.fang。

MC-ACCESS-018 = 登录名“{ $login }”已被使用；停用账户的登录名也不再分配。
MC-ACCESS-018-remedy = 换一个登录名。

MC-ACCESS-019 = 没有填写姓名。
MC-ACCESS-019-remedy = 填写人员姓名。

MC-ACCESS-020 = 角色“{ access-role }”必须属于一个单位。
MC-ACCESS-020-remedy = 选择所属单位。

MC-ACCESS-021 = 没有代码为“{ $unit }”的单位。
MC-ACCESS-021-remedy = 核对单位代码，或先导入单位名单。

MC-ACCESS-022 = 没有登录名为“{ $login }”的在用账户。
MC-ACCESS-022-remedy = 核对登录名。

MC-ACCESS-023 = 没有“{ $role }”这个角色。
MC-ACCESS-023-remedy = 可用的角色：supervisor、clerk、inspector、auditor、operator、console。

MC-ACCESS-024 = 没有填写查看完整个人信息的用途。
MC-ACCESS-024-remedy = 写明用途；用途会记入操作留痕。

MC-ACCESS-025 = 密码无法处理：{ $detail }
MC-ACCESS-025-remedy = 把这条提示和操作时间告诉系统管理员。

MC-ACCESS-030 = 单位名单有 { $faults } 处需要更正，没有导入。
MC-ACCESS-030-remedy = 按下列各处更正后重新导入。

MC-ACCESS-031 = 第 { $line } 行无法读取：{ $detail }
MC-ACCESS-031-remedy = 核对这一行的引号和分隔符，文件应为 UTF-8 编码的 CSV。

MC-ACCESS-032 = 缺少“{ $column }”列；现有的列：{ $found }。
MC-ACCESS-032-remedy = 补上这一列；需要的列：code、name、kind、parent（或 代码、名称、类别、上级）。

MC-ACCESS-033 = 第 { $line } 行“{ $column }”列为空。
MC-ACCESS-033-remedy = 填写这一格。

MC-ACCESS-034 = 第 { $line } 行的代码“{ $code }”与第 { $first } 行重复。
MC-ACCESS-034-remedy = 一个代码只用于一个单位。

MC-ACCESS-035 = 第 { $line } 行的上级“{ $parent }”不在名单中，也不是已有单位。
MC-ACCESS-035-remedy = 核对上级代码，或把上级单位加入名单。

MC-ACCESS-036 = 第 { $line } 行的单位“{ $code }”的上级关系绕成一圈。
MC-ACCESS-036-remedy = 核对这几个单位的上级。

MC-ACCESS-040 = 没有带接口凭证，或凭证不对。
MC-ACCESS-040-remedy = 在请求头里写 Authorization: Bearer 和凭证；没有凭证时由系统管理员签发。

MC-ACCESS-041 = 接口凭证已于 { $at } 到期。
MC-ACCESS-041-remedy = 由系统管理员签发新的凭证。

MC-ACCESS-042 = 接口凭证已于 { $at } 被撤销。
MC-ACCESS-042-remedy = 由系统管理员签发新的凭证。

MC-ACCESS-043 = 这个接口凭证没有“{ $scope }”的用途。
MC-ACCESS-043-remedy = 由系统管理员签发带这个用途的凭证。

MC-ACCESS-044 = 这个地址连续送来太多不对的接口凭证，暂时不再受理。
MC-ACCESS-044-remedy = { $seconds } 秒后再试；先核对凭证。

MC-ACCESS-045 = 系统名称应为 1 至 { $max } 个字。
MC-ACCESS-045-remedy = 写明是哪个系统，例如“人社业务系统”。

MC-ACCESS-046 = 名为“{ $system }”的系统属于另一个单位。
MC-ACCESS-046-remedy = 换一个系统名称，或选择它原来的单位。

MC-ACCESS-047 = 没有选择凭证的用途。
MC-ACCESS-047-remedy = 至少选一项：ledger:read（查看）或 ledger:import（报送）。

MC-ACCESS-048 = 没有“{ $scope }”这种用途。
MC-ACCESS-048-remedy = 可用的用途：ledger:read、ledger:import。

MC-ACCESS-049 = 凭证的有效期应为 1 至 { $max } 天。
MC-ACCESS-049-remedy = 填一个天数，例如 365。

MC-ACCESS-050 = 没有编号为 { $token } 的有效凭证。
MC-ACCESS-050-remedy = 用 mingcha token list 或“接口凭证”页面核对编号；撤销过的不用再撤销。

MC-ACCESS-051 = 没有写撤销的原因。
MC-ACCESS-051-remedy = 写明原因；原因会记入操作留痕。
