//! Sessions: what a signed-in browser holds is a random token; the store keeps only its SM3.

use mingcha_domain::{AccountId, Instant};
use mingcha_store::{StoreError, Why, params};
use serde_json::json;
use sm3::{Digest, Sm3};
use subtle::ConstantTimeEq;

use crate::{AccessError, Action, Actor, Desk, Office, Record, Subject, accounts};

/// Hours after which a session ends in any case.
pub const HOURS_MAX: i64 = 12;
/// Hours without a request after which it ends.
pub const IDLE_HOURS_MAX: i64 = 2;
/// A request notes that the session was seen, but not more often than this.
const SEEN_EVERY_SECONDS: i64 = 60;

/// A session that was just opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    /// For the cookie; not kept anywhere else.
    pub token: String,
    /// The session.
    pub session: Session,
}

/// A session that is valid now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Who is signed in, as the account is now.
    pub actor: Actor,
    /// What every form of this session carries.
    pub csrf: String,
    /// Since when.
    pub created_at: Instant,
    /// When it ends in any case.
    pub expires_at: Instant,
}

impl Session {
    /// An error unless the form carries this session's token.
    pub fn check_form(&self, csrf: &str) -> Result<(), AccessError> {
        let same: bool = self.csrf.as_bytes().ct_eq(csrf.as_bytes()).into();
        if same { Ok(()) } else { Err(AccessError::ForgedForm) }
    }
}

/// A session as it is listed: when, not its token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Since when.
    pub created_at: Instant,
    /// The last request, to the minute.
    pub seen_at: Instant,
    /// When it ends in any case.
    pub expires_at: Instant,
}

/// Opens a session for an account whose password was checked.
pub(crate) async fn open(office: &Office, actor: Actor) -> Result<Opened, AccessError> {
    let (token, csrf) = (random_hex(office), random_hex(office));
    let now = office.now();
    let expires_at = now.plus_seconds(HOURS_MAX * 3600);
    let mut tx = office.store().begin_unaudited().await?;
    tx.run_unaudited(
        "DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2",
        params![now, now.plus_seconds(-IDLE_HOURS_MAX * 3600)],
        Why::Session,
    )
    .await?;
    tx.run_unaudited(
        "INSERT INTO session (id_hash, account, csrf, created_at, expires_at, seen_at) VALUES ($1, $2, $3, $4, $5, $4)",
        params![id_hash(&token), actor.account, &csrf, now, expires_at],
        Why::Session,
    )
    .await?;
    tx.commit().await?;
    Ok(Opened { token, session: Session { actor, csrf, created_at: now, expires_at } })
}

/// The session of this token, if it is still valid; notes that it was seen.
pub async fn find(office: &Office, token: &str) -> Result<Session, AccessError> {
    if !is_token(token) {
        return Err(AccessError::NoSession);
    }
    let (now, id) = (office.now(), id_hash(token));
    let mut tx = office.store().read().await?;
    let row = tx
        .one(
            "SELECT s.csrf, s.created_at, s.expires_at, s.seen_at, a.id, a.login, a.name, a.role, a.unit \
             FROM session s JOIN account a ON a.id = s.account WHERE s.id_hash = $1 AND a.state = 'active'",
            params![&id],
        )
        .await?
        .ok_or(AccessError::NoSession)?;
    drop(tx);
    let (expires_at, seen_at): (Instant, Instant) = (row.get("expires_at")?, row.get("seen_at")?);
    if expires_at <= now || seen_at.plus_seconds(IDLE_HOURS_MAX * 3600) <= now {
        return Err(AccessError::NoSession);
    }
    if seen_at.plus_seconds(SEEN_EVERY_SECONDS) <= now {
        let mut tx = office.store().begin_unaudited().await?;
        tx.run_unaudited("UPDATE session SET seen_at = $2 WHERE id_hash = $1", params![&id, now], Why::Session).await?;
        tx.commit().await?;
    }
    Ok(Session {
        actor: accounts::actor_from(&row)?,
        csrf: row.get("csrf")?,
        created_at: row.get("created_at")?,
        expires_at,
    })
}

/// Ends a session; nothing happens when there is none.
pub async fn close(office: &Office, token: &str) -> Result<(), StoreError> {
    let mut tx = office.store().begin_unaudited().await?;
    tx.run_unaudited("DELETE FROM session WHERE id_hash = $1", params![id_hash(token)], Why::Session).await?;
    tx.commit().await
}

/// The sessions of an account, newest first: one's own, or anyone's for whoever manages accounts.
pub async fn list(desk: &mut Desk, account: AccountId) -> Result<Vec<Listed>, AccessError> {
    if account != desk.actor.account {
        desk.ask(Action::AccountManage, Subject::house())?;
    }
    let now = desk.now;
    let rows = desk
        .tx()
        .all(
            "SELECT created_at, seen_at, expires_at FROM session WHERE account = $1 AND expires_at > $2 \
             AND seen_at > $3 ORDER BY created_at DESC, id_hash",
            params![account, now, now.plus_seconds(-IDLE_HOURS_MAX * 3600)],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Listed {
                created_at: row.get("created_at")?,
                seen_at: row.get("seen_at")?,
                expires_at: row.get("expires_at")?,
            })
        })
        .collect()
}

/// Ends every session of another person's account and returns how many. Commits.
pub async fn revoke(mut desk: Desk, account: AccountId, why: &str) -> Result<u64, AccessError> {
    let permit = desk.ask(Action::AccountManage, Subject::house())?;
    let ended =
        desk.tx().run_unaudited("DELETE FROM session WHERE account = $1", params![account], Why::Session).await?;
    desk.record(
        &permit,
        Record {
            verb: "session.revoke",
            subject: &format!("account:{account}"),
            why: Some(why),
            touched: &[],
            facts: json!({ "sessions": ended }),
        },
    )
    .await?;
    desk.commit().await?;
    Ok(ended)
}

fn random_hex(office: &Office) -> String {
    let mut bytes = [0; 32];
    office.fill(&mut bytes);
    hex::encode(bytes)
}

fn id_hash(token: &str) -> String {
    hex::encode(Sm3::digest(token.as_bytes()))
}

fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}
