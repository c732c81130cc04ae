//! A new token for a system.

use mingcha_domain::{AccountId, Instant, TokenId};
use mingcha_store::{Touched, params};
use serde_json::json;

use super::{PREFIX, TokenScope, hash_of, login_of, written};
use crate::{AccessError, Action, Desk, Record, Role, Subject, accounts, units};

/// Most characters of a system's name.
pub const NAME_CHARS_MAX: usize = 40;
/// Most days for which a token is good.
pub const DAYS_MAX: i64 = 730;

/// For which system, and how far it reaches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewToken {
    /// The system's name, as the trail will show it.
    pub system: String,
    /// The code of the unit whose clerk it acts as.
    pub unit: String,
    /// What it may be used for.
    pub scopes: Vec<TokenScope>,
    /// For how many days from now.
    pub days: i64,
}

/// A token that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Added {
    /// Its number, for the list and for revoking it.
    pub id: TokenId,
    /// The token itself: shown once, kept nowhere.
    pub token: String,
    /// When it ends.
    pub expires_at: Instant,
}

/// Makes a token, and the system's account with its first one. Commits.
pub async fn add(mut desk: Desk, new: NewToken) -> Result<Added, AccessError> {
    let permit = desk.ask(Action::AccountManage, Subject::house())?;
    let system = new.system.trim().to_owned();
    check(&mut desk, &system, &new).await?;
    let mut touched = Vec::new();
    let account = account_of(&mut desk, &system, &new.unit, &mut touched).await?;
    let mut secret = [0; 32];
    desk.fill(&mut secret);
    let token = format!("{PREFIX}{}", hex::encode(secret));
    let id = TokenId::from_random(desk.random());
    let (now, by) = (desk.now, desk.actor.name.clone());
    let expires_at = now.plus_seconds(new.days * 24 * 3600);
    desk.tx()
        .run(
            "INSERT INTO api_token (id, account, hash, scopes, created_at, created_by_name, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            params![id, account, hash_of(&token), written(&new.scopes), now, by, expires_at],
        )
        .await?;
    touched.push(Touched::new("api_token", id));
    let facts = json!({ "system": system, "unit": new.unit, "scopes": written(&new.scopes),
                        "expires_at": expires_at.to_string() });
    let subject = format!("token:{id}");
    desk.record(&permit, Record { verb: "token.add", subject: &subject, why: None, touched: &touched, facts }).await?;
    desk.commit().await?;
    Ok(Added { id, token, expires_at })
}

async fn check(desk: &mut Desk, system: &str, new: &NewToken) -> Result<(), AccessError> {
    let length = system.chars().count();
    if length == 0 || length > NAME_CHARS_MAX || system.chars().any(char::is_control) {
        return Err(AccessError::SystemName { max: NAME_CHARS_MAX });
    }
    if new.scopes.is_empty() {
        return Err(AccessError::NoScope);
    }
    if !(1..=DAYS_MAX).contains(&new.days) {
        return Err(AccessError::TokenDays { max: DAYS_MAX });
    }
    match units::find(desk.tx(), &new.unit).await? {
        Some(_) => Ok(()),
        None => Err(AccessError::NoSuchUnit { unit: new.unit.clone() }),
    }
}

/// The account that the system has already, or a new one. It stays with its unit: what the trail says of it must not come
/// to mean another one.
async fn account_of(
    desk: &mut Desk,
    system: &str,
    unit: &str,
    touched: &mut Vec<Touched>,
) -> Result<AccountId, AccessError> {
    let login = login_of(system);
    if let Some(known) = accounts::by_login(desk.tx(), &login).await? {
        let same = known.unit.as_deref() == Some(unit) && known.role == Role::Clerk;
        return if same { Ok(known.account) } else { Err(AccessError::SystemOfOther { system: system.to_owned() }) };
    }
    let account = AccountId::from_random(desk.random());
    let now = desk.now;
    let added = desk
        .tx()
        .run(
            "INSERT INTO account (id, login, name, role, unit, password_hash, state, created_at) \
             VALUES ($1, $2, $3, $4, $5, NULL, 'active', $6)",
            params![account, &login, system, Role::Clerk.name(), unit, now],
        )
        .await;
    added.map_err(|error| match error {
        mingcha_store::StoreError::Duplicate { .. } => AccessError::LoginTaken { login },
        other => other.into(),
    })?;
    touched.push(Touched::new("account", account));
    Ok(account)
}
