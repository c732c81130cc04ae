# 对其他系统的接口：凭证的页面、接口的消息

web-tokens = 接口凭证
web-tokens-heading = { $count } 个有效的接口凭证
web-accounts-system = 业务系统
web-tokens-what = 这是什么
web-tokens-how = 业务系统带着凭证报送和查看台账，办的事记在系统名下，能做的不超过所选单位的经办人。凭证只在签发时显示一次，丢了就撤销旧的、签发新的。
web-tokens-interface = 接口说明
web-tokens-none = 还没有接口凭证
web-tokens-none-how = 点“签发凭证”，写明是哪个系统、替哪个单位办事。
web-tokens-system = 系统
web-tokens-system-hint = 例如“人社业务系统”，存证里显示这个名称
web-tokens-unit-hint = 系统能做的不超过这个单位的经办人
web-tokens-scopes = 用途
web-tokens-scope-read = 查看台账
web-tokens-scope-import = 报送和撤回台账
web-tokens-until = 有效期至
web-tokens-seen = 最近使用
web-tokens-by = 签发人
web-tokens-good = 有效
web-tokens-revoked = 已撤销
web-tokens-over = 已失效
web-tokens-once = 只显示这一次
web-tokens-one = 凭证
web-tokens-given = 凭证已签发，在下面显示这一次。
web-tokens-given-once = 现在就复制到那个系统的配置里，有效期至 { $until }。离开这一页后无法再看到它。
web-done-revoke-token = 凭证已撤销，从现在起不再受理。
web-move-give-token = 签发凭证
web-move-revoke-token = 撤销凭证
web-effect-of-give-token = 签发后凭证显示一次，那个系统从此可以调用接口；签发记入操作留痕。
web-effect-of-revoke-token = 撤销立即生效，用这个凭证的系统不能再调用接口。
web-why-of-revoke-token = 写明为什么撤销
web-field-system = 系统名称
web-field-acts-for = 替哪个单位办事
web-field-scope = 用途
web-field-days = 有效天数
web-field-token = 哪个凭证

web-interface = 接口说明
web-interface-lede = 业务系统用这些调用报送和查看台账。
web-interface-token = 每次调用在请求头里带 Authorization: Bearer 和凭证；凭证由系统管理员在“设置 · 接口凭证”签发，下面的 $TOKEN 是凭证，$BASE 是本站网址。
web-interface-errors = 没有办成时回答 application/problem+json：代码、发生了什么、怎么办、在表中的位置；语言随 Accept-Language。
web-interface-scope = 凭证要有用途 { $scope }

# 收件夹

inbox-readme-title = { $title }（{ $ledger }）的收件夹
inbox-readme-put = 把这张台账的表（Excel、WPS 或 CSV）放进这个文件夹，放稳以后会自动收下，先移到“{ $work }”。
inbox-readme-columns = 必须有的列：{ $columns }。列的先后不限，列名写中文或台账的列名都可以。
inbox-readme-after = 收下的移到“{ $done }”，有行要更正的移到“{ $mend }”，旁边的 .txt 写明收下多少、退回哪些行和为什么。同一份表放两次不会重复。
inbox-told-title = { $file }　台账：{ $ledger }　{ $at }
inbox-told-nothing = 这份文件没有收下，台账没有变化。
inbox-told-again = 改好后放回上一级文件夹，会再收一次。
inbox-told-counts = 收下 { $accepted } 行（新增 { $added }，替换 { $superseded }），不变 { $unchanged } 行，文件内重复 { $duplicated } 行，退回 { $rejected } 行。
inbox-told-batch = 批次：第 { $batch } 批。
inbox-told-nothing-new = 没有新的内容，台账没有变化。
inbox-told-mend = 退回的行：
inbox-told-more = 还有 { $count } 处，见标注的表。
inbox-told-how = 在“{ $marked }”里把标出的格子改好、存盘，放回上一级文件夹；已经收下的行不会重复。

# 接口

MC-API-009 = 游标属于版本 { $cursor }，而 as_of 要的是版本 { $as_of }。
MC-API-009-remedy = 翻页时去掉 as_of，或从第一页重新开始。
MC-API-010 = 幂等键“{ $key }”已经用于另一份文件或另一个台账。
MC-API-010-remedy = 同一个请求重发时用同一个键和同一份文件；新的请求换一个新键。
MC-API-011 = 同一个幂等键的请求还在办理（{ $import }）。
MC-API-011-remedy = 用 GET /api/v1/imports/{ $import } 查看进度，办完后再取结果。
MC-API-012 = 导入“{ $file }”时服务中断了，这份文件没有收下，台账没有变化。
MC-API-012-remedy = 用同一个键再发一次同一份文件，不会重复。
MC-API-013 = 没有编号为 { $import } 的导入。
MC-API-013-remedy = 核对编号；导入的记录保留 30 天。
MC-API-014 = 导入“{ $file }”时程序出错，这份文件没有收下，台账没有变化。
MC-API-014-remedy = 把这份文件和出错的时间交给系统管理员；先试试在 Excel 或 WPS 里另存为 .xlsx 再发。
MC-API-020 = 收件夹 { $folder } 和数据文件夹不能互相包含。
MC-API-020-remedy = 换一个放在数据文件夹以外的文件夹。
MC-API-021 = 文件夹“{ $folder }”不是任何台账的名称，放在这里的文件不会被收下。
MC-API-021-remedy = 把文件夹改名为台账的名称，例如“{ $near }”。
MC-API-022 = 文件“{ $file }”读不了：{ $detail }。
MC-API-022-remedy = 关掉正在打开它的程序、检查读取权限，再放一次；快捷方式和链接不收，放文件本身。

api-status-400 = 请求有误
api-status-401 = 没有凭证
api-status-403 = 不在权限内
api-status-404 = 没有找到
api-status-405 = 方法不对
api-status-409 = 与现状冲突
api-status-413 = 太大
api-status-415 = 不收这种内容
api-status-422 = 内容不合要求
api-status-429 = 太频繁
api-status-500 = 系统出错

MC-API-001 = 这个地址不接受这种方法。
MC-API-001-remedy = 按 /api/v1 的说明换一种方法（GET 或 POST）。
MC-API-002 = 这个地址没有内容，或不在凭证的权限内。
MC-API-002-remedy = 按 /api/v1 的说明核对地址和编号。
MC-API-003 = 不收“{ $given }”类型的内容。
MC-API-003-remedy = 报送文件用 Content-Type: application/octet-stream（或 multipart/form-data），其他请求用 application/json。
MC-API-004 = 参数 { $name } 的值“{ $value }”看不懂，或没有这个参数。
MC-API-004-remedy = 按 /api/v1 的说明核对参数；游标只能用上一页给出的 next。
MC-API-005 = 请求的内容读不了：{ $detail }
MC-API-005-remedy = 按 /api/v1 的说明核对格式，完整地再发一次。
MC-API-006 = 请求里没有文件，或文件是空的。
MC-API-006-remedy = 把文件作为请求的正文，或作为 multipart/form-data 的一个文件字段。
MC-API-007 = 幂等键应为 1 至 { $max } 个可见的 ASCII 字符。
MC-API-007-remedy = 例如用 UUID 作幂等键。
MC-API-008 = 导入 { $import } 没有要更正的行，没有标注的表。
MC-API-008-remedy = 用 GET /api/v1/imports/{ $import } 查看结果。

# 页面上的进度

web-progress-checking = 正在和台账核对
web-progress-checking-rows = 正在和台账核对，已到第 { $rows } 行
web-progress-reading = 正在读取这张表
web-progress-reading-rows = 正在读取，已读 { $rows } 行
web-progress-received = 已经收到，马上读取
web-progress-writing = 正在写入台账
web-progress-writing-rows = 正在写入台账，共 { $rows } 行
