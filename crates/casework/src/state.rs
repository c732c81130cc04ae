//! The two state machines of the closed loop, pure: no store, no clock, no actor's rights.
//!
//! A *case* ([`CaseState`]) is what people do about one finding: 待核 → 派发 → 核查 → 列入问题 or 不属实.
//! A *problem* ([`ProblemState`]) is what a verified case becomes: 整改中 → 已整改待复核 → 复核通过 → 销号.
//! A move takes the state itself and gives the next one, or says why there is no such move: what is not written here
//! cannot happen.

mod case;
mod problem;
mod verdict;

#[cfg(test)]
mod laws;

pub use case::{CaseMove, CaseState};
pub use problem::{ProblemMove, ProblemState};
pub use verdict::{Closing, Dismissal, Truth, Verdict};

/// A move that the state at hand does not have.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no move “{attempted}” from “{from}”")]
pub struct IllegalMove {
    /// The state's code, as stored and as the message files know it.
    pub from: &'static str,
    /// The move's code.
    pub attempted: &'static str,
}

/// Why a move did not happen.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MoveError {
    /// The state at hand does not have it.
    #[error(transparent)]
    Illegal(#[from] IllegalMove),
    /// It needs a second person, and this is the first one again.
    #[error("{name} would check their own work")]
    SamePerson {
        /// Who acted before.
        name: String,
    },
}
