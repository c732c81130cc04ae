# What cli says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-CLI-001 = 读不出文件 { $file }：{ $detail }。
MC-CLI-001-remedy = 检查路径和读取权限，再试一次。
MC-CLI-002 = 文件 { $file } 有 { $bytes } 字节，超过一次可收的 { $limit } 字节。
MC-CLI-002-remedy = 分成几张较小的表，分次导入。
MC-CLI-003 = 列对应“{ $given }”写法不对。
MC-CLI-003-remedy = 写成 表中列名=台账列名，例如 --map 证号=certificate_no。
MC-CLI-004 = 没有台账 { $name }，最接近的是 { $near }。
MC-CLI-004-remedy = 用 mingcha pack check 看有哪些专题包，或改用最接近的名字。
