//! Whose token this is, and what it may be used for.

use mingcha_domain::{Instant, TokenId};
use mingcha_store::{Entry, StoreError, Why, params};
use serde_json::json;

use super::{PREFIX, TokenScope, hash_of, read};
use crate::{AccessError, Actor, Office, accounts};

/// A call notes that the token was used, but not more often than this.
const SEEN_EVERY_SECONDS: i64 = 60;

/// Who calls with a token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bearer {
    /// The token's number.
    pub id: TokenId,
    /// The system's account, as it is now.
    pub actor: Actor,
    /// What the token may be used for.
    pub scopes: Vec<TokenScope>,
}

impl Bearer {
    /// An error unless the token may be used for this.
    pub fn may(&self, scope: TokenScope) -> Result<(), AccessError> {
        if self.scopes.contains(&scope) { Ok(()) } else { Err(AccessError::ScopeMissing { scope }) }
    }
}

/// The bearer of this token, if it is good now; notes that it was used.
pub async fn find(office: &Office, token: &str) -> Result<Bearer, AccessError> {
    if !is_token(token) {
        return Err(AccessError::NoToken);
    }
    let now = office.now();
    let mut tx = office.store().read().await?;
    let row = tx
        .one(
            "SELECT t.id AS token, t.scopes, t.expires_at, t.revoked_at, s.seen_at, a.id, a.login, a.name, a.role, a.unit \
             FROM api_token t JOIN account a ON a.id = t.account LEFT JOIN api_token_seen s ON s.token = t.id \
             WHERE t.hash = $1 AND a.state = 'active'",
            params![hash_of(token)],
        )
        .await?
        .ok_or(AccessError::NoToken)?;
    drop(tx);
    if let Some(at) = row.get("revoked_at")? {
        return Err(AccessError::TokenRevoked { at });
    }
    let expires_at: Instant = row.get("expires_at")?;
    if expires_at <= now {
        return Err(AccessError::TokenExpired { at: expires_at });
    }
    let id: TokenId = row.get("token")?;
    let seen_at: Option<Instant> = row.get("seen_at")?;
    if seen_at.is_none_or(|seen| seen.plus_seconds(SEEN_EVERY_SECONDS) <= now) {
        see(office, id, now).await?;
    }
    Ok(Bearer { id, actor: accounts::actor_from(&row)?, scopes: read(row.text("scopes")?) })
}

async fn see(office: &Office, token: TokenId, now: Instant) -> Result<(), StoreError> {
    let mut tx = office.store().begin_unaudited().await?;
    tx.run_unaudited(
        "INSERT INTO api_token_seen (token, seen_at) VALUES ($1, $2) \
         ON CONFLICT (token) DO UPDATE SET seen_at = excluded.seen_at",
        params![token, now],
        Why::Session,
    )
    .await?;
    tx.commit().await
}

/// Puts on record that somebody at this address tried wrong tokens until it was stopped.
pub async fn note_guessing(office: &Office, address: &str, wrong: u32, seconds: u64) -> Result<(), StoreError> {
    let mut tx = office.store().begin().await?;
    tx.record(Entry {
        at: office.now(),
        actor: "system",
        verb: "token.guessed",
        subject: &format!("address:{address}"),
        why: None,
        touched: &[],
        facts: json!({ "wrong_tokens": wrong, "seconds": seconds }),
    })
    .await?;
    tx.commit().await
}

fn is_token(text: &str) -> bool {
    text.strip_prefix(PREFIX).is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}
