//! Merged cells: only the first has a value, and a clerk means it for every row that the area covers.

use std::collections::BTreeMap;

use calamine::Dimensions;

use crate::cell::{Cell, Row};
use crate::limits::HEADER_SEARCH_ROWS;

/// Fills the cells below the first one of each merged area, in its first column, while rows pass by in order.
///
/// Areas that are merged across columns only are left alone: a title or a 合计 is not meant for each column. Among the
/// first rows they are told to the row, because a heading there may group those below it.
#[derive(Default)]
pub(crate) struct Fill {
    /// By first row (0-based): column and last row.
    areas: BTreeMap<u32, Vec<(usize, u32)>>,
    /// By first row (0-based): first and last column of the areas that are merged across.
    across: BTreeMap<u32, Vec<(usize, usize)>>,
    /// By column: the value and the last row it is good for.
    open: BTreeMap<usize, (Cell, u32)>,
}

impl Fill {
    pub(crate) fn new(areas: &[Dimensions]) -> Self {
        let mut fill = Self::default();
        areas.iter().for_each(|area| fill.add(area));
        fill
    }

    /// Adds an area before its first row passes by.
    pub(crate) fn add(&mut self, area: &Dimensions) {
        if area.end.0 > area.start.0 {
            self.areas.entry(area.start.0).or_default().push((area.start.1 as usize, area.end.0));
        }
        if area.end.1 > area.start.1 && (area.start.0 as usize) < 2 * HEADER_SEARCH_ROWS {
            self.across.entry(area.start.0).or_default().push((area.start.1 as usize, area.end.1 as usize));
        }
    }

    pub(crate) fn apply(&mut self, row: &mut Row) {
        if let Some(spans) = self.across.remove(&(row.number - 1)) {
            row.spans = spans;
        }
        if self.areas.is_empty() && self.open.is_empty() {
            return;
        }
        let at = row.number - 1;
        self.open.retain(|_, (_, last)| *last >= at);
        for (column, (value, _)) in &self.open {
            if row.cells.len() <= *column {
                row.cells.resize(column + 1, Cell::Empty);
            }
            if row.cells[*column].is_blank() {
                row.cells[*column] = value.clone();
                row.filled.push(*column);
            }
        }
        // Areas that begin on a row without any cell are passed over as well: they have no value to give.
        let later = self.areas.split_off(&(at + 1));
        for (column, last) in self.areas.remove(&at).unwrap_or_default() {
            let value = row.cell(column);
            if !value.is_blank() {
                self.open.insert(column, (value.clone(), last));
            }
        }
        self.areas = later;
    }
}
