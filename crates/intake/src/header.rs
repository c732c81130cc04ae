//! Which row is the header, and which of its cells is which column.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_pack::Ledger;

use crate::cell::{Epoch, Row};
use crate::error::{ColumnsTrouble, MissingColumn, Twice};
use crate::heading::{How, Names, nearest_heading, nearest_text, norm};
use crate::note::letters;
use crate::parse::{Assign, Heading, Options};
use crate::{IntakeError, Mapped};

/// A header that was found and understood.
pub(crate) struct Header {
    /// 1-based.
    pub row: u32,
    /// Every heading, in the order of the sheet.
    pub mapping: Vec<Mapped>,
    /// By column of the ledger: its place in the sheet.
    pub places: Vec<Option<usize>>,
}

/// Headings of the columns that people and we ourselves add for counting and marking; they are never data.
pub(crate) const OUR_ROW: &str = "原表行";
/// See [`OUR_ROW`].
pub(crate) const OUR_REASON: &str = "要改什么";
const NEVER_DATA: [&str; 5] = ["序号", "编号序号", "no.", OUR_ROW, OUR_REASON];

/// Whether the heading is that of a counting or marking column.
pub(crate) fn is_never_data(heading: &str) -> bool {
    let heading = norm(heading);
    NEVER_DATA.iter().any(|name| norm(name) == heading)
}

/// How many columns of the ledger the best row of some recognises.
pub(crate) fn score(names: &Names, rows: &[Row]) -> usize {
    rows.iter().map(|row| recognised(names, row)).max().unwrap_or(0)
}

/// The row that looks most like the header, how many columns it recognises, and whether the required ones are there.
pub(crate) fn look(head: &[Row], ledger: &Ledger, names: &Names) -> Option<(u32, usize, bool)> {
    let row = header_row(head, names, None)?;
    let mapping = map(row, ledger, names);
    let found = |name: &str| mapping.iter().any(|mapped| mapped.column.as_deref() == Some(name));
    let must = ledger.columns.iter().filter(|column| column.required || ledger.key.contains(&column.name));
    Some((row.number, recognised(names, row), must.into_iter().all(|column| found(&column.name))))
}

fn recognised(names: &Names, row: &Row) -> usize {
    let columns: BTreeSet<usize> = row
        .cells
        .iter()
        .filter_map(|cell| names.recognise(&cell.raw(Epoch::default())))
        .map(|(column, _)| column)
        .collect();
    columns.len()
}

/// Finds and reads the header among the first rows of a sheet, or says what it lacks.
pub(crate) fn find(
    sheet: &str,
    head: &[Row],
    ledger: &Ledger,
    names: &Names,
    options: &Options,
) -> Result<Header, IntakeError> {
    let row = header_row(head, names, options.header_row).ok_or(IntakeError::NothingInIt)?;
    let mut mapping = map(row, ledger, names);
    assign(&mut mapping, ledger, &options.columns)?;
    let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, mapped) in mapping.iter().enumerate() {
        if let Some(column) = mapped.column.as_deref().and_then(|name| ledger.position(name)) {
            places.entry(column).or_default().push(i);
        }
    }
    // A heading that the caller assigned wins over those that were only recognised.
    for headings in places.values_mut() {
        if let Some(given) = headings.iter().copied().find(|i| mapping[*i].how == Some(How::Given)) {
            headings.retain(|i| *i == given);
        }
    }
    let chosen: BTreeSet<usize> = places.values().flatten().copied().collect();
    for (_, passed_over) in mapping.iter_mut().enumerate().filter(|(i, _)| !chosen.contains(i)) {
        if passed_over.column.take().is_some() {
            // Left out because the caller chose another heading for its column.
            (passed_over.title, passed_over.how) = (None, Some(How::Given));
        }
    }
    let twice = twice(&mapping, &places, ledger);
    let missing = missing(&mapping, &places, ledger);
    if !twice.is_empty() || !missing.is_empty() {
        let below = head.iter().filter(|below| below.number > row.number).take(3);
        return Err(IntakeError::Columns(Box::new(ColumnsTrouble {
            sheet: sheet.to_owned(),
            header_row: row.number,
            mapping,
            missing,
            twice,
            sample: below.map(|row| row.cells.iter().map(|cell| cell.raw(Epoch::default())).collect()).collect(),
        })));
    }
    let places =
        (0..ledger.columns.len()).map(|i| places.get(&i).and_then(|headings| headings.first()).map(|i| mapping[*i].at));
    Ok(Header { row: row.number, places: places.collect(), mapping })
}

/// The given row, or the one that recognises most columns; else the first with two cells, so that the caller can assign.
fn header_row<'a>(head: &'a [Row], names: &Names, given: Option<u32>) -> Option<&'a Row> {
    if let Some(given) = given {
        return head.iter().find(|row| row.number == given);
    }
    let best = head
        .iter()
        // Headings merged over two rows stand in both: the lower row is the header, the data begin below it.
        .map(|row| ((recognised(names, row), row.filled.len()), row))
        .filter(|((recognised, _), _)| *recognised > 0)
        // Of equals the first: `max_by_key` would keep the last.
        .rev()
        .max_by_key(|(rank, _)| *rank)
        .map(|(_, row)| row);
    let filled = |row: &&Row| row.cells.iter().filter(|cell| !cell.is_blank()).count() >= 2;
    best.or_else(|| head.iter().find(filled)).or_else(|| head.first())
}

fn map(row: &Row, ledger: &Ledger, names: &Names) -> Vec<Mapped> {
    let mut mapping = Vec::new();
    for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
        let heading = cell.raw(Epoch::default()).trim().to_owned();
        let found = if is_never_data(&heading) { None } else { names.recognise(&heading) };
        let near = match found {
            None if !is_never_data(&heading) => names.nearest(&heading).map(|i| ledger.columns[i].title.clone()),
            _ => None,
        };
        mapping.push(Mapped {
            at,
            letters: letters(at),
            column: found.map(|(i, _)| ledger.columns[i].name.clone()),
            title: found.map(|(i, _)| ledger.columns[i].title.clone()),
            how: found.map(|(_, how)| how),
            heading,
            near,
        });
    }
    mapping
}

/// Applies what the caller said about headings.
fn assign(mapping: &mut [Mapped], ledger: &Ledger, given: &[Assign]) -> Result<(), IntakeError> {
    for Assign { heading, column } in given {
        let place = match heading {
            Heading::At(at) => mapping.iter().position(|mapped| mapped.at == *at),
            Heading::Named(name) => {
                let name = norm(name);
                mapping.iter().position(|mapped| norm(&mapped.heading) == name)
            }
        };
        let Some(place) = place else {
            let name = match heading {
                Heading::At(at) => letters(*at),
                Heading::Named(name) => name.clone(),
            };
            let near = nearest_text(&name, mapping.iter().map(|mapped| mapped.heading.as_str())).map(str::to_owned);
            return Err(IntakeError::NoSuchColumn { name, near });
        };
        let mapped = &mut mapping[place];
        mapped.near = None;
        let Some(column) = column else {
            (mapped.column, mapped.title, mapped.how) = (None, None, Some(How::Given));
            continue;
        };
        let Some(known) = ledger.columns.iter().find(|known| known.name == *column || known.title == *column) else {
            let names = ledger.columns.iter().map(|known| known.name.as_str());
            let near = nearest_text(column, names).map(str::to_owned);
            return Err(IntakeError::NoSuchColumn { name: column.clone(), near });
        };
        mapped.column = Some(known.name.clone());
        mapped.title = Some(known.title.clone());
        mapped.how = Some(How::Given);
    }
    Ok(())
}

fn twice(mapping: &[Mapped], places: &BTreeMap<usize, Vec<usize>>, ledger: &Ledger) -> Vec<Twice> {
    places
        .iter()
        .filter(|(_, headings)| headings.len() > 1)
        .map(|(column, headings)| Twice {
            name: ledger.columns[*column].name.clone(),
            title: ledger.columns[*column].title.clone(),
            headings: headings.iter().map(|i| format!("{}“{}”", mapping[*i].letters, mapping[*i].heading)).collect(),
        })
        .collect()
}

fn missing(mapping: &[Mapped], places: &BTreeMap<usize, Vec<usize>>, ledger: &Ledger) -> Vec<MissingColumn> {
    let free = || mapping.iter().filter(|mapped| mapped.column.is_none() && !is_never_data(&mapped.heading));
    ledger
        .columns
        .iter()
        .enumerate()
        .filter(|(i, column)| (column.required || ledger.key.contains(&column.name)) && !places.contains_key(i))
        .map(|(_, column)| MissingColumn {
            name: column.name.clone(),
            title: column.title.clone(),
            near: nearest_heading(column, free().map(|mapped| mapped.heading.as_str())).map(str::to_owned),
        })
        .collect()
}
