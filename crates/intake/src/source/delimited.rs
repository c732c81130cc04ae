//! CSV and TSV as spreadsheets write them (RFC 4180 with a found delimiter).
//!
//! Split here and not by the `csv` crate, because that one skips blank lines, so that the rows could no longer be
//! counted as a spreadsheet counts them, and because a quote that is never closed has to be told with its row.

use std::ops::ControlFlow;

use crate::cell::{Cell, Row};
use crate::limits::{HEADER_SEARCH_ROWS, QUOTED_CHARS_MAX};
use crate::source::{OnRow, encoding};
use crate::{IntakeError, Limits};

/// A decoded text file.
pub(crate) struct Delimited {
    text: String,
    delimiter: char,
    columns_max: usize,
    pub(crate) encoding: &'static str,
}

impl Delimited {
    pub(crate) fn open(bytes: &[u8], limits: &Limits, score: &dyn Fn(&[Row]) -> usize) -> Result<Self, IntakeError> {
        let (text, encoding) = encoding::decode(bytes)?;
        let mut file = Self { text: text.into_owned(), delimiter: ',', columns_max: limits.columns, encoding };
        file.delimiter = file.find_delimiter(score);
        Ok(file)
    }

    pub(crate) fn delimiter(&self) -> char {
        self.delimiter
    }

    /// `,` `tab` `;` `|` or `、`… as people name it.
    pub(crate) fn delimiter_name(&self) -> String {
        if self.delimiter == '\t' { "Tab".to_owned() } else { self.delimiter.to_string() }
    }

    pub(crate) fn each_row(&self, on: OnRow<'_>) -> Result<(), IntakeError> {
        let mut splitter = Splitter { rest: &self.text, delimiter: self.delimiter, number: 0 };
        while let Some(row) = splitter.next_row()? {
            if row.cells.len() > self.columns_max && row.cells[self.columns_max..].iter().any(|cell| !cell.is_blank()) {
                return Err(IntakeError::TooManyColumns { row: row.number, columns_max: self.columns_max });
            }
            if on(row)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The delimiter under which most headings are recognised; among equals the one that makes most columns.
    fn find_delimiter(&self, score: &dyn Fn(&[Row]) -> usize) -> char {
        if let Some(rest) = self.text.strip_prefix("sep=")
            && let Some(delimiter) = rest.chars().next()
        {
            return delimiter;
        }
        let rank = |delimiter: char| {
            let mut splitter = Splitter { rest: &self.text, delimiter, number: 0 };
            let mut rows = Vec::new();
            while rows.len() < HEADER_SEARCH_ROWS
                && let Ok(Some(row)) = splitter.next_row()
            {
                rows.push(row);
            }
            let cells: usize = rows.iter().map(|row| row.cells.len() - 1).sum();
            (score(&rows), cells)
        };
        // `max_by_key` keeps the last of equals; the comma is to win those.
        ['|', ';', '\t', ','].into_iter().max_by_key(|delimiter| rank(*delimiter)).unwrap_or(',')
    }
}

/// Rows of a text, one by one.
pub(crate) struct Splitter<'a> {
    rest: &'a str,
    delimiter: char,
    number: u32,
}

impl<'a> Splitter<'a> {
    /// Of a text whose first row has this number.
    pub(crate) fn new(text: &'a str, delimiter: char, first_row: u32) -> Self {
        Self { rest: text, delimiter, number: first_row.saturating_sub(1) }
    }

    /// What follows the rows that were taken.
    pub(crate) fn rest(&self) -> &'a str {
        self.rest
    }

    pub(crate) fn next_row(&mut self) -> Result<Option<Row>, IntakeError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.number = self.number.saturating_add(1);
        let mut cells = Vec::new();
        loop {
            let (text, more) = self.next_cell()?;
            cells.push(if text.is_empty() { Cell::Empty } else { Cell::Text(text) });
            if more.is_break() {
                return Ok(Some(Row { number: self.number, cells, ..Row::default() }));
            }
        }
    }

    /// Returns the next cell and whether the row ends after it.
    fn next_cell(&mut self) -> Result<(String, ControlFlow<()>), IntakeError> {
        let mut cell = String::new();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            self.rest = quoted;
            loop {
                let Some(quote) = self.rest.find('"') else { return Err(self.unclosed()) };
                cell.push_str(&self.rest[..quote]);
                self.rest = &self.rest[quote + 1..];
                // A doubled quote stands for one.
                let Some(after) = self.rest.strip_prefix('"') else { break };
                cell.push('"');
                self.rest = after;
            }
            if cell.len() > QUOTED_CHARS_MAX && cell.chars().count() > QUOTED_CHARS_MAX {
                return Err(self.unclosed());
            }
        }
        // Without quotes, and whatever follows a closing quote, up to the delimiter or the end of the line.
        let end = self.rest.find([self.delimiter, '\n', '\r']).unwrap_or(self.rest.len());
        cell.push_str(&self.rest[..end]);
        self.rest = &self.rest[end..];
        if let Some(after) = self.rest.strip_prefix(self.delimiter) {
            self.rest = after;
            return Ok((cell, ControlFlow::Continue(())));
        }
        let after = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix(['\n', '\r']));
        self.rest = after.unwrap_or("");
        Ok((cell, ControlFlow::Break(())))
    }

    fn unclosed(&self) -> IntakeError {
        IntakeError::UnclosedQuote { row: self.number }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: char) -> Vec<(u32, Vec<String>)> {
        let mut splitter = Splitter { rest: text, delimiter, number: 0 };
        let mut rows = Vec::new();
        while let Some(row) = splitter.next_row().expect("well formed") {
            rows.push((row.number, row.cells.iter().map(|cell| cell.raw(Default::default())).collect()));
        }
        rows
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn blank_lines_count_and_line_breaks_in_quotes_do_not() {
        assert_eq!(
            rows("a,b\r\n\r\n\"1\n2\",\"say \"\"x\"\"\"\rc,\n", ','),
            [row(1, &["a", "b"]), row(2, &[""]), row(3, &["1\n2", "say \"x\""]), row(4, &["c", ""])]
        );
    }

    #[test]
    fn a_quote_inside_a_cell_is_a_character() {
        assert_eq!(rows("5\" pipe;x", ';'), [row(1, &["5\" pipe", "x"])]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_with_its_row() {
        let mut splitter = Splitter { rest: "a,b\n\"c,d\ne,f\n", delimiter: ',', number: 0 };
        splitter.next_row().expect("the first row is whole");
        assert!(matches!(splitter.next_row(), Err(IntakeError::UnclosedQuote { row: 2 })));
    }

    #[test]
    fn the_delimiter_under_which_headings_are_recognised_wins() {
        let score = |rows: &[Row]| {
            rows.iter().flat_map(|row| &row.cells).filter(|cell| **cell == Cell::Text("姓名".into())).count()
        };
        for (text, expected) in [
            ("姓名,金额\n王一,\"1;2;3\"\n", ','),
            ("编号\t姓名\n1\t王,一\n", '\t'),
            ("编号;姓名;金额\n1;王一;1,5\n", ';'),
            ("编号|姓名\n1|王一\n", '|'),
            ("sep=;\n编号;姓名\n", ';'),
            ("姓名\n王一\n", ','),
        ] {
            let file = Delimited::open(text.as_bytes(), &Limits::default(), &score).expect(text);
            assert_eq!(file.delimiter, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_the_same(table in proptest::collection::vec(
            proptest::collection::vec("[a-c,\"\n ;]{0,4}", 2..4), 1..5)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for record in &table {
                writer.write_record(record).expect("in memory");
            }
            let text = String::from_utf8(writer.into_inner().expect("in memory")).expect("text");
            let read: Vec<Vec<String>> = rows(&text, ',').into_iter().map(|(_, cells)| cells).collect();
            proptest::prop_assert_eq!(read, table);
        }
    }
}
