//! The tables under a heading: ``given `ledger` `` and `then`, for worked cases and for near misses.

use std::ops::Range;

use mingcha_domain::Day;

use super::cell;
use super::folder::File;
use super::names::Scope;
use super::page::{self, Block, Cell, Row, Section, Table};
use crate::{At, CaseColumn, CaseRow, CaseTable, Expected, ExpectedRow, Ledger, Spanned, faults};

/// What stands under one heading.
#[derive(Default)]
pub(super) struct Story {
    pub(super) prose: String,
    pub(super) as_of: Option<Day>,
    pub(super) given: Vec<CaseTable>,
    pub(super) then: Option<Expected>,
}

/// The name of the first column that names rows, and of the expected column that lists those names.
const ROW: &str = "row";
const EVIDENCE: &str = "evidence";

/// Reads the prose and tables of a section.
pub(super) fn read(scope: &Scope<'_>, file: &File, section: &Section) -> Story {
    let mut reader = Reader { scope, file, story: Story::default(), announced: None };
    for block in &section.blocks {
        match block {
            Block::Paragraph(range) => reader.paragraph(range.clone()),
            Block::Table(table) => reader.table(table),
            Block::Code { .. } | Block::Other => {}
        }
    }
    reader.expect_no_table();
    reader.story
}

/// What the next table was announced as.
enum Announced<'a> {
    /// `None`: the ledger is unknown, and that was told.
    Given(Option<&'a Ledger>),
    Then,
}

struct Reader<'a> {
    scope: &'a Scope<'a>,
    file: &'a File,
    story: Story,
    announced: Option<(Announced<'a>, At)>,
}

impl Reader<'_> {
    fn at(&self, range: Range<usize>) -> At {
        At { file: self.file.path.clone(), start: range.start, end: range.end }
    }

    fn line_of(&self, offset: usize) -> usize {
        self.file.text[..offset].matches('\n').count() + 1
    }

    fn paragraph(&mut self, range: Range<usize>) {
        let mut start = range.start;
        for written in self.file.text[range].split_inclusive('\n') {
            let line = written.trim().trim_end_matches([':', '：']);
            let indent = written.len() - written.trim_start().len();
            let at = self.at(start + indent..start + indent + line.len());
            start += written.len();
            self.line(line, at);
        }
    }

    fn line(&mut self, line: &str, at: At) {
        if let Some(ledger) = line.strip_prefix("given ") {
            self.expect_no_table();
            let name = ledger.trim().trim_matches('`');
            let offset = line.find(name).unwrap_or_default();
            let name = Spanned { value: name.to_owned(), at: at.part(offset..offset + name.len()) };
            self.announced = Some((Announced::Given(self.scope.ledger(&name)), at));
        } else if line == "then" {
            self.expect_no_table();
            self.announced = Some((Announced::Then, at));
        } else if line == "then nothing" {
            self.expect_no_table();
            self.then(Expected { at, ..Expected::default() });
        } else if let Some(day) = line.strip_prefix("as_of ") {
            match day.trim().parse() {
                Ok(day) => self.story.as_of = Some(day),
                Err(_) => self.scope.faults.tell(faults::wrong_cell(at, "as_of", day.trim(), "date", "")),
            }
        } else if !line.is_empty() {
            if !self.story.prose.is_empty() {
                self.story.prose.push('\n');
            }
            self.story.prose.push_str(line);
        }
    }

    fn then(&mut self, expected: Expected) {
        if self.story.then.is_some() {
            self.scope.faults.tell(faults::twice(expected.at.clone(), "then"));
        }
        self.story.then = Some(expected);
    }

    /// A line that announced a table must be followed by one.
    fn expect_no_table(&mut self) {
        if let Some((_, at)) = self.announced.take() {
            let line = self.file.text[at.span()].to_owned();
            self.scope.faults.tell(faults::table_missing(at, &line));
        }
    }

    fn table(&mut self, table: &Table) {
        self.check_ragged(table);
        match self.announced.take() {
            None => self.scope.faults.tell(faults::table_unannounced(self.at(table.range.clone()))),
            Some((Announced::Given(None), _)) => {}
            Some((Announced::Given(Some(ledger)), _)) => {
                let given = self.given(ledger, table);
                self.story.given.push(given);
            }
            Some((Announced::Then, _)) => {
                let expected = self.expected(table);
                self.then(expected);
            }
        }
    }

    fn check_ragged(&self, table: &Table) {
        for row in &table.rows {
            // The row's own bytes may lack a first empty cell: count over the whole line.
            let text = &self.file.text;
            let start = text[..row.range.start].rfind('\n').map_or(0, |newline| newline + 1);
            let end = text[row.range.end..].find('\n').map_or(text.len(), |newline| row.range.end + newline);
            let line = text[start..end].trim();
            if line.starts_with("given ") || line.starts_with("then") {
                // Markdown takes the line as one more row, and all that follows with it.
                self.scope.faults.tell(faults::no_blank_line(self.at(start..end), line));
                return;
            }
            let written = page::cells_written(line);
            if written != table.header.len() {
                let at = self.at(row.range.clone());
                self.scope.faults.tell(faults::ragged_row(at, written, table.header.len()));
            }
        }
    }

    fn given(&self, ledger: &Ledger, table: &Table) -> CaseTable {
        let labelled = table.header.first().is_some_and(|cell| cell.text == ROW) && ledger.column(ROW).is_none();
        let mut columns: Vec<Option<CaseColumn>> = Vec::new();
        for cell in table.header.iter().skip(usize::from(labelled)) {
            let position = ledger.position(&cell.text);
            if position.is_none() {
                let known = ledger.columns.iter().map(|column| column.name.as_str());
                let at = self.at(cell.range.clone());
                self.scope.faults.tell(faults::unknown_column(at, &cell.text, &ledger.name, known));
            }
            columns.push(position.map(|position| CaseColumn { name: cell.text.clone(), position }));
        }
        let rows = table.rows.iter().map(|row| self.given_row(ledger, &columns, labelled, row)).collect();
        let at = self.at(table.range.clone());
        CaseTable { ledger: ledger.full_name(), columns: columns.into_iter().flatten().collect(), rows, at }
    }

    fn given_row(&self, ledger: &Ledger, columns: &[Option<CaseColumn>], labelled: bool, row: &Row) -> CaseRow {
        let label = row.cells.first().filter(|_| labelled).map(|cell| cell.text.clone());
        let mut cells = Vec::new();
        for (column, cell) in columns.iter().zip(row.cells.iter().skip(usize::from(labelled))) {
            let Some(column) = column.as_ref().and_then(|column| ledger.columns.get(column.position)) else { continue };
            let value = cell::read(column, &cell.text).unwrap_or_else(|shape| {
                let (at, allowed) = (self.at(cell.range.clone()), column.values.join("、"));
                self.scope.faults.tell(faults::wrong_cell(at, &column.name, &cell.text, shape, &allowed));
                mingcha_domain::Value::Null
            });
            cells.push(value);
        }
        CaseRow { label, cells, line: self.line_of(row.range.start), at: self.at(row.range.clone()) }
    }

    fn expected(&self, table: &Table) -> Expected {
        let evidence = table.header.iter().position(|cell| cell.text == EVIDENCE);
        let kept = |cells: &[Cell]| -> Vec<Spanned<String>> {
            let named = cells.iter().enumerate().filter(|(i, _)| Some(*i) != evidence);
            named.map(|(_, cell)| Spanned { value: cell.text.clone(), at: self.at(cell.range.clone()) }).collect()
        };
        let rows = table.rows.iter().map(|row| ExpectedRow {
            cells: kept(&row.cells).into_iter().map(|cell| cell.value).collect(),
            evidence: evidence.and_then(|i| row.cells.get(i)).map(|cell| self.labels(cell)),
            line: self.line_of(row.range.start),
            at: self.at(row.range.clone()),
        });
        Expected { columns: kept(&table.header), rows: rows.collect(), at: self.at(table.range.clone()) }
    }

    /// The names of given rows that a cell lists.
    fn labels(&self, cell: &Cell) -> Vec<String> {
        let known = self.story.given.iter().flat_map(|table| &table.rows).filter_map(|row| row.label.as_deref());
        let mut labels = Vec::new();
        for label in cell.text.split([' ', ',', '，', '、']).filter(|label| !label.is_empty()) {
            if !known.clone().any(|known| known == label) {
                let at = self.at(cell.range.clone());
                self.scope.faults.tell(faults::unknown_row(at, label, known.clone()));
            }
            labels.push(label.to_owned());
        }
        labels
    }
}
