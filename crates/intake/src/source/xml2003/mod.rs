//! XML spreadsheets of Excel 2002 and 2003 (`urn:schemas-microsoft-com:office:spreadsheet`), which systems export as .xls.

mod list;

use std::ops::ControlFlow;

use calamine::Dimensions;
use quick_xml::events::{BytesStart, Event};

use crate::cell::{Cell, Epoch};
use crate::limits::EXCEL_ROWS_MAX;
use crate::source::format::Shown;
use crate::source::gather::Gather;
use crate::source::guard::damaged;
use crate::source::hidden::{self, Hidden, Listed};
use crate::source::merges::Fill;
use crate::source::xml::{Xml, attribute, push_reference, push_text};
use crate::source::{OnRow, Sheets, moment};
use crate::{IntakeError, Limits};

use list::{List, index};

/// An opened spreadsheet.
pub(crate) struct XmlBook {
    text: String,
    sheets: Vec<Listed>,
    list: List,
    columns_max: usize,
}

impl XmlBook {
    pub(crate) fn open(text: String, limits: &Limits) -> Result<Self, IntakeError> {
        let mut list = List::read(&text, limits.columns)?;
        let sheets = std::mem::take(&mut list.sheets);
        if sheets.is_empty() {
            return Err(damaged(&"no worksheet"));
        }
        Ok(Self { text, sheets, list, columns_max: limits.columns })
    }

    fn push_rows(&self, place: usize, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        let mut rows = Rows {
            gather: Gather::new(self.columns_max, Fill::default(), on),
            fill,
            list: &self.list,
            row: 0,
            column: 0,
            cell: None,
        };
        let mut xml = Xml::new(self.text.as_bytes(), "xml", u64::MAX);
        let mut sheet = 0usize;
        while let Some(event) = xml.next()? {
            if let Event::Start(tag) = &event
                && tag.local_name().as_ref() == "Worksheet"
            {
                sheet += 1;
            }
            if sheet != place + 1 {
                continue;
            }
            if let Event::End(tag) = &event
                && tag.local_name().as_ref() == "Worksheet"
            {
                return rows.gather.end();
            }
            if rows.take(&event)?.is_break() {
                return Ok(());
            }
        }
        Err(damaged(&"the sheet has no end"))
    }
}

impl Sheets for XmlBook {
    fn names(&self) -> Vec<String> {
        hidden::names(&self.sheets)
    }

    fn epoch(&self) -> Epoch {
        self.list.epoch
    }

    fn hidden(&mut self, sheet: &str) -> Result<Hidden, IntakeError> {
        Ok(self.sheets[hidden::place(&self.sheets, sheet)?].hidden.clone())
    }

    fn each_row(&mut self, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        self.push_rows(hidden::place(&self.sheets, sheet)?, fill, on)
    }
}

/// The rows of one sheet as they are read.
struct Rows<'a> {
    gather: Gather<'a>,
    fill: bool,
    list: &'a List,
    /// The next row and column, counted from 0.
    row: u32,
    column: u32,
    cell: Option<OpenCell>,
}

/// A cell that has begun.
struct OpenCell {
    shown: Shown,
    has_formula: bool,
    across: u32,
    down: u32,
    /// Its value, once that has begun: its type, and its text so far.
    data: Option<(String, String)>,
    /// Whether the value is being read now, and not a remark.
    is_open: bool,
}

impl Rows<'_> {
    fn take(&mut self, event: &Event<'_>) -> Result<ControlFlow<()>, IntakeError> {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "Row" => {
                    (self.row, self.column) = (index(tag).map_or(self.row, |row| row - 1), 0);
                }
                "Cell" => self.begin(tag),
                "Data" => {
                    if let Some(cell) = &mut self.cell {
                        cell.data = Some((attribute(tag, "Type").unwrap_or_default(), String::new()));
                        cell.is_open = true;
                    }
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "Cell" => return self.end(),
                "Data" => self.cell.iter_mut().for_each(|cell| cell.is_open = false),
                "Row" => self.row = self.row.saturating_add(1).min(EXCEL_ROWS_MAX + 1),
                _ => {}
            },
            Event::Text(text) => self.add(&text.xml10_content()),
            Event::CData(text) => self.add(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                if let Some(OpenCell { data: Some((_, text)), is_open: true, .. }) = &mut self.cell {
                    push_reference(text, reference)?;
                }
            }
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        self.column = index(tag).map_or(self.column, |column| column - 1);
        let count = |name| attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(0u32);
        let style = attribute(tag, "StyleID").unwrap_or_else(|| "Default".to_owned());
        self.cell = Some(OpenCell {
            shown: self.list.formats.get(&style).copied().unwrap_or_default(),
            has_formula: attribute(tag, "Formula").is_some(),
            across: count("MergeAcross"),
            down: count("MergeDown"),
            data: None,
            is_open: false,
        });
    }

    fn add(&mut self, more: &str) {
        if let Some(OpenCell { data: Some((_, text)), is_open: true, .. }) = &mut self.cell {
            push_text(text, more);
        }
    }

    fn end(&mut self) -> Result<ControlFlow<()>, IntakeError> {
        let Some(cell) = self.cell.take() else { return Ok(ControlFlow::Continue(())) };
        let (row, column) = (self.row, self.column);
        self.column = column.saturating_add(cell.across).saturating_add(1);
        if self.fill && (cell.across > 0 || cell.down > 0) {
            let end = (row.saturating_add(cell.down), column.saturating_add(cell.across));
            self.gather.merge(&Dimensions { start: (row, column), end });
        }
        self.gather.cell(row, column as usize, cell.value(self.list.epoch))
    }
}

impl OpenCell {
    fn value(self, epoch: Epoch) -> Cell {
        let Some((kind, text)) = self.data else {
            return if self.has_formula { Cell::Uncomputed } else { Cell::Empty };
        };
        match kind.as_str() {
            "Number" => text.trim().parse().map_or_else(|_| Cell::Text(text), |number| self.shown.cell(number)),
            "DateTime" => match time_of_day(&text).unwrap_or_else(|| moment::cell(&text, epoch)) {
                Cell::Serial(days) if self.shown == Shown::Elapsed => Cell::Duration(days),
                moment => moment,
            },
            "Boolean" => Cell::Bool(text.trim() == "1"),
            "Error" => Cell::Error(text),
            _ if text.is_empty() => Cell::Empty,
            _ => Cell::Text(text),
        }
    }
}

/// A time without a day is written as one on the day before the count begins.
fn time_of_day(text: &str) -> Option<Cell> {
    let time = text.strip_prefix("1899-12-31T")?;
    match moment::cell(&format!("1900-01-01T{time}"), Epoch::Year1900) {
        Cell::Serial(serial) => Some(Cell::Serial(serial.fract())),
        _ => None,
    }
}
