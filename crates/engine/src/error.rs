//! What can go wrong with a query, in words that its author understands: the text, the limits, the result.

use std::ops::Range;

use mingcha_domain::{Kind, Speaks, Trouble};

use crate::lake::LakeError;
use crate::locality::NotLocal;

/// A place in an SQL text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Line in the SQL, from 1.
    pub line: u64,
    /// Column in characters, from 1.
    pub column: u64,
    /// The marked bytes of the SQL.
    pub bytes: PlaceBytes,
}

/// First byte and first byte after; a `Range` that can be ordered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct PlaceBytes {
    /// First byte.
    pub start: usize,
    /// First byte after the marked text.
    pub end: usize,
}

impl Place {
    /// The marked bytes.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.bytes.start..self.bytes.end
    }

    /// Makes a place from lines and columns as the SQL parser counts them (from 1, in characters); 0 is no place.
    #[must_use]
    pub(crate) fn of(sql: &str, start: (u64, u64), end: (u64, u64)) -> Option<Self> {
        if start.0 == 0 {
            return None;
        }
        let from = byte_of(sql, start);
        let to = byte_of(sql, end).max(from);
        Some(Self { line: start.0, column: start.1, bytes: PlaceBytes { start: from, end: to } })
    }

    /// Where a text stands first, for the few nodes that the parser gives no span.
    #[must_use]
    pub(crate) fn first(sql: &str, text: &str) -> Option<Self> {
        let start = sql.find(text)?;
        let line_start = sql[..start].rfind('\n').map_or(0, |end| end + 1);
        let line = sql[..start].matches('\n').count() as u64 + 1;
        let column = sql[line_start..start].chars().count() as u64 + 1;
        Some(Self { line, column, bytes: PlaceBytes { start, end: start + text.len() } })
    }
}

fn byte_of(sql: &str, (line, column): (u64, u64)) -> usize {
    let mut start = 0;
    for (number, text) in (1_u64..).zip(sql.split_inclusive('\n')) {
        if number == line {
            let skip = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
            return start + text.char_indices().nth(skip).map_or(text.len(), |(at, _)| at);
        }
        start += text.len();
    }
    sql.len()
}

/// One thing that is wrong with an SQL text.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{wrong}")]
pub struct SqlFault {
    /// What is wrong.
    pub wrong: Wrong,
    /// Where; absent when the planner does not say.
    pub at: Option<Place>,
}

/// What is wrong with an SQL text.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Wrong {
    /// It does not parse.
    #[error("SQL does not parse: {reason}")]
    Syntax {
        /// The parser's words.
        reason: String,
    },
    /// It is not exactly one SELECT.
    #[error("not one reading query but {found}")]
    NotOneQuery {
        /// What stands there instead.
        found: String,
    },
    /// A table that nobody knows.
    #[error("unknown table {name}")]
    UnknownTable {
        /// As written.
        name: String,
        /// The nearest known name, or empty.
        near: String,
    },
    /// A clock: the business date is an input.
    #[error("{name} reads the clock")]
    Clock {
        /// The function.
        name: String,
    },
    /// Chance: the same rows must give the same findings.
    #[error("{name} is chance")]
    Chance {
        /// The function.
        name: String,
    },
    /// A function or clause that reaches outside the ledgers.
    #[error("{name} is not a table")]
    NotATable {
        /// The function or clause.
        name: String,
    },
    /// A column that none of the tables has.
    #[error("unknown column {name}")]
    UnknownColumn {
        /// As written.
        name: String,
        /// The nearest known name, or empty.
        near: String,
    },
    /// A function that nobody knows.
    #[error("unknown function {name}")]
    UnknownFunction {
        /// As written.
        name: String,
        /// The nearest known name, or empty.
        near: String,
    },
    /// `$name` that is neither a parameter nor `$as_of` or `$action`.
    #[error("unknown parameter {name}")]
    UnknownParameter {
        /// As written.
        name: String,
        /// The nearest known name, or empty.
        near: String,
    },
    /// `$name` of a parameter with several rows: which of them holds depends on the row's date.
    #[error("parameter {name} has {rows} rows")]
    ParameterIsTable {
        /// The parameter, without `$`.
        name: String,
        /// How many rows it has.
        rows: usize,
    },
    /// The rows of one parameter do not go together (types or keys differ).
    #[error("rows of parameter {name} differ in type")]
    ParameterMixed {
        /// The parameter.
        name: String,
    },
    /// Recursion has no bound that can be seen.
    #[error("WITH RECURSIVE")]
    Recursive,
    /// Longer than [`crate::limits::SQL_BYTES_MAX`].
    #[error("SQL of {bytes} bytes")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A function that makes values of any length: no limit of memory would stop it in time.
    #[error("{name} has no bound")]
    Endless {
        /// The function.
        name: String,
    },
    /// Anything else that the planner refuses.
    #[error("SQL cannot be planned: {reason}")]
    Plan {
        /// The planner's words.
        reason: String,
    },
}

impl SqlFault {
    /// What to tell its author. `line` and `column` count within the SQL.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        let trouble = match &self.wrong {
            Wrong::Syntax { reason } => Trouble::new("MC-ENGINE-001").with("reason", reason),
            Wrong::NotOneQuery { found } => Trouble::new("MC-ENGINE-002").with("found", found),
            Wrong::UnknownTable { name, near } => with_near(Trouble::new("MC-ENGINE-003").with("name", name), near),
            Wrong::Clock { name } => Trouble::new("MC-ENGINE-004").with("name", name),
            Wrong::Chance { name } => Trouble::new("MC-ENGINE-005").with("name", name),
            Wrong::NotATable { name } => Trouble::new("MC-ENGINE-006").with("name", name),
            Wrong::UnknownColumn { name, near } => with_near(Trouble::new("MC-ENGINE-007").with("name", name), near),
            Wrong::UnknownFunction { name, near } => with_near(Trouble::new("MC-ENGINE-008").with("name", name), near),
            Wrong::UnknownParameter { name, near } => with_near(Trouble::new("MC-ENGINE-009").with("name", name), near),
            Wrong::ParameterIsTable { name, rows } => {
                Trouble::new("MC-ENGINE-010").with("name", name).with("rows", rows)
            }
            Wrong::ParameterMixed { name } => Trouble::new("MC-ENGINE-011").with("name", name),
            Wrong::Recursive => Trouble::new("MC-ENGINE-012"),
            Wrong::TooLong { bytes } => Trouble::new("MC-ENGINE-013").with("bytes", bytes),
            Wrong::Endless { name } => Trouble::new("MC-ENGINE-015").with("name", name),
            Wrong::Plan { reason } => Trouble::new("MC-ENGINE-014").with("reason", reason),
        };
        match &self.at {
            Some(at) => trouble.with("line", at.line).with("column", at.column),
            None => trouble.with("line", "").with("column", ""),
        }
    }
}

/// Adds the nearest known name, and whether there is one: the sentence differs.
pub(crate) fn with_near(trouble: Trouble, near: &str) -> Trouble {
    trouble.with("near", near).with("has_near", if near.is_empty() { "no" } else { "yes" })
}

/// Why a query gave no rows.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The text is wrong.
    #[error(transparent)]
    Sql(#[from] SqlFault),
    /// It took too long.
    #[error("stopped after {seconds} s")]
    Time {
        /// The limit.
        seconds: u64,
    },
    /// It needed too much memory.
    #[error("needs more than {bytes} bytes of memory")]
    Memory {
        /// The limit.
        bytes: usize,
    },
    /// It gave too many rows.
    #[error("more than {rows} rows")]
    Rows {
        /// The limit.
        rows: usize,
    },
    /// It failed on the rows that are there: a division by zero, a text that is no number.
    #[error("query failed: {reason}")]
    Failed {
        /// The engine's words.
        reason: String,
    },
    /// The result lacks a column that its definition names.
    #[error("result has no column {name}")]
    ResultColumn {
        /// The column.
        name: String,
        /// What the result has.
        have: String,
    },
    /// Two result rows have the same key.
    #[error("two rows with key {key}")]
    KeyRepeats {
        /// The key's text.
        key: String,
    },
    /// The model is said to be local, and that cannot be proved.
    #[error(transparent)]
    NotLocal(#[from] NotLocal),
    /// A table was handed in for a ledger that no pack has.
    #[error("no ledger {name}")]
    NoLedger {
        /// The full name.
        name: String,
    },
    /// The lake did not answer, or a cell does not fit its column.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// The engine could not be set up.
    #[error("engine: {0}")]
    Setup(String),
}

impl Speaks for EngineError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Sql(fault) => fault.trouble(),
            Self::Time { seconds } => Trouble::new("MC-ENGINE-020").with("seconds", seconds),
            Self::Memory { bytes } => Trouble::new("MC-ENGINE-021").with("mib", bytes >> 20),
            Self::Rows { rows } => Trouble::new("MC-ENGINE-022").with("rows", rows),
            Self::Failed { reason } => Trouble::new("MC-ENGINE-023").with("reason", reason),
            Self::ResultColumn { name, have } => {
                with_near(Trouble::new("MC-ENGINE-025").with("name", name).with("have", have), "")
            }
            Self::KeyRepeats { key } => Trouble::new("MC-ENGINE-026").with("key", masked(key)),
            Self::NotLocal(reason) => reason.trouble(),
            Self::NoLedger { name } => Trouble::new("MC-ENGINE-027").with("name", name),
            Self::Lake(error) => error.trouble(),
            Self::Setup(reason) => Trouble::new("MC-ENGINE-028").with("reason", reason),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Time { .. } | Self::Memory { .. } | Self::Rows { .. } => Kind::Limit,
            Self::Lake(error) => error.kind(),
            Self::Setup(_) => Kind::Internal,
            _ => Kind::Invalid,
        }
    }
}

/// A key for people and logs: identity numbers in it are hidden.
fn masked(key: &str) -> String {
    let hide = |part: &str| {
        if mingcha_domain::ResidentId::parse(part).is_ok() {
            mingcha_domain::mask::identifier(part)
        } else {
            part.to_owned()
        }
    };
    key.split('|').map(hide).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_and_marks_bytes() {
        let sql = "SELECT '中文',\n  名 FROM t";
        let place = Place::of(sql, (2, 3), (2, 4)).expect("a place");
        assert_eq!(&sql[place.span()], "名");
        assert!(Place::of(sql, (0, 0), (0, 0)).is_none());
        assert_eq!(Place::of(sql, (9, 1), (9, 2)).expect("clamped").span(), sql.len()..sql.len());
    }
}
