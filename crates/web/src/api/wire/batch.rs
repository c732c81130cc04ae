//! Batches.

use mingcha_ledger::{Batch as Known, BatchState, Withdrawn as Gone};
use serde::Serialize;

/// Some batches, the newest first.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BatchPage {
    /// The batches.
    pub batches: Vec<Batch>,
    /// Where the next page begins; none after the last one.
    pub next: Option<String>,
}

/// Rows of one file that went into one ledger.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Batch {
    /// Its number.
    pub batch: i64,
    /// Full name of the ledger.
    pub ledger: String,
    /// The name the file came with.
    pub file: String,
    /// The sheet that was read; empty for a text file.
    pub sheet: String,
    /// SM3 of the file.
    pub sm3: String,
    /// `committed` or `withdrawn`.
    pub state: &'static str,
    /// New keys.
    pub added: usize,
    /// Known keys with other content.
    pub superseded: usize,
    /// Known keys with the same content.
    pub unchanged: usize,
    /// Rows that ended because the sheet no longer had them.
    pub ended: usize,
    /// Rows that were kept back.
    pub rejected: usize,
    /// When it went in.
    pub at: String,
    /// Who had it taken in.
    pub by: String,
    /// The version with it: what `as_of` takes.
    pub version: i64,
}

impl Batch {
    /// A batch as the ledger room knows it.
    #[must_use]
    pub fn of(batch: &Known) -> Self {
        let counts = batch.counts;
        Self {
            batch: batch.id.0,
            ledger: batch.ledger.clone(),
            file: batch.file_name.clone(),
            sheet: batch.sheet.clone(),
            sm3: batch.sm3.clone(),
            state: match batch.state {
                BatchState::Committed => "committed",
                BatchState::Withdrawn { .. } => "withdrawn",
            },
            added: counts.added,
            superseded: counts.superseded,
            unchanged: counts.unchanged,
            ended: counts.ended,
            rejected: counts.rejected,
            at: batch.committed_at.to_string(),
            by: batch.committed_by_name.clone(),
            version: batch.lake_snapshot,
        }
    }
}

/// A batch that was taken out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Withdrawn {
    /// Its number.
    pub batch: i64,
    /// Its rows that went.
    pub removed: usize,
    /// Rows of earlier batches that came back.
    pub restored: usize,
    /// The version that everybody reads now.
    pub version: i64,
}

impl Withdrawn {
    pub(crate) fn of(gone: Gone) -> Self {
        Self { batch: gone.batch.0, removed: gone.removed, restored: gone.restored, version: gone.readable }
    }
}
