//! Parses the sentence of a finding.

use super::Faults;
use crate::{At, Filter, Piece, Spanned, Wording, faults};

/// Reads a sentence that stands at `at`; `text` are the marked bytes.
pub(super) fn read(text: &str, at: &At, faults: &Faults) -> Wording {
    let start = text.len() - text.trim_start().len();
    let at = at.part(start..start + text.trim().len());
    let text = text.trim();
    let mut pieces = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|open| from + open) {
        push_text(&mut pieces, &text[from..open]);
        let Some(close) = text[open..].find("}}").map(|close| open + close) else {
            faults.tell(faults::open_braces(at.part(open..text.len())));
            return Wording { source: text.to_owned(), pieces, at };
        };
        pieces.push(field(&text[open + 2..close], &at.part(open + 2..close), faults));
        from = close + 2;
    }
    push_text(&mut pieces, &text[from..]);
    Wording { source: text.to_owned(), pieces, at }
}

/// A line end within a sentence is no pause: the page breaks lines where it likes.
fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.replace("\r\n", "\n").replace('\n', "")));
    }
}

fn field(inner: &str, at: &At, faults: &Faults) -> Piece {
    let (name, filter) = inner.split_once('|').map_or((inner, None), |(name, filter)| (name, Some(filter)));
    let name = trimmed(name, 0, at);
    if name.value.is_empty() || !super::names::is_name(&name.value) {
        faults.tell(faults::bad_name(name.at.clone(), &name.value));
    }
    let filter = filter.map(|filter| trimmed(filter, inner.len() - filter.len(), at));
    Piece::Field { name, filter: filter.map_or(Filter::Plain, |filter| known_filter(&filter, faults)) }
}

fn known_filter(written: &Spanned<String>, faults: &Faults) -> Filter {
    let found = Filter::NAMES.iter().find(|(name, _)| *name == written.value);
    if found.is_none() {
        let known = Filter::NAMES.iter().map(|(name, _)| *name);
        faults.tell(faults::unknown_word(written.at.clone(), "|", &written.value, known));
    }
    found.map_or(Filter::Plain, |(_, filter)| *filter)
}

fn trimmed(text: &str, offset: usize, at: &At) -> Spanned<String> {
    let start = offset + text.len() - text.trim_start().len();
    Spanned { value: text.trim().to_owned(), at: at.part(start..start + text.trim().len()) }
}
