//! A sheet before it is committed: counts, bad cells marked in place, cells read as something else, old → new, and the
//! column mapping.

use askama::Template;

use super::Count;
use crate::Frame;
use crate::parts::{Choice, Grid, Link, Notice};

/// One column of the sheet and what it is taken for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mapped {
    /// The name of the form's field.
    pub name: String,
    /// The column's heading in the sheet.
    pub heading: String,
    /// A cell of it, masked where it must be.
    pub sample: String,
    /// The ledger's columns; the first means “leave out”.
    pub choices: Vec<Choice>,
}

/// The mapping of all columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mapping {
    /// Where it posts to.
    pub action: String,
    /// The sheet's columns.
    pub columns: Vec<Mapped>,
    /// Whether it stands open: something could not be recognised.
    pub open: bool,
    /// What could not be recognised, with the nearest known names.
    pub trouble: Option<Notice>,
}

/// What takes the good rows in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commit {
    /// Where it posts to.
    pub action: String,
    /// The verb with the count.
    pub label: String,
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "office/preview.html")]
pub struct PreviewPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Ledger and upload.
    pub crumbs: Vec<Link>,
    /// The file, how many rows can go in, how many are to be mended.
    pub heading: String,
    /// Accepted, to be mended, superseding, unchanged.
    pub counts: Vec<Count>,
    /// Where the header was found and what was recognised as what.
    pub note: String,
    /// Takes the good rows in; nothing when there are none.
    pub commit: Option<Commit>,
    /// The same sheet with the bad cells marked.
    pub marked: Option<Link>,
    /// Rows to look at: bad and read-as.
    pub sheet: Option<Grid>,
    /// Rows that supersede: old → new.
    pub changes: Option<Grid>,
    /// What happens to the rest.
    pub after: String,
    /// The mapping of columns.
    pub mapping: Option<Mapping>,
}
