//! Why models did not run or a finding is not shown.

use mingcha_access::{AccessError, Refused};
use mingcha_domain::{Kind, Speaks, Trouble};
use mingcha_engine::{EngineError, LakeError};
use mingcha_store::StoreError;

/// Why models did not run or a finding is not shown. A single model that fails is no error of the run: its result says
/// so, and its findings stay as they were.
#[derive(Debug, thiserror::Error)]
pub enum DetectError {
    /// The answer was no.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The ledgers could not be read.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// There is no such model, or it is not run (draft, retired).
    #[error("there is no model {name} that runs")]
    NoSuchModel {
        /// As asked for.
        name: String,
        /// The nearest full name, or empty.
        near: String,
    },
    /// Another run was faster; the findings that this one compared with have changed.
    #[error("another run was faster")]
    Overtaken,
    /// Not a cursor that a list gave out.
    #[error("no cursor of this list: {cursor}")]
    BadCursor {
        /// As given.
        cursor: String,
    },
    /// A row of this room does not read as this program writes it.
    #[error("{what} cannot be read: {detail}")]
    Unreadable {
        /// What.
        what: &'static str,
        /// Why.
        detail: String,
    },
}

impl From<Refused> for DetectError {
    fn from(refused: Refused) -> Self {
        Self::Access(refused.into())
    }
}

impl From<LakeError> for DetectError {
    fn from(error: LakeError) -> Self {
        Self::Engine(error.into())
    }
}

impl Speaks for DetectError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Access(error) => error.trouble(),
            Self::Store(error) => error.trouble(),
            Self::Engine(error) => error.trouble(),
            Self::NoSuchModel { name, near } => Trouble::new("MC-DETECT-001")
                .with("name", name)
                .with("near", near)
                .with("has_near", if near.is_empty() { "no" } else { "yes" }),
            Self::Overtaken => Trouble::new("MC-DETECT-002"),
            Self::BadCursor { cursor } => Trouble::new("MC-DETECT-003").with("cursor", cursor),
            Self::Unreadable { what, detail } => {
                Trouble::new("MC-DETECT-004").with("what", what).with("detail", detail)
            }
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Access(error) => error.kind(),
            Self::Store(error) => error.kind(),
            Self::Engine(error) => error.kind(),
            Self::NoSuchModel { .. } => Kind::NotFound,
            Self::Overtaken => Kind::Stale,
            Self::BadCursor { .. } => Kind::Invalid,
            Self::Unreadable { .. } => Kind::Internal,
        }
    }
}
