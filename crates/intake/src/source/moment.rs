//! Moments and durations as XML formats write them: `2023-11-05T10:30:00`, `PT36H15M`.

use mingcha_domain::Day;

use crate::cell::{Cell, Epoch, PHANTOM};

const SECONDS_OF_DAY: f64 = 86_400.0;
/// Serial number of 1970-01-01.
const UNIX_IN_1900: i32 = 25_569;
const UNIX_IN_1904: i32 = 24_107;

/// The cell of a moment; text as it stands when it is none, or before a spreadsheet's count begins.
pub(crate) fn cell(text: &str, epoch: Epoch) -> Cell {
    serial(text, epoch).map_or_else(|| Cell::Text(text.to_owned()), Cell::Serial)
}

/// The cell of a duration; text as it stands when it is none.
pub(crate) fn duration(text: &str) -> Cell {
    days(text).map_or_else(|| Cell::Text(text.to_owned()), Cell::Duration)
}

/// The serial number of a day and a time in it.
pub(crate) fn serial_of(days_since_1970: i32, seconds: f64, epoch: Epoch) -> Option<f64> {
    let whole = match epoch {
        Epoch::Year1904 => days_since_1970.checked_add(UNIX_IN_1904).filter(|serial| *serial >= 0)?,
        Epoch::Year1900 => match days_since_1970.checked_add(UNIX_IN_1900)? {
            // The day that never was shifts those before it.
            early if early <= PHANTOM => Some(early - 1).filter(|serial| *serial >= 1)?,
            serial => serial,
        },
    };
    Some(f64::from(whole) + seconds / SECONDS_OF_DAY)
}

fn serial(text: &str, epoch: Epoch) -> Option<f64> {
    let text = text.trim();
    let (day, time) = text.split_once(['T', ' ']).map_or((text, ""), |(day, time)| (day, time));
    let day: Day = day.parse().ok()?;
    serial_of(day.days_since_epoch(), seconds(time.trim_end_matches('Z'))?, epoch)
}

/// Seconds since midnight of `10:30`, `10:30:00.5`, or nothing.
fn seconds(time: &str) -> Option<f64> {
    if time.is_empty() {
        return Some(0.0);
    }
    let mut parts = time.split(':');
    let mut part =
        |most: f64| parts.next().map_or(Some(0.0), |part| part.parse().ok()).filter(|n| (0.0..most).contains(n));
    let seconds = part(24.0)? * 3600.0 + part(60.0)? * 60.0 + part(60.0)?;
    parts.next().is_none().then_some(seconds)
}

/// Days of `P1DT2H30M5.5S`; years and months have no length.
fn days(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, text) = text.strip_prefix('-').map_or((1.0, text), |text| (-1.0, text));
    let (days, time) = text.strip_prefix('P')?.split_once('T').unwrap_or((text.strip_prefix('P')?, ""));
    let mut seconds = match days {
        "" => 0.0,
        days => days.strip_suffix('D')?.parse::<f64>().ok()? * SECONDS_OF_DAY,
    };
    let mut rest = time;
    for (unit, length) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.parse::<f64>().ok()? * length;
            rest = after;
        }
    }
    (rest.is_empty() && seconds.is_finite()).then_some(sign * seconds / SECONDS_OF_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::day_of;

    #[test]
    fn a_moment_is_the_serial_number_that_shows_it() {
        for epoch in [Epoch::Year1900, Epoch::Year1904] {
            for text in ["1904-01-01", "1999-12-31", "2023-11-05", "2024-02-29"] {
                let serial = serial(text, epoch).expect(text);
                assert_eq!(day_of(serial, epoch).map(|day| day.to_string()).as_deref(), Some(text));
            }
        }
        assert_eq!(cell("2023-11-05T12:00:00.000", Epoch::Year1900), Cell::Serial(45_235.5));
        assert_eq!(cell("1900-01-01", Epoch::Year1900), Cell::Serial(1.0));
        assert_eq!(cell("1900-03-01T00:00", Epoch::Year1900), Cell::Serial(61.0));
        for text in ["1899-12-31", "2023-13-01", "2023-11-05T25:00:00", "soon", ""] {
            assert_eq!(cell(text, Epoch::Year1900), Cell::Text(text.to_owned()));
        }
    }

    #[test]
    fn a_duration_is_a_number_of_days() {
        assert_eq!(duration("PT36H00M00S"), Cell::Duration(1.5));
        assert_eq!(duration("P1DT12H"), Cell::Duration(1.5));
        assert_eq!(duration("-PT6H"), Cell::Duration(-0.25));
        assert_eq!(duration("PT0S"), Cell::Duration(0.0));
        for text in ["P1Y", "36:00", "PTH", ""] {
            assert_eq!(duration(text), Cell::Text(text.to_owned()));
        }
    }
}
