//! What rooms tell each other. A wire format: fields are only ever added, with a default.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A message from one room to whoever listens.
pub trait Payload: Serialize + DeserializeOwned {
    /// The job's kind, by which its handler is found.
    const KIND: &'static str;
    /// The key under which it is queued only once, ever; `None` when each one counts.
    fn key(&self) -> Option<String>;
}

/// A batch of ledger rows was committed or withdrawn: run the models that depend on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowsCommitted {
    /// The batch.
    pub batch: i64,
    /// Whether it was withdrawn rather than committed.
    #[serde(default)]
    pub withdrawn: bool,
}

/// A sheet was taken in while rows of earlier ones wait to be mended: see which of them it brings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetTaken {
    /// The upload.
    pub upload: String,
}

/// The files of a ledger became many and small: merge them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerCrowded {
    /// Full name of the ledger.
    pub ledger: String,
    /// The batch after which it was noticed.
    pub batch: i64,
}

/// A run of models changed findings: open, mark or offer to reopen cases.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingsChanged {
    /// The run.
    pub run: String,
}

impl Payload for RowsCommitted {
    const KIND: &'static str = "ledger.rows_committed";
    fn key(&self) -> Option<String> {
        let verb = if self.withdrawn { "withdrawn" } else { "committed" };
        Some(format!("{}:{}:{verb}", Self::KIND, self.batch))
    }
}

impl Payload for SheetTaken {
    const KIND: &'static str = "ledger.sheet_taken";
    fn key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.upload))
    }
}

impl Payload for LedgerCrowded {
    const KIND: &'static str = "ledger.crowded";
    fn key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.batch))
    }
}

impl Payload for FindingsChanged {
    const KIND: &'static str = "detect.findings_changed";
    fn key(&self) -> Option<String> {
        Some(format!("{}:{}", Self::KIND, self.run))
    }
}
