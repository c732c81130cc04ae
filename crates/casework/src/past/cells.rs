//! The cells of one row by name, and what is wrong with one.

use mingcha_domain::{Day, Speaks, Trouble, Value, Yuan};
use mingcha_intake::ParsedRow;
use mingcha_pack::Ledger;
use sm3::{Digest, Sm3};

use super::PastError;
use crate::hindrance::Hindrance;

/// One row with its schema.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    ledger: &'a Ledger,
    row: &'a ParsedRow,
}

/// What is wrong with one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct RowFault {
    pub column: &'static str,
    pub trouble: Trouble,
}

/// Why a row was not taken: its own fault, or something that ends the import.
#[derive(Debug)]
pub(super) enum Stop {
    Row(RowFault),
    All(PastError),
}

impl<E> From<E> for Stop
where
    Hindrance: From<E>,
{
    fn from(error: E) -> Self {
        Self::All(PastError::Hindered(error.into()))
    }
}

/// What became of a row that was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Met {
    New,
    Unchanged,
}

impl<'a> Cells<'a> {
    pub(super) fn new(ledger: &'a Ledger, row: &'a ParsedRow) -> Self {
        Self { ledger, row }
    }

    /// The line of the sheet.
    pub(super) fn line(self) -> i64 {
        i64::from(self.row.row)
    }

    pub(super) fn opt_text(self, column: &str) -> Option<&'a str> {
        self.value(column).and_then(Value::as_text).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The text of a required column: intake lets no row pass without it.
    pub(super) fn text(self, column: &str) -> &'a str {
        self.opt_text(column).unwrap_or_default()
    }

    pub(super) fn opt_day(self, column: &str) -> Option<Day> {
        match self.value(column) {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        }
    }

    pub(super) fn day(self, column: &'static str) -> Result<Day, Stop> {
        self.opt_day(column).ok_or_else(|| self.missing(column))
    }

    pub(super) fn int(self, column: &'static str) -> Result<i64, Stop> {
        self.value(column).and_then(Value::as_int).ok_or_else(|| self.missing(column))
    }

    pub(super) fn yuan(self, column: &'static str) -> Result<Yuan, Stop> {
        let amount = self.value(column).and_then(Value::as_decimal).ok_or_else(|| self.missing(column))?;
        Yuan::from_decimal(amount).map_err(|_| self.missing(column))
    }

    /// The column's title, for messages.
    pub(super) fn title(self, column: &str) -> &'a str {
        self.ledger.column(column).map_or("", |column| column.title.as_str())
    }

    /// The cell as text, for the list of rejects.
    pub(super) fn shown(self, column: &str) -> String {
        self.value(column).map(ToString::to_string).unwrap_or_default()
    }

    /// SM3 over the row's values: the same row again is recognised by it.
    pub(super) fn digest(self) -> String {
        let mut hash = Sm3::new();
        for value in &self.row.values {
            let text = value.to_string();
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hex::encode(hash.finalize())
    }

    /// A fault of this column.
    pub(super) fn wrong(self, column: &'static str, trouble: Trouble) -> Stop {
        let trouble = trouble.with("row", self.line()).with("column", self.title(column));
        Stop::Row(RowFault { column, trouble })
    }

    /// What hinders a deed hinders a row when its sender can mend it, and the whole import otherwise.
    pub(super) fn hindered(self, column: &'static str, hindrance: Hindrance) -> Stop {
        match hindrance {
            Hindrance::Missing { .. }
            | Hindrance::TooLong { .. }
            | Hindrance::InFuture { .. }
            | Hindrance::NoSuchUnit { .. }
            | Hindrance::Move(_) => self.wrong(column, hindrance.trouble()),
            other => Stop::All(PastError::Hindered(other)),
        }
    }

    fn missing(self, column: &'static str) -> Stop {
        self.wrong(column, Trouble::new("MC-CASE-047").with("missing", self.title(column)).with("given", ""))
    }

    fn value(self, column: &str) -> Option<&'a Value> {
        self.ledger.position(column).and_then(|at| self.row.values.get(at))
    }
}

/// A row that was sent before: the same, or another under a known number.
pub(super) fn met_before(
    cells: Cells<'_>,
    column: &'static str,
    digest: &str,
    known: Option<&str>,
) -> Result<Met, Stop> {
    if known == Some(digest) {
        return Ok(Met::Unchanged);
    }
    Err(cells.wrong(column, Trouble::new("MC-CASE-043").with("key", cells.text(column))))
}
