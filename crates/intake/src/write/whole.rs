//! A table that came in another form than a workbook of Excel's, as such a workbook: every row where it stood, every cell
//! as the text it was, those that must be mended marked.

use std::ops::ControlFlow;

use rust_xlsxwriter::{Format, Note, Url, Workbook, Worksheet};

use crate::cell::Row;
use crate::limits::EXCEL_ROWS_MAX;
use crate::note::letters;
use crate::source::Source;
use crate::write::answer::Answer;
use crate::write::summary::{LINKS_MAX, OUR_SHEET, Summary, WIDTHS, quoted};
use crate::write::workbook;
use crate::{IntakeError, Limits};

/// Excel's limit for the text of a cell.
const CELL_CHARS_MAX: usize = 32_767;
/// Excel's limit for a note, less some room.
const NOTE_CHARS_MAX: usize = 30_000;
/// Notes in cells; beyond, cells are marked and listed. Excel becomes slow with more.
const NOTES_MAX: usize = 10_000;
/// Columns of a sheet as Excel has them.
const EXCEL_COLUMNS_MAX: usize = 1 << 14;

/// Writes the table of a file, and the summary.
pub(super) fn table(bytes: &[u8], answer: &Answer<'_>, summary: &Summary) -> Result<Vec<u8>, IntakeError> {
    let names = crate::heading::Names::of(answer.ledger);
    let mut source = Source::open(bytes, &Limits::default(), &|rows| crate::header::score(&names, rows))?;
    let name = workbook::sheet_name(if answer.sheet.is_empty() { &answer.ledger.title } else { answer.sheet });
    let mut book = workbook::new()?;
    // Rows come in order and none is held: memory does not grow with them.
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(&name)?;
    let plain = workbook::text();
    for mapped in answer.mapping {
        let column = mapped.column.as_deref().and_then(|name| answer.ledger.column(name));
        sheet.set_column_width(workbook::col(mapped.at)?, column.map_or(14.0, workbook::width))?;
    }
    let mut marks = answer.marks().into_iter().peekable();
    let mut notes = 0;
    let (wrong, epoch) = (workbook::wrong(), source.epoch());
    source.each_row(answer.sheet, false, &mut |row| {
        if row.number > EXCEL_ROWS_MAX {
            return Err(IntakeError::TooManyRows { rows_max: u64::from(EXCEL_ROWS_MAX) });
        }
        let mut here = Vec::new();
        while let Some(((_, at), said)) = marks.next_if(|((marked, _), _)| *marked <= row.number) {
            here.push((at as usize, said));
        }
        write_row(sheet, &row, epoch, &here, (&plain, &wrong), &mut notes)?;
        Ok(ControlFlow::Continue(()))
    })?;
    write_summary(&mut book, summary, &name)?;
    Ok(book.save_to_buffer()?)
}

fn write_row(
    sheet: &mut Worksheet,
    row: &Row,
    epoch: crate::cell::Epoch,
    marks: &[(usize, String)],
    (plain, wrong): (&Format, &Format),
    notes: &mut usize,
) -> Result<(), IntakeError> {
    let last = marks.iter().map(|(at, _)| at + 1).max().unwrap_or(0).max(row.cells.len()).min(EXCEL_COLUMNS_MAX);
    for at in 0..last {
        let said = marks.iter().find(|(marked, _)| *marked == at).map(|(_, said)| said);
        let raw = row.cell(at).raw(epoch);
        let (line, col) = (row.number.saturating_sub(1), workbook::col(at)?);
        match said {
            None if raw.is_empty() => continue,
            None => sheet.write_string_with_format(line, col, cut(raw, CELL_CHARS_MAX), plain)?,
            Some(_) if raw.is_empty() => sheet.write_blank(line, col, wrong)?,
            Some(_) => sheet.write_string_with_format(line, col, cut(raw, CELL_CHARS_MAX), wrong)?,
        };
        if let Some(said) = said.filter(|_| *notes < NOTES_MAX) {
            *notes += 1;
            let note = Note::new(cut(said.clone(), NOTE_CHARS_MAX)).add_author_prefix(false);
            sheet.insert_note(line, col, &note.set_width(280).set_height(110))?;
        }
    }
    Ok(())
}

/// A text no longer than Excel takes; that it was cut can be seen.
fn cut(text: String, chars_max: usize) -> String {
    // Excel counts UTF-16.
    if text.encode_utf16().count() <= chars_max {
        return text;
    }
    let mut units = 0;
    let fits = text.chars().take_while(|c| {
        units += c.len_utf16();
        units < chars_max
    });
    fits.chain(['…']).collect()
}

fn write_summary(book: &mut Workbook, summary: &Summary, table: &str) -> Result<(), IntakeError> {
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(OUR_SHEET)?;
    for (i, width) in WIDTHS.iter().enumerate() {
        sheet.set_column_width(workbook::col(i)?, *width)?;
    }
    let (bold, plain) = (Format::new().set_bold(), workbook::text().set_text_wrap());
    let link = Format::new().set_underline(rust_xlsxwriter::FormatUnderline::Single);
    let link = link.set_font_color(rust_xlsxwriter::Color::RGB(0x1F_4E_79));
    let mut row = 0;
    sheet.write_string_with_format(row, 0, &summary.title, &bold)?;
    for (of, said) in &summary.facts {
        row += 1;
        sheet.write_string(row, 0, of)?;
        sheet.write_string_with_format(row, 1, said, &bold)?;
    }
    row += 1;
    sheet.write_string(row, 0, &summary.how)?;
    row += 2;
    for (i, head) in summary.heads.iter().enumerate().filter(|_| !summary.lines.is_empty()) {
        sheet.write_string_with_format(row, workbook::col(i)?, head, &bold)?;
    }
    for (number, line) in summary.lines.iter().enumerate() {
        row += 1;
        for (i, said) in line.cells().into_iter().enumerate() {
            match line.at.filter(|_| i == 0 && number < LINKS_MAX) {
                Some(at) => {
                    let to = format!("internal:{}!{}{}", quoted(table), letters(at), line.row);
                    let url = Url::new(to).set_text(&said);
                    sheet.write_url_with_format(row, 0, &url, &link)?;
                }
                None => {
                    sheet.write_string_with_format(row, workbook::col(i)?, cut(said, CELL_CHARS_MAX), &plain)?;
                }
            }
        }
    }
    if let Some(more) = &summary.more {
        sheet.write_string(row + 1, 0, more)?;
    }
    Ok(())
}
