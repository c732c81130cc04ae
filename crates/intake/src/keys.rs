//! Keys of rows: the same row twice in one sheet is taken once; two rows of one key that differ must both be mended.
//!
//! Keys are compared by a hash of 128 bits under a secret of this process, and contents of one key by one of 64: nobody
//! can make two rows meet by choosing them, and by chance they will not. So the keys of sixteen million rows are told
//! apart in bounded memory ([`crate::prints`]), whatever stands in them.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int64Type};
use arrow_array::{Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, Int64Array, StringViewArray};
use mingcha_domain::{Trouble, Value};
use mingcha_pack::Ledger;

use crate::note::{self, Rows};
use crate::{CellProblem, Mapped, ParsedRow, RejectedRow, problem};

/// What a row is told by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Print {
    /// Hash of its key.
    pub key: u128,
    /// Where it stands: a line of the sheet, or what the caller counts by.
    pub at: i64,
    /// Hash of its content.
    pub content: u64,
}

/// Takes prints; those of one maker can be compared.
#[derive(Clone, Debug, Default)]
pub struct Fingers {
    keys: [RandomState; 2],
    contents: RandomState,
}

impl Fingers {
    /// Prints of rows that stand as columns: by those of the key, and by those whose content counts. Appends them.
    pub fn of_columns(&self, key: &[ArrayRef], content: &[ArrayRef], at: impl Fn(usize) -> i64, to: &mut Vec<Print>) {
        let rows = key.first().or(content.first()).map_or(0, |column| column.len());
        let (key, content) = (cells(key), cells(content));
        let (mut of_key, mut of_content) = (Vec::with_capacity(64), Vec::with_capacity(256));
        to.reserve(rows);
        for row in 0..rows {
            of_key.clear();
            of_content.clear();
            key.iter().for_each(|column| column.write(row, &mut of_key));
            content.iter().for_each(|column| column.write(row, &mut of_content));
            to.push(self.print(&of_key, &of_content, at(row)));
        }
    }

    /// The print of a row in memory.
    fn of_values(&self, key: &[usize], values: &[Value], at: i64) -> Print {
        let (mut of_key, mut of_content) = (Vec::new(), Vec::new());
        key.iter().filter_map(|place| values.get(*place)).for_each(|value| write_value(value, &mut of_key));
        values.iter().for_each(|value| write_value(value, &mut of_content));
        self.print(&of_key, &of_content, at)
    }

    fn print(&self, key: &[u8], content: &[u8], at: i64) -> Print {
        let hash = |state: &RandomState, bytes: &[u8]| {
            let mut hasher = state.build_hasher();
            hasher.write(bytes);
            hasher.finish()
        };
        let [high, low] = &self.keys;
        let key = (u128::from(hash(high, key)) << 64) | u128::from(hash(low, key));
        Print { key, at, content: hash(&self.contents, content) }
    }
}

/// One column, its type known.
enum Cells<'a> {
    Text(&'a StringViewArray),
    Int(&'a Int64Array),
    Decimal(&'a Decimal128Array),
    Day(&'a Date32Array),
    Bool(&'a BooleanArray),
    /// Nothing stands in it.
    Nothing,
}

fn cells(columns: &[ArrayRef]) -> Vec<Cells<'_>> {
    columns.iter().map(|column| known(column).unwrap_or(Cells::Nothing)).collect()
}

fn known(column: &ArrayRef) -> Option<Cells<'_>> {
    if column.null_count() == column.len() {
        return None;
    }
    let text = column.as_string_view_opt().map(Cells::Text);
    let int = || column.as_primitive_opt::<Int64Type>().map(Cells::Int);
    let decimal = || column.as_primitive_opt::<Decimal128Type>().map(Cells::Decimal);
    let day = || column.as_primitive_opt::<Date32Type>().map(Cells::Day);
    let yes = || column.as_boolean_opt().map(Cells::Bool);
    text.or_else(int).or_else(decimal).or_else(day).or_else(yes)
}

impl Cells<'_> {
    /// Writes a cell so that no two rows of different cells are written alike.
    fn write(&self, row: usize, to: &mut Vec<u8>) {
        let is_null = match self {
            Self::Text(column) => column.is_null(row),
            Self::Int(column) => column.is_null(row),
            Self::Decimal(column) => column.is_null(row),
            Self::Day(column) => column.is_null(row),
            Self::Bool(column) => column.is_null(row),
            Self::Nothing => true,
        };
        if is_null {
            to.push(0);
            return;
        }
        match self {
            Self::Text(column) => write_text(column.value(row), to),
            Self::Int(column) => write_fixed(&column.value(row).to_le_bytes(), to),
            Self::Decimal(column) => write_fixed(&column.value(row).to_le_bytes(), to),
            Self::Day(column) => write_fixed(&column.value(row).to_le_bytes(), to),
            Self::Bool(column) => write_fixed(&[u8::from(column.value(row))], to),
            Self::Nothing => {}
        }
    }
}

fn write_text(text: &str, to: &mut Vec<u8>) {
    to.push(1);
    to.extend((text.len() as u64).to_le_bytes());
    to.extend(text.as_bytes());
}

fn write_fixed(bytes: &[u8], to: &mut Vec<u8>) {
    to.push(2);
    to.extend(bytes);
}

fn write_value(value: &Value, to: &mut Vec<u8>) {
    match value {
        Value::Null => to.push(0),
        other => write_text(&other.to_string(), to),
    }
}

/// Rows of one sheet whose keys were met twice.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeysTwice {
    /// Rows that repeat an earlier one, sorted.
    pub repeats: Vec<u32>,
    /// Rows of which another has the key with other content, and that other row; sorted.
    pub differing: Vec<(u32, u32)>,
}

impl KeysTwice {
    /// Looks at some prints of a sheet, all of a key among them. Sorts them where they are.
    pub(crate) fn look(&mut self, prints: &mut [Print]) {
        prints.sort_unstable();
        for same in prints.chunk_by(|a, b| a.key == b.key).filter(|same| same.len() > 1) {
            let Some((first, later)) = same.split_first() else { continue };
            let line = |print: &Print| u32::try_from(print.at).unwrap_or(u32::MAX);
            for print in later {
                if print.content == first.content {
                    self.repeats.push(line(print));
                } else {
                    self.differing.push((line(print), line(first)));
                }
            }
            if let Some(other) = later.iter().find(|print| print.content != first.content) {
                self.differing.push((line(first), line(other)));
            }
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.repeats.extend(other.repeats);
        self.differing.extend(other.differing);
    }

    pub(crate) fn sort(&mut self) {
        self.repeats.sort_unstable();
        self.differing.sort_unstable();
    }

    /// Says which rows were left out because they repeat an earlier one.
    #[must_use]
    pub fn note(&self) -> Option<Trouble> {
        note(&self.repeats)
    }

    /// The other row of one that must be mended.
    pub(crate) fn others(&self) -> BTreeMap<u32, u32> {
        self.differing.iter().copied().collect()
    }
}

/// A row that must be mended because another one has its key with other content.
pub(crate) fn must_differ(ledger: &Ledger, mapping: &[Mapped], row: ParsedRow, other: u32) -> RejectedRow {
    let column = ledger.key.first().and_then(|name| ledger.column(name));
    let (name, title) = column.map_or(("", ""), |column| (column.name.as_str(), column.title.as_str()));
    let at = mapping.iter().find(|mapped| mapped.column.as_deref() == Some(name)).map(|mapped| mapped.at);
    let value = at.and_then(|at| row.raw.get(at)).cloned().unwrap_or_default();
    let trouble = problem::key_twice(other).with("row", row.row).with("column", title).with("value", value.trim());
    let problem = CellProblem { column: name.to_owned(), at, value, trouble };
    RejectedRow { row: row.row, raw: row.raw, problems: vec![problem] }
}

fn note(repeats: &[u32]) -> Option<Trouble> {
    let mut rows = Rows::default();
    repeats.iter().for_each(|row| rows.push(*row));
    (rows.count > 0).then(|| note::repeats_skipped(&rows))
}

/// Looks through rows in memory: line and values of each.
pub(crate) fn twice<'a>(key: &[usize], rows: impl Iterator<Item = (u32, &'a [Value])>) -> KeysTwice {
    let mut twice = KeysTwice::default();
    if key.is_empty() {
        return twice;
    }
    let fingers = Fingers::default();
    let mut prints: Vec<Print> = rows.map(|(row, values)| fingers.of_values(key, values, i64::from(row))).collect();
    twice.look(&mut prints);
    twice.sort();
    twice
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn row(key: &str, amount: i64) -> Vec<Value> {
        vec![Value::Text(key.into()), Value::Int(amount)]
    }

    #[test]
    fn a_row_that_repeats_is_taken_once_and_rows_that_differ_name_each_other() {
        let rows = [row("甲", 1), row("乙", 2), row("甲", 1), row("乙", 3), row("乙", 2), row("丙", 4)];
        let rows = (2..).zip(rows.iter().map(Vec::as_slice));
        let twice = twice(&[0], rows);
        assert_eq!(twice, KeysTwice { repeats: vec![4, 6], differing: vec![(3, 5), (5, 3)] });
    }

    #[test]
    fn without_a_key_no_row_is_met_again() {
        let rows = [row("甲", 1), row("甲", 1)];
        assert_eq!(twice(&[], (2..).zip(rows.iter().map(Vec::as_slice))), KeysTwice::default());
    }

    #[test]
    fn prints_of_columns_are_alike_just_when_the_cells_are() {
        let texts = |cells: &[Option<&str>]| Arc::new(cells.iter().copied().collect::<StringViewArray>()) as ArrayRef;
        let (one, two) =
            (texts(&[Some("a"), Some("ab"), None, Some("a")]), texts(&[Some("bc"), Some("c"), None, Some("bc")]));
        let fingers = Fingers::default();
        let mut prints = Vec::new();
        let none: ArrayRef = Arc::new(Int64Array::from(vec![None; 4]));
        fingers.of_columns(&[Arc::clone(&one), Arc::clone(&two)], &[one, two, none], |row| row as i64, &mut prints);
        let same = |a: usize, b: usize| (prints[a].key == prints[b].key, prints[a].content == prints[b].content);
        assert_eq!(same(0, 3), (true, true));
        assert!([(0, 1), (0, 2), (1, 2)].iter().all(|(a, b)| same(*a, *b) == (false, false)));
    }
}
