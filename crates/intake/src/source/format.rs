//! What a number format makes of a number: a day or time, elapsed time, per cent, or a code with zeros before it.

use crate::cell::Cell;

/// How a number is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Shown {
    #[default]
    Number,
    Percent,
    /// A day, a time of day, or both.
    Moment,
    /// Such as `[h]:mm`.
    Elapsed,
    /// With zeros before it, up to so many digits: `0000` shows 33 as 0033.
    Padded(u8),
}

impl Shown {
    /// By the number of one of Excel's own formats; those from 27 on are the East Asian ones.
    pub(crate) fn builtin(id: u16) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Moment,
            46 => Self::Elapsed,
            _ => Self::Number,
        }
    }

    /// By its code, such as `yyyy"年"m"月"d"日"`; of several sections the first counts.
    pub(crate) fn of(code: &str) -> Self {
        if let Some(width) = zeros(code) {
            return Self::Padded(width);
        }
        let mut chars = code.chars().peekable();
        let mut shown = Self::Number;
        while let Some(c) = chars.next() {
            match c.to_ascii_lowercase() {
                ';' => break,
                '"' => {
                    chars.by_ref().find(|c| *c == '"');
                }
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    let unit = inside.to_ascii_lowercase();
                    if ["h", "m", "s"].iter().any(|one| !unit.is_empty() && unit.replace(one, "").is_empty()) {
                        return Self::Elapsed;
                    }
                }
                // The exponent of 0.00E+00.
                'e' if matches!(chars.peek(), Some('+' | '-')) => {}
                '%' => shown = Self::Percent,
                'd' | 'm' | 'y' | 'h' | 's' => return Self::Moment,
                _ => {}
            }
        }
        shown
    }

    pub(crate) fn cell(self, number: f64) -> Cell {
        match self {
            Self::Number => Cell::Number(number),
            Self::Percent => Cell::Percent(number),
            Self::Moment => Cell::Serial(number),
            Self::Elapsed => Cell::Duration(number),
            Self::Padded(width) => padded(number, usize::from(width)).map_or(Cell::Number(number), Cell::Text),
        }
    }
}

/// How many zeros a code is made of, if of nothing else; a single one shows nothing that is not there.
fn zeros(code: &str) -> Option<u8> {
    let first = code.split(';').next()?;
    let is_padding = (2..=15).contains(&first.len()) && first.bytes().all(|c| c == b'0');
    is_padding.then_some(first.len() as u8)
}

/// A whole number as such a code shows it, if that adds zeros.
fn padded(number: f64, width: usize) -> Option<String> {
    let digits = (number.fract() == 0.0 && (0.0..1e15).contains(&number)).then(|| format!("{number:.0}"))?;
    (digits.len() < width).then(|| format!("{digits:0>width$}"))
}

#[cfg(test)]
mod tests {
    use super::Shown;
    use crate::cell::Cell;

    #[test]
    fn a_code_of_zeros_is_read_as_it_is_shown() {
        let shown = Shown::of("0000");
        assert_eq!((shown, Shown::of("0000;@"), Shown::of("0")), (Shown::Padded(4), Shown::Padded(4), Shown::Number));
        assert_eq!(shown.cell(33.0), Cell::Text("0033".into()));
        for number in [3300.0, 12_345.0, -3.0, 3.5, 1e20] {
            assert_eq!(shown.cell(number), Cell::Number(number));
        }
    }

    #[test]
    fn a_code_says_what_it_shows() {
        let all = [
            (
                Shown::Number,
                &["General", "G/通用格式", "0.00", "#,##0.00_);[Red](#,##0.00)", "0.00E+00", "@", "0\"m\"", "0\\d"][..],
            ),
            (Shown::Number, &["¥#,##0.00", "[Red]0", "[>=100]0", "_ * #,##0.00_ ", "0\"%\"", ""]),
            (Shown::Percent, &["0%", "0.00%", "#,##0.0%;[Red]-0%", "\"x\"0%"]),
            (
                Shown::Moment,
                &["yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "m/d/yy h:mm", "[$-804]h\"时\"", "AM/PM h", "YYYY/M/D"],
            ),
            (Shown::Elapsed, &["[h]:mm:ss", "[mm]:ss", "[HH]:MM"]),
        ];
        for (shown, codes) in all {
            for code in codes {
                assert_eq!(Shown::of(code), shown, "{code}");
            }
        }
    }
}
