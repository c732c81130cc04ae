# What intake says to people. A trouble has its code as key, and code-remedy: what to do now.

## Whole files: nothing of them was kept.

MC-INTAKE-001 = 这是{ $kind ->
        [document] 文字文档
        [slides] 演示文稿
        [ofd] OFD 版式文件
        [pdf] PDF 文件
        [picture] 图片
        [archive] 压缩包
        [mht] 网页归档（.mht）
        [xml] XML 文件
        [json] JSON 文件
        [database] 数据库文件
       *[unknown] 认不出的文件
    }，不是可以导入的表格。
MC-INTAKE-001-remedy = 可以导入的是 Excel 和 WPS 工作簿（.xlsx、.xls、.et、.xlsb）、OpenDocument 表格（.ods）、文本表格（.csv、.tsv）、网页里的表格和 Parquet 文件。用 Excel 或 WPS 打开原表，另存为 .xlsx 再传。

MC-INTAKE-002 = 文件是空的。
MC-INTAKE-002-remedy = 打开原表看看内容是否已保存，保存后再传。

MC-INTAKE-003 = 工作簿设有打开密码，读不了。
MC-INTAKE-003-remedy = 在 Excel 或 WPS 里去掉密码，另存一份再传。

MC-INTAKE-005 = 文件有 { $size }，超过上限 { $limit }。
MC-INTAKE-005-remedy = 按月份或单位拆成几份，分别上传。

MC-INTAKE-006 = 文件解压后至少有 { $size }，超过上限 { $limit }。
MC-INTAKE-006-remedy = 删去空白的格式区域和图片，或拆成几份再传。

MC-INTAKE-007 = 文件已损坏，读不下去（{ $why }）。
MC-INTAKE-007-remedy = 用 Excel 或 WPS 打开，另存一份新的 .xlsx 再传；打不开就向提供的人再要一份。

MC-INTAKE-008 = 文本的编码既不是 UTF-8 也不是 GB18030（像是 { $guess }）。
MC-INTAKE-008-remedy = 用 Excel 或 WPS 打开，另存为 .xlsx，或另存为“CSV UTF-8”再传。

MC-INTAKE-009 = 第 { $line } 行起有不属于 { $encoding } 的字节，文件在传送中损坏了。
MC-INTAKE-009-remedy = 从原来的系统再导出一份。

MC-INTAKE-010 = 第 { $row } 行有一个英文引号只开不合，后面的内容分不成格。
MC-INTAKE-010-remedy = 在这一行补上或去掉引号，或用 Excel 打开后另存为 .xlsx 再传。

MC-INTAKE-011 = 第 { $row } 行的内容超出了第 { $limit } 列。
MC-INTAKE-011-remedy = 删去右边多余的列再传。

MC-INTAKE-012 = 有内容的行超过 { $limit } 行。
MC-INTAKE-012-remedy = 按月份或单位拆成几份，分别上传。

MC-INTAKE-100 = 要改的行超过 { $limit } 行，多半是列没有对上，这张表没有收，文件留着。
MC-INTAKE-100-remedy = 在预览页看看每一列对应得对不对，改好再预览；确实有这么多行要改的，先在 Excel 里改掉大部分，或分成几份上传。

MC-INTAKE-101 = 第 { $row } 行超过 { $limit }，不像是一张表。
MC-INTAKE-101-remedy = 看看文件是不是缺了换行，或者用 Excel 打开后另存为 .xlsx 再传。

MC-INTAKE-013 = 表里一行内容也没有。
MC-INTAKE-013-remedy = 看看要传的是不是这一份、这一张工作表。

MC-INTAKE-014 = 表头在第 { $row } 行，下面没有数据。
MC-INTAKE-014-remedy = 把数据填在表头下面再传。

intake-header = { $sheet ->
        [none] {""}
       *[other] 工作表“{ $sheet }”
    }第 { $row } 行表头

MC-INTAKE-015 = { intake-header }缺少必填的列：{ $missing }。表里现有：{ $has }。
MC-INTAKE-015-remedy = 在表头补上这些列，或在“改列对应”里指明哪一列是它；差得多的，看看是不是选错了台账或工作表。

MC-INTAKE-016 = { intake-header }有不止一列像“{ $column }”：{ $headings }{ $at ->
        [none] {""}
       *[other] ；第 { $at } 行里它们不一样：{ $values }
    }。
MC-INTAKE-016-remedy = 只留一列，或在“改列对应”里指明用哪一列。

MC-INTAKE-090 = { intake-header }“{ $heading }”与台账“{ $column }”单位不同，不能照原数读。
MC-INTAKE-090-remedy = 把这一列的数换算成台账的单位，表头也改过来，再传。

MC-INTAKE-092 = 第 { $row } 行没有内容，或在前 { $limit } 行之外，不能作表头。
MC-INTAKE-092-remedy = 改选写着列名的那一行。

MC-INTAKE-070 = 文件里声明了自己的实体，这样的文件可能是用来攻击系统的，没有读。
MC-INTAKE-070-remedy = 用 Excel 或 WPS 打开原表，另存为 .xlsx 再传。

MC-INTAKE-071 = 有一格的内容超过 { $limit }，不像是表格里的内容，没有读。
MC-INTAKE-071-remedy = 用 Excel 或 WPS 打开原表，删去这一格里多余的内容，另存为 .xlsx 再传。

MC-INTAKE-072 = 这是网页，里面没有表格。
MC-INTAKE-072-remedy = 在原来的系统里导出表格，或把网页里的表粘贴到 Excel，另存为 .xlsx 再传。

MC-INTAKE-073 = Parquet 文件用 { $packing } 压缩，读不了。
MC-INTAKE-073-remedy = 请导出的人改用 Snappy、Zstandard、Gzip 或不压缩，再导出一份。

MC-INTAKE-074 = 列“{ $heading }”（{ $column }）的每一格是一组数据，不是单个值，读不了。
MC-INTAKE-074-remedy = 导出时把这一列拆成单个值的列，再传。

MC-INTAKE-017 = 没有叫“{ $sheet }”的工作表，现有：{ $has }。
MC-INTAKE-017-remedy = 从现有的工作表里选一张。

MC-INTAKE-018 = 没有叫“{ $name }”的列{ $near ->
        [none] {""}
       *[other] ，最接近的是“{ $near }”
    }。
MC-INTAKE-018-remedy = 照表头和台账里的写法改列对应。

MC-INTAKE-019 = 读不到文件 { $path }：{ $why }。
MC-INTAKE-019-remedy = 看看路径和权限，再试一次。

MC-INTAKE-020 = 表格没有写成：{ $why }。
MC-INTAKE-020-remedy = 看看磁盘空间，再试一次；仍不行就把这句话告诉系统管理员。

## Cells. `-cell` leaves the place out, for a page that shows it in the cell itself.

intake-at = 第 { $row } 行“{ $column }”
intake-says = 写成了“{ $value }”：

MC-INTAKE-030-cell = 没有填
MC-INTAKE-030 = { intake-at }{ MC-INTAKE-030-cell }。
MC-INTAKE-030-remedy = 补上后再传。

MC-INTAKE-031-cell = 不是数字
MC-INTAKE-031 = { intake-at }{ intake-says }{ MC-INTAKE-031-cell }。
MC-INTAKE-031-remedy = 写成 1234.50 这样的数字。

MC-INTAKE-032-cell = 不是整数
MC-INTAKE-032 = { intake-at }{ intake-says }{ MC-INTAKE-032-cell }。
MC-INTAKE-032-remedy = 写成不带小数的数。

MC-INTAKE-033-cell = 小数多于 { $decimals } 位
MC-INTAKE-033 = { intake-at }{ intake-says }{ MC-INTAKE-033-cell }。
MC-INTAKE-033-remedy = 对照凭证核对，写成最多 { $decimals } 位小数的数。

MC-INTAKE-034-cell = { $kind ->
        [day] 早于最早可填的 { $min }
       *[number] 小于下限 { $min }
    }
MC-INTAKE-034 = { intake-at }{ intake-says }{ MC-INTAKE-034-cell }。
MC-INTAKE-034-remedy = 核对原始凭证后改正。

MC-INTAKE-035-cell = { $kind ->
        [day] 晚于最晚可填的 { $max }
       *[number] 大于上限 { $max }
    }
MC-INTAKE-035 = { intake-at }{ intake-says }{ MC-INTAKE-035-cell }。
MC-INTAKE-035-remedy = 核对原始凭证后改正。

MC-INTAKE-036-cell = 不是日期
MC-INTAKE-036 = { intake-at }{ intake-says }{ MC-INTAKE-036-cell }。
MC-INTAKE-036-remedy = 写成 2023-11-05 这样的日期。

MC-INTAKE-037-cell = 没有 { $month } 月
MC-INTAKE-037 = { intake-at }{ intake-says }{ MC-INTAKE-037-cell }。
MC-INTAKE-037-remedy = 写成 2023-11-05 这样的日期。

MC-INTAKE-038-cell = { $year } 年 { $month } 月没有 { $day } 日
MC-INTAKE-038 = { intake-at }{ intake-says }{ MC-INTAKE-038-cell }。
MC-INTAKE-038-remedy = 核对后改成实有的日期。

MC-INTAKE-039-cell = 年份只有两位
MC-INTAKE-039 = { intake-at }{ intake-says }{ MC-INTAKE-039-cell }。
MC-INTAKE-039-remedy = 年份写四位，如 2023-11-05。

MC-INTAKE-040-cell = 没有写到哪一日
MC-INTAKE-040 = { intake-at }{ intake-says }{ MC-INTAKE-040-cell }。
MC-INTAKE-040-remedy = 写到日，如 2023-11-05。

MC-INTAKE-041-cell = 应为 18 位，现有 { $length } 位
MC-INTAKE-041 = { intake-at }{ MC-INTAKE-041-cell }。
MC-INTAKE-041-remedy = 对照证件补全；护照号、通行证号不是身份证号，不填在这一列。

MC-INTAKE-042-cell = 第 { $at } 位是“{ $found }”，这一位不能用这个字
MC-INTAKE-042 = { intake-at }{ MC-INTAKE-042-cell }。
MC-INTAKE-042-remedy = 前 17 位只用数字，末位用数字或 X；对照证件改正。

MC-INTAKE-043-cell = 里的出生日期“{ $written }”不存在
MC-INTAKE-043 = { intake-at }{ MC-INTAKE-043-cell }。
MC-INTAKE-043-remedy = 对照证件改正号码里的出生日期。

MC-INTAKE-044-cell = 末位校验码应为 { $expected }，现为 { $found }
MC-INTAKE-044 = { intake-at }{ MC-INTAKE-044-cell }。
MC-INTAKE-044-remedy = 对照证件逐位核对，多半是抄错了一位。

MC-INTAKE-045-cell = 被 Excel 存成了数字“{ $value }”，后几位已丢失
MC-INTAKE-045 = { intake-at }{ MC-INTAKE-045-cell }。
MC-INTAKE-045-remedy = 先把整列的格式设为“文本”，再照证件重新填写；只改格式，丢了的数字回不来。

MC-INTAKE-046-cell = 应为 18 位，现有 { $length } 位
MC-INTAKE-046 = { intake-at }{ MC-INTAKE-046-cell }。
MC-INTAKE-046-remedy = 对照营业执照或登记证书补全。

MC-INTAKE-047-cell = 第 { $at } 位是“{ $found }”，代码里不用这个字
MC-INTAKE-047 = { intake-at }{ MC-INTAKE-047-cell }。
MC-INTAKE-047-remedy = 代码只用数字和大写字母，不用 I、O、S、V、Z；对照证照改正。

MC-INTAKE-048-cell = 末位校验码应为 { $expected }，现为 { $found }
MC-INTAKE-048 = { intake-at }{ MC-INTAKE-048-cell }。
MC-INTAKE-048-remedy = 对照证照核对末位和前 8 位。

MC-INTAKE-049-cell = 第 17 位（组织机构代码校验码）应为 { $expected }，现为 { $found }
MC-INTAKE-049 = { intake-at }{ MC-INTAKE-049-cell }。
MC-INTAKE-049-remedy = 对照证照核对第 9 至 17 位。

MC-INTAKE-050-cell = 第 17、18 位校验码应为 { $organisation }、{ $whole }，都对不上
MC-INTAKE-050 = { intake-at }{ MC-INTAKE-050-cell }。
MC-INTAKE-050-remedy = 对照证照逐位核对，多半是第 9 至 16 位抄错了。

MC-INTAKE-051-cell = 不在可选值里{ $near ->
        [none] {""}
       *[other] ，是不是“{ $near }”
    }
MC-INTAKE-051 = { intake-at }{ intake-says }{ MC-INTAKE-051-cell }。
MC-INTAKE-051-remedy = 从这些里选一个：{ $values }。

MC-INTAKE-052-cell = 看不出是还是否
MC-INTAKE-052 = { intake-at }{ intake-says }{ MC-INTAKE-052-cell }。
MC-INTAKE-052-remedy = 填“是”或“否”。

MC-INTAKE-053-cell = 是公式出错的结果 { $value }
MC-INTAKE-053 = { intake-at }{ MC-INTAKE-053-cell }。
MC-INTAKE-053-remedy = 改好公式，或直接填数。

MC-INTAKE-054-cell = 有 { $length } 个字，超过上限 { $limit }
MC-INTAKE-054 = { intake-at }{ MC-INTAKE-054-cell }。
MC-INTAKE-054-remedy = 写短一些，详细内容另附材料。

MC-INTAKE-055-cell = 数字太大，存不下
MC-INTAKE-055 = { intake-at }{ intake-says }{ MC-INTAKE-055-cell }。
MC-INTAKE-055-remedy = 核对是否多写了位数。

MC-INTAKE-056-cell = 有乱码，原来的字已经丢失
MC-INTAKE-056 = { intake-at }{ MC-INTAKE-056-cell }。
MC-INTAKE-056-remedy = 对照原件重新填写这一格。

MC-INTAKE-057-cell = 是还没有算出结果的公式
MC-INTAKE-057 = { intake-at }{ MC-INTAKE-057-cell }。
MC-INTAKE-057-remedy = 用 Excel 或 WPS 打开，保存一次再传，或直接填数。

MC-INTAKE-058-cell = 有 { $cells } 格，表头只有 { $headings } 格
MC-INTAKE-058 = 第 { $row } 行{ MC-INTAKE-058-cell }。
MC-INTAKE-058-remedy = 多半是格里的内容带了分隔符：给这一格加英文引号，或在 Excel 里另存为 .xlsx 再传。

MC-INTAKE-059-cell = 与第 { $first } 行的“{ $value }”相同，但两行内容不一样
MC-INTAKE-059 = { intake-at }{ MC-INTAKE-059-cell }。
MC-INTAKE-059-remedy = 核对哪一行对，只留一行；确是两笔就改编号。

MC-INTAKE-060-cell = 这是日期，不是数字
MC-INTAKE-060 = { intake-at }{ intake-says }{ MC-INTAKE-060-cell }。
MC-INTAKE-060-remedy = 把这一格的格式改为“常规”或“数值”，再核对数字。

MC-INTAKE-061-cell = 年份是 { $year } 年，不像是对的
MC-INTAKE-061 = { intake-at }{ intake-says }{ MC-INTAKE-061-cell }。
MC-INTAKE-061-remedy = 核对年份后改正。

MC-INTAKE-080-cell = 年份写在了最后，分不清哪个是月、哪个是日
MC-INTAKE-080 = { intake-at }{ intake-says }{ MC-INTAKE-080-cell }。
MC-INTAKE-080-remedy = 年份写在最前，如 2023-11-05。

MC-INTAKE-081-cell = Excel 里有这一天，历法上没有
MC-INTAKE-081 = { intake-at }{ intake-says }{ MC-INTAKE-081-cell }。
MC-INTAKE-081-remedy = 对照原件改成实有的日期；多半是把数字 60 设成了日期格式。

MC-INTAKE-082-cell = 是时间，不是日期
MC-INTAKE-082 = { intake-at }{ intake-says }{ MC-INTAKE-082-cell }。
MC-INTAKE-082-remedy = 补上年月日，如 2023-11-05。

MC-INTAKE-083-cell = 这是时间，不是数字
MC-INTAKE-083 = { intake-at }{ intake-says }{ MC-INTAKE-083-cell }。
MC-INTAKE-083-remedy = 把这一格的格式改为“常规”，再填数字，如一个半小时填 1.5。

MC-INTAKE-084-cell = 这是科学计数，后几位可能已经丢失
MC-INTAKE-084 = { intake-at }{ intake-says }{ MC-INTAKE-084-cell }。
MC-INTAKE-084-remedy = 回到原表，把这一列的格式改为“数值”，再导出一份；或照原始凭证填写完整的数。

MC-INTAKE-086-cell = 这是百分数，不知道该记作 85 还是 0.85 这样的数
MC-INTAKE-086 = { intake-at }{ intake-says }{ MC-INTAKE-086-cell }。
MC-INTAKE-086-remedy = 把格式改为“常规”，照这一列的说明写成不带 % 的数。

MC-INTAKE-087-cell = 只有一串 #：原表的列太窄，导出时内容丢了
MC-INTAKE-087 = { intake-at }{ MC-INTAKE-087-cell }。
MC-INTAKE-087-remedy = 回到原表把列拉宽，再导出一份。

MC-INTAKE-088-cell = 有看不见的控制字符（{ $found }）
MC-INTAKE-088 = { intake-at }{ MC-INTAKE-088-cell }。
MC-INTAKE-088-remedy = 清空这一格，重新填写。

## What was done with a sheet (note), how a cell was read (read), words of the template workbook.

intake-note-header = 表头在第 { $row } 行。
intake-note-sheet = 读的是工作表“{ $sheet }”；没有读：{ $others }。
intake-note-taken-as = “{ $heading }”认作“{ $column }”。
intake-note-unknown = 台账里没有“{ $heading }”这一列，没有读。
intake-note-unknown-near = 台账里没有“{ $heading }”这一列，没有读；最接近的是“{ $near }”。
intake-note-absent = 表里没有这些可以不填的列：{ $columns }。台账里已有的行，这些列的值保留不变；新增的行，这些列为空。
intake-note-template-old = 这张表是用旧模板填的，新模板多了这些列：{ $columns }。要填它们的，下载新模板。
intake-note-template-other = 这张表是用旧模板填的；列没有增加，可选值或必填要求有变化，请留意退回的行。
intake-note-no-heading = 这些列有内容却没有表头，没有读：{ $columns }。
intake-note-totals = 跳过合计行：第 { $rows } 行。
intake-note-remarks = 跳过表尾说明：第 { $rows } 行。
intake-note-blanks = 跳过 { $count } 个空行。
intake-note-repeats = 有 { $count } 行与前面的行完全相同，只收一次：第 { $rows } 行。
intake-note-text = 文本编码 { $encoding }，分隔符“{ $delimiter }”。
intake-note-header-two = 表头在第 { $first }、{ $row } 两行，上下合起来认。
intake-note-headers = 跳过重复的表头：第 { $rows } 行。
intake-note-sheet-fits = 工作表“{ $sheet }”也能读：表头在第 { $row } 行，认得 { $columns } 列。要读它，改选工作表再读。
intake-note-shared = “{ $column }”有不止一列：{ $headings }。各行内容没有不同，合起来读；一列空着就取另一列。
intake-note-hidden-sheet = 读的工作表“{ $sheet }”在原表里是隐藏的。
intake-note-hidden-rows = 原表里隐藏的 { $count } 行也读了：第 { $rows } 行。不要的，先在原表里删去。
intake-note-hidden-columns = 原表里隐藏的列也读了：{ $columns }。
intake-note-unit = “{ $heading }”与“{ $column }”单位不同，已换算：每格乘以 { $times }。
intake-note-unit-sheet = 表头上方写着“单位：{ $unit }”，这些列照此换算：{ $headings }。
intake-note-unit-other = “{ $heading }”与台账“{ $near }”单位不同，换算不了，没有读。
intake-note-unit-as-is = “{ $heading }”与台账“{ $column }”单位不同，照指定的对应读了，数字没有换算。
intake-read-spaces = 去掉空格，读作 { $value }
intake-read-full-width = 全角，读作 { $value }
intake-read-date = 读作 { $value }
intake-read-serial = 日期序号，读作 { $value }
intake-read-time = 只取日期，读作 { $value }
intake-read-money = 读作 { $value }
intake-read-code = 读作“{ $value }”
intake-read-yes-no = 读作“{ $value ->
        [true] 是
       *[false] 否
    }”
intake-read-upper-case = 字母改大写，读作 { $value }
intake-read-first-generation = 15 位旧号，读作 { $value }
intake-read-unwrapped = 去掉文本标记，读作 { $value }
intake-read-nothing = 读作空
intake-read-merged = 合并单元格，读作 { $value }
intake-read-unit = 换算单位，读作 { $value }
intake-read-unverified = 旧版外国人永久居留证号，没有公开的校验规则，只核对了格式，读作 { $value }
intake-summary-title = 明察核对说明
intake-summary-ledger = 台账
intake-summary-sheet = 工作表
intake-summary-accepted = 新收下（行）
intake-summary-superseded = 替换原有（行）
intake-summary-unchanged = 与台账一致（行）
intake-summary-duplicated = 表内重复、只收一次（行）
intake-summary-rejected = 待更正（行）
intake-summary-mended = 已在网页上更正（处）
intake-summary-how = 标红的格要更正：点行号到那一格，改好后把整个文件再传一次。已收下的行不会重复；本说明页不会被读取，不必删除。
intake-summary-how-nothing = 没有要更正的格。
intake-summary-row = 行
intake-summary-column = 列
intake-summary-heading = 列名
intake-summary-value = 现在的内容
intake-summary-why = 为什么
intake-summary-todo = 怎么改
intake-summary-more = 另有 { $count } 处没有列在这里，表中已标红。
intake-mended = 已由{ $by }在网页上更正为“{ $value }”
intake-mended-remedy = 把本表这一格也改成同样的内容。
intake-template-sheet = 填写说明
intake-template-choices = 选项
intake-template-about = { $ledger } · 模板版本 { $version }
intake-template-how = 在第一张表里从第 2 行起填写，有下划线的列必填。示例只写在本页，不会混进数据；本页不会被读取，可以留着。
intake-template-column = 列名
intake-template-must = 必填
intake-template-what = 填什么
intake-template-example = 示例
intake-template-yes = 是
intake-template-required = 必填
intake-template-optional = 可以不填
intake-template-example-is = 例：{ $example }
intake-template-min = 不小于 { $min }
intake-template-max = 不大于 { $max }
intake-template-kind-text = 文字
intake-template-kind-integer = 整数
intake-template-kind-decimal = 数字，最多 { $decimals } 位小数
intake-template-kind-money = 金额，单位元，最多两位小数
intake-template-kind-date = 日期，如 2023-11-05
intake-template-kind-resident-id = 公民身份号码，18 位；整列设为文本
intake-template-kind-uscc = 统一社会信用代码，18 位
intake-template-kind-code = 从这些里选一个：{ $values }
intake-template-kind-boolean = 是或否
