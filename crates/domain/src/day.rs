//! A calendar day. The business date `$as_of` is one.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

/// A calendar day in the Gregorian calendar, written `2023-11-05`. Years 0001 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(NaiveDate);

/// Why a text is no day.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DayError {
    /// Not of the form year-month-day.
    #[error("not a date")]
    Form,
    /// A month outside 1–12.
    #[error("there is no month {0}")]
    Month(u32),
    /// A day that this month does not have.
    #[error("{year}-{month} has no day {day}")]
    DayOfMonth {
        /// The year as written.
        year: i32,
        /// The month, 1–12.
        month: u32,
        /// The day as written.
        day: u32,
    },
}

impl Day {
    /// Makes a day, or says what is wrong with the numbers.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, DayError> {
        if !(1..=9999).contains(&year) {
            return Err(DayError::Form);
        }
        if !(1..=12).contains(&month) {
            return Err(DayError::Month(month));
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self).ok_or(DayError::DayOfMonth { year, month, day })
    }

    // Both are computed when this is compiled; they cannot fail later.
    /// The last day there is: 9999-12-31.
    pub const LAST: Self = Self(NaiveDate::from_ymd_opt(9999, 12, 31).expect("9999-12-31 is a date"));
    /// The first day there is: 0001-01-01.
    pub const FIRST: Self = Self(NaiveDate::from_ymd_opt(1, 1, 1).expect("0001-01-01 is a date"));

    /// Wraps a chrono date; one outside the years 0001 to 9999 becomes the nearest day within.
    #[must_use]
    pub fn from_date(date: NaiveDate) -> Self {
        Self(date).clamp(Self::FIRST, Self::LAST)
    }

    /// The chrono date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.0
    }

    /// Days since 1970-01-01, as Arrow's Date32 counts.
    #[must_use]
    pub fn days_since_epoch(self) -> i32 {
        self.0.to_epoch_days()
    }

    /// The day that lies so many days after 1970-01-01; `None` outside the calendar.
    #[must_use]
    pub fn from_days_since_epoch(days: i32) -> Option<Self> {
        NaiveDate::from_epoch_days(days).map(Self).filter(|day| (Self::FIRST..=Self::LAST).contains(day))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1–12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1–31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// Monday to Sunday.
    #[must_use]
    pub fn weekday(self) -> chrono::Weekday {
        self.0.weekday()
    }

    /// The day so many calendar days later; stays at the calendar's end when there is none.
    #[must_use]
    pub fn plus_days(self, days: u64) -> Self {
        self.0.checked_add_days(Days::new(days)).map_or(Self::LAST, Self::from_date)
    }

    /// The day so many calendar days earlier; stays at the calendar's start when there is none.
    #[must_use]
    pub fn minus_days(self, days: u64) -> Self {
        self.0.checked_sub_days(Days::new(days)).map_or(Self::FIRST, Self::from_date)
    }

    /// The same day of the month so many months later, or that month's last day.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        self.0.checked_add_months(Months::new(months)).map_or(Self::LAST, Self::from_date)
    }

    /// `2023年9月5日`, as documents write it (GB/T 9704-2012: no leading zero).
    #[must_use]
    pub fn in_documents(self) -> String {
        format!("{}年{}月{}日", self.year(), self.month(), self.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

/// Reads only `YYYY-MM-DD`; what people write in sheets is read by `intake`.
impl FromStr for Day {
    type Err = DayError;
    fn from_str(text: &str) -> Result<Self, DayError> {
        let bytes = text.as_bytes();
        let formed = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, c)| if matches!(i, 4 | 7) { *c == b'-' } else { c.is_ascii_digit() });
        if !formed {
            return Err(DayError::Form);
        }
        let number = |part: &str| part.parse::<u32>().map_err(|_| DayError::Form);
        let year = i32::try_from(number(&text[0..4])?).map_err(|_| DayError::Form)?;
        Self::new(year, number(&text[5..7])?, number(&text[8..10])?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_day_says_what_is_wrong() {
        assert_eq!("2023-13-05".parse::<Day>(), Err(DayError::Month(13)));
        assert_eq!("2023-02-29".parse::<Day>(), Err(DayError::DayOfMonth { year: 2023, month: 2, day: 29 }));
        assert_eq!("2023/1/5".parse::<Day>(), Err(DayError::Form));
        assert_eq!("２０２３-01-05".parse::<Day>(), Err(DayError::Form));
        assert_eq!("2023-+1-05".parse::<Day>(), Err(DayError::Form));
    }

    #[test]
    fn no_day_lies_after_the_last() {
        assert_eq!(Day::LAST.plus_days(1), Day::LAST);
        assert_eq!(Day::LAST.plus_months(1), Day::LAST);
        assert_eq!(Day::FIRST.minus_days(1), Day::FIRST);
        assert_eq!(Day::from_days_since_epoch(3_000_000), None);
    }

    #[test]
    fn a_month_later_may_be_a_shorter_month() {
        let day: Day = "2023-01-31".parse().expect("a day");
        assert_eq!(day.plus_months(1).to_string(), "2023-02-28");
    }
}
