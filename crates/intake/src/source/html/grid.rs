//! Where the cells of a page's tables stand, with those that reach over several rows and columns.

use std::collections::BTreeMap;

use html5ever::tokenizer::Tag;

use crate::cell::Cell;
use crate::source::xml::push_text;

/// As HTML has it.
const COLSPAN_MAX: usize = 1_000;
const ROWSPAN_MAX: u32 = 65_534;

/// What was found in a table.
pub(super) enum Found {
    /// The table itself.
    Table,
    /// Rows and columns are counted from 0.
    HiddenRow(u32),
    HiddenColumns(usize, usize),
    Cell(Placed),
}

/// A cell with its place and reach.
pub(super) struct Placed {
    pub place: (u32, usize),
    pub rows: u32,
    pub columns: usize,
    pub cell: Cell,
}

/// All tables of a page, as far as it was read.
pub(super) struct Grids {
    begun: usize,
    /// Tables that are open, each within a cell of the one before.
    open: Vec<Grid>,
    found: Vec<(usize, Found)>,
    columns_max: usize,
}

struct Grid {
    table: usize,
    /// The number of rows that have begun.
    rows: u32,
    is_row_open: bool,
    /// The next column in the row, and among the columns that are described before the rows.
    column: usize,
    described: usize,
    /// Places that cells above reach into: column, and the first row that is free again.
    taken: BTreeMap<usize, u32>,
    cell: Option<OpenCell>,
}

struct OpenCell {
    placed: Placed,
    text: String,
    /// The number behind what Excel shows.
    number: Option<f64>,
}

impl Grids {
    pub(super) fn new(columns_max: usize) -> Self {
        Self { begun: 0, open: Vec::new(), found: Vec::new(), columns_max }
    }

    /// What was found since it was last asked.
    pub(super) fn take(&mut self) -> Vec<(usize, Found)> {
        std::mem::take(&mut self.found)
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(cell) = self.open.last_mut().and_then(|grid| grid.cell.as_mut()) {
            cell.add(text);
        }
    }

    pub(super) fn begin(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if name == "table" {
            self.found.push((self.begun, Found::Table));
            self.open.push(Grid::new(self.begun));
            self.begun += 1;
            return;
        }
        let (columns_max, found) = (self.columns_max, &mut self.found);
        let Some(grid) = self.open.last_mut() else { return };
        match name {
            "tr" => grid.begin_row(is_hidden(tag), found),
            "td" | "th" => grid.begin_cell(tag, columns_max, found),
            "col" => grid.describe(tag, found),
            "br" | "p" | "div" | "li" => grid.break_line(),
            "thead" | "tbody" | "tfoot" => grid.end_row(found),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        let Some(grid) = self.open.last_mut() else { return };
        match name {
            "td" | "th" => grid.end_cell(&mut self.found),
            "tr" | "thead" | "tbody" | "tfoot" => grid.end_row(&mut self.found),
            "p" | "div" | "li" => grid.break_line(),
            "table" => {
                grid.end_row(&mut self.found);
                self.open.pop();
            }
            _ => {}
        }
    }

    /// Ends what the page left open.
    pub(super) fn finish(&mut self) {
        while !self.open.is_empty() {
            self.end("table");
        }
    }
}

impl Grid {
    fn new(table: usize) -> Self {
        let taken = BTreeMap::new();
        Self { table, rows: 0, is_row_open: false, column: 0, described: 0, taken, cell: None }
    }

    fn begin_row(&mut self, is_hidden: bool, found: &mut Vec<(usize, Found)>) {
        self.end_row(found);
        (self.is_row_open, self.column) = (true, 0);
        if is_hidden {
            found.push((self.table, Found::HiddenRow(self.rows)));
        }
        self.rows = self.rows.saturating_add(1);
    }

    fn end_row(&mut self, found: &mut Vec<(usize, Found)>) {
        self.end_cell(found);
        self.is_row_open = false;
    }

    fn begin_cell(&mut self, tag: &Tag, columns_max: usize, found: &mut Vec<(usize, Found)>) {
        self.end_cell(found);
        if !self.is_row_open {
            self.begin_row(false, found);
        }
        let row = self.rows.saturating_sub(1);
        while self.taken.get(&self.column).is_some_and(|free| *free > row) {
            self.column += 1;
        }
        let columns = number(tag, "colspan").map_or(1, |count| count as usize).clamp(1, COLSPAN_MAX);
        let rows = number(tag, "rowspan").map_or(1, |count| count as u32).clamp(1, ROWSPAN_MAX);
        let column = self.column;
        self.column = column.saturating_add(columns);
        if rows > 1 && column <= columns_max {
            self.taken.extend((column..self.column).map(|at| (at, row.saturating_add(rows))));
        }
        let placed = Placed { place: (row, column), rows, columns, cell: Cell::Empty };
        self.cell = Some(OpenCell { placed, text: String::new(), number: number(tag, "x:num") });
    }

    fn end_cell(&mut self, found: &mut Vec<(usize, Found)>) {
        if let Some(cell) = self.cell.take() {
            found.push((self.table, Found::Cell(cell.done())));
        }
    }

    fn describe(&mut self, tag: &Tag, found: &mut Vec<(usize, Found)>) {
        let span = number(tag, "span").map_or(1, |count| count as usize).clamp(1, COLSPAN_MAX);
        let next = self.described.saturating_add(span);
        if is_hidden(tag) {
            found.push((self.table, Found::HiddenColumns(self.described, next - 1)));
        }
        self.described = next;
    }

    fn break_line(&mut self) {
        if let Some(cell) = &mut self.cell {
            let end = cell.text.trim_end_matches(' ').len();
            cell.text.truncate(end);
            push_text(&mut cell.text, "\n");
        }
    }
}

impl OpenCell {
    /// Adds text as a browser shows it: space, however much, is one space.
    fn add(&mut self, text: &str) {
        let is_space = |c: char| c.is_ascii_whitespace();
        for (i, part) in text.split(is_space).enumerate() {
            if i > 0 && !self.text.ends_with([' ', '\n']) {
                push_text(&mut self.text, " ");
            }
            push_text(&mut self.text, part);
        }
    }

    fn done(self) -> Placed {
        let text = self.text.trim_matches(|c: char| c.is_ascii_whitespace());
        let cell = match self.number.filter(|_| is_shown_number(text)) {
            Some(number) if text.ends_with('%') => Cell::Percent(number),
            Some(number) => Cell::Number(number),
            None if text.is_empty() => Cell::Empty,
            None => Cell::Text(text.to_owned()),
        };
        Placed { cell, ..self.placed }
    }
}

/// Whether a text is a number as Excel shows one: with thousands, a sign of money or of per cent.
fn is_shown_number(text: &str) -> bool {
    let number: String = text.chars().filter(|c| !matches!(c, ',' | '¥' | '￥' | '$' | '%' | ' ' | '\u{A0}')).collect();
    number.parse::<f64>().is_ok()
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn number(tag: &Tag, name: &str) -> Option<f64> {
    attribute(tag, name)?.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

fn is_hidden(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    attribute(tag, "hidden").is_some() || style.contains("display:none") || style.contains("visibility:collapse")
}
