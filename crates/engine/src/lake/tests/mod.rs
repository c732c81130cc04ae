//! The laws of the lake.

mod compaction;
mod duckdb;
mod laws;
mod looking;
mod property;

use std::path::Path;
use std::time::Duration;

use mingcha_domain::{BatchNo, RowRef, Value};
use mingcha_pack::{Column, ColumnKind, Ledger};
use rust_decimal::Decimal;

use super::*;

/// `vocational_training.training_subsidy`, with one column of each kind that is stored differently.
fn ledger() -> Ledger {
    let column = |name: &str, kind| Column { name: name.into(), kind, ..Column::default() };
    Ledger {
        pack: "vocational_training".into(),
        name: "training_subsidy".into(),
        columns: vec![
            column("grant_no", ColumnKind::Text),
            column("times", ColumnKind::Integer),
            column("amount", ColumnKind::Money),
            column("granted_on", ColumnKind::Date),
            column("paid", ColumnKind::Boolean),
        ],
        key: vec!["grant_no".into()],
        ..Ledger::default()
    }
}

fn at(batch: i64, row: i64) -> RowRef {
    RowRef { batch: BatchNo(batch), row }
}

/// A row whose cells follow from the key and the fen.
fn row(batch: i64, line: i64, key: &str, fen: i64) -> LakeRow {
    let values = vec![
        Value::Text(key.into()),
        Value::Int(fen % 7),
        Value::Decimal(Decimal::new(fen, 2)),
        "2023-11-05".parse().map_or(Value::Null, Value::Day),
        if fen % 2 == 0 { Value::Bool(true) } else { Value::Null },
    ];
    LakeRow { at: at(batch, line), values }
}

async fn open(home: &Path) -> Lake {
    Lake::open(home).await.expect("a lake").with_lease_wait(Duration::from_millis(200))
}

/// Commits as one batch and gives the snapshot.
async fn commit(lake: &Lake, ledger: &Ledger, insert: Vec<LakeRow>, delete: Vec<RowRef>, tag: &str) -> Committed {
    let lease = lake.lease("test").await.expect("the lease");
    let change =
        Change { ledger, insert, delete, author: "经办人".into(), message: "导入".into(), tag: tag.into() };
    lake.commit(&lease, change).await.expect("a commit")
}

async fn all(lake: &Lake, ledger: &Ledger, snapshot: i64) -> Vec<LakeRow> {
    lake.rows(ledger, snapshot, &RowFilter::All).await.expect("rows")
}
