//! What a file would change, before anybody decides: counts, old → new, and each cell that must be mended.

use std::sync::Arc;

use mingcha_access::{Action, Actor, Desk, Office};
use mingcha_domain::{BatchNo, Kind, Speaks, Trouble, UploadId};
use mingcha_intake::{Mapped, ParsedRow, RejectedRow};
use mingcha_pack::Ledger;

use crate::classify::Classified;
use crate::ground::ask;
use crate::hindrance::hindered;
use crate::queries::Upload;
use crate::reading::Reading;
use crate::sheet::{Sheet, Walk};
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
    let asked = ask_for(&mut desk, ground, upload).await?;
    let sheet = asked.open(ground).await?;
    let walk = sheet.walk(ground.sources, None).await?;
    let look = asked.look(&mut desk, ground, sheet, walk).await?;
    let Look { upload, sheet, notes, classified, same_as, readable, .. } = look;
    let superseding = sheet.superseding(&classified, (ground.lake, readable), SHOWN_MAX).await?;
    Ok(Preview {
        counts: classified.counts(),
        superseding,
        added: sheet.added(&classified, SHOWN_MAX).await?,
        rejects: classified.rejects.clone(),
        upload,
        sheet: sheet.opened.sheet().to_owned(),
        header_row: sheet.opened.header_row(),
        mapping: sheet.opened.mapping().to_vec(),
        notes,
        same_as,
    })
}

/// A file that somebody may have looked at, and how it is to be read.
pub(crate) struct Asked<'a> {
    pub upload: Upload,
    pub ledger: &'a Ledger,
    pub reading: Reading,
}

/// A file, read and held against one state of its ledger.
pub(crate) struct Look<'a> {
    pub upload: Upload,
    pub ledger: &'a Ledger,
    pub reading: Reading,
    pub sheet: Sheet,
    pub notes: Vec<Trouble>,
    pub classified: Arc<Classified>,
    pub same_as: Option<BatchNo>,
    /// The state it was held against.
    pub readable: i64,
}

pub(crate) async fn ask_for<'a>(desk: &mut Desk, ground: Ground<'a>, id: UploadId) -> Result<Asked<'a>, Hindrance> {
    let upload = visible(desk, id).await?;
    ask(desk, Action::LedgerImport, upload.unit.as_deref())?;
    discard::refuse_discarded(desk, &upload).await?;
    let ledger = ground.ledger(&upload.ledger)?;
    let reading = Reading::from_json(&upload.reading)?;
    Ok(Asked { upload, ledger, reading })
}

impl<'a> Asked<'a> {
    /// Opens the file.
    pub(crate) async fn open(&self, ground: Ground<'_>) -> Result<Sheet, Hindrance> {
        let path = sources::checked(ground.sources, &self.upload.sm3).await?;
        Sheet::open(&path, self.ledger, &self.reading, ground.progress).await
    }

    /// Holds what was read against the ledger as everybody reads it now.
    pub(crate) async fn look(
        self,
        desk: &mut Desk,
        ground: Ground<'_>,
        sheet: Sheet,
        walk: Walk,
    ) -> Result<Look<'a>, Hindrance> {
        let Self { upload, ledger, reading } = self;
        let readable = known_lake::readable(desk.tx()).await?;
        let name = sheet.opened.sheet();
        let same_as = queries::batch_of_same_sheet(desk.tx(), &upload.ledger, &upload.sm3, name).await?;
        let (classified, notes) = sheet.classify(walk, ground.lake, readable, same_as).await?;
        Ok(Look { upload, ledger, reading, sheet, notes, classified: Arc::new(classified), same_as, readable })
    }
}

/// The rows of a file that must be mended, and its headings.
pub(crate) async fn look(desk: &mut Desk, ground: Ground<'_>, id: UploadId) -> Result<Rejected, Hindrance> {
    let asked = ask_for(desk, ground, id).await?;
    let sheet = asked.open(ground).await?;
    let walk = sheet.walk(ground.sources, None).await?;
    let Look { sheet, classified, .. } = asked.look(desk, ground, sheet, walk).await?;
    Ok(Rejected { mapping: sheet.opened.mapping().to_vec(), rejects: classified.rejects.clone() })
}

/// What has to be mended in a file.
pub(crate) struct Rejected {
    pub mapping: Vec<Mapped>,
    pub rejects: Vec<RejectedRow>,
}
