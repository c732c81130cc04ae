//! What can hinder any deed of this room, whichever it is: the gate, a move that the state does not have, somebody who
//! was faster, the store. Each use case adds what only it can run into.

use mingcha_access::Refused;
use mingcha_domain::{Day, Instant, Kind, Speaks, Trouble};
use mingcha_store::StoreError;

use crate::read::BadCursor;
use crate::state::{IllegalMove, MoveError};

/// Longest reason, note or title, in characters; more belongs into an evidence file.
pub const TEXT_CHARS_MAX: usize = 2_000;

/// Somebody changed the case or problem since the actor read it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{number} was changed by {by} at {at}")]
pub struct Stale {
    /// Number of the case or problem.
    pub number: String,
    /// Who changed it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A row that the program could not have written: its parts contradict each other.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{record}: {reason}")]
pub struct Broken {
    /// Which row, `case_file:ID`.
    pub record: String,
    /// What does not fit.
    pub reason: &'static str,
}

/// What can hinder any deed.
#[derive(Debug, thiserror::Error)]
pub enum Hindrance {
    /// Not visible, or not allowed.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Somebody else was first.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// The state does not have that move, or it needs a second person.
    #[error(transparent)]
    Move(#[from] MoveError),
    /// A text that must be given is empty.
    #[error("{field} is empty")]
    Missing {
        /// Which text.
        field: &'static str,
    },
    /// A text is too long.
    #[error("{field} has {length} characters")]
    TooLong {
        /// Which text.
        field: &'static str,
        /// Its length in characters.
        length: usize,
    },
    /// A day that lies after the business date though it tells of something done.
    #[error("{field} {day} is after {today}")]
    InFuture {
        /// Which day.
        field: &'static str,
        /// The day given.
        day: Day,
        /// The business date.
        today: Day,
    },
    /// No unit of that code.
    #[error("no unit {unit}")]
    NoSuchUnit {
        /// The code or name as given.
        unit: String,
    },
    /// Not where a page of a list begins.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The record contradicts itself.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<IllegalMove> for Hindrance {
    fn from(refusal: IllegalMove) -> Self {
        Self::Move(refusal.into())
    }
}

impl Speaks for Hindrance {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Refused(refused) => refused.trouble(),
            Self::Stale(stale) => Trouble::new("MC-CASE-002")
                .with("number", &stale.number)
                .with("by", &stale.by)
                .with("at", stale.at.for_people()),
            Self::Move(refusal) => refusal.trouble(),
            Self::Missing { field } => Trouble::new("MC-CASE-004").with("field", field),
            Self::TooLong { field, length } => {
                Trouble::new("MC-CASE-028").with("field", field).with("length", length).with("max", TEXT_CHARS_MAX)
            }
            Self::InFuture { field, day, today } => {
                Trouble::new("MC-CASE-018").with("field", field).with("day", day).with("today", today)
            }
            Self::NoSuchUnit { unit } => Trouble::new("MC-CASE-006").with("unit", unit),
            Self::Cursor(_) => Trouble::new("MC-CASE-031"),
            Self::Broken(broken) => {
                Trouble::new("MC-CASE-003").with("record", &broken.record).with("reason", broken.reason)
            }
            Self::Store(error) => error.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Refused(refused) => refused.kind(),
            Self::Stale(_) => Kind::Stale,
            Self::Move(refusal) => refusal.kind(),
            Self::Missing { .. } | Self::TooLong { .. } | Self::InFuture { .. } => Kind::Invalid,
            Self::NoSuchUnit { .. } | Self::Cursor(_) => Kind::Invalid,
            Self::Broken(_) => Kind::Internal,
            Self::Store(error) => error.kind(),
        }
    }
}

impl Speaks for MoveError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Illegal(refusal) => {
                Trouble::new("MC-CASE-001").with("from", refusal.from).with("attempted", refusal.attempted)
            }
            Self::SamePerson { name } => Trouble::new("MC-CASE-008").with("name", name),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Illegal(_) => Kind::Invalid,
            Self::SamePerson { .. } => Kind::Refused,
        }
    }
}

/// Takes a text that must be given, without the spaces around it.
pub(crate) fn needed(field: &'static str, text: &str) -> Result<String, Hindrance> {
    let text = text.trim();
    if text.is_empty() { Err(Hindrance::Missing { field }) } else { optional(field, text) }
}

/// Takes a text that may be empty, without the spaces around it.
pub(crate) fn optional(field: &'static str, text: &str) -> Result<String, Hindrance> {
    let text = text.trim();
    let length = text.chars().count();
    if length > TEXT_CHARS_MAX { Err(Hindrance::TooLong { field, length }) } else { Ok(text.to_owned()) }
}

/// Refuses a day that tells of something done and lies after the business date.
pub(crate) fn not_in_future(field: &'static str, day: Day, today: Day) -> Result<(), Hindrance> {
    if day > today { Err(Hindrance::InFuture { field, day, today }) } else { Ok(()) }
}

/// Lets `?` carry what hinders any deed into the error of one use case, which has a variant `Hindered`.
macro_rules! hindered {
    ($($error:ty),+ $(,)?) => {$(
        impl<E> From<E> for $error where $crate::hindrance::Hindrance: From<E> {
            fn from(error: E) -> Self {
                Self::Hindered(error.into())
            }
        }
    )+};
}
pub(crate) use hindered;
