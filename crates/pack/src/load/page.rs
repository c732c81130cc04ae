//! A Markdown page as a list of sections and blocks, each with its bytes in the file.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A page cut at its second-level headings.
pub(super) struct Page {
    /// What stands before the first heading, and then every section.
    pub(super) sections: Vec<Section>,
}

/// What stands under one heading.
pub(super) struct Section {
    /// The heading's text; empty before the first one.
    pub(super) heading: String,
    /// The heading's bytes.
    pub(super) heading_at: Range<usize>,
    /// The bytes below the heading.
    pub(super) body: Range<usize>,
    /// The blocks below the heading.
    pub(super) blocks: Vec<Block>,
}

/// A block of a page.
pub(super) enum Block {
    /// A paragraph.
    Paragraph(Range<usize>),
    /// A fenced code block.
    Code {
        /// The word after the fence.
        language: String,
        /// The text between the fences.
        inner: Range<usize>,
        /// With the fences.
        outer: Range<usize>,
    },
    /// A table.
    Table(Table),
    /// Anything else.
    Other,
}

/// A table of a page.
#[derive(Default)]
pub(super) struct Table {
    /// The whole table.
    pub(super) range: Range<usize>,
    /// The cells of the heading row.
    pub(super) header: Vec<Cell>,
    /// The other rows.
    pub(super) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Default)]
pub(super) struct Row {
    /// The row's bytes.
    pub(super) range: Range<usize>,
    /// As many cells as the heading row has.
    pub(super) cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Default)]
pub(super) struct Cell {
    /// The text without Markdown's marks.
    pub(super) text: String,
    /// The text's bytes; for an empty cell the place between the bars.
    pub(super) range: Range<usize>,
}

/// Cuts the page that begins at byte `start` of `text`; all ranges count from the text's beginning.
pub(super) fn read(text: &str, start: usize) -> Page {
    let mut sections =
        vec![Section { heading: String::new(), heading_at: start..start, body: start..text.len(), blocks: Vec::new() }];
    let mut events = Parser::new_ext(&text[start..], Options::ENABLE_TABLES)
        .into_offset_iter()
        .map(|(event, range)| (event, range.start + start..range.end + start));
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                let heading = plain_text(&mut events, TagEnd::Heading(HeadingLevel::H2));
                if let Some(before) = sections.last_mut() {
                    before.body.end = range.start;
                }
                let body = range.end..text.len();
                let heading_at = range.start..range.start + text[range].trim_end().len();
                sections.push(Section { heading, heading_at, body, blocks: Vec::new() });
            }
            Event::Start(tag) => {
                let block = block(&mut events, &tag, range, text);
                if let Some(section) = sections.last_mut() {
                    section.blocks.push(block);
                }
            }
            _ => {}
        }
    }
    Page { sections }
}

fn block<'a>(
    events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
    tag: &Tag<'a>,
    range: Range<usize>,
    text: &str,
) -> Block {
    match tag {
        Tag::Paragraph => {
            skip(events, tag.to_end());
            Block::Paragraph(range)
        }
        Tag::CodeBlock(CodeBlockKind::Fenced(language)) => {
            let inner = skip(events, tag.to_end()).unwrap_or(range.end..range.end);
            Block::Code { language: language.to_string(), inner, outer: range }
        }
        Tag::Table(_) => Block::Table(table(events, range, text)),
        _ => {
            skip(events, tag.to_end());
            Block::Other
        }
    }
}

fn table<'a>(events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>, range: Range<usize>, text: &str) -> Table {
    let mut table = Table { range, ..Table::default() };
    let mut cells = Vec::new();
    for (event, range) in events.by_ref() {
        match event {
            Event::Start(Tag::TableCell) => cells.push(Cell { text: String::new(), range: trimmed(text, range) }),
            Event::Text(part) | Event::Code(part) => {
                if let Some(cell) = cells.last_mut() {
                    cell.text.push_str(&part);
                }
            }
            Event::End(TagEnd::TableHead) => table.header = std::mem::take(&mut cells),
            Event::End(TagEnd::TableRow) => {
                table.rows.push(Row { range: trimmed(text, range), cells: std::mem::take(&mut cells) });
            }
            Event::End(TagEnd::Table) => break,
            _ => {}
        }
    }
    table
}

/// The range without the bars and spaces at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let inner = part.trim_matches(|c: char| c == '|' || c.is_whitespace());
    if inner.is_empty() {
        return range;
    }
    let start = range.start + part.find(inner).unwrap_or_default();
    start..start + inner.len()
}

/// The text up to an end tag.
fn plain_text<'a>(events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>, until: TagEnd) -> String {
    let mut text = String::new();
    for (event, _) in events.by_ref() {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::End(end) if end == until => break,
            _ => {}
        }
    }
    text
}

/// Skips to an end tag; gives the bytes from the first to the last text on the way.
fn skip<'a>(events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>, until: TagEnd) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    let mut inner: Option<Range<usize>> = None;
    for (event, range) in events.by_ref() {
        match event {
            Event::Text(_) => inner = Some(inner.map_or(range.start, |inner| inner.start)..range.end),
            Event::Start(tag) if tag.to_end() == until => depth += 1,
            Event::End(end) if end == until && depth == 0 => break,
            Event::End(end) if end == until => depth -= 1,
            _ => {}
        }
    }
    inner
}

/// How many cells a row of a table is written with; Markdown itself would silently drop and add cells.
pub(super) fn cells_written(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = match row.strip_suffix('|') {
        Some(inner) if !inner.ends_with('\\') => inner,
        _ => row,
    };
    let mut cells = 1;
    let mut escaped = false;
    for c in row.chars() {
        cells += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_is_the_very_bytes_of_the_file() {
        let text = "+++\n+++\nlead\n\n```sql\nSELECT 1\n  FROM t\n```\n\n## Why\nbecause\n";
        let page = read(text, 8);
        let [Block::Paragraph(_), Block::Code { language, inner, .. }] = &page.sections[0].blocks[..] else {
            panic!("a paragraph and a code block");
        };
        assert_eq!(language, "sql");
        assert_eq!(&text[inner.clone()], "SELECT 1\n  FROM t\n");
        assert_eq!(page.sections[1].heading, "Why");
        assert_eq!(text[page.sections[1].body.clone()].trim(), "because");
    }

    #[test]
    fn a_table_may_follow_its_line_at_once() {
        let text = "given `t`\n| a | b |\n|---|---|\n| 1 |  |\n";
        let page = read(text, 0);
        let [Block::Paragraph(line), Block::Table(table)] = &page.sections[0].blocks[..] else {
            panic!("a paragraph and a table, but {} blocks", page.sections[0].blocks.len());
        };
        assert_eq!(text[line.clone()].trim(), "given `t`");
        assert_eq!(table.header.len(), 2);
        assert_eq!(table.rows[0].cells[0].text, "1");
        assert_eq!(&text[table.rows[0].cells[0].range.clone()], "1");
        assert_eq!(table.rows[0].cells[1].text, "");
    }

    #[test]
    fn cells_are_counted_as_written() {
        assert_eq!(cells_written("| a | b |"), 2);
        assert_eq!(cells_written("| a |  | c |"), 3);
        assert_eq!(cells_written(r"| a \| b |"), 1);
        assert_eq!(cells_written("a | b"), 2);
    }
}
