//! The drawing that shows a sheet's notes: VML, one shape for each.

use std::collections::{BTreeMap, BTreeSet};

use super::Unpatchable;
use super::sheet::Place;

/// Cells whose note the drawing shows, with the part of its text that does.
pub(super) struct Drawing {
    document: String,
    shapes: BTreeMap<Place, (usize, usize)>,
}

const VML: &str = "urn:schemas-microsoft-com:vml";
const OFFICE: &str = "urn:schemas-microsoft-com:office:office";
const EXCEL: &str = "urn:schemas-microsoft-com:office:excel";

impl Drawing {
    /// Reads the drawing of a sheet's notes; from nothing when it has none. It is VML, which Excel itself writes with
    /// tags that are never closed: so it is taken as text.
    pub(super) fn read(document: Option<Vec<u8>>) -> Result<Self, Unpatchable> {
        let unreadable = |_| Unpatchable("a drawing of notes that is no UTF-8".to_owned());
        let document =
            document.map(String::from_utf8).transpose().map_err(unreadable)?.unwrap_or_else(|| {
                format!("<xml xmlns:v=\"{VML}\"\n xmlns:o=\"{OFFICE}\"\n xmlns:x=\"{EXCEL}\">\n</xml>")
            });
        let prefix = bound(&document, VML).unwrap_or_else(|| "v".to_owned());
        let excel = bound(&document, EXCEL).unwrap_or_else(|| "x".to_owned());
        let mut shapes = BTreeMap::new();
        let (open, close) = (format!("<{prefix}:shape "), format!("</{prefix}:shape>"));
        let mut from = 0;
        while let Some(at) = document[from..].find(&open).map(|at| from + at) {
            let Some(end) = document[at..].find(&close).map(|end| at + end + close.len()) else { break };
            let shape = &document[at..end];
            if let (Some(row), Some(column)) =
                (inner(shape, &format!("{excel}:Row")), inner(shape, &format!("{excel}:Column")))
            {
                shapes.insert((row.saturating_add(1), column), (at, end));
            }
            from = end;
        }
        Ok(Self { document, shapes })
    }

    /// The drawing without the notes that are gone, and with those that are new.
    pub(super) fn write(
        self,
        noted: impl Iterator<Item = Place>,
        gone: &BTreeSet<Place>,
        block: u32,
    ) -> Result<Vec<u8>, Unpatchable> {
        let added: Vec<Place> = noted.filter(|place| !self.shapes.contains_key(place)).collect();
        let mut text = String::with_capacity(self.document.len());
        let mut cuts: Vec<(usize, usize)> = gone.iter().filter_map(|place| self.shapes.get(place)).copied().collect();
        cuts.sort_unstable();
        let mut from = 0;
        for (at, end) in cuts {
            text.push_str(&self.document[from..at]);
            from = end;
        }
        text.push_str(&self.document[from..]);
        if added.is_empty() {
            return Ok(text.into_bytes());
        }
        let end = text.rfind("</").ok_or_else(|| Unpatchable("a drawing of notes without an end".to_owned()))?;
        let rest = text.split_off(end);
        // The names are bound on each shape, unless they already are for the whole drawing.
        let bound_here: String = [("v", VML), ("o", OFFICE), ("x", EXCEL)]
            .iter()
            .filter(|(name, space)| !text.contains(&format!("xmlns:{name}=\"{space}\"")))
            .map(|(name, space)| format!(" xmlns:{name}=\"{space}\""))
            .collect();
        let is_typed = text.contains("_x0000_t202\"");
        let blocks: Vec<String> = (block..=block + added.len() as u32 / 1024).map(|at| at.to_string()).collect();
        let blocks = blocks.join(",");
        // Ids are given out in blocks of 1024, and a drawing says which are its own.
        match end_of_blocks(&text) {
            Some(at) => text.insert_str(at, &format!(",{blocks}")),
            None => text.push_str(&format!(
                "<o:shapelayout{bound_here} v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{blocks}\"/></o:shapelayout>\n"
            )),
        }
        if !is_typed {
            text.push_str(&format!(
                "<v:shapetype{bound_here} id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
                 path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
                 <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>\n"
            ));
        }
        for (i, (row, column)) in added.iter().enumerate() {
            text.push_str(&shape(&bound_here, block * 1024 + 1 + i as u32, *row - 1, *column));
        }
        text.push_str(&rest);
        Ok(text.into_bytes())
    }
}

fn shape(bound: &str, id: u32, row: u32, column: u32) -> String {
    let (left, right, top, bottom) = (column + 1, column + 4, row.saturating_sub(1), row.saturating_sub(1) + 6);
    format!(
        "<v:shape{bound} id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style='position:absolute;margin-left:60pt;\
         margin-top:2pt;width:220pt;height:96pt;z-index:{id};visibility:hidden' fillcolor=\"#ffffe1\" \
         o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
         <v:path o:connecttype=\"none\"/><v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div>\
         </v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{left}, 15, {top}, 10, {right}, 31, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
         <x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>\n"
    )
}

/// The prefix that a namespace is bound to.
fn bound(document: &str, namespace: &str) -> Option<String> {
    let at = document.find(&format!("=\"{namespace}\"")).or_else(|| document.find(&format!("='{namespace}'")))?;
    let before = &document[..at];
    let from = before.rfind("xmlns:")?;
    Some(before[from + "xmlns:".len()..].trim().to_owned())
}

/// The number within an element.
fn inner(shape: &str, name: &str) -> Option<u32> {
    let (_, rest) = shape.split_once(&format!("<{name}>"))?;
    rest.split('<').next()?.trim().parse().ok()
}

/// Where the list of a drawing's blocks of ids ends.
fn end_of_blocks(drawing: &str) -> Option<usize> {
    let map = drawing.find("idmap ")?;
    let from = map + drawing[map..].find("data=")? + "data=".len();
    let quote = drawing[from..].chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    Some(from + 1 + drawing[from + 1..].find(quote)?)
}

/// The largest block of ids that a drawing has.
pub(super) fn last_block(drawing: &[u8]) -> u32 {
    let drawing = String::from_utf8_lossy(drawing);
    let of_map = end_of_blocks(&drawing).and_then(|end| {
        let list = drawing[..end].rsplit(['"', '\'']).next()?;
        list.split(',').filter_map(|block| block.trim().parse::<u32>().ok()).max()
    });
    let ids = drawing.split("_x0000_s").skip(1);
    let of_ids = ids.filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u32>().ok());
    of_map.unwrap_or(0).max(of_ids.max().unwrap_or(0) / 1024)
}
