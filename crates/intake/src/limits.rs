//! Every limit of intake, by name and unit. At a limit the file, row or cell is refused with words.

use mingcha_domain::RowRef;

/// Bytes of the file as it was sent.
pub const FILE_BYTES_MAX: u64 = 256 << 20;
/// Bytes of a text file that is read from a path: such a file is never held in memory.
pub const TEXT_FILE_BYTES_MAX: u64 = 4 << 30;
/// Bytes of all parts of a workbook once unpacked, by its directory and by count.
pub const UNPACKED_BYTES_MAX: u64 = 2 << 30;
/// Bytes of a workbook's shared strings once unpacked: the one part that is held in memory whole.
pub const SHARED_STRINGS_BYTES_MAX: u64 = 256 << 20;
/// Parts in a workbook.
pub const PARTS_MAX: usize = 10_000;
/// Rows with content below the header.
pub const ROWS_MAX: u64 = 16_000_000;
/// Rows that must be mended and are kept with their cells. A sheet with more of them is refused: its columns are most likely
/// not what they were taken for.
pub const REJECTED_ROWS_MAX: u64 = 100_000;
/// Bytes of one row of a text file.
pub const ROW_BYTES_MAX: usize = 64 << 20;
/// Columns of a sheet.
pub const COLUMNS_MAX: usize = 1_000;
/// Characters of a heading; a longer text is not held against the names of columns.
pub const HEADING_CHARS_MAX: usize = 1_000;
/// Characters of one cell that a ledger takes.
pub const CELL_CHARS_MAX: usize = 4_000;
/// Characters after which a quoted cell of a text file is taken for one whose closing quote is missing. Excel's own limit.
pub const QUOTED_CHARS_MAX: usize = 32_767;
/// Rows from the top in which the header is looked for.
pub const HEADER_SEARCH_ROWS: usize = 100;

/// Rows of a sheet as Excel has them.
pub(crate) const EXCEL_ROWS_MAX: u32 = 1 << 20;

const _: () = assert!((ROWS_MAX as i64) < RowRef::ROWS_MAX, "a row must fit in a reference");
const _: () = assert!(SHARED_STRINGS_BYTES_MAX <= UNPACKED_BYTES_MAX);
const _: () = assert!(CELL_CHARS_MAX <= QUOTED_CHARS_MAX);

/// The limits of one call; by default those of this file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// See [`FILE_BYTES_MAX`].
    pub file_bytes: u64,
    /// See [`TEXT_FILE_BYTES_MAX`].
    pub text_bytes: u64,
    /// See [`UNPACKED_BYTES_MAX`].
    pub unpacked_bytes: u64,
    /// See [`SHARED_STRINGS_BYTES_MAX`].
    pub shared_strings_bytes: u64,
    /// See [`ROWS_MAX`].
    pub rows: u64,
    /// See [`REJECTED_ROWS_MAX`].
    pub rejected_rows: u64,
    /// See [`COLUMNS_MAX`].
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: FILE_BYTES_MAX,
            text_bytes: TEXT_FILE_BYTES_MAX,
            unpacked_bytes: UNPACKED_BYTES_MAX,
            shared_strings_bytes: SHARED_STRINGS_BYTES_MAX,
            rows: ROWS_MAX,
            rejected_rows: REJECTED_ROWS_MAX,
            columns: COLUMNS_MAX,
        }
    }
}
