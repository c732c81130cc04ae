//! What is said of a sheet on a sheet of its own: how many rows did what, and each cell that must be mended.

use mingcha_domain::Trouble;

use crate::note::letters;
use crate::write::answer::{Answer, Mending};
use crate::{CellProblem, Mapped};

/// The sheet's name; a sheet of this name is never read as data.
pub const OUR_SHEET: &str = "明察核对说明";

/// Links that Excel takes in one sheet, rounded down.
pub(super) const LINKS_MAX: usize = 65_000;
/// Cells that are listed; the first ones, by row.
const LINES_MAX: usize = 100_000;
/// Characters of a cell that are shown.
const VALUE_CHARS_MAX: usize = 200;
/// Widths of the columns.
pub(super) const WIDTHS: [f64; 6] = [12.0, 8.0, 20.0, 26.0, 60.0, 60.0];

/// What is said.
pub(super) struct Summary {
    pub title: String,
    /// What, and how much.
    pub facts: Vec<(String, String)>,
    /// What to do with the workbook.
    pub how: String,
    pub heads: [String; 6],
    pub lines: Vec<Wrong>,
    /// That there are more than are listed.
    pub more: Option<String>,
}

/// A cell that must be mended.
pub(super) struct Wrong {
    pub row: u32,
    /// Its place in the row, if it has one.
    pub at: Option<usize>,
    title: String,
    value: String,
    why: String,
    todo: String,
}

impl Wrong {
    /// As it is listed.
    pub(super) fn cells(&self) -> [String; 6] {
        let column = self.at.map(letters).unwrap_or_default();
        let [title, value, why, todo] = [&self.title, &self.value, &self.why, &self.todo].map(Clone::clone);
        [self.row.to_string(), column, title, value, why, todo]
    }
}

impl Summary {
    pub(super) fn of(answer: &Answer<'_>) -> Self {
        let say = |key: &'static str| (answer.words.message)(&Trouble::new(key));
        let tally = &answer.tally;
        let mut facts = vec![(say("intake-summary-ledger"), answer.ledger.title.clone())];
        if !answer.sheet.is_empty() {
            facts.push((say("intake-summary-sheet"), answer.sheet.to_owned()));
        }
        for (key, count) in [
            ("intake-summary-accepted", tally.accepted),
            ("intake-summary-superseded", tally.superseded),
            ("intake-summary-unchanged", tally.unchanged),
            ("intake-summary-duplicated", tally.duplicated),
            ("intake-summary-rejected", tally.rejected),
            ("intake-summary-mended", answer.mended.len() as u64),
        ] {
            if count > 0 || !["intake-summary-mended", "intake-summary-duplicated"].contains(&key) {
                facts.push((say(key), count.to_string()));
            }
        }
        let mut lines: Vec<Wrong> = Vec::new();
        let mut total = 0;
        for (row, problem) in answer.wrong() {
            total += 1;
            if lines.len() < LINES_MAX {
                lines.push(wrong(answer, row, problem));
            }
        }
        let mended = answer.mended.iter().take(LINES_MAX.saturating_sub(lines.len()));
        lines.extend(mended.map(|mending| mended_line(answer, mending)));
        lines.sort_by_key(|line| line.row);
        let rest = total - total.min(LINES_MAX);
        let more = (rest > 0).then(|| (answer.words.message)(&Trouble::new("intake-summary-more").with("count", rest)));
        let how = if total > 0 { "intake-summary-how" } else { "intake-summary-how-nothing" };
        Self {
            title: say("intake-summary-title"),
            facts,
            how: say(how),
            heads: [
                say("intake-summary-row"),
                say("intake-summary-column"),
                say("intake-summary-heading"),
                say("intake-summary-value"),
                say("intake-summary-why"),
                say("intake-summary-todo"),
            ],
            lines,
            more,
        }
    }
}

fn wrong(answer: &Answer<'_>, row: u32, problem: &CellProblem) -> Wrong {
    Wrong {
        row,
        at: problem.at,
        title: heading(answer, problem),
        value: shown(&problem.value),
        why: (answer.words.in_cell)(&problem.trouble),
        todo: (answer.words.remedy)(&problem.trouble),
    }
}

fn mended_line(answer: &Answer<'_>, mending: &Mending) -> Wrong {
    let title = at(answer.mapping, mending.at).map(|mapped| mapped.heading.clone()).unwrap_or_default();
    let said = mending.said();
    Wrong {
        row: mending.row,
        at: Some(mending.at),
        title,
        value: shown(&mending.raw),
        why: (answer.words.message)(&said),
        todo: (answer.words.remedy)(&said),
    }
}

/// The heading as the sheet has it; of a column that it lacks, the ledger's.
fn heading(answer: &Answer<'_>, problem: &CellProblem) -> String {
    let in_sheet = problem.at.and_then(|place| at(answer.mapping, place)).map(|mapped| mapped.heading.clone());
    let in_ledger = || answer.ledger.column(&problem.column).map(|column| column.title.clone());
    in_sheet.or_else(in_ledger).unwrap_or_default()
}

fn at(mapping: &[Mapped], place: usize) -> Option<&Mapped> {
    mapping.iter().find(|mapped| mapped.at == place)
}

fn shown(value: &str) -> String {
    match value.char_indices().nth(VALUE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// A sheet's name as a reference has it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}
