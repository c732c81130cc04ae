//! What a file would change, before anybody decides: counts, old → new, and each cell that must be mended.

use std::sync::Arc;

use mingcha_access::{Action, Actor, Desk, Office};
use mingcha_domain::{BatchNo, Kind, Speaks, Trouble, UploadId, Value};
use mingcha_engine::lake::RowFilter;
use mingcha_intake::{Mapped, Parsed, ParsedRow, RejectedRow};
use mingcha_pack::{Ledger, Load};

use crate::classify::{self, Classified, Present, classify};
use crate::ground::ask;
use crate::hindrance::hindered;
use crate::queries::Upload;
use crate::reading::{self, Reading};
use crate::stage::visible;
use crate::{Counts, Ground, Hindrance, Superseding, discard, known_lake, queries, sources};

/// Superseding rows and good rows that a preview shows.
pub const SHOWN_MAX: usize = 200;

/// What a file would change.
#[derive(Clone, PartialEq, Debug)]
pub struct Preview {
    /// The file.
    pub upload: Upload,
    /// The sheet that was read; empty for a text file.
    pub sheet: String,
    /// The header's row, 1-based.
    pub header_row: u32,
    /// Each heading with the column it stands for.
    pub mapping: Vec<Mapped>,
    /// What was done with the sheet that its sender should know.
    pub notes: Vec<Trouble>,
    /// How many rows do what.
    pub counts: Counts,
    /// Rows that take the place of others, the first [`SHOWN_MAX`].
    pub superseding: Vec<Superseding>,
    /// New rows, the first [`SHOWN_MAX`], as they stand in the sheet and as they were read.
    pub added: Vec<ParsedRow>,
    /// Every row that must be mended, with what is wrong with each cell.
    pub rejects: Vec<RejectedRow>,
    /// The batch that the same sheet of the same file made before.
    pub same_as: Option<BatchNo>,
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// What hinders any use case; headings that do not fit among it.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(PreviewError);

impl Speaks for PreviewError {
    fn trouble(&self) -> Trouble {
        let Self::Hindered(hindrance) = self;
        hindrance.trouble()
    }

    fn kind(&self) -> Kind {
        let Self::Hindered(hindrance) = self;
        hindrance.kind()
    }
}

/// Reads a file that was handed in and holds it against the ledger as everybody reads it now.
pub async fn preview(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    upload: UploadId,
) -> Result<Preview, PreviewError> {
    let mut desk = office.reading(actor).await?;
    let look = look(&mut desk, ground, upload).await?;
    let Look { upload, ledger, sheet, header_row, mapping, notes, classified, same_as, .. } = look;
    Ok(Preview {
        counts: classified.counts(),
        superseding: classified.superseding(ledger, SHOWN_MAX),
        added: classified.added.into_iter().take(SHOWN_MAX).collect(),
        rejects: classified.rejects,
        upload,
        sheet,
        header_row,
        mapping,
        notes,
        same_as,
    })
}

/// A file, read and held against one state of its ledger.
pub(crate) struct Look<'a> {
    pub upload: Upload,
    pub ledger: &'a Ledger,
    pub reading: Reading,
    pub sheet: String,
    pub header_row: u32,
    pub mapping: Vec<Mapped>,
    pub notes: Vec<Trouble>,
    pub classified: Classified,
    pub same_as: Option<BatchNo>,
    /// The state it was held against.
    pub readable: i64,
    /// The largest number that a batch ever had.
    pub last_batch: i64,
}

pub(crate) async fn look<'a>(desk: &mut Desk, ground: Ground<'a>, id: UploadId) -> Result<Look<'a>, Hindrance> {
    let upload = visible(desk, id).await?;
    ask(desk, Action::LedgerImport, upload.unit.as_deref())?;
    discard::refuse_discarded(desk, &upload).await?;
    let ledger = ground.ledger(&upload.ledger)?;
    let reading = Reading::from_json(&upload.reading)?;
    let bytes = Arc::new(sources::read(ground.sources, &upload.sm3)?);
    let parsed = reading::read(bytes, ledger, &reading).await?;
    let readable = known_lake::readable(desk.tx()).await?;
    let last_batch = queries::batch_last_number(desk.tx()).await?;
    let same_as = queries::batch_of_same_sheet(desk.tx(), &upload.ledger, &upload.sm3, &parsed.sheet).await?;
    let which = rows_to_compare(ledger, &parsed);
    let rows = match which {
        Some(which) => ground.lake.rows(ledger, readable, &which).await?,
        None => Vec::new(),
    };
    let (sheet, header_row) = (parsed.sheet.clone(), parsed.header_row);
    let (mapping, notes) = (parsed.mapping.clone(), parsed.notes.clone());
    let classified = classify(ledger, parsed, Present { rows, same: same_as });
    Ok(Look { upload, ledger, reading, sheet, header_row, mapping, notes, classified, same_as, readable, last_batch })
}

/// The rows that a sheet must be held against; `None` when rows of this ledger have no key.
fn rows_to_compare(ledger: &Ledger, parsed: &Parsed) -> Option<RowFilter> {
    if ledger.key.is_empty() {
        return None;
    }
    if ledger.load == Load::Snapshot {
        return Some(RowFilter::All);
    }
    let keys: Vec<Vec<Value>> = parsed.rows.iter().map(|row| classify::key(ledger, &row.values)).collect();
    Some(RowFilter::Keys(keys))
}
