//! A cell becomes a value of its column's kind, or a trouble that says what is wrong with it.

mod clock;
mod date;
mod date_text;
mod identifier;
pub(crate) mod number;
mod number_text;
mod text;

use std::cmp::Ordering;

use mingcha_domain::{Trouble, Value};
use mingcha_pack::{Column, ColumnKind};
use rust_decimal::Decimal;

use crate::cell::{Cell, Epoch, is_space};
use crate::limits::CELL_CHARS_MAX;
use crate::{ReadHow, problem};

/// A value, and how it was read where that is not plain to see.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Reading {
    pub value: Value,
    pub how: Option<ReadHow>,
}

impl Reading {
    pub(crate) fn plain(value: Value) -> Self {
        Self { value, how: None }
    }
}

/// Reads one cell. An empty one is [`Value::Null`]; whether it may be is the caller's question.
pub(crate) fn read(cell: &Cell, column: &Column, epoch: Epoch) -> Result<Reading, Trouble> {
    read_times(cell, column, epoch, None)
}

/// Reads one cell; a number without a unit of its own is multiplied as its heading says.
pub(crate) fn read_times(
    cell: &Cell,
    column: &Column,
    epoch: Epoch,
    times: Option<Decimal>,
) -> Result<Reading, Trouble> {
    match cell {
        Cell::Error(_) => return Err(problem::error_cell()),
        Cell::Uncomputed => return Err(problem::uncomputed()),
        Cell::Text(text) => check_text(text)?,
        _ => {}
    }
    if cell.is_blank() {
        return Ok(Reading::default());
    }
    if let Cell::Text(text) = cell
        && means_nothing(text, column.kind)
    {
        return Ok(Reading { value: Value::Null, how: Some(ReadHow::Nothing) });
    }
    let reading = match column.kind {
        ColumnKind::Text => text::text(cell, epoch)?,
        ColumnKind::Code => text::code(cell, column, epoch)?,
        ColumnKind::Boolean => text::boolean(cell)?,
        ColumnKind::Integer => number::integer(cell, column, times)?,
        ColumnKind::Decimal { scale } => number::decimal(cell, scale, column, times)?,
        ColumnKind::Money => number::decimal(cell, 2, column, times)?,
        ColumnKind::Date => date::date(cell, epoch)?,
        ColumnKind::ResidentId => identifier::resident_id(cell, epoch)?,
        ColumnKind::Uscc => identifier::uscc(cell, epoch)?,
    };
    check_range(&reading.value, column)?;
    Ok(reading)
}

/// What Excel and WPS show for a formula that failed, as it stands in text files that they wrote.
const ERRORS: [&str; 11] = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "#FIELD!",
];

fn check_text(text: &str) -> Result<(), Trouble> {
    if text.len() > CELL_CHARS_MAX {
        let length = text.chars().count();
        if length > CELL_CHARS_MAX {
            return Err(problem::too_long(length, CELL_CHARS_MAX));
        }
    }
    if is_spoilt(text) {
        return Err(problem::unreadable());
    }
    if let Some(found) = text.chars().find(|c| c.is_control() && !c.is_whitespace()) {
        return Err(problem::control_character(found));
    }
    let bare = text.trim();
    if bare.starts_with('#') {
        if ERRORS.contains(&bare) {
            return Err(problem::error_cell());
        }
        // A column too narrow for its dates, saved as text.
        if bare.len() >= 3 && bare.bytes().all(|c| c == b'#') {
            return Err(problem::hashes());
        }
    }
    Ok(())
}

/// Whether an earlier program lost the real characters: it left the mark for that, what GBK makes of two such marks, or
/// question marks alone.
fn is_spoilt(text: &str) -> bool {
    let only_marks = || {
        let bare = text.trim();
        bare.len() > 1 && bare.bytes().all(|c| c == b'?')
    };
    text.contains('\u{FFFD}') || text.contains("锟斤拷") || only_marks()
}

/// Dashes, slashes and 无 for an empty cell; in text they may mean something and stay.
fn means_nothing(text: &str, kind: ColumnKind) -> bool {
    if matches!(kind, ColumnKind::Text | ColumnKind::Code) {
        return false;
    }
    matches!(
        text.trim_matches(is_space),
        "-" | "--" | "—" | "——" | "－" | "–" | "/" | "／" | "\\" | "无" | "空" | "N/A" | "n/a" | "NULL" | "null" | "."
    )
}

fn check_range(value: &Value, column: &Column) -> Result<(), Trouble> {
    if let Some(min) = &column.min
        && compare(value, min) == Some(Ordering::Less)
    {
        return Err(problem::below(min));
    }
    if let Some(max) = &column.max
        && compare(value, max) == Some(Ordering::Greater)
    {
        return Err(problem::above(max));
    }
    Ok(())
}

fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Day(a), Value::Day(b)) => Some(a.cmp(b)),
        _ => Some(a.as_decimal()?.cmp(&b.as_decimal()?)),
    }
}
