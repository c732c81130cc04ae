//! The good rows of a file become a batch; the others are kept with their reasons.
//!
//! Lake and store are two, so a commit goes in steps, under the lease that holds across processes: undo what a killed
//! writer left; hold the sheet against the readable state; one commit to the lake, tagged with the batch; one
//! transaction of the store with everything else. A crash before the last step leaves a commit that nobody ever reads,
//! and that the next writer undoes ([`crate::recover`]).

use mingcha_access::{Action, Actor, Office, Record};
use mingcha_domain::{BatchNo, Kind, RowRef, Speaks, Trouble, UploadId};
use mingcha_engine::LakeRow;
use mingcha_engine::lake::Change;
use mingcha_intake::{ParsedRow, RejectedRow};
use mingcha_store::fault;
use mingcha_store::jobs::{Job, RowsCommitted};
use serde_json::json;

use crate::ground::ask;
use crate::hindrance::hindered;
use crate::known_lake::{self, LakeState};
use crate::preview::{Look, look};
use crate::progress::Step;
use crate::queries::{NewBatch, UploadState};
use crate::stage::visible;
use crate::{Counts, Ground, Hindrance, mapping, quarantine, queries, ranges, recover};

/// What became of a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Taken {
    /// The file.
    pub upload: UploadId,
    /// Full name of the ledger.
    pub ledger: String,
    /// The batch that was made; `None` when the ledger is as it was.
    pub batch: Option<BatchNo>,
    /// The batch that the same sheet of the same file made before.
    pub same_as: Option<BatchNo>,
    /// How many rows did what.
    pub counts: Counts,
    /// Rows that did not go in, with what is wrong.
    pub rejects: Vec<RejectedRow>,
    /// What was done with the sheet that its sender should know.
    pub notes: Vec<Trouble>,
    /// The snapshot that everybody reads now.
    pub readable: i64,
}

/// Why nothing went in.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Somebody had it taken in already: another tab, another person.
    #[error("taken already")]
    TakenAlready {
        /// Who.
        by: String,
    },
    /// What hinders any use case.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(CommitError);

impl Speaks for CommitError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::TakenAlready { by } => Trouble::new("MC-LEDGER-003").with("by", by),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::TakenAlready { .. } => Kind::Stale,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Takes a file in that was handed in before. All good rows go in, or none does.
pub async fn commit(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    upload: UploadId,
) -> Result<Taken, CommitError> {
    let lease = ground.lake.lease(&format!("{} 导入台账", actor.name)).await?;
    recover::under(&lease, office, ground.lake).await?;
    ground.begin(Step::Checking);
    let mut desk = office.reading(actor).await?;
    let look = look(&mut desk, ground, upload).await?;
    drop(desk);
    if look.upload.state == UploadState::Taken {
        return Err(CommitError::TakenAlready { by: look.upload.taken_by_name.unwrap_or_default() });
    }
    if !look.classified.counts().changes() {
        return write_down(office, actor, look, None).await;
    }
    let batch = BatchNo(look.last_batch + 1);
    ground.begin(Step::Writing);
    fault::point("ledger.before_lake");
    let committed = ground.lake.commit(&lease, change(&look, batch, actor)).await?;
    fault::point("ledger.lake_committed");
    let state = LakeState::after(office, ground.lake, committed).await;
    let written = match state {
        Ok(state) => write_down(office, actor, look, Some((batch, state))).await,
        Err(error) => Err(error.into()),
    };
    if written.is_err()
        && let Err(error) = recover::under(&lease, office, ground.lake).await
    {
        // The next writer, or the next start, does it.
        tracing::error!(%error, "a commit that was not written down could not be undone yet");
    }
    written
}

fn change<'a>(look: &Look<'a>, batch: BatchNo, actor: &Actor) -> Change<'a> {
    let row = |row: &ParsedRow| LakeRow { at: RowRef { batch, row: i64::from(row.row) }, values: row.values.clone() };
    let classified = &look.classified;
    let new = classified.superseding.iter().map(|(new, _)| new);
    Change {
        ledger: look.ledger,
        insert: classified.added.iter().chain(new).map(row).collect(),
        delete: classified.superseding.iter().map(|(_, old)| old.at).chain(classified.ended.iter().copied()).collect(),
        author: actor.login.clone(),
        message: look.upload.file_name.clone(),
        tag: recover::tag(batch),
    }
}

/// One transaction: the batch if there is one, the rows that were kept back, what was said about headings, the new
/// readable snapshot, the audit entry, the job.
async fn write_down(
    office: &Office,
    actor: &Actor,
    look: Look<'_>,
    made: Option<(BatchNo, LakeState)>,
) -> Result<Taken, CommitError> {
    let Look { upload, mapping, classified, .. } = &look;
    let counts = classified.counts();
    let mut desk = office.desk(actor).await?;
    let permit = ask(&desk, Action::LedgerImport, upload.unit.as_deref())?;
    let (at, login, name) = (desk.now, desk.actor.login.clone(), desk.actor.name.clone());
    let batch = made.as_ref().map(|(batch, _)| *batch);
    if !queries::upload_take(desk.tx(), &permit, upload.id, batch, at, &name).await? {
        let by = visible(&mut desk, upload.id).await?.taken_by_name.unwrap_or_default();
        return Err(CommitError::TakenAlready { by });
    }
    let mut touched = vec![mingcha_store::Touched::new("upload", upload.id)];
    if let Some((batch, state)) = &made {
        let columns: Vec<_> = mapping
            .iter()
            .map(|mapped| json!({ "at": mapped.at, "heading": mapped.heading, "column": mapped.column }))
            .collect();
        let columns = serde_json::Value::from(columns).to_string();
        let new = NewBatch {
            id: *batch,
            upload,
            sheet: &look.sheet,
            header_row: look.header_row,
            columns: &columns,
            lake_before: look.readable,
            lake_snapshot: state.snapshot,
            counts,
            confirmed: &ranges::write(&classified.unchanged),
            at,
            by: &login,
            by_name: &name,
        };
        touched.push(queries::batch_add(desk.tx(), &permit, &new).await?);
        touched.extend(known_lake::write(desk.tx(), state).await?);
        desk.enqueue(&Job::of(&RowsCommitted { batch: batch.0, withdrawn: false })?).await?;
    }
    // The same sheet again brings the same rows that must be mended; they are kept already.
    if made.is_some() || look.same_as.is_none() {
        touched.extend(quarantine::keep(desk.tx(), &permit, upload.id, batch, &classified.rejects).await?);
    }
    for (heading, column) in look.reading.said(mapping) {
        let said = (heading.as_str(), column.as_str());
        touched.push(mapping::remember(desk.tx(), &permit, upload, said, at, &name).await?);
    }
    let facts = json!({
        "ledger": upload.ledger, "file": upload.file_name, "sm3": upload.sm3, "sheet": look.sheet,
        "added": counts.added, "superseded": counts.superseded, "unchanged": counts.unchanged, "ended": counts.ended,
        "rejected": counts.rejected, "same_as": look.same_as.map(|batch| batch.0), "lake_before": look.readable,
        "lake": made.as_ref().map(|(_, state)| state.facts()),
    });
    let subject = batch.map_or_else(|| format!("upload:{}", upload.id), |batch| format!("batch:{batch}"));
    let verb = if batch.is_some() { "ledger.commit" } else { "ledger.nothing_new" };
    desk.record(&permit, Record { verb, subject: &subject, why: None, touched: &touched, facts }).await?;
    fault::point("ledger.before_store");
    desk.commit().await?;
    fault::point("ledger.store_committed");
    let readable = made.as_ref().map_or(look.readable, |(_, state)| state.snapshot);
    let Look { upload, classified, notes, same_as, .. } = look;
    let (ledger, rejects) = (upload.ledger, classified.rejects);
    Ok(Taken { upload: upload.id, ledger, batch, same_as, counts, rejects, notes, readable })
}
