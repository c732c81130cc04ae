//! One look over a ledger at one version: how many rows, how full each column, sums, newest days, shares of codes.
//!
//! All of it is one SELECT of aggregates, so that it is read once and nothing but the numbers is kept.

use mingcha_domain::{Day, Value};
use mingcha_engine::{EngineError, Session};
use mingcha_pack::{ColumnKind, Ledger, Privacy};
use rust_decimal::Decimal;

/// Values of a code that are counted apart; the others are counted together.
const VALUES_MAX: usize = 40;

/// A ledger in numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Profile {
    /// The version that was read.
    pub version: i64,
    /// Its rows.
    pub rows: usize,
    /// Its columns, in the order of the ledger.
    pub columns: Vec<ColumnProfile>,
}

/// A column in numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ColumnProfile {
    /// Its name.
    pub name: String,
    /// Rows that have something in it, of [`Profile::rows`].
    pub filled: usize,
    /// The sum, of a column of money that names no person.
    pub sum: Option<Decimal>,
    /// The first and the last day, of a column of days.
    pub days: Option<(Day, Day)>,
    /// Rows whose day is later than the business date.
    pub ahead: usize,
    /// Values of a code with their rows, of [`Self::filled`].
    pub values: Vec<(String, usize)>,
}

impl Profile {
    /// The column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&ColumnProfile> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// A name as SQL takes it, whatever words SQL has of its own.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A ledger as SQL names it.
pub(crate) fn table(ledger: &Ledger) -> String {
    format!("{}.{}", quoted(&ledger.pack), quoted(&ledger.name))
}

fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

fn has_sum(ledger: &Ledger, at: usize) -> bool {
    let column = &ledger.columns[at];
    column.kind == ColumnKind::Money && column.privacy < Privacy::Personal
}

/// Reads a ledger through a session of this version.
pub(crate) async fn profile(session: &Session, ledger: &Ledger, version: i64) -> Result<Profile, EngineError> {
    let mut shown = vec!["count(*) AS n".to_owned()];
    for (at, column) in ledger.columns.iter().enumerate() {
        let name = quoted(&column.name);
        shown.push(format!("count({name}) AS f{at}"));
        if has_sum(ledger, at) {
            shown.push(format!("sum({name}) AS s{at}"));
        }
        if column.kind == ColumnKind::Date {
            shown.push(format!("min({name}) AS a{at}, max({name}) AS z{at}"));
            shown.push(format!("sum(CASE WHEN {name} > $as_of THEN 1 ELSE 0 END) AS l{at}"));
        }
        for (value, word) in column.values.iter().take(VALUES_MAX).enumerate() {
            shown.push(format!("sum(CASE WHEN {name} = {} THEN 1 ELSE 0 END) AS v{at}_{value}", text(word)));
        }
    }
    let found = session.query(&format!("SELECT {} FROM {}", shown.join(", "), table(ledger))).await?;
    let cell = |name: &str| -> Value {
        let row = found.rows.first();
        found.position(name).and_then(|place| row?.get(place).cloned()).unwrap_or_default()
    };
    let number = |name: &str| cell(name).as_int().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let day = |name: &str| match cell(name) {
        Value::Day(day) => Some(day),
        _ => None,
    };
    let columns = ledger.columns.iter().enumerate().map(|(at, column)| ColumnProfile {
        name: column.name.clone(),
        filled: number(&format!("f{at}")),
        sum: has_sum(ledger, at).then(|| cell(&format!("s{at}")).as_decimal().unwrap_or_default()),
        days: day(&format!("a{at}")).zip(day(&format!("z{at}"))),
        ahead: number(&format!("l{at}")),
        values: (column.values.iter().take(VALUES_MAX).enumerate())
            .map(|(value, word)| (word.clone(), number(&format!("v{at}_{value}"))))
            .collect(),
    });
    Ok(Profile { version, rows: number("n"), columns: columns.collect() })
}
