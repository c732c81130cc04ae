//! Erasing what an entry says, when the law demands it, without breaking the chain.

use mingcha_domain::Instant;
use serde_json::json;

use super::{AuditSeq, Entry};
use crate::{StoreError, Tx, Why, params};

pub(super) const VERB: &str = "audit.erase";

/// Who erases which body, and on what ground.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Erasure<'a> {
    /// The entry whose body goes.
    pub seq: AuditSeq,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: &'a str,
    /// The legal ground.
    pub ground: &'a str,
}

/// Deletes body and salt of an entry and records that. Header, body hash and leaf stay, so that the tree and every
/// proof still hold; what was said can no longer be guessed, since the salt is gone. `None` when there is no such body.
pub async fn erase(tx: &mut Tx, erasure: Erasure<'_>) -> Result<Option<AuditSeq>, StoreError> {
    let erased = tx
        .run_unaudited(
            "UPDATE audit_entry SET body = NULL, salt = NULL WHERE seq = $1 AND body IS NOT NULL",
            params![erasure.seq.0],
            Why::Bookkeeping,
        )
        .await?;
    if erased == 0 {
        return Ok(None);
    }
    let entry = Entry {
        at: erasure.at,
        actor: erasure.actor,
        verb: VERB,
        subject: &subject_of(erasure.seq.0),
        why: Some(erasure.ground),
        touched: &[],
        facts: json!({}),
    };
    tx.record(entry).await.map(Some)
}

/// How an erasing entry names the one it erased.
pub(super) fn subject_of(seq: i64) -> String {
    format!("audit:{seq}")
}
