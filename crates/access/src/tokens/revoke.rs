//! A token is revoked: from now on it opens nothing. What was done with it stays under the system's name.

use mingcha_domain::TokenId;
use mingcha_store::{Touched, params};
use serde_json::json;

use crate::{AccessError, Action, Desk, Record, Subject};

/// Revokes a token for a reason and commits. One that was revoked before is as if it were not there.
pub async fn revoke(mut desk: Desk, id: TokenId, why: &str) -> Result<(), AccessError> {
    let permit = desk.ask(Action::AccountManage, Subject::house())?;
    let why = why.trim();
    if why.is_empty() {
        return Err(AccessError::WhyMissing);
    }
    let (now, by) = (desk.now, desk.actor.name.clone());
    let revoked = desk
        .tx()
        .run(
            "UPDATE api_token SET revoked_at = $2, revoked_by_name = $3, revoked_why = $4 \
             WHERE id = $1 AND revoked_at IS NULL",
            params![id, now, by, why],
        )
        .await?;
    if revoked == 0 {
        return Err(AccessError::NoSuchToken { token: id.to_string() });
    }
    let row = desk
        .tx()
        .one("SELECT a.name FROM api_token t JOIN account a ON a.id = t.account WHERE t.id = $1", params![id])
        .await?;
    let system: Option<String> = row.map(|row| row.get("name")).transpose()?;
    let (subject, touched) = (format!("token:{id}"), [Touched::new("api_token", id)]);
    let facts = json!({ "system": system });
    let record = Record { verb: "token.revoke", subject: &subject, why: Some(why), touched: &touched, facts };
    desk.record(&permit, record).await?;
    Ok(desk.commit().await?)
}
