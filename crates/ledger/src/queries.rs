//! The room's SQL, named noun first. A query that writes takes the permit that was given for it.

use mingcha_access::{Action, Permit, Scope};
use mingcha_domain::{BatchNo, Instant, UploadId};
use mingcha_store::{Row, Touched, Tx, params};

use crate::batches::{Batch, BatchState};
use crate::{Counts, Hindrance};

/// A file that was handed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upload {
    /// Its number.
    pub id: UploadId,
    /// Full name of the ledger it is meant for.
    pub ledger: String,
    /// The unit that keeps the ledger.
    pub unit: Option<String>,
    /// The name it came with.
    pub file_name: String,
    /// SM3 of its bytes.
    pub sm3: String,
    /// Its length in bytes.
    pub bytes: i64,
    /// How far it came.
    pub state: UploadState,
    /// The batch that was made of it, if its rows changed anything.
    pub batch: Option<BatchNo>,
    /// When it was handed in.
    pub handed_in_at: Instant,
    /// By whom.
    pub handed_in_by_name: String,
    /// Who had it taken in.
    pub taken_by_name: Option<String>,
    /// How it is to be read, as JSON.
    pub(crate) reading: String,
}

/// How far a file came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UploadState {
    /// Kept, nothing decided.
    Staged,
    /// Its rows went in, or changed nothing.
    Taken,
    /// Somebody said that it is not to be taken in.
    Discarded,
}

pub(crate) async fn upload_add(tx: &mut Tx, permit: &Permit, upload: &Upload, by: &str) -> Result<Touched, Hindrance> {
    permit.for_action(Action::LedgerImport)?;
    tx.run(
        "INSERT INTO upload (id, ledger, unit, file_name, sm3, bytes, reading, state, handed_in_at, handed_in_by, \
         handed_in_by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, 'staged', $8, $9, $10)",
        params![
            upload.id,
            &upload.ledger,
            upload.unit.as_deref(),
            &upload.file_name,
            &upload.sm3,
            upload.bytes,
            &upload.reading,
            upload.handed_in_at,
            by,
            &upload.handed_in_by_name,
        ],
    )
    .await?;
    Ok(Touched::new("upload", upload.id))
}

pub(crate) async fn upload_find(tx: &mut Tx, id: UploadId) -> Result<Option<Upload>, Hindrance> {
    let row = tx
        .one(
            "SELECT u.*, d.discarded_at FROM upload u LEFT JOIN upload_discarded d ON d.upload = u.id WHERE u.id = $1",
            params![id],
        )
        .await?;
    row.as_ref().map(upload_from).transpose()
}

pub(crate) async fn upload_set_reading(
    tx: &mut Tx,
    permit: &Permit,
    id: UploadId,
    reading: &str,
) -> Result<Touched, Hindrance> {
    permit.for_action(Action::LedgerImport)?;
    tx.run("UPDATE upload SET reading = $2 WHERE id = $1 AND state = 'staged'", params![id, reading]).await?;
    Ok(Touched::new("upload", id))
}

/// Marks a file as taken in; false when somebody was faster.
pub(crate) async fn upload_take(
    tx: &mut Tx,
    permit: &Permit,
    id: UploadId,
    batch: Option<BatchNo>,
    at: Instant,
    by_name: &str,
) -> Result<bool, Hindrance> {
    permit.for_action(Action::LedgerImport)?;
    let taken = tx
        .run(
            "UPDATE upload SET state = 'taken', batch = $2, taken_at = $3, taken_by_name = $4 \
             WHERE id = $1 AND state = 'staged' AND NOT EXISTS (SELECT 1 FROM upload_discarded WHERE upload = $1)",
            params![id, batch, at, by_name],
        )
        .await?;
    Ok(taken == 1)
}

/// The newest batch of the same sheet of the same file that is still in.
pub(crate) async fn batch_of_same_sheet(
    tx: &mut Tx,
    ledger: &str,
    sm3: &str,
    sheet: &str,
) -> Result<Option<BatchNo>, Hindrance> {
    let row = tx
        .one(
            "SELECT id FROM batch WHERE ledger = $1 AND sm3 = $2 AND sheet = $3 AND state = 'committed' \
             ORDER BY id DESC LIMIT 1",
            params![ledger, sm3, sheet],
        )
        .await?;
    Ok(row.map(|row| row.get("id")).transpose()?)
}

/// The largest number that a batch ever had, also one that was undone after a crash.
pub(crate) async fn batch_last_number(tx: &mut Tx) -> Result<i64, Hindrance> {
    let in_table = tx.one("SELECT COALESCE(MAX(id), 0) AS last FROM batch", params![]).await?;
    let in_table = in_table.map(|row| row.int("last")).transpose()?.unwrap_or(0);
    let undone = tx.setting(UNDONE).await?;
    let undone = undone.map(|text| text.parse().map_err(|error| Hindrance::broken(UNDONE, error))).transpose()?;
    Ok(in_table.max(undone.unwrap_or(0)))
}

/// The setting that keeps the largest number of a batch that was undone after a crash; it is not given out again.
pub(crate) const UNDONE: &str = "last_undone_batch";

/// What is written down about a new batch.
pub(crate) struct NewBatch<'a> {
    pub id: BatchNo,
    pub upload: &'a Upload,
    pub sheet: &'a str,
    pub header_row: u32,
    pub columns: &'a str,
    pub lake_before: i64,
    pub lake_snapshot: i64,
    pub counts: Counts,
    pub confirmed: &'a str,
    pub at: Instant,
    pub by: &'a str,
    pub by_name: &'a str,
}

pub(crate) async fn batch_add(tx: &mut Tx, permit: &Permit, new: &NewBatch<'_>) -> Result<Vec<Touched>, Hindrance> {
    permit.for_action(Action::LedgerImport)?;
    let Counts { added, superseded, unchanged, ended, rejected, duplicated } = new.counts;
    tx.run(
        "INSERT INTO batch (id, ledger, unit, upload, file_name, sm3, sheet, header_row, columns, state, lake_before, \
         lake_snapshot, added, superseded, unchanged, ended, rejected, confirmed, committed_at, committed_by, \
         committed_by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'committed', $10, $11, $12, $13, $14, $15, $16, \
         $17, $18, $19, $20)",
        params![
            new.id,
            &new.upload.ledger,
            new.upload.unit.as_deref(),
            new.upload.id,
            &new.upload.file_name,
            &new.upload.sm3,
            new.sheet,
            new.header_row,
            new.columns,
            new.lake_before,
            new.lake_snapshot,
            number(added),
            number(superseded),
            number(unchanged),
            number(ended),
            number(rejected),
            new.confirmed,
            new.at,
            new.by,
            new.by_name,
        ],
    )
    .await?;
    tx.run("INSERT INTO batch_count (batch, duplicated) VALUES ($1, $2)", params![new.id, number(duplicated)]).await?;
    Ok(vec![Touched::new("batch", new.id), Touched::new("batch_count", new.id)])
}

pub(crate) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(crate) async fn batch_find(tx: &mut Tx, id: BatchNo) -> Result<Option<Batch>, Hindrance> {
    let row = tx.one("SELECT * FROM batch WHERE id = $1", params![id]).await?;
    let mut found: Vec<Batch> = row.iter().map(batch_from).collect::<Result<_, _>>()?;
    batch_fill(tx, &mut found).await?;
    Ok(found.pop())
}

/// Batches that the scope covers, the newest first, from below `before`.
pub(crate) async fn batch_list(
    tx: &mut Tx,
    scope: &Scope,
    ledger: Option<&str>,
    before: i64,
    limit: i64,
) -> Result<Vec<Batch>, Hindrance> {
    let (all, unit) = scope.unit_filter();
    let rows = tx
        .all(
            "SELECT * FROM batch WHERE ($1 = 1 OR unit = $2) AND ($3 = '' OR ledger = $3) AND id < $4 \
             ORDER BY id DESC LIMIT $5",
            params![all, unit, ledger.unwrap_or_default(), before, limit],
        )
        .await?;
    let mut found = rows.iter().map(batch_from).collect::<Result<Vec<_>, _>>()?;
    batch_fill(tx, &mut found).await?;
    Ok(found)
}

/// Adds the numbers that are not in the batches' own rows; batches of earlier releases have none.
pub(crate) async fn batch_fill(tx: &mut Tx, batches: &mut [Batch]) -> Result<(), Hindrance> {
    let numbers = || batches.iter().map(|batch| batch.id);
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else { return Ok(()) };
    let sql = "SELECT batch, duplicated FROM batch_count WHERE batch >= $1 AND batch <= $2";
    for row in tx.all(sql, params![first, last]).await? {
        let id: BatchNo = row.get("batch")?;
        let count = usize::try_from(row.int("duplicated")?);
        let count = count.map_err(|error| Hindrance::broken(format!("batch:{id}"), error))?;
        if let Some(batch) = batches.iter_mut().find(|batch| batch.id == id) {
            batch.counts.duplicated = count;
        }
    }
    Ok(())
}

/// Later batches of the same ledger that are still in, the oldest first.
pub(crate) async fn batch_list_later(tx: &mut Tx, than: &Batch) -> Result<Vec<(Batch, String)>, Hindrance> {
    let rows = tx
        .all(
            "SELECT * FROM batch WHERE ledger = $1 AND id > $2 AND state = 'committed' ORDER BY id",
            params![&than.ledger, than.id],
        )
        .await?;
    rows.iter().map(|row| Ok((batch_from(row)?, row.get("confirmed")?))).collect()
}

/// What is written down about a withdrawal.
pub(crate) struct Withdrawal<'a> {
    pub batch: BatchNo,
    pub at: Instant,
    pub by: &'a str,
    pub by_name: &'a str,
    pub why: &'a str,
    pub snapshot: i64,
}

/// Marks a batch as withdrawn; false when somebody was faster.
pub(crate) async fn batch_withdraw(tx: &mut Tx, permit: &Permit, how: &Withdrawal<'_>) -> Result<bool, Hindrance> {
    permit.for_action(Action::BatchWithdraw)?;
    let done = tx
        .run(
            "UPDATE batch SET state = 'withdrawn', withdrawn_at = $2, withdrawn_by = $3, withdrawn_by_name = $4, \
             withdrawn_why = $5, withdrawn_snapshot = $6 WHERE id = $1 AND state = 'committed'",
            params![how.batch, how.at, how.by, how.by_name, how.why, how.snapshot],
        )
        .await?;
    Ok(done == 1)
}

/// Reads an upload, and whether it was set aside (`discarded_at`).
pub(crate) fn upload_from(row: &Row) -> Result<Upload, Hindrance> {
    let state = match row.text("state")? {
        _ if row.opt_text("discarded_at")?.is_some() => UploadState::Discarded,
        "staged" => UploadState::Staged,
        "taken" => UploadState::Taken,
        other => return Err(Hindrance::broken(format!("upload:{}", row.text("id")?), other)),
    };
    Ok(Upload {
        id: row.get("id")?,
        ledger: row.get("ledger")?,
        unit: row.get("unit")?,
        file_name: row.get("file_name")?,
        sm3: row.get("sm3")?,
        bytes: row.get("bytes")?,
        state,
        batch: row.get("batch")?,
        handed_in_at: row.get("handed_in_at")?,
        handed_in_by_name: row.get("handed_in_by_name")?,
        taken_by_name: row.get("taken_by_name")?,
        reading: row.get("reading")?,
    })
}

/// Reads a batch.
pub(crate) fn batch_from(row: &Row) -> Result<Batch, Hindrance> {
    let id: BatchNo = row.get("id")?;
    let count = |column| -> Result<usize, Hindrance> {
        usize::try_from(row.int(column)?).map_err(|error| Hindrance::broken(format!("batch:{id}"), error))
    };
    Ok(Batch {
        id,
        ledger: row.get("ledger")?,
        unit: row.get("unit")?,
        upload: row.get("upload")?,
        file_name: row.get("file_name")?,
        sm3: row.get("sm3")?,
        sheet: row.get("sheet")?,
        header_row: row.get("header_row")?,
        columns: row.get("columns")?,
        state: match row.text("state")? {
            "committed" => BatchState::Committed,
            "withdrawn" => BatchState::Withdrawn {
                at: row.get("withdrawn_at")?,
                by_name: row.get("withdrawn_by_name")?,
                why: row.get("withdrawn_why")?,
                snapshot: row.get("withdrawn_snapshot")?,
            },
            other => return Err(Hindrance::broken(format!("batch:{id}"), other)),
        },
        lake_before: row.get("lake_before")?,
        lake_snapshot: row.get("lake_snapshot")?,
        counts: Counts {
            added: count("added")?,
            superseded: count("superseded")?,
            unchanged: count("unchanged")?,
            ended: count("ended")?,
            rejected: count("rejected")?,
            // See `batch_fill`.
            duplicated: 0,
        },
        committed_at: row.get("committed_at")?,
        committed_by_name: row.get("committed_by_name")?,
    })
}
