//! From a ledger row back to the line of the sheet it came from.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_access::{Action, Desk};
use mingcha_domain::{BatchNo, Kind, RowRef, Speaks, Trouble, UploadId};
use mingcha_intake::{Outcome, bulk};
use serde::Deserialize;

use crate::batches::BatchState;
use crate::hindrance::hindered;
use crate::quarantine::ends::{self, End};
use crate::reading::Reading;
use crate::sheet::busy;
use crate::{Ground, Hindrance, batches, queries, sources};

/// Where a row came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceLine {
    /// The row.
    pub at: RowRef,
    /// Full name of the ledger.
    pub ledger: String,
    /// The name the file came with.
    pub file: String,
    /// SM3 of the file.
    pub sm3: String,
    /// The sheet; empty for a text file.
    pub sheet: String,
    /// Whether the batch was withdrawn since.
    pub withdrawn: bool,
}

/// A line of a source sheet, cell by cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceRow {
    /// Where it is.
    pub line: SourceLine,
    /// Its cells, in the order of the sheet.
    pub cells: Vec<SourceCell>,
    /// The line that was mended, when this one was made on the page to mend it.
    pub mends: Option<MendedLine>,
}

/// A line of a sheet that was kept back and mended on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MendedLine {
    /// The sheet.
    pub upload: UploadId,
    /// The name it came with.
    pub file: String,
    /// The line.
    pub row: u32,
    /// Who mended it, when, and which cells.
    pub end: End,
}

/// A cell of a source sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceCell {
    /// The heading above it.
    pub heading: String,
    /// Name of the ledger's column it was read as, if any.
    pub column: Option<String>,
    /// As it stands.
    pub text: String,
}

/// Why a line cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file has no such line of data.
    #[error("batch {} has no line {}", .at.batch, .at.row)]
    NoSuchLine {
        /// The row asked for.
        at: RowRef,
    },
    /// What hinders any use case.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(SourceError);

impl Speaks for SourceError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::NoSuchLine { at } => Trouble::new("MC-LEDGER-011").with("batch", at.batch).with("row", at.row),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchLine { .. } => Kind::NotFound,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Where rows came from: file, sheet, line. A row whose ledger the actor may not see, or whose batch is not known, is
/// left out.
pub async fn source_lines(desk: &mut Desk, refs: &[RowRef]) -> Result<BTreeMap<RowRef, SourceLine>, SourceError> {
    let mut lines = BTreeMap::new();
    let numbers: BTreeSet<BatchNo> = refs.iter().map(|at| at.batch).collect();
    let mut known = BTreeMap::new();
    for number in numbers {
        if let Some(batch) = queries::batch_find(desk.tx(), number).await?
            && desk.sees(Action::LedgerSee, batch.unit.as_deref())
        {
            known.insert(number, batch);
        }
    }
    for at in refs {
        if let Some(batch) = known.get(&at.batch) {
            lines.insert(*at, line_of(*at, batch));
        }
    }
    Ok(lines)
}

/// One line of a source sheet with its cells as they stand there.
pub async fn source_line(desk: &mut Desk, ground: Ground<'_>, at: RowRef) -> Result<SourceRow, SourceError> {
    let batch = batches::batch(desk, at.batch).await?;
    let upload = queries::upload_find(desk.tx(), batch.upload).await?;
    let upload = upload.ok_or_else(|| Hindrance::broken(format!("batch:{}", batch.id), "its file is not on record"))?;
    let ledger = ground.ledger(&batch.ledger)?.clone();
    let mut options = Reading::from_json(&upload.reading)?.options();
    options.header_row = u32::try_from(batch.header_row).ok();
    if !batch.sheet.is_empty() {
        options.sheet = Some(batch.sheet.clone());
    }
    let path = sources::checked(ground.sources, &batch.sm3).await?;
    let line = u32::try_from(at.row).map_err(|_| SourceError::NoSuchLine { at })?;
    let found = busy(move || Ok(bulk::open(&path, &ledger, &options)?.rows(&[line].into())?)).await?;
    let raw = found.into_values().next().map(|outcome| match outcome {
        Outcome::Row(row) => row.raw,
        Outcome::Reject(row) => row.raw,
    });
    let raw = raw.ok_or(SourceError::NoSuchLine { at })?;
    let columns: Vec<Column> = serde_json::from_str(&batch.columns)
        .map_err(|error| Hindrance::broken(format!("batch:{}", batch.id), error))?;
    let cells = columns.into_iter().map(|column| SourceCell {
        text: raw.get(column.at).cloned().unwrap_or_default(),
        heading: column.heading,
        column: column.column,
    });
    let cells = cells.collect();
    let mends = match ends::mended_by(desk.tx(), batch.upload, line).await? {
        Some((origin, row, end)) => {
            let file = queries::upload_find(desk.tx(), origin).await?.map(|upload| upload.file_name);
            Some(MendedLine { upload: origin, file: file.unwrap_or_default(), row, end })
        }
        None => None,
    };
    Ok(SourceRow { line: line_of(at, &batch), cells, mends })
}

/// As `commit` writes it into the batch.
#[derive(Deserialize)]
struct Column {
    at: usize,
    heading: String,
    column: Option<String>,
}

fn line_of(at: RowRef, batch: &crate::Batch) -> SourceLine {
    SourceLine {
        at,
        ledger: batch.ledger.clone(),
        file: batch.file_name.clone(),
        sm3: batch.sm3.clone(),
        sheet: batch.sheet.clone(),
        withdrawn: batch.state != BatchState::Committed,
    }
}
