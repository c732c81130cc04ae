//! What was taken of the last sheets, what was kept back, and what was wrong with it most often.

use std::collections::BTreeMap;

use mingcha_access::Desk;
use mingcha_domain::Trouble;
use mingcha_store::params;

use crate::{Batch, Hindrance, quarantine, queries};

/// Batches that are looked at, the newest.
pub const BATCHES: usize = 12;
/// Kept-back rows whose troubles are counted, the newest.
pub const ROWS_MAX: usize = 20_000;
/// Rows that are read at once.
const CHUNK: usize = 500;
/// Troubles that are told.
const TROUBLES: usize = 8;

/// What was taken and what was kept back.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Validity {
    /// The last batches, the newest first.
    pub batches: Vec<Batch>,
    /// What was wrong most often.
    pub troubles: Vec<Common>,
    /// Kept-back rows that were looked at for it.
    pub rows: usize,
    /// Whether there are more than were looked at.
    pub more: bool,
}

/// A trouble that came more than once, perhaps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Common {
    /// Name of the column; empty for the row as a whole.
    pub column: String,
    /// In how many rows, of [`Validity::rows`].
    pub rows: usize,
    /// The first of them in words.
    pub example: Trouble,
}

pub(super) async fn validity(desk: &mut Desk, ledger: &str, version: i64) -> Result<Validity, Hindrance> {
    let rows = desk
        .tx()
        .all(
            "SELECT * FROM batch WHERE ledger = $1 AND lake_snapshot <= $2 ORDER BY id DESC LIMIT $3",
            params![ledger, version, queries::number(BATCHES)],
        )
        .await?;
    let mut batches = rows.iter().map(queries::batch_from).collect::<Result<Vec<_>, _>>()?;
    queries::batch_fill(desk.tx(), &mut batches).await?;
    let Some(oldest) = batches.last().map(|batch| batch.id) else { return Ok(Validity::default()) };
    let newest = batches.first().map_or(oldest, |batch| batch.id);
    let mut found: BTreeMap<(String, String), Common> = BTreeMap::new();
    let (mut seen, mut before) = (0, (newest.0 + 1, 0_i64));
    loop {
        let rows = desk
            .tx()
            .all(
                "SELECT q.batch, q.sheet_row, q.problems FROM quarantine q JOIN batch b ON b.id = q.batch \
                 WHERE b.ledger = $1 AND q.batch >= $2 AND (q.batch < $3 OR (q.batch = $3 AND q.sheet_row < $4)) \
                 ORDER BY q.batch DESC, q.sheet_row DESC LIMIT $5",
                params![ledger, oldest, before.0, before.1, queries::number(CHUNK)],
            )
            .await?;
        for row in &rows {
            for problem in quarantine::problems(row.text("problems")?)? {
                let key = (problem.trouble.code.to_owned(), problem.column.clone());
                let common =
                    found.entry(key).or_insert(Common { column: problem.column, rows: 0, example: problem.trouble });
                common.rows += 1;
            }
            before = (row.int("batch")?, row.int("sheet_row")?);
        }
        seen += rows.len();
        if rows.len() < CHUNK || seen >= ROWS_MAX {
            let mut troubles: Vec<Common> = found.into_values().collect();
            troubles.sort_by_key(|common| std::cmp::Reverse(common.rows));
            troubles.truncate(TROUBLES);
            return Ok(Validity { batches, troubles, rows: seen, more: rows.len() == CHUNK });
        }
    }
}
