//! Who is asking, and may they.
//!
//! A use case is handed a [`Desk`]: a transaction, a moment, and an [`Actor`]. It asks for an [`Action`] on a
//! [`Subject`] and gets a [`Permit`], which every writing query takes, or a [`Refused`]; lists take a [`Scope`]. The
//! answers stand in one table, [`policy`]. Accounts, sessions, tokens and units live here too.
//!
//! Deliberately absent: HTTP, cookies, any rule about what is asked for (those are the rooms'), a clock and chance
//! (handed in as [`Clock`] and [`Chance`]). Start reading at [`Desk::ask`].

mod action;
mod actor;
mod desk;
mod error;
mod office;
mod permit;
mod role;
mod scope;

pub mod accounts;
pub mod persons;
pub mod policy;
pub mod sessions;
pub mod tokens;
pub mod units;

pub use action::Action;
pub use actor::Actor;
pub use desk::{Desk, Record};
pub use error::{AccessError, Refused};
pub use office::{Chance, Clock, Office};
pub use permit::{Permit, Subject};
pub use role::{NoSuchRole, Role};
pub use scope::Scope;
