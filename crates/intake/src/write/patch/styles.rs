//! Cell styles: each marked cell keeps its own but for the fill.
//!
//! What filled the cell before stands in the mark's fill as its second colour, which a solid fill does not show: so a
//! mark can be taken off again when the sheet comes back, also after Excel has numbered all styles anew.

use std::collections::BTreeMap;
use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesStart, Event};

use super::Unpatchable;
use super::xml::{Pass, attribute, begins, each, ends, local, look, number, prefix_of, put, with};

/// The colour of a cell that must be mended; nobody else uses exactly this one.
pub(super) const MARK_COLOUR: &str = "FFF8C9C5";

/// What a cell is to look like.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Look {
    /// Marked.
    Marked,
    /// As before it was marked.
    Plain,
}

/// The styles of a workbook, and those that are added to it.
pub(super) struct Styles {
    document: Vec<u8>,
    fills: Vec<Fill>,
    /// By cell style: its fill.
    cells: Vec<u32>,
    /// Which style, seen how, became which.
    added: BTreeMap<(u32, Look), u32>,
    new_fills: Vec<Fill>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Fill {
    /// Of a solid fill: what is shown.
    front: Option<String>,
    /// Its second colour.
    back: Option<String>,
}

impl Fill {
    fn is_mark(&self) -> bool {
        self.front.as_deref() == Some(MARK_COLOUR)
    }

    fn markup(&self, p: &str) -> String {
        let Some(front) = &self.front else {
            return format!("<{p}fill><{p}patternFill patternType=\"none\"/></{p}fill>");
        };
        let back = match &self.back {
            Some(back) => format!("<{p}bgColor rgb=\"{back}\"/>"),
            None => format!("<{p}bgColor indexed=\"64\"/>"),
        };
        format!(
            "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{front}\"/>{back}</{p}patternFill></{p}fill>"
        )
    }
}

impl Styles {
    pub(super) fn read(document: Vec<u8>) -> Result<Self, Unpatchable> {
        let mut styles =
            Self { document, fills: Vec::new(), cells: Vec::new(), added: BTreeMap::new(), new_fills: Vec::new() };
        let (mut part, mut solid) = (String::new(), false);
        let (fills, cells) = (&mut styles.fills, &mut styles.cells);
        look(styles.document.as_slice(), |event, depth| {
            let Some(element) = begins(event) else { return Ok(()) };
            match (depth, local(element)) {
                (2, name) => part = name.to_owned(),
                (3, "fill") if part == "fills" => fills.push(Fill::default()),
                (3, "xf") if part == "cellXfs" => cells.push(number(element, "fillId").unwrap_or(0)),
                (4, "patternFill") if part == "fills" => {
                    solid = attribute(element, "patternType").is_some_and(|pattern| pattern == "solid");
                }
                (5, "fgColor" | "bgColor") if part == "fills" && solid => {
                    if let (Some(fill), Some(rgb)) = (fills.last_mut(), attribute(element, "rgb")) {
                        let side = if local(element) == "fgColor" { &mut fill.front } else { &mut fill.back };
                        *side = rgb.chars().all(|c| c.is_ascii_hexdigit()).then_some(rgb);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        if styles.fills.is_empty() || styles.cells.is_empty() {
            return Err(Unpatchable("styles without fills".to_owned()));
        }
        Ok(styles)
    }

    fn fill_of(&self, style: u32) -> &Fill {
        static NONE: Fill = Fill { front: None, back: None };
        let fill = self.cells.get(style as usize).and_then(|fill| self.fills.get(*fill as usize));
        fill.unwrap_or(&NONE)
    }

    /// Whether a cell of this style was marked by us.
    pub(super) fn is_marked(&self, style: u32) -> bool {
        self.fill_of(style).is_mark()
    }

    /// Whether any style is that of a mark.
    pub(super) fn has_marks(&self) -> bool {
        self.fills.iter().any(Fill::is_mark)
    }

    /// The style that shows a cell of this style as it is to look.
    pub(super) fn seen(&mut self, style: u32, look: Look) -> u32 {
        let style = if (style as usize) < self.cells.len() { style } else { 0 };
        if self.is_marked(style) == (look == Look::Marked) {
            return style;
        }
        let next = self.cells.len() + self.added.len();
        *self.added.entry((style, look)).or_insert(u32::try_from(next).unwrap_or(u32::MAX))
    }

    fn fill_for(&mut self, style: u32, look: Look) -> usize {
        let now = self.fill_of(style).clone();
        let wanted = match look {
            Look::Marked => Fill { front: Some(MARK_COLOUR.to_owned()), back: now.front },
            Look::Plain => Fill { front: now.back, back: None },
        };
        if wanted.front.is_none() {
            return 0;
        }
        if let Some(at) = self.new_fills.iter().position(|fill| *fill == wanted) {
            return self.fills.len() + at;
        }
        self.new_fills.push(wanted);
        self.fills.len() + self.new_fills.len() - 1
    }

    /// The document with the styles that were asked for.
    pub(super) fn write(mut self) -> Result<Vec<u8>, Unpatchable> {
        let mut wanted: Vec<((u32, Look), u32)> = self.added.clone().into_iter().collect();
        wanted.sort_by_key(|(_, place)| *place);
        let clones: Vec<(u32, usize)> =
            wanted.into_iter().map(|((style, look), _)| (style, self.fill_for(style, look))).collect();
        let (fill_count, cell_count) = (self.fills.len() + self.new_fills.len(), self.cells.len() + clones.len());
        let mut part = String::new();
        let mut place = 0;
        // The styles that are to be copied, each as it stands.
        let mut kept: BTreeMap<u32, Vec<Event<'static>>> = BTreeMap::new();
        let (clones, new_fills) = (&clones, &self.new_fills);
        each(self.document.as_slice(), Vec::with_capacity(self.document.len() + 4096), |event, depth, writer| {
            if depth == 2
                && let Some(element) = begins(event)
            {
                part = local(element).to_owned();
                let count = match part.as_str() {
                    "fills" => fill_count,
                    "cellXfs" => cell_count,
                    _ => return Ok(Pass::AsIs),
                };
                writer.write_event(Event::Start(with(element, &[("count", count.to_string())])))?;
                return Ok(Pass::Done);
            }
            if part == "cellXfs" && depth >= 3 {
                if clones.iter().any(|(style, _)| *style == place) {
                    kept.entry(place).or_default().push(event.borrow().into_owned());
                }
                let is_end = matches!(event, Event::Empty(_) | Event::End(_)) && depth == 3;
                place += u32::from(is_end);
            }
            match event {
                Event::End(end) if depth == 2 && ends(end) == "fills" => {
                    let p = prefix_of(end.name().into_inner());
                    new_fills.iter().try_for_each(|fill| put(writer, &fill.markup(&p)))?;
                }
                Event::End(end) if depth == 2 && ends(end) == "cellXfs" => {
                    for (style, fill) in clones {
                        copy(kept.get(style).map_or(&[], Vec::as_slice), *fill, writer)?;
                    }
                }
                _ => {}
            }
            Ok(Pass::AsIs)
        })
    }
}

/// Writes a style again with another fill.
fn copy<W: Write>(style: &[Event<'static>], fill: usize, writer: &mut Writer<W>) -> Result<(), Unpatchable> {
    let filled =
        |element: &BytesStart<'_>| with(element, &[("fillId", fill.to_string()), ("applyFill", "1".to_owned())]);
    for (i, event) in style.iter().enumerate() {
        match event {
            Event::Start(element) if i == 0 => writer.write_event(Event::Start(filled(element)))?,
            Event::Empty(element) if i == 0 => writer.write_event(Event::Empty(filled(element)))?,
            event => writer.write_event(event.borrow())?,
        }
    }
    if style.is_empty() {
        return Err(Unpatchable("a cell style is missing".to_owned()));
    }
    Ok(())
}

/// The styles of a workbook that has none of its own.
pub(super) const MINIMAL: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>\
    </styleSheet>";
