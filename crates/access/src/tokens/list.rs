//! The tokens there are, for whoever manages accounts.

use mingcha_domain::{Instant, TokenId};
use mingcha_store::{Row, StoreError, params};

use super::{TokenScope, read};
use crate::{AccessError, Action, Desk, Subject};

/// A token as it is listed: never the token itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Its number.
    pub id: TokenId,
    /// The system's name.
    pub system: String,
    /// The code of the unit whose clerk it acts as.
    pub unit: Option<String>,
    /// What it may be used for.
    pub scopes: Vec<TokenScope>,
    /// Since when.
    pub created_at: Instant,
    /// By whom.
    pub created_by_name: String,
    /// When it ends.
    pub expires_at: Instant,
    /// When it was last used, to the minute.
    pub seen_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
    /// Whether it is good now.
    pub good: bool,
}

/// All tokens, those that are good first, then the newest.
pub async fn list(desk: &mut Desk) -> Result<Vec<Listed>, AccessError> {
    desk.ask(Action::AccountManage, Subject::house())?;
    let now = desk.now;
    let rows = desk
        .tx()
        .all(
            "SELECT t.id, a.name, a.unit, a.state, t.scopes, t.created_at, t.created_by_name, t.expires_at, \
             t.revoked_at, s.seen_at FROM api_token t JOIN account a ON a.id = t.account \
             LEFT JOIN api_token_seen s ON s.token = t.id ORDER BY t.created_at DESC, t.id",
            params![],
        )
        .await?;
    let mut all = rows.iter().map(|row| listed(row, now)).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|token| !token.good);
    Ok(all)
}

fn listed(row: &Row, now: Instant) -> Result<Listed, StoreError> {
    let (expires_at, revoked_at): (Instant, Option<Instant>) = (row.get("expires_at")?, row.get("revoked_at")?);
    Ok(Listed {
        id: row.get("id")?,
        system: row.get("name")?,
        unit: row.get("unit")?,
        scopes: read(row.text("scopes")?),
        created_at: row.get("created_at")?,
        created_by_name: row.get("created_by_name")?,
        expires_at,
        seen_at: row.get("seen_at")?,
        revoked_at,
        good: revoked_at.is_none() && expires_at > now && row.text("state")? == "active",
    })
}
