//! What figures are computed from: one moment of ledgers, casework and definitions.

use std::collections::BTreeMap;

use mingcha_domain::Day;
use mingcha_engine::Session;
use mingcha_pack::PackSet;
use mingcha_store::audit::Head;

/// One moment. Whoever makes it takes casework and `audit` from one read transaction, and the lake at the readable
/// snapshot of the same.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The definitions.
    pub packs: &'a PackSet,
    /// By key of a pack: a session whose home it is. Packs with figures need one.
    pub sessions: &'a BTreeMap<String, Session>,
    /// The lake's snapshot that the sessions read.
    pub lake_snapshot: i64,
    /// The head of the audit trail when casework was read.
    pub audit: Head,
    /// The business date.
    pub as_of: Day,
    /// The year of the action.
    pub action: &'a str,
}
