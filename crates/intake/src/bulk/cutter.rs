//! A text file in pieces of some megabytes, cut where a row ends: not at a line break that stands in quotes.

use std::io::Read;

use mingcha_domain::RowRef;

use crate::IntakeError;
use crate::limits::{QUOTED_CHARS_MAX, ROW_BYTES_MAX, ROWS_MAX};

/// Bytes of a piece: a few of them are in memory for each thread, as text and as columns.
const PIECE_BYTES: usize = 2 << 20;
/// Rows of a piece, however short they are.
const PIECE_ROWS: usize = 60_000;

/// Some whole rows.
#[derive(Debug)]
pub(super) struct Piece {
    /// Which piece of the file, from 0.
    pub at: usize,
    pub text: Vec<u8>,
    /// The number of its first row, as a spreadsheet counts.
    pub first_row: u32,
}

/// Cuts what a reader gives.
pub(super) struct Cutter<R> {
    reader: R,
    delimiter: u8,
    /// Read and not handed out.
    rest: Vec<u8>,
    is_at_end: bool,
    next_row: u32,
    at: usize,
    piece_bytes: usize,
}

/// Where the rows of some text end.
#[derive(Clone, Copy, Default)]
struct Cut {
    /// Behind the last row that is whole.
    end: usize,
    rows: u32,
}

impl<R: Read> Cutter<R> {
    pub(super) fn new(reader: R, delimiter: char) -> Self {
        let delimiter = u8::try_from(delimiter).unwrap_or(b',');
        Self { reader, delimiter, rest: Vec::new(), is_at_end: false, next_row: 1, at: 0, piece_bytes: PIECE_BYTES }
    }

    /// The same with small pieces, as tests want them.
    #[cfg(test)]
    pub(super) fn with_piece_bytes(mut self, bytes: usize) -> Self {
        self.piece_bytes = bytes;
        self
    }

    /// The next rows; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, IntakeError> {
        let mut wanted = self.piece_bytes;
        loop {
            self.fill(wanted)?;
            if self.rest.is_empty() {
                return Ok(None);
            }
            let cut = self.cut()?;
            if cut.end > 0 {
                let after = self.rest.split_off(cut.end);
                let text = std::mem::replace(&mut self.rest, after);
                let piece = Piece { at: self.at, text, first_row: self.next_row };
                self.at += 1;
                self.next_row = self.next_row.saturating_add(cut.rows);
                if i64::from(self.next_row) > RowRef::ROWS_MAX {
                    return Err(IntakeError::TooManyRows { rows_max: ROWS_MAX });
                }
                return Ok(Some(piece));
            }
            if wanted > ROW_BYTES_MAX {
                return Err(IntakeError::RowTooLong { row: self.next_row, bytes_max: ROW_BYTES_MAX });
            }
            wanted = wanted.saturating_mul(4);
        }
    }

    fn fill(&mut self, wanted: usize) -> Result<(), IntakeError> {
        if self.is_at_end || self.rest.len() >= wanted {
            return Ok(());
        }
        let missing = wanted - self.rest.len();
        self.rest.reserve(missing);
        let read = self.reader.by_ref().take(missing as u64).read_to_end(&mut self.rest);
        let read = read.map_err(|why| IntakeError::Unreadable { path: String::new(), why: why.to_string() })?;
        self.is_at_end = read < missing;
        Ok(())
    }

    /// As many whole rows as there are, but no more than a piece has.
    fn cut(&self) -> Result<Cut, IntakeError> {
        let text = &self.rest;
        let mut cut = Cut::default();
        let mut at = 0;
        while at < text.len() && (cut.rows as usize) < PIECE_ROWS {
            let next = memchr::memchr3(b'\n', b'\r', b'"', &text[at..]).map(|place| at + place);
            match next {
                Some(end) if text[end] == b'"' => {
                    at = end + 1;
                    let opens = end == cut.end || text[end - 1] == self.delimiter;
                    if opens {
                        match self.closing(at, cut.rows)? {
                            Some(closing) => at = closing + 1,
                            None => break,
                        }
                    }
                }
                Some(end) if text[end] == b'\r' => {
                    // Whether a line feed follows is not known at the end of what was read.
                    match text.get(end + 1) {
                        None if !self.is_at_end => break,
                        Some(b'\n') => at = end + 2,
                        _ => at = end + 1,
                    }
                    cut = Cut { end: at, rows: cut.rows + 1 };
                }
                Some(end) => {
                    at = end + 1;
                    cut = Cut { end: at, rows: cut.rows + 1 };
                }
                None if self.is_at_end => {
                    cut = Cut { end: text.len(), rows: cut.rows + 1 };
                    at = text.len();
                }
                None => break,
            }
        }
        if self.is_at_end && at >= text.len() && cut.end < text.len() {
            cut = Cut { end: text.len(), rows: cut.rows + 1 };
        }
        Ok(cut)
    }

    /// The quote that closes a cell which begins at a place; `None` when it lies beyond what was read.
    fn closing(&self, from: usize, rows: u32) -> Result<Option<usize>, IntakeError> {
        let text = &self.rest;
        let unclosed = || IntakeError::UnclosedQuote { row: self.next_row.saturating_add(rows) };
        let mut at = from;
        loop {
            let Some(quote) = memchr::memchr(b'"', &text[at..]).map(|place| at + place) else {
                // Four bytes are the most that a character takes.
                let is_lost = self.is_at_end || text.len() - from > 4 * QUOTED_CHARS_MAX;
                return if is_lost { Err(unclosed()) } else { Ok(None) };
            };
            match text.get(quote + 1) {
                Some(b'"') => at = quote + 2,
                None if !self.is_at_end => return Ok(None),
                _ => return Ok(Some(quote)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::delimited::Splitter;

    fn rows(text: &str, first: u32) -> Vec<(u32, Vec<String>)> {
        let mut splitter = Splitter::new(text, ';', first);
        let mut rows = Vec::new();
        while let Some(row) = splitter.next_row().expect("whole rows") {
            rows.push((row.number, row.cells.iter().map(|cell| cell.raw(Default::default())).collect()));
        }
        rows
    }

    proptest! {
        #[test]
        fn the_rows_of_the_pieces_are_the_rows_of_the_file(text in "([a-c甲;]|\n|\r\n|\r|\"|\"[a\n;]{0,3}\"){0,40}", bytes in 1..20_usize) {
            let mut splitter = Splitter::new(&text, ';', 1);
            let mut whole = Vec::new();
            let mut unclosed = None;
            loop {
                match splitter.next_row() {
                    Ok(Some(row)) => whole.push((row.number, row.cells.iter().map(|cell| cell.raw(Default::default())).collect::<Vec<_>>())),
                    Ok(None) => break,
                    Err(IntakeError::UnclosedQuote { row }) => {
                        unclosed = Some(row);
                        break;
                    }
                    Err(other) => panic!("{other}"),
                }
            }
            let mut cutter = Cutter::new(text.as_bytes(), ';').with_piece_bytes(bytes);
            let mut cut = Vec::new();
            let mut cut_unclosed = None;
            loop {
                match cutter.next() {
                    Ok(Some(piece)) => cut.extend(rows(std::str::from_utf8(&piece.text).expect("cut between characters"), piece.first_row)),
                    Ok(None) => break,
                    Err(IntakeError::UnclosedQuote { row }) => {
                        cut_unclosed = Some(row);
                        break;
                    }
                    Err(other) => panic!("{other}"),
                }
            }
            prop_assert_eq!(cut_unclosed, unclosed);
            if unclosed.is_none() {
                prop_assert_eq!(cut, whole);
            }
        }
    }
}
