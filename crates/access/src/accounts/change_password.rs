//! A new password: by the person, who knows the old one, or by whoever manages accounts.

use mingcha_domain::AccountId;
use mingcha_store::{Entry, Row, StoreError, Touched, Tx, Why, params};
use serde_json::json;

use super::password;
use crate::{AccessError, Action, Actor, Desk, Office, Record, Subject};

/// Changes the actor's own password and ends all sessions of the account.
pub async fn change_own_password(office: &Office, actor: &Actor, old: &str, new: &str) -> Result<(), AccessError> {
    password::accepted(&actor.login, new)?;
    let mut tx = office.store().read().await?;
    let row =
        tx.one("SELECT password_hash FROM account WHERE id = $1 AND state = 'active'", params![actor.account]).await?;
    drop(tx);
    let known: Option<String> = row.map(|row| row.get("password_hash")).transpose()?.flatten();
    if !password::fits(old, known.as_deref()).await? {
        return Err(AccessError::WrongPassword);
    }
    let hash = password::hash(new, office.random()).await?;
    let desk = office.desk(actor).await?;
    let (now, mut tx) = (desk.now, desk.into_tx());
    save(&mut tx, actor.account, &hash).await?;
    tx.record(Entry {
        at: now,
        actor: &actor.login,
        verb: "account.change_password",
        subject: &format!("account:{}", actor.account),
        why: None,
        touched: &[Touched::new("account", actor.account)],
        facts: json!({}),
    })
    .await?;
    Ok(tx.commit().await?)
}

/// Sets another person's password (never that of an account nobody signs in as: console, jobs, systems), ends all sessions of the account and lifts its lock-out. Commits.
pub async fn reset_password(mut desk: Desk, login: &str, new: &str) -> Result<(), AccessError> {
    let permit = desk.ask(Action::AccountManage, Subject::house())?;
    password::accepted(login, new)?;
    let row = desk
        .tx()
        .one(
            "SELECT id FROM account WHERE login = $1 AND state = 'active' AND password_hash IS NOT NULL",
            params![login],
        )
        .await?;
    let row: Row = row.ok_or_else(|| AccessError::NoSuchAccount { login: login.to_owned() })?;
    let account: AccountId = row.get("id")?;
    let hash = password::hash(new, desk.random()).await?;
    save(desk.tx(), account, &hash).await?;
    desk.record(
        &permit,
        Record {
            verb: "account.reset_password",
            subject: &format!("account:{account}"),
            why: None,
            touched: &[Touched::new("account", account)],
            facts: json!({ "login": login }),
        },
    )
    .await?;
    Ok(desk.commit().await?)
}

async fn save(tx: &mut Tx, account: AccountId, hash: &str) -> Result<(), StoreError> {
    tx.run("UPDATE account SET password_hash = $2 WHERE id = $1", params![account, hash]).await?;
    tx.run_unaudited("DELETE FROM session WHERE account = $1", params![account], Why::Session).await?;
    tx.run_unaudited("DELETE FROM sign_in WHERE account = $1", params![account], Why::Session).await?;
    Ok(())
}
