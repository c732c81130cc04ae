//! A list: what it is, filters that read as a sentence, the table; for ledgers also the place to drop a sheet.

use askama::Template;

use crate::Frame;
use crate::parts::{Choice, Grid, Link};

/// One filter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filter {
    /// Its name in the address.
    pub name: String,
    /// What it filters by, for those who hear it.
    pub label: String,
    /// Its values; the first means “all”.
    pub choices: Vec<Choice>,
}

/// A field that searches a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
    /// Its name in the address.
    pub name: String,
    /// What it searches, for those who hear it and until one types.
    pub label: String,
    /// What was typed.
    pub value: String,
}

/// The filters of a list. The address holds them all.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "parts/filters.html")]
pub struct Filters {
    /// The list's address.
    pub action: String,
    /// The filters in the order of the sentence.
    pub filters: Vec<Filter>,
    /// A day: its name, its label, what was chosen.
    pub day: Option<Search>,
    /// A field that searches: its name, its label, what was typed.
    pub search: Option<Search>,
    /// The verb on the button.
    pub submit: String,
    /// The way back to the whole list, when something is filtered.
    pub clear: Option<Link>,
}

impl askama::filters::HtmlSafe for Filters {}

/// The place to drop a sheet.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "parts/drop.html")]
pub struct Drop {
    /// Where it posts to.
    pub action: String,
    /// The form's token.
    pub csrf: String,
    /// What to do.
    pub heading: String,
    /// What is accepted, and how large.
    pub hint: String,
    /// The label of the file field.
    pub label: String,
    /// The verb on the button.
    pub submit: String,
    /// What is said while the sheet is read.
    pub reading: String,
    /// What is said when the line broke.
    pub broken: String,
    /// The template to fill in, for one ledger.
    pub template: Option<Link>,
}

impl askama::filters::HtmlSafe for Drop {}

/// The page of a list.
#[derive(Clone, Debug, Template)]
#[template(path = "office/list.html")]
pub struct ListPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Title and count.
    pub heading: String,
    /// A sentence about what stands here.
    pub intro: String,
    /// The one thing to do here.
    pub action: Option<Link>,
    /// The place to drop a sheet.
    pub drop: Option<Drop>,
    /// The filters.
    pub filters: Option<Filters>,
    /// Tables with their headings; the heading of a single one is empty.
    pub tables: Vec<(String, Grid)>,
}
