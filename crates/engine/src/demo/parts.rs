//! Choosing and sharing out, exactly.

use mingcha_domain::{Value, Yuan};

use super::{int, text};

/// `pick(n, 'a|b|c')`: the parts in turn, so that proportions are exact.
pub(super) fn pick(cells: &[Value]) -> Result<Value, String> {
    let n = int(cells, 0)?;
    let parts: Vec<&str> = text(cells, 1)?.split('|').collect();
    let count = i64::try_from(parts.len()).map_err(|error| error.to_string())?;
    let place = usize::try_from(n.rem_euclid(count)).map_err(|error| error.to_string())?;
    Ok(Value::Text(parts[place].to_owned()))
}

/// `chosen(i, k, n)`: true for exactly `k` of any `n` numbers in a row, evenly spread.
pub(super) fn chosen(cells: &[Value]) -> Result<Value, String> {
    let (i, k, n) = (int(cells, 0)?, int(cells, 1)?, int(cells, 2)?);
    if n <= 0 || !(0..=n).contains(&k) {
        return Err(format!("cannot choose {k} of {n}"));
    }
    let step = |i: i64| (i128::from(i) * i128::from(k)).div_euclid(i128::from(n));
    Ok(Value::Bool(step(i) > step(i.saturating_sub(1))))
}

/// `portion(total, n, i)`: part `i` of `1..n`; the parts differ by one fen at most and sum to the total exactly.
pub(super) fn portion(cells: &[Value]) -> Result<Value, String> {
    let total = cells.first().and_then(Value::as_decimal).ok_or("an amount is needed")?;
    let total = Yuan::from_decimal(total).map_err(|error| error.to_string())?.fen();
    let (n, i) = (int(cells, 1)?, int(cells, 2)?);
    if n <= 0 || !(1..=n).contains(&i) {
        return Err(format!("there is no part {i} of {n}"));
    }
    let upto = |i: i64| (i128::from(total) * i128::from(i)).div_euclid(i128::from(n));
    let part = i64::try_from(upto(i) - upto(i - 1)).map_err(|error| error.to_string())?;
    Ok(Value::Decimal(Yuan::from_fen(part).decimal()))
}

/// `day_add(day, days)`: calendar days later, or earlier when negative.
pub(super) fn day_add(cells: &[Value]) -> Result<Value, String> {
    let Some(Value::Day(day)) = cells.first() else { return Err("a day is needed".to_owned()) };
    let days = int(cells, 1)?;
    let moved = if days < 0 { day.minus_days(days.unsigned_abs()) } else { day.plus_days(days.unsigned_abs()) };
    Ok(Value::Day(moved))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn exactly_k_of_n_are_chosen(n in 1_i64..200, k in 0_i64..200, start in -500_i64..500) {
            let k = k.min(n);
            let chosen = (start..start + n)
                .filter(|i| chosen(&[Value::Int(*i), Value::Int(k), Value::Int(n)]) == Ok(Value::Bool(true)))
                .count();
            prop_assert_eq!(chosen as i64, k);
        }

        #[test]
        fn portions_sum_to_the_total(fen in -9_000_000_i64..9_000_000, n in 1_i64..100) {
            let total = Value::Decimal(Yuan::from_fen(fen).decimal());
            let parts: Vec<_> = (1..=n)
                .map(|i| portion(&[total.clone(), Value::Int(n), Value::Int(i)]).expect("a part").as_decimal().expect("money"))
                .collect();
            prop_assert_eq!(parts.iter().sum::<rust_decimal::Decimal>(), Yuan::from_fen(fen).decimal());
            let (low, high) = (parts.iter().min().expect("some"), parts.iter().max().expect("some"));
            prop_assert!(*high - *low <= rust_decimal::Decimal::new(1, 2));
        }
    }
}
