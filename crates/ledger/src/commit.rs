//! The good rows of a file become a batch; the others are kept with their reasons.
//!
//! Lake and store are two, so a commit goes in steps, under the lease that holds across processes: undo what a killed
//! writer left; hold the sheet against the readable state; one commit to the lake, tagged with the batch; one
//! transaction of the store with everything else. A crash before the last step leaves a commit that nobody ever reads,
//! and that the next writer undoes ([`crate::recover`]).

use std::sync::Arc;

use mingcha_access::{Action, Actor, Desk, Office, Record};
use mingcha_domain::{BatchNo, Kind, Speaks, Trouble, UploadId};
use mingcha_engine::Lake;
use mingcha_engine::lake::{Committed, Landing, Lease, Staging, WrittenFile};
use mingcha_intake::{IntakeError, RejectedRow};
use mingcha_pack::Ledger;
use mingcha_store::fault;
use mingcha_store::jobs::{Job, RowsCommitted};
use serde_json::json;

use crate::classify::Fate;
use crate::ground::ask;
use crate::hindrance::hindered;
use crate::known_lake::{self, LakeState};
use crate::preview::{Asked, Look, ask_for};
use crate::progress::Step;
use crate::queries::{NewBatch, UploadState};
use crate::reading::Reading;
use crate::sheet::{Sheet, Walk, busy};
use crate::sources::Arrived;
use crate::stage::{self, Door, HandInPath, visible};
use crate::write::{self, Writing};
use crate::{Counts, Ground, Hindrance, mapping, quarantine, queries, ranges, recover, settle, sources};

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
    let mut desk = office.reading(actor).await?;
    let asked = ask_for(&mut desk, ground, upload).await?;
    if asked.upload.state == UploadState::Taken {
        return Err(CommitError::TakenAlready { by: asked.upload.taken_by_name.unwrap_or_default() });
    }
    ground.begin(Step::Reading);
    let batch = BatchNo(queries::batch_last_number(desk.tx()).await? + 1);
    let sheet = asked.open(ground).await?;
    let place = Place { lease: &lease, batch, author: &actor.login };
    let ahead = ahead(&mut desk, ground, asked.ledger, &sheet, &place).await?;
    let walk = sheet.walk(ground.sources, ahead.clone()).await?;
    let look = asked.look(&mut desk, ground, sheet, walk).await?;
    drop(desk);
    finish(office, actor, ground, look, &place, ahead).await
}

/// Hands a file in and takes it in, in one step. It is hashed while it is read, where the two steps do one after the other.
pub async fn take_in(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    file: HandInPath<'_>,
) -> Result<Taken, CommitError> {
    let door = Door::enter(office, actor, ground, file.ledger).await?;
    let (sources, path) = (ground.sources.to_owned(), file.path.to_owned());
    let arrived = busy(move || Arrived::copy(&sources, &path)).await?;
    let (half, length) = (arrived.path().to_owned(), arrived.length());
    let hashing = tokio::task::spawn_blocking(move || {
        let mut arrived = arrived;
        arrived.hash().map(|()| arrived)
    });
    let mut reading = Reading::of(&file.options);
    let opened = stage::open(&half, ground, door.ledger, &mut reading, &door.known).await;
    let read = match opened {
        Ok(Ok(sheet)) => Ok(read_ahead(office, actor, ground, sheet).await),
        Ok(Err(trouble)) => Ok(Err(IntakeError::Columns(trouble).into())),
        Err(error) => Err(error),
    };
    // Whatever came of it: the file is in the hands of the other thread until then.
    let hashed = hashing.await.map_err(|error| Hindrance::Interrupted { detail: error.to_string() })??;
    let read = match read? {
        Err(error) if stage::refuses(length, &error) => return Err(error.into()),
        Err(error) if !matches!(error, Hindrance::Intake(_)) => return Err(error.into()),
        read => read,
    };
    let ledger = door.ledger;
    let upload = door.keep(office, actor, hashed, file.file_name, &reading).await?;
    let Ahead { sheet, walk, writing, lease, batch } = read?;
    let place = Place { lease: &lease, batch, author: &actor.login };
    let sheet = sheet.moved(sources::place(ground.sources, &upload.sm3))?;
    let mut desk = office.reading(actor).await?;
    let asked = Asked { upload, ledger, reading };
    let look = asked.look(&mut desk, ground, sheet, walk).await?;
    drop(desk);
    finish(office, actor, ground, look, &place, writing).await
}

/// A sheet that was read before its file was kept, and the lease under which it was.
struct Ahead {
    sheet: Sheet,
    walk: Walk,
    writing: Option<Arc<Writing>>,
    lease: Lease,
    batch: BatchNo,
}

/// Reads a file that is not kept yet.
async fn read_ahead(office: &Office, actor: &Actor, ground: Ground<'_>, sheet: Sheet) -> Result<Ahead, Hindrance> {
    let lease = ground.lake.lease(&format!("{} 导入台账", actor.name)).await?;
    recover::under(&lease, office, ground.lake).await?;
    ground.begin(Step::Reading);
    let mut desk = office.reading(actor).await?;
    let batch = BatchNo(queries::batch_last_number(desk.tx()).await? + 1);
    let place = Place { lease: &lease, batch, author: &actor.login };
    let writing = ahead(&mut desk, ground, &sheet.ledger, &sheet, &place).await?;
    drop(desk);
    let walk = sheet.walk(ground.sources, writing.clone()).await?;
    Ok(Ahead { sheet, walk, writing, lease, batch })
}

/// The lake, then the store.
async fn finish(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    look: Look<'_>,
    place: &Place<'_>,
    ahead: Option<Arc<Writing>>,
) -> Result<Taken, CommitError> {
    if !look.classified.counts().changes() {
        return write_down(office, actor, look, None).await;
    }
    ground.begin(Step::Writing);
    fault::point("ledger.before_lake");
    let committed = land(ground, &look, place, ahead).await?;
    fault::point("ledger.lake_committed");
    let state = LakeState::after(office, ground.lake, committed).await;
    let written = match state {
        Ok(state) => write_down(office, actor, look, Some((place.batch, state))).await,
        Err(error) => Err(error.into()),
    };
    if written.is_err()
        && let Err(error) = recover::under(place.lease, office, ground.lake).await
    {
        // The next writer, or the next start, does it.
        tracing::error!(%error, "a commit that was not written down could not be undone yet");
    }
    written
}

/// Under which lease, as which batch and by whom rows are written.
struct Place<'a> {
    lease: &'a Lease,
    batch: BatchNo,
    author: &'a str,
}

impl Place<'_> {
    async fn staging(&self, lake: &Lake, ledger: &Ledger) -> Result<Arc<Staging>, Hindrance> {
        Ok(Arc::new(lake.staging(self.lease, ledger, self.author, &recover::tag(self.batch)).await?))
    }
}

/// Into a ledger without any row, every good row is new: a text file's rows are then written while they are read. Should
/// some turn out not to be (a key that comes twice), the files are dropped and written again without them.
async fn ahead(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &Ledger,
    sheet: &Sheet,
    place: &Place<'_>,
) -> Result<Option<Arc<Writing>>, Hindrance> {
    let readable = known_lake::readable(desk.tx()).await?;
    if !ground.lake.is_bare(ledger, readable).await? {
        return Ok(None);
    }
    let staging = place.staging(ground.lake, ledger).await?;
    Ok(Some(Arc::new(Writing::new(staging, place.batch, sheet))))
}

/// Brings the rows that come and those that go into the lake.
async fn land(
    ground: Ground<'_>,
    look: &Look<'_>,
    place: &Place<'_>,
    ahead: Option<Arc<Writing>>,
) -> Result<Committed, Hindrance> {
    let classified = &look.classified;
    let new = classified.fates.count(Fate::Added);
    let gone = classified.gone();
    let mut files = Vec::new();
    let staging = match ahead {
        Some(ahead) => {
            let staging = Arc::clone(&ahead.staging);
            files = busy(move || ahead.finish()).await?;
            staging
        }
        None => place.staging(ground.lake, look.ledger).await?,
    };
    let written: usize = files.iter().map(WrittenFile::rows).sum();
    if !(written == new && classified.superseding.is_empty()) {
        ground.lake.drop_files(&std::mem::take(&mut files))?;
        files = write::write(&look.sheet, classified, &staging, place.batch, (ground.lake, look.readable)).await?;
    }
    let (author, message, tag) = (place.author, look.upload.file_name.as_str(), recover::tag(place.batch));
    let landing = Landing { staging: &staging, files, delete: &gone, author, message, tag: &tag };
    Ok(ground.lake.land(place.lease, landing).await?)
}

/// One transaction: the batch if there is one, the rows that were kept back, what was said about headings, the new
/// readable snapshot, the audit entry, the job.
async fn write_down(
    office: &Office,
    actor: &Actor,
    look: Look<'_>,
    made: Option<(BatchNo, LakeState)>,
) -> Result<Taken, CommitError> {
    let Look { upload, classified, .. } = &look;
    let mapping = look.sheet.opened.mapping();
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
            sheet: look.sheet.opened.sheet(),
            header_row: look.sheet.opened.header_row(),
            columns: &columns,
            lake_before: look.readable,
            lake_snapshot: state.snapshot,
            counts,
            confirmed: &ranges::write(&classified.unchanged),
            at,
            by: &login,
            by_name: &name,
        };
        touched.extend(queries::batch_add(desk.tx(), &permit, &new).await?);
        touched.extend(known_lake::write(desk.tx(), state).await?);
        desk.enqueue(&Job::of(&RowsCommitted { batch: batch.0, withdrawn: false })?).await?;
    }
    // The same sheet again brings the same rows that must be mended; they are kept already.
    if made.is_some() || look.same_as.is_none() {
        touched.extend(quarantine::keep(desk.tx(), &permit, upload.id, batch, &classified.rejects).await?);
        settle::queue(&mut desk, upload).await?;
    }
    for (heading, column) in look.reading.said(mapping) {
        let said = (heading.as_str(), column.as_str());
        touched.push(mapping::remember(desk.tx(), &permit, upload, said, at, &name).await?);
    }
    let facts = json!({
        "ledger": upload.ledger, "file": upload.file_name, "sm3": upload.sm3, "sheet": look.sheet.opened.sheet(),
        "added": counts.added, "superseded": counts.superseded, "unchanged": counts.unchanged, "ended": counts.ended,
        "rejected": counts.rejected, "duplicated": counts.duplicated, "same_as": look.same_as.map(|batch| batch.0), "lake_before": look.readable,
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
    let rejects = Arc::try_unwrap(classified).map_or_else(|shared| shared.rejects.clone(), |own| own.rejects);
    let ledger = upload.ledger;
    Ok(Taken { upload: upload.id, ledger, batch, same_as, counts, rejects, notes, readable })
}
