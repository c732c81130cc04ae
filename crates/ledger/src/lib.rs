//! Batches: rows of a clerk's sheet go into a ledger, and may be taken out again.
//!
//! In goes a file ([`stage`]); [`preview`] says what it would change; [`commit`] makes a batch of its good rows and keeps
//! the others in quarantine with their reasons; [`withdraw`] undoes a batch and brings back what it superseded. Rows are
//! in the lake, everything about them in the store, and the two agree: a commit to the lake that the store never heard
//! of is undone before anything else is written ([`recover`]).
//!
//! Deliberately absent: reading of cells (`intake`), models (`detect` hears of a batch through a job), words, pages.
//! A use case takes an office and an actor rather than a desk, since the lake is written between two transactions and
//! none is held meanwhile. Start reading at [`commit`].

mod batches;
mod classify;
mod commit;
mod ground;
mod hindrance;
mod known_lake;
mod preview;
mod proof;
mod quarantine;
mod queries;
mod ranges;
mod reading;
mod recover;
mod rows;
mod source_line;
mod sources;
mod stage;
mod withdraw;

use mingcha_store::Tracked;

pub use batches::{Batch, BatchState, batch, batches};
pub use classify::{Changed, Counts, Superseding};
pub use commit::{CommitError, Taken, commit};
pub use ground::Ground;
pub use hindrance::Hindrance;
pub use preview::{Preview, PreviewError, preview};
pub use proof::{Alteration, catalog_alterations, file_alterations};
pub use quarantine::{QuarantineError, mark, quarantine};
pub use queries::{Upload, UploadState};
pub use recover::{Recovered, recover};
pub use rows::{RowsError, Version, readable, rows, stream, versions};
pub use source_line::{SourceCell, SourceError, SourceLine, SourceRow, source_line, source_lines};
pub use sources::{keep_source, read as read_source};
pub use stage::{HandIn, StageError, Staged, reassign, stage, upload};
pub use withdraw::{WithdrawError, Withdrawn, withdraw};

/// The room's tables whose rows the audit trail watches.
pub const TRACKED: &[Tracked] = &[
    Tracked { table: "upload", key: "id" },
    Tracked { table: "batch", key: "id" },
    Tracked { table: "quarantine", key: "id" },
    Tracked { table: "column_mapping", key: "id" },
    Tracked { table: "lake_file", key: "path" },
    Tracked { table: "lake_state", key: "catalog_table" },
];

#[cfg(test)]
mod tests;
