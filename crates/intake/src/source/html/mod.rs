//! Tables of web pages, which many systems export under the name .xls. Each table is a sheet, named by its number.

mod grid;
mod walk;

use std::ops::ControlFlow;

use calamine::Dimensions;

use crate::source::gather::Gather;
use crate::source::guard::{damaged, guarded};
use crate::source::hidden::{self, Hidden, Listed};
use crate::source::merges::Fill;
use crate::source::{OnRow, Sheets};
use crate::{IntakeError, Limits};

use grid::Found;

/// Tables of one page.
const TABLES_MAX: usize = 1_000;

/// An opened page.
pub(crate) struct Page {
    text: String,
    sheets: Vec<Listed>,
    columns_max: usize,
}

impl Page {
    pub(crate) fn open(text: String, limits: &Limits) -> Result<Self, IntakeError> {
        let mut sheets: Vec<Listed> = Vec::new();
        walk::walk(&text, limits.columns, &mut |table, found| {
            if sheets.len() > TABLES_MAX {
                return Err(damaged(&format!("more than {TABLES_MAX} tables")));
            }
            let Some(sheet) = sheets.get_mut(table) else {
                sheets.push(Listed { name: (table + 1).to_string(), ..Listed::default() });
                return Ok(ControlFlow::Continue(()));
            };
            match found {
                Found::HiddenRow(row) => sheet.hidden.add_row(row + 1),
                Found::HiddenColumns(first, last) => sheet.hidden.add_columns(first, last, limits.columns),
                Found::Table | Found::Cell(_) => {}
            }
            Ok(ControlFlow::Continue(()))
        })?;
        if sheets.is_empty() {
            return Err(IntakeError::NoTable);
        }
        Ok(Self { text, sheets, columns_max: limits.columns })
    }

    fn push_rows(&self, place: usize, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        let mut gather = Gather::new(self.columns_max, Fill::default(), on);
        let mut stopped = false;
        walk::walk(&self.text, self.columns_max, &mut |table, found| {
            let Found::Cell(cell) = found else { return Ok(ControlFlow::Continue(())) };
            if table != place {
                return Ok(ControlFlow::Continue(()));
            }
            let (row, column) = cell.place;
            if fill && (cell.rows > 1 || cell.columns > 1) {
                let end = (row.saturating_add(cell.rows - 1), (column + cell.columns - 1) as u32);
                gather.merge(&Dimensions { start: (row, column as u32), end });
            }
            let go_on = gather.cell(row, column, cell.cell)?;
            stopped = go_on.is_break();
            Ok(go_on)
        })?;
        if stopped { Ok(()) } else { gather.end() }
    }
}

impl Sheets for Page {
    fn names(&self) -> Vec<String> {
        hidden::names(&self.sheets)
    }

    fn hidden(&mut self, sheet: &str) -> Result<Hidden, IntakeError> {
        Ok(self.sheets[hidden::place(&self.sheets, sheet)?].hidden.clone())
    }

    fn each_row(&mut self, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        let place = hidden::place(&self.sheets, sheet)?;
        guarded(|| self.push_rows(place, fill, on))
    }
}
