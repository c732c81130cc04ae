//! The interface for other systems: JSON under `/api/v1`, with tokens. The list of routes is the one in
//! [`crate::routes`]; the description of the interface is made from it (`describe`), so that the two cannot differ.
//!
//! A call is a caller ([`Caller`], from its token), a use case of a room, and a shape of [`wire`]. What did not go is told
//! as problem details (RFC 9457) in the caller's language. No cookie counts here, and no token counts on the pages.

pub(crate) mod batches;
mod caller;
pub(crate) mod describe;
mod failed;
mod guessing;
pub(crate) mod imports;
pub(crate) mod ledgers;
mod paging;
mod problem;
mod receive;
pub mod wire;

pub(crate) use caller::{Caller, token_gate};
pub(crate) use failed::{method as wrong_method, nothing_here};
pub(crate) use guessing::Guessing;
pub(crate) use problem::problem;

/// Where it begins.
pub(crate) const ROOT: &str = "/api/v1";
