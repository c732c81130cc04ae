//! A cell as the file has it, before anyone asks what it should be.

use mingcha_domain::Day;

/// One cell of a sheet.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) enum Cell {
    /// Nothing, or nothing but space.
    #[default]
    Empty,
    /// Text as it stands, spaces included.
    Text(String),
    /// A number without a date format.
    Number(f64),
    /// A number with a date format, as Excel counts days.
    Serial(f64),
    /// True or false.
    Bool(bool),
    /// `#DIV/0!` and its like.
    Error(String),
    /// A formula that no program has computed yet.
    Uncomputed,
}

/// From which day a workbook counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Epoch {
    /// Day 1 is 1900-01-01, and a day 60 that never was (1900-02-29).
    #[default]
    Year1900,
    /// Day 0 is 1904-01-01; old Macintosh workbooks.
    Year1904,
}

/// One row of a sheet.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Row {
    /// 1-based, as the spreadsheet counts.
    pub number: u32,
    /// From the first column on; trailing empty cells may be missing.
    pub cells: Vec<Cell>,
    /// Columns whose value was taken from a merged cell above.
    pub filled: Vec<usize>,
}

impl Cell {
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(is_space),
            _ => false,
        }
    }

    /// The cell as text, about as a spreadsheet shows it; kept as the row's raw text.
    pub(crate) fn raw(&self, epoch: Epoch) -> String {
        match self {
            Self::Empty | Self::Uncomputed => String::new(),
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number_text(*number),
            Self::Serial(serial) => match day_of(*serial, epoch) {
                Some(day) if serial.fract() == 0.0 => day.to_string(),
                Some(day) => format!("{day} {}", time_text(serial.fract())),
                None => number_text(*serial),
            },
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
        }
    }
}

impl Row {
    pub(crate) fn cell(&self, at: usize) -> &Cell {
        self.cells.get(at).unwrap_or(&Cell::Empty)
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// Whether it is space of any kind: also the ideographic space, no-break spaces, zero-width marks and the byte order mark.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{180E}')
}

/// The day of a serial number; `None` for the day that never was and outside the calendar.
pub(crate) fn day_of(serial: f64, epoch: Epoch) -> Option<Day> {
    /// 1970-01-01 in each count.
    const UNIX_IN_1900: i32 = 25_569;
    const UNIX_IN_1904: i32 = 24_107;
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let serial = serial.floor() as i32;
    let days = match epoch {
        Epoch::Year1904 => serial - UNIX_IN_1904,
        Epoch::Year1900 if serial == 60 || serial == 0 => return None,
        Epoch::Year1900 if serial < 60 => serial - UNIX_IN_1900 + 1,
        Epoch::Year1900 => serial - UNIX_IN_1900,
    };
    Day::from_days_since_epoch(days)
}

/// Returns a number as a spreadsheet's general format shows it: up to 15 digits, and 3.30902E+17 from 10^15 on.
pub(crate) fn number_text(number: f64) -> String {
    if number.abs() >= 1e15 {
        let text = format!("{number:.5e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        return format!("{mantissa}E+{exponent}");
    }
    match crate::read::number::from_f64(number) {
        Some(decimal) => decimal.normalize().to_string(),
        None => number.to_string(),
    }
}

fn time_text(fraction: f64) -> String {
    let seconds = ((fraction * 86_400.0).round() as u32).min(86_399);
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_is_a_day_in_either_count() {
        let day = |serial, epoch| day_of(serial, epoch).map(|day| day.to_string());
        assert_eq!(day(45_251.0, Epoch::Year1900).as_deref(), Some("2023-11-21"));
        assert_eq!(day(45_251.0 - 1462.0, Epoch::Year1904).as_deref(), Some("2023-11-21"));
        assert_eq!(day(1.0, Epoch::Year1900).as_deref(), Some("1900-01-01"));
        assert_eq!(day(59.0, Epoch::Year1900).as_deref(), Some("1900-02-28"));
        assert_eq!(day(61.0, Epoch::Year1900).as_deref(), Some("1900-03-01"));
        assert_eq!(day(60.0, Epoch::Year1900), None, "1900 was no leap year");
        assert_eq!(day(-1.0, Epoch::Year1900), None);
        assert_eq!(day(f64::NAN, Epoch::Year1904), None);
    }

    #[test]
    fn raw_text_is_what_a_spreadsheet_shows() {
        let raw = |cell: Cell| cell.raw(Epoch::Year1900);
        assert_eq!(raw(Cell::Number(330_902_197_001_151_231.0)), "3.30902E+17");
        assert_eq!(raw(Cell::Number(0.1 + 0.2)), "0.3");
        assert_eq!(raw(Cell::Number(1200.0)), "1200");
        assert_eq!(raw(Cell::Serial(45_251.5)), "2023-11-21 12:00:00");
        assert_eq!(raw(Cell::Serial(45_251.0)), "2023-11-21");
    }
}
