//! Why a whole file was not taken. Nothing of it was kept.

use mingcha_domain::{Kind, Speaks, Trouble};

use crate::columns_trouble::ColumnsTrouble;
use crate::limits::HEADER_SEARCH_ROWS;
use crate::{FileKind, note};

/// Why a file was refused.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum IntakeError {
    /// Of another kind than the accepted ones.
    #[error("a file of kind {}", kind.word())]
    NotASheet {
        /// What it is.
        kind: FileKind,
    },
    /// More bytes than accepted.
    #[error("{bytes} bytes, at most {bytes_max}")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        bytes_max: u64,
    },
    /// More bytes than accepted once unpacked.
    #[error("{part} unpacks to {bytes} bytes, at most {bytes_max}")]
    UnpacksTooLarge {
        /// The part of the workbook at which the limit was passed.
        part: String,
        /// What was counted up to there.
        bytes: u64,
        /// The limit.
        bytes_max: u64,
    },
    /// One cell, or one tag, is far larger than any cell may be.
    #[error("a piece of more than {bytes_max} bytes")]
    PieceTooLarge {
        /// The limit.
        bytes_max: u64,
    },
    /// It declares or uses entities of its own, as a document does that wants to grow in memory or to have files read.
    #[error("entities of its own")]
    OwnEntities,
    /// A web page without a table.
    #[error("no table in the page")]
    NoTable,
    /// A Parquet file whose pages are packed in a way that is not read.
    #[error("packed with {packing}")]
    UnknownPacking {
        /// The way.
        packing: &'static str,
    },
    /// A column of the ledger stands for one whose cells hold records or lists.
    #[error("column {heading} holds records or lists")]
    NestedColumn {
        /// Its name in the file.
        heading: String,
        /// The title of the ledger's column.
        column: String,
    },
    /// A workbook that cannot be read.
    #[error("damaged workbook: {why}")]
    Damaged {
        /// What the reader said.
        why: String,
    },
    /// Neither UTF-8 nor UTF-16 nor GB18030.
    #[error("unknown encoding, perhaps {guess}")]
    UnknownEncoding {
        /// What it looks like.
        guess: &'static str,
    },
    /// Some bytes do not belong to the encoding of the others.
    #[error("broken {encoding} at line {line}")]
    BrokenEncoding {
        /// The encoding of the rest.
        encoding: &'static str,
        /// The first such line; 0 when unknown.
        line: usize,
    },
    /// A text file in which a quote is opened and never closed.
    #[error("a quote opened in row {row} is never closed")]
    UnclosedQuote {
        /// The row in which it opens.
        row: u32,
    },
    /// Content to the right of the last column that is read.
    #[error("row {row} has more than {columns_max} columns")]
    TooManyColumns {
        /// The row.
        row: u32,
        /// The limit.
        columns_max: usize,
    },
    /// More rows with content than accepted.
    #[error("more than {rows_max} rows")]
    TooManyRows {
        /// The limit.
        rows_max: u64,
    },
    /// A line that goes on and on.
    #[error("row {row} is longer than {bytes_max} bytes")]
    RowTooLong {
        /// The row.
        row: u32,
        /// The limit.
        bytes_max: usize,
    },
    /// So many rows must be mended that the columns are most likely not what they were taken for.
    #[error("more than {rows_max} rows must be mended")]
    TooManyRejects {
        /// The limit.
        rows_max: u64,
    },
    /// No header, because no row has content.
    #[error("no row has content")]
    NothingInIt,
    /// The row that a person named as the header is blank, or further down than a header is looked for.
    #[error("row {row} is no header")]
    NoHeaderThere {
        /// The row.
        row: u32,
    },
    /// A header, and no row below it.
    #[error("no row below the header in row {header_row}")]
    NoRows {
        /// Where the header is.
        header_row: u32,
    },
    /// The header does not say which column is which.
    #[error("{} columns missing, {} twice", .0.missing.len(), .0.twice.len())]
    Columns(Box<ColumnsTrouble>),
    /// The caller named a sheet that is not there.
    #[error("no sheet {sheet}")]
    NoSuchSheet {
        /// The name given.
        sheet: String,
        /// The names there are.
        has: Vec<String>,
    },
    /// The caller named a heading or a column that is not there.
    #[error("no column {name}")]
    NoSuchColumn {
        /// The name given.
        name: String,
        /// The nearest that is there.
        near: Option<String>,
    },
    /// The file could not be read from its place.
    #[error("cannot read {path}: {why}")]
    Unreadable {
        /// Its path.
        path: String,
        /// What the system said.
        why: String,
    },
    /// A workbook or text could not be written.
    #[error("cannot write the sheet: {why}")]
    Unwritable {
        /// What the writer said.
        why: String,
    },
}

impl Speaks for IntakeError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::NotASheet { kind: FileKind::Empty } => Trouble::new("MC-INTAKE-002"),
            Self::NotASheet { kind: FileKind::EncryptedWorkbook } => Trouble::new("MC-INTAKE-003"),
            Self::NotASheet { kind } => Trouble::new("MC-INTAKE-001").with("kind", kind.word()),
            Self::TooLarge { bytes, bytes_max } => {
                Trouble::new("MC-INTAKE-005").with("size", mebibytes(*bytes)).with("limit", mebibytes(*bytes_max))
            }
            Self::UnpacksTooLarge { bytes, bytes_max, .. } => {
                Trouble::new("MC-INTAKE-006").with("size", mebibytes(*bytes)).with("limit", mebibytes(*bytes_max))
            }
            Self::PieceTooLarge { bytes_max } => Trouble::new("MC-INTAKE-071").with("limit", mebibytes(*bytes_max)),
            Self::OwnEntities => Trouble::new("MC-INTAKE-070"),
            Self::NoTable => Trouble::new("MC-INTAKE-072"),
            Self::UnknownPacking { packing } => Trouble::new("MC-INTAKE-073").with("packing", packing),
            Self::NestedColumn { heading, column } => {
                Trouble::new("MC-INTAKE-074").with("heading", heading).with("column", column)
            }
            Self::Damaged { why } => Trouble::new("MC-INTAKE-007").with("why", why),
            Self::UnknownEncoding { guess } => Trouble::new("MC-INTAKE-008").with("guess", guess),
            Self::BrokenEncoding { encoding, line } => {
                Trouble::new("MC-INTAKE-009").with("encoding", encoding).with("line", line)
            }
            Self::UnclosedQuote { row } => Trouble::new("MC-INTAKE-010").with("row", row),
            Self::TooManyColumns { row, columns_max } => {
                Trouble::new("MC-INTAKE-011").with("row", row).with("limit", columns_max)
            }
            Self::TooManyRows { rows_max } => Trouble::new("MC-INTAKE-012").with("limit", rows_max),
            Self::RowTooLong { row, bytes_max } => {
                Trouble::new("MC-INTAKE-101").with("row", row).with("limit", mebibytes(*bytes_max as u64))
            }
            Self::TooManyRejects { rows_max } => Trouble::new("MC-INTAKE-100").with("limit", rows_max),
            Self::NothingInIt => Trouble::new("MC-INTAKE-013"),
            Self::NoHeaderThere { row } => {
                Trouble::new("MC-INTAKE-092").with("row", row).with("limit", HEADER_SEARCH_ROWS)
            }
            Self::NoRows { header_row } => Trouble::new("MC-INTAKE-014").with("row", header_row),
            Self::Columns(columns) => columns.trouble(),
            Self::NoSuchSheet { sheet, has } => {
                Trouble::new("MC-INTAKE-017").with("sheet", sheet).with("has", note::list(has))
            }
            Self::NoSuchColumn { name, near } => {
                Trouble::new("MC-INTAKE-018").with("name", name).with("near", near.as_deref().unwrap_or("none"))
            }
            Self::Unreadable { path, why } => Trouble::new("MC-INTAKE-019").with("path", path).with("why", why),
            Self::Unwritable { why } => Trouble::new("MC-INTAKE-020").with("why", why),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::TooLarge { .. }
            | Self::UnpacksTooLarge { .. }
            | Self::PieceTooLarge { .. }
            | Self::TooManyColumns { .. }
            | Self::RowTooLong { .. }
            | Self::TooManyRows { .. } => Kind::Limit,
            Self::Unreadable { .. } | Self::Unwritable { .. } => Kind::Internal,
            _ => Kind::Invalid,
        }
    }
}

/// Whole mebibytes, rounded up, as a person reads a file's size.
fn mebibytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1 << 20))
}
