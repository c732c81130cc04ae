//! A batch is taken out again: its rows go, and what they superseded or ended comes back, with its own batch and line.
//!
//! Refused when a later batch touched the same keys: what would be right then, only a person can say. A later batch
//! touches a key also by repeating it unchanged, since its sender then said that the row is so.

use mingcha_access::{Action, Actor, Desk, Office, Record};
use mingcha_domain::{BatchNo, Instant, Kind, Speaks, Trouble};
use mingcha_engine::lake::{Committed, Landing, Lease};
use mingcha_pack::Ledger;
use mingcha_store::jobs::{Job, RowsCommitted};
use mingcha_store::{Touched, fault};
use serde_json::json;

use crate::batches::{Batch, BatchState, batch as find_batch};
use crate::ground::ask;
use crate::hindrance::hindered;
use crate::known_lake::{self, LakeState};
use crate::queries::Withdrawal;
use crate::way_back::WayBack;
use crate::{Ground, Hindrance, queries, ranges, recover};

/// A batch that was taken out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Withdrawn {
    /// The batch.
    pub batch: BatchNo,
    /// Its rows that went.
    pub removed: usize,
    /// Rows of earlier batches that came back.
    pub restored: usize,
    /// The snapshot that everybody reads now.
    pub readable: i64,
}

/// Why a batch stays.
#[derive(Debug, thiserror::Error)]
pub enum WithdrawError {
    /// A later batch has the same keys.
    #[error("batch {later} touched the same rows as batch {batch}")]
    TouchedLater {
        /// The batch that was to go.
        batch: BatchNo,
        /// The later one.
        later: BatchNo,
        /// The file of the later one.
        file_name: String,
    },
    /// It is out already.
    #[error("batch {batch} was withdrawn already")]
    WithdrawnAlready {
        /// The batch.
        batch: BatchNo,
        /// By whom.
        by: String,
        /// When.
        at: Instant,
    },
    /// A withdrawal says why.
    #[error("no reason was given")]
    WhyMissing,
    /// What hinders any use case.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(WithdrawError);

impl Speaks for WithdrawError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::TouchedLater { batch, later, file_name } => {
                Trouble::new("MC-LEDGER-014").with("batch", batch).with("later", later).with("file", file_name)
            }
            Self::WithdrawnAlready { batch, by, at } => {
                Trouble::new("MC-LEDGER-005").with("batch", batch).with("by", by).with("at", at.for_people())
            }
            Self::WhyMissing => Trouble::new("MC-LEDGER-006"),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::TouchedLater { .. } | Self::WhyMissing => Kind::Invalid,
            Self::WithdrawnAlready { .. } => Kind::Stale,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Takes a batch out. The steps are those of [`crate::commit`].
pub async fn withdraw(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    id: BatchNo,
    why: &str,
) -> Result<Withdrawn, WithdrawError> {
    let why = why.trim();
    if why.is_empty() {
        return Err(WithdrawError::WhyMissing);
    }
    let lease = ground.lake.lease(&format!("{} 撤回批次 {id}", actor.name)).await?;
    recover::under(&lease, office, ground.lake).await?;
    let mut desk = office.reading(actor).await?;
    let batch = find_batch(&mut desk, id).await?;
    ask(&desk, Action::BatchWithdraw, batch.unit.as_deref())?;
    if let BatchState::Withdrawn { at, by_name, .. } = &batch.state {
        return Err(WithdrawError::WithdrawnAlready { batch: id, by: by_name.clone(), at: *at });
    }
    let ledger = ground.ledger(&batch.ledger)?;
    let committed = take_out(&mut desk, ground, ledger, &batch, (&lease, actor, why)).await?;
    drop(desk);
    let counts = (batch.counts.added + batch.counts.superseded, batch.counts.superseded + batch.counts.ended);
    fault::point("ledger.lake_committed");
    let written = match LakeState::after(office, ground.lake, committed).await {
        Ok(state) => write_down(office, actor, &batch, why, state, counts).await,
        Err(error) => Err(error.into()),
    };
    if written.is_err()
        && let Err(error) = recover::under(&lease, office, ground.lake).await
    {
        tracing::error!(%error, "a withdrawal that was not written down could not be undone yet");
    }
    written
}

async fn write_down(
    office: &Office,
    actor: &Actor,
    batch: &Batch,
    why: &str,
    state: LakeState,
    (removed, restored): (usize, usize),
) -> Result<Withdrawn, WithdrawError> {
    let mut desk = office.desk(actor).await?;
    let permit = ask(&desk, Action::BatchWithdraw, batch.unit.as_deref())?;
    let (at, login, name) = (desk.now, desk.actor.login.clone(), desk.actor.name.clone());
    let how = Withdrawal { batch: batch.id, at, by: &login, by_name: &name, why, snapshot: state.snapshot };
    if !queries::batch_withdraw(desk.tx(), &permit, &how).await? {
        return Err(WithdrawError::WithdrawnAlready { batch: batch.id, by: name, at });
    }
    let mut touched = vec![Touched::new("batch", batch.id)];
    touched.extend(known_lake::write(desk.tx(), &state).await?);
    desk.enqueue(&Job::of(&RowsCommitted { batch: batch.id.0, withdrawn: true })?).await?;
    let subject = format!("batch:{}", batch.id);
    let facts = json!({ "ledger": batch.ledger, "file": batch.file_name, "sm3": batch.sm3, "removed": removed,
                        "restored": restored, "lake": state.facts() });
    let record = Record { verb: "ledger.withdraw", subject: &subject, why: Some(why), touched: &touched, facts };
    desk.record(&permit, record).await?;
    fault::point("ledger.before_store");
    desk.commit().await?;
    fault::point("ledger.store_committed");
    Ok(Withdrawn { batch: batch.id, removed, restored, readable: state.snapshot })
}

/// Takes the rows out of the lake, if no later batch stands in the way. As long as nobody touched the files of the batch,
/// that needs no look at its rows.
async fn take_out(
    desk: &mut Desk,
    ground: Ground<'_>,
    ledger: &Ledger,
    batch: &Batch,
    (lease, actor, why): (&Lease, &Actor, &str),
) -> Result<Committed, WithdrawError> {
    let later = queries::batch_list_later(desk.tx(), batch).await?;
    for (other, confirmed) in &later {
        let touches = ranges::touch(confirmed, batch.id)
            .ok_or_else(|| Hindrance::broken(format!("batch:{}", other.id), "unreadable ranges"))?;
        if touches {
            return Err(touched_later(batch, other));
        }
    }
    let versions = (batch.lake_before, batch.lake_snapshot);
    let way = WayBack { ground, ledger, batch, later: &later };
    // Rows that came with the batch are in its own files: a later batch that took one of them left a mark there. Keys of
    // rows that went may have come again.
    let may_meet = !later.is_empty() && batch.counts.superseded + batch.counts.ended > 0;
    let readable = known_lake::readable(desk.tx()).await?;
    let mut span = None;
    if may_meet {
        span = Some(way.unless_touched(readable).await?);
    }
    let tag = format!("withdraw:{}", batch.id);
    fault::point("ledger.before_lake");
    if let Some(committed) = ground.lake.revert(lease, ledger, versions, (&actor.login, why, &tag)).await? {
        return Ok(committed);
    }
    let span = match span {
        Some(span) => span,
        None => way.unless_touched(readable).await?,
    };
    let staging = ground.lake.staging(lease, ledger, &actor.login, &tag).await?;
    let files = way.bring_back(&staging, &span.gone).await?;
    let landing =
        Landing { staging: &staging, files, delete: &span.came, author: &actor.login, message: why, tag: &tag };
    Ok(ground.lake.land(lease, landing).await?)
}

pub(crate) fn touched_later(batch: &Batch, other: &Batch) -> WithdrawError {
    WithdrawError::TouchedLater { batch: batch.id, later: other.id, file_name: other.file_name.clone() }
}
