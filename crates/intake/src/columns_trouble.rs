//! Why a header does not say which column is which; enough to draw the page on which columns are assigned by hand.

use mingcha_domain::Trouble;

use crate::note;
use crate::parsed::Mapped;
use crate::row::shown;
use crate::unit::Scale;

/// What the header has and what it lacks; enough to draw the page on which columns are assigned by hand.
#[derive(Clone, PartialEq, Debug)]
pub struct ColumnsTrouble {
    /// The sheet that was looked at.
    pub sheet: String,
    /// The row taken for the header.
    pub header_row: u32,
    /// Each heading with what it was recognised as.
    pub mapping: Vec<Mapped>,
    /// Required columns that no heading stands for.
    pub missing: Vec<MissingColumn>,
    /// Columns for which two headings stand.
    pub twice: Vec<Twice>,
    /// The first rows below the header, as raw text.
    pub sample: Vec<Vec<String>>,
}

/// A required column that is missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissingColumn {
    /// Its name in the ledger.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The heading of the sheet that looks most like it and stands for nothing else.
    pub near: Option<String>,
}

/// A column for which two headings stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Twice {
    /// Its name in the ledger.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The headings with their column letters: `C“身份证号”`.
    pub headings: Vec<String>,
    /// The first row in which they say different things; as long as they do not, they are read as one.
    pub differ: Option<Differ>,
}

/// A row in which two headings for one column differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Differ {
    /// The row, 1-based.
    pub row: u32,
    /// What its cells say, as they stand.
    pub values: Vec<String>,
}

impl ColumnsTrouble {
    /// Two headings for one column come first: as long as they are there, a missing one may be among them.
    pub(crate) fn trouble(&self) -> Trouble {
        let said = |code| {
            let sheet = if self.sheet.is_empty() { "none" } else { &self.sheet };
            Trouble::new(code).with("sheet", sheet).with("row", self.header_row)
        };
        if let Some(twice) = self.twice.iter().find(|twice| twice.differ.is_some()).or(self.twice.first()) {
            let said = said("MC-INTAKE-016").with("column", &twice.title).with("headings", note::list(&twice.headings));
            return match &twice.differ {
                Some(differ) => {
                    let values: Vec<String> = differ.values.iter().map(|value| format!("“{value}”")).collect();
                    said.with("at", differ.row).with("values", note::list(&values))
                }
                None => said.with("at", "none"),
            };
        }
        let in_other_unit = |column: &MissingColumn| {
            let is_it = |mapped: &&Mapped| mapped.scale == Scale::Other && mapped.near.as_ref() == Some(&column.title);
            self.mapping.iter().find(is_it)
        };
        if let Some((column, mapped)) = self.missing.iter().find_map(|column| Some((column, in_other_unit(column)?))) {
            return said("MC-INTAKE-090").with("heading", &mapped.heading).with("column", &column.title);
        }
        let missing: Vec<String> = self
            .missing
            .iter()
            .map(|column| match &column.near {
                Some(near) => format!("{}（{near}？）", column.title),
                None => column.title.clone(),
            })
            .collect();
        let has: Vec<String> = self.mapping.iter().map(|mapped| shown(&mapped.heading)).collect();
        said("MC-INTAKE-015").with("missing", note::list(&missing)).with("has", note::list(&has))
    }
}
