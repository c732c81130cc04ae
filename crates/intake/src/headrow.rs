//! Which row of a sheet is its header, or which two: a heading above that groups several below it (补贴 over 金额 and 日期),
//! and headings that are merged over both rows.

use std::collections::BTreeSet;

use crate::cell::{Cell, Epoch, Row};
use crate::heading::{How, Names, norm};

/// One heading of the sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Heading {
    /// Its place, counted from 0.
    pub at: usize,
    /// The heading above that groups it with its neighbours.
    pub group: Option<String>,
    /// The heading itself.
    pub own: String,
}

/// A row, or two, that may be the header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct HeadRow {
    /// The row below which the data begin, 1-based.
    pub row: u32,
    /// Whether the row above it belongs to it.
    pub has_groups: bool,
    pub headings: Vec<Heading>,
    /// How many columns of the ledger they name.
    pub recognised: usize,
}

impl Heading {
    /// As it is told to people: 补贴/金额.
    pub(crate) fn text(&self) -> String {
        match &self.group {
            Some(group) => format!("{group}/{}", self.own),
            None => self.own.clone(),
        }
    }
}

/// The row that names most columns; of equals the first. When none names any, the first with two cells, so that a
/// person can assign them.
pub(crate) fn best(head: &[Row], names: &Names, given: Option<u32>) -> Option<HeadRow> {
    if let Some(given) = given {
        // The person may mean either of two rows; both together are taken only where that names more columns.
        let at = head.iter().position(|row| row.number == given)?;
        let alone = || single(&head[at], names);
        return double(head, at, names).or_else(|| double(head, at + 1, names)).or_else(|| Some(alone()));
    }
    let mut best: Option<(usize, usize, HeadRow)> = None;
    for (i, row) in head.iter().enumerate() {
        let found = double(head, i, names).unwrap_or_else(|| single(row, names));
        // Headings merged over two rows stand in both: the lower row is the header, the data begin below it.
        let rank = (found.recognised, row.filled.len());
        if found.recognised > 0 && best.as_ref().is_none_or(|(recognised, filled, _)| rank > (*recognised, *filled)) {
            best = Some((rank.0, rank.1, found));
        }
    }
    if let Some((_, _, found)) = best {
        return Some(found);
    }
    let filled = |row: &&Row| row.cells.iter().filter(|cell| !cell.is_blank()).count() >= 2;
    head.iter().find(filled).or_else(|| head.first()).map(|row| single(row, names))
}

/// Which column each heading stands for.
///
/// Of a grouped one, both parts together say it best (补贴金额), then its own; the group alone only for a column that no
/// other heading names, since it stands over several.
pub(crate) fn recognise(headings: &[Heading], names: &Names) -> Vec<Option<(usize, How)>> {
    let own = |heading: &Heading| match &heading.group {
        Some(group) => names.recognise(&format!("{group}{}", heading.own)).or_else(|| names.recognise(&heading.own)),
        None => names.recognise(&heading.own),
    };
    let mut found: Vec<Option<(usize, How)>> = headings.iter().map(own).collect();
    if headings.iter().all(|heading| heading.group.is_none()) {
        return found;
    }
    let taken: BTreeSet<usize> = found.iter().flatten().map(|(column, _)| *column).collect();
    for (heading, found) in headings.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
        let by_group = heading.group.as_deref().and_then(|group| names.recognise(group));
        *found = by_group.filter(|(column, _)| !taken.contains(column));
    }
    found
}

fn count(headings: &[Heading], names: &Names) -> usize {
    recognise(headings, names).into_iter().flatten().map(|(column, _)| column).collect::<BTreeSet<_>>().len()
}

fn single(row: &Row, names: &Names) -> HeadRow {
    let headings: Vec<Heading> = texts(row).map(|(at, own)| Heading { at, group: None, own }).collect();
    HeadRow { row: row.number, has_groups: false, recognised: count(&headings, names), headings }
}

/// The row of that index and the one above it as one header, if they are one.
fn double(head: &[Row], lower: usize, names: &Names) -> Option<HeadRow> {
    let (upper, lower) = (head.get(lower.checked_sub(1)?)?, head.get(lower)?);
    if upper.number + 1 != lower.number || lower.cells.iter().any(is_data) || upper.cells.iter().any(is_data) {
        return None;
    }
    let headings = composed(upper, lower);
    let recognised = count(&headings, names);
    let (above, below) = (single(upper, names).recognised, single(lower, names).recognised);
    let names_more = recognised > above.max(below);
    // When the lower row names them all by itself, those above it are still told, if they are groups beyond doubt.
    let is_grouped = recognised == below && below > above && groups(upper, lower);
    (names_more || is_grouped).then_some(HeadRow { row: lower.number, has_groups: true, headings, recognised })
}

/// Each column's heading: the lower cell with its group, or the upper one that stands over nothing.
fn composed(upper: &Row, lower: &Row) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut group: Option<String> = None;
    for at in 0..upper.cells.len().max(lower.cells.len()) {
        let (above, below) = (heading_text(upper.cell(at)), heading_text(lower.cell(at)));
        if below.is_empty() {
            group = None;
            if !above.is_empty() {
                headings.push(Heading { at, group: None, own: above });
            }
            continue;
        }
        if !above.is_empty() {
            group = (above != below).then_some(above);
        } else if !upper.spans.is_empty() && !upper.spans.iter().any(|(first, last)| (*first..=*last).contains(&at)) {
            // The file says how far each group reaches; a text file leaves the cells beside the group empty.
            group = None;
        }
        headings.push(Heading { at, group: group.clone(), own: below });
    }
    headings
}

/// Whether the upper row groups headings, rather than being a title over all of them or a line such as 填报单位：….
fn groups(upper: &Row, lower: &Row) -> bool {
    let filled = || lower.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()).map(|(at, _)| at);
    let (Some(first), Some(last)) = (filled().min(), filled().max()) else { return false };
    let is_line = |cell: &Cell| heading_text(cell).contains([':', '：']);
    let is_title = |(from, to): &(usize, usize)| *from <= first && *to >= last;
    !upper.spans.is_empty() && !upper.cells.iter().any(is_line) && !upper.spans.iter().any(is_title)
}

fn texts(row: &Row) -> impl Iterator<Item = (usize, String)> {
    row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()).map(|(at, cell)| (at, heading_text(cell)))
}

fn heading_text(cell: &Cell) -> String {
    cell.raw(Epoch::default()).trim().to_owned()
}

/// Bytes of the longest text that is taken for a number or a day.
const DATA_BYTES_MAX: usize = 100;

/// Whether a cell is one of data, so that its row is no header: a number, a day, or a text of digits alone.
fn is_data(cell: &Cell) -> bool {
    match cell {
        Cell::Empty => false,
        // A day or a number is short, whatever stands around it.
        Cell::Text(text) if text.len() > DATA_BYTES_MAX => false,
        Cell::Text(text) => {
            let text = norm(text);
            !text.is_empty()
                && text.chars().any(|c| c.is_ascii_digit())
                && text.chars().all(|c| c.is_ascii_digit() || "年月日/.,x¥元".contains(c))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, texts: &[&str]) -> Row {
        let cell = |text: &&str| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) };
        Row { number, cells: texts.iter().map(cell).collect(), ..Row::default() }
    }

    fn told(upper: &Row, lower: &Row) -> Vec<String> {
        composed(upper, lower).iter().map(Heading::text).collect()
    }

    #[test]
    fn a_group_reaches_over_the_empty_cells_beside_it() {
        let upper = row(1, &["姓名", "补贴", "", "备注"]);
        let lower = row(2, &["", "金额", "日期", ""]);
        assert_eq!(told(&upper, &lower), ["姓名", "补贴/金额", "补贴/日期", "备注"]);
    }

    #[test]
    fn a_merged_group_reaches_no_further_than_its_area() {
        let upper = Row { spans: vec![(1, 2)], ..row(1, &["姓名", "补贴", "", "", "备注"]) };
        let lower = row(2, &["姓名", "金额", "日期", "单位", "备注"]);
        assert_eq!(told(&upper, &lower), ["姓名", "补贴/金额", "补贴/日期", "单位", "备注"]);
    }

    #[test]
    fn a_row_of_data_is_no_second_row_of_headings() {
        for text in ["800", "2023-11-05", "2023年11月5日", "1,234.50", "11010519491231002X"] {
            assert!(is_data(&Cell::Text(text.into())), "{text}");
        }
        for text in ["金额", "1月补贴", "姓名", "-", "A座"] {
            assert!(!is_data(&Cell::Text(text.into())), "{text}");
        }
    }
}
