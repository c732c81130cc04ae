//! The sheet itself, streamed: only the style of marked cells changes, and a cell that was not there is added empty.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Write};
use std::iter::Peekable;
use std::vec::IntoIter;

use quick_xml::Writer;
use quick_xml::events::{BytesStart, Event};

use super::Unpatchable;
use super::styles::{Look, Styles};
use super::xml::{Pass, attribute, begins, each, ends, local, local_of, look, number, prefix, put, with};
use crate::note::letters;

/// Row (1-based) and column (from 0) of a cell.
pub(super) type Place = (u32, u32);

/// What the sheet has that must be known before it is written.
#[derive(Default)]
pub(super) struct Facts {
    /// The relation of the drawing that shows its notes.
    pub(super) notes_drawing: Option<String>,
    /// Merged areas: first and last row, first and last column.
    merged: Vec<[u32; 4]>,
}

/// Looks through the sheet once.
pub(super) fn facts(sheet: impl BufRead) -> Result<Facts, Unpatchable> {
    let mut facts = Facts::default();
    look(sheet, |event, depth| {
        let Some(element) = begins(event) else { return Ok(()) };
        match (depth, local(element)) {
            (2, "legacyDrawing") => facts.notes_drawing = attribute(element, "id"),
            (3, "mergeCell") => {
                let area = attribute(element, "ref").unwrap_or_default();
                let (from, to) = area.split_once(':').unwrap_or((&area, &area));
                if let (Some(from), Some(to)) = (place(from), place(to)) {
                    facts.merged.push([from.0, to.0, from.1, to.1]);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(facts)
}

impl Facts {
    /// Where the content of a cell is seen: of a merged area, its first cell.
    pub(super) fn seen_at(&self, cells: impl Iterator<Item = Place>) -> BTreeMap<Place, Place> {
        let mut by_row: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (row, column) in cells {
            by_row.entry(row).or_default().insert(column);
        }
        let mut seen = BTreeMap::new();
        for [first_row, last_row, first, last] in &self.merged {
            for (row, columns) in by_row.range(*first_row..=(*last_row).max(*first_row)) {
                for column in columns.range(*first..=(*last).max(*first)) {
                    seen.insert((*row, *column), (*first_row, *first));
                }
            }
        }
        seen
    }
}

/// Elements that stand after the reference to the drawing of notes.
const AFTER_NOTES: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// Writes the sheet with these cells marked; cells that were marked before and are not among them are as they were.
/// `notes_drawing` is the id of a relation that the sheet must name.
pub(super) fn patch<W: Write>(
    sheet: impl BufRead,
    to: W,
    marked: &BTreeSet<Place>,
    styles: &mut Styles,
    notes_drawing: Option<&str>,
) -> Result<W, Unpatchable> {
    let mut pen = Pen {
        has_marks: styles.has_marks(),
        styles,
        column_styles: Vec::new(),
        p: String::new(),
        rows: rows_of(marked).into_iter().peekable(),
        cells: Vec::new().into_iter().peekable(),
        row: 0,
        column: 0,
        row_style: None,
    };
    let (mut in_data, mut past_data, mut named) = (false, false, notes_drawing.is_none());
    let written = each(sheet, to, |event, depth, writer| {
        if in_data {
            if let Event::End(end) = event
                && depth == 2
                && ends(end) == "sheetData"
            {
                pen.missing_rows(u32::MAX, writer)?;
                (in_data, past_data) = (false, true);
                return Ok(Pass::AsIs);
            }
            return pen.data(event, depth, writer);
        }
        if let Some(element) = begins(event) {
            match (depth, local(element)) {
                (1, _) => pen.p = prefix(element),
                (2, "sheetData") => {
                    if matches!(event, Event::Empty(_)) && !marked.is_empty() {
                        return Err(Unpatchable("no rows".to_owned()));
                    }
                    in_data = matches!(event, Event::Start(_));
                    past_data = !in_data;
                }
                (3, "col") => pen.column_style(element),
                (2, name) if past_data && !named && AFTER_NOTES.contains(&name) => {
                    named = pen.notes(notes_drawing, writer)?
                }
                _ => {}
            }
        }
        if depth == 1 && !named && matches!(event, Event::End(_)) {
            named = pen.notes(notes_drawing, writer)?;
        }
        Ok(Pass::AsIs)
    })?;
    if !named || pen.rows.peek().is_some() {
        return Err(Unpatchable("a sheet without rows".to_owned()));
    }
    Ok(written)
}

fn rows_of(marked: &BTreeSet<Place>) -> Vec<(u32, Vec<u32>)> {
    let mut rows: Vec<(u32, Vec<u32>)> = Vec::new();
    for (row, column) in marked {
        match rows.last_mut() {
            Some((last, columns)) if last == row => columns.push(*column),
            _ => rows.push((*row, vec![*column])),
        }
    }
    rows
}

struct Pen<'a> {
    styles: &'a mut Styles,
    /// Whether cells may have been marked before.
    has_marks: bool,
    /// First and last column (from 0), style.
    column_styles: Vec<(u32, u32, u32)>,
    /// The prefix of the sheet's own elements.
    p: String,
    /// Rows with marked cells that are still to come.
    rows: Peekable<IntoIter<(u32, Vec<u32>)>>,
    /// Marked cells of this row that are still to come.
    cells: Peekable<IntoIter<u32>>,
    row: u32,
    /// The column after the last cell.
    column: u32,
    row_style: Option<u32>,
}

impl Pen<'_> {
    fn data<W: Write>(&mut self, event: &Event<'_>, depth: usize, writer: &mut Writer<W>) -> Result<Pass, Unpatchable> {
        match event {
            Event::Start(element) | Event::Empty(element) if depth == 3 && local(element) == "row" => {
                let row = number(element, "r").unwrap_or(self.row + 1);
                self.missing_rows(row, writer)?;
                self.begin_row(row, element);
                if self.cells.peek().is_none() {
                    return Ok(Pass::AsIs);
                }
                writer.write_event(Event::Start(self.wide_enough(element)))?;
                if let Event::Empty(element) = event {
                    self.missing_cells(u32::MAX, writer)?;
                    writer.write_event(Event::End(element.to_end()))?;
                }
                Ok(Pass::Done)
            }
            Event::End(end) if depth == 3 && ends(end) == "row" => {
                self.missing_cells(u32::MAX, writer)?;
                Ok(Pass::AsIs)
            }
            Event::Start(element) | Event::Empty(element) if depth == 4 && local(element) == "c" => {
                if self.cells.peek().is_none() && !self.has_marks {
                    return Ok(Pass::AsIs);
                }
                let column = match attribute(element, "r").as_deref().and_then(place) {
                    Some((_, column)) => column,
                    None => self.column,
                };
                self.missing_cells(column, writer)?;
                self.column = column.saturating_add(1);
                let style = number(element, "s").unwrap_or(0);
                let is_marked = self.cells.next_if_eq(&column).is_some();
                if !is_marked && !self.styles.is_marked(style) {
                    return Ok(Pass::AsIs);
                }
                let seen = self.styles.seen(style, if is_marked { Look::Marked } else { Look::Plain });
                let styled = with(element, &[("s", seen.to_string())]);
                writer.write_event(match event {
                    Event::Empty(_) => Event::Empty(styled),
                    _ => Event::Start(styled),
                })?;
                Ok(Pass::Done)
            }
            _ => Ok(Pass::AsIs),
        }
    }

    fn begin_row(&mut self, row: u32, element: &BytesStart<'_>) {
        let is_styled = attribute(element, "customFormat").is_some_and(|yes| yes == "1" || yes == "true");
        self.row_style = is_styled.then(|| number(element, "s")).flatten();
        (self.row, self.column) = (row, 0);
        let columns = self.rows.next_if(|(next, _)| *next == row).map(|(_, columns)| columns);
        self.cells = columns.unwrap_or_default().into_iter().peekable();
    }

    /// Marked rows before this one, which the sheet does not have.
    fn missing_rows<W: Write>(&mut self, before: u32, writer: &mut Writer<W>) -> Result<(), Unpatchable> {
        while let Some((row, columns)) = self.rows.next_if(|(row, _)| *row < before) {
            (self.row, self.row_style) = (row, None);
            self.cells = columns.into_iter().peekable();
            put(writer, &format!("<{}row r=\"{row}\">", self.p))?;
            self.missing_cells(u32::MAX, writer)?;
            put(writer, &format!("</{}row>", self.p))?;
        }
        Ok(())
    }

    /// Marked cells before this one, which the row does not have.
    fn missing_cells<W: Write>(&mut self, before: u32, writer: &mut Writer<W>) -> Result<(), Unpatchable> {
        while let Some(column) = self.cells.next_if(|column| *column < before) {
            let of_column = self.column_styles.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
            let style = self.row_style.or(of_column.map(|(_, _, style)| *style)).unwrap_or(0);
            let seen = self.styles.seen(style, Look::Marked);
            put(writer, &format!("<{}c r=\"{}{}\" s=\"{seen}\"/>", self.p, letters(column as usize), self.row))?;
        }
        Ok(())
    }

    /// A row says how far its cells reach; that must be true also of the marked ones.
    fn wide_enough(&self, element: &BytesStart<'_>) -> BytesStart<'static> {
        let spans = attribute(element, "spans");
        let reach = spans.as_deref().and_then(|spans| spans.split_once(':'));
        let reach = reach.and_then(|(first, last)| Some((first.parse::<u32>().ok()?, last.parse::<u32>().ok()?)));
        let Some((first, last)) = reach else { return with(element, &[]) };
        let cells = self.cells.clone();
        let (first, last) = cells.fold((first, last), |(first, last), at| (first.min(at + 1), last.max(at + 1)));
        with(element, &[("spans", format!("{first}:{last}"))])
    }

    fn column_style(&mut self, element: &BytesStart<'_>) {
        if let (Some(first), Some(last), Some(style)) =
            (number(element, "min"), number(element, "max"), number(element, "style"))
        {
            self.column_styles.push((first.saturating_sub(1), last.saturating_sub(1), style));
        }
    }

    fn notes<W: Write>(&self, drawing: Option<&str>, writer: &mut Writer<W>) -> Result<bool, Unpatchable> {
        const NAMESPACE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        if let Some(id) = drawing {
            put(writer, &format!("<{}legacyDrawing xmlns:r=\"{NAMESPACE}\" r:id=\"{id}\"/>", self.p))?;
        }
        Ok(true)
    }
}

/// Row (1-based) and column (from 0) of a reference such as `AB12` or `$AB$12`.
pub(super) fn place(reference: &str) -> Option<Place> {
    let reference = local_of(reference).replace('$', "");
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (column, row) = reference.split_at(digits);
    let mut number: u32 = 0;
    for letter in column.bytes() {
        let value = letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?;
        number = number.checked_mul(26)?.checked_add(u32::from(value) + 1)?;
    }
    Some((row.parse().ok()?, number.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_place() {
        assert_eq!(place("A1"), Some((1, 0)));
        assert_eq!(place("$AB$12"), Some((12, 27)));
        assert_eq!(place("XFD1048576"), Some((1_048_576, 16_383)));
        for wrong in ["", "A", "12", "ZZZZZZZZZZ1", "Ä1"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
