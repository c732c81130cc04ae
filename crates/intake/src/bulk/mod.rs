//! The bulk lane: a file on disk becomes columns of typed cells, piece by piece, on all cores, in bounded memory.
//!
//! A cell that is plain for its column is read from the bytes; a row with any other cell goes through the reader that
//! [`crate::parse()`] uses, so that both lanes mean the same. Rows that can go in are handed over as columns, those that
//! must be mended are gathered with their cells. The text of good rows is not kept: [`Opened::rows`] reads it again.
//!
//! Each row stands for itself: keys that come twice are seen by their [`crate::Print`]s once all rows are known.

mod builder;
mod cutter;
mod decode;
mod line;
mod mended;
mod plain;
#[cfg(test)]
mod tests;
mod text;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use arrow_array::ArrayRef;
use mingcha_domain::Trouble;
use mingcha_pack::Ledger;

use crate::header::Header;
use crate::parse::{Begun, begin};
use crate::pass::Tally;
use crate::source::Source;
use crate::{FileKind, IntakeError, KeysTwice, Mapped, Options, Outcome, RejectedRow, keys, note};
use decode::{Coding, unreadable};
pub use mended::Changes;

/// Bytes from which a file's kind is told.
const KIND_BYTES: u64 = 64 << 10;
/// Bytes of text in which the header is looked for.
const HEAD_BYTES: u64 = 4 << 20;

/// A file that was opened, its header found.
pub struct Opened {
    path: PathBuf,
    ledger: Ledger,
    options: Options,
    sheet: String,
    header: Header,
    notes: Vec<Trouble>,
    form: Form,
}

enum Form {
    /// Text that is read in pieces.
    Text { coding: Coding, delimiter: char },
    /// A workbook, whose parts only the whole file gives.
    Whole,
}

/// Rows of one stretch of the file that can go in.
#[derive(Debug)]
pub struct Chunk {
    /// Which of the threads brings it: chunks of one thread come one after the other, in the order of the file.
    pub thread: usize,
    /// The line of each row.
    pub rows: Vec<u32>,
    /// One column for each of the ledger, in its order.
    pub columns: Vec<ArrayRef>,
}

/// What was in a file besides the rows that were handed over.
#[derive(Debug, Default)]
pub struct Done {
    /// Rows that must be mended, by line.
    pub rejects: Vec<RejectedRow>,
    /// What was done with the sheet that its sender should know.
    pub notes: Vec<Trouble>,
}

/// Takes chunks, from several threads at once.
pub type OnChunk<'a, E> = &'a (dyn Fn(Chunk) -> Result<(), E> + Sync);

/// Says of a line whether it is to be read.
pub type Wanted<'a> = &'a (dyn Fn(u32) -> bool + Sync);

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("path", &self.path).field("sheet", &self.sheet).finish_non_exhaustive()
    }
}

/// Opens a file and finds its header; nothing is read below it yet.
pub fn open(path: &Path, ledger: &Ledger, options: &Options) -> Result<Opened, IntakeError> {
    let length = std::fs::metadata(path).map_err(|why| unreadable(path, &why))?.len();
    let mut start = Vec::new();
    let file = File::open(path).map_err(|why| unreadable(path, &why))?;
    file.take(KIND_BYTES).read_to_end(&mut start).map_err(|why| unreadable(path, &why))?;
    let is_text = FileKind::of(&start) == FileKind::Text;
    let bytes_max = if is_text { options.limits.text_bytes } else { options.limits.file_bytes };
    if length > bytes_max {
        return Err(IntakeError::TooLarge { bytes: length, bytes_max });
    }
    if is_text && let Some(opened) = open_text(path, ledger, options)? {
        return Ok(opened);
    }
    if length > options.limits.file_bytes {
        return Err(IntakeError::TooLarge { bytes: length, bytes_max: options.limits.file_bytes });
    }
    let bytes = std::fs::read(path).map_err(|why| unreadable(path, &why))?;
    let Begun { sheet, header, notes, .. } = begin(&bytes, ledger, options)?;
    let (path, ledger, options) = (path.to_owned(), ledger.clone(), options.clone());
    Ok(Opened { path, ledger, options, sheet, header, notes, form: Form::Whole })
}

/// Opens a text file; `None` when it has to be read as a whole.
fn open_text(path: &Path, ledger: &Ledger, options: &Options) -> Result<Option<Opened>, IntakeError> {
    let coding = Coding::find(path)?;
    let mut head = Vec::new();
    let reader = coding.reader(path)?;
    reader.take(HEAD_BYTES).read_to_end(&mut head).map_err(|why| unreadable(path, &why))?;
    if head.len() as u64 == HEAD_BYTES {
        let Some(end) = memchr::memrchr(b'\n', &head) else { return Ok(None) };
        head.truncate(end + 1);
    }
    let Begun { source, sheet, header, mut notes } = match begin(&head, ledger, options) {
        // Nothing within the first megabytes: whoever looks at all of it may find more.
        Err(IntakeError::NothingInIt) => return Ok(None),
        begun => begun?,
    };
    let Source::Delimited(text) = source else { return Ok(None) };
    let delimiter = text.delimiter();
    if !delimiter.is_ascii() {
        return Ok(None);
    }
    if let Some(first) = notes.first_mut() {
        *first = note::text_read(coding.name(), &text.delimiter_name());
    }
    let form = Form::Text { coding, delimiter };
    let (path, ledger, options) = (path.to_owned(), ledger.clone(), options.clone());
    Ok(Some(Opened { path, ledger, options, sheet, header, notes, form }))
}

impl Opened {
    /// The same file under another name.
    #[must_use]
    pub fn moved(self, path: PathBuf) -> Self {
        Self { path, ..self }
    }

    /// The sheet that is read; empty for a text file.
    #[must_use]
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// The header's row, 1-based.
    #[must_use]
    pub fn header_row(&self) -> u32 {
        self.header.row
    }

    /// Each heading with the column it stands for.
    #[must_use]
    pub fn mapping(&self) -> &[Mapped] {
        &self.header.mapping
    }

    /// Positions of the ledger's columns that the sheet has.
    #[must_use]
    pub fn columns(&self) -> Vec<usize> {
        let shared = |column| self.header.shared.iter().any(|shared| shared.column == column);
        let places = self.header.places.iter().enumerate();
        places.filter(|(column, place)| place.is_some() || shared(*column)).map(|(column, _)| column).collect()
    }

    /// How many threads bring chunks.
    #[must_use]
    pub fn threads(&self) -> usize {
        match self.form {
            Form::Text { .. } => std::thread::available_parallelism().map_or(1, |cores| cores.get().min(8)),
            Form::Whole => 1,
        }
    }

    /// Reads every row, or those that are wanted; `on` takes the good ones. When an error comes back, rows may have been
    /// handed over already: nothing of them may be kept.
    pub fn read<E>(&self, wanted: Option<Wanted<'_>>, on: OnChunk<'_, E>) -> Result<Done, E>
    where
        E: From<IntakeError> + Send,
    {
        let (tally, mut rejects) = match &self.form {
            Form::Text { coding, delimiter } => text::read(self, (*coding, *delimiter), wanted, on)?,
            Form::Whole => whole::read(self, wanted, on)?,
        };
        if tally.rows == 0 && wanted.is_none() {
            return Err(IntakeError::NoRows { header_row: self.header.row }.into());
        }
        rejects.sort_by_key(|reject| reject.row);
        let notes = self.notes.iter().cloned().chain(tally.notes()).collect();
        Ok(Done { rejects, notes })
    }

    /// Some rows with their cells as they stand, by line.
    pub fn rows(&self, lines: &BTreeSet<u32>) -> Result<BTreeMap<u32, Outcome>, IntakeError> {
        let found = Mutex::new(BTreeMap::new());
        let on = |row: u32, outcome: Outcome| {
            found.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(row, outcome);
        };
        if !lines.is_empty() {
            match &self.form {
                Form::Text { coding, delimiter } => text::rows(self, (*coding, *delimiter), lines, &on)?,
                Form::Whole => whole::rows(self, lines, &on)?,
            }
        }
        Ok(found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// The rows of one key whose contents differ, each naming the other.
    pub fn must_differ(&self, twice: &KeysTwice) -> Result<Vec<RejectedRow>, IntakeError> {
        let others = twice.others();
        self.check_rejects(others.len() as u64)?;
        let rows = self.rows(&others.keys().copied().collect())?;
        let told = rows.into_iter().filter_map(|(line, outcome)| match outcome {
            Outcome::Row(row) => Some(keys::must_differ(&self.ledger, &self.header.mapping, row, *others.get(&line)?)),
            Outcome::Reject(_) => None,
        });
        Ok(told.collect())
    }

    /// What is said of bytes that are no text: of a large file only the beginning was looked at when it was opened.
    fn broken(&self) -> IntakeError {
        let Form::Text { coding, .. } = &self.form else { return IntakeError::NothingInIt };
        match coding.broken_line(&self.path) {
            Ok(line) => IntakeError::BrokenEncoding { encoding: "UTF-8", line },
            Err(error) => error,
        }
    }

    /// Refuses a sheet of which too many rows must be mended.
    pub fn check_rejects(&self, count: u64) -> Result<(), IntakeError> {
        let rows_max = self.options.limits.rejected_rows;
        if count > rows_max { Err(IntakeError::TooManyRejects { rows_max }) } else { Ok(()) }
    }
}

/// What all threads have seen, put together in the order of the file.
fn together(mut tallies: Vec<(usize, Tally)>) -> Tally {
    tallies.sort_by_key(|(at, _)| *at);
    tallies.into_iter().fold(Tally::default(), |mut all, (_, tally)| {
        all.add(tally);
        all
    })
}
