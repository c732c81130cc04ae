//! Reading and writing XML event by event, so that whatever is not changed is written as it stood.

use std::io::{BufRead, Write};

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::Unpatchable;

impl From<quick_xml::Error> for Unpatchable {
    fn from(why: quick_xml::Error) -> Self {
        Self(why.to_string())
    }
}

impl From<std::io::Error> for Unpatchable {
    fn from(why: std::io::Error) -> Self {
        Self(why.to_string())
    }
}

/// What becomes of an event that passes by.
pub(super) enum Pass {
    /// It is written as it stood.
    AsIs,
    /// Something was written instead of it, or it is left out.
    Done,
}

/// Hands over every event with its depth (the root has 1) and writes those that are to pass.
pub(super) fn each<R: BufRead, W: Write>(
    from: R,
    to: W,
    mut on: impl FnMut(&Event<'_>, usize, &mut Writer<W>) -> Result<Pass, Unpatchable>,
) -> Result<W, Unpatchable> {
    let mut reader = Reader::from_reader(from);
    let mut writer = Writer::new(to);
    let mut buffer = Vec::new();
    let mut depth = 0;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer)?;
        let here = match &event {
            Event::Start(_) => {
                depth += 1;
                depth
            }
            Event::Empty(_) => depth + 1,
            Event::End(_) => {
                depth -= 1;
                depth + 1
            }
            // Entities of its own are nothing that a workbook has.
            Event::DocType(_) => return Err(Unpatchable("a document type".to_owned())),
            Event::Eof => return Ok(writer.into_inner()),
            _ => depth,
        };
        if let Pass::AsIs = on(&event, here, &mut writer)? {
            writer.write_event(event)?;
        }
    }
}

/// Hands over every event; nothing is written.
pub(super) fn look(
    from: impl BufRead,
    mut on: impl FnMut(&Event<'_>, usize) -> Result<(), Unpatchable>,
) -> Result<(), Unpatchable> {
    each(from, std::io::sink(), |event, depth, _| {
        on(event, depth)?;
        Ok(Pass::Done)
    })?;
    Ok(())
}

/// The element that begins here, whether it has content or not.
pub(super) fn begins<'e, 'i>(event: &'e Event<'i>) -> Option<&'e BytesStart<'i>> {
    match event {
        Event::Start(element) | Event::Empty(element) => Some(element),
        _ => None,
    }
}

/// Name without prefix.
pub(super) fn local<'e>(element: &'e BytesStart<'_>) -> &'e str {
    local_of(element.name().into_inner())
}

/// Name without prefix.
pub(super) fn local_of(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Name without prefix of the element that ends here.
pub(super) fn ends<'e>(element: &'e BytesEnd<'_>) -> &'e str {
    local_of(element.name().into_inner())
}

/// The prefix of an element with its colon, to be put before the names of those that are added beside it.
pub(super) fn prefix(element: &BytesStart<'_>) -> String {
    prefix_of(element.name().into_inner())
}

/// The prefix of a name with its colon.
pub(super) fn prefix_of(name: &str) -> String {
    name.rsplit_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"))
}

/// The value of an attribute, by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|found| local_of(found.key.into_inner()) == name)?;
    Some(match quick_xml::escape::unescape(&found.value) {
        Ok(value) => value.into_owned(),
        Err(_) => found.value.into_owned(),
    })
}

/// The value of an attribute that is a number.
pub(super) fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// The element with some attributes of other values; those it lacks are added.
pub(super) fn with(element: &BytesStart<'_>, set: &[(&str, String)]) -> BytesStart<'static> {
    let mut content = element.name().into_inner().to_owned();
    let name_len = content.len();
    let mut push = |name: &str, value: &str| {
        let quote = if value.contains('"') { '\'' } else { '"' };
        content.push_str(&format!(" {name}={quote}{value}{quote}"));
    };
    for found in element.attributes().with_checks(false).flatten() {
        let name = found.key.into_inner();
        if !set.iter().any(|(changed, _)| *changed == name) {
            push(name, &found.value);
        }
    }
    set.iter().for_each(|(name, value)| push(name, &text(value)));
    BytesStart::from_content(content, name_len)
}

/// A text as XML has it; what XML cannot have is left out, and what a spreadsheet would take for an escaped character
/// (`_x000D_`) is escaped itself.
pub(super) fn text(text: &str) -> String {
    let fits = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    let clean: String = text.chars().filter(fits).collect();
    quick_xml::escape::escape(clean.as_str()).replace("_x", "_x005F_x").replace('\r', "&#13;")
}

/// Writes markup of our own.
pub(super) fn put<W: Write>(writer: &mut Writer<W>, markup: &str) -> Result<(), Unpatchable> {
    Ok(writer.get_mut().write_all(markup.as_bytes())?)
}

/// A document with markup of our own before the end of its root; `markup` is given the root's prefix.
pub(super) fn before_end(document: &[u8], markup: impl Fn(&str) -> String) -> Result<Vec<u8>, Unpatchable> {
    each(document, Vec::with_capacity(document.len() + 512), |event, depth, writer| {
        match event {
            Event::Empty(root) if depth == 1 => {
                writer.write_event(Event::Start(root.borrow()))?;
                put(writer, &markup(&prefix(root)))?;
                writer.write_event(Event::End(root.to_end()))?;
                return Ok(Pass::Done);
            }
            Event::End(root) if depth == 1 => {
                put(writer, &markup(&prefix_of(root.name().into_inner())))?;
            }
            _ => {}
        }
        Ok(Pass::AsIs)
    })
}
