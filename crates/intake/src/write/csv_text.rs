//! A whole ledger as a text file.

use std::borrow::Cow;

use encoding_rs::GB18030;
use mingcha_domain::Value;
use mingcha_pack::Ledger;

use crate::IntakeError;
use crate::header::OUR_ROW;
use crate::write::table::yes_no;

/// In which encoding a text file is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CsvEncoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with the mark by which Excel knows it.
    Utf8Marked,
    /// GB18030, as older Chinese software writes.
    Gb18030,
}

/// Writes rows, one value per column of the ledger, as CSV with Chinese headings.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it, which [`crate::parse`] takes off.
pub fn write_csv(
    ledger: &Ledger,
    rows: impl IntoIterator<Item = Vec<Value>>,
    encoding: CsvEncoding,
) -> Result<Vec<u8>, IntakeError> {
    let mut writer = writer();
    writer.write_record(ledger.columns.iter().map(|column| column.title.as_str())).map_err(unwritable)?;
    for row in rows {
        writer.write_record(row.iter().map(cell)).map_err(unwritable)?;
    }
    let bytes = writer.into_inner().map_err(|why| IntakeError::Unwritable { why: why.to_string() })?;
    let text = String::from_utf8(bytes).map_err(|why| IntakeError::Unwritable { why: why.to_string() })?;
    Ok(match encoding {
        CsvEncoding::Utf8 => text.into_bytes(),
        CsvEncoding::Utf8Marked => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        // GB18030 has every character, so nothing is lost.
        CsvEncoding::Gb18030 => GB18030.encode(&text).0.into_owned(),
    })
}

/// Writes rows that were mended: before each, the line of the sheet that it mends (which is not read again); of the
/// ledger's columns only those that the sheet has, by their titles or by their names in SQL.
pub fn write_mended(
    ledger: &Ledger,
    columns: &[usize],
    rows: &[(u32, &[Value])],
    by_name: bool,
) -> Result<Vec<u8>, IntakeError> {
    let mut writer = writer();
    let titles = columns.iter().filter_map(|at| ledger.columns.get(*at));
    let titles = titles.map(|column| if by_name { column.name.as_str() } else { column.title.as_str() });
    writer.write_record(std::iter::once(OUR_ROW).chain(titles)).map_err(unwritable)?;
    for (line, values) in rows {
        let cells = columns.iter().map(|at| values.get(*at).map(cell).unwrap_or_default());
        writer.write_record(std::iter::once(line.to_string()).chain(cells)).map_err(unwritable)?;
    }
    writer.into_inner().map_err(|why| IntakeError::Unwritable { why: why.to_string() })
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new())
}

fn unwritable(why: csv::Error) -> IntakeError {
    IntakeError::Unwritable { why: why.to_string() }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Bool(yes) => yes_no(*yes).to_owned(),
        Value::Text(text) => csv_safe(text).into_owned(),
        value => value.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula: with an apostrophe before it where it begins like one, also in full
/// width. One that begins with an apostrophe gets another, so that reading, which takes one off, gives the same back.
#[must_use]
pub fn csv_safe(text: &str) -> Cow<'_, str> {
    const BEGINS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠'];
    if text.starts_with(BEGINS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}
