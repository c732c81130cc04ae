# Mending rows that were kept back: page, lists, deeds.

web-audit-verb-ledger-mend = 更正退回的行
web-audit-verb-ledger-set_aside = 标为不需报送
web-audit-verb-ledger-take_back = 取消不需报送
web-audit-verb-ledger-settle = 随后来的表收下退回的行
