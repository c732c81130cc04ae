//! What moved from one version of a ledger to another by more than a set share. Pure.

use mingcha_pack::Ledger;
use rust_decimal::Decimal;

use super::profile::Profile;

/// Rows and sums that move by more than so many percent are told.
pub const PERCENT: i64 = 10;
/// Shares that move by more than so many hundredths are told.
pub const POINTS: i64 = 5;

/// One figure in two versions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    /// What it is a figure of.
    pub what: Figure,
    /// As it was.
    pub before: Measure,
    /// As it is.
    pub now: Measure,
    /// Whether it moved by more than the set share.
    pub far: bool,
}

/// What a figure is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Figure {
    /// The rows of the ledger.
    Rows,
    /// The sum of a column.
    Sum {
        /// Its name.
        column: String,
    },
    /// The share of rows in which a column is empty.
    Empty {
        /// Its name.
        column: String,
    },
    /// The share of rows with one value of a code, of those that have one.
    Share {
        /// The column's name.
        column: String,
        /// The value.
        value: String,
    },
}

/// A number, or a part of a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measure {
    /// A count of rows.
    Count(usize),
    /// A sum.
    Amount(Decimal),
    /// So many of so many.
    Part(usize, usize),
}

/// Every figure that both versions have, those that moved far first, otherwise in the order of the ledger.
#[must_use]
pub fn drift(ledger: &Ledger, before: &Profile, now: &Profile) -> Vec<Moved> {
    let mut all = vec![moved(Figure::Rows, Measure::Count(before.rows), Measure::Count(now.rows))];
    for column in &ledger.columns {
        let (Some(old), Some(new)) = (before.column(&column.name), now.column(&column.name)) else { continue };
        let name = || column.name.clone();
        if let (Some(old), Some(new)) = (old.sum, new.sum) {
            all.push(moved(Figure::Sum { column: name() }, Measure::Amount(old), Measure::Amount(new)));
        }
        let empty = |filled: usize, rows: usize| Measure::Part(rows - filled.min(rows), rows);
        let empty = (empty(old.filled, before.rows), empty(new.filled, now.rows));
        all.push(moved(Figure::Empty { column: name() }, empty.0, empty.1));
        for ((value, was), (_, is)) in old.values.iter().zip(&new.values) {
            let what = Figure::Share { column: name(), value: value.clone() };
            all.push(moved(what, Measure::Part(*was, old.filled), Measure::Part(*is, new.filled)));
        }
    }
    all.sort_by_key(|moved| !moved.far);
    all
}

fn moved(what: Figure, before: Measure, now: Measure) -> Moved {
    Moved { what, before, now, far: far(before, now) }
}

fn far(before: Measure, now: Measure) -> bool {
    match (before, now) {
        (Measure::Count(before), Measure::Count(now)) => by_percent(Decimal::from(before), Decimal::from(now)),
        (Measure::Amount(before), Measure::Amount(now)) => by_percent(before, now),
        // a/b against c/d: |a·d − c·b| · 100 > POINTS · b · d. A share of nothing is no share.
        (Measure::Part(a, b), Measure::Part(c, d)) if b > 0 && d > 0 => {
            let [a, b, c, d] = [a, b, c, d].map(|n| i128::try_from(n).unwrap_or(i128::MAX));
            (a * d - c * b).abs() * 100 > i128::from(POINTS) * b * d
        }
        _ => false,
    }
}

/// From nothing to something is far; from nothing to nothing is not.
fn by_percent(before: Decimal, now: Decimal) -> bool {
    let moved = (now - before).abs();
    moved * Decimal::from(100) > before.abs() * Decimal::from(PERCENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_moved_by_more_than_the_set_share_is_far() {
        let count = |before, now| far(Measure::Count(before), Measure::Count(now));
        assert!(!count(100, 110) && !count(100, 90) && !count(0, 0));
        assert!(count(100, 111) && count(100, 89) && count(0, 1));
        let part = |a, b, c, d| far(Measure::Part(a, b), Measure::Part(c, d));
        assert!(!part(0, 100, 5, 100) && !part(1, 2, 55, 100) && !part(0, 0, 5, 5));
        assert!(part(0, 100, 6, 100) && part(1, 2, 56, 100));
    }
}
