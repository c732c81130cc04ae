//! Which sheets of a file could be read for a ledger, so that a clerk can choose another than the one that fits best.

use mingcha_pack::Ledger;

use crate::heading::Names;
use crate::source::Source;
use crate::{IntakeError, Limits, header};

/// A sheet whose header has columns of the ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetFit {
    /// Its name; empty for a text file.
    pub sheet: String,
    /// The row taken for its header, 1-based.
    pub header_row: u32,
    /// Columns of the ledger that the header has.
    pub recognised: usize,
    /// Columns of the ledger.
    pub columns: usize,
    /// Whether all columns are there that must be, so that it can be read as it is.
    pub fits: bool,
}

/// Returns the sheets whose header has a column of the ledger, the best fit first: of equals the first in the file.
///
/// [`parse`](crate::parse()) reads the first of these when no sheet is named.
pub fn fitting_sheets(bytes: &[u8], ledger: &Ledger, limits: &Limits) -> Result<Vec<SheetFit>, IntakeError> {
    let names = Names::of(ledger);
    let mut source = Source::open(bytes, limits, &|rows| header::score(&names, rows))?;
    let mut fits = Vec::new();
    for sheet in source.sheets() {
        let head = source.head(&sheet, false)?;
        let Some((header_row, recognised, all)) = header::look(&head, ledger, &names) else { continue };
        if recognised > 0 {
            fits.push(SheetFit { sheet, header_row, recognised, columns: ledger.columns.len(), fits: all });
        }
    }
    fits.sort_by_key(|fit| std::cmp::Reverse(fit.recognised));
    Ok(fits)
}
