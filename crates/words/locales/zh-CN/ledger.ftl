# What ledger says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-LEDGER-001 = 没有名为“{ $ledger }”的台账{ $near ->
        [none] {""}
       *[other] ，最接近的是“{ $near }”
    }
MC-LEDGER-001-remedy = 检查台账全名（包名.台账名）；运行 mingcha ledger show 查看各列。
MC-LEDGER-002 = 没有找到这份上传的文件
MC-LEDGER-002-remedy = 重新上传文件。
MC-LEDGER-003 = 这份文件已由{ $by }入库
MC-LEDGER-003-remedy = 在批次列表中查看结果；要改正的，修改后重新上传。
MC-LEDGER-004 = 没有批次 { $batch }
MC-LEDGER-004-remedy = 在批次列表中核对批次号。
MC-LEDGER-005 = 批次 { $batch } 已由{ $by }于 { $at } 撤回
MC-LEDGER-005-remedy = 无需再撤；需要时可以重新上传原文件。
MC-LEDGER-006 = 没有写撤回的原因
MC-LEDGER-006-remedy = 写明原因，它会记入存证。
MC-LEDGER-007-cell = 台账中已有，见批次 { $batch } 第 { $line } 行；这个台账只增不改
MC-LEDGER-007 = 第 { $row } 行“{ $column }”为“{ $value }”：{ MC-LEDGER-007-cell }
MC-LEDGER-007-remedy = 是同一笔的，删去这一行；是另一笔的，改正编号。
MC-LEDGER-008 = 没有版本 { $version }，最新版本为 { $readable }
MC-LEDGER-008-remedy = 运行 mingcha ledger show 查看有哪些版本。
MC-LEDGER-009 = 保存的原始文件与上传时不符（SM3 { $sm3 }）
MC-LEDGER-009-remedy = 请系统管理员运行 mingcha verify，并从备份恢复该文件。
MC-LEDGER-010 = 原始文件无法读写：{ $detail }
MC-LEDGER-010-remedy = 请系统管理员检查数据目录的权限和磁盘。
MC-LEDGER-011 = 批次 { $batch } 的原始文件没有第 { $row } 行
MC-LEDGER-011-remedy = 核对批次号和行号。
MC-LEDGER-012 = 记录 { $record } 自相矛盾：{ $reason }
MC-LEDGER-012-remedy = 这是系统的差错，请系统管理员运行 mingcha verify 并查看日志。
MC-LEDGER-013 = 磁盘已满，文件没有保存，台账没有变化
MC-LEDGER-013-remedy = 清出磁盘空间后重新上传。
MC-LEDGER-014 = 批次 { $batch } 不能撤回：后来的批次 { $later }（{ $file }）也有其中的行
MC-LEDGER-014-remedy = 先撤回批次 { $later }，再撤回本批；或者修改后重新上传，以新内容为准。
MC-LEDGER-015 = 读取文件的任务中断：{ $detail }
MC-LEDGER-015-remedy = 再试一次；仍然如此的，请系统管理员查看日志。
MC-LEDGER-040 = 没有改动任何一格
MC-LEDGER-040-remedy = 改好标红的格再保存；不用报送的行，写明原因后选“不需报送”。
MC-LEDGER-041 = 第 { $row } 行已由{ $by }于 { $at } { $how ->
        [mended] 更正
        [sent_again] 随后来的表收下
        [kept_again] 随后来的表再次退回
       *[other] 标为不需报送
    }，这里填的没有保存
MC-LEDGER-041-remedy = 打开下面“已处理”查看结果；仍要修改的，修改原表后重新上传。
MC-LEDGER-042 = 这份文件还没有入库
MC-LEDGER-042-remedy = 先在预览页把没有问题的行入库，再逐行更正。
MC-LEDGER-043 = 这份文件的批次已撤回，其中待更正的行一并作废
MC-LEDGER-043-remedy = 需要时修改原表后重新上传。
MC-LEDGER-044 = 这份文件没有待更正的第 { $row } 行
MC-LEDGER-044-remedy = 核对行号；行号是原表中的行号。
MC-LEDGER-045 = 没有写明不需报送的原因
MC-LEDGER-045-remedy = 写一句原因，如“与第 12 行重复”，它会记入存证。
MC-LEDGER-046 = 没有说是哪一份文件
MC-LEDGER-046-remedy = 加上 --batch 批次号，或 --upload 上传号；mingcha ledger uploads 列出所有上传。
MC-LEDGER-060 = 这份文件已由{ $by }于 { $at } 放弃，没有入库
MC-LEDGER-060-remedy = 需要时重新上传原文件。
MC-LEDGER-061 = 这份文件已由{ $by }入库，不能再放弃
MC-LEDGER-061-remedy = 要去掉它的行，请打开这一批并撤回。

MC-LEDGER-101 = 原始文件“{ $file }”缺失或被改动（SM3 { $sm3 }）
MC-LEDGER-101-remedy = 从备份恢复该文件。
MC-LEDGER-102 = 台账数据文件 { $path } 缺失或被改动
MC-LEDGER-102-remedy = 从备份恢复该文件。
MC-LEDGER-103 = 台账目录引用了没有记录的数据文件 { $path }
MC-LEDGER-103-remedy = 台账目录被改动，从备份恢复。
MC-LEDGER-104 = 台账目录表 { $table } 被改动
MC-LEDGER-104-remedy = 从备份恢复。
MC-LEDGER-105 = 台账数据在版本 { $newest }，登记的是版本 { $readable }：有一次写入没有完成
MC-LEDGER-105-remedy = 启动系统或再次导入时会自动撤销未完成的写入。
