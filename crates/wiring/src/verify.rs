//! Holds a data folder against its own audit trail, and against a head that was kept elsewhere.
//!
//! The store's rows, the audit tree, the source files, the evidence, the lake's Parquet files and its catalogue: what
//! differs from what was recorded is named, one line each.

use mingcha_casework::{EvidenceRoom, evidence_check};
use mingcha_domain::Trouble;
use mingcha_ledger::{Alteration, Hindrance, read_source};
use mingcha_store::audit::{Altered, Head, head, verify as verify_store};
use mingcha_store::{Tracked, Tx, params};

use crate::{Platform, WiringError};

/// Every table whose rows the audit trail watches.
#[must_use]
pub fn tracked() -> Vec<Tracked> {
    [
        mingcha_store::TRACKED,
        mingcha_ledger::TRACKED,
        mingcha_detect::TRACKED,
        mingcha_casework::TRACKED,
        mingcha_publish::TRACKED,
    ]
    .concat()
}

/// The outcome of a check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    /// What was altered; empty when all agrees.
    pub altered: Vec<Trouble>,
    /// The head as it is now.
    pub head: Head,
}

impl Platform {
    /// Checks everything. `kept` is a head from elsewhere.
    pub async fn verify(&self, kept: Option<Head>) -> Result<Verified, WiringError> {
        let mut tx = self.office.store().read().await?;
        let rows = verify_store(&mut tx, &tracked(), kept).await?;
        let mut altered: Vec<Trouble> = rows.iter().map(Altered::trouble).collect();
        let sources = self.sources();
        let ledgers = mingcha_ledger::alterations(&mut tx, self.ledger_ground(&sources))
            .await
            .map_err(|error| WiringError::room(&error))?;
        altered.extend(ledgers.iter().map(Alteration::trouble));
        altered.extend(self.past_sheets_altered(&mut tx).await?);
        for fault in evidence_check(&mut tx, &EvidenceRoom::in_data(self.folder.root())).await? {
            let code = if fault.missing { "MC-WIRING-102" } else { "MC-WIRING-101" };
            altered.push(Trouble::new(code).with("file", &fault.name).with("sm3", &fault.sm3));
        }
        let head = head(&mut tx).await?;
        Ok(Verified { altered, head })
    }

    /// The source files of past casework still hash to their names.
    async fn past_sheets_altered(&self, tx: &mut Tx) -> Result<Vec<Trouble>, WiringError> {
        let mut altered = Vec::new();
        for row in
            tx.all("SELECT sm3, MIN(file_name) AS file FROM past_sheet GROUP BY sm3 ORDER BY 1", params![]).await?
        {
            let (sm3, file): (String, String) = (row.get("sm3")?, row.get("file")?);
            let code = match read_source(&self.sources(), &sm3) {
                Ok(_) => continue,
                Err(Hindrance::SourceAltered { .. }) => "MC-WIRING-103",
                Err(_) => "MC-WIRING-104",
            };
            altered.push(Trouble::new(code).with("file", &file).with("sm3", &sm3));
        }
        Ok(altered)
    }
}
