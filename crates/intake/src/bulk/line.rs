//! One line of a text file, cell by cell, as long as every cell is plain.

use mingcha_pack::Ledger;

use super::builder::Builder;
use super::plain::{Check, Plain};
use crate::header::Header;
use crate::heading::norm;

/// What stands at each place of a line, and what makes the whole of it a plain row of data.
pub(super) struct Lines {
    delimiter: u8,
    places: Vec<Place>,
    /// By column of the ledger.
    checks: Vec<Check>,
    /// Columns that must be filled, by position in the ledger.
    must: Vec<usize>,
    /// Places of headings that stand for a column, with their texts as they would be told again further down.
    headings: Vec<(usize, [String; 2])>,
    /// Whether a sheet of this header can have plain rows at all.
    is_readable: bool,
}

enum Place {
    Column(usize),
    /// A heading that stands for no column.
    PassedOver,
    NoHeading,
}

/// Whether a row is one of data, as far as its plain cells say.
#[derive(Default)]
struct Seen {
    must: usize,
    names_someone: bool,
    is_empty: bool,
}

impl Lines {
    pub(super) fn new(ledger: &Ledger, header: &Header, delimiter: char) -> Self {
        let width = header.mapping.iter().map(|mapped| mapped.at + 1).max().unwrap_or(0);
        let mut places: Vec<Place> = (0..width).map(|_| Place::NoHeading).collect();
        header.mapping.iter().for_each(|mapped| places[mapped.at] = Place::PassedOver);
        for (column, place) in header.places.iter().enumerate() {
            if let Some(place) = place {
                places[*place] = Place::Column(column);
            }
        }
        let checks = ledger.columns.iter().zip(&header.times).map(|(column, times)| match times {
            None => Check::of(column),
            Some(_) => Check::Never,
        });
        let must = ledger.columns.iter().enumerate();
        let must = must.filter(|(_, column)| column.required || ledger.key.contains(&column.name));
        let again = |heading: &str| [norm(heading), norm(heading.rsplit('/').next().unwrap_or(heading))];
        let headings = header.mapping.iter().filter(|mapped| mapped.column.is_some());
        Self {
            delimiter: u8::try_from(delimiter).unwrap_or(0),
            places,
            checks: checks.collect(),
            must: must.map(|(i, _)| i).collect(),
            headings: headings.map(|mapped| (mapped.at, again(&mapped.heading))).collect(),
            is_readable: header.shared.is_empty() && delimiter.is_ascii() && delimiter != '"',
        }
    }

    /// Reads a line without quotes or line ends into one cell per column of the ledger; `None` when it is not plain.
    pub(super) fn plain<'a>(&self, line: &'a str, cells: &mut Vec<Plain<'a>>) -> Option<()> {
        self.is_readable.then(|| self.row(Cells { rest: Some(line), delimiter: self.delimiter }, cells)).flatten()
    }

    /// The same for cells that were split already.
    pub(super) fn plain_cells<'a>(&self, row: &'a crate::cell::Row, cells: &mut Vec<Plain<'a>>) -> Option<()> {
        use crate::cell::Cell;
        let is_text = row.cells.iter().all(|cell| matches!(cell, Cell::Text(_) | Cell::Empty));
        let texts = row.cells.iter().map(|cell| if let Cell::Text(text) = cell { text.as_str() } else { "" });
        (self.is_readable && is_text).then(|| self.row(texts, cells)).flatten()
    }

    fn row<'a>(&self, texts: impl Iterator<Item = &'a str>, cells: &mut Vec<Plain<'a>>) -> Option<()> {
        cells.resize(self.checks.len(), Plain::Null);
        cells.fill(Plain::Null);
        let mut seen = Seen { is_empty: true, ..Seen::default() };
        for (at, text) in texts.enumerate() {
            if text.is_empty() {
                continue;
            }
            match self.places.get(at)? {
                Place::NoHeading => return None,
                Place::PassedOver => {}
                Place::Column(column) => {
                    let check = &self.checks[*column];
                    cells[*column] = check.plain(text)?;
                    if seen.is_empty && self.is_heading_again(at, text) {
                        return None;
                    }
                    seen.is_empty = false;
                    seen.names_someone |= check.names_someone();
                }
            }
        }
        seen.must = self.must.iter().filter(|column| cells[**column] != Plain::Null).count();
        // A total or a remark has its label and a sum or two, and names nobody.
        let is_data = !seen.is_empty && seen.must == self.must.len() && (seen.must >= 2 || seen.names_someone);
        is_data.then_some(())
    }

    /// Whether the first cell of a row is its own heading: then the row may be the header, printed again.
    fn is_heading_again(&self, at: usize, text: &str) -> bool {
        let may_be = |heading: &str| match (text.as_bytes(), heading.as_bytes()) {
            // Letters, digits and Chinese characters stay what they are when a heading is normalised, but for their case.
            ([c, ..], [first, ..]) if c.is_ascii_alphanumeric() => c.to_ascii_lowercase() == *first,
            ([0xE4..=0xE9, b, c, ..], first) => first.starts_with(&[text.as_bytes()[0], *b, *c]),
            _ => true,
        };
        let mut own = self.headings.iter().filter(|(place, _)| *place == at).flat_map(|(_, texts)| texts);
        own.any(|heading| may_be(heading) && *heading == norm(text))
    }

    /// Columns in the making, for the columns that the sheet has.
    pub(super) fn builders(&self, ledger: &Ledger, header: &Header) -> Vec<Builder> {
        let is_there = |column: usize| {
            header.places[column].is_some() || header.shared.iter().any(|shared| shared.column == column)
        };
        ledger.columns.iter().enumerate().map(|(i, column)| Builder::of(column, is_there(i))).collect()
    }
}

/// The cells of a line without quotes.
struct Cells<'a> {
    rest: Option<&'a str>,
    delimiter: u8,
}

impl<'a> Iterator for Cells<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        // Cells are short: a call that looks at many bytes at once costs more than it saves.
        match rest.as_bytes().iter().position(|c| *c == self.delimiter) {
            Some(end) => {
                self.rest = rest.get(end + 1..);
                rest.get(..end)
            }
            None => {
                self.rest = None;
                Some(rest)
            }
        }
    }
}
