//! Past casework (以往台账): what was found, rectified and recovered before this program came, as sheets.
//!
//! They go in through the same intake as a clerk's sheets: good rows go in, the others come back with place and reason
//! and are kept. A problem names the findings it rests on (`model:key; …`), so that figures of past casework lead to
//! ledger rows too; their cases are moved to where the problem is. One that names none is taken and shows as unlinked.
//! The order is: problems, persons, recoveries; inspections, answers; verifications. The same sheet again changes
//! nothing, and no sheet ever overwrites what is on record.

mod answer;
mod cells;
mod inspection;
mod person;
mod problem;
mod problem_rules;
mod read;
mod recovery;
mod sheet;
mod take;
mod verification;

pub use read::{KeptReject, PastSheetLine, past_rejects, past_sheets};
pub use sheet::PastSheet;
pub use take::{PastError, PastGround, PastReject, PastUpload, TakenPast, take_past};
