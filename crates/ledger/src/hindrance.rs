//! What can hinder any use case of this room; each adds what only it can run into.

use std::io;

use mingcha_access::{AccessError, Refused};
use mingcha_domain::{BatchNo, Instant, Kind, Speaks, Trouble};
use mingcha_engine::LakeError;
use mingcha_intake::IntakeError;
use mingcha_store::StoreError;

/// What can hinder any use case.
#[derive(Debug, thiserror::Error)]
pub enum Hindrance {
    /// Not visible, not allowed, or the account is closed.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The lake could not, or somebody else is writing to it.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// The file is no sheet of the ledger.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// No pack has this ledger.
    #[error("no ledger {ledger}")]
    NoSuchLedger {
        /// The name given.
        ledger: String,
        /// The nearest that there is.
        near: Option<String>,
    },
    /// No file was handed in under this number.
    #[error("no upload {upload}")]
    NoSuchUpload {
        /// The number given.
        upload: String,
    },
    /// Somebody said that this file is not to be taken in.
    #[error("discarded by {by}")]
    Discarded {
        /// Who.
        by: String,
        /// When.
        at: Instant,
    },
    /// There is no such batch, or the actor may not know of it.
    #[error("no batch {batch}")]
    NoSuchBatch {
        /// The number given.
        batch: BatchNo,
    },
    /// A source file is gone or is not the one that was handed in.
    #[error("source file {sm3} is not as it was handed in")]
    SourceAltered {
        /// SM3 of the file that was handed in.
        sm3: String,
    },
    /// A source file could not be read or written.
    #[error("source file: {detail}")]
    SourceFile {
        /// What the system said.
        detail: String,
        /// Whether the disk is full.
        full: bool,
    },
    /// A record that the program could not have written.
    #[error("{record}: {reason}")]
    Broken {
        /// Which record.
        record: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A figure about the rows could not be counted.
    #[error("not counted: {}", .trouble.code)]
    NotCounted {
        /// What the engine says.
        trouble: Trouble,
        /// What kind of answer it is.
        kind: Kind,
    },
    /// Work in the background did not end as it should.
    #[error("a task ended early: {detail}")]
    Interrupted {
        /// What the runtime said.
        detail: String,
    },
}

impl Hindrance {
    pub(crate) fn source(error: &io::Error) -> Self {
        let full = matches!(
            error.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
        );
        Self::SourceFile { detail: error.to_string(), full }
    }

    pub(crate) fn broken(record: impl Into<String>, reason: impl ToString) -> Self {
        Self::Broken { record: record.into(), reason: reason.to_string() }
    }
}

impl From<Refused> for Hindrance {
    fn from(refused: Refused) -> Self {
        Self::Access(refused.into())
    }
}

impl Speaks for Hindrance {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Access(error) => error.trouble(),
            Self::Store(error) => error.trouble(),
            Self::Lake(error) => error.trouble(),
            Self::Intake(error) => error.trouble(),
            Self::NoSuchLedger { ledger, near } => {
                Trouble::new("MC-LEDGER-001").with("ledger", ledger).with("near", near.as_deref().unwrap_or("none"))
            }
            Self::NoSuchUpload { upload } => Trouble::new("MC-LEDGER-002").with("upload", upload),
            Self::Discarded { by, at } => Trouble::new("MC-LEDGER-060").with("by", by).with("at", at.for_people()),
            Self::NoSuchBatch { batch } => Trouble::new("MC-LEDGER-004").with("batch", batch),
            Self::SourceAltered { sm3 } => Trouble::new("MC-LEDGER-009").with("sm3", sm3),
            Self::SourceFile { full: true, .. } => Trouble::new("MC-LEDGER-013"),
            Self::SourceFile { detail, .. } => Trouble::new("MC-LEDGER-010").with("detail", detail),
            Self::Broken { record, reason } => {
                Trouble::new("MC-LEDGER-012").with("record", record).with("reason", reason)
            }
            Self::NotCounted { trouble, .. } => trouble.clone(),
            Self::Interrupted { detail } => Trouble::new("MC-LEDGER-015").with("detail", detail),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Access(error) => error.kind(),
            Self::Store(error) => error.kind(),
            Self::Lake(error) => error.kind(),
            Self::Intake(error) => error.kind(),
            Self::NoSuchLedger { .. } | Self::NoSuchUpload { .. } | Self::NoSuchBatch { .. } => Kind::NotFound,
            Self::Discarded { .. } => Kind::Stale,
            Self::NotCounted { kind, .. } => *kind,
            Self::SourceFile { full: true, .. } => Kind::Limit,
            Self::SourceAltered { .. } | Self::SourceFile { .. } | Self::Broken { .. } | Self::Interrupted { .. } => {
                Kind::Internal
            }
        }
    }
}

/// Lets `?` carry what hinders any use case into the error of one, which has a variant `Hindered`.
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
