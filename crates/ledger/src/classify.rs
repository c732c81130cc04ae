//! What each row of a sheet means for the ledger: new, unchanged, superseding, or a key that may not come again. Pure.
//!
//! A sheet speaks only about the columns it has. An empty cell under a heading says that there is no value; a column
//! without a heading says nothing, and a known row keeps what it has there.

use std::collections::HashMap;

use mingcha_domain::{BatchNo, RowRef, Trouble, Value};
use mingcha_engine::LakeRow;
use mingcha_intake::{CellProblem, Mapped, Parsed, ParsedRow, RejectedRow};
use mingcha_pack::{Ledger, Load};

/// How many rows a sheet changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Keys that the ledger did not have.
    pub added: usize,
    /// Known keys with other content.
    pub superseded: usize,
    /// Known keys with the same content.
    pub unchanged: usize,
    /// Rows that end because the sheet no longer has them (`load = snapshot`).
    pub ended: usize,
    /// Rows that must be mended first.
    pub rejected: usize,
}

impl Counts {
    /// Rows that were understood: they are in the ledger afterwards.
    #[must_use]
    pub fn accepted(&self) -> usize {
        self.added + self.superseded + self.unchanged
    }

    /// Whether the ledger is another one afterwards.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.added + self.superseded + self.ended > 0
    }
}

/// A row that takes the place of another one.
#[derive(Clone, PartialEq, Debug)]
pub struct Superseding {
    /// The line in the new sheet.
    pub row: i64,
    /// Where the row that it supersedes came from.
    pub old: RowRef,
    /// The key's values, in the order of the ledger's key.
    pub key: Vec<Value>,
    /// The cells that differ.
    pub changed: Vec<Changed>,
}

/// A cell of a superseding row.
#[derive(Clone, PartialEq, Debug)]
pub struct Changed {
    /// Name of the column.
    pub column: String,
    /// As it was.
    pub old: Value,
    /// As it becomes.
    pub new: Value,
}

/// A sheet, held against the ledger.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Classified {
    pub added: Vec<ParsedRow>,
    pub superseding: Vec<(ParsedRow, LakeRow)>,
    pub unchanged: Vec<RowRef>,
    pub ended: Vec<RowRef>,
    pub rejects: Vec<RejectedRow>,
}

/// What is there, and whether the very same sheet is in already.
pub(crate) struct Present {
    /// The rows with the sheet's keys; all rows for a snapshot.
    pub rows: Vec<LakeRow>,
    /// A batch of the same file and sheet.
    pub same: Option<BatchNo>,
}

pub(crate) fn classify(ledger: &Ledger, parsed: Parsed, present: Present) -> Classified {
    let Parsed { rows, rejects, mapping, .. } = parsed;
    let mut classified = Classified { rejects, ..Classified::default() };
    let appends = ledger.load == Load::Append || ledger.key.is_empty();
    if appends && present.same.is_some() {
        return Classified { unchanged: refs_of(&rows, present.same), ..classified };
    }
    let absent = absent(ledger, &mapping);
    let mut known: HashMap<Vec<Value>, LakeRow> =
        present.rows.into_iter().map(|row| (key(ledger, &row.values), row)).collect();
    for mut row in rows {
        match known.remove(&key(ledger, &row.values)) {
            _ if ledger.key.is_empty() => classified.added.push(row),
            None => classified.added.push(row),
            Some(old) if appends => classified.rejects.push(known_key(ledger, &mapping, row, old.at)),
            Some(old) => {
                keep_values(&absent, &old.values, &mut row.values);
                if old.values == row.values {
                    classified.unchanged.push(old.at);
                } else {
                    classified.superseding.push((row, old));
                }
            }
        }
    }
    // A row that must be mended may be about any key: as long as there is one, nothing is taken to have ended.
    if ledger.load == Load::Snapshot && classified.rejects.is_empty() && !appends {
        classified.ended = known.into_values().map(|row| row.at).collect();
        classified.ended.sort();
    }
    classified.rejects.sort_by_key(|reject| reject.row);
    classified
}

impl Classified {
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            added: self.added.len(),
            superseded: self.superseding.len(),
            unchanged: self.unchanged.len(),
            ended: self.ended.len(),
            rejected: self.rejects.len(),
        }
    }

    /// The first so many rows that take the place of others, with the cells that differ.
    pub(crate) fn superseding(&self, ledger: &Ledger, limit: usize) -> Vec<Superseding> {
        let told = |(row, old): &(ParsedRow, LakeRow)| Superseding {
            row: i64::from(row.row),
            old: old.at,
            key: key(ledger, &row.values),
            changed: changed(ledger, &old.values, &row.values),
        };
        self.superseding.iter().take(limit).map(told).collect()
    }
}

/// The values of a row's key.
pub(crate) fn key(ledger: &Ledger, values: &[Value]) -> Vec<Value> {
    let places = ledger.key.iter().filter_map(|name| ledger.position(name));
    places.map(|place| values.get(place).cloned().unwrap_or_default()).collect()
}

fn changed(ledger: &Ledger, old: &[Value], new: &[Value]) -> Vec<Changed> {
    let cells = ledger.columns.iter().zip(old.iter().zip(new));
    let differ = cells.filter(|(_, (old, new))| old != new);
    differ
        .map(|(column, (old, new))| Changed { column: column.name.clone(), old: old.clone(), new: new.clone() })
        .collect()
}

/// Places of the ledger's columns that the sheet has no heading for.
fn absent(ledger: &Ledger, mapping: &[Mapped]) -> Vec<usize> {
    let is_absent = |name: &str| mapping.iter().all(|mapped| mapped.column.as_deref() != Some(name));
    let columns = ledger.columns.iter().enumerate();
    columns.filter(|(_, column)| is_absent(&column.name)).map(|(place, _)| place).collect()
}

fn keep_values(absent: &[usize], old: &[Value], new: &mut [Value]) {
    for place in absent {
        if let (Some(old), Some(new)) = (old.get(*place), new.get_mut(*place)) {
            new.clone_from(old);
        }
    }
}

fn known_key(ledger: &Ledger, mapping: &[Mapped], row: ParsedRow, known: RowRef) -> RejectedRow {
    let column = ledger.key.first().and_then(|name| ledger.column(name));
    let name = column.map(|column| column.name.clone()).unwrap_or_default();
    let value = key(ledger, &row.values).first().map(ToString::to_string).unwrap_or_default();
    let trouble = Trouble::new("MC-LEDGER-007")
        .with("row", row.row)
        .with("column", column.map_or("", |column| column.title.as_str()))
        .with("value", &value)
        .with("batch", known.batch)
        .with("line", known.row);
    let at = mapping.iter().find(|mapped| mapped.column.as_deref() == Some(&name)).map(|mapped| mapped.at);
    RejectedRow { row: row.row, raw: row.raw, problems: vec![CellProblem { column: name, at, value, trouble }] }
}

fn refs_of(rows: &[ParsedRow], batch: Option<BatchNo>) -> Vec<RowRef> {
    let Some(batch) = batch else { return Vec::new() };
    rows.iter().map(|row| RowRef { batch, row: i64::from(row.row) }).collect()
}
