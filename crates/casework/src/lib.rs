//! Cases, problems, inspections: what people do about what the models found.
//!
//! In go the changes of a run ([`open_cases`]), people's decisions (one file, one function each: [`dispatch`],
//! [`verify`], [`rectify`] …) and sheets of past casework ([`take_past`]); out come lists and pages for the faces
//! ([`read`]), tables for pack SQL ([`export_ops`]), and what a figure's records rest on ([`rests_on`]).
//! Every deed takes a `Desk` that writes, does one thing, and commits it with its audit entry; every reading takes a
//! `Desk` by reference and leaves it open. What can follow on what is decided by two pure machines: [`state`].
//!
//! Deliberately absent: the room that finds (names of findings are looked up through [`FindingLookup`]), HTTP, words
//! for people (errors carry codes, states are codes), a clock. Start reading at [`state`], then [`dispatch`].

mod close_problem;
mod deed;
mod dismiss;
mod dispatch;
mod evidence;
mod export;
mod finding_name;
mod hindrance;
mod inspection_result;
mod join_problem;
mod open_cases;
mod open_problem;
mod open_problem_of_inspection;
mod past;
mod persons;
mod queries;
mod recall;
mod recheck;
mod recheck_cause;
mod record_inspection;
mod record_recovery;
mod rectify;
mod reopen;
mod reopen_problem;
mod rests_on;
mod send_back;
mod settle_recheck;
mod verify;
mod who;

pub mod read;
pub mod state;

#[cfg(test)]
mod tests;

pub use close_problem::close_problem;
pub use deed::{BadTerm, Seen, TERM_WORKING_DAYS_MAX};
pub use dismiss::dismiss;
pub use dispatch::{Dispatch, DispatchError, Dispatched, dispatch};
pub use evidence::{
    EVIDENCE_BYTES_MAX, EvidenceFault, EvidenceRoom, KeepError, KeptFile, MediaType, evidence_check, keep_evidence,
    read_evidence,
};
pub use export::{export_ops, ops_tables};
pub use finding_name::{FindingLookup, FindingName};
pub use hindrance::{Broken, Hindrance, Stale, TEXT_CHARS_MAX};
pub use inspection_result::InspectionResult;
pub use join_problem::join_problem;
pub use open_cases::{FindingChange, FindingNews, OpenedCases, open_cases};
pub use open_problem::{CASES_AT_ONCE_MAX, OpenProblem, OpenProblemError, OpenedProblem, open_problem};
pub use open_problem_of_inspection::{OpenOfInspection, OpenOfInspectionError, open_problem_of_inspection};
pub use past::{
    KeptReject, PastError, PastGround, PastReject, PastSheet, PastSheetLine, PastUpload, TakenPast, past_rejects,
    past_sheets, take_past,
};
pub use persons::{Person, add_persons};
pub use recall::recall;
pub use recheck::{pass_recheck, send_back_rectification};
pub use recheck_cause::RecheckCause;
pub use record_inspection::{Answer, InspectionError, RecordInspection, RecordedInspection, record_inspection};
pub use record_recovery::{RecordRecovery, RecordedRecovery, RecoveryError, record_recovery};
pub use rectify::{Evidence, Rectify, RectifyError, rectify};
pub use reopen::reopen;
pub use reopen_problem::reopen_problem;
pub use rests_on::{RestsOn, rests_on};
pub use send_back::{SendBack, SendBackError, send_back};
pub use settle_recheck::{SettleError, settle_case_recheck, settle_problem_recheck};
pub use verify::{Verify, verify};
pub use who::Who;

use mingcha_store::Tracked;

/// Tables whose every row is watched by the audit trail. `case_serial` is not among them: it only counts.
pub const TRACKED: &[Tracked] = &[
    Tracked { table: "case_file", key: "id" },
    Tracked { table: "case_move", key: "id" },
    Tracked { table: "problem", key: "id" },
    Tracked { table: "problem_finding", key: "id" },
    Tracked { table: "problem_person", key: "id" },
    Tracked { table: "recovery", key: "id" },
    Tracked { table: "inspection", key: "id" },
    Tracked { table: "inspection_answer", key: "id" },
    Tracked { table: "evidence_file", key: "id" },
    Tracked { table: "past_sheet", key: "id" },
    Tracked { table: "past_reject", key: "id" },
];
