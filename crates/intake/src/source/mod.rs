//! Where rows come from: workbooks and tables of several formats, pushed row by row so that no sheet is held in memory.
//!
//! A format is a [`Sheets`]; text has its own ways and is none. What all of them share: XML is read piece by piece and
//! without entities, a library that panics is a damaged file, whatever asks for memory is measured before it gets any.

mod beside;
mod bounded;
pub(crate) mod delimited;
pub(crate) mod encoding;
mod format;
mod gather;
mod guard;
mod hidden;
mod html;
mod merges;
mod moment;
mod ods;
mod parquet;
mod unpacked;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod xml2003;

use std::ops::ControlFlow;

use crate::cell::{Epoch, Row};
use crate::limits::HEADER_SEARCH_ROWS;
use crate::{FileKind, IntakeError, Limits};

use delimited::Delimited;
pub(crate) use hidden::Hidden;

/// Takes one row; says whether to go on.
pub(crate) type OnRow<'a> = &'a mut dyn FnMut(Row) -> Result<ControlFlow<()>, IntakeError>;

/// A file of one or more sheets.
pub(crate) trait Sheets: Send {
    /// Names of the sheets, hidden ones last; the only one of a format that has one may be without a name.
    fn names(&self) -> Vec<String>;

    fn epoch(&self) -> Epoch {
        Epoch::Year1900
    }

    /// The row of the header, where the format leaves no doubt.
    fn header_row(&self) -> Option<u32> {
        None
    }

    /// Columns whose cells are no single values: records, lists.
    fn nested(&self) -> Vec<usize> {
        Vec::new()
    }

    /// What of a sheet is not shown, as far as the format tells.
    fn hidden(&mut self, sheet: &str) -> Result<Hidden, IntakeError>;

    /// Pushes every row that has a cell. With `fill`, cells of a merged area take the value of its first row.
    fn each_row(&mut self, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError>;
}

/// An opened file.
pub(crate) enum Source<'a> {
    Workbook(Box<dyn Sheets + 'a>),
    Delimited(Delimited),
}

impl<'a> Source<'a> {
    /// Opens what the bytes are. `score` says how many headings some rows hold; it finds the delimiter of a text file.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits, score: &dyn Fn(&[Row]) -> usize) -> Result<Self, IntakeError> {
        if bytes.len() as u64 > limits.file_bytes {
            return Err(IntakeError::TooLarge { bytes: bytes.len() as u64, bytes_max: limits.file_bytes });
        }
        let text = || encoding::decode_declared(bytes).map(std::borrow::Cow::into_owned);
        let book: Box<dyn Sheets + 'a> = match FileKind::of(bytes) {
            FileKind::Text => return Delimited::open(bytes, limits, score).map(Self::Delimited),
            FileKind::Xlsx => Box::new(xlsx::Book::open(bytes, limits)?),
            FileKind::OldWorkbook => Box::new(xls::OldBook::open(bytes, limits)?),
            FileKind::BinaryWorkbook => Box::new(xlsb::BinaryBook::open(bytes, limits)?),
            FileKind::OpenDocument => Box::new(ods::OpenDocument::open(bytes, limits)?),
            FileKind::WebPage => Box::new(html::Page::open(text()?, limits)?),
            FileKind::XmlSpreadsheet => Box::new(xml2003::XmlBook::open(text()?, limits)?),
            FileKind::Parquet => Box::new(parquet::Columns::open(bytes, limits)?),
            kind => return Err(IntakeError::NotASheet { kind }),
        };
        Ok(Self::Workbook(book))
    }

    /// Names of the sheets that can be read, hidden ones last; a text file is one sheet without a name.
    pub(crate) fn sheets(&self) -> Vec<String> {
        match self {
            // What we said of a sheet that we answered is no sheet of its sender's.
            Self::Workbook(book) => book.names().into_iter().filter(|name| name != crate::OUR_SHEET).collect(),
            Self::Delimited(_) => vec![String::new()],
        }
    }

    pub(crate) fn epoch(&self) -> Epoch {
        match self {
            Self::Workbook(book) => book.epoch(),
            Self::Delimited(_) => Epoch::Year1900,
        }
    }

    /// Whether a row of the file can have more cells than its header only by mistake, as in a text file.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Delimited(_))
    }

    /// The row of the header, where the format leaves no doubt.
    pub(crate) fn header_row(&self) -> Option<u32> {
        match self {
            Self::Workbook(book) => book.header_row(),
            Self::Delimited(_) => None,
        }
    }

    /// Columns whose cells are no single values, and cannot be read.
    pub(crate) fn nested(&self) -> Vec<usize> {
        match self {
            Self::Workbook(book) => book.nested(),
            Self::Delimited(_) => Vec::new(),
        }
    }

    /// What of a sheet its program does not show; it is read all the same.
    pub(crate) fn hidden(&mut self, sheet: &str) -> Result<Hidden, IntakeError> {
        match self {
            Self::Workbook(book) => book.hidden(sheet),
            Self::Delimited(_) => Ok(Hidden::default()),
        }
    }

    /// The rows among the first lines in which the header is looked for; blank ones left out.
    pub(crate) fn head(&mut self, sheet: &str, fill: bool) -> Result<Vec<Row>, IntakeError> {
        let mut head = Vec::new();
        let mut on = |row: Row| {
            let beyond = row.number as usize > HEADER_SEARCH_ROWS;
            // A title may stand on row 1 and the table begin further down than we look: then any first row will do.
            if beyond && !head.is_empty() {
                return Ok(ControlFlow::Break(()));
            }
            if !row.is_blank() {
                head.push(row);
            }
            Ok(ControlFlow::Continue(()))
        };
        match self {
            Self::Workbook(book) => book.each_row(sheet, fill, &mut on)?,
            Self::Delimited(text) => text.each_row(&mut on)?,
        }
        Ok(head)
    }

    /// Pushes every row that has a cell. With `fill`, cells of a merged area take the value of its first row.
    pub(crate) fn each_row(&mut self, sheet: &str, fill: bool, on: OnRow<'_>) -> Result<(), IntakeError> {
        match self {
            Self::Workbook(book) => beside::each_row(book.as_mut(), sheet, fill, on),
            Self::Delimited(text) => text.each_row(on),
        }
    }
}
