//! Binary workbooks (.xlsb), read cell by cell (calamine). What they hide, merge and show in per cent is not told by it.

use std::io::Cursor;

use calamine::{Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use crate::cell::Epoch;
use crate::source::gather::Gather;
use crate::source::guard::{damaged, guarded};
use crate::source::hidden::{self, Hidden, Listed};
use crate::source::merges::Fill;
use crate::source::unpacked::{self, Use};
use crate::source::xlsx::cell_of;
use crate::source::{OnRow, Sheets};
use crate::{FileKind, IntakeError, Limits};

/// An opened workbook.
pub(crate) struct BinaryBook<'a> {
    xlsb: Xlsb<Cursor<&'a [u8]>>,
    sheets: Vec<Listed>,
    epoch: Epoch,
    columns_max: usize,
}

impl<'a> BinaryBook<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, IntakeError> {
        unpacked::open(bytes, limits, |name| if name.contains("/worksheets/") { Use::Streamed } else { Use::Held })?;
        let xlsb = guarded(|| Xlsb::new(Cursor::new(bytes)).map_err(refused))?;
        let sheets = xlsb.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let sheets: Vec<Listed> = sheets
            .map(|sheet| Listed {
                name: sheet.name.clone(),
                hidden: Hidden { sheet: sheet.visible != SheetVisible::Visible, ..Hidden::default() },
            })
            .collect();
        if sheets.is_empty() {
            return Err(damaged(&"no worksheet"));
        }
        let epoch = if xlsb.has_1904_epoch() { Epoch::Year1904 } else { Epoch::Year1900 };
        Ok(Self { xlsb, sheets, epoch, columns_max: limits.columns })
    }

    fn push_rows(&mut self, sheet: &str, on: OnRow<'_>) -> Result<(), IntakeError> {
        let mut gather = Gather::new(self.columns_max, Fill::default(), on);
        let mut cells = self.xlsb.worksheet_cells_reader(sheet).map_err(refused)?;
        while let Some(cell) = cells.next_cell().map_err(refused)? {
            let (row, column) = cell.get_position();
            if gather.cell(row, column as usize, cell_of(cell.get_value(), self.epoch))?.is_break() {
                return Ok(());
            }
        }
        gather.end()
    }
}

impl Sheets for BinaryBook<'_> {
    fn names(&self) -> Vec<String> {
        hidden::names(&self.sheets)
    }

    fn epoch(&self) -> Epoch {
        self.epoch
    }

    fn hidden(&mut self, sheet: &str) -> Result<Hidden, IntakeError> {
        Ok(self.sheets[hidden::place(&self.sheets, sheet)?].hidden.clone())
    }

    fn each_row(&mut self, sheet: &str, _fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        guarded(|| self.push_rows(sheet, on))
    }
}

fn refused(error: XlsbError) -> IntakeError {
    match error {
        XlsbError::Password => IntakeError::NotASheet { kind: FileKind::EncryptedWorkbook },
        other => damaged(&other),
    }
}
