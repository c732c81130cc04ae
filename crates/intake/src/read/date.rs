//! Days as people write them: 2023-11-05, 2023/11/5, 2023.11.5, 2023年11月5日, 20231105, 二〇二三年十一月五日, and the
//! serial numbers of spreadsheets. A year of two digits, and a day before the month, are refused: who can tell.

use mingcha_domain::{Day, Trouble, Value};

use crate::cell::{Cell, Epoch, day_of};
use crate::read::Reading;
use crate::read::text::{half_width, without_spaces};
use crate::{ReadHow, problem};

/// Serial numbers that are taken for days when nothing says so but the column: 1954 to 2119.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

pub(super) fn date(cell: &Cell, epoch: Epoch) -> Result<Reading, Trouble> {
    let (day, how) = match cell {
        Cell::Serial(serial) => {
            let day = day_of(*serial, epoch).ok_or_else(problem::not_a_date)?;
            (day, (serial.fract() != 0.0).then_some(ReadHow::TimeDropped))
        }
        Cell::Number(number) => from_number(*number, epoch)?,
        Cell::Text(text) => from_text(text)?,
        _ => return Err(problem::not_a_date()),
    };
    if !(1900..2200).contains(&day.year()) {
        return Err(problem::improbable_year(day.year()));
    }
    Ok(Reading { value: Value::Day(day), how })
}

/// 20231105 or a serial number without its date format.
fn from_number(number: f64, epoch: Epoch) -> Result<(Day, Option<ReadHow>), Trouble> {
    if SERIALS.contains(&number) {
        return day_of(number, epoch).map(|day| (day, Some(ReadHow::DaySerial))).ok_or_else(problem::not_a_date);
    }
    if number.fract() == 0.0 && (10_000_000.0..100_000_000.0).contains(&number) {
        return from_text(&format!("{number:.0}"));
    }
    Err(problem::not_a_date())
}

fn from_text(text: &str) -> Result<(Day, Option<ReadHow>), Trouble> {
    let narrow = arabic(&half_width(text));
    let (day_part, has_time) = split_time(narrow.trim());
    let compact = without_spaces(day_part);
    let serial = || compact.parse::<f64>().ok().filter(|number| SERIALS.contains(number) && number.fract() == 0.0);
    if let Some(serial) = serial() {
        // A text file has no format beside the number; Excel and WPS count from 1900 there.
        return day_of(serial, Epoch::Year1900)
            .map(|day| (day, Some(ReadHow::DaySerial)))
            .ok_or_else(problem::not_a_date);
    }
    let (year, month, day) = parts(&compact)?;
    let day = Day::new(year, month, day).map_err(|why| problem::no_such_day(&why))?;
    let how = if has_time {
        Some(ReadHow::TimeDropped)
    } else if day.to_string() != text {
        Some(ReadHow::DateWriting)
    } else {
        None
    };
    Ok((day, how))
}

/// Year, month and day as they were written, whether or not there is such a day.
fn parts(text: &str) -> Result<(i32, u32, u32), Trouble> {
    let digits = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        let fits = lengths.contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit());
        if fits { part.parse::<u32>().ok() } else { None }
    };
    if text.len() == 8
        && text.is_ascii()
        && let (Some(year), Some(month), Some(day)) =
            (digits(&text[..4], 4..=4), digits(&text[4..6], 2..=2), digits(&text[6..], 2..=2))
    {
        return Ok((year as i32, month, day));
    }
    let text = text.strip_suffix(['日', '号']).unwrap_or(text);
    let text = text.replace(['年', '月', '/', '.', '－', '—', '–', '‐', '、'], "-");
    let fields: Vec<&str> = text.trim_end_matches('-').split('-').collect();
    match fields[..] {
        [year, month, day] => match (digits(year, 4..=4), digits(month, 1..=2), digits(day, 1..=2)) {
            (Some(year), Some(month), Some(day)) => Ok((year as i32, month, day)),
            (None, Some(_), Some(_)) if digits(year, 1..=2).is_some() => Err(problem::short_year()),
            _ => Err(problem::not_a_date()),
        },
        [year, month] if digits(year, 4..=4).is_some() && digits(month, 1..=2).is_some() => {
            Err(problem::no_day_given())
        }
        _ => Err(problem::not_a_date()),
    }
}

/// Splits off a time of day such as ` 08:30:00` or `T00:00:00`; midnight is no time that was dropped.
fn split_time(text: &str) -> (&str, bool) {
    let Some(at) = text.find(':') else { return (text, false) };
    let before = &text[..at];
    let Some(gap) = before.rfind(|c: char| c == 'T' || c.is_whitespace()) else { return (text, false) };
    let time = text[gap..].trim_start_matches('T').trim();
    let is_time = time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+'));
    if is_time { (&text[..gap], time.chars().any(|c| ('1'..='9').contains(&c))) } else { (text, false) }
}

/// Writes Chinese numerals of a date in Arabic digits: 二〇二三年十一月五日 → 2023年11月5日. Other texts stay.
fn arabic(text: &str) -> String {
    if !text.contains('年')
        || !text.contains(['〇', '○', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
    {
        return text.to_owned();
    }
    let value =
        |c: char| "〇一二三四五六七八九".chars().position(|digit| digit == c).or((c == '零' || c == '○').then_some(0));
    let mut written = String::new();
    let chars: Vec<char> = text.chars().collect();
    for (i, c) in chars.iter().enumerate() {
        match value(*c) {
            Some(digit) => written.push_str(&digit.to_string()),
            None if *c == '十' => {
                let before = i.checked_sub(1).and_then(|i| value(chars[i]));
                let after = chars.get(i + 1).and_then(|c| value(*c));
                written.push_str(match (before, after) {
                    (None, None) => "10",
                    (None, Some(_)) => "1",
                    (Some(_), None) => "0",
                    (Some(_), Some(_)) => "",
                });
            }
            None => written.push(*c),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, Option<ReadHow>), &'static str> {
        date(&Cell::Text(text.into()), Epoch::Year1900)
            .map(|reading| (reading.value.to_string(), reading.how))
            .map_err(|trouble| trouble.code)
    }

    #[test]
    fn a_day_is_read_in_every_usual_writing() {
        for text in [
            "2023/11/5",
            "2023.11.05",
            "2023年11月5日",
            "2023年11月5号",
            "20231105",
            "２０２３－１１－５",
            "2023 年 11 月 5 日",
            "二〇二三年十一月五日",
            "二○二三年十一月五日",
            "2023、11、5",
            "2023.11.5.",
            "2023/11/5 0:00:00",
            "2023-11-05T00:00:00",
        ] {
            assert_eq!(read(text), Ok(("2023-11-05".into(), Some(ReadHow::DateWriting))), "{text}");
        }
        assert_eq!(read("2023-11-05"), Ok(("2023-11-05".into(), None)));
        assert_eq!(read("2023-11-05 08:30"), Ok(("2023-11-05".into(), Some(ReadHow::TimeDropped))));
        assert_eq!(read("45235"), Ok(("2023-11-05".into(), Some(ReadHow::DaySerial))));
        assert_eq!(read("二〇二三年二十月三十日"), Err("MC-INTAKE-037"));
        assert_eq!(read("二〇二三年十二月三十一日"), Ok(("2023-12-31".into(), Some(ReadHow::DateWriting))));
        assert_eq!(read("二〇二三年十月二十日"), Ok(("2023-10-20".into(), Some(ReadHow::DateWriting))));
    }

    #[test]
    fn what_is_no_day_says_why() {
        for (text, code) in [
            ("2023-13-05", "MC-INTAKE-037"),
            ("2023-02-29", "MC-INTAKE-038"),
            ("20230230", "MC-INTAKE-038"),
            ("23/1/5", "MC-INTAKE-039"),
            ("5/1/2023", "MC-INTAKE-036"),
            ("2023.11", "MC-INTAKE-040"),
            ("2023年11月", "MC-INTAKE-040"),
            ("0203-11-05", "MC-INTAKE-061"),
            ("昨天", "MC-INTAKE-036"),
            ("12", "MC-INTAKE-036"),
        ] {
            assert_eq!(read(text), Err(code), "{text}");
        }
    }

    #[test]
    fn number_cells_are_days_of_either_count() {
        let day = |cell, epoch| date(&cell, epoch).map(|reading| (reading.value.to_string(), reading.how));
        assert_eq!(day(Cell::Serial(45_235.0), Epoch::Year1900), Ok(("2023-11-05".into(), None)));
        assert_eq!(day(Cell::Serial(43_773.0), Epoch::Year1904), Ok(("2023-11-05".into(), None)));
        assert_eq!(day(Cell::Serial(45_235.4), Epoch::Year1900).map(|r| r.1), Ok(Some(ReadHow::TimeDropped)));
        assert_eq!(day(Cell::Number(45_235.0), Epoch::Year1900).map(|r| r.1), Ok(Some(ReadHow::DaySerial)));
        assert_eq!(day(Cell::Number(20_231_105.0), Epoch::Year1900).map(|r| r.0), Ok("2023-11-05".into()));
        assert_eq!(day(Cell::Number(3.0), Epoch::Year1900), Err(problem::not_a_date()));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9年月日/.: T十二〇\\-]{0,12}|\\PC{0,12}") {
            let _ = read(&text);
        }
    }
}
