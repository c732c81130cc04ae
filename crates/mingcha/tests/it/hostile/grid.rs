//! Cells as a person made them, before a file format is chosen.

use crate::sheets::Sheet;

/// A cell.
#[derive(Clone, Debug)]
pub enum Cell {
    Blank,
    Text(String),
    /// A number as the file writes it, and how it is shown.
    Number(String, Shown),
    /// A formula, and what the program that saved the file had computed, if it had.
    Formula(&'static str, Option<Computed>),
    /// An error value, such as `#N/A`.
    Error(&'static str),
    Truth(bool),
}

/// What a formula came to.
#[derive(Clone, Debug)]
pub enum Computed {
    Text(&'static str),
    Number(&'static str),
}

/// How a number is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    General,
    Day,
    /// `h:mm`
    TimeOfDay,
    /// `[h]:mm:ss`
    Duration,
    /// `0000`
    FourDigits,
    /// `yyyy-mm-dd hh:mm`
    Moment,
    /// `0`
    Whole,
}

impl Shown {
    /// All of them, in the order of their cell formats in the workbooks that are written here.
    pub const ALL: [Self; 7] =
        [Self::General, Self::Day, Self::TimeOfDay, Self::Duration, Self::FourDigits, Self::Moment, Self::Whole];

    /// The number of the format in Excel's files; from 164 on it is one of ours.
    pub fn format(self) -> u16 {
        match self {
            Self::General => 0,
            Self::Whole => 1,
            Self::Day => 14,
            Self::TimeOfDay => 20,
            Self::Duration => 46,
            Self::FourDigits => 164,
            Self::Moment => 165,
        }
    }

    /// Its cell format.
    pub fn style(self) -> u16 {
        Self::ALL.iter().position(|shown| *shown == self).and_then(|at| u16::try_from(at).ok()).expect("listed")
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

/// A number that is shown as it is.
pub fn number(written: &str) -> Cell {
    Cell::Number(written.to_owned(), Shown::General)
}

/// A number that is shown in this way.
pub fn shown(written: &str, shown: Shown) -> Cell {
    Cell::Number(written.to_owned(), shown)
}

/// Rows of cells, the first of which is line 1.
pub type Grid = Vec<Vec<Cell>>;

/// A row of texts.
pub fn texts(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|cell| Cell::from(*cell)).collect()
}

/// The headings and rows of a sheet.
pub fn grid(sheet: &Sheet) -> Grid {
    std::iter::once(&sheet.headings).chain(&sheet.rows).map(|row| row.iter().map(Cell::from).collect()).collect()
}

/// The sheet with other cells: line as a person sees it, heading, cell.
pub fn altered(sheet: &Sheet, cells: impl IntoIterator<Item = (usize, &'static str, Cell)>) -> Grid {
    let mut grid = grid(sheet);
    for (line, heading, cell) in cells {
        let column = column(sheet, heading);
        grid[line - 1][column] = cell;
    }
    grid
}

/// Where a heading stands.
pub fn column(sheet: &Sheet, heading: &str) -> usize {
    sheet.headings.iter().position(|known| known == heading).unwrap_or_else(|| panic!("no heading {heading}"))
}
