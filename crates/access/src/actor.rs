//! The person, or the command line, on whose behalf something happens.

use mingcha_domain::AccountId;

use crate::Role;

/// Who is asking. Its login is what the audit trail names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// The name to sign in with; unique and never reused.
    pub login: String,
    /// The person's name, as shown.
    pub name: String,
    /// What the person is here for.
    pub role: Role,
    /// The code of the person's unit, if the role has one.
    pub unit: Option<String>,
}
