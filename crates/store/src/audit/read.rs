//! Reading the trail: newest first, in pages.

use mingcha_domain::Instant;
use serde_json::Value;

use super::AuditSeq;
use crate::{StoreError, Tx, params};

/// Which entries are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryFilter {
    /// Only those about this subject.
    pub subject: Option<String>,
    /// Only those by this account.
    pub actor: Option<String>,
    /// Only those older than this one: the cursor.
    pub before: Option<AuditSeq>,
    /// At most so many.
    pub limit: u32,
}

/// An entry as it is shown.
#[derive(Clone, PartialEq, Debug)]
pub struct EntryRead {
    /// Its number.
    pub seq: AuditSeq,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: String,
    /// What was done.
    pub verb: String,
    /// To what.
    pub subject: String,
    /// Facts and reason; `None` when they were erased by law.
    pub body: Option<EntryBody>,
}

/// The part of an entry that can be erased.
#[derive(Clone, PartialEq, Debug)]
pub struct EntryBody {
    /// The reason given.
    pub why: Option<String>,
    /// What the room recorded.
    pub facts: Value,
}

/// The newest entries that fit the filter.
pub async fn list(tx: &mut Tx, filter: &EntryFilter) -> Result<Vec<EntryRead>, StoreError> {
    let rows = tx
        .all(
            "SELECT seq, at, actor, verb, subject, body FROM audit_entry \
             WHERE ($1 IS NULL OR subject = $1) AND ($2 IS NULL OR actor = $2) AND seq < $3 ORDER BY seq DESC LIMIT $4",
            params![
                filter.subject.as_deref(),
                filter.actor.as_deref(),
                filter.before.map_or(i64::MAX, |seq| seq.0),
                filter.limit
            ],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(EntryRead {
                seq: AuditSeq(row.int("seq")?),
                at: row.get("at")?,
                actor: row.get("actor")?,
                verb: row.get("verb")?,
                subject: row.get("subject")?,
                body: row.opt_text("body")?.map(body_from).transpose()?,
            })
        })
        .collect()
}

fn body_from(text: &str) -> Result<EntryBody, StoreError> {
    let mut body: Value = serde_json::from_str(text)
        .map_err(|error| StoreError::Unreadable { what: "audit_entry.body", detail: error.to_string() })?;
    let why = body.get("why").and_then(Value::as_str).map(str::to_owned);
    Ok(EntryBody { why, facts: body.get_mut("facts").map(Value::take).unwrap_or_default() })
}
