//! A figure month by month: the same aggregate over the records of each month.

use std::collections::BTreeMap;

use mingcha_domain::Day;
use mingcha_engine::figure::{self, FigureRecord};
use mingcha_pack::Figure;
use rust_decimal::Decimal;

/// Month (`2023-09`) and value, ascending; only months that have records. Empty when a record has no day.
pub type ByMonth = Vec<(String, Decimal)>;

/// Computes it. Values of months need not sum to the figure: a person counts in each month, and once in the year.
pub(crate) fn by_month(definition: &Figure, records: &[FigureRecord]) -> ByMonth {
    let mut months: BTreeMap<String, Vec<FigureRecord>> = BTreeMap::new();
    for record in records {
        let Some(day) = record.day else { return ByMonth::new() };
        months.entry(month(day)).or_default().push(record.clone());
    }
    months.into_iter().map(|(month, records)| (month, figure::value(definition, &records))).collect()
}

fn month(day: Day) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
