//! XLSX workbooks, read cell by cell (calamine); only the shared strings are held in memory.

mod parts;
mod scan;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Cursor, Read};
use std::sync::Arc;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::cell::{Cell, Epoch};
use crate::source::format::Shown;
use crate::source::gather::Gather;
use crate::source::guard::{damaged, gave_up, guarded};
use crate::source::hidden::Hidden;
use crate::source::merges::Fill;
use crate::source::unpacked::{self, Use};
use crate::source::xml::Xml;
use crate::source::{OnRow, Sheets, moment};
use crate::{FileKind, IntakeError, Limits};

use parts::Sheet;
use scan::Scan;

/// Worksheets of one workbook.
const SHEETS_MAX: usize = 1_000;
/// Formats of cells; Excel has at most 65,490.
const FORMATS_MAX: usize = 100_000;

/// An opened workbook.
pub(crate) struct Book<'a> {
    xlsx: Xlsx<Cursor<&'a [u8]>>,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Hidden ones last.
    sheets: Vec<Sheet>,
    epoch: Epoch,
    limits: Limits,
    /// What was seen of each sheet, by its part, before its cells were read.
    scans: BTreeMap<usize, Arc<Scan>>,
    /// Bytes that sheets may still unpack to.
    left: u64,
}

impl<'a> Book<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, IntakeError> {
        let mut archive = unpacked::open(bytes, limits, use_of)?;
        let mut sheets = parts::sheets(&mut archive)?;
        if sheets.is_empty() {
            return Err(damaged(&"no worksheet"));
        }
        if sheets.len() > SHEETS_MAX {
            return Err(damaged(&format!("{} worksheets", sheets.len())));
        }
        sheets.sort_by_key(|sheet| sheet.is_hidden);
        check_counts(&mut archive)?;
        let (mut scans, mut left) = (BTreeMap::new(), limits.unpacked_bytes);
        // The first sheet is nearly always the one: it is looked over while the shared strings are read.
        let mut beside = archive.clone();
        let first = sheets.first().and_then(|sheet| sheet.part);
        let (xlsx, seen) = std::thread::scope(|both| {
            let seen = both.spawn(|| first.map(|part| look_over(&mut beside, part, left, limits)).transpose());
            let xlsx = guarded(|| Xlsx::new(Cursor::new(bytes)).map_err(refused));
            (xlsx, seen.join().unwrap_or_else(|_| Err(gave_up())))
        });
        // What is wrong with the whole comes before what is wrong with a sheet.
        let xlsx = xlsx?;
        if let (Some(part), Some((scan, bytes))) = (first, seen?) {
            left = left.saturating_sub(bytes);
            scans.insert(part, Arc::new(scan));
        }
        let epoch = if xlsx.has_1904_epoch() { Epoch::Year1904 } else { Epoch::Year1900 };
        Ok(Self { xlsx, archive, sheets, epoch, limits: *limits, scans, left })
    }

    fn scan(&mut self, sheet: &str) -> Result<Arc<Scan>, IntakeError> {
        let known = self.sheets.iter().find(|known| known.name == sheet);
        let part = known.and_then(|sheet| sheet.part).ok_or_else(|| damaged(&format!("no part for sheet {sheet}")))?;
        if let Some(scan) = self.scans.get(&part) {
            return Ok(Arc::clone(scan));
        }
        let (scan, bytes) = look_over(&mut self.archive, part, self.left, &self.limits)?;
        self.left = self.left.saturating_sub(bytes);
        let scan = Arc::new(scan);
        self.scans.insert(part, Arc::clone(&scan));
        Ok(scan)
    }

    fn push_rows(&mut self, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        let scan = self.scan(sheet)?;
        let merged = if fill { Fill::new(&scan.merges) } else { Fill::default() };
        let uncomputed = if scan.has_uncomputed { self.uncomputed(sheet)? } else { BTreeSet::new() };
        let mut gather = Gather::new(self.limits.columns, merged, on);
        let mut cells = self.xlsx.worksheet_cells_reader(sheet).map_err(refused)?;
        let shown = |style: &calamine::Style| {
            style.number_format.as_ref().map_or(Shown::Number, |format| Shown::of(&format.format_code))
        };
        let shown: Vec<Shown> = cells.styles().iter().map(shown).collect();
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(refused)? {
            let (row, column) = cell.get_position();
            let cell = match cell_of(cell.get_value(), self.epoch) {
                Cell::Empty if uncomputed.contains(&(row, column)) => Cell::Uncomputed,
                // Days and times the library has told by their format already.
                Cell::Number(number) => match shown.get(style) {
                    Some(shown @ (Shown::Percent | Shown::Padded(_))) => shown.cell(number),
                    _ => Cell::Number(number),
                },
                cell => cell,
            };
            if gather.cell(row, column as usize, cell)?.is_break() {
                return Ok(());
            }
        }
        gather.end()
    }

    /// Where the formulas stand that have no value; walks through the whole sheet.
    fn uncomputed(&mut self, sheet: &str) -> Result<BTreeSet<(u32, u32)>, IntakeError> {
        let mut places = BTreeSet::new();
        let mut cells = self.xlsx.worksheet_cells_reader(sheet).map_err(refused)?;
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(refused)? {
            if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
                places.insert(cell.pos);
            }
        }
        Ok(places)
    }
}

impl Sheets for Book<'_> {
    fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|sheet| sheet.name.clone()).collect()
    }

    fn epoch(&self) -> Epoch {
        self.epoch
    }

    fn hidden(&mut self, sheet: &str) -> Result<Hidden, IntakeError> {
        let is_hidden = self.sheets.iter().any(|known| known.name == sheet && known.is_hidden);
        Ok(Hidden { sheet: is_hidden, ..self.scan(sheet)?.hidden.clone() })
    }

    fn each_row(&mut self, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        guarded(|| self.push_rows(sheet, fill, on))
    }
}

/// A worksheet is never held whole.
fn use_of(name: &str) -> Use {
    const HELD: [&str; 5] = ["sharedstrings.xml", "styles.xml", "workbook.xml", "theme1.xml", ".rels"];
    let is_sheet = name.contains("/worksheets/") && !HELD.iter().any(|end| name.ends_with(end));
    if is_sheet { Use::Counted } else { Use::Held }
}

fn look_over(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    part: usize,
    left: u64,
    limits: &Limits,
) -> Result<(Scan, u64), IntakeError> {
    let part = archive.by_index(part).map_err(|why| damaged(&why))?;
    let name = unpacked::normal(part.name_raw());
    scan::scan(part, &name, left, limits.columns)
}

/// Refuses counts for which the library would take memory before it sees that they are lies.
fn check_counts(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), IntakeError> {
    for index in 0..archive.len() {
        let name = archive.by_index_raw(index).map(|part| unpacked::normal(part.name_raw()));
        let name = name.map_err(|why| damaged(&why))?;
        let is_strings = name.ends_with("sharedstrings.xml");
        if !is_strings && !name.ends_with("/styles.xml") {
            continue;
        }
        let part = archive.by_index(index).map_err(|why| damaged(&why))?;
        let size = part.size();
        let mut xml = Xml::new(BufReader::new(part.take(size.saturating_add(1))), &name, u64::MAX);
        let mut formats = 0;
        while let Some(event) = xml.next()? {
            let Event::Start(tag) = event else { continue };
            match tag.local_name().as_ref() {
                // A string takes five bytes at least.
                "sst" => {
                    match crate::source::xml::attribute(&tag, "uniqueCount").and_then(|count| count.parse().ok()) {
                        Some(count @ 0u64..) if count > size / 5 + 1 => {
                            return Err(damaged(&format!("{count} strings in {size} bytes")));
                        }
                        _ => break,
                    }
                }
                "xf" => formats += 1,
                _ => {}
            }
            if formats > FORMATS_MAX {
                return Err(damaged(&format!("more than {FORMATS_MAX} formats")));
            }
        }
    }
    Ok(())
}

/// A cell as calamine reads it from any of its formats.
pub(crate) fn cell_of(value: &DataRef<'_>, epoch: Epoch) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::DateTimeIso(text) => moment::cell(text, epoch),
        DataRef::DurationIso(text) => moment::duration(text),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(moment) if moment.is_duration() => Cell::Duration(moment.as_f64()),
        DataRef::DateTime(moment) => Cell::Serial(moment.as_f64()),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

fn refused(error: XlsxError) -> IntakeError {
    match error {
        XlsxError::Password => IntakeError::NotASheet { kind: FileKind::EncryptedWorkbook },
        other => damaged(&other),
    }
}
