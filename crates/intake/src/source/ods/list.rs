//! The sheets of an OpenDocument spreadsheet, found in one walk through its content.

use std::collections::BTreeSet;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use crate::IntakeError;
use crate::cell::Epoch;
use crate::limits::EXCEL_ROWS_MAX;
use crate::source::guard::damaged;
use crate::source::hidden::Listed;
use crate::source::xml::{Xml, attribute};

/// Sheets of one document.
const SHEETS_MAX: usize = 1_000;

/// Lists the sheets with what they hide, and tells the epoch.
pub(super) fn list<R: BufRead>(mut xml: Xml<R>, columns_max: usize) -> Result<(Vec<Listed>, Epoch), IntakeError> {
    let mut sheets: Vec<Listed> = Vec::new();
    let (mut tables, mut styles) = (Tables::default(), Styles::default());
    let (mut row, mut column, mut epoch) = (1u32, 0usize, Epoch::Year1900);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "style" => styles.current = attribute(&tag, "name"),
                "table-properties" => styles.properties(&tag),
                "null-date" if attribute(&tag, "date-value").is_some_and(|day| day.starts_with("1904-01-01")) => {
                    epoch = Epoch::Year1904;
                }
                "table" => {
                    tables.begin();
                    if tables.depth == 1 {
                        if sheets.len() == SHEETS_MAX {
                            return Err(damaged(&format!("more than {SHEETS_MAX} worksheets")));
                        }
                        let mut sheet =
                            Listed { name: attribute(&tag, "name").unwrap_or_default(), ..Listed::default() };
                        sheet.hidden.sheet =
                            attribute(&tag, "style-name").is_some_and(|name| styles.hidden.contains(&name));
                        sheets.push(sheet);
                        (row, column) = (1, 0);
                    }
                }
                "table-column" if tables.depth == 1 => {
                    let repeat = repeated(&tag, "number-columns-repeated") as usize;
                    if let (true, Some(sheet)) = (is_hidden(&tag), sheets.last_mut()) {
                        sheet.hidden.add_columns(column, column.saturating_add(repeat - 1), columns_max);
                    }
                    column = column.saturating_add(repeat);
                }
                "table-row" if tables.depth == 1 => {
                    let repeat = repeated(&tag, "number-rows-repeated");
                    let next = row.saturating_add(repeat);
                    if let (true, Some(sheet)) = (is_hidden(&tag), sheets.last_mut()) {
                        (row..next.min(EXCEL_ROWS_MAX + 1)).for_each(|row| sheet.hidden.add_row(row));
                    }
                    row = next;
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "table" => tables.depth = tables.depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok((sheets, epoch))
}

/// How often it is repeated: once at least, and no more often than a sheet has rows.
pub(super) fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|count| count.parse::<u32>().ok()).unwrap_or(1).clamp(1, EXCEL_ROWS_MAX + 1)
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    matches!(attribute(tag, "visibility").as_deref(), Some("collapse" | "filter"))
}

/// Styles that hide a sheet.
#[derive(Default)]
struct Styles {
    current: Option<String>,
    hidden: BTreeSet<String>,
}

impl Styles {
    fn properties(&mut self, tag: &BytesStart<'_>) {
        if attribute(tag, "display").as_deref() == Some("false") {
            self.hidden.extend(self.current.take());
        }
    }
}

/// Which sheet is being walked through; tables within a cell are none.
#[derive(Default)]
pub(super) struct Tables {
    depth: u32,
    begun: usize,
}

impl Tables {
    pub(super) fn begin(&mut self) {
        self.depth += 1;
        self.begun += usize::from(self.depth == 1);
    }

    /// Whether it is within the sheet at this place.
    pub(super) fn is_in(&self, place: usize) -> bool {
        self.depth == 1 && self.begun == place + 1
    }

    /// Whether the sheet at this place ends here.
    pub(super) fn end(&mut self, place: usize) -> bool {
        let ends = self.is_in(place);
        self.depth = self.depth.saturating_sub(1);
        ends
    }
}
