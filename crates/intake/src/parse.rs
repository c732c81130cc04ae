//! A clerk's file and a ledger's columns become rows: the one way in for packs' ledgers and casework's sheets.

use std::ops::ControlFlow;
use std::path::Path;

use mingcha_domain::Trouble;
use mingcha_pack::Ledger;

use crate::cell::Row;
use crate::header::{self, Header};
use crate::header_note::{header_notes, hidden_notes};
use crate::heading::Names;
use crate::keys;
use crate::pass::Pass;
use crate::source::Source;
use crate::{IntakeError, Limits, Outcome, Parsed, Summary, note, template_version};

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
    let Summary { sheet, header_row, mapping, notes, .. } = summary;
    let mut parsed = Parsed { sheet, header_row, mapping, notes, ..parsed };
    keys_met_twice(&mut parsed, ledger);
    Ok(parsed)
}

/// A row that repeats an earlier one is left out; of rows that have one key and differ nobody knows which is right.
fn keys_met_twice(parsed: &mut Parsed, ledger: &Ledger) {
    let key: Vec<usize> = ledger.key.iter().filter_map(|name| ledger.position(name)).collect();
    let twice = keys::twice(&key, parsed.rows.iter().map(|row| (row.row, row.values.as_slice())));
    if twice == keys::KeysTwice::default() {
        return;
    }
    let others = twice.others();
    for row in std::mem::take(&mut parsed.rows) {
        if let Some(other) = others.get(&row.row) {
            parsed.rejects.push(keys::must_differ(ledger, &parsed.mapping, row, *other));
        } else if twice.repeats.binary_search(&row.row).is_err() {
            parsed.rows.push(row);
        }
    }
    parsed.rejects.sort_by_key(|reject| reject.row);
    parsed.duplicated = twice.repeats.len() as u64;
    parsed.notes.extend(twice.note());
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

/// Reads a file row by row; `on` is handed each row that can go in and each that must be mended, in their order. Each row
/// stands for itself: keys that come twice are the caller's to see.
///
/// When an error is returned, rows may have been handed over already: nothing of them may be kept.
pub fn parse_each(
    bytes: &[u8],
    ledger: &Ledger,
    options: &Options,
    on: &mut dyn FnMut(Outcome),
) -> Result<Summary, IntakeError> {
    let Begun { mut source, sheet, header, mut notes } = begin(bytes, ledger, options)?;
    let mut pass = Pass::new(ledger, &header, (source.epoch(), source.is_text()), options.limits.rows);
    source.each_row(&sheet, true, &mut |row| {
        if row.number > header.row {
            pass.take(row, on)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if pass.tally.rows == 0 {
        return Err(IntakeError::NoRows { header_row: header.row });
    }
    notes.extend(pass.tally.notes());
    Ok(Summary { sheet, header_row: header.row, mapping: header.mapping, notes })
}

/// How many other sheets that fit are told; a workbook may have one for each day.
const FITTING_TOLD_MAX: usize = 5;

/// A file that was opened, its header found.
pub(crate) struct Begun<'a> {
    pub source: Source<'a>,
    pub sheet: String,
    pub header: Header,
    pub notes: Vec<Trouble>,
}

/// Opens what the bytes are and finds the sheet and its header. Of a text file the first lines are enough.
pub(crate) fn begin<'a>(bytes: &'a [u8], ledger: &Ledger, options: &Options) -> Result<Begun<'a>, IntakeError> {
    let names = Names::of(ledger);
    let mut source = Source::open(bytes, &options.limits, &|rows| header::score(&names, rows))?;
    let Chosen { sheet, head, fitting } = choose_sheet(&mut source, ledger, &names, options)?;
    let header_row = options.header_row.or(source.header_row());
    let header = header::find(&sheet, &head, ledger, &names, &Options { header_row, ..options.clone() })?;
    check_nested(&source, &header)?;
    let mut notes = Vec::new();
    let others: Vec<String> = source.sheets().into_iter().filter(|other| *other != sheet).collect();
    if let Source::Delimited(text) = &source {
        notes.push(note::text_read(text.encoding, &text.delimiter_name()));
    } else if !others.is_empty() {
        notes.push(note::sheet_chosen(&sheet, &told(&mut source, others)?));
        notes.extend(fitting);
    }
    notes.extend(header_notes(&header, ledger));
    notes.extend(template_version::note_of(bytes, ledger, &header));
    notes.extend(hidden_notes(&sheet, &source.hidden(&sheet)?, &header));
    Ok(Begun { source, sheet, header, notes })
}

/// Refuses a file in which a column that is to be read holds records or lists.
fn check_nested(source: &Source<'_>, header: &Header) -> Result<(), IntakeError> {
    let nested = source.nested();
    match header.mapping.iter().find(|mapped| mapped.column.is_some() && nested.contains(&mapped.at)) {
        Some(mapped) => Err(IntakeError::NestedColumn {
            heading: mapped.heading.clone(),
            column: mapped.title.clone().unwrap_or_default(),
        }),
        None => Ok(()),
    }
}

/// Names of sheets that are not read, the hidden ones marked: who looks at the workbook does not see them.
fn told(source: &mut Source<'_>, sheets: Vec<String>) -> Result<Vec<String>, IntakeError> {
    let mark = |sheet: String| {
        let is_hidden = source.hidden(&sheet)?.sheet;
        Ok(if is_hidden { format!("{sheet}（隐藏）") } else { sheet })
    };
    sheets.into_iter().map(mark).collect()
}

/// The sheet to read.
struct Chosen {
    sheet: String,
    /// Its first rows, merged cells filled.
    head: Vec<Row>,
    /// What is said about others that could be read as well.
    fitting: Vec<Trouble>,
}

/// The named sheet, or the one whose first rows recognise most columns; of equals the first.
fn choose_sheet(
    source: &mut Source<'_>,
    ledger: &Ledger,
    names: &Names,
    options: &Options,
) -> Result<Chosen, IntakeError> {
    let sheets = source.sheets();
    if let Some(named) = &options.sheet {
        if !sheets.contains(named) {
            return Err(IntakeError::NoSuchSheet { sheet: named.clone(), has: sheets });
        }
        return Ok(Chosen { sheet: named.clone(), head: source.head(named, true)?, fitting: Vec::new() });
    }
    let mut best: Option<((usize, usize), String)> = None;
    let mut fitting = Vec::new();
    for sheet in sheets {
        // Merged cells are looked up in the chosen sheet only: that walks through the whole of it.
        let head = source.head(&sheet, false)?;
        let found = header::look(&head, ledger, names);
        // When none has a known heading, a cover gives way to a table, and an empty sheet to any with content.
        let widest = head.iter().map(|row| row.cells.iter().filter(|cell| !cell.is_blank()).count()).max();
        let rank = (found.map_or(0, |(_, recognised, _)| recognised), widest.unwrap_or(0).min(2));
        if let Some((row, recognised, true)) = found {
            fitting.push((sheet.clone(), row, recognised));
        }
        if best.as_ref().is_none_or(|(best, _)| rank > *best) {
            best = Some((rank, sheet));
        }
    }
    let (_, sheet) = best.ok_or(IntakeError::NothingInIt)?;
    let head = source.head(&sheet, true)?;
    let fitting = fitting.into_iter().filter(|(other, ..)| *other != sheet).take(FITTING_TOLD_MAX);
    let fitting = fitting.map(|(other, row, recognised)| note::sheet_fits_too(&other, row, recognised)).collect();
    Ok(Chosen { sheet, head, fitting })
}
