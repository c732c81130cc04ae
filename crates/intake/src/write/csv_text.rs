//! A whole ledger as a text file.

use encoding_rs::GB18030;
use mingcha_domain::Value;
use mingcha_pack::Ledger;

use crate::IntakeError;
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
    let unwritable = |why: csv::Error| IntakeError::Unwritable { why: why.to_string() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
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

fn cell(value: &Value) -> String {
    match value {
        Value::Bool(yes) => yes_no(*yes).to_owned(),
        Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) => format!("'{text}"),
        value => value.to_string(),
    }
}
