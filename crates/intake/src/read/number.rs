//! Numbers: of cells that hold one, of texts ([`super::number_text`]), and in another unit than the column's.

use mingcha_domain::{Trouble, Value};
use mingcha_pack::Column;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::cell::Cell;
use crate::read::Reading;
use crate::read::number_text::from_text;
use crate::unit::Unit;
use crate::{ReadHow, problem};

/// Digits of DECIMAL(18, scale), in which the lake keeps numbers.
const DIGITS_MAX: u32 = 18;

/// A number that was read, without trailing zeros.
pub(super) struct Number {
    pub value: Decimal,
    pub how: Option<ReadHow>,
    /// Whether it came with a unit of its own (8.69万元), so that the heading's does not count.
    pub has_unit: bool,
}

pub(super) fn decimal(cell: &Cell, scale: u32, column: &Column, times: Option<Decimal>) -> Result<Reading, Trouble> {
    let Number { value: mut number, how, .. } = number(cell, column, times)?;
    if number.scale() > scale {
        return Err(problem::too_fine(scale));
    }
    let whole_digits = DIGITS_MAX.saturating_sub(scale);
    if number.abs().trunc() >= Decimal::from_i128_with_scale(10i128.pow(whole_digits), 0) {
        return Err(problem::too_large());
    }
    number.rescale(scale);
    Ok(Reading { value: Value::Decimal(number), how })
}

pub(super) fn integer(cell: &Cell, column: &Column, times: Option<Decimal>) -> Result<Reading, Trouble> {
    let Number { value: number, how, .. } = number(cell, column, times)?;
    if number.scale() > 0 {
        return Err(problem::not_whole());
    }
    let number = number.to_i64().ok_or_else(problem::too_large)?;
    Ok(Reading { value: Value::Int(number), how })
}

fn number(cell: &Cell, column: &Column, times: Option<Decimal>) -> Result<Number, Trouble> {
    let plain = |number: f64| from_f64(number).ok_or_else(problem::too_large);
    let read = match cell {
        Cell::Number(number) => Number { value: plain(*number)?, how: None, has_unit: false },
        Cell::Percent(number) => of_hundred(plain(*number)?.checked_mul(Decimal::ONE_HUNDRED), column)?,
        Cell::Text(text) => from_text(text, column)?,
        Cell::Duration(_) => return Err(problem::a_time_for_a_number()),
        Cell::Serial(serial) if (0.0..1.0).contains(serial) && *serial > 0.0 => {
            return Err(problem::a_time_for_a_number());
        }
        // A number that was given a date format by mistake: the clerk saw a date, and meant who knows what.
        Cell::Serial(_) => return Err(problem::a_date_for_a_number()),
        _ => return Err(problem::not_a_number()),
    };
    match times.filter(|_| !read.has_unit) {
        Some(times) => {
            let value = read.value.checked_mul(times).ok_or_else(problem::too_large)?.normalize();
            Ok(Number { value, how: Some(ReadHow::Unit), has_unit: true })
        }
        None => Ok(read),
    }
}

/// A number of per cent, which only a column in per cent can take: anywhere else 85% may be meant as 85 or as 0.85.
pub(super) fn of_hundred(number: Option<Decimal>, column: &Column) -> Result<Number, Trouble> {
    if !Unit::of_column(column).is_some_and(Unit::is_per_cent) {
        return Err(problem::per_cent());
    }
    let value = number.ok_or_else(problem::too_large)?.normalize();
    Ok(Number { value, how: Some(ReadHow::Unit), has_unit: true })
}

/// Returns the decimal that a spreadsheet means by a binary number: its fifteen significant digits, as it shows them.
pub(crate) fn from_f64(number: f64) -> Option<Decimal> {
    Decimal::from_scientific(&format!("{number:.14e}")).ok().map(|number| number.normalize())
}

#[cfg(test)]
mod tests {
    use mingcha_pack::ColumnKind;

    use super::*;

    #[test]
    fn a_number_cell_means_the_digits_it_shows() {
        let column = Column::default();
        let cell = |number| decimal(&Cell::Number(number), 2, &column, None).map(|reading| reading.value.to_string());
        assert_eq!(cell(0.1 + 0.2).as_deref(), Ok("0.30"));
        assert_eq!(cell(1234.5).as_deref(), Ok("1234.50"));
        assert_eq!(cell(100.0 / 3.0), Err(problem::too_fine(2)));
        assert_eq!(cell(f64::NAN), Err(problem::too_large()));
        let read = |cell| decimal(&cell, 2, &column, None);
        assert_eq!(read(Cell::Serial(800.0)), Err(problem::a_date_for_a_number()));
        assert_eq!(read(Cell::Serial(0.5)), Err(problem::a_time_for_a_number()), "12:00");
        assert_eq!(read(Cell::Duration(1.5)), Err(problem::a_time_for_a_number()), "36:00 is not 1.5");
        assert_eq!(read(Cell::Bool(true)), Err(problem::not_a_number()));
    }

    #[test]
    fn per_cent_is_taken_by_a_column_in_per_cent_alone() {
        let rate =
            Column { title: "合格率（%）".into(), kind: ColumnKind::Decimal { scale: 1 }, ..Column::default() };
        let read = |cell, column: &Column| decimal(&cell, 1, column, None).map(|reading| reading.value.to_string());
        for cell in
            [Cell::Percent(0.855), Cell::Text("85.5%".into()), Cell::Text("８５．５％".into()), Cell::Number(85.5)]
        {
            assert_eq!(read(cell.clone(), &rate).as_deref(), Ok("85.5"), "{cell:?}");
        }
        let bare = Column { title: "合格率".into(), ..rate };
        assert_eq!(read(Cell::Percent(0.855), &bare), Err(problem::per_cent()));
        assert_eq!(read(Cell::Text("85.5%".into()), &bare), Err(problem::per_cent()));
    }

    #[test]
    fn a_number_is_multiplied_as_its_heading_says_unless_it_says_its_own_unit() {
        let times = Some(Decimal::from(10_000));
        let money = Column { kind: ColumnKind::Money, ..Column::default() };
        let read = |cell| decimal(&cell, 2, &money, times).map(|read| (read.value.to_string(), read.how));
        assert_eq!(read(Cell::Number(8.69)), Ok(("86900.00".into(), Some(ReadHow::Unit))));
        assert_eq!(read(Cell::Text("8.69".into())), Ok(("86900.00".into(), Some(ReadHow::Unit))));
        assert_eq!(read(Cell::Text("8.69万元".into())), Ok(("86900.00".into(), Some(ReadHow::Money))));
        assert_eq!(read(Cell::Text("86900元".into())), Ok(("86900.00".into(), Some(ReadHow::Money))));
        assert_eq!(read(Cell::Number(0.123_456_789)), Err(problem::too_fine(2)));
        assert_eq!(read(Cell::Text("9999999999999999".into())), Err(problem::too_large()));
    }

    #[test]
    fn a_whole_number_may_carry_a_zero_fraction_and_no_other() {
        let column = Column::default();
        let whole = |text: &str| integer(&Cell::Text(text.into()), &column, None).map(|reading| reading.value);
        assert_eq!(whole("3.0"), Ok(Value::Int(3)));
        assert_eq!(whole("３"), Ok(Value::Int(3)));
        assert_eq!(whole("3.5"), Err(problem::not_whole()));
        assert_eq!(whole("9223372036854775808"), Err(problem::too_large()));
    }
}
