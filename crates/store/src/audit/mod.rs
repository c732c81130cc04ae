//! The audit trail: what was changed, by whom, when and why, in a form that shows any later alteration.
//!
//! Each change writes one entry in its own transaction ([`crate::Tx::record`]). The entry's leaf is
//! `SM3(0x00 ‖ header ‖ SM3(salt ‖ body))`, kept in a Merkle tree of RFC 6962 shape ([`tree`]):
//!
//! - *header*: number, time, actor, verb, subject, and the hash of the list of rows that the entry touched;
//! - *body*: facts and reason. It may have to be erased by law ([`erase`]): body and salt go, `body_hash` stays, and
//!   with it the leaf, the tree and every proof;
//! - *touched rows*: table, key, and the salted hash of the row's canonical JSON before and after. [`verify`] holds
//!   every row of a tracked table against the last entry that touched it.
//!
//! Whoever owns the machine could rewrite all of it, so keep [`Head`]s elsewhere and hand one to [`verify`].

mod canonical;
mod entry;
mod erase;
mod head;
mod proof;
mod read;
mod touch;
pub mod tree;
mod verify;

pub use canonical::canonical;
pub use entry::{AuditSeq, Entry, Touched, Tracked};
pub use erase::{Erasure, erase};
pub use head::{Head, head, head_at};
pub use proof::{consistency, inclusion};
pub use read::{EntryFilter, EntryRead, list};
pub use verify::{Alteration, Altered, verify};
