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
    /// A number with a format of elapsed time, such as `[h]:mm`, in days: never a day.
    Duration(f64),
    /// A number with a format in per cent: 0.85 is shown as 85%.
    Percent(f64),
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
    /// First and last column of each area that is merged across columns and begins in this row; only among the first
    /// rows of a sheet, where headings may be grouped.
    pub spans: Vec<(usize, usize)>,
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
            Self::Serial(serial) => serial_text(*serial, epoch),
            Self::Duration(days) => duration_text(*days),
            Self::Percent(number) => format!("{}%", number_text(number * 100.0)),
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

/// Whether it is space of any kind: also the ideographic space, no-break spaces, and marks without width.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || is_without_width(c)
}

/// Whether it takes no place on paper: zero-width spaces and joiners, marks of writing direction (which come along when
/// something is copied from a Windows dialogue), the soft hyphen, the byte order mark.
pub(crate) fn is_without_width(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
            | '\u{00AD}'
            | '\u{180E}'
    )
}

/// The serial number of 29 February 1900, which Excel shows and which never was.
pub(crate) const PHANTOM: i32 = 60;

/// Whether it is a time of day without a day: less than one in the count from 1900, whose day 0 is none.
pub(crate) fn is_time_only(serial: f64, epoch: Epoch) -> bool {
    (0.0..1.0).contains(&serial) && (epoch == Epoch::Year1900 || serial > 0.0)
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
        Epoch::Year1900 if serial == PHANTOM || serial == 0 => return None,
        Epoch::Year1900 if serial < PHANTOM => serial - UNIX_IN_1900 + 1,
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

fn serial_text(serial: f64, epoch: Epoch) -> String {
    if is_time_only(serial, epoch) {
        return time_text(serial);
    }
    match day_of(serial, epoch) {
        Some(day) if serial.fract() == 0.0 => day.to_string(),
        Some(day) => format!("{day} {}", time_text(serial.fract())),
        None if serial.floor() == f64::from(PHANTOM) => "1900-02-29".to_owned(),
        None => number_text(serial),
    }
}

fn time_text(fraction: f64) -> String {
    let seconds = ((fraction * 86_400.0).round() as u32).min(86_399);
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Elapsed time as `[h]:mm:ss` shows it.
fn duration_text(days: f64) -> String {
    let seconds = (days.abs() * 86_400.0).round();
    if !seconds.is_finite() || seconds >= 1e15 {
        return number_text(days);
    }
    let (seconds, sign) = (seconds as u64, if days < 0.0 { "-" } else { "" });
    format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
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
        assert_eq!(raw(Cell::Serial(0.395_833_333_333)), "09:30:00");
        assert_eq!(raw(Cell::Serial(60.0)), "1900-02-29");
        assert_eq!(raw(Cell::Duration(1.5)), "36:00:00");
        assert_eq!(raw(Cell::Percent(0.85)), "85%");
    }
}
