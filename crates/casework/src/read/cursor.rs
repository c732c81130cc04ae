//! Paging by cursor: a page begins after the last line of the one before, in an order that a unique key makes total.

use mingcha_domain::Day;

/// Most lines of one page of a list.
pub const LIST_LINES_MAX: i64 = 200;

/// The sort key of lines without a deadline: after all that have one.
pub(super) const NO_DEADLINE: &str = "9999-12-31";

/// One page of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page<Line> {
    /// The lines.
    pub lines: Vec<Line>,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
}

/// Not a cursor that a list gave out.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no cursor of this list: {0}")]
pub struct BadCursor(pub String);

/// Where a page begins: after this sort key and identifier.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct After {
    pub key: String,
    pub id: String,
}

impl After {
    pub(super) fn read(cursor: Option<&str>) -> Result<Self, BadCursor> {
        let Some(cursor) = cursor.filter(|cursor| !cursor.is_empty()) else { return Ok(Self::default()) };
        let (key, id) = cursor.split_once('_').ok_or_else(|| BadCursor(cursor.to_owned()))?;
        if key.parse::<Day>().is_err() || id.is_empty() {
            return Err(BadCursor(cursor.to_owned()));
        }
        Ok(Self { key: key.to_owned(), id: id.to_owned() })
    }

    pub(super) fn write(key: &str, id: &str) -> String {
        format!("{key}_{id}")
    }
}

/// How many lines a page has.
pub(super) fn page_lines(wanted: i64) -> i64 {
    if wanted <= 0 { 50 } else { wanted.min(LIST_LINES_MAX) }
}

/// Makes a page of the lines that were read, one more than it holds to see whether there is a next one.
pub(super) fn page<Line>(mut lines: Vec<Line>, limit: i64, cursor: impl Fn(&Line) -> String) -> Page<Line> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = lines.len() > limit;
    lines.truncate(limit);
    let next = lines.last().filter(|_| has_more).map(cursor);
    Page { lines, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_given() {
        let cursor = After::write("2023-12-29", "0b1c");
        assert_eq!(After::read(Some(&cursor)), Ok(After { key: "2023-12-29".into(), id: "0b1c".into() }));
        assert_eq!(After::read(None), Ok(After::default()));
        assert!(After::read(Some("' OR 1=1")).is_err());
    }

    #[test]
    fn the_last_page_has_no_next() {
        assert_eq!(page(vec!["a", "b"], 2, |line| (*line).to_owned()).next, None);
        assert_eq!(page(vec!["a", "b", "c"], 2, |line| (*line).to_owned()).next, Some("b".into()));
    }
}
