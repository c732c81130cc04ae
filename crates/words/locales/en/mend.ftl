# Mending rows that were kept back: page, lists, deeds.

web-audit-verb-ledger-mend = Rows mended on the page
web-audit-verb-ledger-set_aside = Row set aside
web-audit-verb-ledger-take_back = Row waits again
web-audit-verb-ledger-settle = Rows settled by a later sheet
