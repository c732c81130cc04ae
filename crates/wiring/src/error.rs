//! What can go wrong when the rooms are put together.

use std::path::{Path, PathBuf};

use mingcha_access::AccessError;
use mingcha_domain::{Kind, Speaks, Trouble};
use mingcha_engine::{EngineError, LakeError};
use mingcha_store::StoreError;

/// A trouble of the platform as a whole; those of a room are passed on as they are.
#[derive(Debug, thiserror::Error)]
pub enum WiringError {
    /// There is no data folder.
    #[error("no data folder at {}", folder.display())]
    NoFolder {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// There is one already.
    #[error("there is a data folder at {} already", folder.display())]
    FolderExists {
        /// Where.
        folder: PathBuf,
    },
    /// The folder was written by a later program.
    #[error("{} has format {found}, this program knows {known}", folder.display())]
    Format {
        /// Which folder.
        folder: PathBuf,
        /// Its format.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// `mingcha.toml` cannot be read.
    #[error("{}: {detail}", file.display())]
    Config {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// A file could not be read or written.
    #[error("{}: {detail}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the machine said.
        detail: String,
        /// Whether the disk is full.
        full: bool,
    },
    /// Another server serves the folder.
    #[error("{} is served by process {pid} since {since} at {address}", folder.display())]
    Served {
        /// Which folder.
        folder: PathBuf,
        /// Its process.
        pid: String,
        /// Since when.
        since: String,
        /// Where it listens.
        address: String,
    },
    /// The watched folder lies in the data folder, or the other way round.
    #[error("the watched folder {} and the data folder lie in each other", inbox.display())]
    InboxInData {
        /// The watched folder.
        inbox: PathBuf,
    },
    /// A folder of the watched folder has the name of no ledger.
    #[error("the folder {folder} is of no ledger")]
    NoSuchInbox {
        /// Its name.
        folder: String,
        /// The nearest name of a ledger.
        near: String,
    },
    /// A file of the watched folder cannot be read.
    #[error("{file} cannot be read: {detail}")]
    InboxUnreadable {
        /// Its name.
        file: String,
        /// What the machine said.
        detail: String,
    },
    /// The packs have faults; they are listed by `mingcha pack check`.
    #[error("the packs have {count} faults")]
    Packs {
        /// How many.
        count: usize,
        /// The first one, rendered.
        first: String,
    },
    /// A backup is damaged or no backup of ours.
    #[error("{}: {detail}", archive.display())]
    Archive {
        /// The archive.
        archive: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// A demo sheet's row does not fit its ledger.
    #[error("demo sheet {sheet}: {detail}")]
    Demo {
        /// The sheet's file name.
        sheet: String,
        /// What does not fit.
        detail: String,
    },
    /// A job of an unknown kind, or one that was given up.
    #[error("job {kind}: {detail}")]
    Job {
        /// The job's kind.
        kind: String,
        /// Why it was not done.
        detail: String,
    },
    /// A trouble of a room.
    #[error("{text}")]
    Room {
        /// For the log.
        text: String,
        /// For people.
        trouble: Trouble,
        /// What kind of answer it is.
        kind: Kind,
    },
}

impl WiringError {
    /// A file that could not be read or written.
    #[must_use]
    pub fn file(file: &Path, error: &std::io::Error) -> Self {
        let full = matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::FileTooLarge);
        Self::File { file: file.to_path_buf(), detail: error.to_string(), full }
    }

    /// Passes on what a room said.
    #[must_use]
    pub fn room(error: &impl Speaks) -> Self {
        Self::Room { text: error.to_string(), trouble: error.trouble(), kind: error.kind() }
    }
}

macro_rules! passed_on {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for WiringError {
            fn from(error: $error) -> Self {
                Self::room(&error)
            }
        }
    )+};
}

passed_on!(AccessError, EngineError, LakeError, StoreError);

impl Speaks for WiringError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::NoFolder { folder } => Trouble::new("MC-WIRING-001").with("folder", folder.display()),
            Self::FolderExists { folder } => Trouble::new("MC-WIRING-002").with("folder", folder.display()),
            Self::Format { folder, found, known } => {
                Trouble::new("MC-WIRING-003").with("folder", folder.display()).with("found", found).with("known", known)
            }
            Self::Config { file, detail } => {
                Trouble::new("MC-WIRING-004").with("file", file.display()).with("detail", detail)
            }
            Self::File { file, full: true, .. } => Trouble::new("MC-WIRING-005").with("file", file.display()),
            Self::File { file, detail, .. } => {
                Trouble::new("MC-WIRING-006").with("file", file.display()).with("detail", detail)
            }
            Self::Served { folder, pid, since, address } => Trouble::new("MC-WIRING-011")
                .with("folder", folder.display())
                .with("pid", pid)
                .with("since", since)
                .with("address", address),
            Self::InboxInData { inbox } => Trouble::new("MC-API-020").with("folder", inbox.display()),
            Self::NoSuchInbox { folder, near } => Trouble::new("MC-API-021").with("folder", folder).with("near", near),
            Self::InboxUnreadable { file, detail } => {
                Trouble::new("MC-API-022").with("file", file).with("detail", detail)
            }
            Self::Packs { count, first } => Trouble::new("MC-WIRING-007").with("count", count).with("first", first),
            Self::Archive { archive, detail } => {
                Trouble::new("MC-WIRING-008").with("archive", archive.display()).with("detail", detail)
            }
            Self::Demo { sheet, detail } => Trouble::new("MC-WIRING-009").with("sheet", sheet).with("detail", detail),
            Self::Job { kind, detail } => Trouble::new("MC-WIRING-010").with("kind", kind).with("detail", detail),
            Self::Room { trouble, .. } => trouble.clone(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Room { kind, .. } => *kind,
            Self::NoFolder { .. }
            | Self::FolderExists { .. }
            | Self::Format { .. }
            | Self::Config { .. }
            | Self::Served { .. }
            | Self::InboxInData { .. }
            | Self::NoSuchInbox { .. }
            | Self::InboxUnreadable { .. }
            | Self::Packs { .. }
            | Self::Archive { .. } => Kind::Invalid,
            Self::File { full: true, .. } => Kind::Limit,
            Self::File { .. } | Self::Demo { .. } | Self::Job { .. } => Kind::Internal,
        }
    }
}
