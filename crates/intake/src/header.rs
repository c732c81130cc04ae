//! Which of a header's headings is which column: by its names, by what a person said, in which unit, and what is missing.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_domain::Trouble;
use mingcha_pack::Ledger;
use rust_decimal::Decimal;

use crate::cell::{Epoch, Row};
use crate::columns_trouble::{ColumnsTrouble, MissingColumn, Twice};
use crate::heading::{How, Names, nearest_heading, nearest_text, norm};
use crate::headrow::{self, HeadRow};
use crate::note::letters;
use crate::parse::{Assign, Heading, Options};
use crate::unit::{self, Scale, Unit};
use crate::{IntakeError, Mapped, note};

/// A header that was found and understood.
pub(crate) struct Header {
    /// The row below which the data begin, 1-based.
    pub row: u32,
    /// Whether the row above it belongs to it.
    pub has_groups: bool,
    /// Every heading, in the order of the sheet.
    pub mapping: Vec<Mapped>,
    /// By column of the ledger: its place in the sheet.
    pub places: Vec<Option<usize>>,
    /// By column of the ledger: what its numbers are multiplied by.
    pub times: Vec<Option<Decimal>>,
    /// Columns for which several headings stand; rows may be read as long as they say the same.
    pub shared: Vec<Shared>,
    /// What a row in which they differ is refused with.
    pub twice: Option<Box<ColumnsTrouble>>,
    /// The unit that a row above the table tells, and the headings it was taken for.
    pub sheet_unit: Option<Trouble>,
}

/// A column of the ledger for which several headings stand.
pub(crate) struct Shared {
    /// Its position in the ledger.
    pub column: usize,
    /// Where they stand, and what each one's numbers are multiplied by.
    pub places: Vec<(usize, Option<Decimal>)>,
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

/// How many columns of the ledger the best header among some rows names.
pub(crate) fn score(names: &Names, rows: &[Row]) -> usize {
    headrow::best(rows, names, None).map_or(0, |found| found.recognised)
}

/// The row that looks most like the header, how many columns it names, and whether the required ones are there.
pub(crate) fn look(head: &[Row], ledger: &Ledger, names: &Names) -> Option<(u32, usize, bool)> {
    let found = headrow::best(head, names, None)?;
    let mapping = map(&found, ledger, names);
    let has = |name: &str| mapping.iter().any(|mapped| mapped.column.as_deref() == Some(name));
    let mut must = ledger.columns.iter().filter(|column| column.required || ledger.key.contains(&column.name));
    Some((found.row, found.recognised, must.all(|column| has(&column.name))))
}

/// Finds and reads the header among the first rows of a sheet, or says what it lacks.
pub(crate) fn find(
    sheet: &str,
    head: &[Row],
    ledger: &Ledger,
    names: &Names,
    options: &Options,
) -> Result<Header, IntakeError> {
    let found = headrow::best(head, names, options.header_row).ok_or(match options.header_row {
        Some(row) if !head.is_empty() => IntakeError::NoHeaderThere { row },
        _ => IntakeError::NothingInIt,
    })?;
    let mut mapping = map(&found, ledger, names);
    assign(&mut mapping, ledger, &options.columns)?;
    let sheet_unit = apply_sheet_unit(&found, head, &mut mapping, ledger);
    let places = places(&mut mapping, ledger);
    let missing = missing(&mapping, &places, ledger);
    let twice = twice(&mapping, &places, ledger);
    let is_twice = !twice.is_empty();
    let trouble = (is_twice || !missing.is_empty()).then(|| {
        let below = head.iter().filter(|below| below.number > found.row).take(3);
        Box::new(ColumnsTrouble {
            sheet: sheet.to_owned(),
            header_row: found.row,
            mapping: mapping.clone(),
            twice,
            sample: below.map(|row| row.cells.iter().map(|cell| cell.raw(Epoch::default())).collect()).collect(),
            missing,
        })
    });
    let trouble = match trouble {
        Some(trouble) if !trouble.missing.is_empty() => return Err(IntakeError::Columns(trouble)),
        trouble => trouble,
    };
    let place = |i: &usize| (mapping[*i].at, times(mapping[*i].scale));
    let first = |column: usize| places.get(&column).and_then(|headings| headings.first()).map(place);
    let columns = 0..ledger.columns.len();
    let several = places.iter().filter(|(_, headings)| headings.len() > 1);
    Ok(Header {
        row: found.row,
        has_groups: found.has_groups,
        places: columns.clone().map(|column| first(column).map(|(at, _)| at)).collect(),
        times: columns.map(|column| first(column).and_then(|(_, times)| times)).collect(),
        shared: several
            .map(|(column, headings)| Shared { column: *column, places: headings.iter().map(place).collect() })
            .collect(),
        twice: trouble,
        sheet_unit,
        mapping,
    })
}

fn times(scale: Scale) -> Option<Decimal> {
    match scale {
        Scale::Times(times) => Some(times),
        Scale::Same | Scale::Other => None,
    }
}

/// The headings of each column, by their index in the mapping.
fn places(mapping: &mut [Mapped], ledger: &Ledger) -> BTreeMap<usize, Vec<usize>> {
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
    places
}

fn map(found: &HeadRow, ledger: &Ledger, names: &Names) -> Vec<Mapped> {
    let columns = headrow::recognise(&found.headings, names);
    let mapped = found.headings.iter().zip(columns).map(|(heading, found)| {
        let is_data = !is_never_data(&heading.own);
        let found = found.filter(|_| is_data);
        let group = || heading.group.as_deref().and_then(Unit::in_heading);
        let unit = Unit::in_heading(&heading.own).or_else(group);
        let scale = match (unit, found) {
            (Some(unit), Some((i, _))) => unit::scale(unit, &ledger.columns[i]),
            _ => Scale::Same,
        };
        // In another unit it is not that column, however alike the words.
        let other_unit = found.filter(|_| scale == Scale::Other).map(|(i, _)| i);
        let found = found.filter(|_| scale != Scale::Other);
        let near = match found {
            None if is_data => other_unit.or_else(|| names.nearest(&heading.own)),
            _ => None,
        };
        Mapped {
            at: heading.at,
            letters: letters(heading.at),
            heading: heading.text(),
            column: found.map(|(i, _)| ledger.columns[i].name.clone()),
            title: found.map(|(i, _)| ledger.columns[i].title.clone()),
            how: found.map(|(_, how)| how),
            near: near.map(|i| ledger.columns[i].title.clone()),
            scale,
        }
    });
    mapped.collect()
}

/// Applies what the caller said about headings.
fn assign(mapping: &mut [Mapped], ledger: &Ledger, given: &[Assign]) -> Result<(), IntakeError> {
    for Assign { heading, column } in given {
        let place = match heading {
            Heading::At(at) => mapping.iter().position(|mapped| mapped.at == *at),
            Heading::Named(name) => named(mapping, name),
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
        (mapped.near, mapped.scale) = (None, Scale::Same);
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
        // The person chose the column; a unit that can be converted still is, and any other is told.
        mapped.scale = Unit::in_heading(&mapped.heading).map_or(Scale::Same, |unit| unit::scale(unit, known));
    }
    Ok(())
}

/// The heading of that name: the whole of it, or its own part below a group.
fn named(mapping: &[Mapped], name: &str) -> Option<usize> {
    let name = norm(name);
    let own = |heading: &str| heading.rsplit_once('/').is_some_and(|(_, own)| norm(own) == name);
    let find = |same: &dyn Fn(&str) -> bool| mapping.iter().position(|mapped| same(&mapped.heading));
    find(&|heading| norm(heading) == name).or_else(|| find(&own))
}

/// 单位：万元 above the table is meant for every heading over money that has no unit of its own.
fn apply_sheet_unit(found: &HeadRow, head: &[Row], mapping: &mut [Mapped], ledger: &Ledger) -> Option<Trouble> {
    let first = found.row - u32::from(found.has_groups);
    let above = head.iter().filter(|row| row.number < first).flat_map(|row| &row.cells);
    let texts: Vec<String> = above.map(|cell| cell.raw(Epoch::default())).collect();
    let (unit, said) = unit::for_sheet(texts.iter().map(String::as_str))?;
    let mut taken_for = Vec::new();
    for mapped in mapping.iter_mut().filter(|mapped| Unit::in_heading(&mapped.heading).is_none()) {
        let column = mapped.column.as_deref().and_then(|name| ledger.column(name));
        let is_money = |column: &&mingcha_pack::Column| Unit::of_column(column).is_some_and(Unit::is_money);
        let Some(column) = column.filter(is_money) else { continue };
        mapped.scale = unit::scale(unit, column);
        if mapped.scale != Scale::Same {
            taken_for.push(mapped.heading.clone());
        }
    }
    (!taken_for.is_empty()).then(|| note::sheet_unit(&said, &taken_for))
}

fn twice(mapping: &[Mapped], places: &BTreeMap<usize, Vec<usize>>, ledger: &Ledger) -> Vec<Twice> {
    places
        .iter()
        .filter(|(_, headings)| headings.len() > 1)
        .map(|(column, headings)| Twice {
            name: ledger.columns[*column].name.clone(),
            title: ledger.columns[*column].title.clone(),
            headings: headings.iter().map(|i| format!("{}“{}”", mapping[*i].letters, mapping[*i].heading)).collect(),
            differ: None,
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
