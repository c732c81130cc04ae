//! Calls that are not as the interface describes them.

use mingcha_domain::{Kind, Trouble};

use crate::shell::Failure;

/// A parameter of the address that says nothing we know.
pub(super) fn parameter(name: &str, value: &str) -> Failure {
    let value: String = value.chars().take(80).collect();
    let trouble = Trouble::new("MC-API-004").with("name", name).with("value", value);
    Failure { trouble, kind: Kind::Invalid, log: format!("parameter {name}") }
}

/// A cursor of one version with the wish for another.
pub(super) fn other_version(as_of: i64, cursor: i64) -> Failure {
    let trouble = Trouble::new("MC-API-009").with("as_of", as_of).with("cursor", cursor);
    Failure { trouble, kind: Kind::Stale, log: "a cursor of another version".into() }
}

/// A body of another kind than is taken here.
pub(super) fn media_type(given: &str) -> Failure {
    let given: String = given.chars().take(80).collect();
    let log = format!("media type {given}");
    Failure { trouble: Trouble::new("MC-API-003").with("given", given), kind: Kind::Invalid, log }
}

/// A body that cannot be read as what it says it is.
pub(super) fn body(detail: impl Into<String>) -> Failure {
    let detail = detail.into();
    Failure { trouble: Trouble::new("MC-API-005").with("detail", &detail), kind: Kind::Invalid, log: detail }
}

/// A body without a file.
pub(super) fn no_file() -> Failure {
    Failure { trouble: Trouble::new("MC-API-006"), kind: Kind::Invalid, log: "no file".into() }
}

/// An idempotency key that is none.
pub(super) fn key() -> Failure {
    let trouble = Trouble::new("MC-API-007").with("max", super::imports::KEY_CHARS_MAX);
    Failure { trouble, kind: Kind::Invalid, log: "idempotency key".into() }
}

/// The method is not one of this address.
pub(crate) fn method() -> Failure {
    Failure { trouble: Trouble::new("MC-API-001"), kind: Kind::Invalid, log: "method".into() }
}

/// There is nothing at this address.
pub(crate) fn nothing_here() -> Failure {
    Failure { trouble: Trouble::new("MC-API-002"), kind: Kind::NotFound, log: "no such address".into() }
}
