//! What each row of a sheet means for the ledger: new, unchanged, superseding, or a key that may not come again. Pure.
//!
//! A sheet speaks only about the columns it has. An empty cell under a heading says that there is no value; a column
//! without a heading says nothing, and a known row keeps what it has there. So rows are compared by the columns of the
//! sheet: by the prints of their keys and of their contents, part by part, whatever the number of rows.

use mingcha_domain::{BatchNo, RowRef, Trouble, Value};
use mingcha_engine::lake::RowSet;
use mingcha_intake::{CellProblem, Mapped, ParsedRow, Print, RejectedRow};
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
    /// Rows that repeat an earlier one of the same sheet, and were taken once.
    pub duplicated: usize,
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

/// What becomes of one line of the sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Fate {
    /// It is no row that could go in.
    #[default]
    Out,
    Added,
    Superseding,
    Unchanged,
}

/// The lines of a sheet, each with its fate: a byte for each, and sixteen million at most.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Fates(Vec<Fate>);

impl Fates {
    pub(crate) fn set(&mut self, line: u32, fate: Fate) {
        let at = line as usize;
        if at >= self.0.len() {
            self.0.resize(at + 1, Fate::Out);
        }
        self.0[at] = fate;
    }

    pub(crate) fn of(&self, line: u32) -> Fate {
        self.0.get(line as usize).copied().unwrap_or_default()
    }

    pub(crate) fn count(&self, fate: Fate) -> usize {
        self.0.iter().filter(|each| **each == fate).count()
    }

    /// Lines of one fate, in their order.
    pub(crate) fn lines(&self, fate: Fate) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(&self.0).filter(move |(_, each)| **each == fate).map(|(line, _)| line)
    }

    /// Every row of a sheet whose very content is in already, as a batch of its own.
    pub(crate) fn all_unchanged(&mut self, batch: BatchNo) -> RowSet {
        let lines: Vec<u32> = self.lines(Fate::Added).collect();
        lines.iter().for_each(|line| self.set(*line, Fate::Unchanged));
        lines.into_iter().map(|line| RowRef { batch, row: i64::from(line) }).collect()
    }
}

/// A sheet, held against the ledger.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Classified {
    pub fates: Fates,
    /// Lines that supersede, and the packed references of the rows they supersede; by line.
    pub superseding: Vec<(u32, i64)>,
    pub unchanged: RowSet,
    pub ended: RowSet,
    pub rejects: Vec<RejectedRow>,
    pub duplicated: usize,
}

impl Classified {
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            added: self.fates.count(Fate::Added),
            superseded: self.superseding.len(),
            unchanged: self.unchanged.len(),
            ended: self.ended.len(),
            rejected: self.rejects.len(),
            duplicated: self.duplicated,
        }
    }

    /// The rows that go, because others take their place or because they end.
    pub(crate) fn gone(&self) -> RowSet {
        let superseded = self.superseding.iter().map(|(_, old)| *old);
        let ended = self.ended.ranges().flat_map(|(start, length)| start..start + length);
        RowSet::of_packed(superseded.chain(ended).collect())
    }
}

/// A sheet's rows as they meet the ledger's, one part of the keys after the other.
#[derive(Debug, Default)]
pub(crate) struct Meeting {
    pub superseding: Vec<(u32, i64)>,
    unchanged: Vec<i64>,
    ended: Vec<i64>,
    /// Lines whose key may not come again, and the row that has it.
    pub known: Vec<(u32, i64)>,
}

impl Meeting {
    /// Both sorted by key. Of the sheet's rows only those that are taken for new so far count.
    pub(crate) fn meet(&mut self, load: Load, sheet: &[Print], ledger: &[Print], fates: &mut Fates) {
        let mut sheet = sheet.iter().peekable();
        for there in ledger.chunk_by(|a, b| a.key == b.key) {
            let Some(known) = there.last() else { continue };
            while sheet.next_if(|print| print.key < known.key).is_some() {}
            let mut is_named = false;
            while let Some(print) = sheet.next_if(|print| print.key == known.key) {
                is_named = true;
                let Ok(line) = u32::try_from(print.at) else { continue };
                if fates.of(line) != Fate::Added {
                    continue;
                }
                if load == Load::Append {
                    fates.set(line, Fate::Out);
                    self.known.push((line, known.at));
                } else if print.content == known.content {
                    fates.set(line, Fate::Unchanged);
                    self.unchanged.push(known.at);
                } else {
                    fates.set(line, Fate::Superseding);
                    self.superseding.push((line, known.at));
                }
            }
            if !is_named && load == Load::Snapshot {
                self.ended.push(known.at);
            }
        }
    }

    /// Puts together what was found. A row that must be mended may be about any key: as long as there is one, nothing is
    /// taken to have ended.
    pub(crate) fn end(mut self, fates: Fates, rejects: Vec<RejectedRow>, duplicated: usize) -> Classified {
        self.superseding.sort_unstable();
        let ended = if rejects.is_empty() { RowSet::of_packed(self.ended) } else { RowSet::default() };
        let unchanged = RowSet::of_packed(self.unchanged);
        Classified { fates, superseding: self.superseding, unchanged, ended, rejects, duplicated }
    }
}

/// The values of a row's key.
pub(crate) fn key(ledger: &Ledger, values: &[Value]) -> Vec<Value> {
    let places = ledger.key.iter().filter_map(|name| ledger.position(name));
    places.map(|place| values.get(place).cloned().unwrap_or_default()).collect()
}

/// The cells in which a row differs from the one it takes the place of; a column that the sheet lacks keeps its value.
pub(crate) fn changed(ledger: &Ledger, columns: &[usize], old: &[Value], new: &[Value]) -> Vec<Changed> {
    let cells = ledger.columns.iter().enumerate().zip(old.iter().zip(new));
    let differ = cells.filter(|((place, _), (old, new))| columns.contains(place) && old != new);
    differ
        .map(|((_, column), (old, new))| Changed { column: column.name.clone(), old: old.clone(), new: new.clone() })
        .collect()
}

/// A row whose key the ledger has, where a key may come only once.
pub(crate) fn known_key(ledger: &Ledger, mapping: &[Mapped], row: ParsedRow, known: RowRef) -> RejectedRow {
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
