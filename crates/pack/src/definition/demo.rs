//! The demo plan: SQL that makes the sheets of the demo year, and what is to be found in them.

use super::{CaseTable, Text};

/// `demo/plan.toml` and `demo/near_misses.md`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Demo {
    /// The sheets, in the order in which they are handed in.
    pub sheets: Vec<DemoSheet>,
    /// The findings that were planted.
    pub expected: Vec<PlantedFindings>,
    /// Rows that nearly fire and must not.
    pub near_misses: Vec<NearMiss>,
}

/// One sheet of the demo year.
#[derive(Clone, PartialEq, Debug)]
pub struct DemoSheet {
    /// Full name of the ledger, or of a casework sheet (`ops.problem`).
    pub ledger: String,
    /// Name of the file to write.
    pub file: String,
    /// Kind of file.
    pub format: SheetFormat,
    /// SQL that gives the rows; columns are named as the ledger's.
    pub sql: Text,
    /// `$rows` of the SQL; a multiple of it when the demo is scaled.
    pub rows: i64,
    /// Whether `--rows` scales it: clean ledgers do, planted ones and casework do not.
    pub scales: bool,
    /// Place in the order of handing in, ascending.
    pub order: i64,
}

/// Kind of file of a demo sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SheetFormat {
    /// An Excel workbook.
    #[default]
    Xlsx,
    /// CSV in UTF-8.
    Csv,
    /// CSV in GB18030, as older systems export it.
    CsvGb18030,
}

/// SQL that lists the keys of the findings that were planted for a model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlantedFindings {
    /// Full name of the model.
    pub model: String,
    /// SQL over the generated ledgers; columns are the model's key.
    pub sql: Text,
}

/// Rows that are added to the generated sheets and must not fire.
#[derive(Clone, PartialEq, Debug)]
pub struct NearMiss {
    /// The heading: why it must not fire.
    pub title: String,
    /// The rows, per ledger.
    pub given: Vec<CaseTable>,
}
