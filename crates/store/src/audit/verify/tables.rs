//! Whether the rows of a tracked table are those that the trail tells of.

use std::collections::BTreeSet;

use super::{Alteration, Altered};
use crate::audit::Tracked;
use crate::audit::touch::{self, CHUNK};
use crate::{Cell, Param, Row, StoreError, Tx, params};

/// Holds every row against the last entry that touched it, and every recorded row against the table.
pub(super) async fn altered(tx: &mut Tx, tracked: Tracked) -> Result<Vec<Altered>, StoreError> {
    let Tracked { table, key } = tracked;
    let mut found = Vec::new();
    let mut altered = |id: &str, what| found.push(Altered { table: table.to_owned(), id: id.to_owned(), what });
    let mut there: BTreeSet<String> = BTreeSet::new();
    let mut last: Option<Param> = None;
    loop {
        let rows = rows_after(tx, tracked, last.take()).await?;
        let Some(newest) = rows.last() else { break };
        last = Some(match newest.cell(key)? {
            Cell::Int(number) => (*number).into(),
            _ => newest.text(key)?.into(),
        });
        let ids = rows.iter().map(|row| touch::id_of(row, key)).collect::<Result<Vec<_>, _>>()?;
        let names: Vec<&str> = ids.iter().map(String::as_str).collect();
        let touches = touch::last_touches(tx, table, &names).await?;
        for (row, id) in rows.iter().zip(&ids) {
            match touches.get(id) {
                None => altered(id, Alteration::RowUnrecorded),
                Some(touch) => match &touch.after {
                    None => altered(id, Alteration::RowBack { since: touch.seq }),
                    Some(after) if *after != touch::hash_of_row(&touch.salt, row) => {
                        altered(id, Alteration::RowChanged { since: touch.seq });
                    }
                    Some(_) => {}
                },
            }
        }
        there.extend(ids);
    }
    for (id, since) in recorded_rows(tx, table).await? {
        if !there.contains(&id) {
            altered(&id, Alteration::RowMissing { since });
        }
    }
    Ok(found)
}

async fn rows_after(tx: &mut Tx, tracked: Tracked, last: Option<Param>) -> Result<Vec<Row>, StoreError> {
    let Tracked { table, key } = tracked;
    match last {
        None => tx.all(&format!("SELECT * FROM {table} ORDER BY {key} LIMIT {CHUNK}"), params![]).await,
        Some(last) => {
            tx.all(&format!("SELECT * FROM {table} WHERE {key} > $1 ORDER BY {key} LIMIT {CHUNK}"), vec![last]).await
        }
    }
}

/// The rows that should be there, with the last entry about each.
async fn recorded_rows(tx: &mut Tx, table: &str) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = tx
        .all(
            "SELECT t.row_id, t.seq FROM audit_touch t WHERE t.tbl = $1 AND t.after_hash IS NOT NULL \
             AND t.seq = (SELECT MAX(u.seq) FROM audit_touch u WHERE u.tbl = t.tbl AND u.row_id = t.row_id) \
             ORDER BY t.row_id",
            params![table],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("row_id")?, row.int("seq")?))).collect()
}
