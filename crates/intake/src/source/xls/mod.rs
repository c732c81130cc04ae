//! Workbooks of Excel 97–2003 (BIFF8) and Excel 5 (BIFF5), as Excel and WPS save them under .xls and .et.
//!
//! Read here record by record and not by calamine: that one makes of each sheet a rectangle that holds every cell up to
//! the last, so that one cell at the far end takes a gigabyte; and it does not tell what is hidden, per cent or uncomputed.

mod globals;
mod records;
mod sheet;

use std::io::{Cursor, Read};

use crate::cell::Epoch;
use crate::source::gather::Gather;
use crate::source::guard::{damaged, guarded};
use crate::source::hidden::Hidden;
use crate::source::merges::Fill;
use crate::source::{OnRow, Sheets};
use crate::{IntakeError, Limits};

use globals::{Globals, Sheet};
use sheet::Layout;

/// An opened workbook.
pub(crate) struct OldBook {
    stream: Vec<u8>,
    globals: Globals,
    columns_max: usize,
}

impl OldBook {
    pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, IntakeError> {
        let stream = guarded(|| stream(bytes))?;
        let mut globals = Globals::read(&stream, limits)?;
        if globals.sheets.is_empty() {
            return Err(damaged(&"no worksheet"));
        }
        globals.sheets.sort_by_key(|sheet| sheet.is_hidden);
        Ok(Self { stream, globals, columns_max: limits.columns })
    }

    fn sheet(&self, name: &str) -> Result<(&Sheet, &[u8]), IntakeError> {
        let sheet = self.globals.sheets.iter().find(|sheet| sheet.name == name);
        let sheet = sheet.ok_or_else(|| damaged(&format!("no sheet {name}")))?;
        Ok((sheet, self.stream.get(sheet.at..).ok_or_else(|| damaged(&"a sheet lies outside the file"))?))
    }
}

impl Sheets for OldBook {
    fn names(&self) -> Vec<String> {
        self.globals.sheets.iter().map(|sheet| sheet.name.clone()).collect()
    }

    fn epoch(&self) -> Epoch {
        self.globals.epoch
    }

    fn hidden(&mut self, sheet: &str) -> Result<Hidden, IntakeError> {
        let (sheet, stream) = self.sheet(sheet)?;
        Ok(Hidden { sheet: sheet.is_hidden, ..Layout::read(stream, self.columns_max)?.hidden })
    }

    fn each_row(&mut self, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        let (_, stream) = self.sheet(sheet)?;
        let layout = Layout::read(stream, self.columns_max)?;
        let merged = if fill { Fill::new(&layout.merges) } else { Fill::default() };
        let gather = Gather::new(self.columns_max, merged, on);
        sheet::read(stream, &self.globals, layout.is_in_order, gather)
    }
}

/// The workbook's stream within the compound file; the newer one where there are two.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, IntakeError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|why| damaged(&why))?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let stream = file.open_stream(name.ok_or_else(|| damaged(&"no workbook in it"))?).map_err(|why| damaged(&why))?;
    let mut content = Vec::new();
    stream.take(bytes.len() as u64).read_to_end(&mut content).map_err(|why| damaged(&why))?;
    Ok(content)
}
