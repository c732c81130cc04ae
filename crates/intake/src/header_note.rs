//! What the sender of a sheet should know about its header: where it is, what each heading was taken for, what is absent.

use mingcha_domain::Trouble;
use mingcha_pack::Ledger;

use crate::header::{Header, is_never_data};
use crate::heading::How;
use crate::source::Hidden;
use crate::unit::Scale;
use crate::{Mapped, note};

pub(crate) fn header_notes(header: &Header, ledger: &Ledger) -> Vec<Trouble> {
    let mut notes = Vec::new();
    if header.has_groups {
        notes.push(note::header_of_two_rows(header.row));
    } else if header.row > 1 {
        notes.push(note::header_found(header.row));
    }
    notes.extend(header.sheet_unit.clone());
    header.mapping.iter().for_each(|mapped| notes.extend(heading_note(mapped)));
    for mapped in &header.mapping {
        if let (Scale::Times(times), Some(title)) = (mapped.scale, &mapped.title) {
            notes.push(note::heading_unit(&mapped.heading, title, times));
        }
    }
    for shared in &header.shared {
        let at = |at: &usize| header.mapping.iter().find(|mapped| mapped.at == *at);
        let headings = shared.places.iter().filter_map(|(place, _)| at(place));
        let headings: Vec<String> = headings.map(|mapped| format!("{}“{}”", mapped.letters, mapped.heading)).collect();
        notes.push(note::headings_shared(&ledger.columns[shared.column].title, &headings));
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

/// What of the sheet is hidden and was read: itself, rows, and columns with a heading.
pub(crate) fn hidden_notes(sheet: &str, hidden: &Hidden, header: &Header) -> Vec<Trouble> {
    let mut notes = Vec::new();
    if hidden.sheet {
        notes.push(note::hidden_sheet(sheet));
    }
    if !hidden.rows.is_empty() {
        notes.push(note::hidden_rows(&hidden.rows));
    }
    let is_hidden = |mapped: &&Mapped| hidden.columns.contains(&mapped.at);
    let columns = header.mapping.iter().filter(is_hidden);
    let columns: Vec<String> = columns.map(|mapped| format!("{}“{}”", mapped.letters, mapped.heading)).collect();
    if !columns.is_empty() {
        notes.push(note::hidden_columns(&columns));
    }
    notes
}

fn heading_note(mapped: &Mapped) -> Option<Trouble> {
    match (&mapped.title, mapped.how) {
        (Some(title), Some(How::Given)) if mapped.scale == Scale::Other => {
            Some(note::heading_in_other_unit(&mapped.heading, title, true))
        }
        (Some(title), Some(How::Alias | How::English | How::Given)) if *title != mapped.heading => {
            Some(note::heading_taken_as(&mapped.heading, title))
        }
        // A title in other brackets (金额（必填）) is nothing to tell; below a group, what it was taken for is.
        (Some(title), Some(How::Title)) if mapped.heading.contains('/') && *title != mapped.heading => {
            Some(note::heading_taken_as(&mapped.heading, title))
        }
        (None, None) if !is_never_data(&mapped.heading) => match &mapped.near {
            Some(near) if mapped.scale == Scale::Other => {
                Some(note::heading_in_other_unit(&mapped.heading, near, false))
            }
            near => Some(note::heading_unknown(&mapped.heading, near.as_deref())),
        },
        _ => None,
    }
}
