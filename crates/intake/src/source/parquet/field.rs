//! A value of a Parquet file as a cell.

use parquet::basic::{LogicalType, TimeUnit};
use parquet::data_type::Decimal;
use parquet::record::Field;
use parquet::schema::types::Type;

use crate::cell::{Cell, Epoch};
use crate::source::moment::serial_of;

const DAY_SECONDS: i64 = 86_400;
/// China has one time, eight hours ahead.
const AHEAD_SECONDS: i64 = 8 * 3600;
/// Whole numbers from here on are not exact as floats, or are shown as 3.30902E+17.
const EXACT: u64 = 1_000_000_000_000_000;

/// Places behind the point of any decimal.
const SCALE_MAX: usize = 76;

/// How a column keeps its values, as far as a value does not tell itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// Whether its times are instants, to be shown where the reader is.
    is_instant: bool,
    /// What its integers count when they are moments: the parts of a second.
    per_second: Option<i64>,
}

impl Kept {
    pub(super) fn of(field: &Type) -> Self {
        match field.get_basic_info().logical_type_ref() {
            Some(LogicalType::Timestamp(time)) => {
                let per_second = match time.unit {
                    TimeUnit::MILLIS => 1_000,
                    TimeUnit::MICROS => 1_000_000,
                    TimeUnit::NANOS => 1_000_000_000,
                };
                Self { is_instant: time.is_adjusted_to_u_t_c, per_second: Some(per_second) }
            }
            // What is older than logical types is an instant, by the format and as Spark writes INT96.
            _ => Self { is_instant: true, per_second: None },
        }
    }

    pub(super) fn cell(self, value: Field) -> Cell {
        match value {
            Field::Null => Cell::Empty,
            Field::Bool(yes) => Cell::Bool(yes),
            Field::Byte(number) => Cell::Number(number.into()),
            Field::Short(number) => Cell::Number(number.into()),
            Field::Int(number) => Cell::Number(number.into()),
            Field::UByte(number) => Cell::Number(number.into()),
            Field::UShort(number) => Cell::Number(number.into()),
            Field::UInt(number) => Cell::Number(number.into()),
            Field::Long(number) => match self.per_second {
                Some(per_second) => self.moment(number, per_second),
                None => whole(number.unsigned_abs(), number.to_string()),
            },
            Field::ULong(number) => whole(number, number.to_string()),
            // By its shortest text, so that 0.1 is 0.1 and not the float nearest to it.
            Field::Float(number) => number.to_string().parse().map_or(Cell::Empty, Cell::Number),
            Field::Float16(number) => Cell::Number(number.to_f64()),
            Field::Double(number) => Cell::Number(number),
            Field::Decimal(number) => decimal(&number),
            Field::Str(text) if text.is_empty() => Cell::Empty,
            Field::Str(text) => Cell::Text(text),
            Field::Bytes(bytes) => Cell::Text(String::from_utf8_lossy(bytes.data()).into_owned()),
            Field::Date(day) => serial_of(day, 0.0, Epoch::Year1900).map_or(Cell::Text(day.to_string()), Cell::Serial),
            Field::TimeMillis(time) => Cell::Serial(f64::from(time) / 86_400_000.0),
            Field::TimeMicros(time) => Cell::Serial(time as f64 / 86_400_000_000.0),
            Field::TimestampMillis(time) => self.moment(time, 1_000),
            Field::TimestampMicros(time) => self.moment(time, 1_000_000),
            Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => Cell::Empty,
        }
    }

    fn moment(self, time: i64, per_second: i64) -> Cell {
        let (seconds, part) = (time.div_euclid(per_second), time.rem_euclid(per_second));
        let seconds = if self.is_instant { seconds.saturating_add(AHEAD_SECONDS) } else { seconds };
        let in_day = seconds.rem_euclid(DAY_SECONDS) as f64 + part as f64 / per_second as f64;
        let day = i32::try_from(seconds.div_euclid(DAY_SECONDS)).ok();
        let serial = day.and_then(|day| serial_of(day, in_day, Epoch::Year1900));
        serial.map_or_else(|| Cell::Text(time.to_string()), Cell::Serial)
    }
}

fn whole(size: u64, text: String) -> Cell {
    match text.parse() {
        Ok(number) if size < EXACT => Cell::Number(number),
        _ => Cell::Text(text),
    }
}

/// Exact as text when it has more digits than a float keeps.
fn decimal(number: &Decimal) -> Cell {
    let scale = usize::try_from(number.scale()).ok().filter(|scale| *scale <= SCALE_MAX);
    let Some((value, scale)) = integer(number.data()).zip(scale) else {
        return Cell::Text(format!("{} bytes", number.data().len()));
    };
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale + 1);
    let (before, after) = digits.split_at(digits.len() - scale);
    let sign = if value < 0 { "-" } else { "" };
    let point = if after.is_empty() { "" } else { "." };
    let text = format!("{sign}{before}{point}{after}");
    match text.parse() {
        Ok(number) if value.unsigned_abs() < u128::from(EXACT) => Cell::Number(number),
        _ => Cell::Text(text),
    }
}

/// An integer of up to sixteen bytes, the first the highest; one of more digits than that no amount has.
fn integer(bytes: &[u8]) -> Option<i128> {
    let first = *bytes.first()?;
    let rest = bytes.len().saturating_sub(16);
    let filling = if first & 0x80 != 0 { 0xFF } else { 0 };
    if bytes[..rest].iter().any(|byte| *byte != filling) {
        return None;
    }
    let start: i128 = if filling == 0 { 0 } else { -1 };
    Some(bytes[rest..].iter().fold(start, |number, byte| number << 8 | i128::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOCK: Kept = Kept { is_instant: false, per_second: None };
    const INSTANT: Kept = Kept { is_instant: true, per_second: None };

    #[test]
    fn numbers_that_a_float_cannot_keep_stay_text() {
        assert_eq!(CLOCK.cell(Field::Long(800)), Cell::Number(800.0));
        assert_eq!(CLOCK.cell(Field::Long(330_902_197_001_151_231)), Cell::Text("330902197001151231".into()));
        assert_eq!(CLOCK.cell(Field::Float(0.1)), Cell::Number(0.1));
        let cent = |value: i64| CLOCK.cell(Field::Decimal(Decimal::from_i64(value, 18, 2)));
        assert_eq!(cent(123_450), Cell::Number(1234.5));
        assert_eq!(cent(-5), Cell::Number(-0.05));
        assert_eq!(cent(123_456_789_012_345_678), Cell::Text("1234567890123456.78".into()));
        let bytes = Decimal::from_bytes(vec![0xFF; 20].into(), 38, 0);
        assert_eq!(CLOCK.cell(Field::Decimal(bytes)), Cell::Number(-1.0));
    }

    #[test]
    fn days_and_moments_are_serial_numbers() {
        // 2023-11-05 is day 19,666 since 1970.
        assert_eq!(CLOCK.cell(Field::Date(19_666)), Cell::Serial(45_235.0));
        let evening = (19_665 * 86_400 + 16 * 3600) * 1_000;
        assert_eq!(INSTANT.cell(Field::TimestampMillis(evening)), Cell::Serial(45_235.0));
        let noon = (19_666 * 86_400 + 12 * 3600) * 1_000_000;
        assert_eq!(CLOCK.cell(Field::TimestampMicros(noon)), Cell::Serial(45_235.5));
        let nanos = Kept { per_second: Some(1_000_000_000), ..CLOCK };
        assert_eq!(nanos.cell(Field::Long(noon * 1_000)), Cell::Serial(45_235.5));
        assert_eq!(CLOCK.cell(Field::TimestampMillis(i64::MIN)), Cell::Text(i64::MIN.to_string()));
    }
}
