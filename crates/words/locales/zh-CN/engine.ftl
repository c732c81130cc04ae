# What engine says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-ENGINE-001 = SQL 无法识别：{ $reason }
MC-ENGINE-001-remedy = 检查标出之处的拼写、括号和逗号。
MC-ENGINE-002 = 这里只能写一条查询（SELECT 或 WITH … SELECT），现为：{ $found }
MC-ENGINE-002-remedy = 只保留一条读取数据的 SELECT；模型不能写入、修改或执行其他语句。
MC-ENGINE-003 = 没有名为“{ $name }”的表
MC-ENGINE-003-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？其他包的台账须在 pack.toml 的 depends 中列出。
   *[no] 可用的表：本包台账、包名.台账（须在 pack.toml 的 depends 中列出）、ops.…、def.…、param.…。
}
MC-ENGINE-004 = “{ $name }”读取系统时钟，同样的数据会得出不同的结果
MC-ENGINE-004-remedy = 改用业务日期 $as_of。
MC-ENGINE-005 = “{ $name }”取随机数，同样的数据会得出不同的结果
MC-ENGINE-005-remedy = 去掉随机数；与日期有关的用业务日期 $as_of。
MC-ENGINE-006 = “{ $name }”不是台账，不能读取
MC-ENGINE-006-remedy = 只能读取台账和 ops.…、def.…、param.…；文件须先作为台账导入。
MC-ENGINE-007 = 没有名为“{ $name }”的列
MC-ENGINE-007-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？
   *[no] 对照台账的列名修改。
}
MC-ENGINE-008 = 没有名为“{ $name }”的函数
MC-ENGINE-008-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？
   *[no] 改用 SQL 标准函数或本系统的 evidence 函数。
}
MC-ENGINE-009 = 没有名为“{ $name }”的参数
MC-ENGINE-009-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？
   *[no] 在页首用 [[params.名称]] 写明参数及其依据；业务日期为 $as_of，专项行动年度为 $action。
}
MC-ENGINE-010 = 参数“{ $name }”有 { $rows } 行，不能当作单个数值使用
MC-ENGINE-010-remedy = 改为连接 param.{ $name } 表，按该行数据的日期取有效的一行。
MC-ENGINE-011 = 参数“{ $name }”各行的类型或键不一致
MC-ENGINE-011-remedy = 使同名参数的 value 为同一类型，keys 的名称和顺序相同。
MC-ENGINE-012 = 不允许 WITH RECURSIVE
MC-ENGINE-012-remedy = 改写为不递归的查询。
MC-ENGINE-013 = SQL 过长（{ $bytes } 字节）
MC-ENGINE-013-remedy = 拆成几个模型，或把名单做成台账或参数。
MC-ENGINE-014 = SQL 无法执行：{ $reason }
MC-ENGINE-014-remedy = 按提示修改 SQL。
MC-ENGINE-015 = “{ $name }”能造出任意长的数据，模型不能使用
MC-ENGINE-015-remedy = 去掉它；补位（lpad、rpad）的长度须直接写成不超过 1000 的数。

MC-ENGINE-020 = 查询超过 { $seconds } 秒，已停止
MC-ENGINE-020-remedy = 检查是否漏写连接条件；确需更长时间的，由系统管理员放宽时限。
MC-ENGINE-021 = 查询需要的内存超过 { $mib } MiB，已停止
MC-ENGINE-021-remedy = 检查是否漏写连接条件；确需更多内存的，由系统管理员放宽上限。
MC-ENGINE-022 = 查询结果超过 { $rows } 行，已停止
MC-ENGINE-022-remedy = 检查条件是否过宽：模型应只列出需要核实的记录。
MC-ENGINE-023 = 查询在现有数据上出错：{ $reason }
MC-ENGINE-023-remedy = 对可能为零的除数、不是数字的文本等情况先作判断。
MC-ENGINE-025 = 结果中没有列“{ $name }”，现有：{ $have }
MC-ENGINE-025-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？
   *[no] 在 SELECT 中给出该列，或修改 key。
}
MC-ENGINE-026 = 结果中有两行的键相同：{ $key }
MC-ENGINE-026-remedy = 按 key 的各列分组（GROUP BY），或在 key 中增加能区分两行的列。
MC-ENGINE-027 = 没有名为“{ $name }”的台账
MC-ENGINE-027-remedy = 检查台账全名（包名.台账名）。
MC-ENGINE-028 = 查询引擎无法启动：{ $reason }
MC-ENGINE-028-remedy = 请系统管理员查看日志。

MC-ENGINE-030 = 无法证明局部性：SQL 读取了“{ $ledger }”，local_by 中没有它
MC-ENGINE-030-remedy = 在 local_by 中写明它的分区列；它若是名册类参照台账，在其定义中写 reference = true；都不合适的，写 whole_ledger = true。
MC-ENGINE-031 = local_by 中的“{ $ledger }”在 SQL 中没有读取
MC-ENGINE-031-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？
   *[no] 从 local_by 中删去它。
}
MC-ENGINE-032 = local_by 中“{ $ledger }”的表达式不能使用：{ $reason }
MC-ENGINE-032-remedy = 写该台账的一列，或只由这一行的列算出的表达式（不含汇总、浮点数）。
MC-ENGINE-033 = local_by 中“{ $ledger }”的类型为 { $this }，“{ $other }”的类型为 { $that }，不能比较
MC-ENGINE-033-remedy = 使各台账的分区表达式为同一类型。
MC-ENGINE-034 = 无法证明局部性：连接没有使两边的分区列相等（{ $on }）
MC-ENGINE-034-remedy = 在连接条件中写明两边分区列相等；确实不相等的，写 whole_ledger = true。
MC-ENGINE-035 = 无法证明局部性：外连接保留了参照台账中没有匹配的行（{ $on }）
MC-ENGINE-035-remedy = 把台账放在保留的一边，或改为内连接；否则写 whole_ledger = true。
MC-ENGINE-036 = 无法证明局部性：{ $what } 的键中没有分区列（现为 { $keys }）
MC-ENGINE-036-remedy = 把分区列加入 { $what }；确实要跨分区汇总的，写 whole_ledger = true。
MC-ENGINE-037 = 无法证明局部性：子查询（{ $what }）没有与外层行的分区列相等
MC-ENGINE-037-remedy = 在子查询中写明分区列等于外层的分区列；NOT IN 改为 NOT EXISTS；否则写 whole_ledger = true。
MC-ENGINE-038 = 无法证明局部性：UNION 把台账与参照台账的行合在一起
MC-ENGINE-038-remedy = 分成两个模型，或写 whole_ledger = true。
MC-ENGINE-039 = 无法证明局部性：{ $what } 要同时看全部的行
MC-ENGINE-039-remedy = 去掉它，或写 whole_ledger = true。
MC-ENGINE-040 = 无法证明局部性：结果中没有带分区值的列（{ $wanted }）
MC-ENGINE-040-remedy = 在 SELECT 中给出分区列。
MC-ENGINE-041 = 结果中没有证据列 evidence，现有：{ $have }
MC-ENGINE-041-remedy = 在 SELECT 中写 evidence(表._ref) AS evidence。
MC-ENGINE-042 = 列 evidence 的类型为 { $kind }，不是行的清单
MC-ENGINE-042-remedy = 用 evidence(表._ref) AS evidence 得出这一列。
MC-ENGINE-043 = 表述中的“{ $name }”在结果中没有，现有：{ $have }
MC-ENGINE-043-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？
   *[no] 在 SELECT 中给出该列，或修改表述。
}
MC-ENGINE-044 = 用例预期中的列“{ $name }”在结果中没有，现有：{ $have }
MC-ENGINE-044-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？
   *[no] 修改用例 then 表的列名。
}
MC-ENGINE-045 = 指标的记录查询没有列“{ $name }”，现有：{ $have }
MC-ENGINE-045-remedy = { $has_near ->
    [yes] 把“{ $near }”命名为 reference。
   *[no] 在 SELECT 中给出标识每条记录的列，命名为 reference。
}
MC-ENGINE-046 = 指标要汇总的列“{ $name }”在记录查询中没有，现有：{ $have }
MC-ENGINE-046-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？
   *[no] 在 SELECT 中给出该列，或修改 aggregate。
}
MC-ENGINE-047 = 指标要求和的列“{ $name }”不是数字，而是 { $kind }
MC-ENGINE-047-remedy = 改用数字列，或改为 count 或 count_distinct。
MC-ENGINE-048 = 演示表的列“{ $name }”不是台账“{ $ledger }”的列
MC-ENGINE-048-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？
   *[no] 对照台账的列名修改。
}

MC-ENGINE-101 = 台账数据正由“{ $holder }”写入，已等待 { $seconds } 秒
MC-ENGINE-101-remedy = 稍后再试；长时间不结束的，请系统管理员查看该进程。
MC-ENGINE-102 = 磁盘已满，台账未写入，原有数据没有变化
MC-ENGINE-102-remedy = 清出磁盘空间后再试。
MC-ENGINE-103 = 台账“{ $ledger }”的列“{ $column }”在包中为 { $wanted }，在已有数据中为 { $found }
MC-ENGINE-103-remedy = 恢复原来的类型，或另起新列名。
MC-ENGINE-104 = 值“{ $value }”不符合列“{ $column }”的类型
MC-ENGINE-104-remedy = 这是系统的差错，请系统管理员查看日志。
MC-ENGINE-105 = 台账“{ $ledger }”要撤下 { $wanted } 行，实有 { $found } 行
MC-ENGINE-105-remedy = 重新打开页面再试；仍然如此的，请系统管理员运行 mingcha verify。
MC-ENGINE-106 = 台账数据无法读写：{ $cause }
MC-ENGINE-106-remedy = 请系统管理员检查数据目录和磁盘，并运行 mingcha verify。
