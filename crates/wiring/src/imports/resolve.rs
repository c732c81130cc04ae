//! Imports that a process left behind when it ended: either their rows are in, then they are done, or nothing is.

use mingcha_domain::{Kind, Trouble};
use mingcha_ledger::{UploadState, quarantine, upload};

use super::queries::{import_find, import_list_running};
use super::{Failed, Import, ImportError, ImportState, Outcome, Said};
use crate::import::{Imported, flat};
use crate::{Platform, WiringError};

/// Why nobody is at an import any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Left {
    /// The process ended, or could not write down what became of it: the same again may go well.
    Unwritten,
    /// The program broke at the file: the same again most likely does, too.
    Broken,
}

impl Platform {
    /// Ends every import that is running for nobody. Only whoever holds the right to serve the folder calls this: then
    /// no other process runs one.
    pub async fn resolve_imports(&self) -> Result<usize, ImportError> {
        let mut tx = self.office.store().read().await?;
        let left = import_list_running(&mut tx).await?;
        drop(tx);
        for import in &left {
            self.resolve_import(import, Left::Unwritten).await?;
        }
        Ok(left.len())
    }

    /// Ends an import that nobody is at any more.
    pub(super) async fn resolve_import(&self, import: &Import, left: Left) -> Result<Import, ImportError> {
        let mut tx = self.office.store().read().await?;
        let now = import_find(&mut tx, import.id).await?;
        drop(tx);
        let import = now.as_ref().unwrap_or(import);
        if let Some(imported) = self.went_in(import).await? {
            let outcome = self.outcome_of(&import.ledger, Ok(imported));
            return self.write_end(import, ImportState::Done, &outcome).await;
        }
        let (state, code) = match left {
            Left::Unwritten => (ImportState::Interrupted, "MC-API-012"),
            Left::Broken => (ImportState::Failed, "MC-API-014"),
        };
        let trouble = Trouble::new(code).with("file", &import.file_name);
        let failed = Failed { said: Said::of(&trouble), kind: Kind::Internal, place: Vec::new() };
        self.write_end(import, state, &Outcome::Failed(failed)).await
    }

    /// What was taken in of an import, if its file was: the ledger room's own record says so.
    async fn went_in(&self, import: &Import) -> Result<Option<Imported>, WiringError> {
        let Some(id) = import.upload else { return Ok(None) };
        let mut desk = self.office.reading(&self.system).await?;
        let kept = upload(&mut desk, id).await.map_err(|error| WiringError::room(&error))?;
        if kept.state != UploadState::Taken {
            return Ok(None);
        }
        let rejects = quarantine(&mut desk, id).await.map_err(|error| WiringError::room(&error))?;
        let mut counts = match kept.batch {
            Some(batch) => {
                mingcha_ledger::batch(&mut desk, batch).await.map_err(|error| WiringError::room(&error))?.counts
            }
            None => mingcha_ledger::Counts::default(),
        };
        counts.rejected = rejects.len();
        Ok(Some(Imported { upload: id, batch: kept.batch, counts, rejects: flat(&rejects), notes: Vec::new() }))
    }
}
