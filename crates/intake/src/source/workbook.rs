//! XLSX workbooks, read cell by cell (calamine); only the shared strings are held in memory.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::cell::{Cell, Epoch, Row};
use crate::limits::EXCEL_ROWS_MAX;
use crate::source::merges::Fill;
use crate::source::{OnRow, unpacked};
use crate::{FileKind, IntakeError, Limits};

/// An opened workbook.
pub(crate) struct Book<'a> {
    xlsx: Xlsx<Cursor<&'a [u8]>>,
    sheets: Vec<String>,
    columns_max: usize,
    /// The merged areas of the sheet that was last asked for: finding them walks through the whole sheet.
    merged: Option<(String, Vec<Dimensions>)>,
}

impl<'a> Book<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, IntakeError> {
        unpacked::check(bytes, limits)?;
        let xlsx = guarded(|| Xlsx::new(Cursor::new(bytes)).map_err(refused))?;
        let mut sheets: Vec<_> =
            xlsx.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
        sheets.sort_by_key(|sheet| sheet.visible != SheetVisible::Visible);
        let sheets: Vec<String> = sheets.into_iter().map(|sheet| sheet.name.clone()).collect();
        if sheets.is_empty() {
            return Err(IntakeError::Damaged { why: "no worksheet".to_owned() });
        }
        Ok(Self { xlsx, sheets, columns_max: limits.columns, merged: None })
    }

    pub(crate) fn sheets(&self) -> &[String] {
        &self.sheets
    }

    pub(crate) fn epoch(&self) -> Epoch {
        if self.xlsx.has_1904_epoch() { Epoch::Year1904 } else { Epoch::Year1900 }
    }

    pub(crate) fn each_row(&mut self, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        guarded(|| self.push_rows(sheet, fill, on))
    }

    fn push_rows(&mut self, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        let mut merged = Fill::default();
        if fill {
            merged = Fill::new(self.merged_areas(sheet)?);
        }
        let mut cells = self.xlsx.worksheet_cells_reader(sheet).map_err(refused)?;
        let mut row = Row { number: 1, ..Row::default() };
        while let Some(record) = cells.next_cell_with_formula_metadata().map_err(refused)? {
            let (number, column) = (record.pos.0.saturating_add(1), record.pos.1 as usize);
            if number > EXCEL_ROWS_MAX || number < row.number {
                return Err(IntakeError::Damaged { why: format!("row {number} after row {}", row.number) });
            }
            if number > row.number {
                let mut done = std::mem::replace(&mut row, Row { number, ..Row::default() });
                merged.apply(&mut done);
                if !done.cells.is_empty() && on(done)?.is_break() {
                    return Ok(());
                }
            }
            let cell = match cell_of(record.value) {
                Cell::Empty if record.formula.is_some() => Cell::Uncomputed,
                cell => cell,
            };
            if cell.is_blank() {
                continue;
            }
            if column >= self.columns_max {
                return Err(IntakeError::TooManyColumns { row: number, columns_max: self.columns_max });
            }
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::Empty);
            }
            row.cells[column] = cell;
        }
        merged.apply(&mut row);
        if !row.cells.is_empty() {
            let _: ControlFlow<()> = on(row)?;
        }
        Ok(())
    }
}

impl Book<'_> {
    fn merged_areas(&mut self, sheet: &str) -> Result<&[Dimensions], IntakeError> {
        if self.merged.as_ref().is_none_or(|(of, _)| of != sheet) {
            let areas = self.xlsx.merge_cells_by_sheet_name(sheet).map_err(refused)?;
            self.merged = Some((sheet.to_owned(), areas));
        }
        Ok(self.merged.as_ref().map_or(&[], |(_, areas)| areas))
    }
}

fn cell_of(value: DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(number as f64),
        DataRef::Float(number) => Cell::Number(number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text),
        DataRef::SharedString(text) => Cell::Text(text.to_owned()),
        DataRef::Bool(yes) => Cell::Bool(yes),
        DataRef::DateTime(moment) if moment.is_duration() => Cell::Duration(moment.as_f64()),
        DataRef::DateTime(moment) => Cell::Serial(moment.as_f64()),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

/// Hostile workbooks make the parser panic in places (a column reference of many letters overflows its arithmetic);
/// for whoever sent one, that is a damaged file like any other.
fn guarded<T>(read: impl FnOnce() -> Result<T, IntakeError>) -> Result<T, IntakeError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(IntakeError::Damaged { why: "the reader gave up on it".to_owned() }))
}

fn refused(error: XlsxError) -> IntakeError {
    match error {
        XlsxError::Password => IntakeError::NotASheet { kind: FileKind::EncryptedWorkbook },
        other => IntakeError::Damaged { why: other.to_string() },
    }
}
