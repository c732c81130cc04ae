//! What can go wrong with the lake.

use std::error::Error;
use std::io;

use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use datafusion_ducklake::DuckLakeError;
use mingcha_domain::{Kind, Speaks, Trouble};
use sea_orm::sqlx;

/// Why the lake did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// Another process writes and did not finish within the wait.
    #[error("the lake is being written by {holder}; waited {seconds} s")]
    Held {
        /// As the holder named itself.
        holder: String,
        /// How long we waited.
        seconds: u64,
    },
    /// No room left on the disk.
    #[error("the disk is full: {0}")]
    DiskFull(String),
    /// A column of the pack has another type than the rows that are there.
    #[error("column {column} of {ledger} is {wanted} in the pack and {found} in the lake")]
    ColumnChanged {
        /// Full name.
        ledger: String,
        /// The column.
        column: String,
        /// Type by the pack.
        wanted: String,
        /// Type in the lake.
        found: String,
    },
    /// A value does not fit the type of its column: the caller validated it badly.
    #[error("value {value} does not fit column {column}")]
    ValueUnfit {
        /// The column.
        column: String,
        /// The value.
        value: String,
    },
    /// Rows that were to be deleted are not there: the caller read another state.
    #[error("{wanted} rows of {ledger} were to go, {found} were found")]
    RowsMissing {
        /// Full name.
        ledger: String,
        /// Rows asked for.
        wanted: usize,
        /// Rows there.
        found: usize,
    },
    /// The catalog or a file cannot be read or written.
    #[error("the lake cannot be read or written: {0}")]
    Broken(#[source] Box<dyn Error + Send + Sync>),
}

impl LakeError {
    pub(crate) fn broken(what: impl Into<String>) -> Self {
        Self::Broken(what.into().into())
    }

    fn of(error: Box<dyn Error + Send + Sync>) -> Self {
        if says_disk_full(error.as_ref()) { Self::DiskFull(error.to_string()) } else { Self::Broken(error) }
    }
}

/// Looks through the chain of causes; what the layers turned into text is recognised by the text of the system.
fn says_disk_full(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<io::Error>()
            && matches!(
                io.kind(),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
            )
        {
            return true;
        }
        let text = error.to_string();
        let full = ["No space left on device", "database or disk is full", "File too large"];
        if full.iter().any(|words| text.contains(words)) {
            return true;
        }
        cause = error.source();
    }
    false
}

impl Speaks for LakeError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Held { holder, seconds } => {
                Trouble::new("MC-ENGINE-101").with("holder", holder).with("seconds", seconds)
            }
            Self::DiskFull(_) => Trouble::new("MC-ENGINE-102"),
            Self::ColumnChanged { ledger, column, wanted, found } => Trouble::new("MC-ENGINE-103")
                .with("ledger", ledger)
                .with("column", column)
                .with("wanted", wanted)
                .with("found", found),
            Self::ValueUnfit { column, value } => {
                Trouble::new("MC-ENGINE-104").with("column", column).with("value", value)
            }
            Self::RowsMissing { ledger, wanted, found } => {
                Trouble::new("MC-ENGINE-105").with("ledger", ledger).with("wanted", wanted).with("found", found)
            }
            Self::Broken(cause) => Trouble::new("MC-ENGINE-106").with("cause", cause),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Held { .. } | Self::DiskFull(_) => Kind::Limit,
            Self::ColumnChanged { .. } => Kind::Invalid,
            Self::ValueUnfit { .. } | Self::RowsMissing { .. } | Self::Broken(_) => Kind::Internal,
        }
    }
}

macro_rules! from_causes {
    ($($cause:ty),+) => {$(
        impl From<$cause> for LakeError {
            fn from(error: $cause) -> Self {
                Self::of(Box::new(error))
            }
        }
    )+};
}

from_causes!(DataFusionError, DuckLakeError, ArrowError, sqlx::Error, io::Error);
