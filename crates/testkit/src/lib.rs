//! A town for tests: a district with units and one person per role, a store of its own, a clock that stands still until
//! asked, and chance that is the same every time.
//!
//! Start at [`Town::new`]; a test that needs PostgreSQL asks [`Town::on`]. Everything is thrown away at the end.
//! Failures of the set-up panic: a test has nobody to hand an error to.

mod chance;
mod clock;
mod postgres;
mod town;

pub use chance::SeededChance;
pub use clock::TickingClock;
pub use postgres::Cluster;
pub use town::{BUSINESS_DATE, Database, PASSWORD, Town};
