//! The words of the field, as types.
//!
//! Everything that a row, a case or a figure is made of: identifiers with check digits, calendar and working days, money,
//! masks, and the sentence that tells a person what went wrong ([`Trouble`]).
//!
//! Deliberately absent: input and output, a clock, chance, serde, any database. What needs the time or a random
//! number is handed it. Start reading at [`Value`] (one typed cell) and [`Day`] (the business date).

mod ids;
mod instant;
mod money;
mod trouble;
mod value;

pub mod calendar;
pub mod day;
pub mod mask;
pub mod resident_id;
pub mod uscc;
pub mod wording;

pub use day::{Day, DayError};
pub use ids::{
    AccountId, BatchNo, CaseId, EditionId, FindingId, ImportId, InspectionId, ProblemId, RecoveryId, RowRef, RunId,
    TokenId, UploadId,
};
pub use instant::Instant;
pub use money::{Yuan, YuanError};
pub use resident_id::{ResidentId, ResidentIdError};
pub use trouble::{Kind, Speaks, Trouble};
pub use uscc::{Uscc, UsccError};
pub use value::Value;
