//! One row of the sheet against the columns of the ledger; and the rows that are no data: totals, remarks, blanks.

use mingcha_domain::Value;
use mingcha_pack::Ledger;

use crate::cell::{Cell, Epoch, Row, is_space};
use crate::header::Header;
use crate::read::{Reading, read};
use crate::{CellProblem, Outcome, ParsedRow, ReadAs, ReadHow, RejectedRow, problem};

/// What a row below the header is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RowKind {
    Data,
    Blank,
    Total,
    Remark,
}

/// Reads rows of one sheet.
pub(crate) struct RowReader<'a> {
    pub ledger: &'a Ledger,
    pub header: &'a Header,
    pub epoch: Epoch,
    /// Whether cells beyond the header are a mistake.
    pub is_text: bool,
}

impl RowReader<'_> {
    pub(crate) fn kind(&self, row: &Row) -> RowKind {
        let places = || self.header.places.iter().flatten();
        if places().all(|at| row.cell(*at).is_blank()) {
            // What stands only in columns that are not read may still be a total or a remark.
            return self.label_kind(row).unwrap_or(RowKind::Blank);
        }
        let filled = |required: &mut dyn Iterator<Item = usize>| {
            required.filter(|i| self.header.places[*i].is_some_and(|at| !row.cell(at).is_blank())).count()
        };
        let mut required = self.required();
        let needed = self.required().count().max(2);
        // A row of data has its required cells; a total or remark has its label and a sum or two.
        if filled(&mut required) >= needed { RowKind::Data } else { self.label_kind(row).unwrap_or(RowKind::Data) }
    }

    fn required(&self) -> impl Iterator<Item = usize> + '_ {
        let is_required = |name: &String, required| required || self.ledger.key.contains(name);
        self.ledger
            .columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| is_required(&column.name, column.required))
            .map(|(i, _)| i)
    }

    fn label_kind(&self, row: &Row) -> Option<RowKind> {
        const TOTALS: [&str; 7] = ["合计", "总计", "小计", "共计", "累计", "总和", "本页合计"];
        const REMARKS: [&str; 12] =
            ["制表", "填表", "填报", "审核", "复核", "经办", "负责人", "说明", "注:", "备注:", "联系人", "单位负责人"];
        let Some(Cell::Text(label)) = row.cells.iter().find(|cell| !cell.is_blank()) else { return None };
        let label = label.replace('：', ":").to_lowercase();
        let label: String = label.chars().filter(|c| !is_space(*c)).collect();
        if TOTALS.iter().any(|total| label.starts_with(total)) || label.trim_end_matches(':') == "total" {
            Some(RowKind::Total)
        } else if REMARKS.iter().any(|remark| label.starts_with(remark)) {
            Some(RowKind::Remark)
        } else {
            None
        }
    }

    pub(crate) fn read(&self, row: &Row) -> Outcome {
        let raw: Vec<String> = row.cells.iter().map(|cell| cell.raw(self.epoch)).collect();
        let mut values = Vec::with_capacity(self.ledger.columns.len());
        let mut read_as = Vec::new();
        let mut problems = Vec::new();
        for (column, at) in self.ledger.columns.iter().zip(&self.header.places) {
            let cell = at.map_or(&Cell::Empty, |at| row.cell(at));
            let must = column.required || self.ledger.key.contains(&column.name);
            let (value, how) = match read(cell, column, self.epoch) {
                Ok(Reading { value: Value::Null, .. }) if must => {
                    problems.push(self.problem(row, Some(&column.name), problem::required()));
                    continue;
                }
                Ok(Reading { value, how }) => (value, how),
                Err(trouble) => {
                    problems.push(self.problem(row, Some(&column.name), trouble));
                    continue;
                }
            };
            if let Some(at) = *at {
                let merged = row.filled.contains(&at).then_some(ReadHow::Merged);
                if let Some(how) = merged.or(how) {
                    let raw = raw.get(at).cloned().unwrap_or_default();
                    read_as.push(ReadAs { column: column.name.clone(), at, raw, value: value.clone(), how });
                }
            }
            values.push(value);
        }
        if self.is_text
            && let Some(last) = row.cells.iter().rposition(|cell| !cell.is_blank())
            && let Some(width) = self.header.mapping.last().map(|mapped| mapped.at + 1)
            && last >= width
        {
            problems.insert(0, self.problem(row, None, problem::too_many_cells(last + 1, width)));
        }
        if problems.is_empty() {
            Outcome::Row(ParsedRow { row: row.number, values, raw, read_as })
        } else {
            Outcome::Reject(RejectedRow { row: row.number, raw, problems })
        }
    }

    /// Adds the place to a trouble; without a column the row as a whole is meant.
    pub(crate) fn problem(&self, row: &Row, column: Option<&str>, trouble: mingcha_domain::Trouble) -> CellProblem {
        let position = column.and_then(|name| self.ledger.position(name));
        let title = position.map_or("", |i| self.ledger.columns[i].title.as_str());
        let at = position.and_then(|i| self.header.places[i]);
        let value = at.map(|at| row.cell(at).raw(self.epoch)).unwrap_or_default();
        let facts = trouble.with("row", row.number).with("column", title).with("value", value.trim());
        CellProblem { column: column.unwrap_or_default().to_owned(), at, value, trouble: facts }
    }
}
