//! The time of day that stands beside a day: 08:30, T00:00:00Z, 下午3:20, 9时30分. A ledger keeps the day alone.

use mingcha_domain::Trouble;

use crate::cell::is_space;
use crate::problem;

/// A time of day beside a day.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Time {
    pub is_more_than_midnight: bool,
    /// How many days later than written it is in China, when the time is told of another zone (…T16:00:00Z).
    pub days_later: i32,
}

/// Splits off a time of day such as ` 08:30:00`, `T00:00:00Z`, ` 下午3:20`, ` 9时30分`. A time alone is refused as one.
pub(super) fn split_time(text: &str) -> Result<(&str, Option<Time>), Trouble> {
    const HALVES: [&str; 9] = ["上午", "下午", "中午", "晚上", "凌晨", "am", "pm", "AM", "PM"];
    let Some(mark) = text.find([':', '时', '点']) else { return Ok((text, None)) };
    let hour = text[..mark].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let before = &text[..hour];
    let half = before.trim_end_matches(is_space);
    let half_at = HALVES.iter().find_map(|word| half.strip_suffix(word)).map_or(hour, str::len);
    let day = text[..half_at].trim_end_matches(|c: char| matches!(c, 'T' | 't') || is_space(c));
    let is_parted = day.len() < hour || day.ends_with(['日', '号', ')']);
    let mut time = text[half_at..].to_lowercase();
    HALVES.iter().for_each(|word| time = time.replace(word, ""));
    let is_time = time.chars().all(|c| c.is_ascii_digit() || is_space(c) || ":.z+-时点分秒半".contains(c));
    let hour_digits = mark - hour;
    if !is_time || hour_digits == 0 || hour_digits > 3 || !(is_parted || day.is_empty()) {
        return Ok((text, None));
    }
    if day.is_empty() {
        return Err(problem::no_day_but_time());
    }
    let (clock, zone) = match time.find(['z', '+', '-']) {
        Some(at) => (&time[..at], Some(&time[at..])),
        None => (time.as_str(), None),
    };
    let is_more_than_midnight = clock.chars().any(|c| ('1'..='9').contains(&c));
    let days_later = match zone {
        Some(zone) => days_later(clock, zone).ok_or_else(problem::not_a_date)?,
        None => 0,
    };
    Ok((day, Some(Time { is_more_than_midnight, days_later })))
}

/// How many days later the moment is by the clock of China, which is eight hours ahead of UTC.
fn days_later(clock: &str, zone: &str) -> Option<i32> {
    let minutes = |text: &str| {
        let (hours, minutes) = text.split_once(':').unwrap_or(match text.len() {
            4 => text.split_at(2),
            _ => (text, "0"),
        });
        let minutes = minutes.split(':').next().unwrap_or(minutes);
        Some(hours.trim().parse::<i32>().ok()? * 60 + minutes.trim().parse::<i32>().ok()?)
    };
    let offset = match zone.trim() {
        "z" => 0,
        zone => minutes(zone.get(1..)?)? * if zone.starts_with('-') { -1 } else { 1 },
    };
    let in_china = minutes(clock.trim())? - offset + 8 * 60;
    Some(in_china.div_euclid(24 * 60))
}
