//! Tokens: what another system calls with. A token acts as an account of its own, without a password, which may what a
//! clerk of its unit may, and of that only what its scopes name; the store keeps only its SM3.
//!
//! One account per system, named by the system, so that the trail says who called; a system may hold two tokens while it
//! changes from one to the next.

mod add;
mod find;
mod list;
mod revoke;

pub use add::{Added, DAYS_MAX, NAME_CHARS_MAX, NewToken, add};
pub use find::{Bearer, find, note_guessing};
pub use list::{Listed, list};
pub use revoke::revoke;

use std::fmt;
use std::str::FromStr;

use sm3::{Digest, Sm3};

/// What a token may be used for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TokenScope {
    /// Read ledgers, rows, batches.
    LedgerRead,
    /// Import sheets and withdraw batches.
    LedgerImport,
}

impl TokenScope {
    /// All scopes.
    pub const ALL: [Self; 2] = [Self::LedgerRead, Self::LedgerImport];

    /// Its name, in the store, on the command line and in the description of the interface.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LedgerRead => "ledger:read",
            Self::LedgerImport => "ledger:import",
        }
    }
}

impl fmt::Display for TokenScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Not the name of a scope.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("there is no scope {0}")]
pub struct NoSuchScope(pub String);

impl FromStr for TokenScope {
    type Err = NoSuchScope;
    fn from_str(text: &str) -> Result<Self, NoSuchScope> {
        Self::ALL.into_iter().find(|scope| scope.name() == text).ok_or_else(|| NoSuchScope(text.to_owned()))
    }
}

/// How every token begins, so that one that was left in a file is recognised.
const PREFIX: &str = "mct_";

/// What the store keeps of a token.
fn hash_of(token: &str) -> String {
    hex::encode(Sm3::digest(token.as_bytes()))
}

/// The login of a system's account. A person's login has no colon.
fn login_of(system: &str) -> String {
    format!("api:{system}")
}

/// Scopes as the store keeps them.
fn written(scopes: &[TokenScope]) -> String {
    let mut scopes = scopes.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
}

/// Scopes as the store keeps them, read again. One that a later version wrote allows nothing.
fn read(scopes: &str) -> Vec<TokenScope> {
    scopes.split(' ').filter_map(|scope| scope.parse().ok()).collect()
}
