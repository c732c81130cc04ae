//! Batches, as lists and pages show them.

use mingcha_access::{Action, Desk};
use mingcha_domain::{BatchNo, Instant, UploadId};

use crate::{Counts, Hindrance, queries};

/// Rows of one file that went into one ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// Its number.
    pub id: BatchNo,
    /// Full name of the ledger.
    pub ledger: String,
    /// The unit that keeps the ledger.
    pub unit: Option<String>,
    /// The file.
    pub upload: UploadId,
    /// The name the file came with.
    pub file_name: String,
    /// SM3 of the file.
    pub sm3: String,
    /// The sheet that was read; empty for a text file.
    pub sheet: String,
    /// The header's row, 1-based.
    pub header_row: i64,
    /// Whether it is in.
    pub state: BatchState,
    /// The lake's snapshot before it.
    pub lake_before: i64,
    /// The lake's snapshot with it.
    pub lake_snapshot: i64,
    /// What it changed.
    pub counts: Counts,
    /// When it went in.
    pub committed_at: Instant,
    /// Who had it taken in.
    pub committed_by_name: String,
    /// Headings of the sheet and what they stand for, as JSON.
    pub(crate) columns: String,
}

/// Whether a batch is in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BatchState {
    /// It is.
    Committed,
    /// It was taken out again.
    Withdrawn {
        /// When.
        at: Instant,
        /// By whom.
        by_name: String,
        /// Why.
        why: String,
        /// The lake's snapshot without it.
        snapshot: i64,
    },
}

/// Most batches of one page of a list.
pub const PAGE_MAX: i64 = 200;

/// Batches that the actor sees, the newest first: of one ledger or of all; those before a given one, for the next page.
pub async fn batches(
    desk: &mut Desk,
    ledger: Option<&str>,
    before: Option<BatchNo>,
    limit: i64,
) -> Result<Vec<Batch>, Hindrance> {
    let scope = desk.scope(Action::LedgerSee);
    let before = before.map_or(i64::MAX, |batch| batch.0);
    queries::batch_list(desk.tx(), &scope, ledger, before, limit.clamp(1, PAGE_MAX)).await
}

/// One batch; not there for those who may not see its ledger.
pub async fn batch(desk: &mut Desk, id: BatchNo) -> Result<Batch, Hindrance> {
    let found = queries::batch_find(desk.tx(), id).await?;
    found
        .filter(|batch| desk.sees(Action::LedgerSee, batch.unit.as_deref()))
        .ok_or(Hindrance::NoSuchBatch { batch: id })
}
