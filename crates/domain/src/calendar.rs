//! The working calendar of the State Council's holiday notices, and deadlines counted on it.
//!
//! Years 2023 to 2026 are known. A term that touches another year is counted with weekends alone and is *provisional*:
//! it must be counted again when that year's notice is out. Whether a term counts calendar days or working days is said
//! by its [`Term`], never guessed from the word: 行政处罚法 art. 85 calls working days 日.

use chrono::Weekday;

use crate::Day;

/// How long something may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Term {
    /// 日: every day counts; a last day off rolls to the next working day.
    CalendarDays(u32),
    /// 工作日: only working days count.
    WorkingDays(u32),
    /// 月: the same day of the month, or that month's last day (民法典 art. 202); a last day off rolls.
    Months(u32),
}

/// The day by which something is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    /// The last day of the term.
    pub on: Day,
    /// Whether the term touches a year whose holidays are not known.
    pub provisional: bool,
}

/// Month and day.
type Date = (u32, u32);

/// One year's notice: days off as stretches from first to last, and weekend days that are worked.
struct Year {
    year: i32,
    off: &'static [(Date, Date)],
    worked: &'static [Date],
}

/// 国务院办公厅关于2023年、2024年、2025年、2026年部分节假日安排的通知. The stretches name every day off, weekends within them too.
const YEARS: [Year; 4] = [
    Year {
        year: 2023,
        off: &[
            ((1, 1), (1, 2)),
            ((1, 21), (1, 27)),
            ((4, 5), (4, 5)),
            ((4, 29), (5, 3)),
            ((6, 22), (6, 24)),
            ((9, 29), (10, 6)),
        ],
        worked: &[(1, 28), (1, 29), (4, 23), (5, 6), (6, 25), (10, 7), (10, 8)],
    },
    Year {
        year: 2024,
        off: &[
            ((1, 1), (1, 1)),
            ((2, 10), (2, 17)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((6, 10), (6, 10)),
            ((9, 15), (9, 17)),
            ((10, 1), (10, 7)),
        ],
        worked: &[(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)],
    },
    Year {
        year: 2025,
        off: &[
            ((1, 1), (1, 1)),
            ((1, 28), (2, 4)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((5, 31), (6, 2)),
            ((10, 1), (10, 8)),
        ],
        worked: &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    },
    Year {
        year: 2026,
        off: &[
            ((1, 1), (1, 3)),
            ((2, 15), (2, 23)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((6, 19), (6, 21)),
            ((9, 25), (9, 27)),
            ((10, 1), (10, 7)),
        ],
        worked: &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    },
];

/// Whether the holidays of this year are known.
#[must_use]
pub fn is_known(year: i32) -> bool {
    notice(year).is_some()
}

/// Whether people work on this day. In an unknown year: Monday to Friday.
#[must_use]
pub fn is_working_day(day: Day) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let Some(notice) = notice(day.year()) else { return !weekend };
    let date = (day.month(), day.day());
    if notice.worked.contains(&date) {
        return true;
    }
    !weekend && !notice.off.iter().any(|(first, last)| (*first..=*last).contains(&date))
}

/// Returns the last day of a term that begins with an event on `from`. That day itself is not counted (民法典 art. 201);
/// when the last day is off, the term ends on the first working day after it (art. 203).
#[must_use]
pub fn due(from: Day, term: Term) -> Due {
    let on = match term {
        Term::CalendarDays(days) => roll(from.plus_days(u64::from(days))),
        Term::Months(months) => roll(from.plus_months(months)),
        Term::WorkingDays(days) => working_days_after(from, days),
    };
    Due { on, provisional: (from.year()..=on.year()).any(|year| !is_known(year)) }
}

/// Counts the working days after `from` up to and including `until`; 0 when `until` is not later.
#[must_use]
pub fn working_days_between(from: Day, until: Day) -> u32 {
    let mut count = 0;
    let mut day = from;
    while day < until {
        day = day.plus_days(1);
        count += u32::from(is_working_day(day));
    }
    count
}

fn notice(year: i32) -> Option<&'static Year> {
    YEARS.iter().find(|notice| notice.year == year)
}

fn working_days_after(from: Day, days: u32) -> Day {
    let mut day = from;
    for _ in 0..days {
        day = roll(day.plus_days(1));
    }
    day
}

/// The day itself, or the first working day after it. Ends at the calendar's last day, where days no longer advance.
fn roll(day: Day) -> Day {
    let mut day = day;
    while !is_working_day(day) && day.plus_days(1) != day {
        day = day.plus_days(1);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect(text)
    }

    fn check(from: &str, term: Term, expected: &str) {
        assert_eq!(due(day(from), term), Due { on: day(expected), provisional: false }, "{term:?} from {from}");
    }

    #[test]
    fn every_known_year_has_the_working_days_of_its_notice() {
        for (year, expected) in [(2023, 249), (2024, 251), (2025, 248), (2026, 248)] {
            let count = working_days_between(day(&format!("{}-12-31", year - 1)), day(&format!("{year}-12-31")));
            assert_eq!(count, expected, "{year}");
        }
    }

    #[test]
    fn working_days_step_over_holidays_and_use_worked_weekends() {
        check("2023-09-25", Term::WorkingDays(15), "2023-10-20");
        check("2023-09-28", Term::WorkingDays(5), "2023-10-11");
        check("2024-02-05", Term::WorkingDays(5), "2024-02-18");
        check("2025-12-31", Term::WorkingDays(1), "2026-01-04");
        check("2026-02-13", Term::WorkingDays(5), "2026-02-27");
    }

    #[test]
    fn a_last_day_off_rolls_to_the_day_work_resumes() {
        check("2023-09-18", Term::CalendarDays(15), "2023-10-07");
        check("2023-09-18", Term::CalendarDays(10), "2023-09-28");
        check("2023-12-01", Term::CalendarDays(8), "2023-12-11");
    }

    #[test]
    fn a_month_ends_on_its_day_or_the_last_one() {
        check("2023-11-14", Term::Months(1), "2023-12-14");
        check("2024-01-31", Term::Months(1), "2024-02-29");
        check("2024-08-31", Term::Months(1), "2024-09-30");
        check("2023-12-01", Term::Months(1), "2024-01-02");
    }

    #[test]
    fn a_term_into_an_unknown_year_is_provisional() {
        assert!(due(day("2026-12-31"), Term::WorkingDays(1)).provisional);
        assert!(due(day("2022-12-30"), Term::WorkingDays(3)).provisional);
        assert!(!due(day("2026-12-30"), Term::WorkingDays(1)).provisional);
    }

    #[test]
    fn the_end_of_the_calendar_ends_the_count() {
        assert_eq!(due(day("9999-12-31"), Term::WorkingDays(3)).on.year(), 9999);
    }
}
