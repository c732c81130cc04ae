//! One look over a worksheet before its cells are read: how large it is, and what stands before or behind them, namely
//! merged areas, hidden rows and columns, and whether a formula was never computed.
//!
//! Not parsed as XML: between signs `<` only the few tags that matter are looked at, which costs little more than
//! unpacking. What it takes for a tag inside a comment or CDATA is one in no workbook that a program wrote.

use std::io::Read;

use calamine::Dimensions;
use memchr::memchr;

use crate::IntakeError;
use crate::source::bounded::PIECE_BYTES_MAX;
use crate::source::guard::damaged;
use crate::source::hidden::Hidden;

/// Merged areas that are remembered; a sheet with more was made by no hand.
const MERGES_MAX: usize = 1 << 20;
const BUFFER_BYTES: usize = 256 << 10;
/// As far as a tag is looked at to tell whether it matters.
const LOOK_AHEAD: usize = 16;

/// What was seen of one worksheet.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub merges: Vec<Dimensions>,
    pub hidden: Hidden,
    /// Whether a formula has no value.
    pub has_uncomputed: bool,
}

/// Walks over an unpacked worksheet; returns its size as well.
pub(crate) fn scan(
    mut part: impl Read,
    name: &str,
    bytes_max: u64,
    columns_max: usize,
) -> Result<(Scan, u64), IntakeError> {
    let mut walk = Walk { scan: Scan::default(), row: 0, formula_open: false, has_type: false, columns_max };
    let mut buffer = vec![0; BUFFER_BYTES];
    // What is kept of the last round, and the bytes since the last sign `<`.
    let (mut kept, mut total, mut piece) = (0, 0u64, 0u64);
    loop {
        if kept == buffer.len() {
            // A tag that does not end within the buffer is none of those that matter.
            kept = 0;
        }
        let read = match part.read(&mut buffer[kept..]) {
            Ok(read) => read,
            Err(why) if why.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(why) => return Err(damaged(&why)),
        };
        total += read as u64;
        if total > bytes_max {
            return Err(IntakeError::UnpacksTooLarge { part: name.to_owned(), bytes: total, bytes_max });
        }
        let end = kept + read;
        let (done, seen) = walk.over(&buffer[..end], read == 0);
        if walk.has_type {
            return Err(IntakeError::OwnEntities);
        }
        piece = if seen { (end - done) as u64 } else { piece + read as u64 };
        if piece > PIECE_BYTES_MAX {
            return Err(IntakeError::PieceTooLarge { bytes_max: PIECE_BYTES_MAX });
        }
        if read == 0 {
            return Ok((walk.scan, total));
        }
        if walk.scan.merges.len() > MERGES_MAX {
            return Err(damaged(&"more merged areas than a sheet can have"));
        }
        buffer.copy_within(done..end, 0);
        kept = end - done;
    }
}

struct Walk {
    scan: Scan,
    /// The number of the last row, 1-based.
    row: u32,
    /// Whether the last cell has a formula and no value so far.
    formula_open: bool,
    /// Whether it has a document type, which may declare entities.
    has_type: bool,
    columns_max: usize,
}

impl Walk {
    /// Looks at the tags in a stretch; returns up to where it is done with it, and whether there was any tag.
    fn over(&mut self, stretch: &[u8], is_last: bool) -> (usize, bool) {
        let (mut at, mut seen) = (0, false);
        while let Some(sign) = memchr(b'<', &stretch[at..]) {
            seen = true;
            let tag = &stretch[at + sign + 1..];
            if tag.len() < LOOK_AHEAD && !is_last {
                return (at + sign, seen);
            }
            match tag {
                // The many tags of cells and their values.
                [b'c', b' ' | b'>', ..] => self.formula_open = false,
                [b'v', ..] => self.formula_open = false,
                [b'i', b's', ..] => self.formula_open = false,
                [b'f', b' ' | b'>' | b'/', ..] => self.formula_open = true,
                [b'/', b'c', b'>', ..] => self.cell_ends(),
                [b'/', ..] => {
                    if tag.starts_with(b"/x:c>") {
                        self.cell_ends();
                    }
                }
                [b'!', b'D', ..] => self.has_type = true,
                _ => {
                    let Some(end) = memchr(b'>', tag) else { return (at + sign, seen) };
                    self.tag(&tag[..end]);
                }
            }
            at += sign + 1;
        }
        (stretch.len(), seen)
    }

    fn cell_ends(&mut self) {
        self.scan.has_uncomputed |= self.formula_open;
        self.formula_open = false;
    }

    fn tag(&mut self, tag: &[u8]) {
        let name_end = tag.iter().position(|c| c.is_ascii_whitespace() || *c == b'/').unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        let name = name.rsplit(|c| *c == b':').next().unwrap_or(name);
        match name {
            b"row" => {
                self.row = number(attributes, "r").unwrap_or(self.row.saturating_add(1));
                if is_set(attributes, "hidden") {
                    self.scan.hidden.add_row(self.row);
                }
            }
            b"col" if is_set(attributes, "hidden") => {
                if let (Some(first @ 1..), Some(last)) = (number(attributes, "min"), number(attributes, "max")) {
                    self.scan.hidden.add_columns(first as usize - 1, last as usize - 1, self.columns_max);
                }
            }
            b"mergeCell" => {
                if let Some(area) = value(attributes, "ref").and_then(area) {
                    self.scan.merges.push(area);
                }
            }
            // With a prefix, as some programs write it.
            b"f" => self.formula_open = true,
            b"c" | b"v" | b"is" => self.formula_open = false,
            _ => {}
        }
    }
}

/// The value of an attribute as it stands.
fn value<'a>(attributes: &'a [u8], name: &str) -> Option<&'a str> {
    let attributes = std::str::from_utf8(attributes).ok()?;
    let mut rest = attributes;
    while let Some((key, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, behind) = after[1..].split_once(quote)?;
        if key.trim() == name {
            return Some(value);
        }
        rest = behind;
    }
    None
}

fn number(attributes: &[u8], name: &str) -> Option<u32> {
    value(attributes, name)?.parse().ok()
}

fn is_set(attributes: &[u8], name: &str) -> bool {
    matches!(value(attributes, name), Some("1" | "true" | "on"))
}

/// `B2:D5`.
fn area(text: &str) -> Option<Dimensions> {
    let (start, end) = text.split_once(':').unwrap_or((text, text));
    let (start, end) = (place(start)?, place(end)?);
    Some(Dimensions { start: (start.0.min(end.0), start.1.min(end.1)), end: (start.0.max(end.0), start.1.max(end.1)) })
}

/// Row and column of `B2`, counted from 0.
fn place(text: &str) -> Option<(u32, u32)> {
    let text = text.replace('$', "");
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let letters = text[..digits].chars().map(|c| c.to_ascii_uppercase());
    let mut column = 0u32;
    for letter in letters {
        column = column.checked_mul(26)?.checked_add(u32::from(letter).checked_sub(u32::from('A') - 1)?)?;
    }
    Some((text[digits..].parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = r#"<worksheet><cols><col min="2" max="3" width="0" hidden="1"/><col min="5" max="5"/></cols>
        <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="4" hidden='true'><c r="A4"><f>1+1</f><v>2</v></c></row>
        <row hidden="1"/></sheetData><mergeCells count="1"><mergeCell ref="B2:D5"/></mergeCells></worksheet>"#;

    fn seen(text: &str) -> Scan {
        scan(text.as_bytes(), "", u64::MAX, 100).expect("taken").0
    }

    #[test]
    fn what_is_hidden_and_merged_is_seen() {
        let scan = seen(SHEET);
        assert_eq!((scan.hidden.rows, scan.hidden.columns), (vec![4, 5], vec![1, 2]));
        assert_eq!(scan.merges, [Dimensions { start: (1, 1), end: (4, 3) }]);
        assert!(!scan.has_uncomputed);
    }

    #[test]
    fn a_formula_without_a_value_is_seen() {
        for cell in ["<c r=\"A1\"><f>1+1</f></c>", "<c r=\"A1\"><f/></c>", "<x:c r=\"A1\"><x:f>1+1</x:f></x:c>"] {
            assert!(seen(&format!("<sheetData><row r=\"1\">{cell}</row></sheetData>")).has_uncomputed, "{cell}");
        }
        assert!(!seen("<row r=\"1\"><c t=\"str\"><f>A2</f><v></v></c><c><v>1</v></c></row>").has_uncomputed);
    }

    #[test]
    fn a_tag_across_the_edge_of_the_buffer_is_seen() {
        for shift in 0..40 {
            let filling = "x".repeat(BUFFER_BYTES - shift);
            let scan = seen(&format!("<t>{filling}<row r=\"9\" hidden=\"1\"><mergeCell ref=\"A1:A3\"/>"));
            assert_eq!((scan.hidden.rows, scan.merges.len()), (vec![9], 1), "{shift}");
        }
    }

    #[test]
    fn what_is_too_large_is_not_looked_at_to_its_end() {
        let all = scan(std::io::repeat(b'<'), "", 1 << 20, 100);
        assert!(matches!(all, Err(IntakeError::UnpacksTooLarge { bytes, .. }) if bytes < 2 << 20));
        let piece = scan(std::io::repeat(b'x'), "", u64::MAX, 100);
        assert!(matches!(piece, Err(IntakeError::PieceTooLarge { .. })));
    }

    #[test]
    fn a_hostile_column_range_costs_nothing() {
        assert_eq!(seen("<col min=\"1\" max=\"4294967295\" hidden=\"1\"/>").hidden.columns.len(), 101);
        assert!(seen("<col min=\"0\" max=\"0\" hidden=\"1\"/>").hidden.columns.is_empty());
        assert!(seen("<mergeCell ref=\"ZZZZZZZZZZZZ1:A1\"/>").merges.is_empty());
    }
}
