//! One walk over the rows below a header: each is read, or left out and counted.

use mingcha_domain::Trouble;
use mingcha_pack::Ledger;

use crate::cell::{Epoch, Row};
use crate::header::Header;
use crate::note::{self, Rows};
use crate::row::RowReader;
use crate::row_kind::{Kinds, RowKind};
use crate::{IntakeError, Outcome};

/// One walk over the rows below the header.
pub(crate) struct Pass<'a> {
    pub reader: RowReader<'a>,
    pub kinds: Kinds,
    /// By place in the sheet.
    has_heading: Vec<bool>,
    pub tally: Tally,
    rows_max: u64,
}

/// What was seen and left out.
#[derive(Default)]
pub(crate) struct Tally {
    pub rows: u64,
    blanks: u64,
    totals: Rows,
    remarks: Rows,
    headers: Rows,
    without_heading: Vec<usize>,
}

impl<'a> Pass<'a> {
    pub(crate) fn new(ledger: &'a Ledger, header: &'a Header, (epoch, is_text): (Epoch, bool), rows_max: u64) -> Self {
        let reader = RowReader { ledger, header, epoch, is_text };
        let width = header.mapping.last().map_or(0, |mapped| mapped.at + 1);
        let mut has_heading = vec![false; width];
        header.mapping.iter().for_each(|mapped| has_heading[mapped.at] = true);
        let kinds = Kinds::new(&reader);
        Self { has_heading, reader, kinds, tally: Tally::default(), rows_max }
    }

    pub(crate) fn take(&mut self, row: Row, on: &mut dyn FnMut(Outcome)) -> Result<(), IntakeError> {
        match self.kinds.of(&row, &self.reader) {
            RowKind::Data => {}
            RowKind::Blank => {
                self.tally.blanks += 1;
                return Ok(());
            }
            RowKind::Total => {
                self.tally.totals.push(row.number);
                return Ok(());
            }
            RowKind::Remark => {
                self.tally.remarks.push(row.number);
                return Ok(());
            }
            RowKind::Header => {
                self.tally.headers.push(row.number);
                return Ok(());
            }
        }
        self.tally.rows += 1;
        if self.tally.rows > self.rows_max {
            return Err(IntakeError::TooManyRows { rows_max: self.rows_max });
        }
        self.see_cells_without_heading(&row);
        self.reader.check_shared(&row)?;
        on(self.reader.read(&row));
        Ok(())
    }

    fn see_cells_without_heading(&mut self, row: &Row) {
        for (at, _) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let has_heading = self.has_heading.get(at).copied().unwrap_or(false);
            if !has_heading && !self.tally.without_heading.contains(&at) {
                self.tally.without_heading.push(at);
            }
        }
    }
}

impl Tally {
    /// Adds what was seen further down.
    pub(crate) fn add(&mut self, later: Self) {
        self.rows += later.rows;
        self.blanks += later.blanks;
        self.totals.add(&later.totals);
        self.remarks.add(&later.remarks);
        self.headers.add(&later.headers);
        for at in later.without_heading {
            if !self.without_heading.contains(&at) {
                self.without_heading.push(at);
            }
        }
    }

    pub(crate) fn notes(self) -> Vec<Trouble> {
        let mut notes = Vec::new();
        if !self.without_heading.is_empty() {
            let letters: Vec<String> = self.without_heading.into_iter().map(note::letters).collect();
            notes.push(note::content_without_heading(&letters));
        }
        if self.totals.count > 0 {
            notes.push(note::totals_skipped(&self.totals));
        }
        if self.remarks.count > 0 {
            notes.push(note::remarks_skipped(&self.remarks));
        }
        if self.headers.count > 0 {
            notes.push(note::headers_skipped(&self.headers));
        }
        if self.blanks > 0 {
            notes.push(note::blanks_skipped(self.blanks));
        }
        notes
    }
}
