//! Numbers as people write them: 1,234.50 · ¥ 1234.5 · １２００元 · 8.69万元 · (300.00). Never through a float.

use mingcha_domain::{Trouble, Value};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::cell::Cell;
use crate::read::Reading;
use crate::read::text::{half_width, without_spaces};
use crate::{ReadHow, problem};

/// Digits of DECIMAL(18, scale), in which the lake keeps numbers.
const DIGITS_MAX: u32 = 18;

pub(super) fn decimal(cell: &Cell, scale: u32) -> Result<Reading, Trouble> {
    let (mut number, how) = number(cell)?;
    if number.scale() > scale {
        return Err(problem::too_fine(scale));
    }
    let whole_digits = DIGITS_MAX.saturating_sub(scale);
    if number.abs().trunc() >= Decimal::from_i128_with_scale(10i128.pow(whole_digits), 0) {
        return Err(problem::too_large());
    }
    number.rescale(scale);
    Ok(Reading { value: Value::Decimal(number), how })
}

pub(super) fn integer(cell: &Cell) -> Result<Reading, Trouble> {
    let (number, how) = number(cell)?;
    if number.scale() > 0 {
        return Err(problem::not_whole());
    }
    let number = number.to_i64().ok_or_else(problem::too_large)?;
    Ok(Reading { value: Value::Int(number), how })
}

/// The number of a cell without trailing zeros.
fn number(cell: &Cell) -> Result<(Decimal, Option<ReadHow>), Trouble> {
    match cell {
        Cell::Number(number) => from_f64(*number).map(|number| (number, None)).ok_or_else(problem::too_large),
        Cell::Text(text) => from_text(text),
        // A number that was given a date format by mistake: the clerk saw a date, and meant who knows what.
        Cell::Serial(_) => Err(problem::a_date_for_a_number()),
        _ => Err(problem::not_a_number()),
    }
}

/// Returns the decimal that a spreadsheet means by a binary number: its fifteen significant digits, as it shows them.
pub(crate) fn from_f64(number: f64) -> Option<Decimal> {
    Decimal::from_scientific(&format!("{number:.14e}")).ok().map(|number| number.normalize())
}

fn from_text(text: &str) -> Result<(Decimal, Option<ReadHow>), Trouble> {
    let narrow = half_width(text);
    let compact = without_spaces(&narrow).replace('−', "-").replace('＋', "+");
    let (bare, signs) = bare_amount(&compact);
    let (negative, unsigned) = sign(bare);
    let (digits, ten_thousands) = match unsigned.strip_suffix('万') {
        Some(digits) => (digits, true),
        None => (unsigned, false),
    };
    let plain = ungrouped(digits).ok_or_else(problem::not_a_number)?;
    let mut number: Decimal = plain.parse().map_err(|_| problem::too_large())?;
    if ten_thousands {
        number = number.checked_mul(Decimal::from(10_000)).ok_or_else(problem::too_large)?;
    }
    if negative {
        number.set_sign_negative(true);
    }
    let marked = signs || ten_thousands || digits.contains(',') || bare.starts_with('(');
    let how = if marked {
        Some(ReadHow::Money)
    } else if narrow != text {
        Some(ReadHow::FullWidth)
    } else if compact.len() != text.trim().len() {
        Some(ReadHow::Spaces)
    } else {
        None
    };
    Ok((number.normalize(), how))
}

/// The amount without the words and signs of money around it, and whether there were any.
fn bare_amount(text: &str) -> (&str, bool) {
    const BEFORE: [&str; 6] = ["人民币", "RMB", "rmb", "CNY", "¥", "￥"];
    const AFTER: [&str; 6] = ["元整", "圆整", "元", "圆", "CNY", "RMB"];
    let mut bare = text;
    for before in BEFORE {
        bare = bare.strip_prefix(before).unwrap_or(bare);
    }
    for after in AFTER {
        bare = bare.strip_suffix(after).unwrap_or(bare);
    }
    (bare, bare.len() != text.len())
}

/// Whether it is negative, by a minus or by the brackets of accounting; and the rest.
fn sign(text: &str) -> (bool, &str) {
    if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        return (true, inner);
    }
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    (negative, rest.strip_prefix(['¥', '￥']).unwrap_or(rest))
}

/// Digits with one point, their thousands commas taken out; `None` for anything else, so also for 1,23.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut plain = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if !digits(group) || group.len() != 3 {
            return None;
        }
        grouped = true;
        plain.push_str(group);
    }
    if !digits(first) || (grouped && first.len() > 3) {
        return None;
    }
    match fraction {
        Some(fraction) if !digits(fraction) => None,
        Some(fraction) => Some(format!("{plain}.{fraction}")),
        None => Some(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Result<String, &'static str> {
        decimal(&Cell::Text(text.into()), 2).map(|reading| reading.value.to_string()).map_err(|trouble| trouble.code)
    }

    #[test]
    fn money_is_read_in_every_usual_writing() {
        for (text, expected) in [
            ("800", "800.00"),
            ("1,234.50", "1234.50"),
            ("¥1,234.5", "1234.50"),
            ("￥ 1，234．5元", "1234.50"),
            ("９００", "900.00"),
            ("人民币800元整", "800.00"),
            ("8.69万元", "86900.00"),
            ("1.2万", "12000.00"),
            ("-300", "-300.00"),
            ("(300.00)", "-300.00"),
            ("（300.00）", "-300.00"),
            ("-¥300", "-300.00"),
            ("+5", "5.00"),
            ("1 200.00", "1200.00"),
            ("1.500", "1.50"),
        ] {
            assert_eq!(money(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in
            ["八百", "1,23", "12,34,567", "1.2.3", "8OO", "3次", "1e3", "1,2345", ".5", "5.", "--5", "1_000", "NaN"]
        {
            assert_eq!(money(text), Err("MC-INTAKE-031"), "{text}");
        }
        assert_eq!(money("1.005"), Err("MC-INTAKE-033"));
        assert_eq!(money("10000000000000000"), Err("MC-INTAKE-055"));
        assert_eq!(money("99999999999999999999999999999999"), Err("MC-INTAKE-055"));
        assert_eq!(money("9999999999999999.99").as_deref(), Ok("9999999999999999.99"));
    }

    #[test]
    fn a_number_cell_means_the_digits_it_shows() {
        let cell = |number| decimal(&Cell::Number(number), 2).map(|reading| reading.value.to_string());
        assert_eq!(cell(0.1 + 0.2).as_deref(), Ok("0.30"));
        assert_eq!(cell(1234.5).as_deref(), Ok("1234.50"));
        assert_eq!(cell(100.0 / 3.0), Err(problem::too_fine(2)));
        assert_eq!(cell(f64::NAN), Err(problem::too_large()));
        assert_eq!(decimal(&Cell::Serial(800.0), 2), Err(problem::a_date_for_a_number()));
    }

    #[test]
    fn a_whole_number_may_carry_a_zero_fraction_and_no_other() {
        let whole = |text: &str| integer(&Cell::Text(text.into())).map(|reading| reading.value);
        assert_eq!(whole("3.0"), Ok(Value::Int(3)));
        assert_eq!(whole("３"), Ok(Value::Int(3)));
        assert_eq!(whole("3.5"), Err(problem::not_whole()));
        assert_eq!(whole("9223372036854775808"), Err(problem::too_large()));
    }
}
