# 治理包（packs/）的读取与检查。编号即键；-remedy 说现在该做什么。
MC-PACK-001 = 无法读取“{ $file }”：{ $reason }。
MC-PACK-001-remedy = 请确认它存在、可读，并以 UTF-8 编码保存。
MC-PACK-002 = TOML 写法有误：{ $reason }。
MC-PACK-002-remedy = 请改正标出之处；TOML 的写法见 https://toml.io/cn/ 。
MC-PACK-003 = 这里没有名为“{ $key }”的键。
MC-PACK-003-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 请删去它。
    } 可用的键：{ $known }。
MC-PACK-004 = 缺少“{ $key }”。
MC-PACK-004-remedy = 请在标出的表中加上“{ $key }”；写法见 docs/packs.md。
MC-PACK-005 = “{ $key }”的类型不对。
MC-PACK-005-remedy = { $expected ->
    [text] 请写成加引号的文字。
    [integer] 请写成整数。
    [boolean] 请写成 true 或 false。
    [date] 请写成不加引号的日期，如 2023-01-05。
    [list] 请写成方括号中的文字列表，如 ["grant_no"]。
    [table] 请写成表，如 {"{"} training_subsidy = "resident_id" {"}"}。
    [tables] 请写成双方括号的表，如 [[{ $key }]]。
   *[scalar] 请写成整数、小数、文字、日期或 true/false。
    }
MC-PACK-006 = “{ $key }”不能是“{ $value }”。
MC-PACK-006-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 请换成可用的值。
    } 可用的值：{ $known }。
MC-PACK-007 = “{ $name }”不能作名称。
MC-PACK-007-remedy = 请只用小写英文字母、数字和下划线，并以字母开头。
MC-PACK-008 = “{ $name }”出现了两次，或为系统所用。
MC-PACK-008-remedy = 请改名或删去其中一处。
MC-PACK-009 = 台账“{ $ledger }”没有名为“{ $column }”的列。
MC-PACK-009-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 请先在台账中定义该列。
    } 现有的列：{ $known }。
MC-PACK-010 = 主键列“{ $column }”可以为空。
MC-PACK-010-remedy = 请为该列加上 required = true：没有主键的行无法与其他行区分。
MC-PACK-011 = 没有名为“{ $ledger }”的台账。
MC-PACK-011-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 其他治理包的台账写作“包名.台账名”。
    } 现有的台账：{ $known }。
MC-PACK-012 = 不认识格式版本 { $format }。
MC-PACK-012-remedy = 请写 format = 1；若此包来自更新的版本，请先升级明察。
MC-PACK-013 = key 为“{ $key }”，而文件夹名为“{ $folder }”。
MC-PACK-013-remedy = 请使两者一致。
MC-PACK-014 = 找不到文件“{ $file }”。
MC-PACK-014-remedy = 请放入该文件，或改正路径（从治理包的文件夹算起）。
MC-PACK-015 = 此页开头没有由两行 +++ 围起的说明。
MC-PACK-015-remedy = 请让首行为 +++，接着写 title、key 等，再写一行 +++。
MC-PACK-016 = 此页没有“{ $heading }”一节。
MC-PACK-016-remedy = 请加上“## { $heading }”并写明内容。
MC-PACK-017 = 此页有 { $count } 个 SQL 代码块，应恰有一个。
MC-PACK-017-remedy = 请把查询放在唯一一个 ```sql 代码块中。
MC-PACK-018 = {"“{{”"} 没有与之对应的 {"“}}”"}。
MC-PACK-018-remedy = 请写成 {"{{ 列名 }}"} 或 {"{{ 列名 | mask }}"}。
MC-PACK-019 = { $lacking ->
    [hit] 没有一个案例得出疑点。
   *[silent] 没有一个案例证明不应得出疑点之处确实不得出。
    }
MC-PACK-019-remedy = { $lacking ->
    [hit] 请加上“## Case: …”，其 then 表至少有一行。
   *[silent] 请加上“## Case: …”，以 then nothing 结尾。
    }
MC-PACK-020 = “{ $line }”之后没有表。
MC-PACK-020-remedy = 请在其后空一行，写出 Markdown 表；不应得出疑点时写 then nothing。
MC-PACK-021 = 这一行有 { $cells } 格，表头有 { $columns } 格。
MC-PACK-021-remedy = 请补上或删去竖线；空格也要占一格。
MC-PACK-022 = 列“{ $column }”的格中不能写“{ $value }”。
MC-PACK-022-remedy = { $shape ->
    [integer] 请写整数。
    [decimal] 请写数字，小数位数不超过该列所定。
    [date] 请写成 2023-01-05 这样的日期。
    [code] 请写下列之一：{ $allowed }。
   *[boolean] 请写 true 或 false。
    }
MC-PACK-023 = 案例“{ $case }”没有 then。
MC-PACK-023-remedy = 请写出 then 和应得的疑点，或 then nothing。
MC-PACK-024 = given 的表中没有名为“{ $label }”的行。
MC-PACK-024-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 请在 given 表的首列 row 中为行命名。
    } 现有的行：{ $known }。
MC-PACK-025 = { $is_code ->
    [yes] 列“{ $column }”是代码，却没有列出 values。
   *[no] 列“{ $column }”的类型是 { $kind }，不应有 values。
    }
MC-PACK-025-remedy = { $is_code ->
    [yes] 请写出全部可用的值，如 values = ["甲", "乙"]。
   *[no] 请删去 values，或改为 kind = "code"。
    }
MC-PACK-026 = “{ $key }”与类型 { $kind } 不合。
MC-PACK-026-remedy = 只有 integer、decimal、money（写数字，小数位数不超过该列所定）和 date（写日期）可有 min 和 max。
MC-PACK-027 = local_by 与 whole_ledger 应恰有其一。
MC-PACK-027-remedy = 请写明疑点由各台账的哪一列单独决定（local_by）；说不清时写 whole_ledger = true。
MC-PACK-028 = 起（{ $low }）在止（{ $high }）之后。
MC-PACK-028-remedy = 请对调或改正。
MC-PACK-029 = 用到了治理包“{ $pack }”的台账，而 pack.toml 没有写明依赖它。
MC-PACK-029-remedy = 请在 pack.toml 的 depends 中加上“{ $pack }”。
MC-PACK-030 = 没有名为“{ $pack }”的治理包。
MC-PACK-030-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 请放入该包的文件夹，或从 depends 中删去。
    } 现有的包：{ $known }。
MC-PACK-031 = 标题和表述中不能出现“{ $word }”：核实之前只是疑点。
MC-PACK-031-remedy = 请只陈述数据中的事实，不作定性。
MC-PACK-032 = 没有名为“{ $model }”的模型。
MC-PACK-032-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 请改正名称。
    } 现有的模型：{ $known }。
MC-PACK-033 = “{ $key }”应在 { $min } 与 { $max } 之间。
MC-PACK-033-remedy = 请改成范围内的整数。
MC-PACK-034 = 参数“{ $param }”各行的 keys 不一致。
MC-PACK-034-remedy = 同一参数的各行要有相同的 keys，它们合成一张表。
MC-PACK-035 = 没有键为“{ $figure }”的指标数据。
MC-PACK-035-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 请先在 figures.toml 中定义。
    } 现有的键：{ $known }。
MC-PACK-036 = 模板写法有误：{ $reason }。
MC-PACK-036-remedy = 请改正标出之处；模板的写法见 https://docs.rs/minijinja/latest/minijinja/syntax/ 。
MC-PACK-037 = 治理包用不到“{ $file }”。
MC-PACK-037-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 请移走它。
    } 治理包由这些组成：{ $known }。
MC-PACK-038 = 这里没有治理包。
MC-PACK-038-remedy = 请用 --packs 指出存放治理包的文件夹，每个治理包一个子文件夹。
MC-PACK-039 = “{ $key }”是空的。
MC-PACK-039-remedy = 请写明内容。
MC-PACK-040 = 不认识汇总方式“{ $value }”。
MC-PACK-040-remedy = 请写 count、count_distinct(列名)、sum(列名) 或 mean(列名)。
MC-PACK-041 = 这张表之前没有 given 或 then。
MC-PACK-041-remedy = 请在表前写一行 given `台账名`，或 then。
MC-PACK-042 = 模板中没有“{ $name }”。
MC-PACK-042-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 请改正名称。
    } 可用的：{ $known }。
MC-PACK-043 = “{ $line }”紧跟在上一张表之后，被当作了表中的一行。
MC-PACK-043-remedy = 请在它之前空一行。
