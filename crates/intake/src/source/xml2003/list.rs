//! The sheets and styles of an XML spreadsheet, found in one walk through it.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use crate::IntakeError;
use crate::cell::Epoch;
use crate::limits::EXCEL_ROWS_MAX;
use crate::source::format::Shown;
use crate::source::guard::damaged;
use crate::source::hidden::Listed;
use crate::source::xml::{Xml, attribute};

/// Sheets and styles of one file.
const SHEETS_MAX: usize = 1_000;
const STYLES_MAX: usize = 100_000;

/// What is known of a file before its cells are read.
#[derive(Default)]
pub(super) struct List {
    pub sheets: Vec<Listed>,
    /// How numbers are shown, by the name of the style.
    pub formats: BTreeMap<String, Shown>,
    pub epoch: Epoch,
    /// The style that is being read.
    style: Option<String>,
    row: u32,
    column: u32,
}

impl List {
    pub(super) fn read(text: &str, columns_max: usize) -> Result<Self, IntakeError> {
        let mut list = Self::default();
        let mut xml = Xml::new(text.as_bytes(), "xml", u64::MAX);
        let (mut is_visibility, mut is_whole) = (false, false);
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => {
                    is_visibility = tag.local_name().as_ref() == "Visible";
                    list.tag(&tag, columns_max)?;
                }
                Event::Text(text) if is_visibility => {
                    if let Some(sheet) = list.sheets.last_mut() {
                        sheet.hidden.sheet = text.xml10_content().contains("Hidden");
                    }
                }
                Event::End(tag) => {
                    is_visibility = false;
                    is_whole |= tag.local_name().as_ref() == "Workbook";
                }
                _ => {}
            }
        }
        if is_whole { Ok(list) } else { Err(damaged(&"it breaks off")) }
    }

    fn tag(&mut self, tag: &BytesStart<'_>, columns_max: usize) -> Result<(), IntakeError> {
        let is_hidden = || attribute(tag, "Hidden").is_some_and(|hidden| hidden == "1");
        let span = || attribute(tag, "Span").and_then(|span| span.parse().ok()).unwrap_or(0u32);
        match tag.local_name().as_ref() {
            "Date1904" => self.epoch = Epoch::Year1904,
            "Style" => self.style = attribute(tag, "ID"),
            "NumberFormat" => {
                if let (Some(style), Some(format)) = (self.style.take(), attribute(tag, "Format")) {
                    self.formats.insert(style, named(&format));
                }
            }
            "Worksheet" => {
                let name = attribute(tag, "Name").unwrap_or_else(|| (self.sheets.len() + 1).to_string());
                self.sheets.push(Listed { name, ..Listed::default() });
                (self.row, self.column) = (0, 0);
            }
            "Column" => {
                let first = index(tag).unwrap_or(self.column + 1);
                let last = first.saturating_add(span()).min(EXCEL_ROWS_MAX);
                if let (true, Some(sheet)) = (is_hidden(), self.sheets.last_mut()) {
                    sheet.hidden.add_columns(first as usize - 1, last as usize - 1, columns_max);
                }
                self.column = last;
            }
            "Row" => {
                let first = index(tag).unwrap_or(self.row + 1);
                let last = first.saturating_add(span()).min(EXCEL_ROWS_MAX);
                if let (true, Some(sheet)) = (is_hidden(), self.sheets.last_mut()) {
                    (first..=last).for_each(|row| sheet.hidden.add_row(row));
                }
                // Rows that a span stands for are empty, and the next one says its number.
                self.row = first;
            }
            _ => {}
        }
        if self.sheets.len() > SHEETS_MAX || self.formats.len() > STYLES_MAX {
            return Err(damaged(&"more sheets or styles than a workbook has"));
        }
        Ok(())
    }
}

/// The place that a row, column or cell says it has, counted from 1.
pub(super) fn index(tag: &BytesStart<'_>) -> Option<u32> {
    let index: u64 = attribute(tag, "Index")?.parse().ok().filter(|index| *index > 0)?;
    Some(u32::try_from(index).unwrap_or(u32::MAX).min(EXCEL_ROWS_MAX + 1))
}

/// A format by its code, or by one of the names that Excel gives to some.
fn named(format: &str) -> Shown {
    match format {
        "Percent" => Shown::Percent,
        "General Date" | "Long Date" | "Medium Date" | "Short Date" | "Long Time" | "Medium Time" | "Short Time" => {
            Shown::Moment
        }
        "General" | "General Number" | "Currency" | "Euro Currency" | "Fixed" | "Standard" | "Scientific"
        | "Yes/No" | "True/False" | "On/Off" => Shown::Number,
        code => Shown::of(code),
    }
}
