//! The room that says what the data says: it runs models over the ledgers and keeps their findings (疑点).
//!
//! In goes the lake at its readable snapshot and the packs' models; out come findings with random ids, found again by
//! model and key, each with the rows it rests on. After a batch only the partitions that it touched are evaluated; the
//! outcome equals a full run. A finding that is gone from the data is marked *vanished* with the cause, never deleted,
//! and closes nothing: what people do about findings is another room's business, told of a run by a job.
//!
//! Deliberately absent: casework, verdicts, words of guilt; a clock; SQL that is not the packs' or this room's own.
//! Start reading at [`run()`].

mod causes;
mod diff;
mod error;
mod evidence;
mod finding;
mod inputs;
mod limits;
mod news;
mod partitions;
mod queries;
mod read;
mod run;
mod stored;
mod subject;

use mingcha_store::Tracked;

pub use causes::{RunCause, VanishedCause};
pub use error::DetectError;
pub use evidence::{EvidenceRow, evidence_rows};
pub use finding::{Finding, FindingState};
pub use limits::{EVIDENCE_MAX, LIST_LINES_MAX};
pub use news::{Change, News, news};
pub use read::{
    FindingCounts, FindingQuery, ModelState, Page, finding, finding_by_name, finding_counts, finding_list,
    findings_by_name, model_states,
};
pub use run::{How, Mode, ModelResult, Models, Request, Run, run};

/// The tables of this room whose rows the audit trail watches.
pub const TRACKED: &[Tracked] = &[
    Tracked { table: "model_run", key: "id" },
    Tracked { table: "model_result", key: "id" },
    Tracked { table: "finding", key: "id" },
    Tracked { table: "finding_change", key: "id" },
];

#[cfg(test)]
mod tests;
