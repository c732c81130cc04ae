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
mod compact;
mod coverage;
mod discard;
mod ground;
mod hindrance;
mod history;
mod known_lake;
mod mapping;
mod mend;
mod preview;
mod progress;
mod proof;
mod quality;
mod quarantine;
mod queries;
mod ranges;
mod reading;
mod recover;
mod references;
mod rows;
mod set_aside;
mod settle;
mod sheet;
mod sheet_references;
mod source_file;
mod source_line;
mod sources;
mod stage;
mod uploads;
mod way_back;
mod withdraw;
mod write;

use mingcha_store::Tracked;

pub use batches::{Batch, BatchState, batch, batches};
pub use classify::{Changed, Counts, Superseding};
pub use commit::{CommitError, Taken, commit, take_in};
pub use compact::{CompactError, Merged, compact, queue_if_crowded};
pub use coverage::{Gap, ModelCoverage, ModelUses, Support, coverage, model_uses};
pub use discard::{DiscardError, discard};
pub use ground::Ground;
pub use hindrance::Hindrance;
pub use history::{
    ChangePage, HISTORY_MAX, RowPage, VersionLine, changes, row_count, row_page, version_list, version_on,
};
pub use mapping::forget_mapping;
pub use mend::{Ended, MendError, Mended, mend};
pub use preview::{Preview, PreviewError, preview};
pub use progress::{Progress, Step};
pub use proof::{Alteration, catalog_alterations, file_alterations};
pub use quality::drift::{Figure, Measure, Moved, PERCENT, POINTS};
pub use quality::twins::{TwinGroup, Twins};
pub use quality::validity::{Common, Validity};
pub use quality::{Against, ColumnProfile, Freshness, Profile, Quality, quality};
pub use quarantine::{
    End, How, KeptRow, MendedCell, QuarantineError, Waiting, WaitingSheet, answer_sheet, headings_of, kept_rows, mark,
    quarantine, waiting_of_ledger, waiting_of_upload, waiting_sheets,
};
pub use queries::{Upload, UploadState};
pub use recover::{Recovered, recover};
pub use references::{DanglingPage, MissingReference, Reference, dangling, references_of};
pub use rows::{RowsError, Version, readable, rows, stream, versions};
pub use set_aside::{set_aside, take_back};
pub use settle::settle;
pub use sheet_references::{SheetReference, sheet_references};
pub use source_file::{SourceFile, take_source};
pub use source_line::{MendedLine, SourceCell, SourceError, SourceLine, SourceRow, source_line, source_lines};
pub use sources::{keep_source, read as read_source};
pub use stage::{HandIn, HandInPath, StageError, Staged, reassign, stage, stage_path, upload};
pub use uploads::{Discarded, Fate, PastUpload, Undo, UploadList, UploadQuery, discarded, undo_of, uploads};
pub use withdraw::{WithdrawError, Withdrawn, withdraw};

/// The room's tables whose rows the audit trail watches.
pub const TRACKED: &[Tracked] = &[
    Tracked { table: "upload", key: "id" },
    Tracked { table: "upload_discarded", key: "upload" },
    Tracked { table: "unit_mapping", key: "id" },
    Tracked { table: "batch", key: "id" },
    Tracked { table: "batch_count", key: "batch" },
    Tracked { table: "quarantine", key: "id" },
    Tracked { table: "quarantine_end", key: "id" },
    Tracked { table: "column_mapping", key: "id" },
    Tracked { table: "lake_file", key: "path" },
    Tracked { table: "lake_state", key: "catalog_table" },
];

#[cfg(test)]
mod tests;
