//! Days: of cells that Excel counts, in either of its counts, and of texts ([`super::date_text`]).

use mingcha_domain::{Day, Trouble, Value};

use crate::cell::{Cell, Epoch, PHANTOM, day_of, is_time_only};
use crate::read::Reading;
use crate::read::date_text::from_text;
use crate::{ReadHow, problem};

/// Serial numbers that are taken for days when nothing says so but the column: 1954 to 2119.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// Years that a ledger may speak of.
const YEARS: std::ops::Range<i32> = 1900..2200;

pub(super) fn date(cell: &Cell, epoch: Epoch) -> Result<Reading, Trouble> {
    let (day, how) = match cell {
        Cell::Serial(serial) => from_serial(*serial, epoch)?,
        Cell::Number(number) => from_number(*number, epoch)?,
        Cell::Text(text) => from_text(text)?,
        Cell::Duration(_) => return Err(problem::no_day_but_time()),
        _ => return Err(problem::not_a_date()),
    };
    if !YEARS.contains(&day.year()) {
        return Err(problem::improbable_year(day.year()));
    }
    Ok(Reading { value: Value::Day(day), how })
}

/// A cell with a date format.
fn from_serial(serial: f64, epoch: Epoch) -> Result<(Day, Option<ReadHow>), Trouble> {
    if is_time_only(serial, epoch) {
        return Err(problem::no_day_but_time());
    }
    if epoch == Epoch::Year1900 && serial.floor() == f64::from(PHANTOM) {
        return Err(problem::phantom_day());
    }
    let day = day_of(serial, epoch).ok_or_else(problem::not_a_date)?;
    Ok((day, (serial.fract() != 0.0).then_some(ReadHow::TimeDropped)))
}

/// 20231105, or a serial number without its date format.
fn from_number(number: f64, epoch: Epoch) -> Result<(Day, Option<ReadHow>), Trouble> {
    if let Some(read) = from_bare_serial(number, epoch) {
        return read;
    }
    // Four digits are a year, six a month, eight a day; what else a number may mean, nobody can tell.
    if number.fract() == 0.0 && (1_000.0..100_000_000.0).contains(&number) {
        return from_text(&format!("{number:.0}"));
    }
    Err(problem::not_a_date())
}

/// A number that is taken for a day because it stands in a column of days; `None` when it is too small or too large.
pub(super) fn from_bare_serial(number: f64, epoch: Epoch) -> Option<Result<(Day, Option<ReadHow>), Trouble>> {
    if !SERIALS.contains(&number) {
        return None;
    }
    let how = if number.fract() == 0.0 { ReadHow::DaySerial } else { ReadHow::TimeDropped };
    Some(day_of(number, epoch).map(|day| (day, Some(how))).ok_or_else(problem::not_a_date))
}

/// Whether it may be the year of a ledger's day.
pub(super) fn is_year(year: u32) -> bool {
    i32::try_from(year).is_ok_and(|year| YEARS.contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(cell: Cell, epoch: Epoch) -> Result<(String, Option<ReadHow>), Trouble> {
        date(&cell, epoch).map(|reading| (reading.value.to_string(), reading.how))
    }

    #[test]
    fn number_cells_are_days_of_either_count() {
        assert_eq!(day(Cell::Serial(45_235.0), Epoch::Year1900), Ok(("2023-11-05".into(), None)));
        assert_eq!(day(Cell::Serial(43_773.0), Epoch::Year1904), Ok(("2023-11-05".into(), None)));
        let dropped = Ok(("2023-11-05".into(), Some(ReadHow::TimeDropped)));
        assert_eq!(day(Cell::Serial(45_235.4), Epoch::Year1900), dropped);
        assert_eq!(day(Cell::Number(45_235.4), Epoch::Year1900), dropped);
        let counted = Ok(("2023-11-05".into(), Some(ReadHow::DaySerial)));
        assert_eq!(day(Cell::Number(45_235.0), Epoch::Year1900), counted);
        assert_eq!(day(Cell::Number(43_773.0), Epoch::Year1904), counted);
        assert_eq!(day(Cell::Number(20_231_105.0), Epoch::Year1900).map(|r| r.0), Ok("2023-11-05".into()));
        assert_eq!(day(Cell::Number(3.0), Epoch::Year1900), Err(problem::not_a_date()));
        assert_eq!(day(Cell::Number(2023.0), Epoch::Year1900), Err(problem::no_day_given()), "a year");
        assert_eq!(day(Cell::Number(202_311.0), Epoch::Year1900), Err(problem::no_day_given()), "a month");
        assert_eq!(day(Cell::Number(1e20), Epoch::Year1900), Err(problem::not_a_date()));
        assert_eq!(day(Cell::Bool(true), Epoch::Year1900), Err(problem::not_a_date()));
    }

    #[test]
    fn days_before_march_1900_are_those_of_excel_and_its_phantom_is_told() {
        let serial = |serial| day(Cell::Serial(serial), Epoch::Year1900).map(|read| read.0);
        assert_eq!(serial(1.0), Ok("1900-01-01".into()));
        assert_eq!(serial(59.0), Ok("1900-02-28".into()));
        assert_eq!(serial(60.0), Err(problem::phantom_day()));
        assert_eq!(serial(60.5), Err(problem::phantom_day()));
        assert_eq!(serial(61.0), Ok("1900-03-01".into()));
        assert_eq!(day(Cell::Serial(60.0), Epoch::Year1904).map(|read| read.0), Ok("1904-03-01".into()), "no phantom");
        assert_eq!(day(Cell::Serial(0.0), Epoch::Year1904).map(|read| read.0), Ok("1904-01-01".into()));
        assert_eq!(serial(-1.0), Err(problem::not_a_date()));
    }

    #[test]
    fn a_time_of_day_and_elapsed_time_are_no_days() {
        for cell in [Cell::Serial(0.0), Cell::Serial(0.395_833), Cell::Duration(1.5), Cell::Duration(45_235.0)] {
            assert_eq!(day(cell.clone(), Epoch::Year1900), Err(problem::no_day_but_time()), "{cell:?}");
        }
        assert_eq!(day(Cell::Serial(0.5), Epoch::Year1904), Err(problem::no_day_but_time()));
        assert_eq!(day(Cell::Percent(0.5), Epoch::Year1900), Err(problem::not_a_date()));
    }
}
