//! A new account.

use mingcha_domain::AccountId;
use mingcha_store::{StoreError, Touched, params};
use serde_json::json;

use super::password;
use crate::{AccessError, Action, Desk, Record, Role, Subject, units};

/// Who shall be able to act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewAccount {
    /// The name to sign in with: 2 to 32 of a–z, 0–9, dot and hyphen.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// What the person is here for.
    pub role: Role,
    /// The code of the person's unit; a clerk needs one.
    pub unit: Option<String>,
    /// The first password.
    pub password: String,
}

/// Adds an account and commits.
pub async fn add(mut desk: Desk, new: NewAccount) -> Result<AccountId, AccessError> {
    let permit = desk.ask(Action::AccountManage, Subject::house())?;
    check(&mut desk, &new).await?;
    let hash = password::hash(&new.password, desk.random()).await?;
    let account = AccountId::from_random(desk.random());
    let now = desk.now;
    desk.tx()
        .run(
            "INSERT INTO account (id, login, name, role, unit, password_hash, state, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, 'active', $7)",
            params![account, &new.login, new.name.trim(), new.role.name(), new.unit.as_deref(), hash, now],
        )
        .await
        .map_err(|error| match error {
            StoreError::Duplicate { .. } => AccessError::LoginTaken { login: new.login.clone() },
            other => other.into(),
        })?;
    desk.record(
        &permit,
        Record {
            verb: "account.add",
            subject: &format!("account:{account}"),
            why: None,
            touched: &[Touched::new("account", account)],
            facts: json!({ "login": new.login, "role": new.role.name(), "unit": new.unit }),
        },
    )
    .await?;
    desk.commit().await?;
    Ok(account)
}

async fn check(desk: &mut Desk, new: &NewAccount) -> Result<(), AccessError> {
    let wellformed = (2..=32).contains(&new.login.len())
        && new.login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-');
    if !wellformed {
        return Err(AccessError::LoginForm { login: new.login.clone() });
    }
    if new.name.trim().is_empty() {
        return Err(AccessError::NameMissing);
    }
    password::accepted(&new.login, &new.password)?;
    match &new.unit {
        None if new.role == Role::Clerk => Err(AccessError::UnitMissing { role: new.role }),
        None => Ok(()),
        Some(unit) if units::find(desk.tx(), unit).await?.is_some() => Ok(()),
        Some(unit) => Err(AccessError::NoSuchUnit { unit: unit.clone() }),
    }
}
