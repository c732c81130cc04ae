//! Follow-up work, queued in the transaction that causes it and run with exactly one effect.
//!
//! A room queues a [`Job`]; the runner in the binary leases the next due one, calls the handler that `wiring` names for
//! its kind, and marks it done. A handler that changes rows marks its job done *in its own transaction*
//! ([`crate::Tx::finish_job`]): then a crash between the two cannot happen, and a handler whose lease ran out cannot
//! commit. Rooms meet only through the payloads of this module, which are plain data.

mod payload;
mod queue;
mod runner;

pub use payload::{FindingsChanged, LedgerCrowded, Payload, RowsCommitted, SheetTaken};
pub use queue::Job;
pub use runner::{Fate, Jobs, Leased, Queue};

/// Attempts after which a job is given up and waits for a person.
pub const ATTEMPTS_MAX: i64 = 8;
