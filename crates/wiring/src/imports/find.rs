//! How far an import is, or what became of it.

use mingcha_access::{Action, Actor};
use mingcha_domain::ImportId;
use mingcha_ledger::Step;

use super::queries::import_find;
use super::{Import, ImportError};
use crate::Platform;

/// An import, and how far it is while it is under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportSeen {
    /// What is written down about it.
    pub import: Import,
    /// What is being done and how many rows were seen, while this process is at it.
    pub progress: Option<(Step, u64)>,
}

impl Platform {
    /// The import of that number: one's own, or one into a ledger of one's unit.
    pub async fn import_seen(&self, actor: &Actor, id: ImportId) -> Result<ImportSeen, ImportError> {
        let mut desk = self.office.reading(actor).await?;
        let found = import_find(desk.tx(), id).await?;
        let unit = match &found {
            Some(import) => self.unit_of(desk.tx(), &import.ledger).await?,
            None => None,
        };
        let import = found
            .filter(|import| import.account == desk.actor.account || desk.sees(Action::LedgerSee, unit.as_deref()));
        let import = import.ok_or_else(|| ImportError::NoSuchImport { import: id.to_string() })?;
        let progress = self.under_way.find(&id.to_string()).map(|progress| progress.now());
        Ok(ImportSeen { import, progress })
    }
}
