//! A library that gives up in the middle is a damaged file for whoever sent it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::IntakeError;

/// Runs a reader that may panic: hostile files make the libraries do so in places (a column reference of many letters
/// overflows an addition; a table says it is longer than it is). Whatever it was reading is not used afterwards.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, IntakeError>) -> Result<T, IntakeError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(gave_up()))
}

pub(crate) fn gave_up() -> IntakeError {
    damaged(&"the reader gave up on it")
}

pub(crate) fn damaged(why: &dyn std::fmt::Display) -> IntakeError {
    IntakeError::Damaged { why: why.to_string() }
}
