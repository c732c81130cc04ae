//! A small town for the engine's tests: three ledgers, one model page, and rows in memory.

use std::fs;

use mingcha_domain::{BatchNo, Day, RowRef, Value};
use mingcha_pack::{Locality, Model, PackSet, Spanned};
use rust_decimal::Decimal;

use crate::{LakeRow, Limits, MemLedger, OpsTable, Session, SessionPlan, Source};

const PACK: &str = r#"
format = 1
key = "training"
title = "培训"
title_en = "Training"
order = 1
depends = ["common"]
"#;

const COMMON: &str = r#"
format = 1
key = "common"
title = "公共"
title_en = "Common"
order = 0
"#;

const GRANT: &str = r#"
format = 1
title = "补贴"
title_en = "Grants"
key = ["grant_no"]
[[column]]
name = "grant_no"
title = "编号"
title_en = "No."
kind = "text"
required = true
[[column]]
name = "resident_id"
title = "身份证号"
title_en = "Resident"
kind = "resident_id"
[[column]]
name = "granted_on"
title = "日期"
title_en = "Day"
kind = "date"
[[column]]
name = "amount"
title = "金额"
title_en = "Amount"
kind = "money"
[[column]]
name = "certificate_no"
title = "证书号"
title_en = "Certificate"
kind = "text"
"#;

const CERTIFICATE: &str = r#"
format = 1
title = "证书"
title_en = "Certificates"
key = ["certificate_no"]
[[column]]
name = "certificate_no"
title = "证书号"
title_en = "Certificate"
kind = "text"
required = true
[[column]]
name = "resident_id"
title = "身份证号"
title_en = "Resident"
kind = "resident_id"
[[column]]
name = "level"
title = "等级"
title_en = "Level"
kind = "integer"
"#;

const CIVIL: &str = r#"
format = 1
title = "公职人员"
title_en = "Civil servants"
key = ["resident_id"]
reference = true
[[column]]
name = "resident_id"
title = "身份证号"
title_en = "Resident"
kind = "resident_id"
required = true
[[column]]
name = "hired_on"
title = "入职"
title_en = "Hired"
kind = "date"
"#;

/// The page that tests start from.
pub(crate) const PAGE: &str = r#"+++
format = 1
title = "一年内享受补贴超过三次"
title_en = "More than three a year"
effect = "核查"
key = ["resident_id", "year"]
local_by = { grant = "resident_id" }
subject = "person"
basis = ["办法第一条"]
[[params.limit]]
value = 3
source = "办法第二条"
level = "省"
+++
同一人在同一自然年内享受补贴多于 3 次。

## 为什么查
为公平。
## 怎么核实
看发放记录。
## 查不到什么
换证件的人。
## 常见误报
跨年补发。

```sql
SELECT s.resident_id, CAST(date_part('year', s.granted_on) AS BIGINT) AS year, count(*) AS times,
       sum(s.amount) AS amount, evidence(s._ref) AS evidence
FROM grant s
WHERE s.granted_on <= $as_of
GROUP BY 1, 2
HAVING count(*) > $limit
```

## 表述
{{ resident_id | mask }} 在 {{ year }} 年享受补贴 {{ times }} 次，合计 {{ amount | yuan }}。

## Case: fires on the fourth
given `grant`

| row | grant_no | resident_id | granted_on | amount |
|---|---|---|---|---|
| a | B1 | 甲 | 2023-01-05 | 800 |
| b | B2 | 甲 | 2023-02-05 | 800 |
| c | B3 | 甲 | 2023-03-05 | 800 |
| d | B4 | 甲 | 2023-04-05 | 800 |
| e | B5 | 乙 | 2023-04-05 | 800 |

then

| resident_id | year | times | amount | evidence |
|---|---|---|---|---|
| 甲 | 2023 | 4 | 3200 | a b c d |

## Case: the third does not fire
given `grant`

| grant_no | resident_id | granted_on |
|---|---|---|
| B1 | 甲 | 2023-01-05 |
| B2 | 甲 | 2023-01-06 |
| B3 | 甲 | 2023-01-07 |

then nothing
"#;

/// Packs with these pages as models of `training`; panics with the faults of their syntax.
pub(crate) fn packs(pages: &[(&str, &str)]) -> PackSet {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("written");
    };
    write("training/pack.toml", PACK);
    write("training/ledgers/grant.toml", GRANT);
    write("training/ledgers/certificate.toml", CERTIFICATE);
    write("common/pack.toml", COMMON);
    write("common/ledgers/civil_servant.toml", CIVIL);
    for (name, page) in pages {
        write(&format!("training/models/{name}.md"), page);
    }
    let loaded = PackSet::load(folder.path());
    assert!(loaded.faults.is_empty(), "{:#?}", loaded.faults);
    loaded.set
}

/// The town's packs with the one page.
pub(crate) fn town() -> PackSet {
    packs(&[("more_than_three", PAGE)])
}

/// The town's model with other SQL and another locality.
pub(crate) fn model(packs: &PackSet, sql: &str, by: &[(&str, &str)]) -> Model {
    let mut model = packs.model("training.more_than_three").expect("the model").clone();
    model.sql = Spanned { value: sql.to_owned(), at: model.sql.at.clone() };
    let entry = |(ledger, expression): &(&str, &str)| {
        ((*ledger).to_owned(), Spanned { value: (*expression).to_owned(), at: model.at.clone() })
    };
    model.locality =
        if by.is_empty() { Locality::WholeLedger } else { Locality::Local { by: by.iter().map(entry).collect() } };
    model
}

pub(crate) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

pub(crate) fn day(value: &str) -> Day {
    value.parse().expect("a day")
}

/// One grant; its line is its number.
pub(crate) fn grant(row: i64, resident: &str, on: &str, yuan: i64) -> LakeRow {
    LakeRow {
        at: RowRef { batch: BatchNo(1), row },
        values: vec![
            text(&format!("B{row}")),
            if resident.is_empty() { Value::Null } else { text(resident) },
            Value::Day(day(on)),
            Value::Decimal(Decimal::new(yuan * 100, 2)),
            Value::Null,
        ],
    }
}

/// A session over grants in memory.
pub(crate) async fn session(packs: &PackSet, grants: Vec<LakeRow>, limits: Limits) -> Session {
    let ops = OpsTable {
        name: "problem".into(),
        columns: vec![("problem_id".into(), mingcha_pack::ColumnKind::Text)],
        rows: vec![vec![text("P1")]],
    };
    Session::new(SessionPlan {
        packs,
        source: Source::Tables(vec![MemLedger { name: "training.grant".into(), rows: grants }]),
        as_of: day("2023-12-29"),
        action: "2023",
        ops: vec![ops],
        only: None,
        home: "training",
        limits,
    })
    .await
    .expect("a session")
}
