//! One thing that is wrong with a pack, and how it is shown: as rustc shows its errors, and as JSON.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use mingcha_domain::Trouble;
use serde_json::json;

use crate::{At, Sources};

/// A fault of a pack: where, and what to tell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The marked text.
    pub at: At,
    /// Code and facts.
    pub trouble: Trouble,
}

/// What a fault says in one language; the words belong to `mingcha-words`, which this crate does not know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spoken {
    /// What is wrong.
    pub message: String,
    /// What to do now.
    pub help: String,
}

impl Fault {
    /// A fault at a place.
    #[must_use]
    pub fn new(at: At, trouble: Trouble) -> Self {
        Self { at, trouble }
    }

    /// Shows the fault with the marked source text. `styled` adds terminal colours.
    #[must_use]
    pub fn render(&self, sources: &Sources, spoken: &Spoken, styled: bool) -> String {
        let text = sources.text(&self.at.file);
        let place: Element<'_> = if text.is_empty() {
            Origin::path(&self.at.file).into()
        } else {
            let mark = AnnotationKind::Primary.span(on_characters(text, &self.at));
            Snippet::source(text).path(&self.at.file).annotation(mark).into()
        };
        let title = Level::ERROR.primary_title(&spoken.message).id(self.trouble.code);
        let mut group: Group<'_> = title.element(place);
        if !spoken.help.is_empty() {
            group = group.element(Level::HELP.message(&spoken.help));
        }
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    /// The fault for programs: lines and columns count from 1, columns in characters.
    #[must_use]
    pub fn json(&self, sources: &Sources, spoken: &Spoken) -> serde_json::Value {
        let (line, column) = sources.line_column(&self.at.file, self.at.start);
        let (end_line, end_column) = sources.line_column(&self.at.file, self.at.end);
        json!({
            "code": self.trouble.code,
            "file": self.at.file,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "message": spoken.message,
            "help": spoken.help,
        })
    }
}

/// The marked bytes, moved outwards to characters and without trailing line ends, and at least one character wide where
/// there is one: a mark of no width cannot be seen.
fn on_characters(text: &str, at: &At) -> std::ops::Range<usize> {
    let mut start = at.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = at.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    end = start + text[start..end].trim_end().len();
    if end == start {
        end += text[start..].chars().next().filter(|next| *next != '\n').map_or(0, char::len_utf8);
    }
    start..end
}
