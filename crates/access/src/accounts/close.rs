//! Closing an account: it can no longer sign in or act; what it did stays under its name.

use mingcha_domain::AccountId;
use mingcha_store::{Touched, Why, params};
use serde_json::json;

use crate::{AccessError, Action, Desk, Record, Subject};

/// Closes an account, ends its sessions and commits. The built-in accounts cannot be closed.
pub async fn close(mut desk: Desk, login: &str, why: &str) -> Result<(), AccessError> {
    let permit = desk.ask(Action::AccountManage, Subject::house())?;
    let row = desk
        .tx()
        .one(
            "SELECT id FROM account WHERE login = $1 AND state = 'active' AND login NOT IN ('console', 'system', '收件夹')",
            params![login],
        )
        .await?
        .ok_or_else(|| AccessError::NoSuchAccount { login: login.to_owned() })?;
    let account: AccountId = row.get("id")?;
    desk.tx().run("UPDATE account SET state = 'closed' WHERE id = $1", params![account]).await?;
    desk.tx().run_unaudited("DELETE FROM session WHERE account = $1", params![account], Why::Session).await?;
    desk.record(
        &permit,
        Record {
            verb: "account.close",
            subject: &format!("account:{account}"),
            why: Some(why),
            touched: &[Touched::new("account", account)],
            facts: json!({ "login": login }),
        },
    )
    .await?;
    Ok(desk.commit().await?)
}
