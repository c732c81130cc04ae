//! A moment, in microseconds: what PostgreSQL keeps, so that a hash over it is the same on every store.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::Day;

/// A moment in UTC with microsecond resolution. Written as `2023-12-29T08:00:00.000000Z`, which also sorts as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant(i64);

impl Instant {
    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Returns the moment `seconds` later (earlier when negative).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1_000_000)
    }

    /// Reads the text that [`fmt::Display`] writes, or any RFC 3339 time. `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|at| Self(at.timestamp_micros()))
    }

    /// The calendar day of this moment in China Standard Time (UTC+8), the district's day.
    #[must_use]
    pub fn day_in_china(self) -> Day {
        let local = self.utc() + chrono::Duration::hours(8);
        Day::from_date(local.date_naive())
    }

    /// `2023-12-29 16:00` in China Standard Time, for people.
    #[must_use]
    pub fn for_people(self) -> String {
        (self.utc() + chrono::Duration::hours(8)).format("%Y-%m-%d %H:%M").to_string()
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read_again_it_is_the_same_moment() {
        let at = Instant::from_micros(1_703_836_800_123_456);
        assert_eq!(at.to_string(), "2023-12-29T08:00:00.123456Z");
        assert_eq!(Instant::parse(&at.to_string()), Some(at));
    }

    #[test]
    fn the_district_is_eight_hours_ahead() {
        let at = Instant::parse("2023-12-28T17:00:00Z").expect("a time");
        assert_eq!(at.day_in_china().to_string(), "2023-12-29");
    }
}
