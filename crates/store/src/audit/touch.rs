//! The rows that an entry touched, and the salted hashes of their canonical JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use sm3::{Digest, Sm3};

use super::canonical::{canonical, of_row};
use super::entry::Touched;
use super::head::hash_from;
use super::tree::Hash;
use crate::{Param, Row, StoreError, Tx, key, params};

/// Rows per statement; five parameters each stay far below SQLite's 32,766.
pub(super) const CHUNK: usize = 500;

/// One row as an entry left it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Touch {
    pub(super) table: String,
    pub(super) id: String,
    /// The hash that the previous entry about this row recorded; none for a new row.
    pub(super) before: Option<String>,
    /// The hash now; none when the row is not there.
    pub(super) after: Option<String>,
}

/// The last entry that touched a row.
pub(super) struct LastTouch {
    pub(super) seq: i64,
    pub(super) after: Option<String>,
    pub(super) salt: [u8; 32],
}

/// Reads the touched rows as they are now; sorted by table and key, each once.
pub(super) async fn read(tx: &mut Tx, touched: &[Touched], salt: &[u8; 32]) -> Result<Vec<Touch>, StoreError> {
    let mut by_table: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in touched {
        by_table.entry(row.table).or_default().insert(&row.id);
    }
    let mut touches = Vec::with_capacity(touched.len());
    for (table, ids) in by_table {
        let ids: Vec<&str> = ids.into_iter().collect();
        for chunk in ids.chunks(CHUNK) {
            let now = rows_now(tx, table, chunk).await?;
            let mut before = last_touches(tx, table, chunk).await?;
            for id in chunk {
                touches.push(Touch {
                    table: table.to_owned(),
                    id: (*id).to_owned(),
                    before: before.remove(*id).and_then(|last| last.after),
                    after: now.get(*id).map(|row| hash_of_row(salt, row)),
                });
            }
        }
    }
    Ok(touches)
}

/// The hash of a list of touched rows: what the entry's header carries.
pub(super) fn hash_of(touches: &[Touch]) -> Hash {
    let list: Vec<Value> = touches
        .iter()
        .map(|touch| json!({ "after": touch.after, "before": touch.before, "id": touch.id, "table": touch.table }))
        .collect();
    Sm3::digest(canonical(&Value::Array(list)).as_bytes()).into()
}

/// `SM3(salt ‖ canonical JSON of the row)`, in hexadecimal.
pub(super) fn hash_of_row(salt: &[u8; 32], row: &Row) -> String {
    hex::encode(Sm3::new().chain_update(salt).chain_update(of_row(row).as_bytes()).finalize())
}

/// The last entries that touched these rows, by the rows' keys.
pub(super) async fn last_touches(
    tx: &mut Tx,
    table: &str,
    ids: &[&str],
) -> Result<BTreeMap<String, LastTouch>, StoreError> {
    let sql = format!(
        "SELECT t.row_id, t.seq, t.after_hash, e.touch_salt FROM audit_touch t JOIN audit_entry e ON e.seq = t.seq \
         WHERE t.tbl = $1 AND t.row_id IN ({}) \
         AND t.seq = (SELECT MAX(u.seq) FROM audit_touch u WHERE u.tbl = t.tbl AND u.row_id = t.row_id)",
        places(2, ids.len())
    );
    let mut values = params![table];
    values.extend(ids.iter().map(|id| Param::from(*id)));
    let rows = tx.all(&sql, values).await?;
    rows.iter().map(last_touch).collect()
}

pub(super) fn last_touch(row: &Row) -> Result<(String, LastTouch), StoreError> {
    // A salt of another length could move the border between salt and row: it reads as zeros, which fit nothing.
    let salt = hash_from(row.text("touch_salt")?).unwrap_or_default();
    Ok((row.get("row_id")?, LastTouch { seq: row.int("seq")?, after: row.get("after_hash")?, salt }))
}

async fn rows_now(tx: &mut Tx, table: &str, ids: &[&str]) -> Result<BTreeMap<String, Row>, StoreError> {
    let key = key::of_table(tx, table).await?;
    let sql = format!("SELECT * FROM {table} WHERE {} IN ({})", key.column, places(1, ids.len()));
    let values = ids.iter().map(|id| key.bind(table, id)).collect::<Result<Vec<_>, _>>()?;
    let rows = tx.all(&sql, values).await?;
    rows.into_iter().map(|row| Ok((id_of(&row, &key.column)?, row))).collect()
}

/// A row's key as text.
pub(super) fn id_of(row: &Row, column: &str) -> Result<String, StoreError> {
    match row.cell(column)? {
        crate::Cell::Int(number) => Ok(number.to_string()),
        _ => Ok(row.text(column)?.to_owned()),
    }
}

/// `$first, $first+1 …`
pub(super) fn places(first: usize, count: usize) -> String {
    (first..first + count).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ")
}
