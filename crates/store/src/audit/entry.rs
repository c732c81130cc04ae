//! Writing an entry, in the transaction of the change that it tells of.

use std::fmt;

use mingcha_domain::Instant;
use serde_json::{Value, json};
use sm3::{Digest, Sm3};

use super::canonical::canonical;
use super::head::frontier_at;
use super::touch::{self, Touch};
use super::tree::{self, Hash};
use crate::{StoreError, Tx, Why, params};

/// The number of an entry, counted from 1 without gaps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AuditSeq(pub i64);

impl fmt::Display for AuditSeq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is to be recorded about a change.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry<'a> {
    /// When.
    pub at: Instant,
    /// Who: the account's login.
    pub actor: &'a str,
    /// What was done, as `room.verb`.
    pub verb: &'a str,
    /// To what, as `kind:id`.
    pub subject: &'a str,
    /// The reason that the actor gave.
    pub why: Option<&'a str>,
    /// Every row that was added, changed or deleted.
    pub touched: &'a [Touched],
    /// What a reader should see later: old and new state, counts, file hashes.
    pub facts: Value,
}

/// A row that an entry touched, by table and primary key (a BIGINT key as its decimal digits).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Touched {
    /// The table.
    pub table: &'static str,
    /// The row's primary key.
    pub id: String,
}

impl Touched {
    /// Names a row.
    #[must_use]
    pub fn new(table: &'static str, id: impl fmt::Display) -> Self {
        Self { table, id: id.to_string() }
    }
}

/// A table each of whose rows is watched: the last entry that touched a row fixes its content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tracked {
    /// The table.
    pub table: &'static str,
    /// Its primary key column.
    pub key: &'static str,
}

impl Tx {
    /// Writes the audit entry of this transaction's change; call it after the rows were written. A row of `touched`
    /// that is not there is recorded as deleted.
    pub async fn record(&mut self, entry: Entry<'_>) -> Result<AuditSeq, StoreError> {
        if !self.can_record() {
            return Err(StoreError::ReadOnly { sql: entry.verb.to_owned() });
        }
        let seq = next_seq(self).await?;
        let touch_salt = salt()?;
        let touches = touch::read(self, entry.touched, &touch_salt).await?;
        let body = canonical(&json!({ "facts": entry.facts, "why": entry.why }));
        let body_salt = salt()?;
        let head = Header {
            seq,
            at: entry.at.to_string(),
            actor: entry.actor.to_owned(),
            verb: entry.verb.to_owned(),
            subject: entry.subject.to_owned(),
            touched_hash: touch::hash_of(&touches),
        };
        let body_hash = body_hash(&body_salt, &body);
        self.run_unaudited(
            "INSERT INTO audit_entry (seq, at, actor, verb, subject, touched_hash, touch_salt, body_hash, salt, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            params![
                seq,
                &head.at,
                &head.actor,
                &head.verb,
                &head.subject,
                hex::encode(head.touched_hash),
                hex::encode(touch_salt),
                hex::encode(body_hash),
                hex::encode(body_salt),
                body
            ],
            Why::Bookkeeping,
        )
        .await?;
        write_touches(self, seq, &touches).await?;
        grow_tree(self, seq, head.leaf(&body_hash)).await?;
        self.mark_recorded();
        Ok(AuditSeq(seq))
    }
}

/// The part of an entry that always stays.
pub(super) struct Header {
    pub(super) seq: i64,
    pub(super) at: String,
    pub(super) actor: String,
    pub(super) verb: String,
    pub(super) subject: String,
    pub(super) touched_hash: Hash,
}

impl Header {
    /// `SM3(0x00 ‖ header ‖ body hash)`. The header is canonical JSON, which shows its own end, and the body hash has a
    /// fixed length, so that no two entries share their bytes.
    pub(super) fn leaf(&self, body_hash: &Hash) -> Hash {
        let header = canonical(&json!({
            "actor": self.actor,
            "at": self.at,
            "seq": self.seq,
            "subject": self.subject,
            "touched": hex::encode(self.touched_hash),
            "verb": self.verb,
        }));
        let mut data = header.into_bytes();
        data.extend_from_slice(body_hash);
        tree::leaf_hash(&data)
    }
}

/// `SM3(salt ‖ body)`.
pub(super) fn body_hash(salt: &[u8; 32], body: &str) -> Hash {
    Sm3::new().chain_update(salt).chain_update(body.as_bytes()).finalize().into()
}

/// Salts come from the system, never from a seeded source: a guessable one would open erased bodies to guessing.
fn salt() -> Result<[u8; 32], StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::NoChance { detail: error.to_string() })?;
    Ok(bytes)
}

async fn next_seq(tx: &mut Tx) -> Result<i64, StoreError> {
    let newest = tx.one("SELECT COALESCE(MAX(seq), 0) AS newest FROM audit_entry", params![]).await?;
    Ok(newest.map(|row| row.int("newest")).transpose()?.unwrap_or(0) + 1)
}

async fn write_touches(tx: &mut Tx, seq: i64, touches: &[Touch]) -> Result<(), StoreError> {
    for chunk in touches.chunks(touch::CHUNK) {
        let mut places = Vec::with_capacity(chunk.len());
        let mut values = Vec::with_capacity(chunk.len() * 5);
        for touch in chunk {
            let at = values.len();
            places.push(format!("(${}, ${}, ${}, ${}, ${})", at + 1, at + 2, at + 3, at + 4, at + 5));
            values.extend(params![
                touch.table.as_str(),
                touch.id.as_str(),
                seq,
                touch.before.as_deref(),
                touch.after.as_deref()
            ]);
        }
        let sql =
            format!("INSERT INTO audit_touch (tbl, row_id, seq, before_hash, after_hash) VALUES {}", places.join(", "));
        tx.run_unaudited(&sql, values, Why::Bookkeeping).await?;
    }
    Ok(())
}

/// A node that is there already means that entries were cut off at the end: nothing is added to a damaged trail.
async fn grow_tree(tx: &mut Tx, seq: i64, leaf: Hash) -> Result<(), StoreError> {
    let mut frontier = frontier_at(tx, seq - 1).await?;
    for (at, hash) in frontier.push(leaf) {
        let index = i64::try_from(at.index)
            .map_err(|_| StoreError::TrailDamaged { detail: format!("no node has the number {}", at.index) })?;
        tx.run_unaudited(
            "INSERT INTO audit_node (level, idx, hash) VALUES ($1, $2, $3)",
            params![at.level, index, hex::encode(hash)],
            Why::Bookkeeping,
        )
        .await
        .map_err(|error| match error {
            StoreError::Duplicate { .. } => {
                StoreError::TrailDamaged { detail: format!("entries after {} are missing", seq - 1) }
            }
            other => other,
        })?;
    }
    Ok(())
}
