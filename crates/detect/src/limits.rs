//! Limits of this room, with their units.

/// References that a finding keeps; the true count is kept beside them.
pub const EVIDENCE_MAX: usize = 500;

/// Most lines of one page of a list.
pub const LIST_LINES_MAX: i64 = 200;

/// Lines of a page when none are asked for.
pub(crate) const LIST_LINES: i64 = 50;

/// Values in one `IN (…)`; both databases allow far more.
pub(crate) const IN_LIST_MAX: usize = 500;
