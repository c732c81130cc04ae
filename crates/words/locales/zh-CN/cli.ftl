# What cli says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-CLI-001 = 读不出文件 { $file }：{ $detail }。
MC-CLI-001-remedy = 检查路径和读取权限，再试一次。
MC-CLI-002 = 文件 { $file } 有 { $bytes } 字节，超过一次可收的 { $limit } 字节。
MC-CLI-002-remedy = 分成几张较小的表，分次导入。
MC-CLI-003 = 列对应“{ $given }”写法不对。
MC-CLI-003-remedy = 写成 表中列名=台账列名，例如 --map 证号=certificate_no。
MC-CLI-004 = 没有台账 { $name }，最接近的是 { $near }。
MC-CLI-004-remedy = 用 mingcha pack check 看有哪些专题包，或改用最接近的名字。
MC-CLI-005 = 上面说的已经做成；随后要做的（运行模型、登记线索）还没有做成：{ $cause }
MC-CLI-005-remedy = 不用重做。排除原因后，任何一条命令或运行中的网站都会接着做。
MC-CLI-006 = 有后台任务还没有做成，下面是它做成之前的结果：{ $cause }
MC-CLI-006-remedy = 排除原因后再看一次。
