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
    /// How it was recognised.
    pub how: String,
    /// The heading to forget, when it was remembered from an earlier sheet.
    pub forget: Option<String>,
    /// Its first values, masked where they must be.
    pub sample: String,
    /// The ledger's columns; the first means “leave out”.
    pub choices: Vec<Choice>,
}

/// The mapping of all columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mapping {
    /// Where it posts to.
    pub action: String,
    /// The sheet that is read, and stays so.
    pub sheet: String,
    /// The header's row, that stays so too.
    pub header_row: String,
    /// Where a heading is forgotten.
    pub forget: String,
    /// The sheet's columns.
    pub columns: Vec<Mapped>,
    /// Whether it stands open: something could not be recognised.
    pub open: bool,
    /// What could not be recognised, with the nearest known names.
    pub trouble: Option<Notice>,
}

/// Which sheet and which header of a file is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetChoice {
    /// What is chosen: a sheet and its header, or only the header.
    pub heading: String,
    /// Where it posts to.
    pub action: String,
    /// Sheets with columns of the ledger; empty for a text file.
    pub sheets: Vec<Choice>,
    /// The sheet that is read.
    pub shown: String,
    /// The header's row.
    pub header_row: String,
    /// Where another sheet becomes a file of its own.
    pub also: String,
    /// Other sheets that can be read as they are.
    pub others: Vec<OtherSheet>,
}

/// Another sheet of the same file, to be taken in as well.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherSheet {
    /// Its name.
    pub name: String,
    /// The verb on the button.
    pub label: String,
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
    /// What is to be looked at and keeps nothing out.
    pub cautions: Vec<Notice>,
    /// Takes the good rows in; nothing when there are none.
    pub commit: Option<Commit>,
    /// The same sheet with the bad cells marked, and only the rows to be mended.
    pub marked: Vec<Link>,
    /// Rows to look at: bad and read-as.
    pub sheet: Option<Grid>,
    /// Rows that supersede: old → new.
    pub changes: Option<Grid>,
    /// What happens to the rest.
    pub after: String,
    /// The mapping of columns.
    pub mapping: Option<Mapping>,
    /// Which sheet and header is read.
    pub reading: Option<SheetChoice>,
    /// Sets the file aside; nothing when it is taken in already.
    pub discard: Option<Commit>,
}
