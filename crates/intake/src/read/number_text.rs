//! Numbers as people write them: 1,234.50 · ¥ 1234.5 · １２００元 · 8.69万元 · (300.00) · 1e3. Never through a float.
//!
//! `1.234,50` is refused: here a comma parts thousands, and whoever wrote it so may have meant either. So is what a
//! spreadsheet shows of a number too long for its cell (1.23457E+11): its other digits are not in the file any more.

use mingcha_domain::Trouble;
use mingcha_pack::Column;
use rust_decimal::Decimal;

use crate::cell::{is_space, is_without_width};
use crate::read::number::{Number, of_hundred};
use crate::read::text::{half_width, is_scientific, unmarked, without_spaces};
use crate::{ReadHow, problem};

pub(super) fn from_text(text: &str, column: &Column) -> Result<Number, Trouble> {
    let trimmed = text.trim();
    let unmarked = unmarked(trimmed);
    let narrow = half_width(unmarked);
    let compact = without_spaces(&narrow).replace('−', "-").replace('＋', "+");
    if is_parted(&narrow) {
        return Err(problem::not_a_number());
    }
    // What a spreadsheet shows (1.5E+03) may be cut; what somebody wrote (1.5E+3, 1e3) is exact.
    if is_scientific(&compact) {
        return Err(problem::exponent());
    }
    if let Some(digits) = compact.strip_suffix('%') {
        let (negative, unsigned) = sign(digits);
        return of_hundred(ungrouped(unsigned).and_then(|plain| plain.parse().ok()).map(signed(negative)), column);
    }
    let Bare { amount, has_signs, has_unit } = bare_amount(&compact);
    let (negative, unsigned) = sign(amount);
    let (digits, scaled) = SCALES
        .iter()
        .find_map(|(word, times)| Some((unsigned.strip_suffix(word)?, Some(*times))))
        .unwrap_or((unsigned, None));
    let mut number: Decimal = if is_exponential(digits) {
        Decimal::from_scientific(digits).map_err(|_| problem::too_large())?
    } else {
        let plain = ungrouped(digits).ok_or_else(problem::not_a_number)?;
        plain.parse().map_err(|_| problem::too_large())?
    };
    if let Some(times) = scaled {
        number = number.checked_mul(Decimal::from(times)).ok_or_else(problem::too_large)?;
    }
    let is_marked = has_signs || scaled.is_some() || digits.contains([',', 'e', 'E']) || amount.starts_with('(');
    let how = if is_marked {
        Some(ReadHow::Money)
    } else if unmarked != trimmed {
        Some(ReadHow::Unwrapped)
    } else if narrow != unmarked {
        Some(ReadHow::FullWidth)
    } else if compact.len() != trimmed.len() {
        Some(ReadHow::Spaces)
    } else {
        None
    };
    Ok(Number { value: signed(negative)(number).normalize(), how, has_unit: has_unit || scaled.is_some() })
}

/// Whether a space stands between two digits: 800 900 may be one number or two.
fn is_parted(text: &str) -> bool {
    let mut seen = text.chars().filter(|c| !is_without_width(*c)).peekable();
    let mut after_digit = false;
    while let Some(c) = seen.next() {
        if c.is_ascii_digit() {
            after_digit = true;
        } else if is_space(c) {
            let next = seen.peek();
            if after_digit && next.is_some_and(char::is_ascii_digit) {
                return true;
            }
        } else {
            after_digit = false;
        }
    }
    false
}

fn signed(negative: bool) -> impl Fn(Decimal) -> Decimal {
    move |number| if negative { -number } else { number }
}

/// Words of number after the digits, the longest first.
const SCALES: [(&str, i64); 4] = [("百万", 1_000_000), ("千万", 10_000_000), ("万", 10_000), ("亿", 100_000_000)];

/// Whether it is a number with an exponent and nothing else: 1e3, 1.5E-2.
pub(super) fn is_exponential(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole) && digits(fraction) && digits(exponent) && exponent.len() <= 4
}

struct Bare<'a> {
    amount: &'a str,
    /// Whether words or signs of money were around it.
    has_signs: bool,
    /// Whether it says 元 itself.
    has_unit: bool,
}

/// The amount without the words and signs of money around it.
fn bare_amount(text: &str) -> Bare<'_> {
    const BEFORE: [&str; 6] = ["人民币", "RMB", "rmb", "CNY", "¥", "￥"];
    const AFTER: [&str; 6] = ["元整", "圆整", "元", "圆", "CNY", "RMB"];
    let mut amount = text;
    for before in BEFORE {
        amount = amount.strip_prefix(before).unwrap_or(amount);
    }
    let end = amount.len();
    for after in AFTER {
        amount = amount.strip_suffix(after).unwrap_or(amount);
    }
    Bare { amount, has_signs: amount.len() != text.len(), has_unit: amount.len() != end }
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
    use crate::cell::Cell;
    use crate::read::number::decimal;

    fn money(text: &str) -> Result<String, &'static str> {
        decimal(&Cell::Text(text.into()), 2, &Column::default(), None)
            .map(|reading| reading.value.to_string())
            .map_err(|trouble| trouble.code)
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
            ("1.5E+3", "1500.00"),
            ("1.500", "1.50"),
            ("１２３．５", "123.50"),
            ("1e3", "1000.00"),
            ("1.5E2", "150.00"),
            ("1e-2", "0.01"),
            ("1.2亿", "120000000.00"),
            ("'800", "800.00"),
            ("’800", "800.00"),
            ("\u{A0}8\u{200B}00\u{3000}", "800.00"),
        ] {
            assert_eq!(money(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "八百",
            "1.2.3",
            "8OO",
            "3次",
            ".5",
            "5.",
            "--5",
            "1_000",
            "NaN",
            "1e",
            "e3",
            "1e3e3",
            "=1+1",
            "1-2",
            "8:30",
            "800 900",
            "1 200.00",
            "800　900元",
            "1.234,50",
            "1,23",
            "12,34,567",
            "1,2345",
            "1234,5",
            ",5",
        ] {
            assert_eq!(money(text), Err("MC-INTAKE-031"), "{text}");
        }
        for text in ["1.23457E+11", "1E+05", "９E+12"] {
            assert_eq!(money(text), Err("MC-INTAKE-084"), "{text}: a spreadsheet left digits out");
        }
        assert_eq!(money("85%"), Err("MC-INTAKE-086"));
        assert_eq!(money("9e42"), Err("MC-INTAKE-055"));
        assert_eq!(money("1e9999"), Err("MC-INTAKE-055"));
        assert_eq!(money("1.005"), Err("MC-INTAKE-033"));
        assert_eq!(money("10000000000000000"), Err("MC-INTAKE-055"));
        assert_eq!(money("99999999999999999999999999999999"), Err("MC-INTAKE-055"));
        assert_eq!(money("9999999999999999.99").as_deref(), Ok("9999999999999999.99"));
    }
}
