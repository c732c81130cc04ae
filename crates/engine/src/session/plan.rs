//! What goes into a session and what comes out, as plain data.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_domain::{Day, Value};
use mingcha_pack::{ColumnKind, PackSet, Param};

use crate::{Lake, LakeRow, Limits};

/// What a session is made of.
pub struct SessionPlan<'a> {
    /// Definitions: ledgers, indicators.
    pub packs: &'a PackSet,
    /// Where the rows of the ledgers come from.
    pub source: Source<'a>,
    /// The business date, `$as_of`.
    pub as_of: Day,
    /// The year of the action, `$action`.
    pub action: &'a str,
    /// Casework, as `ops.NAME`.
    pub ops: Vec<OpsTable>,
    /// Only the rows of these partitions; everything when absent.
    pub only: Option<Partitions>,
    /// The pack whose ledgers are named without their pack.
    pub home: &'a str,
    /// What one query may use.
    pub limits: Limits,
}

/// Where the rows of the ledgers come from.
pub enum Source<'a> {
    /// The lake, as it was at a snapshot.
    Lake(&'a Lake, i64),
    /// Rows in memory; a ledger that is not named is empty.
    Tables(Vec<MemLedger>),
    /// No rows, and no view around a ledger: what the checks plan on.
    Empty,
}

/// Rows of one ledger in memory.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MemLedger {
    /// Full name of the ledger.
    pub name: String,
    /// Its rows.
    pub rows: Vec<LakeRow>,
}

/// One table of casework.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OpsTable {
    /// Its name after `ops.`.
    pub name: String,
    /// Its columns.
    pub columns: Vec<(String, ColumnKind)>,
    /// Its rows, one value per column.
    pub rows: Vec<Vec<Value>>,
}

/// Which rows of partitioned ledgers a session sees.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Partitions {
    /// Per ledger (full name), the column or row-local expression. Ledgers that are not named are seen whole.
    pub by: BTreeMap<String, String>,
    /// The partitions; null is one.
    pub values: BTreeSet<Value>,
}

/// The rows of a result.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Rows {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// One value per column.
    pub rows: Vec<Vec<Value>>,
}

impl Rows {
    /// The place of a column.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

/// One question to a session.
#[derive(Clone, Debug, Default)]
pub struct Ask<'a> {
    /// One SELECT.
    pub sql: &'a str,
    /// Parameters: `param.NAME` and, where one row exists, `$NAME`.
    pub params: &'a [Param],
    /// Further scalars (`$rows`, `$seed` of a demo plan).
    pub scalars: Vec<(&'a str, Value)>,
    /// Whether `generate_series` is a table: in demo plans only.
    pub series: bool,
}
