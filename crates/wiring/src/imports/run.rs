//! An import that was begun is run to its end, and its outcome written down.

use std::path::Path;
use std::sync::Arc;

use mingcha_access::Actor;
use mingcha_domain::UploadId;
use mingcha_ledger::{Ground, HandInPath, Step, commit, stage_path};
use mingcha_store::StoreError;

use super::queries::{import_end, import_find, import_set_upload};
use super::resolve::Left;
use super::{Import, ImportError, ImportState, Outcome};
use crate::import::Imported;
use crate::{Platform, WiringError};

impl Platform {
    /// Runs an import on a task of its own: a fault of the program at one file ends that import, with words, and nothing
    /// else.
    pub async fn run_import_apart(
        self: &Arc<Self>,
        actor: &Actor,
        import: &Import,
        file: &Path,
    ) -> Result<Import, ImportError> {
        let (platform, by, of, at) = (Arc::clone(self), actor.clone(), import.clone(), file.to_path_buf());
        match tokio::spawn(async move { platform.run_import(&by, &of, &at).await }).await {
            Ok(Ok(ended)) => Ok(ended),
            // It could not be written down, or the work broke: what went in decides what became of it.
            Ok(Err(error)) => {
                tracing::error!(import = %import.id, %error, "an import was not written down");
                self.resolve_import(import, Left::Unwritten).await
            }
            Err(error) => {
                tracing::error!(import = %import.id, %error, "an import broke");
                self.resolve_import(import, Left::Broken).await
            }
        }
    }

    /// Runs an import whose file lies at `file`. What becomes of it, also that it failed, is its outcome; an error is only
    /// that this could not be written down.
    pub async fn run_import(&self, actor: &Actor, import: &Import, file: &Path) -> Result<Import, ImportError> {
        let told = self.under_way.begin(import.id.to_string());
        told.progress.begin(Step::Received);
        let sources = self.sources();
        let ground = Ground { progress: Some(&told.progress), ..self.ledger_ground(&sources) };
        let imported = self.take_in(actor, import, file, ground).await;
        if let Err(error) = &imported {
            tracing::info!(import = %import.id, %error, "an import failed");
        }
        let outcome = self.outcome_of(&import.ledger, imported);
        self.end_import(import, &outcome).await
    }

    async fn take_in(
        &self,
        actor: &Actor,
        import: &Import,
        file: &Path,
        ground: Ground<'_>,
    ) -> Result<Imported, WiringError> {
        let upload = self.staged(actor, import, file, ground).await?;
        let taken = commit(&self.office, actor, ground, upload).await.map_err(|error| WiringError::room(&error))?;
        Ok(Imported::of(taken))
    }

    /// Keeps the file and writes its number down before anything goes in: whoever finds this import after a crash knows by
    /// it whether the rows are in.
    async fn staged(
        &self,
        actor: &Actor,
        import: &Import,
        file: &Path,
        ground: Ground<'_>,
    ) -> Result<UploadId, WiringError> {
        let (ledger, file_name, options) = (&import.ledger, &import.file_name, mingcha_intake::Options::default());
        let handed = HandInPath { ledger, file_name, path: file, options };
        let staged = stage_path(&self.office, actor, ground, handed).await;
        let staged = staged.map_err(|error| WiringError::room(&error))?;
        if let Err(trouble) = staged.sheet {
            return Err(crate::import::columns_missing(trouble));
        }
        let mut tx = self.office.store().begin_unaudited().await?;
        import_set_upload(&mut tx, import.id, staged.upload.id).await?;
        tx.commit().await?;
        mingcha_store::fault::point("imports.staged");
        Ok(staged.upload.id)
    }

    pub(super) async fn end_import(&self, import: &Import, outcome: &Outcome) -> Result<Import, ImportError> {
        let state = match outcome {
            Outcome::Taken(_) => ImportState::Done,
            Outcome::Failed(_) => ImportState::Failed,
        };
        mingcha_store::fault::point("imports.run");
        self.write_end(import, state, outcome).await
    }

    pub(super) async fn write_end(
        &self,
        import: &Import,
        state: ImportState,
        outcome: &Outcome,
    ) -> Result<Import, ImportError> {
        let mut tx = self.office.store().begin_unaudited().await?;
        import_end(&mut tx, import.id, state, outcome, self.office.now()).await?;
        let ended = import_find(&mut tx, import.id).await?;
        let gone = StoreError::Unreadable { what: "import_request", detail: format!("{} is gone", import.id) };
        let ended = ended.ok_or(gone)?;
        tx.commit().await?;
        Ok(ended)
    }
}
