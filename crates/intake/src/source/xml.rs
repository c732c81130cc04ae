//! Reading XML piece by piece: no entity is expanded but the five that XML knows, nothing is fetched, and a document with a
//! type of its own is refused.

use std::io::BufRead;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::IntakeError;
use crate::source::bounded::{Bounded, PIECE_BYTES_MAX};
use crate::source::guard::damaged;

/// Characters of one text that are kept; more is refused when it is read, and told with its place.
const TEXT_BYTES_MAX: usize = 8 << 20;

/// A stream of the pieces of an XML document.
pub(crate) struct Xml<R: BufRead> {
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
    /// The part it is read from, and the most it may unpack to.
    part: (String, u64),
}

impl<R: BufRead> Xml<R> {
    pub(crate) fn new(from: R, part: &str, bytes_max: u64) -> Self {
        let mut reader = Reader::from_reader(Bounded::new(from, bytes_max));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), part: (part.to_owned(), bytes_max) }
    }

    /// The next piece; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Event<'_>>, IntakeError> {
        self.buffer.clear();
        self.reader.get_mut().next_piece();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            // No spreadsheet program writes one; it may declare entities, or name a place to fetch them from.
            Ok(Event::DocType(_)) => Err(IntakeError::OwnEntities),
            Ok(event) => Ok(Some(event)),
            Err(_) if self.reader.get_ref().is_used_up() => {
                let (part, bytes_max) = self.part.clone();
                Err(IntakeError::UnpacksTooLarge { part, bytes: bytes_max, bytes_max })
            }
            Err(_) if self.reader.get_ref().is_piece_used_up() => {
                Err(IntakeError::PieceTooLarge { bytes_max: PIECE_BYTES_MAX })
            }
            Err(why) => Err(damaged(&why)),
        }
    }
}

/// The value of an attribute, whatever its prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    // What is no entity of XML stays as it stands.
    Some(found.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| found.value.to_string(), |text| text.into()))
}

/// Adds what a reference such as `&lt;` or `&#20154;` stands for.
pub(crate) fn push_reference(text: &mut String, reference: &BytesRef<'_>) -> Result<(), IntakeError> {
    if let Some(c) = reference.resolve_char_ref().map_err(|why| damaged(&why))? {
        text.push(c);
        return Ok(());
    }
    match quick_xml::escape::resolve_predefined_entity(reference.as_ref()) {
        Some(known) => push_text(text, known),
        None => return Err(IntakeError::OwnEntities),
    }
    Ok(())
}

/// Adds to a text as long as it is not far longer than any cell.
pub(crate) fn push_text(text: &mut String, more: &str) {
    if text.len() < TEXT_BYTES_MAX {
        text.push_str(more);
    }
}
