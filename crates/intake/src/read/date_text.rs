//! Days as people write them: 2023-11-05, 2023/11/5, 2023.11.5, 2023年11月5日, 20231105, 二〇二三年十一月五日, 5-Nov-2023,
//! each with or without a time of day and a day of the week.
//!
//! What can be read in two ways is refused, never guessed: a year of two digits (23/11/5, 5-Nov-23), and a year at the
//! end, before which nobody knows month from day (1/5/2023).

use mingcha_domain::{Day, Trouble};

use crate::cell::{Epoch, is_space};
use crate::read::clock::split_time;
use crate::read::date::{from_bare_serial, is_year};
use crate::read::text::{half_width, unmarked, without_spaces};
use crate::{ReadHow, problem};

pub(super) fn from_text(text: &str) -> Result<(Day, Option<ReadHow>), Trouble> {
    let narrow = arabic(&half_width(unmarked(text.trim_matches(is_space))));
    let dated = without_weekday(narrow.trim_matches(is_space));
    let (day_part, time) = split_time(dated)?;
    let day_part = without_weekday(day_part.trim_matches(is_space));
    let compact = without_spaces(day_part);
    // A text file has no format beside the number; Excel and WPS count from 1900 there.
    if time.is_none()
        && let Some(read) = compact.parse().ok().and_then(|number| from_bare_serial(number, Epoch::Year1900))
    {
        return read;
    }
    let (year, month, day) = match by_month_name(day_part)? {
        Some(parts) => parts,
        None => parts(&compact)?,
    };
    let written = Day::new(year, month, day).map_err(|why| problem::no_such_day(&why))?;
    let day = time.map_or(Some(written), |time| {
        Day::from_days_since_epoch(written.days_since_epoch().checked_add(time.days_later)?)
    });
    let day = day.ok_or_else(problem::not_a_date)?;
    let how = if time.is_some_and(|time| time.is_more_than_midnight) {
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
    let year_only = |part: &str| digits(part, 4..=4).is_some_and(is_year);
    if let Some(number) = digits(text, 4..=8) {
        let (month, day) = (number / 100 % 100, number % 100);
        return match text.len() {
            8 => Ok(((number / 10_000) as i32, month, day)),
            6 if is_year(number / 100) && (1..=12).contains(&day) => Err(problem::no_day_given()),
            6 if (1..=12).contains(&month) && (1..=31).contains(&day) => Err(problem::short_year()),
            4 if is_year(number) => Err(problem::no_day_given()),
            _ => Err(problem::not_a_date()),
        };
    }
    let text = text.replace("元月", "1月");
    let text = text.strip_suffix(['日', '号']).unwrap_or(&text);
    let text = text.replace(['年', '月', '/', '.', '－', '—', '–', '‐', '−', '、', '\\'], "-");
    let fields: Vec<&str> = text.trim_end_matches('-').split('-').collect();
    match fields[..] {
        [year, month, day] => match (digits(year, 4..=4), digits(month, 1..=2), digits(day, 1..=2)) {
            (Some(year), Some(month), Some(day)) => Ok((year as i32, month, day)),
            (None, Some(_), None) if digits(year, 1..=2).is_some() && year_only(day) => Err(problem::month_or_day()),
            (None, Some(_), Some(_)) if digits(year, 1..=2).is_some() => Err(problem::short_year()),
            _ => Err(problem::not_a_date()),
        },
        [year, month] if year_only(year) && digits(month, 1..=2).is_some() => Err(problem::no_day_given()),
        [year] if year_only(year) => Err(problem::no_day_given()),
        _ => Err(problem::not_a_date()),
    }
}

/// A day whose month is an English name, which tells it from the day: 5-Nov-2023, Nov 5, 2023, 2023-Nov-05.
fn by_month_name(text: &str) -> Result<Option<(i32, u32, u32)>, Trouble> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if !text.contains(|c: char| c.is_ascii_alphabetic()) {
        return Ok(None);
    }
    let lower = text.to_lowercase();
    let month_of = |word: &str| MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word));
    let mut month = None;
    let mut numbers = Vec::new();
    for token in lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|token| !token.is_empty()) {
        // 05Nov2023: letters and digits without anything between them.
        let mut rest = token;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c: char| c.is_ascii_digit() != first.is_ascii_digit()).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            rest = after;
            if first.is_ascii_digit() {
                numbers.push(part);
            } else if let (None, Some(found)) = (month, month_of(part)) {
                month = Some(found as u32 + 1);
            } else if !(numbers.len() == 1 && ["st", "nd", "rd", "th"].contains(&part)) {
                return Ok(None);
            }
        }
    }
    let (Some(month), [a, b]) = (month, &numbers[..]) else { return Ok(None) };
    let number = |part: &str| part.parse::<u32>().map_err(|_| problem::not_a_date());
    match (a.len(), b.len()) {
        (4, 1..=2) => Ok(Some((number(a)? as i32, month, number(b)?))),
        (1..=2, 4) => Ok(Some((number(b)? as i32, month, number(a)?))),
        (1..=2, 1..=2) => Err(problem::short_year()),
        _ => Err(problem::not_a_date()),
    }
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

/// Takes off the day of the week: 2023年11月5日（星期日）, 2023-11-05 周日.
fn without_weekday(text: &str) -> &str {
    let bare = text.strip_suffix(')').map_or(text, |text| text.trim_end_matches(is_space));
    let Some(rest) =
        bare.strip_suffix(['一', '二', '三', '四', '五', '六', '日', '天', '1', '2', '3', '4', '5', '6', '7'])
    else {
        return text;
    };
    let Some(rest) = ["星期", "礼拜", "周"].iter().find_map(|word| rest.strip_suffix(word)) else { return text };
    rest.trim_end_matches(|c: char| is_space(c) || c == '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, Option<ReadHow>), &'static str> {
        from_text(text).map(|(day, how)| (day.to_string(), how)).map_err(|trouble| trouble.code)
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
            "二零二三年十一月五日",
            "2023、11、5",
            "2023.11.5.",
            "2023/11/5 0:00:00",
            "2023/11/5 0:00",
            "2023-11-05T00:00:00",
            "2023-11-05T00:00:00+08:00",
            "2023-11-04T16:00:00Z",
            "2023-11-04T16:00:00.000Z",
            "'2023-11-05",
            "2023\u{A0}-11\u{200B}-05\u{3000}",
            "\u{202A}2023-11-05",
            "5-Nov-2023",
            "05Nov2023",
            "Nov 5, 2023",
            "5 November 2023",
            "2023-Nov-5",
            "November 5th, 2023",
            "2023年11月5日（星期日）",
            "2023-11-05 周日",
            "2023\\11\\5",
            "2023年11月5日 00:00",
        ] {
            let how = if text.ends_with("16:00:00Z") || text.ends_with("000Z") {
                ReadHow::TimeDropped
            } else {
                ReadHow::DateWriting
            };
            assert_eq!(read(text), Ok(("2023-11-05".into(), Some(how))), "{text}");
        }
        assert_eq!(read("2023-11-05"), Ok(("2023-11-05".into(), None)));
        assert_eq!(read("2023年元月5日"), Ok(("2023-01-05".into(), Some(ReadHow::DateWriting))));
        assert_eq!(read("二〇二三年元月五日"), Ok(("2023-01-05".into(), Some(ReadHow::DateWriting))));
        for text in [
            "2023-11-05 08:30",
            "2023/11/5 下午3:20",
            "2023/11/5 3:20 PM",
            "2023年11月5日9时30分",
            "45235.5",
            "2023-11-05T23:59:59+08:00",
            "2023年11月5日（周日）9:30",
        ] {
            assert_eq!(read(text), Ok(("2023-11-05".into(), Some(ReadHow::TimeDropped))), "{text}");
        }
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
            ("1900-02-29", "MC-INTAKE-038"),
            ("23/1/5", "MC-INTAKE-039"),
            ("23年1月5日", "MC-INTAKE-039"),
            ("5-Jan-23", "MC-INTAKE-039"),
            ("230105", "MC-INTAKE-039"),
            ("1/5/2023", "MC-INTAKE-080"),
            ("13/5/2023", "MC-INTAKE-080"),
            ("05.01.2023", "MC-INTAKE-080"),
            ("2023.11", "MC-INTAKE-040"),
            ("2023年11月", "MC-INTAKE-040"),
            ("202311", "MC-INTAKE-040"),
            ("2023", "MC-INTAKE-040"),
            ("2023年", "MC-INTAKE-040"),
            ("8:30", "MC-INTAKE-082"),
            ("08:30:00", "MC-INTAKE-082"),
            ("36:00", "MC-INTAKE-082"),
            ("下午3点", "MC-INTAKE-082"),
            ("昨天", "MC-INTAKE-036"),
            ("12", "MC-INTAKE-036"),
            ("11月5日", "MC-INTAKE-036"),
            ("2023.1.5-2023.2.5", "MC-INTAKE-036"),
            ("2023-11-058:30", "MC-INTAKE-036"),
            ("2023:11:05", "MC-INTAKE-036"),
            ("Foo 5, 2023", "MC-INTAKE-036"),
            ("9999999999999", "MC-INTAKE-036"),
        ] {
            assert_eq!(read(text), Err(code), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9年月日/.: T十二〇\\-+Znov午]{0,14}|\\PC{0,12}") {
            let _ = read(&text);
        }

        #[test]
        fn every_day_is_read_from_each_writing(days in -25_000i32..80_000) {
            let day = Day::from_days_since_epoch(days).expect("in the calendar");
            let (y, m, d) = (day.year(), day.month(), day.day());
            for text in [
                format!("{y}/{m}/{d}"), format!("{y}年{m}月{d}日"), format!("{y}{m:02}{d:02}"), format!("{y}.{m}.{d} 12:00"),
            ] {
                proptest::prop_assert_eq!(read(&text).map(|read| read.0), Ok(day.to_string()), "{}", text);
            }
        }
    }
}
