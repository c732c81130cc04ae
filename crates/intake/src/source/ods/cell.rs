//! One cell of an OpenDocument spreadsheet.

use quick_xml::events::{BytesStart, Event};

use super::list::repeated;
use crate::IntakeError;
use crate::cell::{Cell, Epoch};
use crate::source::moment;
use crate::source::xml::{attribute, push_reference, push_text};

/// A cell that was read to its end.
#[derive(Default)]
pub(super) struct Done {
    pub cell: Cell,
    /// How often it is repeated across.
    pub repeat: u32,
    /// Rows and columns that it is merged over.
    pub rows: u32,
    pub columns: u32,
}

/// Reads a cell from behind its tag to its end.
pub(super) struct CellReader {
    done: Done,
    /// Its value, when that is not its text.
    value: Option<Cell>,
    has_formula: bool,
    /// Whether it says of which kind its value is; a formula that nobody computed does not.
    has_type: bool,
    is_covered: bool,
    text: String,
    /// Elements within it that are open.
    depth: u32,
    /// The depth at which a remark or a drawing began, whose text is not the cell's.
    aside: Option<u32>,
    /// Paragraphs that have begun, and the depth of the one that is open.
    paragraphs: u32,
    paragraph: Option<u32>,
}

impl CellReader {
    pub(super) fn new(tag: &BytesStart<'_>, epoch: Epoch, is_covered: bool) -> Self {
        let number = |name| attribute(tag, name).and_then(|text| text.trim().parse::<f64>().ok());
        let kind = attribute(tag, "value-type");
        let value = match kind.as_deref() {
            Some("float" | "currency") => number("value").map(Cell::Number),
            Some("percentage") => number("value").map(Cell::Percent),
            Some("date") => attribute(tag, "date-value").map(|text| moment::cell(&text, epoch)),
            Some("time") => attribute(tag, "time-value").map(|text| moment::duration(&text)),
            Some("boolean") => attribute(tag, "boolean-value").map(|yes| Cell::Bool(yes == "true")),
            Some("string") => attribute(tag, "string-value").filter(|text| !text.is_empty()).map(Cell::Text),
            _ => None,
        };
        let done = Done {
            cell: Cell::Empty,
            repeat: repeated(tag, "number-columns-repeated"),
            rows: repeated(tag, "number-rows-spanned"),
            columns: repeated(tag, "number-columns-spanned"),
        };
        let has_formula = attribute(tag, "formula").is_some();
        let (has_type, text) = (kind.is_some(), String::new());
        Self {
            done,
            value,
            has_formula,
            has_type,
            is_covered,
            text,
            depth: 0,
            aside: None,
            paragraphs: 0,
            paragraph: None,
        }
    }

    /// Takes what comes next; whether the cell ended with it.
    pub(super) fn take(&mut self, event: &Event<'_>) -> Result<bool, IntakeError> {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(_) => {
                if self.depth == 0 {
                    return Ok(true);
                }
                self.aside = self.aside.filter(|depth| *depth != self.depth);
                self.paragraph = self.paragraph.filter(|depth| *depth != self.depth);
                self.depth -= 1;
            }
            Event::Text(text) if self.is_text() => push_text(&mut self.text, &text.xml10_content()),
            Event::CData(text) if self.is_text() => push_text(&mut self.text, &text.xml10_content()),
            Event::GeneralRef(reference) if self.is_text() => push_reference(&mut self.text, reference)?,
            _ => {}
        }
        Ok(false)
    }

    fn is_text(&self) -> bool {
        self.aside.is_none() && self.paragraph.is_some()
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        self.depth += 1;
        let name = tag.name();
        let prefix = name.prefix();
        let is_drawing = prefix.is_some_and(|prefix| matches!(prefix.as_ref(), "draw" | "dr3d"));
        match tag.local_name().as_ref() {
            "annotation" | "ruby-text" => self.aside = self.aside.or(Some(self.depth)),
            _ if is_drawing => self.aside = self.aside.or(Some(self.depth)),
            _ if self.aside.is_some() => {}
            "p" => {
                if self.paragraphs > 0 {
                    push_text(&mut self.text, "\n");
                }
                self.paragraphs += 1;
                self.paragraph = self.paragraph.or(Some(self.depth));
            }
            "s" => {
                let spaces = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                push_text(&mut self.text, &" ".repeat(spaces.min(1 << 16)));
            }
            "tab" => push_text(&mut self.text, "\t"),
            "line-break" => push_text(&mut self.text, "\n"),
            _ => {}
        }
    }

    pub(super) fn done(mut self) -> Done {
        let is_error = self.has_formula && is_error(&self.text);
        self.done.cell = match self.value {
            _ if self.is_covered => Cell::Empty,
            _ if is_error => Cell::Error(self.text),
            Some(value) => value,
            None if self.text.is_empty() && self.has_formula && !self.has_type => Cell::Uncomputed,
            None if self.text.is_empty() => Cell::Empty,
            None => Cell::Text(self.text),
        };
        self.done
    }
}

/// Whether it is what a formula shows that failed: `#DIV/0!`, or `Err:502` in LibreOffice.
fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 7] = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"];
    ERRORS.contains(&text) || text.strip_prefix("Err:").is_some_and(|code| code.parse::<u16>().is_ok())
}
