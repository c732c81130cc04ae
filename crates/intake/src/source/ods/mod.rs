//! OpenDocument spreadsheets, as LibreOffice and WPS save them, read from their XML row by row.
//!
//! Not by calamine: that one holds every sheet as a rectangle in memory, and tells neither merged areas nor what is hidden.

mod cell;
mod list;

use std::io::{BufReader, Cursor};
use std::ops::ControlFlow;

use calamine::Dimensions;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::cell::{Cell, Epoch};
use crate::source::gather::{Gather, check_row, text_bytes};
use crate::source::guard::{damaged, guarded};
use crate::source::hidden::{self, Hidden, Listed};
use crate::source::merges::Fill;
use crate::source::unpacked::{self, Use};
use crate::source::xml::{Xml, attribute};
use crate::source::{OnRow, Sheets};
use crate::{FileKind, IntakeError, Limits};

use cell::CellReader;

const CONTENT: &str = "content.xml";

/// The content of a document, as a stream of XML.
type Content<'z, 'a> = Xml<BufReader<ZipFile<'z, Cursor<&'a [u8]>>>>;

/// An opened document.
pub(crate) struct OpenDocument<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    sheets: Vec<Listed>,
    epoch: Epoch,
    limits: Limits,
}

impl<'a> OpenDocument<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, IntakeError> {
        let mut archive = unpacked::open(bytes, limits, |name| if name == CONTENT { Use::Counted } else { Use::Held })?;
        if is_encrypted(&mut archive)? {
            return Err(IntakeError::NotASheet { kind: FileKind::EncryptedWorkbook });
        }
        let (sheets, epoch) = list::list(content(&mut archive, limits)?, limits.columns)?;
        if sheets.is_empty() {
            return Err(damaged(&"no worksheet"));
        }
        Ok(Self { archive, sheets, epoch, limits: *limits })
    }

    fn push_rows(&mut self, place: usize, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        let gather = Gather::new(self.limits.columns, Fill::default(), on);
        let epoch = self.epoch;
        let columns_max = self.limits.columns;
        let mut rows = Rows { gather, fill, epoch, row: 0, repeat: 1, column: 0, bytes: 0, columns_max };
        let mut xml = content(&mut self.archive, &self.limits)?;
        let mut tables = list::Tables::default();
        let mut line = Vec::new();
        let mut open: Option<CellReader> = None;
        while let Some(event) = xml.next()? {
            if let Some(cell) = &mut open {
                if cell.take(&event)? {
                    let done = open.take().map(CellReader::done).unwrap_or_default();
                    rows.cell(done, &mut line)?;
                }
                continue;
            }
            match event {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "table" => tables.begin(),
                    _ if !tables.is_in(place) => {}
                    "table-row" => rows.begin(&tag),
                    "table-cell" => open = Some(CellReader::new(&tag, rows.epoch, false)),
                    "covered-table-cell" => open = Some(CellReader::new(&tag, rows.epoch, true)),
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "table" if tables.end(place) => return rows.gather.end(),
                    "table-row" if tables.is_in(place) && rows.end(&mut line)?.is_break() => return Ok(()),
                    _ => {}
                },
                _ => {}
            }
        }
        Err(damaged(&"the sheet has no end"))
    }
}

impl Sheets for OpenDocument<'_> {
    fn names(&self) -> Vec<String> {
        hidden::names(&self.sheets)
    }

    fn epoch(&self) -> Epoch {
        self.epoch
    }

    fn hidden(&mut self, sheet: &str) -> Result<Hidden, IntakeError> {
        Ok(self.sheets[hidden::place(&self.sheets, sheet)?].hidden.clone())
    }

    fn each_row(&mut self, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        let place = hidden::place(&self.sheets, sheet)?;
        guarded(|| self.push_rows(place, fill, on))
    }
}

/// Cells that are repeated, in rows that are repeated.
struct Rows<'a> {
    gather: Gather<'a>,
    fill: bool,
    epoch: Epoch,
    /// The row, and the next column in it, counted from 0.
    row: u32,
    column: usize,
    repeat: u32,
    /// Bytes of text in the row.
    bytes: usize,
    columns_max: usize,
}

impl Rows<'_> {
    fn begin(&mut self, tag: &BytesStart<'_>) {
        (self.column, self.bytes) = (0, 0);
        self.repeat = list::repeated(tag, "number-rows-repeated");
    }

    /// Adds a cell to the row as often as it is repeated.
    fn cell(&mut self, cell: cell::Done, line: &mut Vec<(usize, Cell)>) -> Result<(), IntakeError> {
        if self.fill && (cell.rows > 1 || cell.columns > 1) {
            let end = (self.row.saturating_add(cell.rows - 1), (self.column as u32).saturating_add(cell.columns - 1));
            self.gather.merge(&Dimensions { start: (self.row, self.column as u32), end });
        }
        if !cell.cell.is_blank() {
            let last = self.column.saturating_add(cell.repeat as usize - 1);
            if last >= self.columns_max {
                let row = self.row.saturating_add(1);
                return Err(IntakeError::TooManyColumns { row, columns_max: self.columns_max });
            }
            let each = text_bytes(&cell.cell);
            self.bytes = self.bytes.saturating_add(each.saturating_mul(cell.repeat as usize));
            check_row(self.row.saturating_add(1), self.bytes)?;
            line.extend((self.column..=last).map(|at| (at, cell.cell.clone())));
        }
        self.column = self.column.saturating_add(cell.repeat as usize);
        Ok(())
    }

    fn end(&mut self, line: &mut Vec<(usize, Cell)>) -> Result<ControlFlow<()>, IntakeError> {
        if line.is_empty() {
            self.row = self.row.saturating_add(self.repeat);
            return Ok(ControlFlow::Continue(()));
        }
        for _ in 0..self.repeat {
            for (column, cell) in line.iter() {
                if self.gather.cell(self.row, *column, cell.clone())?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            self.row = self.row.saturating_add(1);
        }
        line.clear();
        Ok(ControlFlow::Continue(()))
    }
}

fn content<'z, 'a>(
    archive: &'z mut ZipArchive<Cursor<&'a [u8]>>,
    limits: &Limits,
) -> Result<Content<'z, 'a>, IntakeError> {
    let index = unpacked::find(archive, CONTENT).ok_or_else(|| damaged(&"no content in it"))?;
    let part = archive.by_index(index).map_err(|why| damaged(&why))?;
    Ok(Xml::new(BufReader::new(part), CONTENT, limits.unpacked_bytes))
}

/// Whether it needs a password: the manifest then says how its parts are encrypted.
fn is_encrypted(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<bool, IntakeError> {
    let Some(index) = unpacked::find(archive, "META-INF/manifest.xml") else { return Ok(false) };
    let part = archive.by_index(index).map_err(|why| damaged(&why))?;
    let mut xml = Xml::new(BufReader::new(part), "manifest.xml", unpacked::HELD_PART_BYTES_MAX);
    while let Some(event) = xml.next()? {
        if let Event::Start(tag) = event
            && (tag.local_name().as_ref() == "encryption-data" || attribute(&tag, "encrypted-key").is_some())
        {
            return Ok(true);
        }
    }
    Ok(false)
}
