//! Signing in, and what happens after too many wrong passwords.

use mingcha_domain::{AccountId, Instant};
use mingcha_store::{Entry, StoreError, Why, params};
use serde_json::json;

use super::{actor_from, password};
use crate::{AccessError, Actor, Office, sessions};

/// Wrong passwords in a row after which an account is locked for a while.
pub const WRONG_PASSWORDS_MAX: i64 = 5;
/// Minutes for which it is locked.
pub const LOCK_OUT_MINUTES: i64 = 15;

/// Checks login and password and opens a session. Every refusal is the same [`AccessError::WrongPassword`] and takes as
/// long: no such login, closed, locked, wrong.
pub async fn sign_in(office: &Office, login: &str, password: &str) -> Result<sessions::Opened, AccessError> {
    let found = find(office, login).await?;
    let attempt = match &found {
        Some((actor, Some(_))) => attempt(office, actor.account).await?,
        _ => Attempt::Locked,
    };
    let hash = match attempt {
        Attempt::Number(_) => found.as_ref().and_then(|(_, hash)| hash.as_deref()),
        Attempt::Locked => None,
    };
    let fits = password.chars().count() <= password::PASSWORD_CHARS_MAX && password::fits(password, hash).await?;
    match (found, attempt) {
        (Some((actor, _)), _) if fits => {
            forget(office, actor.account).await?;
            sessions::open(office, actor).await
        }
        (Some((actor, _)), Attempt::Number(number)) if number >= WRONG_PASSWORDS_MAX => {
            lock(office, &actor).await?;
            Err(AccessError::WrongPassword)
        }
        _ => Err(AccessError::WrongPassword),
    }
}

enum Attempt {
    /// The how-manieth attempt since the last success or lock-out.
    Number(i64),
    /// None is allowed now.
    Locked,
}

async fn find(office: &Office, login: &str) -> Result<Option<(Actor, Option<String>)>, StoreError> {
    if login.contains('\0') {
        return Ok(None);
    }
    let mut tx = office.store().read().await?;
    let row = tx
        .one(
            "SELECT id, login, name, role, unit, password_hash FROM account WHERE login = $1 AND state = 'active'",
            params![login.trim()],
        )
        .await?;
    row.map(|row| Ok((actor_from(&row)?, row.get("password_hash")?))).transpose()
}

/// Counts the attempt before the password is checked: many at the same time count as many.
async fn attempt(office: &Office, account: AccountId) -> Result<Attempt, StoreError> {
    let now = office.now();
    let mut tx = office.store().begin_unaudited().await?;
    tx.run_unaudited(
        "INSERT INTO sign_in (account, failed) VALUES ($1, 1) \
         ON CONFLICT (account) DO UPDATE SET failed = sign_in.failed + 1",
        params![account],
        Why::Session,
    )
    .await?;
    let row = tx.one("SELECT failed, locked_until FROM sign_in WHERE account = $1", params![account]).await?;
    let Some(row) = row else { return Ok(Attempt::Locked) };
    let locked_until: Option<Instant> = row.get("locked_until")?;
    if locked_until.is_some_and(|until| until > now) {
        // Dropping the transaction forgets this attempt: those made while it is locked do not lock it for longer.
        return Ok(Attempt::Locked);
    }
    let number = row.int("failed")?;
    tx.commit().await?;
    Ok(if number > WRONG_PASSWORDS_MAX { Attempt::Locked } else { Attempt::Number(number) })
}

async fn forget(office: &Office, account: AccountId) -> Result<(), StoreError> {
    let mut tx = office.store().begin_unaudited().await?;
    tx.run_unaudited("DELETE FROM sign_in WHERE account = $1", params![account], Why::Session).await?;
    tx.commit().await
}

async fn lock(office: &Office, actor: &Actor) -> Result<(), StoreError> {
    let now = office.now();
    let until = now.plus_seconds(LOCK_OUT_MINUTES * 60);
    let mut tx = office.store().begin().await?;
    tx.run_unaudited(
        "UPDATE sign_in SET failed = 0, locked_until = $2 WHERE account = $1",
        params![actor.account, until],
        Why::Session,
    )
    .await?;
    tx.record(Entry {
        at: now,
        actor: &actor.login,
        verb: "account.lock",
        subject: &format!("account:{}", actor.account),
        why: None,
        touched: &[],
        facts: json!({ "until": until.to_string(), "wrong_passwords": WRONG_PASSWORDS_MAX }),
    })
    .await?;
    tx.commit().await
}
