//! A whole ledger as a workbook, the way clerks keep theirs: a title above, Chinese headings, identifiers as text.

use mingcha_domain::Value;
use mingcha_pack::{Column, Ledger};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet};

use crate::IntakeError;
use crate::limits::EXCEL_ROWS_MAX;
use crate::write::workbook;

/// Writes rows, one value per column of the ledger, as XLSX bytes. Memory does not grow with the rows.
///
/// No cell is ever a formula. The same rows make the same bytes.
pub fn write_xlsx(ledger: &Ledger, rows: impl IntoIterator<Item = Vec<Value>>) -> Result<Vec<u8>, IntakeError> {
    const TITLE_ROW: u32 = 0;
    const HEADER_ROW: u32 = 1;
    let mut book = workbook::new()?;
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(workbook::sheet_name(&ledger.title))?;
    for (i, column) in ledger.columns.iter().enumerate() {
        sheet.set_column_width(workbook::col(i)?, workbook::width(column))?;
    }
    sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
    // Constant memory wants rows in order, so the title is not merged across: a merge would come back to its row.
    sheet.write_string_with_format(TITLE_ROW, 0, &ledger.title, &workbook::title())?;
    let heading = workbook::heading();
    for (i, column) in ledger.columns.iter().enumerate() {
        sheet.write_string_with_format(HEADER_ROW, workbook::col(i)?, &column.title, &heading)?;
    }
    let formats: Vec<Format> = ledger.columns.iter().map(workbook::cells).collect();
    let mut at = HEADER_ROW;
    for row in rows {
        at += 1;
        if at >= EXCEL_ROWS_MAX {
            return Err(IntakeError::TooManyRows { rows_max: u64::from(EXCEL_ROWS_MAX - HEADER_ROW - 1) });
        }
        for (i, (value, column)) in row.iter().zip(&ledger.columns).enumerate() {
            write_value(sheet, at, workbook::col(i)?, value, column, &formats[i])?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    value: &Value,
    column: &Column,
    format: &Format,
) -> Result<(), IntakeError> {
    match value {
        Value::Null => {}
        Value::Int(number) => write_number(sheet, row, col, Decimal::from(*number), format)?,
        Value::Decimal(number) => write_number(sheet, row, col, *number, format)?,
        Value::Day(day) if day.year() >= 1900 => {
            let year = u16::try_from(day.year()).unwrap_or(u16::MAX);
            let date = ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8)?;
            sheet.write_datetime_with_format(row, col, &date, format)?;
        }
        Value::Bool(yes) => {
            sheet.write_string_with_format(row, col, yes_no(*yes), format)?;
        }
        value => {
            let mut text = value.to_string();
            // What reading takes off a text (the apostrophe, or `="…"`) is put on where the text itself begins so.
            if text.starts_with('\'') || text.starts_with("=\"") {
                text.insert(0, '\'');
            }
            if text.chars().count() > crate::limits::QUOTED_CHARS_MAX {
                return Err(IntakeError::Unwritable { why: format!("{}: {} characters", column.title, text.len()) });
            }
            sheet.write_string_with_format(row, col, text, format)?;
        }
    }
    Ok(())
}

/// A number of more than fifteen digits would lose the last ones in a number cell; it is written as text.
fn write_number(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    number: Decimal,
    format: &Format,
) -> Result<(), IntakeError> {
    let digits = number.normalize().mantissa().unsigned_abs();
    match number.to_f64() {
        Some(binary) if digits < 1_000_000_000_000_000 => sheet.write_number_with_format(row, col, binary, format)?,
        _ => sheet.write_string_with_format(row, col, number.to_string(), &workbook::text())?,
    };
    Ok(())
}

pub(super) fn yes_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}
