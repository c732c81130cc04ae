//! Some rows of a file with some of their cells written anew, read as the file itself is: the same header, units, merged
//! cells and writing of dates.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use super::{Form, Opened, text, unreadable};
use crate::cell::{Cell, Epoch, Row};
use crate::parse::{Begun, begin};
use crate::row::RowReader;
use crate::{IntakeError, Outcome};

/// By line: the cells that are written anew, by their place in the row.
pub type Changes = BTreeMap<u32, BTreeMap<usize, String>>;

impl Opened {
    /// Reads some rows with changes to their cells. A line that the file does not have is left out.
    pub fn mended(&self, changes: &Changes) -> Result<BTreeMap<u32, Outcome>, IntakeError> {
        let lines: BTreeSet<u32> = changes.keys().copied().collect();
        let mut read = BTreeMap::new();
        match &self.form {
            Form::Text { coding, delimiter } => {
                // A text file's cells are their text, so that the row can be put together from it again.
                let found = Mutex::new(Vec::new());
                let on = |line: u32, outcome: Outcome| {
                    let raw = match outcome {
                        Outcome::Row(row) => row.raw,
                        Outcome::Reject(row) => row.raw,
                    };
                    found.lock().unwrap_or_else(PoisonError::into_inner).push((line, raw));
                };
                text::rows(self, (*coding, *delimiter), &lines, &on)?;
                for (line, raw) in found.into_inner().unwrap_or_else(PoisonError::into_inner) {
                    let row = Row { number: line, cells: raw.into_iter().map(cell).collect(), ..Row::default() };
                    self.read_changed(row, changes, (Epoch::default(), true), &mut read)?;
                }
            }
            Form::Whole => {
                let bytes = std::fs::read(&self.path).map_err(|why| unreadable(&self.path, &why))?;
                let Begun { mut source, sheet, header, .. } = begin(&bytes, &self.ledger, &self.options)?;
                let how = (source.epoch(), source.is_text());
                let last = lines.last().copied().unwrap_or(0);
                source.each_row(&sheet, true, &mut |row| {
                    let number = row.number;
                    if number > header.row && lines.contains(&number) {
                        self.read_changed(row, changes, how, &mut read)?;
                    }
                    Ok(if number >= last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
                })?;
            }
        }
        Ok(read)
    }

    fn read_changed(
        &self,
        mut row: Row,
        changes: &Changes,
        (epoch, is_text): (Epoch, bool),
        read: &mut BTreeMap<u32, Outcome>,
    ) -> Result<(), IntakeError> {
        for (at, text) in changes.get(&row.number).into_iter().flatten() {
            // Of several headings for one column, what is written anew counts.
            let shared = self.header.shared.iter().find(|shared| shared.places.iter().any(|(place, _)| place == at));
            for (place, _) in shared.into_iter().flat_map(|shared| &shared.places) {
                if let Some(cell) = row.cells.get_mut(*place) {
                    *cell = Cell::Empty;
                }
            }
            if row.cells.len() <= *at && *at < self.options.limits.columns {
                row.cells.resize(at + 1, Cell::Empty);
            }
            if let Some(changed) = row.cells.get_mut(*at) {
                *changed = cell(text.clone());
            }
        }
        let reader = RowReader { ledger: &self.ledger, header: &self.header, epoch, is_text };
        reader.check_shared(&row)?;
        read.insert(row.number, reader.read(&row));
        Ok(())
    }
}

fn cell(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}
