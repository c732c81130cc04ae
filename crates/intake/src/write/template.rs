//! The template workbook of a ledger: headings with notes, identifier columns as text, codes to choose from, and a
//! second sheet that says what belongs in each column, with an example.

use mingcha_domain::Trouble;
use mingcha_pack::{Column, ColumnKind, Ledger};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula, Note, Workbook};

use crate::write::table::yes_no;
use crate::write::{Tell, workbook};
use crate::{IntakeError, note, template_version};

/// Rows of the template that have drop-downs.
const ROWS_WITH_LISTS: u32 = 20_000;
/// The row of the second sheet on which its headings stand, counted from 0.
const HINT_HEADER: u32 = 3;
/// Characters of a list that Excel keeps within the drop-down; longer ones stand on a sheet.
const LIST_CHARS_MAX: usize = 255;

/// Writes an empty workbook for a ledger as XLSX bytes. `tell` says the texts under `intake-template-…`.
///
/// The example of each column stands on the second sheet, not among the rows to be filled: a row that is no data would
/// have to be told from data by a mark, which a clerk types over or carries along with her copies.
pub fn template(ledger: &Ledger, tell: Tell<'_>) -> Result<Vec<u8>, IntakeError> {
    let mut book = workbook::template(&template_version::property(ledger))?;
    let mut choices = Choices::default();
    fill_sheet(&mut book, ledger, tell, &mut choices)?;
    hint_sheet(&mut book, ledger, tell)?;
    choices.write(&mut book, tell)?;
    Ok(book.save_to_buffer()?)
}

fn fill_sheet(book: &mut Workbook, ledger: &Ledger, tell: Tell<'_>, choices: &mut Choices) -> Result<(), IntakeError> {
    let sheet = book.add_worksheet();
    sheet.set_name(workbook::sheet_name(&ledger.title))?;
    sheet.set_freeze_panes(1, 0)?;
    let heading = workbook::heading();
    let required = heading
        .clone()
        .set_font_color(rust_xlsxwriter::Color::RGB(0x1F_4E_79))
        .set_underline(rust_xlsxwriter::FormatUnderline::Single);
    for (i, column) in ledger.columns.iter().enumerate() {
        let at = workbook::col(i)?;
        let must = is_required(ledger, column);
        sheet.set_column_width(at, workbook::width(column))?;
        sheet.set_column_format(at, &workbook::cells(column))?;
        sheet.write_string_with_format(0, at, &column.title, if must { &required } else { &heading })?;
        let hint = Note::new(hint(ledger, column, tell)).add_author_prefix(false).set_width(260).set_height(120);
        sheet.insert_note(0, at, &hint)?;
        if let Some(list) = choices.list(column, tell)? {
            let list = list.set_error_style(DataValidationErrorStyle::Stop);
            sheet.add_data_validation(1, at, ROWS_WITH_LISTS, at, &list)?;
        }
    }
    Ok(())
}

fn hint_sheet(book: &mut Workbook, ledger: &Ledger, tell: Tell<'_>) -> Result<(), IntakeError> {
    let say = |key| tell(&Trouble::new(key));
    let sheet = book.add_worksheet();
    sheet.set_name(workbook::sheet_name(&say("intake-template-sheet")))?;
    let (heading, plain) = (workbook::heading(), workbook::text().set_text_wrap().set_align(FormatAlign::Top));
    let about = Trouble::new("intake-template-about").with("ledger", &ledger.title);
    let about = about.with("version", template_version::schema_version(ledger));
    sheet.write_string_with_format(0, 0, tell(&about), &workbook::title().set_align(FormatAlign::Left))?;
    sheet.write_string(1, 0, say("intake-template-how"))?;
    let heads = ["intake-template-column", "intake-template-must", "intake-template-what", "intake-template-example"];
    for (i, (key, width)) in heads.into_iter().zip([22.0, 8.0, 60.0, 26.0]).enumerate() {
        sheet.set_column_width(workbook::col(i)?, width)?;
        sheet.write_string_with_format(HINT_HEADER, workbook::col(i)?, say(key), &heading)?;
    }
    for (i, column) in ledger.columns.iter().enumerate() {
        let row = u32::try_from(i)
            .map(|row| row + HINT_HEADER + 1)
            .map_err(|_| IntakeError::Unwritable { why: format!("row {i}") })?;
        let must = if is_required(ledger, column) { say("intake-template-yes") } else { String::new() };
        sheet.write_string_with_format(row, 0, &column.title, &plain)?;
        sheet.write_string_with_format(row, 1, must, &plain)?;
        sheet.write_string_with_format(row, 2, what(column, tell), &plain)?;
        sheet.write_string_with_format(row, 3, example(column), &plain)?;
    }
    Ok(())
}

/// The pack's example; where it has none, one of the column's kind that belongs to nobody.
fn example(column: &Column) -> &str {
    /// The examples of the standards themselves: GB 11643-1999 and GB 32100-2015.
    const RESIDENT_ID: &str = "11010519491231002X";
    const USCC: &str = "91350100M000100Y43";
    match column.kind {
        _ if !column.example.is_empty() => &column.example,
        ColumnKind::ResidentId => RESIDENT_ID,
        ColumnKind::Uscc => USCC,
        ColumnKind::Code => column.values.first().map_or("", String::as_str),
        ColumnKind::Date => "2023-11-05",
        ColumnKind::Boolean => yes_no(true),
        ColumnKind::Text | ColumnKind::Integer | ColumnKind::Decimal { .. } | ColumnKind::Money => "",
    }
}

fn is_required(ledger: &Ledger, column: &Column) -> bool {
    column.required || ledger.key.contains(&column.name)
}

/// The note on a heading: whether it must be filled, what belongs there, an example.
fn hint(ledger: &Ledger, column: &Column, tell: Tell<'_>) -> String {
    let must = if is_required(ledger, column) { "intake-template-required" } else { "intake-template-optional" };
    let mut lines = vec![tell(&Trouble::new(must)), what(column, tell)];
    let example = example(column);
    if !example.is_empty() {
        lines.push(tell(&Trouble::new("intake-template-example-is").with("example", example)));
    }
    lines.join("\n")
}

/// What belongs in a column: its own note, what its kind asks for, its range.
fn what(column: &Column, tell: Tell<'_>) -> String {
    let kind = match column.kind {
        ColumnKind::Text => "intake-template-kind-text",
        ColumnKind::Integer => "intake-template-kind-integer",
        ColumnKind::Decimal { .. } => "intake-template-kind-decimal",
        ColumnKind::Money => "intake-template-kind-money",
        ColumnKind::Date => "intake-template-kind-date",
        ColumnKind::ResidentId => "intake-template-kind-resident-id",
        ColumnKind::Uscc => "intake-template-kind-uscc",
        ColumnKind::Code => "intake-template-kind-code",
        ColumnKind::Boolean => "intake-template-kind-boolean",
    };
    let mut trouble = Trouble::new(kind).with("values", note::list(&column.values));
    if let ColumnKind::Decimal { scale } = column.kind {
        trouble = trouble.with("decimals", scale);
    }
    let mut parts = vec![tell(&trouble)];
    if !column.note.is_empty() {
        parts.push(column.note.clone());
    }
    if let Some(min) = &column.min {
        parts.push(tell(&Trouble::new("intake-template-min").with("min", min)));
    }
    if let Some(max) = &column.max {
        parts.push(tell(&Trouble::new("intake-template-max").with("max", max)));
    }
    parts.join("\n")
}

/// Lists too long for a drop-down, which stand on a sheet of their own.
#[derive(Default)]
struct Choices {
    columns: Vec<Vec<String>>,
}

impl Choices {
    fn list(&mut self, column: &Column, tell: Tell<'_>) -> Result<Option<DataValidation>, IntakeError> {
        let values: Vec<String> = match column.kind {
            ColumnKind::Code => column.values.clone(),
            ColumnKind::Boolean => vec!["是".to_owned(), "否".to_owned()],
            _ => return Ok(None),
        };
        if values.is_empty() {
            return Ok(None);
        }
        let length: usize = values.iter().map(|value| value.encode_utf16().count() + 1).sum();
        if length <= LIST_CHARS_MAX && !values.iter().any(|value| value.contains([',', '"'])) {
            return Ok(Some(DataValidation::new().allow_list_strings(&values)?));
        }
        let letters = note::letters(self.columns.len());
        let last = values.len();
        self.columns.push(values);
        let sheet = choices_sheet(tell);
        let range = Formula::new(format!("='{sheet}'!${letters}$1:${letters}${last}"));
        Ok(Some(DataValidation::new().allow_list_formula(range)))
    }

    fn write(self, book: &mut Workbook, tell: Tell<'_>) -> Result<(), IntakeError> {
        if self.columns.is_empty() {
            return Ok(());
        }
        let sheet = book.add_worksheet();
        sheet.set_name(choices_sheet(tell))?;
        let plain: Format = workbook::text();
        for (col, values) in self.columns.iter().enumerate() {
            for (row, value) in values.iter().enumerate() {
                let row = u32::try_from(row).map_err(|_| IntakeError::Unwritable { why: format!("row {row}") })?;
                sheet.write_string_with_format(row, workbook::col(col)?, value, &plain)?;
            }
        }
        Ok(())
    }
}

fn choices_sheet(tell: Tell<'_>) -> String {
    workbook::sheet_name(&tell(&Trouble::new("intake-template-choices")))
}
