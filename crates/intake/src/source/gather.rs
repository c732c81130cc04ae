//! Cells that come one by one become rows.

use std::ops::ControlFlow;

use calamine::Dimensions;

use crate::IntakeError;
use crate::cell::{Cell, Row};
use crate::limits::{EXCEL_ROWS_MAX, ROW_BYTES_MAX};
use crate::source::OnRow;
use crate::source::guard::damaged;
use crate::source::merges::Fill;

/// Gathers the cells of a sheet, row by row, and pushes each row that has any.
pub(crate) struct Gather<'a> {
    row: Row,
    columns_max: usize,
    rows_max: u32,
    /// Bytes of text in the row.
    bytes: usize,
    merged: Fill,
    on: OnRow<'a>,
}

impl<'a> Gather<'a> {
    pub(crate) fn new(columns_max: usize, merged: Fill, on: OnRow<'a>) -> Self {
        Self { row: Row { number: 1, ..Row::default() }, columns_max, rows_max: EXCEL_ROWS_MAX, bytes: 0, merged, on }
    }

    /// Tells of a merged area, at the latest with its first cell.
    pub(crate) fn merge(&mut self, area: &Dimensions) {
        self.merged.add(area);
    }

    /// Takes the next cell; row and column are counted from 0. Says whether to go on.
    pub(crate) fn cell(&mut self, row: u32, column: usize, cell: Cell) -> Result<ControlFlow<()>, IntakeError> {
        let number = row.saturating_add(1);
        if number > self.rows_max {
            return Err(IntakeError::TooManyRows { rows_max: self.rows_max.into() });
        }
        if number < self.row.number {
            return Err(damaged(&format!("row {number} after row {}", self.row.number)));
        }
        if number > self.row.number {
            let next = Row { number, ..Row::default() };
            if self.push(next)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        if cell.is_blank() {
            return Ok(ControlFlow::Continue(()));
        }
        if column >= self.columns_max {
            return Err(IntakeError::TooManyColumns { row: number, columns_max: self.columns_max });
        }
        self.bytes += text_bytes(&cell);
        check_row(number, self.bytes)?;
        if self.row.cells.len() <= column {
            self.row.cells.resize(column + 1, Cell::Empty);
        }
        self.row.cells[column] = cell;
        Ok(ControlFlow::Continue(()))
    }

    /// Pushes the last row.
    pub(crate) fn end(mut self) -> Result<(), IntakeError> {
        self.push(Row::default()).map(|_| ())
    }

    fn push(&mut self, next: Row) -> Result<ControlFlow<()>, IntakeError> {
        let mut done = std::mem::replace(&mut self.row, next);
        self.bytes = 0;
        self.merged.apply(&mut done);
        if done.cells.is_empty() { Ok(ControlFlow::Continue(())) } else { (self.on)(done) }
    }
}

/// Refuses a row whose texts are longer than a row may be.
pub(crate) fn check_row(row: u32, bytes: usize) -> Result<(), IntakeError> {
    if bytes > ROW_BYTES_MAX {
        return Err(IntakeError::RowTooLong { row, bytes_max: ROW_BYTES_MAX });
    }
    Ok(())
}

/// Bytes of text that a cell holds.
pub(crate) fn text_bytes(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) | Cell::Error(text) => text.len(),
        _ => 0,
    }
}
