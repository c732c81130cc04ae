//! The marked workbook: the rows that must be mended, under the header they came with, each bad cell filled and noted.
//! Mended, it is sent again as it is.

use std::collections::BTreeMap;

use mingcha_pack::Ledger;
use rust_xlsxwriter::{Format, Note};

use crate::header::{OUR_REASON, OUR_ROW};
use crate::write::{Tell, workbook};
use crate::{IntakeError, Mapped, RejectedRow};

/// Excel's limit for a note, less some room for its author.
const NOTE_CHARS_MAX: usize = 30_000;

/// Writes the rejected rows as XLSX bytes. `mapping` is the header they were read under; `tell` says a trouble.
///
/// Two columns are added at the end, the row in the sheet it came from and what to mend in words; both are left out when
/// the workbook is read again. All cells are text, so that nothing is lost or computed on the way.
pub fn marked(
    ledger: &Ledger,
    mapping: &[Mapped],
    rejects: &[RejectedRow],
    tell: Tell<'_>,
) -> Result<Vec<u8>, IntakeError> {
    let kept: Vec<&Mapped> =
        mapping.iter().filter(|mapped| mapped.heading != OUR_ROW && mapped.heading != OUR_REASON).collect();
    let mut book = workbook::new()?;
    let sheet = book.add_worksheet();
    sheet.set_name(workbook::sheet_name(&ledger.title))?;
    sheet.set_freeze_panes(1, 0)?;
    let (heading, plain, wrong) = (workbook::heading(), workbook::text(), workbook::wrong());
    for (i, mapped) in kept.iter().enumerate() {
        let column = mapped.column.as_deref().and_then(|name| ledger.column(name));
        let width = column.map_or(14.0, workbook::width);
        sheet.set_column_width(workbook::col(i)?, width)?;
        sheet.set_column_format(workbook::col(i)?, &plain)?;
        sheet.write_string_with_format(0, workbook::col(i)?, &mapped.heading, &heading)?;
    }
    let (row_col, reason_col) = (workbook::col(kept.len())?, workbook::col(kept.len() + 1)?);
    sheet.write_string_with_format(0, row_col, OUR_ROW, &heading)?;
    sheet.write_string_with_format(0, reason_col, OUR_REASON, &heading)?;
    sheet.set_column_width(reason_col, 60.0)?;
    for (i, reject) in rejects.iter().enumerate() {
        let at = u32::try_from(i + 1).map_err(|_| IntakeError::Unwritable { why: format!("row {i}") })?;
        // One cell may have several troubles, and a note is one.
        let mut notes: BTreeMap<usize, String> = BTreeMap::new();
        let mut reasons = Vec::new();
        for problem in &reject.problems {
            let said = tell(&problem.trouble);
            if let Some(at) = problem.at {
                let note = notes.entry(at).or_default();
                if !note.is_empty() {
                    note.push('\n');
                }
                note.push_str(&said);
            }
            reasons.push(said);
        }
        for (i, mapped) in kept.iter().enumerate() {
            let raw = reject.raw.get(mapped.at).map(String::as_str).unwrap_or_default();
            let format: &Format = if notes.contains_key(&mapped.at) { &wrong } else { &plain };
            if !raw.is_empty() || notes.contains_key(&mapped.at) {
                sheet.write_string_with_format(at, workbook::col(i)?, raw, format)?;
            }
            if let Some(said) = notes.get(&mapped.at) {
                let said: String = said.chars().take(NOTE_CHARS_MAX).collect();
                let note = Note::new(said).add_author_prefix(false).set_width(280).set_height(110);
                sheet.insert_note(at, workbook::col(i)?, &note)?;
            }
        }
        sheet.write_number(at, row_col, f64::from(reject.row))?;
        let reasons: String = reasons.join("\n").chars().take(NOTE_CHARS_MAX).collect();
        sheet.write_string_with_format(at, reason_col, reasons, &plain)?;
    }
    Ok(book.save_to_buffer()?)
}
