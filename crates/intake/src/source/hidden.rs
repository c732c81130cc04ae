//! What of a sheet its program does not show. All of it is read like the rest, and its sender is told.

use crate::IntakeError;
use crate::source::guard::damaged;

/// Hidden rows that are remembered by number; a sheet may have a million.
const ROWS_KEPT: usize = 1 << 20;

/// What of a sheet is hidden.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Hidden {
    /// The sheet itself.
    pub sheet: bool,
    /// Rows, 1-based and rising: hidden by hand, by a filter, or by a group that is folded.
    pub rows: Vec<u32>,
    /// Columns, counted from 0 and rising.
    pub columns: Vec<usize>,
}

/// A sheet of a file that was walked through once to list them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listed {
    pub name: String,
    pub hidden: Hidden,
}

/// The names of all sheets, hidden ones last.
pub(crate) fn names(sheets: &[Listed]) -> Vec<String> {
    let (hidden, shown): (Vec<_>, Vec<_>) = sheets.iter().partition(|sheet| sheet.hidden.sheet);
    shown.into_iter().chain(hidden).map(|sheet| sheet.name.clone()).collect()
}

/// The place of a sheet among all.
pub(crate) fn place(sheets: &[Listed], name: &str) -> Result<usize, IntakeError> {
    sheets.iter().position(|sheet| sheet.name == name).ok_or_else(|| damaged(&format!("no sheet {name}")))
}

impl Hidden {
    /// Adds a row below those that were added before.
    pub(crate) fn add_row(&mut self, number: u32) {
        if self.rows.len() < ROWS_KEPT && self.rows.last().is_none_or(|last| *last < number) {
            self.rows.push(number);
        }
    }

    /// Adds columns from the first to the last, both counted from 0, as far as a sheet is read at all.
    pub(crate) fn add_columns(&mut self, first: usize, last: usize, columns_max: usize) {
        for at in first..=last.min(columns_max) {
            if let Err(place) = self.columns.binary_search(&at) {
                self.columns.insert(place, at);
            }
        }
    }
}
