//! Files of ledgers are merged: by a job after a batch that made them a crowd, or because a person asks for it.

use mingcha_access::Actor;
use mingcha_engine::lake::Which;
use mingcha_ledger::{Merged, compact, queue_if_crowded};
use mingcha_pack::Ledger;
use mingcha_store::jobs::{LedgerCrowded, RowsCommitted};

use crate::{Platform, WiringError};

impl Platform {
    /// Merges the small files of one ledger, or of all; says what was merged.
    pub async fn compact(&self, actor: &Actor, ledger: Option<&str>) -> Result<Vec<Merged>, WiringError> {
        let names = match ledger {
            Some(one) => vec![one.to_owned()],
            None => self.packs.ledgers().map(Ledger::full_name).collect(),
        };
        let mut merged = Vec::new();
        for name in names {
            merged.extend(self.merge(actor, &name, Which::AllSmall).await?);
        }
        Ok(merged)
    }

    pub(crate) async fn merge_later(&self, rows: &RowsCommitted) -> Result<(), WiringError> {
        let sources = self.sources();
        let queued = queue_if_crowded(&self.office, &self.system, self.ledger_ground(&sources), rows).await;
        queued.map(|_| ()).map_err(|error| WiringError::room(&error))
    }

    pub(crate) async fn merge_crowd(&self, crowd: &LedgerCrowded) -> Result<(), WiringError> {
        if self.packs.ledger(&crowd.ledger).is_none() {
            return Ok(());
        }
        let merged = self.merge(&self.system, &crowd.ledger, Which::Crowds).await?;
        tracing::info!(ledger = crowd.ledger, ?merged, "small files were merged");
        Ok(())
    }

    async fn merge(&self, actor: &Actor, ledger: &str, which: Which) -> Result<Option<Merged>, WiringError> {
        let sources = self.sources();
        compact(&self.office, actor, self.ledger_ground(&sources), ledger, which)
            .await
            .map_err(|error| WiringError::room(&error))
    }
}
