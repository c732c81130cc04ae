//! Merging the many small files that many small sheets leave behind. No row becomes another, every version reads as it
//! did; what is read by everybody moves on by one snapshot, of which no batch knows.
//!
//! The steps are those of [`crate::commit`]: under the lease, one commit to the lake, one transaction of the store. Killed
//! between the two, the next writer brings the old files back.

use mingcha_access::{Action, Actor, Desk, Office, Permit, Record, Subject};
use mingcha_domain::{Kind, Speaks, Trouble};
use mingcha_engine::lake::{Compacted, Which};
use mingcha_store::fault;
use mingcha_store::jobs::{Job, LedgerCrowded, RowsCommitted};
use serde_json::json;

use crate::batches::batch;
use crate::hindrance::hindered;
use crate::known_lake::{self, LakeState};
use crate::{Ground, Hindrance, recover};

/// Files that were merged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merged {
    /// Full name of the ledger.
    pub ledger: String,
    /// How many files were merged.
    pub files: usize,
    /// Into how many.
    pub into: usize,
    /// Rows that were written again.
    pub rows: usize,
    /// The snapshot that everybody reads now.
    pub readable: i64,
}

/// Why files were not merged.
#[derive(Debug, thiserror::Error)]
pub enum CompactError {
    /// What hinders any use case.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(CompactError);

impl Speaks for CompactError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Merges files of a ledger; `None` when there was nothing to merge. Who may copy the data folder may do this too: both
/// are upkeep, and neither shows or changes a row.
pub async fn compact(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    ledger: &str,
    which: Which,
) -> Result<Option<Merged>, CompactError> {
    let ledger = ground.ledger(ledger)?;
    may(&office.reading(actor).await?)?;
    if !ground.lake.is_crowded(ledger, which).await? {
        return Ok(None);
    }
    let lease = ground.lake.lease(&format!("{} 合并文件", actor.name)).await?;
    recover::under(&lease, office, ground.lake).await?;
    fault::point("ledger.before_lake");
    let about = (actor.login.as_str(), "合并小文件", "compact");
    let Some(done) = ground.lake.compact(&lease, ledger, which, about).await? else { return Ok(None) };
    fault::point("ledger.lake_committed");
    let written = write_down(office, actor, ground, &ledger.full_name(), done).await;
    if written.is_err()
        && let Err(error) = recover::under(&lease, office, ground.lake).await
    {
        tracing::error!(%error, "a merge that was not written down could not be undone yet");
    }
    written.map(Some)
}

async fn write_down(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    ledger: &str,
    done: Compacted,
) -> Result<Merged, CompactError> {
    let Compacted { committed, merged, rows } = done;
    let state = LakeState::after(office, ground.lake, committed).await?;
    let mut desk = office.desk(actor).await?;
    let permit = may(&desk)?;
    let touched = known_lake::write(desk.tx(), &state).await?;
    let subject = format!("ledger:{ledger}");
    let facts = json!({ "ledger": ledger, "merged": merged, "rows": rows, "lake": state.facts() });
    let record = Record { verb: "ledger.compact", subject: &subject, why: None, touched: &touched, facts };
    desk.record(&permit, record).await?;
    fault::point("ledger.before_store");
    desk.commit().await?;
    fault::point("ledger.store_committed");
    let (into, readable) = (state.files.len(), state.snapshot);
    Ok(Merged { ledger: ledger.to_owned(), files: merged, into, rows, readable })
}

/// After a batch: queues a merge of its ledger's files when they have become a crowd.
pub async fn queue_if_crowded(
    office: &Office,
    system: &Actor,
    ground: Ground<'_>,
    rows: &RowsCommitted,
) -> Result<bool, CompactError> {
    let number = mingcha_domain::BatchNo(rows.batch);
    let batch = batch(&mut office.reading(system).await?, number).await?;
    // A pack that was taken away leaves its batches behind.
    let Some(ledger) = ground.packs.ledger(&batch.ledger) else { return Ok(false) };
    if !ground.lake.is_crowded(ledger, Which::Crowds).await? {
        return Ok(false);
    }
    let mut desk = office.desk(system).await?;
    let queued = desk.enqueue(&Job::of(&LedgerCrowded { ledger: batch.ledger, batch: rows.batch })?).await?;
    desk.commit().await?;
    Ok(queued)
}

fn may(desk: &Desk) -> Result<Permit, Hindrance> {
    Ok(desk.ask(Action::Backup, Subject::house()).map_err(mingcha_access::AccessError::from)?)
}
