//! SQL over the lake and over casework: DataFusion, the DuckLake, our functions, checks of a pack's SQL.
//!
//! In go a pack's definitions and rows (ledgers from the lake or from memory, casework as plain tables) and a business
//! date; out come typed rows, a model's hits, a figure's records, the outcome of worked cases, and every fault of a
//! pack's SQL. Whatever text an author writes passes [`guard`] first: one reading query, known tables, no clock, no
//! chance, no files.
//!
//! Deliberately absent: a clock (`$as_of` is an input), who may see what, findings (that is the room `detect`), words for
//! people. Start reading at [`session::Session`] and [`model::evaluate`]; [`lake`] is where rows rest.

pub mod cases;
pub mod check;
pub mod figure;
pub mod guard;
pub mod lake;
pub mod limits;
pub mod locality;
pub mod model;
pub mod session;
pub mod usage;

mod demo;
mod error;
mod evidence;
mod tables;
#[cfg(test)]
mod town;

pub use check::check;
pub use error::{EngineError, Place, PlaceBytes, SqlFault, Wrong};
pub use lake::{Lake, LakeError, LakeRow};
pub use limits::Limits;
pub use session::{Ask, MemLedger, OpsTable, Partitions, Rows, Session, SessionPlan, Source};

/// What decides how our functions compute; a change of it makes every model run in full again.
#[must_use]
pub fn functions_version() -> String {
    format!("functions 1, DataFusion {}", datafusion::DATAFUSION_VERSION)
}
