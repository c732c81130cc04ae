//! Ledgers: the columns of a sheet, what a cell may be, and how a second sheet meets the first.

use std::fmt;

use mingcha_domain::Value;

/// A ledger (台账).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ledger {
    /// The pack it belongs to.
    pub pack: String,
    /// Name in SQL, the file's name without `.toml`.
    pub name: String,
    /// Title in Chinese, the sheet's name.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// What a row is and where it comes from.
    pub note: String,
    /// The columns, in the order of the template.
    pub columns: Vec<Column>,
    /// Names of the columns that tell one row from another; all of them are required.
    pub key: Vec<String>,
    /// What a new sheet does to the rows that are there.
    pub load: Load,
    /// Whether it is a table of reference (civil servants, calendar), which may be joined by models without losing
    /// their locality; a change of it means a full run.
    pub reference: bool,
    /// How often a new sheet is expected.
    pub every: Option<Rhythm>,
}

impl Ledger {
    /// `pack.ledger`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}.{}", self.pack, self.name)
    }

    /// The column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The place of the column of that name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// How often a new sheet is expected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rhythm {
    /// Each day.
    Day,
    /// Each week.
    Week,
    /// Each month.
    Month,
    /// Each quarter.
    Quarter,
    /// Each year.
    Year,
}

impl Rhythm {
    /// Most days between two sheets while the rhythm is kept.
    #[must_use]
    pub fn days_max(self) -> u32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 31,
            Self::Quarter => 92,
            Self::Year => 366,
        }
    }
}

/// As `every = "…"` writes it.
impl fmt::Display for Rhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        })
    }
}

/// What a new sheet does to the rows that are there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Load {
    /// A known key with other content supersedes; with the same content nothing happens.
    #[default]
    Merge,
    /// Every row is new; a known key is a bad row.
    Append,
    /// As merge, and keys that the new sheet does not have end.
    Snapshot,
}

/// One column of a ledger.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Column {
    /// Name in SQL.
    pub name: String,
    /// Title in Chinese, the heading of the template.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Other headings under which sheets carry it.
    pub aliases: Vec<String>,
    /// What a cell is.
    pub kind: ColumnKind,
    /// Whether a cell must not be empty.
    pub required: bool,
    /// Who may see it.
    pub privacy: Privacy,
    /// The values of a code.
    pub values: Vec<String>,
    /// Smallest value.
    pub min: Option<Value>,
    /// Largest value.
    pub max: Option<Value>,
    /// Full name of the ledger whose key this column names.
    pub references: Option<String>,
    /// What to write in it, for people.
    pub note: String,
    /// An example for the template.
    pub example: String,
}

/// What a cell is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ColumnKind {
    /// Any text.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// A decimal with so many digits after the point, at most 9.
    Decimal {
        /// Digits after the point.
        scale: u32,
    },
    /// Yuan with two decimals.
    Money,
    /// A calendar day.
    Date,
    /// 公民身份号码, GB 11643-1999.
    ResidentId,
    /// 统一社会信用代码, GB 32100-2015.
    Uscc,
    /// One of the column's values.
    Code,
    /// Yes or no (是/否).
    Boolean,
}

/// As `kind = "…"` writes it.
impl fmt::Display for ColumnKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Integer => f.write_str("integer"),
            Self::Decimal { scale } => write!(f, "decimal({scale})"),
            Self::Money => f.write_str("money"),
            Self::Date => f.write_str("date"),
            Self::ResidentId => f.write_str("resident_id"),
            Self::Uscc => f.write_str("uscc"),
            Self::Code => f.write_str("code"),
            Self::Boolean => f.write_str("boolean"),
        }
    }
}

/// Privacy class of a column; it drives masking and what may be published.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Privacy {
    /// May be published.
    Public,
    /// For the office.
    #[default]
    Internal,
    /// Names a person; masked unless a purpose was given.
    Personal,
    /// Accounts, health and the like; masked unless a purpose was given.
    Sensitive,
}
