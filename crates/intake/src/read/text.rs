//! Texts, codes, yes and no; and what all readers need: full-width signs made narrow, spaces taken out.

use std::borrow::Cow;

use mingcha_domain::{Trouble, Value};
use mingcha_pack::Column;

use crate::cell::{Cell, Epoch, is_space, is_without_width};
use crate::heading::{nearest_text, norm};
use crate::read::Reading;
use crate::read::number::from_f64;
use crate::{ReadHow, problem};

/// Above this a number cell has lost digits: Excel keeps fifteen.
const NUMBER_MAX: f64 = 1e15;

/// Any text: outer spaces go, inner ones become one, full-width digits and letters become narrow. Brackets and other
/// signs stay, they are good Chinese. Between Chinese characters alone (王　明) all spaces go: they only align a column.
pub(super) fn text(cell: &Cell, epoch: Epoch) -> Result<Reading, Trouble> {
    let raw = match cell {
        Cell::Number(number) => write_number(*number)?,
        cell => cell.raw(epoch),
    };
    if let Cell::Serial(_) = cell {
        // Excel makes a day of a code such as 1-2; whoever sees the day written out can tell.
        return Ok(Reading { value: Value::Text(raw), how: Some(ReadHow::DateWriting) });
    }
    if is_scientific(raw.trim()) {
        return Err(problem::digits_lost());
    }
    let bare = unwrapped(&raw);
    let narrow: Cow<'_, str> = if bare.contains(is_wide_word) {
        Cow::Owned(bare.chars().map(|c| if is_wide_word(c) { to_narrow(c) } else { c }).collect())
    } else {
        Cow::Borrowed(bare)
    };
    let spaced = one_space(&narrow);
    let how = if bare != raw {
        Some(ReadHow::Unwrapped)
    } else if narrow != bare {
        Some(ReadHow::FullWidth)
    } else if spaced != raw.trim() {
        Some(ReadHow::Spaces)
    } else {
        None
    };
    let value = if spaced.is_empty() { Value::Null } else { Value::Text(spaced) };
    Ok(Reading { value, how })
}

pub(super) fn code(cell: &Cell, column: &Column, epoch: Epoch) -> Result<Reading, Trouble> {
    let Reading { value, how } = text(cell, epoch)?;
    let Value::Text(written) = value else { return Ok(Reading::plain(value)) };
    let known = |same: &dyn Fn(&String) -> bool| column.values.iter().find(|known| same(known)).cloned();
    if let Some(known) = known(&|known| *known == written) {
        return Ok(Reading { value: Value::Text(known), how });
    }
    let loose = norm(&written);
    if let Some(known) = known(&|known| norm(known) == loose) {
        return Ok(Reading { value: Value::Text(known), how: Some(ReadHow::Code) });
    }
    let near = nearest_text(&written, column.values.iter().map(String::as_str));
    Err(problem::unknown_code(&column.values, near))
}

pub(super) fn boolean(cell: &Cell) -> Result<Reading, Trouble> {
    let written = match cell {
        Cell::Bool(yes) => return Ok(Reading::plain(Value::Bool(*yes))),
        Cell::Number(number) if *number == 1.0 => "1".to_owned(),
        Cell::Number(number) if *number == 0.0 => "0".to_owned(),
        Cell::Text(text) => without_spaces(&half_width(unmarked(text.trim()))).to_lowercase(),
        _ => return Err(problem::not_yes_or_no()),
    };
    let yes = match written.as_str() {
        "是" | "有" | "对" | "1" | "y" | "yes" | "t" | "true" | "√" | "✓" | "✔" => true,
        "否" | "不是" | "没有" | "错" | "0" | "n" | "no" | "f" | "false" | "×" | "✗" | "✘" | "x" => false,
        _ => return Err(problem::not_yes_or_no()),
    };
    let plain = matches!(written.as_str(), "是" | "否");
    Ok(Reading { value: Value::Bool(yes), how: (!plain).then_some(ReadHow::YesNo) })
}

/// A number cell in a column of text: its digits, if none are lost.
pub(super) fn write_number(number: f64) -> Result<String, Trouble> {
    if number.abs() >= NUMBER_MAX {
        return Err(problem::digits_lost());
    }
    from_f64(number).map(|number| number.to_string()).ok_or_else(problem::digits_lost)
}

/// Whether it is what Excel makes of a long identifier: `3.30902E+17`. A code such as 9e42 is not.
pub(super) fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    // Excel writes two digits of exponent at least.
    let exponent = exponent.strip_prefix('+').filter(|exponent| exponent.len() >= 2);
    exponent.is_some_and(digits) && whole.len() == 1 && digits(whole) && digits(fraction)
}

/// Takes off what marks a text for Excel: a leading apostrophe, or `="…"` around it.
pub(super) fn unwrapped(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('\'') {
        return rest;
    }
    text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// Makes every full-width sign narrow: digits, letters, and the signs of numbers and dates.
pub(super) fn half_width(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '！'..='～') { to_narrow(c) } else { c }).collect()
}

/// As [`unwrapped`], for what is no free text: there the quotation mark that people type for an apostrophe goes as well.
pub(super) fn unmarked(text: &str) -> &str {
    let bare = unwrapped(text);
    bare.strip_prefix(['‘', '’', '＇', '`']).unwrap_or(bare)
}

pub(super) fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !is_space(*c)).collect()
}

fn is_wide_word(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn to_narrow(c: char) -> char {
    const WIDE_FROM_NARROW: u32 = 0xFEE0;
    char::from_u32(u32::from(c).wrapping_sub(WIDE_FROM_NARROW)).unwrap_or(c)
}

fn one_space(text: &str) -> String {
    // A mark without width parts nothing; any other space parts words.
    let seen: Cow<'_, str> = if text.contains(is_without_width) {
        Cow::Owned(text.chars().filter(|c| !is_without_width(*c)).collect())
    } else {
        Cow::Borrowed(text)
    };
    let words: Vec<&str> = seen.split(is_space).filter(|word| !word.is_empty()).collect();
    let is_han = |word: &&str| word.chars().all(|c| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}'));
    if words.len() > 1 && words.iter().all(is_han) { words.concat() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: Cell) -> Result<(String, Option<ReadHow>), &'static str> {
        text(&cell, Epoch::default()).map(|r| (r.value.to_string(), r.how)).map_err(|trouble| trouble.code)
    }

    #[test]
    fn spaces_of_every_kind_are_taken_out_of_names() {
        for name in ["王　明", " 王明 ", "王\u{A0}明", "\u{FEFF}王明\u{200B}", "王\n明"] {
            assert_eq!(read(Cell::Text(name.into())).map(|read| read.0), Ok("王明".into()), "{name:?}");
        }
        assert_eq!(read(Cell::Text("A\u{200B}座\u{202A}1".into())), Ok(("A座1".into(), Some(ReadHow::Spaces))));
        assert_eq!(read(Cell::Text("Wang  Ming".into())), Ok(("Wang Ming".into(), Some(ReadHow::Spaces))));
        assert_eq!(read(Cell::Text("定海区 A座".into())), Ok(("定海区 A座".into(), None)));
    }

    #[test]
    fn digits_become_narrow_and_chinese_brackets_stay() {
        assert_eq!(read(Cell::Text("Ｓ００１（补）".into())), Ok(("S001（补）".into(), Some(ReadHow::FullWidth))));
    }

    #[test]
    fn a_number_in_a_text_column_keeps_its_digits_or_is_refused() {
        assert_eq!(read(Cell::Number(13_812_341_234.0)), Ok(("13812341234".into(), None)));
        assert_eq!(read(Cell::Number(2.5)), Ok(("2.5".into(), None)));
        assert_eq!(read(Cell::Number(6.222e18)), Err("MC-INTAKE-045"));
        assert_eq!(read(Cell::Text("6.22202E+18".into())), Err("MC-INTAKE-045"));
        assert_eq!(read(Cell::Text("E+3".into())), Ok(("E+3".into(), None)));
        for code in ["0033", "9e42", "1-2", "1/2", "007", "3E5", "00"] {
            assert_eq!(read(Cell::Text(code.into())), Ok((code.into(), None)), "a code stays as it is");
        }
        let day = Ok(("2023-01-02".into(), Some(ReadHow::DateWriting)));
        assert_eq!(read(Cell::Serial(44_928.0)), day, "what Excel made of 1-2 is at least shown");
    }

    #[test]
    fn a_code_is_found_whatever_its_case_and_width() {
        let column = Column { values: vec!["培训补贴".into(), "A1".into()], ..Column::default() };
        let read = |text: &str| code(&Cell::Text(text.into()), &column, Epoch::default());
        assert_eq!(read("培训补贴"), Ok(Reading::plain(Value::Text("培训补贴".into()))));
        assert_eq!(read("ａ1").map(|r| (r.value.to_string(), r.how)), Ok(("A1".into(), Some(ReadHow::Code))));
        let trouble = read("培训补助").expect_err("unknown");
        assert!(trouble.facts.contains(&("near", "培训补贴".into())), "{trouble:?}");
    }

    #[test]
    fn yes_and_no_have_many_writings_and_maybe_has_none() {
        for (written, expected) in
            [("是", true), ("Ｙ", true), ("√", true), ("否", false), ("×", false), ("FALSE", false)]
        {
            let reading = boolean(&Cell::Text(written.into())).expect(written);
            assert_eq!(reading.value, Value::Bool(expected), "{written}");
        }
        assert_eq!(boolean(&Cell::Text("可能".into())), Err(problem::not_yes_or_no()));
        assert_eq!(boolean(&Cell::Number(2.0)), Err(problem::not_yes_or_no()));
    }
}
