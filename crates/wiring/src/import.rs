//! A sheet goes into a ledger in one step, as the command line and the demo year need it: stage, then commit.

use std::sync::Arc;

use mingcha_access::Actor;
use mingcha_domain::{BatchNo, Trouble, UploadId};
use mingcha_intake::{Assign, ColumnsTrouble, IntakeError, Options, RejectedRow};
use mingcha_ledger::{
    Counts, Ground, HandIn, HandInPath, Progress, Staged, Taken, Withdrawn, commit, preview, stage, stage_path, take_in,
};

use crate::{Platform, WiringError};

/// What became of a sheet.
#[derive(Clone, PartialEq, Debug)]
pub struct Imported {
    /// The upload, under which the rejected rows are kept.
    pub upload: UploadId,
    /// The batch; none for a preview, or when nothing in the sheet was new.
    pub batch: Option<BatchNo>,
    /// How many rows did what.
    pub counts: Counts,
    /// One line for each thing that is wrong with a row.
    pub rejects: Vec<ImportReject>,
    /// What was done with the sheet that its sender should know.
    pub notes: Vec<Trouble>,
}

impl Imported {
    /// What the ledger room made of it.
    pub(crate) fn of(taken: Taken) -> Self {
        let Taken { upload, batch, counts, rejects, notes, .. } = taken;
        Self { upload, batch, counts, rejects: flat(&rejects), notes }
    }
}

/// One thing that is wrong with one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportReject {
    /// The line of the source sheet, 1-based.
    pub row: i64,
    /// Name of the column; empty for the row as a whole.
    pub column: String,
    /// The cell as it stands.
    pub value: String,
    /// What is wrong.
    pub trouble: Trouble,
}

impl Platform {
    /// What the ledger room needs besides an office.
    #[must_use]
    pub fn ledger_ground<'a>(&'a self, sources: &'a std::path::Path) -> Ground<'a> {
        Ground { packs: &self.packs, lake: &self.lake, sources, progress: None }
    }

    /// Imports a sheet whose columns are recognised by themselves.
    pub async fn import(
        &self,
        actor: &Actor,
        ledger: &str,
        file_name: &str,
        bytes: Vec<u8>,
    ) -> Result<Imported, WiringError> {
        self.import_with(actor, ledger, file_name, bytes, Vec::new(), false).await
    }

    /// Imports a sheet, or only says what it would do. Without its columns nothing is taken.
    pub async fn import_with(
        &self,
        actor: &Actor,
        ledger: &str,
        file_name: &str,
        bytes: Vec<u8>,
        columns: Vec<Assign>,
        preview_only: bool,
    ) -> Result<Imported, WiringError> {
        let sources = self.sources();
        let ground = self.ledger_ground(&sources);
        let options = Options { columns, ..Options::default() };
        let file = HandIn { ledger, file_name, bytes, options };
        let staged = stage(&self.office, actor, ground, file).await.map_err(|error| WiringError::room(&error))?;
        self.import_staged(actor, ground, staged, preview_only).await
    }

    /// The same for a file of any size that lies somewhere; `progress` hears how far it is.
    pub async fn import_path(
        &self,
        actor: &Actor,
        file: HandInPath<'_>,
        preview_only: bool,
        progress: &Arc<Progress>,
    ) -> Result<Imported, WiringError> {
        let sources = self.sources();
        let ground = Ground { progress: Some(progress), ..self.ledger_ground(&sources) };
        if preview_only {
            let staged =
                stage_path(&self.office, actor, ground, file).await.map_err(|error| WiringError::room(&error))?;
            return self.import_staged(actor, ground, staged, true).await;
        }
        let taken = take_in(&self.office, actor, ground, file).await.map_err(|error| WiringError::room(&error))?;
        Ok(Imported::of(taken))
    }

    async fn import_staged(
        &self,
        actor: &Actor,
        ground: Ground<'_>,
        staged: Staged,
        preview_only: bool,
    ) -> Result<Imported, WiringError> {
        if let Err(trouble) = staged.sheet {
            return Err(columns_missing(trouble));
        }
        let upload = staged.upload.id;
        if preview_only {
            let seen = preview(&self.office, actor, ground, upload).await.map_err(|error| WiringError::room(&error))?;
            return Ok(Imported {
                upload,
                batch: None,
                counts: seen.counts,
                rejects: flat(&seen.rejects),
                notes: seen.notes,
            });
        }
        let taken = commit(&self.office, actor, ground, upload).await.map_err(|error| WiringError::room(&error))?;
        Ok(Imported::of(taken))
    }

    /// Withdraws a batch.
    pub async fn withdraw(&self, actor: &Actor, batch: BatchNo, why: &str) -> Result<Withdrawn, WiringError> {
        let sources = self.sources();
        mingcha_ledger::withdraw(&self.office, actor, self.ledger_ground(&sources), batch, why)
            .await
            .map_err(|error| WiringError::room(&error))
    }
}

pub(crate) fn columns_missing(trouble: Box<ColumnsTrouble>) -> WiringError {
    WiringError::room(&IntakeError::Columns(trouble))
}

pub(crate) fn flat(rejects: &[RejectedRow]) -> Vec<ImportReject> {
    let mut lines = Vec::new();
    for reject in rejects {
        lines.extend(reject.problems.iter().map(|problem| ImportReject {
            row: i64::from(reject.row),
            column: problem.column.clone(),
            value: problem.value.clone(),
            trouble: problem.trouble.clone(),
        }));
    }
    lines
}
