//! Notes in cells: those that are there are kept and get our words added below; our earlier words are taken off first.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesText, Event};

use super::Unpatchable;
use super::sheet::{Place, place};
use super::xml::{Pass, attribute, begins, each, ends, local, look, number, prefix, prefix_of, put, text};
use crate::note::letters;

/// Who wrote a note, and how our part of another's note begins.
pub(super) const AUTHOR: &str = "明察核对";

const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors/><commentList/></comments>";

/// The notes of a sheet as they are written.
pub(super) struct Notes {
    pub(super) document: Vec<u8>,
    /// Cells whose note was ours alone and is gone.
    pub(super) gone: BTreeSet<Place>,
}

/// Writes the notes of a sheet with ours added.
pub(super) fn patch(had: Option<&[u8]>, ours: &BTreeMap<Place, String>) -> Result<Notes, Unpatchable> {
    let document = had.unwrap_or(EMPTY.as_bytes());
    let authors = authors(document)?;
    let known = authors.iter().position(|author| author == AUTHOR);
    let mut pen =
        Pen { ours, left: ours.clone(), us: known.unwrap_or(authors.len()), one: Vec::new(), gone: BTreeSet::new() };
    let written = each(document, Vec::with_capacity(document.len()), |event, depth, writer| {
        if !pen.one.is_empty() {
            pen.one.push(event.borrow().into_owned());
            if depth == 3 && matches!(event, Event::End(_)) {
                pen.rewrite(writer)?;
            }
            return Ok(Pass::Done);
        }
        match event {
            Event::Empty(element) if depth == 2 && ["authors", "commentList"].contains(&local(element)) => {
                writer.write_event(Event::Start(element.borrow()))?;
                pen.finish(local(element), known, &prefix(element), writer)?;
                writer.write_event(Event::End(element.to_end()))?;
                Ok(Pass::Done)
            }
            Event::Start(element) if depth == 3 && local(element) == "comment" => {
                pen.one.push(event.borrow().into_owned());
                Ok(Pass::Done)
            }
            Event::End(end) if depth == 2 => {
                pen.finish(ends(end), known, &prefix_of(end.name().into_inner()), writer)?;
                Ok(Pass::AsIs)
            }
            _ => Ok(Pass::AsIs),
        }
    })?;
    if !pen.left.is_empty() {
        return Err(Unpatchable("notes without a list".to_owned()));
    }
    Ok(Notes { document: written, gone: pen.gone })
}

fn authors(document: &[u8]) -> Result<Vec<String>, Unpatchable> {
    let mut authors = Vec::new();
    let mut inside = false;
    look(document, |event, depth| {
        match event {
            Event::Start(element) | Event::Empty(element) if depth == 3 && local(element) == "author" => {
                authors.push(String::new());
                inside = matches!(event, Event::Start(_));
            }
            Event::End(_) if depth == 3 => inside = false,
            Event::Text(text) if inside => {
                if let Some(author) = authors.last_mut() {
                    author.push_str(&text.xml10_content());
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(authors)
}

struct Pen<'a> {
    ours: &'a BTreeMap<Place, String>,
    /// Notes that are still to be written.
    left: BTreeMap<Place, String>,
    /// Our number among the authors.
    us: usize,
    /// The events of the note that is being read.
    one: Vec<Event<'static>>,
    gone: BTreeSet<Place>,
}

impl Pen<'_> {
    /// Writes what is added at the end of the list of authors, or of notes.
    fn finish<W: Write>(
        &mut self,
        list: &str,
        known: Option<usize>,
        p: &str,
        writer: &mut Writer<W>,
    ) -> Result<(), Unpatchable> {
        if list == "authors" && known.is_none() {
            put(writer, &format!("<{p}author>{AUTHOR}</{p}author>"))?;
        }
        if list == "commentList" {
            for ((row, column), said) in std::mem::take(&mut self.left) {
                let (cell, us) = (format!("{}{row}", letters(column as usize)), self.us);
                put(writer, &format!("<{p}comment ref=\"{cell}\" authorId=\"{us}\"><{p}text>"))?;
                put(writer, &words(p, &format!("{AUTHOR}：{said}")))?;
                put(writer, &format!("</{p}text></{p}comment>"))?;
            }
        }
        Ok(())
    }

    /// Writes the note that was read: without our earlier words, with those of now.
    fn rewrite<W: Write>(&mut self, writer: &mut Writer<W>) -> Result<(), Unpatchable> {
        let mut events = std::mem::take(&mut self.one);
        let Some(head) = events.first().and_then(begins) else { return Ok(()) };
        let at = attribute(head, "ref").as_deref().and_then(place);
        if number(head, "authorId").is_some_and(|author| author as usize == self.us) {
            // Ours alone; where there is something to say again, it is written with the others at the end.
            self.gone.extend(at.filter(|at| !self.ours.contains_key(at)));
            return Ok(());
        }
        let (p, said) = (prefix(head), at.and_then(|at| self.left.remove(&at)));
        take_off(&mut events);
        let Some(said) = said else {
            return Ok(events.into_iter().try_for_each(|event| writer.write_event(event))?);
        };
        let said = words(&p, &format!("\n{AUTHOR}：{said}"));
        let goes_before = events.iter().position(ends_words).unwrap_or(events.len());
        let mut in_run = false;
        for (i, event) in events.into_iter().enumerate() {
            if i == goes_before && !matches!(event, Event::Empty(_)) {
                put(writer, &said)?;
            }
            match &event {
                Event::Empty(element) if i == goes_before && local(element) == "text" => {
                    writer.write_event(Event::Start(element.borrow()))?;
                    put(writer, &said)?;
                    writer.write_event(Event::End(element.to_end()))?;
                }
                // A single text becomes a run, so that another may follow.
                Event::Start(element) if local(element) == "t" && !in_run => {
                    put(writer, &format!("<{p}r>"))?;
                    writer.write_event(event)?;
                }
                Event::End(end) if ends(end) == "t" && !in_run => {
                    writer.write_event(event)?;
                    put(writer, &format!("</{p}r>"))?;
                }
                Event::Start(element) if ["r", "rPh"].contains(&local(element)) => {
                    in_run = true;
                    writer.write_event(event)?;
                }
                Event::End(end) if ["r", "rPh"].contains(&ends(end)) => {
                    in_run = false;
                    writer.write_event(event)?;
                }
                _ => writer.write_event(event)?,
            }
        }
        Ok(())
    }
}

/// Whether the words of a note are over: before its end, or before what says how they are pronounced.
fn ends_words(event: &Event<'_>) -> bool {
    match event {
        Event::End(end) => ends(end) == "text",
        Event::Empty(element) => ["text", "phoneticPr"].contains(&local(element)),
        Event::Start(element) => ["rPh", "phoneticPr"].contains(&local(element)),
        _ => false,
    }
}

/// Takes our earlier words off another's note: they are its last.
fn take_off(events: &mut Vec<Event<'static>>) {
    let ours = format!("{AUTHOR}：");
    let found = events.iter().enumerate().find_map(|(i, event)| match event {
        Event::Text(text) => text.find(&ours).map(|from| (i, text[..from].trim_end_matches(['\n', '\r']).to_owned())),
        _ => None,
    });
    let (Some((at, before)), Some(end)) = (found, events.iter().position(ends_words)) else { return };
    let run = events[..at].iter().rposition(|event| begins(event).is_some_and(|element| local(element) == "r"));
    match run {
        Some(run) if before.is_empty() => {
            events.drain(run..end);
        }
        _ => {
            let closed = events[at + 1..end].iter().take_while(|event| matches!(event, Event::End(_))).count();
            events.drain(at + 1 + closed..end);
            events[at] = Event::Text(BytesText::from_escaped(before));
        }
    }
}

fn words(p: &str, said: &str) -> String {
    format!(
        "<{p}r><{p}rPr><{p}sz val=\"9\"/><{p}color rgb=\"FFB3261E\"/><{p}rFont val=\"宋体\"/></{p}rPr>\
         <{p}t xml:space=\"preserve\">{}</{p}t></{p}r>",
        text(said)
    )
}
