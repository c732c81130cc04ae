//! Cells that are plain for their column: what the ordinary reader would take as it stands, with nothing to normalise and
//! nothing to tell. They are read from the bytes without copying; whatever is not plain goes to the ordinary reader.
//!
//! A check may call a plain cell odd, which costs time; it must never call an odd cell plain.

use mingcha_domain::Value;
use mingcha_pack::{Column, ColumnKind};

use super::builder::mantissa;
use crate::limits::CELL_CHARS_MAX;

/// A plain cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Plain<'a> {
    Null,
    Text(&'a str),
    Int(i64),
    /// In units of the column's last place.
    Decimal(i128),
    /// Days since 1970-01-01.
    Day(i32),
    Bool(bool),
}

/// What is plain in one column.
#[derive(Debug)]
pub(super) enum Check {
    Text,
    Code(Vec<String>),
    Int(Bounds<i64>),
    Decimal {
        scale: u32,
        bounds: Bounds<i128>,
    },
    Day(Bounds<i32>),
    ResidentId,
    Uscc,
    Bool,
    /// Every cell needs the ordinary reader.
    Never,
}

/// Smallest and largest value.
#[derive(Debug)]
pub(super) struct Bounds<T> {
    min: Option<T>,
    max: Option<T>,
}

impl<T: PartialOrd> Bounds<T> {
    fn hold(&self, value: &T) -> bool {
        self.min.as_ref().is_none_or(|min| value >= min) && self.max.as_ref().is_none_or(|max| value <= max)
    }
}

impl Check {
    /// The check of a column whose cells are read as they stand.
    pub(super) fn of(column: &Column) -> Self {
        let (min, max) = (column.min.as_ref(), column.max.as_ref());
        let decimal = |scale: u32| {
            let bound = |bound: &Value| bound.as_decimal().and_then(|bound| mantissa(bound, scale));
            bounds(min, max, &bound).map(|bounds| Self::Decimal { scale, bounds })
        };
        let check = match column.kind {
            ColumnKind::Text => Some(Self::Text),
            ColumnKind::Code => Some(Self::Code(column.values.clone())),
            ColumnKind::Integer => bounds(min, max, &Value::as_int).map(Self::Int),
            ColumnKind::Decimal { scale } => decimal(scale),
            ColumnKind::Money => decimal(2),
            ColumnKind::Date => {
                let day = |bound: &Value| match bound {
                    Value::Day(day) => Some(day.days_since_epoch()),
                    _ => None,
                };
                bounds(min, max, &day).map(Self::Day)
            }
            ColumnKind::ResidentId => Some(Self::ResidentId),
            ColumnKind::Uscc => Some(Self::Uscc),
            ColumnKind::Boolean => Some(Self::Bool),
        };
        let is_bounded = min.is_some() || max.is_some();
        match check {
            Some(Self::Text | Self::Code(_) | Self::ResidentId | Self::Uscc | Self::Bool) if is_bounded => Self::Never,
            Some(check) => check,
            None => Self::Never,
        }
    }

    /// The cell, if it is plain. It is not empty.
    pub(super) fn plain<'a>(&self, cell: &'a str) -> Option<Plain<'a>> {
        let bytes = cell.as_bytes();
        match self {
            Self::Text => is_plain_text(bytes).then_some(Plain::Text(cell)),
            Self::Code(values) => {
                let is_known = is_plain_text(bytes) && values.iter().any(|value| value == cell);
                is_known.then_some(Plain::Text(cell))
            }
            Self::Int(bounds) => whole(bytes).filter(|number| bounds.hold(number)).map(Plain::Int),
            Self::Decimal { scale, bounds } => {
                decimal(bytes, *scale).filter(|number| bounds.hold(number)).map(Plain::Decimal)
            }
            Self::Day(bounds) => day(bytes).filter(|day| bounds.hold(day)).map(Plain::Day),
            Self::ResidentId => is_resident_id(bytes).then_some(Plain::Text(cell)),
            Self::Uscc => is_uscc(bytes).then_some(Plain::Text(cell)),
            Self::Bool => match cell {
                "是" => Some(Plain::Bool(true)),
                "否" => Some(Plain::Bool(false)),
                _ => None,
            },
            Self::Never => None,
        }
    }

    /// Whether a plain cell of this column names a person or a firm.
    pub(super) fn names_someone(&self) -> bool {
        matches!(self, Self::ResidentId | Self::Uscc)
    }
}

/// Both bounds as the column keeps its values; `None` when one cannot be kept so.
fn bounds<T>(min: Option<&Value>, max: Option<&Value>, of: &dyn Fn(&Value) -> Option<T>) -> Option<Bounds<T>> {
    let bound = |given: Option<&Value>| match given {
        Some(value) => of(value).map(Some),
        None => Some(None),
    };
    Some(Bounds { min: bound(min)?, max: bound(max)? })
}

/// Printable ASCII but for what a spreadsheet or a reader gives a meaning, Chinese characters and their brackets; no
/// space of any kind.
fn is_plain_text(bytes: &[u8]) -> bool {
    if bytes.len() > CELL_CHARS_MAX || matches!(bytes.first(), Some(b'\'' | b'=' | b'-' | b'@' | b'#' | b'?')) {
        return false;
    }
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            // A plus may stand in 3.3E+17; a quote may stand for another.
            [b'+' | b'"', ..] => return false,
            [0x21..=0x7E, after @ ..] => after,
            // 锟, with which begins what is left of characters that an earlier program lost.
            [0xE9, 0x94, 0x9F, ..] => return false,
            [0xE4..=0xE9, _, _, after @ ..] => after,
            // U+3000 is a space; the other marks and signs of that block are not.
            [0xE3, 0x80, 0x80, ..] => return false,
            [0xE3, _, _, after @ ..] => after,
            // （ ） ， ：
            [0xEF, 0xBC, 0x88 | 0x89 | 0x8C | 0x9A, after @ ..] => after,
            _ => return false,
        };
    }
}

/// Up to eighteen digits, without zeros before them.
fn whole(bytes: &[u8]) -> Option<i64> {
    let (negative, digits) = signed(bytes);
    let is_plain = matches!(digits.len(), 1..=18) && (digits[0] != b'0' || (digits.len() == 1 && !negative));
    let number = if is_plain { number_of(digits)? } else { return None };
    let number = i64::try_from(number).ok()?;
    Some(if negative { -number } else { number })
}

/// Digits with at most so many behind a point, in units of the last place.
fn decimal(bytes: &[u8], scale: u32) -> Option<i128> {
    let (negative, digits) = signed(bytes);
    let (whole, fraction) = match digits.iter().position(|c| *c == b'.') {
        Some(point) => (&digits[..point], &digits[point + 1..]),
        None => (digits, &digits[..0]),
    };
    let has_point = whole.len() < digits.len();
    let scale = usize::try_from(scale).ok()?;
    let is_plain = !whole.is_empty()
        && whole.len() + scale <= 18
        && fraction.len() <= scale
        && has_point != fraction.is_empty()
        && (whole[0] != b'0' || whole.len() == 1);
    if !is_plain {
        return None;
    }
    let mut number = number_of(whole)?;
    for place in 0..scale {
        let digit = fraction.get(place).copied().unwrap_or(b'0');
        number = number * 10 + u64::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?);
    }
    match (negative, number) {
        (true, 0) => None,
        (true, _) => Some(-i128::from(number)),
        (false, _) => Some(i128::from(number)),
    }
}

fn signed(bytes: &[u8]) -> (bool, &[u8]) {
    match bytes {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    }
}

/// At most eighteen digits as a number.
fn number_of(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0_u64, |number, c| {
        let digit = c.checked_sub(b'0').filter(|digit| *digit < 10)?;
        Some(number * 10 + u64::from(digit))
    })
}

/// `2023-11-05`, from 1900 to 2199.
fn day(bytes: &[u8]) -> Option<i32> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
    let year = number_of(&[*y1, *y2, *y3, *y4])?;
    days(i32::try_from(year).ok()?, number_of(&[*m1, *m2])?, number_of(&[*d1, *d2])?)
}

/// Days since 1970-01-01 of a day from 1900 to 2199; `None` when there is no such day.
fn days(year: i32, month: u64, day: u64) -> Option<i32> {
    const BEFORE: [i32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    const LENGTHS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let at = usize::try_from(month).ok()?.checked_sub(1)?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = LENGTHS.get(at)? + u64::from(is_leap && month == 2);
    if !(1900..2200).contains(&year) || day == 0 || day > length {
        return None;
    }
    let before = year - 1;
    let leaps = before / 4 - before / 100 + before / 400;
    const TO_1970: i32 = 719_162;
    let of_year = BEFORE.get(at)? + i32::from(is_leap && month > 2) + i32::try_from(day).ok()? - 1;
    Some(before * 365 + leaps + of_year - TO_1970)
}

/// A citizen's number of eighteen characters with a birth day that exists and the right check character.
fn is_resident_id(bytes: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    // Numbers that begin with 8 or 9 are those of other cards.
    if bytes.len() != 18 || !matches!(bytes[0], b'1'..=b'7') || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(c, weight)| u32::from(c - b'0') * weight).sum();
    let (year, month, day) = (number_of(&bytes[6..10]), number_of(&bytes[10..12]), number_of(&bytes[12..14]));
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return false };
    let is_born = i32::try_from(year).is_ok_and(|year| year < 2100 && days(year, month, day).is_some());
    is_born && CHECKS[(sum % 11) as usize] == bytes[17]
}

/// A unified social credit code whose two check characters are right.
fn is_uscc(bytes: &[u8]) -> bool {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const PLACES: [u8; 256] = {
        let mut places = [u8::MAX; 256];
        let mut at = 0;
        while at < ALPHABET.len() {
            places[ALPHABET[at] as usize] = at as u8;
            at += 1;
        }
        places
    };
    const OF_ORGANISATION: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    if bytes.len() != 18 || bytes.iter().any(|c| PLACES[usize::from(*c)] == u8::MAX) {
        return false;
    }
    let (mut sum, mut weight) = (0_u32, 1_u32);
    for c in &bytes[..17] {
        sum += u32::from(PLACES[usize::from(*c)]) * weight;
        weight = weight * 3 % 31;
    }
    if ALPHABET[((31 - sum % 31) % 31) as usize] != bytes[17] {
        return false;
    }
    let value = |c: u8| if c.is_ascii_digit() { u32::from(c - b'0') } else { u32::from(c - b'A') + 10 };
    let sum: u32 = bytes[8..16].iter().zip(OF_ORGANISATION).map(|(c, weight)| value(*c) * weight).sum();
    let check = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    };
    check == bytes[16]
}

#[cfg(test)]
mod tests {
    use mingcha_domain::{Day, ResidentId, Uscc, uscc};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_day_of_three_centuries_has_its_number() {
        let mut day = Day::new(1900, 1, 1).expect("a day");
        while day.year() < 2200 {
            assert_eq!(super::day(day.to_string().as_bytes()), Some(day.days_since_epoch()), "{day}");
            day = day.plus_days(1);
        }
        for none in ["1899-12-31", "2200-01-01", "2023-02-29", "2023-00-01", "2023-13-01", "2023-1-1", "2023-01-32"] {
            assert_eq!(super::day(none.as_bytes()), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_number_has_the_digits_it_shows(number in -99_999_999_i64..99_999_999, scale in 0..4_u32) {
            let written = rust_decimal::Decimal::new(number, scale);
            let read = decimal(written.to_string().as_bytes(), 4);
            prop_assert_eq!(read, mantissa(written, 4));
        }

        #[test]
        fn a_plain_identity_number_is_one(digits in "[1-7][0-9]{5}(19[0-9]{2}|20[0-2][0-9])(0[1-9]|1[0-2])[0-3][0-9][0-9]{3}[0-9X]") {
            prop_assert_eq!(is_resident_id(digits.as_bytes()), ResidentId::parse(&digits).is_ok());
        }

        #[test]
        fn a_plain_credit_code_is_one(first in "[159N][12][0-9]{6}[0-9A-HJ-NP-RTUWXY]{8}", last in "[0-9A-HJ-NP-RTUWXY]{2}") {
            let good = uscc::complete(&first).expect("sixteen characters");
            prop_assert!(is_uscc(good.as_bytes()));
            let any = format!("{first}{last}");
            prop_assert_eq!(is_uscc(any.as_bytes()), Uscc::parse(&any).is_ok());
        }
    }
}
