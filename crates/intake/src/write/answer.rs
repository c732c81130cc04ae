//! The answer to a sheet: the same workbook with the cells that must be mended marked, and a sheet that says what became
//! of its rows. Mended, it is sent again as it is.

use std::collections::BTreeMap;

use mingcha_domain::Trouble;
use mingcha_pack::Ledger;

use crate::write::patch::{self, Unpatchable};
use crate::write::summary::Summary;
use crate::write::{Tell, whole};
use crate::{CellProblem, FileKind, IntakeError, Mapped, RejectedRow};

/// What became of a sheet.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The ledger it is for.
    pub ledger: &'a Ledger,
    /// The sheet that was read; empty for a text file.
    pub sheet: &'a str,
    /// The header it was read under.
    pub mapping: &'a [Mapped],
    /// Rows that must be mended.
    pub rejects: &'a [RejectedRow],
    /// Cells that were mended elsewhere and are still wrong in the file.
    pub mended: &'a [Mending],
    /// How many rows did what.
    pub tally: Tally,
    /// How troubles are said.
    pub words: AnswerWords<'a>,
}

/// How many rows did what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// New ones.
    pub accepted: u64,
    /// Known ones with other content.
    pub superseded: u64,
    /// Known ones with the same content.
    pub unchanged: u64,
    /// Those that repeat another of the file.
    pub duplicated: u64,
    /// Those that must be mended.
    pub rejected: u64,
}

/// A cell that was mended elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mending {
    /// The row of the sheet, 1-based.
    pub row: u32,
    /// Its place in the row, counted from 0.
    pub at: usize,
    /// As it stands in the file.
    pub raw: String,
    /// As it was mended.
    pub value: String,
    /// By whom.
    pub by: String,
}

impl Mending {
    pub(super) fn said(&self) -> Trouble {
        Trouble::new("intake-mended").with("value", &self.value).with("by", &self.by)
    }
}

/// How troubles are said in an answer.
#[derive(Clone, Copy)]
pub struct AnswerWords<'a> {
    /// What happened, and where.
    pub message: Tell<'a>,
    /// What happened, said in the cell itself: without the place.
    pub in_cell: Tell<'a>,
    /// What to do now.
    pub remedy: Tell<'a>,
}

/// The answer as a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answered {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What its name must end with.
    pub extension: &'static str,
    /// Why it is not the sender's own workbook, marked, but its table written anew, all cells as text. Nothing for a file
    /// that was no such workbook.
    pub unpatchable: Option<String>,
}

/// Answers a file. Of a workbook of Excel's present form it is that workbook, with nothing else changed; any other is
/// written as a workbook with the whole table in it.
pub fn answer(bytes: &[u8], answer: &Answer<'_>) -> Result<Answered, IntakeError> {
    let summary = Summary::of(answer);
    let mut unpatchable = None;
    if FileKind::of(bytes) == FileKind::Xlsx {
        match patch::patch(bytes, answer.sheet, &answer.marks(), &summary) {
            Ok(patched) => {
                return Ok(Answered { bytes: patched.bytes, extension: patched.extension, unpatchable });
            }
            // A package of an unusual make: the table is what matters to its sender, and that can be read.
            Err(Unpatchable(why)) => unpatchable = Some(why),
        }
    }
    Ok(Answered { bytes: whole::table(bytes, answer, &summary)?, extension: "xlsx", unpatchable })
}

impl Answer<'_> {
    /// Every cell that must be mended, with its row.
    pub(super) fn wrong(&self) -> impl Iterator<Item = (u32, &CellProblem)> {
        self.rejects.iter().flat_map(|reject| reject.problems.iter().map(|problem| (reject.row, problem)))
    }

    /// What is said in which cell, by row (1-based) and column (from 0). What concerns a row as a whole is said in its
    /// first cell that is read.
    pub(super) fn marks(&self) -> BTreeMap<(u32, u32), String> {
        let first = self.mapping.iter().find(|mapped| mapped.column.is_some()).map_or(0, |mapped| mapped.at);
        let mut marks: BTreeMap<(u32, u32), String> = BTreeMap::new();
        let mut mark = |row: u32, at: usize, said: String| {
            let Ok(at) = u32::try_from(at) else { return };
            let words = marks.entry((row, at)).or_default();
            if !words.is_empty() {
                words.push('\n');
            }
            words.push_str(&said);
        };
        for (row, problem) in self.wrong() {
            let (why, todo) = ((self.words.in_cell)(&problem.trouble), (self.words.remedy)(&problem.trouble));
            mark(row, problem.at.unwrap_or(first), format!("{why}\n{todo}"));
        }
        for mending in self.mended {
            let said = mending.said();
            let (why, todo) = ((self.words.message)(&said), (self.words.remedy)(&said));
            mark(mending.row, mending.at, format!("{why}\n{todo}"));
        }
        marks
    }
}
