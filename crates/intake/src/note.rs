//! What was done with a sheet that its sender should know: keys of the message files that begin with `intake-note-`.

use mingcha_domain::Trouble;
use rust_decimal::Decimal;

pub(crate) fn header_found(row: u32) -> Trouble {
    Trouble::new("intake-note-header").with("row", row)
}

pub(crate) fn header_of_two_rows(row: u32) -> Trouble {
    Trouble::new("intake-note-header-two").with("first", row - 1).with("row", row)
}

pub(crate) fn sheet_fits_too(sheet: &str, header_row: u32, recognised: usize) -> Trouble {
    Trouble::new("intake-note-sheet-fits").with("sheet", sheet).with("row", header_row).with("columns", recognised)
}

/// What is hidden is read like the rest; nobody who looks at the sheet would know.
pub(crate) fn hidden_rows(rows: &[u32]) -> Trouble {
    let mut named = Rows::default();
    rows.iter().for_each(|row| named.push(*row));
    Trouble::new("intake-note-hidden-rows").with("rows", named.list()).with("count", named.count)
}

pub(crate) fn hidden_columns(columns: &[String]) -> Trouble {
    Trouble::new("intake-note-hidden-columns").with("columns", list(columns))
}

pub(crate) fn hidden_sheet(sheet: &str) -> Trouble {
    Trouble::new("intake-note-hidden-sheet").with("sheet", sheet)
}

pub(crate) fn sheet_unit(unit: &str, headings: &[String]) -> Trouble {
    Trouble::new("intake-note-unit-sheet").with("unit", unit).with("headings", list(headings))
}

pub(crate) fn heading_unit(heading: &str, column: &str, times: Decimal) -> Trouble {
    Trouble::new("intake-note-unit").with("heading", heading).with("column", column).with("times", times)
}

pub(crate) fn heading_in_other_unit(heading: &str, column: &str, is_read: bool) -> Trouble {
    if is_read {
        return Trouble::new("intake-note-unit-as-is").with("heading", heading).with("column", column);
    }
    Trouble::new("intake-note-unit-other").with("heading", heading).with("near", column)
}

pub(crate) fn headings_shared(column: &str, headings: &[String]) -> Trouble {
    Trouble::new("intake-note-shared").with("column", column).with("headings", list(headings))
}

pub(crate) fn sheet_chosen(sheet: &str, others: &[String]) -> Trouble {
    Trouble::new("intake-note-sheet").with("sheet", sheet).with("others", list(others))
}

pub(crate) fn heading_taken_as(heading: &str, column: &str) -> Trouble {
    Trouble::new("intake-note-taken-as").with("heading", heading).with("column", column)
}

pub(crate) fn heading_unknown(heading: &str, near: Option<&str>) -> Trouble {
    match near {
        Some(near) => Trouble::new("intake-note-unknown-near").with("heading", heading).with("near", near),
        None => Trouble::new("intake-note-unknown").with("heading", heading),
    }
}

pub(crate) fn columns_absent(titles: &[String]) -> Trouble {
    Trouble::new("intake-note-absent").with("columns", list(titles))
}

pub(crate) fn template_of_old(new: &[&str]) -> Trouble {
    if new.is_empty() {
        return Trouble::new("intake-note-template-other");
    }
    Trouble::new("intake-note-template-old").with("columns", list(new))
}

pub(crate) fn content_without_heading(letters: &[String]) -> Trouble {
    Trouble::new("intake-note-no-heading").with("columns", list(letters))
}

pub(crate) fn totals_skipped(rows: &Rows) -> Trouble {
    Trouble::new("intake-note-totals").with("rows", rows.list())
}

pub(crate) fn remarks_skipped(rows: &Rows) -> Trouble {
    Trouble::new("intake-note-remarks").with("rows", rows.list())
}

pub(crate) fn headers_skipped(rows: &Rows) -> Trouble {
    Trouble::new("intake-note-headers").with("rows", rows.list())
}

pub(crate) fn blanks_skipped(count: u64) -> Trouble {
    Trouble::new("intake-note-blanks").with("count", count)
}

pub(crate) fn repeats_skipped(rows: &Rows) -> Trouble {
    Trouble::new("intake-note-repeats").with("rows", rows.list()).with("count", rows.count)
}

pub(crate) fn text_read(encoding: &str, delimiter: &str) -> Trouble {
    Trouble::new("intake-note-text").with("encoding", encoding).with("delimiter", delimiter)
}

/// A list as Chinese writes it; it reads well enough in English.
pub(crate) fn list(items: &[impl AsRef<str>]) -> String {
    items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("、")
}

/// Row numbers to be named in a note: all are counted, the first ten are kept, however long the sheet is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Rows {
    /// How many there were.
    pub count: u64,
    first: Vec<u32>,
}

impl Rows {
    const SHOWN: usize = 10;

    pub(crate) fn push(&mut self, row: u32) {
        self.count += 1;
        if self.first.len() < Self::SHOWN {
            self.first.push(row);
        }
    }

    /// Adds rows further down.
    pub(crate) fn add(&mut self, later: &Self) {
        self.count += later.count;
        let room = Self::SHOWN.saturating_sub(self.first.len());
        self.first.extend(later.first.iter().take(room));
    }

    fn list(&self) -> String {
        let shown: Vec<String> = self.first.iter().map(u32::to_string).collect();
        let more = if self.count > Self::SHOWN as u64 { "…" } else { "" };
        format!("{}{more}", list(&shown))
    }
}

/// The letters of a column, as spreadsheets name it: 0 is A, 26 is AA.
pub(crate) fn letters(at: usize) -> String {
    let mut rest = at + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push((b'A' + (rest % 26) as u8) as char);
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let letters: Vec<String> = [0, 25, 26, 701, 702].into_iter().map(super::letters).collect();
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
