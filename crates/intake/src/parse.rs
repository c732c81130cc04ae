//! A clerk's file and a ledger's columns become rows: the one way in for packs' ledgers and casework's sheets.

use std::ops::ControlFlow;
use std::path::Path;

use mingcha_domain::Trouble;
use mingcha_pack::Ledger;

use crate::cell::Row;
use crate::header::{self, Header};
use crate::heading::{How, Names};
use crate::keys::{Keys, Met};
use crate::row::{RowKind, RowReader};
use crate::source::Source;
use crate::note::Rows;
use crate::{IntakeError, Limits, Outcome, Parsed, RejectedRow, Summary, note, problem};

/// What the caller knows about the file; by default nothing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Options {
    /// The sheet to read; by default the one whose header fits best.
    pub sheet: Option<String>,
    /// The header's row, 1-based; by default the one that recognises most columns.
    pub header_row: Option<u32>,
    /// Headings that stand for a column they were not, or wrongly, recognised as.
    pub columns: Vec<Assign>,
    /// How much is accepted.
    pub limits: Limits,
}

/// A heading that was assigned by a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assign {
    /// Which heading.
    pub heading: Heading,
    /// Name (or title) of the ledger's column; `None`: leave it out.
    pub column: Option<String>,
}

/// A heading of the sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heading {
    /// By what it says; the first of several.
    Named(String),
    /// By its place, counted from 0.
    At(usize),
}

/// Reads a whole file into memory's rows. For sheets too large for that there is [`parse_each`].
pub fn parse(bytes: &[u8], ledger: &Ledger, options: &Options) -> Result<Parsed, IntakeError> {
    let mut parsed = Parsed::default();
    let (rows, rejects) = (&mut parsed.rows, &mut parsed.rejects);
    let summary = parse_each(bytes, ledger, options, &mut |outcome| match outcome {
        Outcome::Row(row) => rows.push(row),
        Outcome::Reject(row) => rejects.push(row),
    })?;
    let Summary { sheet, header_row, mapping, notes, duplicated } = summary;
    Ok(Parsed { sheet, header_row, mapping, notes, duplicated, ..parsed })
}

/// Reads the file at a path, whose size is looked at before anything is read.
pub fn parse_file(path: &Path, ledger: &Ledger, options: &Options) -> Result<Parsed, IntakeError> {
    let unreadable =
        |why: std::io::Error| IntakeError::Unreadable { path: path.display().to_string(), why: why.to_string() };
    let bytes = std::fs::metadata(path).map_err(unreadable)?.len();
    if bytes > options.limits.file_bytes {
        return Err(IntakeError::TooLarge { bytes, bytes_max: options.limits.file_bytes });
    }
    parse(&std::fs::read(path).map_err(unreadable)?, ledger, options)
}

/// Reads a file row by row; `on` is handed each row that can go in and each that must be mended, in their order.
///
/// When an error is returned, rows may have been handed over already: nothing of them may be kept.
pub fn parse_each(
    bytes: &[u8],
    ledger: &Ledger,
    options: &Options,
    on: &mut dyn FnMut(Outcome),
) -> Result<Summary, IntakeError> {
    let names = Names::of(ledger);
    let mut source = Source::open(bytes, &options.limits, &|rows| header::score(&names, rows))?;
    let (sheet, head) = choose_sheet(&mut source, &names, options)?;
    let header = header::find(&sheet, &head, ledger, &names, options)?;
    let mut notes = Vec::new();
    let others: Vec<String> = source.sheets().into_iter().filter(|other| *other != sheet).collect();
    if let Source::Delimited(text) = &source {
        notes.push(note::text_read(text.encoding, &text.delimiter_name()));
    } else if !others.is_empty() {
        notes.push(note::sheet_chosen(&sheet, &others));
    }
    notes.extend(header_notes(&header, ledger));

    let reader = RowReader { ledger, header: &header, epoch: source.epoch(), is_text: source.is_text() };
    let width = header.mapping.last().map_or(0, |mapped| mapped.at + 1);
    let mut has_heading = vec![false; width];
    header.mapping.iter().for_each(|mapped| has_heading[mapped.at] = true);
    let mut pass =
        Pass { has_heading, reader, keys: Keys::of(ledger), tally: Tally::default(), rows_max: options.limits.rows };
    source.each_row(&sheet, true, &mut |row| {
        if row.number > header.row {
            pass.take(row, on)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if pass.tally.rows == 0 {
        return Err(IntakeError::NoRows { header_row: header.row });
    }
    let duplicated = pass.tally.repeats.count;
    notes.extend(pass.tally.notes());
    Ok(Summary { sheet, header_row: header.row, mapping: header.mapping, notes, duplicated })
}

/// The named sheet, or the one whose first rows recognise most columns; of equals the first.
fn choose_sheet(source: &mut Source<'_>, names: &Names, options: &Options) -> Result<(String, Vec<Row>), IntakeError> {
    let sheets = source.sheets();
    if let Some(named) = &options.sheet {
        if !sheets.contains(named) {
            return Err(IntakeError::NoSuchSheet { sheet: named.clone(), has: sheets });
        }
        return Ok((named.clone(), source.head(named, true)?));
    }
    let mut best: Option<((bool, usize), String)> = None;
    for sheet in sheets {
        // Merged cells are looked up in the chosen sheet only: that walks through the whole of it.
        let head = source.head(&sheet, false)?;
        // An empty first sheet gives way to any later one with content.
        let rank = (!head.is_empty(), header::score(names, &head));
        if best.as_ref().is_none_or(|(best, _)| rank > *best) {
            best = Some((rank, sheet));
        }
    }
    let (_, sheet) = best.ok_or(IntakeError::NothingInIt)?;
    let head = source.head(&sheet, true)?;
    Ok((sheet, head))
}

fn header_notes(header: &Header, ledger: &Ledger) -> Vec<Trouble> {
    let mut notes = Vec::new();
    if header.row > 1 {
        notes.push(note::header_found(header.row));
    }
    for mapped in &header.mapping {
        match (&mapped.title, mapped.how) {
            (Some(title), Some(How::Alias | How::English | How::Given)) if *title != mapped.heading => {
                notes.push(note::heading_taken_as(&mapped.heading, title));
            }
            (None, None) if !header::is_never_data(&mapped.heading) => {
                notes.push(note::heading_unknown(&mapped.heading, mapped.near.as_deref()));
            }
            _ => {}
        }
    }
    let absent: Vec<String> = ledger
        .columns
        .iter()
        .zip(&header.places)
        .filter(|(_, at)| at.is_none())
        .map(|(column, _)| column.title.clone())
        .collect();
    if !absent.is_empty() {
        notes.push(note::columns_absent(&absent));
    }
    notes
}

/// One walk over the rows below the header.
struct Pass<'a> {
    reader: RowReader<'a>,
    /// By place in the sheet.
    has_heading: Vec<bool>,
    keys: Keys,
    tally: Tally,
    rows_max: u64,
}

/// What was seen and left out.
#[derive(Default)]
struct Tally {
    rows: u64,
    blanks: u64,
    totals: Rows,
    remarks: Rows,
    repeats: Rows,
    without_heading: Vec<usize>,
}

impl Pass<'_> {
    fn take(&mut self, row: Row, on: &mut dyn FnMut(Outcome)) -> Result<(), IntakeError> {
        match self.reader.kind(&row) {
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
        }
        self.tally.rows += 1;
        if self.tally.rows > self.rows_max {
            return Err(IntakeError::TooManyRows { rows_max: self.rows_max });
        }
        self.see_cells_without_heading(&row);
        let outcome = self.reader.read(&row);
        let Outcome::Row(good) = outcome else {
            on(outcome);
            return Ok(());
        };
        match self.keys.meet(row.number, &good.values) {
            Met::New => on(Outcome::Row(good)),
            Met::SameRow => self.tally.repeats.push(row.number),
            Met::OtherRow(first) => {
                let column = self.keys.column().map(|i| self.reader.ledger.columns[i].name.as_str());
                let problem = self.reader.problem(&row, column, problem::key_twice(first));
                on(Outcome::Reject(RejectedRow { row: row.number, raw: good.raw, problems: vec![problem] }));
            }
        }
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
    fn notes(self) -> Vec<Trouble> {
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
        if self.repeats.count > 0 {
            notes.push(note::repeats_skipped(&self.repeats));
        }
        if self.blanks > 0 {
            notes.push(note::blanks_skipped(self.blanks));
        }
        notes
    }
}
