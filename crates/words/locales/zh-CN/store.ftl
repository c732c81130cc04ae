# What store says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-STORE-001 = 数据库正被另一项写入占用，等待超时，本次操作没有执行。
MC-STORE-001-remedy = 稍后再试；如果一直如此，查看是否有长时间运行的任务或另一个程序打开了数据库。

MC-STORE-002 = 磁盘已满，数据库无法写入，本次操作没有执行，已有数据不受影响。
MC-STORE-002-remedy = 清理磁盘空间后再试。

MC-STORE-003 = 无法打开数据库 { $address }：{ $detail }
MC-STORE-003-remedy = 核对地址、文件夹是否存在且可写；PostgreSQL 还要核对服务是否启动。

MC-STORE-004 = 相同的记录已经存在，没有重复写入（{ $detail }）。
MC-STORE-004-remedy = 查看已有的记录。

MC-STORE-005 = 这条记录引用的内容不存在，或仍被其他记录引用（{ $detail }）。
MC-STORE-005-remedy = 先处理相关记录。

MC-STORE-006 = 数据不符合数据库的约束，没有写入（{ $detail }）。
MC-STORE-006-remedy = 把这条提示和操作时间告诉系统管理员。

MC-STORE-007 = 这项改动没有操作留痕，程序没有保存它。
MC-STORE-007-remedy = 把这条提示和操作时间告诉系统管理员。

MC-STORE-008 = 程序在只读状态下试图写入，没有执行。
MC-STORE-008-remedy = 把这条提示和操作时间告诉系统管理员。

MC-STORE-009 = 数据库的“{ $column }”列与程序不符：应为 { $wanted }，实为 { $found }。
MC-STORE-009-remedy = 把这条提示和操作时间告诉系统管理员。

MC-STORE-010 = 数据库结构的升级步骤 { $name } 与这个数据库上执行过的不同。
MC-STORE-010-remedy = 使用建立这个数据库的程序版本或更新的正式版本。

MC-STORE-011 = 这个数据库由更新的程序建立（结构版本 { $newest }，本程序只到 { $known }）。
MC-STORE-011-remedy = 升级程序后再打开。

MC-STORE-012 = “{ $text }”不是数据库地址。
MC-STORE-012-remedy = 写成 sqlite:///文件夹/mingcha.sqlite 或 postgres://用户@主机/库名。

MC-STORE-013 = 文字中含有不可见的空字符（NUL），无法保存。
MC-STORE-013-remedy = 删除这个字符后再试，通常重新键入这段文字即可。

MC-STORE-014 = PostgreSQL 数据库不由本程序复制。
MC-STORE-014-remedy = 用 pg_dump 备份数据库，再备份数据文件夹。

MC-STORE-015 = 无法把副本写到 { $path }：{ $detail }
MC-STORE-015-remedy = 换一个尚不存在、可以写入的位置。

MC-STORE-016 = 任务 { $job } 超过时限，已由其他进程接手，本次结果没有保存。
MC-STORE-016-remedy = 无需处理，任务会由接手的进程完成。

MC-STORE-017 = 数据表 { $table } 没有单列主键，无法记入操作留痕。
MC-STORE-017-remedy = 把这条提示和操作时间告诉系统管理员。

MC-STORE-018 = 操作留痕已损坏，不再写入（{ $detail }）。
MC-STORE-018-remedy = 运行 mingcha verify 查明哪些记录与留痕不符，从备份恢复。

MC-STORE-019 = 数据库中的内容无法读取（{ $what }）：{ $detail }
MC-STORE-019-remedy = 运行 mingcha verify 查明原因，必要时从备份恢复。

MC-STORE-020 = 系统没有给出随机数：{ $detail }
MC-STORE-020-remedy = 把这条提示和操作时间告诉系统管理员。

MC-STORE-021 = 数据库返回错误：{ $detail }
MC-STORE-021-remedy = 把这条提示和操作时间告诉系统管理员。

MC-STORE-022 = 数据库在磁盘上读写失败（{ $detail }），本次操作没有执行，已有数据不受影响。
MC-STORE-022-remedy = 检查磁盘是否已满、是否损坏，再试一次。

MC-STORE-101 = 数据表 { $table } 的记录 { $id } 与第 { $since } 号留痕不符，内容在程序之外被改动。
MC-STORE-101-remedy = 与备份或纸质材料核对，查明改动来源。

MC-STORE-102 = 数据表 { $table } 的记录 { $id } 不见了，第 { $since } 号留痕之后没有删除记录。
MC-STORE-102-remedy = 与备份或纸质材料核对，查明改动来源。

MC-STORE-103 = 数据表 { $table } 的记录 { $id } 又出现了，而第 { $since } 号留痕记录它已删除。
MC-STORE-103-remedy = 与备份或纸质材料核对，查明改动来源。

MC-STORE-104 = 数据表 { $table } 的记录 { $id } 没有任何留痕。
MC-STORE-104-remedy = 与备份或纸质材料核对，查明改动来源。

MC-STORE-105 = 第 { $id } 号留痕的事实或理由被改动。
MC-STORE-105-remedy = 与备份或纸质材料核对，查明改动来源。

MC-STORE-106 = 第 { $id } 号留痕的正文不见了，而没有依法删除的记录。
MC-STORE-106-remedy = 与备份或纸质材料核对，查明改动来源。

MC-STORE-107 = 第 { $id } 号留痕所列的记录被改动。
MC-STORE-107-remedy = 与备份或纸质材料核对，查明改动来源。

MC-STORE-108 = 第 { $id } 号留痕的时间、人员、操作或对象被改动。
MC-STORE-108-remedy = 与备份或纸质材料核对，查明改动来源。

MC-STORE-109 = 第 { $id } 号留痕缺失。
MC-STORE-109-remedy = 与备份或纸质材料核对，查明改动来源。

MC-STORE-110 = 留痕树的节点 { $id } 与其下的内容不符。
MC-STORE-110-remedy = 与备份或纸质材料核对，查明改动来源。

MC-STORE-111 = 留痕比所保存的树根短：树根记录 { $id } 条，现有 { $size } 条。
MC-STORE-111-remedy = 留痕末尾被截去；从备份恢复并查明原因。

MC-STORE-112 = 留痕的前 { $id } 条与所保存的树根不符，已被整体改写。
MC-STORE-112-remedy = 从备份恢复并查明原因。
