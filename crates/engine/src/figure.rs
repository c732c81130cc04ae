//! Figures: the records that count, and the one number made of them.

use mingcha_domain::{Day, Value};
use mingcha_pack::{Aggregate, Figure};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeSet;

use crate::error::EngineError;
use crate::{Ask, Session};

/// One record that a figure counts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FigureRecord {
    /// What identifies it: a problem, a recovery, an inspection, or a ledger row's `_ref`.
    pub reference: String,
    /// The person it is about.
    pub person: Option<String>,
    /// Yuan, or whatever is summed.
    pub amount: Option<Decimal>,
    /// The day it happened.
    pub day: Option<Day>,
    /// Every column of the record query, in its order, these four included.
    pub columns: Vec<(String, Value)>,
}

/// The column that identifies a record.
pub const REFERENCE: &str = "reference";

/// Runs a figure's record query in a session whose home is the figure's pack. Sorted by reference, so that the same
/// records give the same list.
pub async fn records(session: &Session, figure: &Figure) -> Result<Vec<FigureRecord>, EngineError> {
    let rows = session.ask(&Ask { sql: &figure.records.value, ..Ask::default() }).await?;
    let missing = |name: &str| EngineError::ResultColumn { name: name.to_owned(), have: rows.columns.join(", ") };
    let reference = rows.position(REFERENCE).ok_or_else(|| missing(REFERENCE))?;
    if let Some(column) = figure.aggregate.column() {
        rows.position(column).ok_or_else(|| missing(column))?;
    }
    let (person, amount, day) = (rows.position("person"), rows.position("amount"), rows.position("day"));
    let mut records: Vec<FigureRecord> = rows
        .rows
        .into_iter()
        .map(|row| {
            let cell = |place: Option<usize>| place.map_or(&Value::Null, |place| &row[place]);
            FigureRecord {
                reference: row[reference].to_string(),
                person: (!cell(person).is_null()).then(|| cell(person).to_string()),
                amount: cell(amount).as_decimal(),
                day: match cell(day) {
                    Value::Day(day) => Some(*day),
                    _ => None,
                },
                columns: rows.columns.iter().cloned().zip(row.iter().cloned()).collect(),
            }
        })
        .collect();
    records.sort_by(|a, b| a.reference.cmp(&b.reference).then_with(|| a.columns.cmp(&b.columns)));
    Ok(records)
}

/// The figure's value: aggregate ÷ `divide`, rounded half away from zero to its decimals, with exactly so many.
#[must_use]
pub fn value(figure: &Figure, records: &[FigureRecord]) -> Decimal {
    let cells = |column: &str| -> Vec<&Value> {
        records
            .iter()
            .flat_map(|record| record.columns.iter().filter(|(name, _)| name == column).map(|(_, value)| value))
            .filter(|value| !value.is_null())
            .collect()
    };
    let numbers = |column: &str| -> Vec<Decimal> { cells(column).into_iter().filter_map(Value::as_decimal).collect() };
    let raw = match &figure.aggregate {
        Aggregate::Count => Decimal::from(records.len()),
        Aggregate::CountDistinct(column) => {
            Decimal::from(cells(column).into_iter().map(ToString::to_string).collect::<BTreeSet<_>>().len())
        }
        Aggregate::Sum(column) => numbers(column).into_iter().sum(),
        Aggregate::Mean(column) => {
            let all = numbers(column);
            let count = Decimal::from(all.len());
            if all.is_empty() { Decimal::ZERO } else { all.into_iter().sum::<Decimal>() / count }
        }
    };
    // The pack refuses a zero divisor; a figure without one is its aggregate.
    let divided = raw.checked_div(Decimal::from(figure.divide)).unwrap_or(raw);
    let mut rounded = divided.round_dp_with_strategy(figure.decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(figure.decimals);
    rounded
}
