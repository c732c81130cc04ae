//! What a sheet became.

use mingcha_domain::{Trouble, Value};

use crate::heading::How;
use crate::unit::Scale;

/// A whole sheet, read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Parsed {
    /// The sheet that was read; empty for a text file.
    pub sheet: String,
    /// The header's row, 1-based.
    pub header_row: u32,
    /// Every heading with the column it stands for, in the order of the sheet.
    pub mapping: Vec<Mapped>,
    /// Rows that can go in.
    pub rows: Vec<ParsedRow>,
    /// Rows that must be mended first.
    pub rejects: Vec<RejectedRow>,
    /// What was done with the sheet that its sender should know; keys `intake-note-…`.
    pub notes: Vec<Trouble>,
    /// Rows that repeat an earlier row of the sheet, key and content, and were therefore taken once.
    pub duplicated: u64,
}

/// A whole sheet but for its rows, which were handed over one by one.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Summary {
    /// See [`Parsed::sheet`].
    pub sheet: String,
    /// See [`Parsed::header_row`].
    pub header_row: u32,
    /// See [`Parsed::mapping`].
    pub mapping: Vec<Mapped>,
    /// See [`Parsed::notes`].
    pub notes: Vec<Trouble>,
}

/// One heading of the sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mapped {
    /// Its place in the sheet, counted from 0.
    pub at: usize,
    /// Its place as a spreadsheet names it: A, B … AA.
    pub letters: String,
    /// The heading as it stands; below one that groups several, both: 补贴/金额.
    pub heading: String,
    /// Name of the ledger's column it stands for; `None`: not read.
    pub column: Option<String>,
    /// That column's title.
    pub title: Option<String>,
    /// How it was recognised.
    pub how: Option<How>,
    /// For one that was not recognised: the title of the column that looks most like it.
    pub near: Option<String>,
    /// What its unit makes of its numbers; [`Scale::Other`] is also why it was not recognised, or was read as a person
    /// said although its unit is another.
    pub scale: Scale,
}

/// What became of one row.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// It can go in.
    Row(ParsedRow),
    /// It must be mended first.
    Reject(RejectedRow),
}

/// A row whose cells were all understood.
#[derive(Clone, PartialEq, Debug)]
pub struct ParsedRow {
    /// The line of the source sheet, 1-based, as the spreadsheet counts.
    pub row: u32,
    /// One value for each column of the ledger, in its order.
    pub values: Vec<Value>,
    /// The cells as they stand, in the order of the sheet, also those that are not read.
    pub raw: Vec<String>,
    /// Cells that were read as something else than they look.
    pub read_as: Vec<ReadAs>,
}

/// A row with at least one cell that must be mended.
#[derive(Clone, PartialEq, Debug)]
pub struct RejectedRow {
    /// The line of the source sheet, 1-based, as the spreadsheet counts.
    pub row: u32,
    /// The cells as they stand, in the order of the sheet.
    pub raw: Vec<String>,
    /// What is wrong, all of it.
    pub problems: Vec<CellProblem>,
}

/// What is wrong with one cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CellProblem {
    /// Name of the ledger's column; empty when the row as a whole is wrong.
    pub column: String,
    /// Place of the cell in the sheet, counted from 0; `None` when the sheet has no such column.
    pub at: Option<usize>,
    /// The cell as it stands.
    pub value: String,
    /// What is wrong. Facts: `row`, `column` (its title), `value`, and what the message needs. The words under
    /// `CODE-cell` leave the place out, for a page that shows them in the cell itself.
    pub trouble: Trouble,
}

/// A cell that was read as something else than it looks.
#[derive(Clone, PartialEq, Debug)]
pub struct ReadAs {
    /// Name of the ledger's column.
    pub column: String,
    /// Place of the cell in the sheet, counted from 0.
    pub at: usize,
    /// The cell as it stands.
    pub raw: String,
    /// What it was read as.
    pub value: Value,
    /// What was done.
    pub how: ReadHow,
}

/// What was done to read a cell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ReadHow {
    /// Spaces were taken out.
    Spaces,
    /// Full-width digits, letters or signs.
    FullWidth,
    /// A date in another writing than 2023-11-05.
    DateWriting,
    /// A number that counts days.
    DaySerial,
    /// A moment, of which only the day was kept.
    TimeDropped,
    /// A number with a sign of money, thousands, 万, or an exponent.
    Money,
    /// A code in another case or width.
    Code,
    /// 是/否 in another writing.
    YesNo,
    /// An identity number with a small x, or a code with small letters.
    UpperCase,
    /// An identity number of the first generation.
    FirstGeneration,
    /// An apostrophe, or `="…"`, around what Excel was to take for text.
    Unwrapped,
    /// A dash or the like for an empty cell.
    Nothing,
    /// The value of a merged cell above.
    Merged,
    /// A number in another unit than the column's, as the heading says.
    Unit,
    /// A foreigner's older card, whose last digit nobody can verify.
    Unverified,
}

impl ReadAs {
    /// The sentence: a key `intake-read-…` with the fact `value`.
    #[must_use]
    pub fn said(&self) -> Trouble {
        let key = match self.how {
            ReadHow::Spaces => "intake-read-spaces",
            ReadHow::FullWidth => "intake-read-full-width",
            ReadHow::DateWriting => "intake-read-date",
            ReadHow::DaySerial => "intake-read-serial",
            ReadHow::TimeDropped => "intake-read-time",
            ReadHow::Money => "intake-read-money",
            ReadHow::Code => "intake-read-code",
            ReadHow::YesNo => "intake-read-yes-no",
            ReadHow::UpperCase => "intake-read-upper-case",
            ReadHow::FirstGeneration => "intake-read-first-generation",
            ReadHow::Unwrapped => "intake-read-unwrapped",
            ReadHow::Nothing => "intake-read-nothing",
            ReadHow::Merged => "intake-read-merged",
            ReadHow::Unit => "intake-read-unit",
            ReadHow::Unverified => "intake-read-unverified",
        };
        Trouble::new(key).with("value", &self.value)
    }
}
