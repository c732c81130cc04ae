//! The laws of the store, each on SQLite and on PostgreSQL.

mod audit;
mod faults;
mod house;
mod jobs;
mod migrations;
mod snapshots;
mod transactions;
