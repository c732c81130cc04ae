//! The relational store: a SQLite file or a PostgreSQL database, behind one [`Store`].
//!
//! In goes SQL of the rooms, written once for both databases (`$1 $2` placeholders, all columns TEXT or BIGINT); out
//! come plain [`Row`]s. A write transaction ([`Tx`]) that changed something and has no audit entry refuses to commit.
//! One writer at a time, on both databases: what a transaction read stays true until it commits.
//!
//! Deliberately absent: any query of a subject (those live in the rooms), entities, a clock, and the question who may
//! do what (`access`). Start reading at [`Tx`], then [`audit`], then [`jobs`].

mod address;
mod connection;
mod error;
mod key;
mod migrate;
mod param;
mod row;
mod setting;
mod snapshot;
mod store;
mod tx;

pub mod audit;
pub mod fault;
pub mod jobs;

pub use address::StoreAddress;
pub use audit::{AuditSeq, Entry, Touched, Tracked};
pub use error::StoreError;
pub use jobs::Job;
pub use param::Param;
pub use row::{Cell, FromCell, Row};
pub use store::Store;
pub use tx::{Tx, Why};

/// The foundation's tables whose rows the audit trail watches; each room has a list of its own.
pub const TRACKED: &[Tracked] = &[
    Tracked { table: "setting", key: "key" },
    Tracked { table: "unit", key: "id" },
    Tracked { table: "account", key: "id" },
    Tracked { table: "api_token", key: "id" },
];
