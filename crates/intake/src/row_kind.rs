//! Rows below the header that are no data: totals, remarks at the end, headings printed again on each page, blanks.
//!
//! A row that might be data is data: it then goes in, or comes back with what is wrong with it. What is left out is
//! told with its row, so that nothing is lost unseen.

use mingcha_pack::ColumnKind;

use crate::cell::{Cell, Row, is_space};
use crate::heading::norm;
use crate::read::read;
use crate::row::RowReader;

/// What a row below the header is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RowKind {
    Data,
    Blank,
    Total,
    Remark,
    /// The header, printed again.
    Header,
}

/// Tells the kinds of rows as they pass by in order.
pub(crate) struct Kinds {
    headings: Vec<HeadingAgain>,
    /// Columns of the ledger that must be filled.
    must: Vec<usize>,
    /// Whether the last row that was not blank was a remark: its further lines are remarks too.
    pub(crate) in_remarks: bool,
}

/// A heading as it would stand again further down.
struct HeadingAgain {
    at: usize,
    /// The first character of each of its two texts: most cells are told apart by it.
    begins: [Option<char>; 2],
    /// Normalised: the whole heading, and its own part below a group.
    texts: [String; 2],
}

const TOTALS: [&str; 9] = ["合计", "总计", "小计", "共计", "累计", "总和", "本页合计", "本页小计", "以上合计"];
const TOTALS_EN: [&str; 6] = ["total", "totals", "subtotal", "grandtotal", "sum", "sub-total"];
const REMARKS: [&str; 20] = [
    "制表",
    "填表",
    "填报",
    "审核",
    "复核",
    "审批",
    "经办",
    "负责人",
    "说明",
    "填写说明",
    "注:",
    "注1",
    "备注:",
    "备注1",
    "联系人",
    "联系电话:",
    "单位负责人",
    "单位盖章",
    "(盖章)",
    "打印时间",
];

impl Kinds {
    pub(crate) fn new(reader: &RowReader<'_>) -> Self {
        let mapped = reader.header.mapping.iter().filter(|mapped| mapped.column.is_some());
        let headings = mapped.map(|mapped| {
            let own = mapped.heading.rsplit('/').next().unwrap_or(&mapped.heading);
            let texts = [mapped.heading.as_str(), own];
            let begins = texts.map(|text| text.trim_start().chars().next());
            HeadingAgain { at: mapped.at, begins, texts: texts.map(norm) }
        });
        let must = reader.ledger.columns.iter().enumerate().filter(|(_, column)| reader.must(column));
        Self { headings: headings.collect(), must: must.map(|(i, _)| i).collect(), in_remarks: false }
    }

    pub(crate) fn of(&mut self, row: &Row, reader: &RowReader<'_>) -> RowKind {
        let kind = self.tell(row, reader);
        if kind != RowKind::Blank {
            self.in_remarks = kind == RowKind::Remark;
        }
        kind
    }

    pub(crate) fn tell(&self, row: &Row, reader: &RowReader<'_>) -> RowKind {
        if self.headings.iter().all(|heading| row.cell(heading.at).is_blank()) {
            // What stands only in columns that are not read may still be a total or a remark.
            return self.label_kind(row, reader, 0).unwrap_or(RowKind::Blank);
        }
        let filled = self.must.iter().filter(|i| !reader.cell(row, **i).is_blank()).count();
        // A row of data has its required cells; a total or remark has its label and a sum or two.
        let is_full = filled >= self.must.len().max(2);
        if is_full && !self.is_header_again(row) && !is_signed(row, reader) {
            return RowKind::Data;
        }
        self.label_kind(row, reader, filled).unwrap_or(RowKind::Data)
    }

    fn label_kind(&self, row: &Row, reader: &RowReader<'_>, filled: usize) -> Option<RowKind> {
        if self.is_header_again(row) {
            return Some(RowKind::Header);
        }
        let mut texts = row.cells.iter().filter(|cell| !cell.is_blank());
        let first = texts.next()?;
        let label = label(first)?;
        let is_alone = texts.clone().next().is_none();
        // A row that names a person or a firm is one of data that lacks something, whatever it begins with.
        let names_someone = || names_someone(row, reader);
        if (begins_a_total(&label) || texts.clone().take(2).any(label_of_total)) && !names_someone() {
            return Some(RowKind::Total);
        }
        let labels = texts.filter(|cell| label_is(cell, is_remark)).count();
        if is_remark(&label) && (2 * filled < self.must.len().max(3) || labels > 0) && !names_someone() {
            return Some(RowKind::Remark);
        }
        // Notes of several lines: 1. …  2. … ; or one sentence alone in its row.
        let is_sentence =
            label.chars().any(|c| "。;；".contains(c)) || (label.contains(':') && label.chars().count() > 8);
        (is_alone && self.must.len() > 2 && (self.in_remarks || is_sentence)).then_some(RowKind::Remark)
    }

    /// Whether the cells are those of the header itself, as sheets have it that were put together from printed pages.
    fn is_header_again(&self, row: &Row) -> bool {
        let filled = || self.headings.iter().filter(|heading| !row.cell(heading.at).is_blank());
        let same = |heading: &HeadingAgain| match row.cell(heading.at) {
            Cell::Text(text) => {
                let begins = text.trim_start().chars().next();
                heading.begins.contains(&begins) && heading.texts.contains(&norm(text))
            }
            _ => false,
        };
        // Two at least: a person may well be called like one heading.
        filled().all(same) && filled().take(2).count() == 2
    }
}

fn is_remark(label: &str) -> bool {
    REMARKS.iter().any(|remark| label.starts_with(remark))
}

/// Whether it is a line of signatures (填表人 王五 审核人 李四 2023-12-01), which may fill as many cells as a row of data.
fn is_signed(row: &Row, reader: &RowReader<'_>) -> bool {
    let mut filled = row.cells.iter().filter(|cell| !cell.is_blank());
    // Nearly every row is told by its first character.
    let may_be = |cell: &&Cell| matches!(cell, Cell::Text(text) if text.trim_start().starts_with(is_begin));
    let first = filled.next().filter(may_be);
    first.is_some_and(|cell| label_is(cell, is_remark))
        && filled.any(|cell| label_is(cell, is_remark))
        && !names_someone(row, reader)
}

fn is_begin(c: char) -> bool {
    "制填审复经负".contains(c)
}

/// Whether a cell of the row names a person or a firm beyond doubt.
fn names_someone(row: &Row, reader: &RowReader<'_>) -> bool {
    let columns = reader.ledger.columns.iter().enumerate();
    columns.filter(|(_, column)| matches!(column.kind, ColumnKind::ResidentId | ColumnKind::Uscc)).any(|(i, column)| {
        let cell = reader.cell(row, i);
        !cell.is_blank() && read(cell, column, reader.epoch).is_ok_and(|read| !read.value.is_null())
    })
}

fn label(cell: &Cell) -> Option<String> {
    let Cell::Text(text) = cell else { return None };
    let text = text.replace('：', ":").replace('（', "(").replace('）', ")").to_lowercase();
    Some(text.chars().filter(|c| !is_space(*c)).collect())
}

fn label_is(cell: &Cell, is: impl Fn(&str) -> bool) -> bool {
    label(cell).is_some_and(|label| is(&label))
}

fn begins_a_total(label: &str) -> bool {
    TOTALS.iter().any(|total| label.starts_with(total)) || is_total_in_english(label)
}

/// Whether a later cell says total and nothing else: the first may hold the month or a number.
fn label_of_total(cell: &Cell) -> bool {
    label_is(cell, |label| TOTALS.contains(&label.trim_end_matches(':')) || is_total_in_english(label))
}

fn is_total_in_english(label: &str) -> bool {
    TOTALS_EN.contains(&label.trim_end_matches(':'))
}
