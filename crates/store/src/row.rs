//! One row of a result, detached from its database: named cells of text, whole numbers and nulls.

use std::str::FromStr;
use std::sync::Arc;

use mingcha_domain::{
    AccountId, BatchNo, CaseId, Day, EditionId, FindingId, ImportId, InspectionId, Instant, ProblemId, RecoveryId,
    RowRef, RunId, TokenId, UploadId, Yuan,
};
use sea_orm::QueryResult;
use sea_orm::sqlx::{Decode, Postgres, Row as _, Sqlite, TypeInfo as _, ValueRef as _};

use crate::StoreError;

/// What one cell holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number; also the result of a comparison, as 0 or 1.
    Int(i64),
    /// Text.
    Text(String),
}

/// One row of a result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    columns: Arc<Vec<String>>,
    cells: Vec<Cell>,
}

impl Row {
    /// The text in this column; an error when it is null.
    pub fn text(&self, column: &str) -> Result<&str, StoreError> {
        self.opt_text(column)?.ok_or_else(|| self.wrong(column, "text"))
    }

    /// The text in this column, if any.
    pub fn opt_text(&self, column: &str) -> Result<Option<&str>, StoreError> {
        match self.cell(column)? {
            Cell::Null => Ok(None),
            Cell::Text(text) => Ok(Some(text)),
            Cell::Int(_) => Err(self.wrong(column, "text")),
        }
    }

    /// The whole number in this column; an error when it is null.
    pub fn int(&self, column: &str) -> Result<i64, StoreError> {
        self.opt_int(column)?.ok_or_else(|| self.wrong(column, "a whole number"))
    }

    /// The whole number in this column, if any.
    pub fn opt_int(&self, column: &str) -> Result<Option<i64>, StoreError> {
        match self.cell(column)? {
            Cell::Null => Ok(None),
            Cell::Int(number) => Ok(Some(*number)),
            Cell::Text(_) => Err(self.wrong(column, "a whole number")),
        }
    }

    /// The column as a type of the field: an identifier, a day, an instant, money, a boolean, an `Option` of these.
    pub fn get<T: FromCell>(&self, column: &str) -> Result<T, StoreError> {
        T::from_cell(self.cell(column)?).ok_or_else(|| self.wrong(column, std::any::type_name::<T>()))
    }

    /// The cell in this column.
    pub fn cell(&self, column: &str) -> Result<&Cell, StoreError> {
        self.columns.iter().position(|name| name == column).and_then(|at| self.cells.get(at)).ok_or_else(|| {
            StoreError::Column { column: column.to_owned(), wanted: "a column", found: self.columns.join(", ") }
        })
    }

    /// All cells with their columns' names, in the order of the SELECT.
    pub fn cells(&self) -> impl Iterator<Item = (&str, &Cell)> {
        self.columns.iter().map(String::as_str).zip(&self.cells)
    }

    fn wrong(&self, column: &str, wanted: &'static str) -> StoreError {
        let found = match self.cell(column) {
            Ok(Cell::Null) => "null".to_owned(),
            Ok(Cell::Int(number)) => number.to_string(),
            Ok(Cell::Text(_)) => "another text".to_owned(),
            Err(_) => "no such column".to_owned(),
        };
        StoreError::Column { column: column.to_owned(), wanted, found }
    }
}

/// A type that a cell can be read as.
pub trait FromCell: Sized {
    /// The value, or `None` when the cell holds something else.
    fn from_cell(cell: &Cell) -> Option<Self>;
}

impl FromCell for String {
    fn from_cell(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl FromCell for i64 {
    fn from_cell(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Int(number) => Some(*number),
            _ => None,
        }
    }
}

impl FromCell for bool {
    fn from_cell(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Int(0) => Some(false),
            Cell::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromCell for Instant {
    fn from_cell(cell: &Cell) -> Option<Self> {
        String::from_cell(cell).and_then(|text| Self::parse(&text))
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            other => T::from_cell(other).map(Some),
        }
    }
}

macro_rules! from_text {
    ($($name:ty),+ $(,)?) => {$(
        impl FromCell for $name {
            fn from_cell(cell: &Cell) -> Option<Self> {
                match cell {
                    Cell::Text(text) => Self::from_str(text).ok(),
                    _ => None,
                }
            }
        }
    )+};
}

macro_rules! from_number {
    ($($name:ty => $make:expr),+ $(,)?) => {$(
        impl FromCell for $name {
            fn from_cell(cell: &Cell) -> Option<Self> {
                i64::from_cell(cell).map($make)
            }
        }
    )+};
}

from_text!(
    Day,
    AccountId,
    CaseId,
    EditionId,
    FindingId,
    ImportId,
    InspectionId,
    ProblemId,
    RecoveryId,
    RunId,
    TokenId,
    UploadId
);
from_number!(BatchNo => BatchNo, RowRef => RowRef::unpack, Yuan => Yuan::from_fen);

/// Detaches a result from its database.
pub(crate) fn rows_of(results: &[QueryResult]) -> Result<Vec<Row>, StoreError> {
    let Some(first) = results.first() else { return Ok(Vec::new()) };
    let columns = Arc::new(first.column_names());
    results
        .iter()
        .map(|result| {
            let cells = (0..columns.len()).map(|at| cell_of(result, at, &columns[at])).collect::<Result<_, _>>()?;
            Ok(Row { columns: Arc::clone(&columns), cells })
        })
        .collect()
}

fn cell_of(result: &QueryResult, at: usize, column: &str) -> Result<Cell, StoreError> {
    if let Some(row) = result.try_as_sqlite_row() {
        let value = row.try_get_raw(at).map_err(|error| unreadable(column, &error))?;
        if value.is_null() {
            return Ok(Cell::Null);
        }
        let kind = value.type_info().name().to_owned();
        let decoded = match kind.as_str() {
            "INTEGER" | "INT8" | "BOOLEAN" => <i64 as Decode<Sqlite>>::decode(value).map(Cell::Int),
            "TEXT" => <String as Decode<Sqlite>>::decode(value).map(Cell::Text),
            _ => return Err(not_kept(column, kind)),
        };
        return decoded.map_err(|error| unreadable(column, &error));
    }
    if let Some(row) = result.try_as_pg_row() {
        let value = row.try_get_raw(at).map_err(|error| unreadable(column, &error))?;
        if value.is_null() {
            return Ok(Cell::Null);
        }
        let kind = value.type_info().name().to_owned();
        let decoded = match kind.as_str() {
            "INT8" => <i64 as Decode<Postgres>>::decode(value).map(Cell::Int),
            "INT4" => <i32 as Decode<Postgres>>::decode(value).map(|number| Cell::Int(number.into())),
            "INT2" => <i16 as Decode<Postgres>>::decode(value).map(|number| Cell::Int(number.into())),
            "BOOL" => <bool as Decode<Postgres>>::decode(value).map(|yes| Cell::Int(yes.into())),
            "TEXT" | "VARCHAR" | "NAME" | "CHAR" => <String as Decode<Postgres>>::decode(value).map(Cell::Text),
            _ => return Err(not_kept(column, kind)),
        };
        return decoded.map_err(|error| unreadable(column, &error));
    }
    Err(StoreError::Database { detail: "a row of an unknown database".to_owned() })
}

fn unreadable(column: &str, error: &impl std::fmt::Display) -> StoreError {
    StoreError::Database { detail: format!("{column}: {error}") }
}

/// A sum in PostgreSQL is NUMERIC, an average in SQLite is REAL: such results are cast in the SQL.
fn not_kept(column: &str, found: String) -> StoreError {
    StoreError::Column { column: column.to_owned(), wanted: "TEXT or BIGINT (cast it in the SQL)", found }
}
