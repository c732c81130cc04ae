//! After a crash between lake and store: commits of the lake that the store never heard of are undone, and the audit
//! trail says so. Whoever sent the sheet was never told that it went in, and sends it again.
//!
//! Undone rather than completed: the store's half (quarantine, who, why) was in memory only.

use mingcha_access::Office;
use mingcha_domain::BatchNo;
use mingcha_engine::Lake;
use mingcha_engine::lake::{Committed, LakeSnapshot, Lease};
use mingcha_store::Entry;
use serde_json::json;

use crate::known_lake::{self, LakeState};
use crate::{Hindrance, queries};

/// What was found and undone.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Recovered {
    /// Commits that the store did not know, the oldest first. Empty: lake and store agreed.
    pub undone: Vec<LakeSnapshot>,
    /// The snapshot that is readable now.
    pub readable: i64,
}

/// Makes lake and store agree. Called when a data folder is opened; every writer does it again before it writes.
pub async fn recover(office: &Office, lake: &Lake) -> Result<Recovered, Hindrance> {
    let readable = known_lake::readable(&mut office.store().read().await?).await?;
    if lake.unknown_since(readable).await?.is_empty() {
        return Ok(Recovered { undone: Vec::new(), readable });
    }
    let lease = lake.lease("修复中断的写入").await?;
    under(&lease, office, lake).await
}

/// The same, for a writer that holds the lease.
pub(crate) async fn under(lease: &Lease, office: &Office, lake: &Lake) -> Result<Recovered, Hindrance> {
    let mut reading = office.store().read().await?;
    let readable = known_lake::readable(&mut reading).await?;
    drop(reading);
    let unknown = lake.unknown_since(readable).await?;
    if unknown.is_empty() {
        return Ok(Recovered { undone: unknown, readable });
    }
    tracing::warn!(snapshots = unknown.len(), "the lake has commits that the store does not know: undoing them");
    lake.undo_since(lease, readable, "system", "undone after an interruption", "undo").await?;
    let newest = lake.newest().await?;
    let mut reading = office.store().read().await?;
    let files = known_lake::files_unknown(&mut reading, lake, newest).await?;
    drop(reading);
    let state = LakeState::after(office, lake, Committed { snapshot: newest, files }).await?;

    let at = office.now();
    let mut tx = office.store().begin().await?;
    let mut touched = known_lake::write(&mut tx, &state).await?;
    let last = unknown.iter().filter_map(|snapshot| batch_of(snapshot.tag.as_deref()?)).max();
    if let Some(last) = last
        && last.0 > queries::batch_last_number(&mut tx).await?
    {
        touched.push(tx.set_setting(queries::UNDONE, &last.to_string()).await?);
    }
    let undone: Vec<_> = unknown
        .iter()
        .map(|each| json!({ "snapshot": each.id, "tag": each.tag, "author": each.author, "message": each.message }))
        .collect();
    tx.record(Entry {
        at,
        actor: "system",
        verb: "ledger.recover",
        subject: &format!("lake:{newest}"),
        why: None,
        touched: &touched,
        facts: json!({ "undone": undone, "before": readable, "lake": state.facts() }),
    })
    .await?;
    tx.commit().await?;
    Ok(Recovered { undone: unknown, readable: newest })
}

/// The tag of a batch's commit.
pub(crate) fn tag(batch: BatchNo) -> String {
    format!("batch:{batch}")
}

fn batch_of(tag: &str) -> Option<BatchNo> {
    tag.strip_prefix("batch:")?.parse().ok().map(BatchNo)
}
