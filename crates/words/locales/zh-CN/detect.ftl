# What detect says to people. A trouble has its code as key, and code-remedy: what to do now.

MC-DETECT-001 = 没有正在使用的模型“{ $name }”
MC-DETECT-001-remedy = { $has_near ->
    [yes] 是否指“{ $near }”？
   *[no] 用 mingcha model list 查看模型全名（包名.模型名）；草稿和已停用的模型不运行。
}
MC-DETECT-002 = 运行期间另有一次运行先完成，本次结果未写入
MC-DETECT-002-remedy = 再运行一次。
MC-DETECT-003 = 翻页标记“{ $cursor }”不属于这个列表
MC-DETECT-003-remedy = 从第一页重新打开列表。
MC-DETECT-004 = 已存的{ $what }无法读取：{ $detail }
MC-DETECT-004-remedy = 请系统管理员运行 mingcha verify。

detect-state-seen = 在列
detect-state-vanished = 已消失
detect-state-returned = 再现

detect-vanished-data_corrected = 台账数据已更正
detect-vanished-batch_withdrawn = 来源批次已撤回
detect-vanished-model_changed = 模型已调整
detect-vanished-parameter_changed = 参数已调整
detect-vanished-day_turned = 业务日期变化
detect-vanished-exempted = 已豁免

detect-how-full = 全量
detect-how-incremental = 增量
detect-how-nothing_new = 无新数据
detect-how-failed = 未完成
