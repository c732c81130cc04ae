# 平台整体的消息

MC-WIRING-001 = { $folder } 里没有明察的数据文件夹。
MC-WIRING-001-remedy = 先运行 mingcha init --data { $folder }，或用 --data 指到已有的文件夹。
MC-WIRING-002 = { $folder } 里已经有数据文件夹，没有改动它。
MC-WIRING-002-remedy = 换一个空的位置，或直接使用已有的文件夹。
MC-WIRING-003 = { $folder } 的格式是第 { $found } 版，本程序只认第 { $known } 版。
MC-WIRING-003-remedy = 用写出它的那一版程序打开。
MC-WIRING-004 = 配置文件 { $file } 读不懂：{ $detail }。
MC-WIRING-004-remedy = 按说明改好这一处，再试一次。
MC-WIRING-005 = 磁盘满了，{ $file } 没有写完；已经入库的数据都在。
MC-WIRING-005-remedy = 腾出空间后再做一次，不会重复。
MC-WIRING-006 = 文件 { $file } 读写失败：{ $detail }。
MC-WIRING-006-remedy = 检查文件是否存在、有没有读写权限。
MC-WIRING-007 = 专题包有 { $count } 处问题，第一处：{ $first }
MC-WIRING-007-remedy = 运行 mingcha pack check 看全部问题，改好再启动。
MC-WIRING-008 = 备份 { $archive } 不能用：{ $detail }。
MC-WIRING-008-remedy = 换一份备份；目标文件夹没有留下半份数据。
MC-WIRING-009 = 示例表 { $sheet } 没有生成：{ $detail }。
MC-WIRING-009-remedy = 检查专题包 demo 文件夹里这张表的 SQL。
MC-WIRING-010 = 后台任务 { $kind } 没有做成：{ $detail }。
MC-WIRING-010-remedy = 改好原因后重新启动，任务会再做一次。
MC-WIRING-011 = 数据文件夹 { $folder } 已经有一个 mingcha serve 在用：进程 { $pid }，自 { $since } 起，网址 http://{ $address }。
MC-WIRING-011-remedy = 直接打开那个网址；要换成新的，先结束进程 { $pid }（kill { $pid }），再启动一次。导入等命令不受影响，可以照常使用。

# 核对

MC-WIRING-101 = 凭据文件“{ $file }”（{ $sm3 }）的内容被改过。
MC-WIRING-101-remedy = 用备份里的同名文件比对。
MC-WIRING-102 = 凭据文件“{ $file }”（{ $sm3 }）不见了。
MC-WIRING-102-remedy = 从备份里找回这个文件。
MC-WIRING-103 = 既往办理的源文件“{ $file }”（{ $sm3 }）的内容被改过。
MC-WIRING-103-remedy = 用备份里的同名文件比对。
MC-WIRING-104 = 既往办理的源文件“{ $file }”（{ $sm3 }）不见了。
MC-WIRING-104-remedy = 从备份里找回这个文件。
