//! Accounts: who can sign in, as what. Nobody is deleted: an account that acted stays nameable, and its login is never
//! given to someone else.

mod add;
mod built_in;
mod change_password;
mod close;
mod password;
mod sign_in;

pub use add::{NewAccount, add};
pub use built_in::{BuiltIn, built_in, inbox};
pub use change_password::{change_own_password, reset_password};
pub use close::close;
pub use password::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, random_password};
pub use sign_in::{LOCK_OUT_MINUTES, WRONG_PASSWORDS_MAX, sign_in};

use mingcha_domain::{AccountId, Instant};
use mingcha_store::{Row, StoreError, Tx, params};

use crate::{AccessError, Action, Actor, Desk, Role, Subject};

/// An account as it is listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Who.
    pub actor: Actor,
    /// Whether it can sign in and act.
    pub active: bool,
    /// Whether it has a password; those of the command line and the jobs have none.
    pub has_password: bool,
    /// Since when.
    pub created_at: Instant,
}

/// All accounts by login.
pub async fn list(desk: &mut Desk) -> Result<Vec<Account>, AccessError> {
    desk.ask(Action::AccountManage, Subject::house())?;
    let rows = desk
        .tx()
        .all(
            "SELECT id, login, name, role, unit, state, created_at, \
             CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS has_password FROM account ORDER BY login",
            params![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Account {
                actor: actor_from(row)?,
                active: row.text("state")? == "active",
                has_password: row.get("has_password")?,
                created_at: row.get("created_at")?,
            })
        })
        .collect()
}

/// The active account with this login: whom the command line acts as. No question is asked here; the desk does that.
pub async fn by_login(tx: &mut Tx, login: &str) -> Result<Option<Actor>, StoreError> {
    let row = tx
        .one("SELECT id, login, name, role, unit FROM account WHERE login = $1 AND state = 'active'", params![login])
        .await?;
    row.as_ref().map(actor_from).transpose()
}

/// The account as it is now, if it may act.
pub(crate) async fn active(tx: &mut Tx, account: AccountId) -> Result<Option<Actor>, StoreError> {
    let row = tx
        .one("SELECT id, login, name, role, unit FROM account WHERE id = $1 AND state = 'active'", params![account])
        .await?;
    row.as_ref().map(actor_from).transpose()
}

pub(crate) fn actor_from(row: &Row) -> Result<Actor, StoreError> {
    let role: Role = row.text("role")?.parse().map_err(|error: crate::NoSuchRole| StoreError::Unreadable {
        what: "account.role",
        detail: error.to_string(),
    })?;
    Ok(Actor {
        account: row.get("id")?,
        login: row.get("login")?,
        name: row.get("name")?,
        role,
        unit: row.get("unit")?,
    })
}
