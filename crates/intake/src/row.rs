//! One row of the sheet against the columns of the ledger.

use mingcha_domain::Value;
use mingcha_pack::{Column, Ledger};
use rust_decimal::Decimal;

use crate::cell::{Cell, Epoch, Row};
use crate::header::{Header, Shared};
use crate::heading::norm;
use crate::read::{Reading, read_times};
use crate::{CellProblem, Differ, IntakeError, Outcome, ParsedRow, ReadAs, ReadHow, RejectedRow, problem};

/// Reads rows of one sheet.
///
/// Whoever takes a row past this reader (because its cells are plain) must heed what it heeds: headings that share a
/// column ([`Header::shared`]), numbers in another unit ([`Header::times`]), rows that are no data
/// ([`crate::row_kind`]), and every text that [`crate::read`] does not take as it stands.
pub(crate) struct RowReader<'a> {
    pub ledger: &'a Ledger,
    pub header: &'a Header,
    pub epoch: Epoch,
    /// Whether cells beyond the header are a mistake.
    pub is_text: bool,
}

/// Characters of a cell that are told in a message; the whole of it is kept with its row.
const TOLD_CHARS_MAX: usize = 60;

impl RowReader<'_> {
    /// Refuses the sheet when several headings stand for one column and this row's cells below them differ: which of
    /// them is meant, only its sender can say. To be asked for every row before it is read.
    pub(crate) fn check_shared(&self, row: &Row) -> Result<(), IntakeError> {
        for shared in &self.header.shared {
            if self.agree(row, shared) {
                continue;
            }
            let Some(mut trouble) = self.header.twice.clone() else { continue };
            let column = &self.ledger.columns[shared.column].name;
            let values = shared.places.iter().map(|(at, _)| shown(&row.cell(*at).raw(self.epoch))).collect();
            if let Some(twice) = trouble.twice.iter_mut().find(|twice| twice.name == *column) {
                twice.differ = Some(Differ { row: row.number, values });
            }
            return Err(IntakeError::Columns(trouble));
        }
        Ok(())
    }

    fn agree(&self, row: &Row, shared: &Shared) -> bool {
        let column = &self.ledger.columns[shared.column];
        let mut filled = shared.places.iter().filter(|(at, _)| !row.cell(*at).is_blank());
        let Some((first, first_times)) = filled.next() else { return true };
        let first_raw = norm(&row.cell(*first).raw(self.epoch));
        let value = |at: usize, times| read_times(row.cell(at), column, self.epoch, times).map(|read| read.value).ok();
        filled.all(|(at, times)| {
            let same_text = times == first_times && norm(&row.cell(*at).raw(self.epoch)) == first_raw;
            same_text || value(*at, *times).is_some_and(|value_here| Some(value_here) == value(*first, *first_times))
        })
    }

    /// Where this row says what belongs in a column: of several headings for it, the first that is filled.
    fn place(&self, row: &Row, column: usize) -> (Option<usize>, Option<Decimal>) {
        if let Some(shared) = self.header.shared.iter().find(|shared| shared.column == column)
            && let Some((at, times)) = shared.places.iter().find(|(at, _)| !row.cell(*at).is_blank())
        {
            return (Some(*at), *times);
        }
        (self.header.places[column], self.header.times[column])
    }

    pub(crate) fn cell<'r>(&self, row: &'r Row, column: usize) -> &'r Cell {
        self.place(row, column).0.map_or(&Cell::Empty, |at| row.cell(at))
    }

    pub(crate) fn must(&self, column: &Column) -> bool {
        column.required || self.ledger.key.contains(&column.name)
    }

    pub(crate) fn read(&self, row: &Row) -> Outcome {
        let raw: Vec<String> = row.cells.iter().map(|cell| cell.raw(self.epoch)).collect();
        let mut values = Vec::with_capacity(self.ledger.columns.len());
        let mut read_as = Vec::new();
        let mut problems = Vec::new();
        for (i, column) in self.ledger.columns.iter().enumerate() {
            let (at, times) = self.place(row, i);
            let cell = at.map_or(&Cell::Empty, |at| row.cell(at));
            let (value, how) = match read_times(cell, column, self.epoch, times) {
                Ok(Reading { value: Value::Null, .. }) if self.must(column) => {
                    problems.push(self.problem(row, Some(&column.name), problem::required()));
                    continue;
                }
                Ok(Reading { value, how }) => (value, how),
                Err(trouble) => {
                    problems.push(self.problem(row, Some(&column.name), trouble));
                    continue;
                }
            };
            if let Some(at) = at {
                let merged = row.filled.contains(&at).then_some(ReadHow::Merged);
                if let Some(how) = merged.or(how) {
                    let raw = raw.get(at).cloned().unwrap_or_default();
                    read_as.push(ReadAs { column: column.name.clone(), at, raw, value: value.clone(), how });
                }
            }
            values.push(value);
        }
        if self.is_text
            && let Some(last) = row.cells.iter().rposition(|cell| !cell.is_blank())
            && let Some(width) = self.header.mapping.last().map(|mapped| mapped.at + 1)
            && last >= width
        {
            problems.insert(0, self.problem(row, None, problem::too_many_cells(last + 1, width)));
        }
        if problems.is_empty() {
            Outcome::Row(ParsedRow { row: row.number, values, raw, read_as })
        } else {
            Outcome::Reject(RejectedRow { row: row.number, raw, problems })
        }
    }

    /// Adds the place to a trouble; without a column the row as a whole is meant.
    pub(crate) fn problem(&self, row: &Row, column: Option<&str>, trouble: mingcha_domain::Trouble) -> CellProblem {
        let position = column.and_then(|name| self.ledger.position(name));
        let title = position.map_or("", |i| self.ledger.columns[i].title.as_str());
        let at = position.and_then(|i| self.place(row, i).0);
        let value = at.map(|at| row.cell(at).raw(self.epoch)).unwrap_or_default();
        let facts = trouble.with("row", row.number).with("column", title).with("value", shown(&value));
        CellProblem { column: column.unwrap_or_default().to_owned(), at, value, trouble: facts }
    }
}

/// A cell as a message names it: a long one only by its beginning.
pub(crate) fn shown(value: &str) -> String {
    let value = value.trim();
    match value.char_indices().nth(TOLD_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
