# 治理包（packs/）的读取与检查。编号即键；-remedy 说现在该做什么。
MC-PACK-001 = 无法读取治理包：{ $reason }。
MC-PACK-001-remedy = 请确认路径和读取权限后重试。
