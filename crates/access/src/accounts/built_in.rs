//! The accounts of no person: two that a new store begins with, and the watched folder's. Nobody can sign in as them.

use mingcha_domain::AccountId;
use mingcha_store::{Entry, StoreError, Touched, params};
use serde_json::json;

use super::by_login;
use crate::{AccessError, Actor, Office, Role};

/// Who acts when no person does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BuiltIn {
    /// The command line, `console`.
    pub console: Actor,
    /// The jobs that run by themselves, `system`.
    pub system: Actor,
}

/// The built-in accounts; made, and recorded as made by the command line, when the store is new.
pub async fn built_in(office: &Office) -> Result<BuiltIn, AccessError> {
    let mut tx = office.store().read().await?;
    let found = (by_login(&mut tx, "console").await?, by_login(&mut tx, "system").await?);
    drop(tx);
    match found {
        (Some(console), Some(system)) => Ok(BuiltIn { console, system }),
        _ => Ok(BuiltIn {
            console: ensure(office, "console", "命令行").await?,
            system: ensure(office, "system", "系统任务").await?,
        }),
    }
}

/// The account of the watched folder; made with the first one that is watched.
pub async fn inbox(office: &Office) -> Result<Actor, AccessError> {
    Ok(ensure(office, INBOX, INBOX).await?)
}

/// Login and name are one: what the trail shows is what the folder is called.
const INBOX: &str = "收件夹";

async fn ensure(office: &Office, login: &str, name: &str) -> Result<Actor, StoreError> {
    let mut tx = office.store().begin().await?;
    if let Some(actor) = by_login(&mut tx, login).await? {
        return Ok(actor);
    }
    let account = AccountId::from_random(office.random());
    let now = office.now();
    tx.run(
        "INSERT INTO account (id, login, name, role, unit, password_hash, state, created_at) \
         VALUES ($1, $2, $3, $4, NULL, NULL, 'active', $5)",
        params![account, login, name, Role::Console.name(), now],
    )
    .await?;
    tx.record(Entry {
        at: now,
        actor: "console",
        verb: "account.found",
        subject: &format!("account:{account}"),
        why: None,
        touched: &[Touched::new("account", account)],
        facts: json!({ "login": login, "role": Role::Console.name() }),
    })
    .await?;
    tx.commit().await?;
    Ok(Actor { account, login: login.to_owned(), name: name.to_owned(), role: Role::Console, unit: None })
}
