//! OpenDocument sheets, as LibreOffice and WPS write them.

use std::fmt::Write as _;

use super::book::{escaped, zipped};
use super::grid::{Cell, Computed, Grid, Shown};

const TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0""#;

/// A document of one sheet with these cells.
pub fn open_document(grid: &Grid) -> Vec<u8> {
    open_document_of("", &rows(grid))
}

/// A document of one sheet: what stands before its content, and the sheet's rows as XML.
pub fn open_document_of(before: &str, rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {NAMES} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let manifest = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let parts = [("mimetype", TYPE), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)];
    zipped(&parts.map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec())))
}

/// The XML of these rows.
pub fn rows(grid: &Grid) -> String {
    grid.iter().fold(String::new(), |mut xml, cells| {
        xml += "<table:table-row>";
        cells.iter().for_each(|cell| put(&mut xml, cell));
        xml + "</table:table-row>"
    })
}

fn put(xml: &mut String, cell: &Cell) {
    let cell = match cell {
        Cell::Blank => "<table:table-cell/>".to_owned(),
        Cell::Text(text) => valued(r#"office:value-type="string""#, text),
        // A day is written as a day here, not as a serial number.
        Cell::Number(value, Shown::Day) => {
            valued(&format!(r#"office:value-type="date" office:date-value="{value}""#), value)
        }
        Cell::Number(value, Shown::TimeOfDay | Shown::Duration) => {
            valued(&format!(r#"office:value-type="time" office:time-value="{value}""#), value)
        }
        Cell::Number(value, _) => valued(&format!(r#"office:value-type="float" office:value="{value}""#), value),
        Cell::Formula(formula, computed) => {
            let (kind, shown) = match computed {
                None => (String::new(), ""),
                Some(Computed::Text(text)) => (r#"office:value-type="string""#.to_owned(), *text),
                Some(Computed::Number(value)) => {
                    (format!(r#"office:value-type="float" office:value="{value}""#), *value)
                }
            };
            valued(&format!(r#"table:formula="of:={}" {kind}"#, escaped(formula)), shown)
        }
        Cell::Error(value) => {
            valued(r#"table:formula="of:=NA()" office:value-type="string" office:string-value="""#, value)
        }
        Cell::Truth(value) => valued(&format!(r#"office:value-type="boolean" office:boolean-value="{value}""#), "TRUE"),
    };
    let _ = write!(xml, "{cell}");
}

fn valued(attributes: &str, shown: &str) -> String {
    format!("<table:table-cell {attributes}><text:p>{}</text:p></table:table-cell>", escaped(shown))
}
