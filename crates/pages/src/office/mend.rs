//! Rows that were kept back, to be mended cell by cell: each row is a card with its bad cells as fields, what is wrong
//! below them, and the rest of the row beside, so that it can be recognised.

use askama::Template;

use super::Count;
use crate::Frame;
use crate::parts::{Content, Fact, Link, Notice, Pager};

/// A bad cell as a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MendCell {
    /// The field's name.
    pub name: String,
    /// The heading above the cell.
    pub heading: String,
    /// What stands in the field: the cell as it is, or what was typed.
    pub value: String,
    /// What is wrong with it; empty when what was typed is right.
    pub error: String,
    /// What stood there, when something else was typed since.
    pub was: Option<String>,
    /// The keyboard: `text` or `decimal`.
    pub keyboard: &'static str,
    /// The list of values to choose from, by its id.
    pub list: Option<String>,
}

/// A row that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MendRow {
    /// Its line in the sheet.
    pub row: u32,
    /// The line in words.
    pub title: String,
    /// What is wrong with it as a whole.
    pub whole: Option<String>,
    /// The bad cells.
    pub cells: Vec<MendCell>,
    /// The rest of it.
    pub rest: Vec<Fact>,
    /// What says that it is to go in as it is, for a row whose cells need not change.
    pub as_it_is: Option<String>,
    /// Why it is to be set aside, as it was typed.
    pub why: String,
    /// What is wrong with the reason.
    pub why_error: Option<String>,
}

/// A row that does not wait any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EndedRow {
    /// The line in words.
    pub title: String,
    /// What was done, by whom and when.
    pub what: String,
    /// Details: cells old → new, or the reason.
    pub details: Vec<String>,
    /// Where it is now.
    pub link: Option<Link>,
    /// Its line, when it can be taken back.
    pub take_back: Option<u32>,
}

/// A column's values to choose from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Values {
    /// The id that fields name.
    pub id: String,
    /// The values.
    pub values: Vec<String>,
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "office/mend.html")]
pub struct MendPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Where it lies, from above.
    pub crumbs: Vec<Link>,
    /// The file, and how many of its rows wait.
    pub heading: String,
    /// How many wait, were mended, were set aside.
    pub counts: Vec<Count>,
    /// What to do, in one or two sentences.
    pub how: String,
    /// The sheet, to be mended in Excel instead.
    pub downloads: Vec<Link>,
    /// What became of what was sent, line by line.
    pub banners: Vec<Notice>,
    /// The address that forms are posted below.
    pub action: String,
    /// The rows that wait.
    pub rows: Vec<MendRow>,
    /// The values that fields choose from.
    pub lists: Vec<Values>,
    /// The way through many rows.
    pub pager: Option<Pager>,
    /// What stands instead of rows when none waits.
    pub empty: String,
    /// Rows that do not wait any more.
    pub ended: Vec<EndedRow>,
    /// That more of them are not shown.
    pub ended_more: Option<String>,
}
