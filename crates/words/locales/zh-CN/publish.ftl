# 成果数据、发布与通报。编号即键；-remedy 说现在该做什么。
MC-PUBLISH-001 = 没有为治理包“{ $pack }”准备查询。
MC-PUBLISH-001-remedy = 这是程序的错误，请连同日志告诉运维人员。
MC-PUBLISH-002 = 没有名为“{ $name }”的成果数据。
MC-PUBLISH-002-remedy = { $has_near ->
    [yes] 是否应为“{ $near }”？
   *[no] 请用 mingcha figures 查看全部名称。
    }
MC-PUBLISH-003 = 通报模板“{ $file }”第 { $line } 行写不出来：{ $detail }。
MC-PUBLISH-003-remedy = 请改正模板后用 mingcha pack check 检查，再行发布。
MC-PUBLISH-004 = 没有一个治理包写有通报内容。
MC-PUBLISH-004-remedy = 请在治理包中写出 bulletin.md。
MC-PUBLISH-005 = { $field ->
    [note] 发布说明应为 1 至 { $max } 字。
   *[title] 通报标题应为 1 至 { $max } 字。
    }
MC-PUBLISH-005-remedy = { $field ->
    [note] 请写明为何在此时发布、有何变化；说明随通报公开。
   *[title] 请写出标题。
    }
MC-PUBLISH-006 = 有 { $failed } 项成果数据算不出来，未发布。第一项是“{ $figure }”。
MC-PUBLISH-006-remedy = 请打开该项成果数据看原因，改正 figures.toml 中的记录查询，用 mingcha pack check 检查后再发布。
MC-PUBLISH-007 = 计算期间又有新的记录（从 { $then } 条到 { $now } 条），未发布。
MC-PUBLISH-007-remedy = 请看过最新的数据后再发布一次。
MC-PUBLISH-008 = 在您查看之后已经发布了第 { $newest } 期，没有再发。
MC-PUBLISH-008-remedy = 请看过这一期，仍需要时再发布。
