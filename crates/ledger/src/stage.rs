//! A file is handed in: kept under its SM3, and read once to see whether it is a sheet of the ledger. Nothing goes in yet.

use std::collections::BTreeMap;
use std::path::Path;

use mingcha_access::{Action, Actor, Office, Record};
use mingcha_domain::{Kind, Speaks, Trouble, UploadId};
use mingcha_intake::{ColumnsTrouble, IntakeError, Mapped, Options, Summary};
use mingcha_pack::Ledger;
use serde_json::json;

use crate::ground::ask;
use crate::hindrance::hindered;
use crate::progress::Step;
use crate::queries::{Upload, UploadState};
use crate::reading::Reading;
use crate::sheet::{Sheet, busy};
use crate::sources::Arrived;
use crate::{Ground, Hindrance, mapping, queries, sources};

/// A file as it came, in memory.
#[derive(Clone, Debug)]
pub struct HandIn<'a> {
    /// Full name of the ledger it is meant for.
    pub ledger: &'a str,
    /// The name it came with.
    pub file_name: &'a str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Sheet, header and columns, as far as its sender chose them.
    pub options: Options,
}

/// A file that lies somewhere else and is copied from there; of any size.
#[derive(Clone, Debug)]
pub struct HandInPath<'a> {
    /// Full name of the ledger it is meant for.
    pub ledger: &'a str,
    /// The name it came with.
    pub file_name: &'a str,
    /// Where it lies.
    pub path: &'a Path,
    /// Sheet, header and columns, as far as its sender chose them.
    pub options: Options,
}

/// A file that was kept.
#[derive(Debug)]
pub struct Staged {
    /// Its number and what is known of it.
    pub upload: Upload,
    /// Its sheet and header; or, when its headings do not say which column is which, what they lack ([`reassign`]).
    pub sheet: Result<Summary, Box<ColumnsTrouble>>,
}

/// Why a file was not kept.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// Its rows went in already: how it is read cannot be changed any more.
    #[error("taken already")]
    TakenAlready {
        /// Who had it taken in.
        by: String,
    },
    /// What hinders any use case; a file that is no sheet among it.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(StageError);

impl Speaks for StageError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::TakenAlready { by } => Trouble::new("MC-LEDGER-003").with("by", by),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::TakenAlready { .. } => Kind::Stale,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Bytes up to which a file is read to its end before it is kept, so that one that cannot be read is refused at once.
/// A larger one is read when it is looked at; it may then be refused, and stays kept.
const READ_AT_ONCE_BYTES: u64 = 32 << 20;

/// Keeps a file and reads it. A file that is no sheet at all is not kept.
pub async fn stage(office: &Office, actor: &Actor, ground: Ground<'_>, file: HandIn<'_>) -> Result<Staged, StageError> {
    let HandIn { ledger, file_name, bytes, options } = file;
    let sources = ground.sources.to_owned();
    let arrived = async || busy(move || Arrived::bytes(&sources, &bytes)).await;
    stage_arrived(office, actor, ground, (ledger, file_name, &options), arrived).await
}

/// The same for a file that lies somewhere else.
pub async fn stage_path(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    file: HandInPath<'_>,
) -> Result<Staged, StageError> {
    let HandInPath { ledger, file_name, path, options } = file;
    let (sources, path) = (ground.sources.to_owned(), path.to_owned());
    let arrived = async || busy(move || Arrived::file(&sources, &path)).await;
    stage_arrived(office, actor, ground, (ledger, file_name, &options), arrived).await
}

async fn stage_arrived(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    (name, file_name, options): (&str, &str, &Options),
    arrive: impl AsyncFnOnce() -> Result<Arrived, Hindrance>,
) -> Result<Staged, StageError> {
    let door = Door::enter(office, actor, ground, name).await?;
    ground.begin(Step::Reading);
    let arrived = arrive().await?;
    let mut reading = Reading::of(options);
    let sheet = read(arrived.path(), ground, door.ledger, &mut reading, &door.known).await?;
    let upload = door.keep(office, actor, arrived, file_name, &reading).await?;
    Ok(Staged { upload, sheet })
}

/// Whoever hands in a file has been asked who they are; what is known about their sheets.
pub(crate) struct Door<'a> {
    pub ledger: &'a Ledger,
    unit: Option<String>,
    pub known: BTreeMap<String, String>,
}

impl<'a> Door<'a> {
    pub(crate) async fn enter(
        office: &Office,
        actor: &Actor,
        ground: Ground<'a>,
        name: &str,
    ) -> Result<Self, Hindrance> {
        let ledger = ground.ledger(name)?;
        let mut desk = office.reading(actor).await?;
        let unit = ground.unit(&mut desk, ledger).await?;
        ask(&desk, Action::LedgerImport, unit.as_deref())?;
        let known = mapping::known(desk.tx(), unit.as_deref(), name).await?;
        Ok(Self { ledger, unit, known })
    }

    /// Puts the file where it belongs and writes down that it came.
    pub(crate) async fn keep(
        self,
        office: &Office,
        actor: &Actor,
        arrived: Arrived,
        file_name: &str,
        reading: &Reading,
    ) -> Result<Upload, Hindrance> {
        let (sm3, bytes) = (arrived.sm3().to_owned(), arrived.length());
        busy(move || arrived.keep()).await?;
        let mut desk = office.desk(actor).await?;
        let permit = ask(&desk, Action::LedgerImport, self.unit.as_deref())?;
        let upload = Upload {
            id: UploadId::from_random(desk.random()),
            ledger: self.ledger.full_name(),
            unit: self.unit,
            file_name: file_name.to_owned(),
            sm3,
            bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
            state: UploadState::Staged,
            batch: None,
            handed_in_at: desk.now,
            handed_in_by_name: desk.actor.name.clone(),
            taken_by_name: None,
            reading: reading.to_json()?,
        };
        let login = desk.actor.login.clone();
        let touched = [queries::upload_add(desk.tx(), &permit, &upload, &login).await?];
        let facts = json!({ "ledger": upload.ledger, "file": upload.file_name, "sm3": upload.sm3 });
        let subject = format!("upload:{}", upload.id);
        desk.record(&permit, Record { verb: "ledger.stage", subject: &subject, why: None, touched: &touched, facts })
            .await?;
        desk.commit().await?;
        Ok(upload)
    }
}

/// Reads a file that was kept in another way: another sheet, header or columns.
pub async fn reassign(
    office: &Office,
    actor: &Actor,
    ground: Ground<'_>,
    upload: UploadId,
    options: &Options,
) -> Result<Staged, StageError> {
    let mut reading_desk = office.reading(actor).await?;
    let mut upload = visible(&mut reading_desk, upload).await?;
    ask(&reading_desk, Action::LedgerImport, upload.unit.as_deref())?;
    // Whoever assigns columns says it about all of them; for another sheet or header, what was said before holds.
    let known = match options.columns.is_empty() {
        true => mapping::known(reading_desk.tx(), upload.unit.as_deref(), &upload.ledger).await?,
        false => BTreeMap::new(),
    };
    drop(reading_desk);
    let ledger = ground.ledger(&upload.ledger)?;
    let path = sources::checked(ground.sources, &upload.sm3).await?;
    let mut reading = Reading::of(options);
    let sheet = read(&path, ground, ledger, &mut reading, &known).await?;
    upload.reading = reading.to_json()?;

    let mut desk = office.desk(actor).await?;
    let permit = ask(&desk, Action::LedgerImport, upload.unit.as_deref())?;
    let now = visible(&mut desk, upload.id).await?;
    if now.state == UploadState::Taken {
        return Err(StageError::TakenAlready { by: now.taken_by_name.unwrap_or_default() });
    }
    let touched = [queries::upload_set_reading(desk.tx(), &permit, upload.id, &upload.reading).await?];
    let subject = format!("upload:{}", upload.id);
    let facts = json!({ "reading": upload.reading });
    let record = Record { verb: "ledger.reassign", subject: &subject, why: None, touched: &touched, facts };
    desk.record(&permit, record).await?;
    desk.commit().await?;
    Ok(Staged { upload, sheet })
}

/// The file of that number, as the page of its preview shows it.
pub async fn upload(desk: &mut mingcha_access::Desk, id: UploadId) -> Result<Upload, StageError> {
    Ok(visible(desk, id).await?)
}

/// The file of that number, unless the actor may not know of it.
pub(crate) async fn visible(desk: &mut mingcha_access::Desk, id: UploadId) -> Result<Upload, Hindrance> {
    let found = queries::upload_find(desk.tx(), id).await?;
    found
        .filter(|upload| desk.sees(Action::LedgerSee, upload.unit.as_deref()))
        .ok_or_else(|| Hindrance::NoSuchUpload { upload: id.to_string() })
}

/// Opens a file's sheet; the headings are read as their sender says, or said before.
pub(crate) async fn open(
    path: &Path,
    ground: Ground<'_>,
    ledger: &Ledger,
    how: &mut Reading,
    known: &BTreeMap<String, String>,
) -> Result<Result<Sheet, Box<ColumnsTrouble>>, Hindrance> {
    let mut opened = Sheet::open(path, ledger, how, ground.progress).await;
    if how.remember(headings(&opened), known) {
        opened = Sheet::open(path, ledger, how, ground.progress).await;
    }
    match opened {
        Ok(sheet) => Ok(Ok(sheet)),
        Err(Hindrance::Intake(IntakeError::Columns(trouble))) => Ok(Err(trouble)),
        Err(other) => Err(other),
    }
}

/// Whether an error in a file of this length means that it is not kept.
pub(crate) fn refuses(length: u64, error: &Hindrance) -> bool {
    // Too many rows to be mended is said when it is looked at, and may be mended by other columns.
    let is_of_columns =
        matches!(error, Hindrance::Intake(IntakeError::TooManyRejects { .. } | IntakeError::Columns(_)));
    length <= READ_AT_ONCE_BYTES && matches!(error, Hindrance::Intake(_)) && !is_of_columns
}

async fn read(
    path: &Path,
    ground: Ground<'_>,
    ledger: &Ledger,
    how: &mut Reading,
    known: &BTreeMap<String, String>,
) -> Result<Result<Summary, Box<ColumnsTrouble>>, Hindrance> {
    let sheet = match open(path, ground, ledger, how, known).await? {
        Ok(sheet) => sheet,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let length = std::fs::metadata(path).map_err(|error| Hindrance::source(&error))?.len();
    let mut notes = Vec::new();
    if length <= READ_AT_ONCE_BYTES {
        match sheet.walk(ground.sources, None).await {
            Ok(walk) => notes = walk.notes,
            Err(Hindrance::Intake(IntakeError::Columns(trouble))) => return Ok(Err(trouble)),
            // That is said when it is looked at, and may be mended by other columns.
            Err(Hindrance::Intake(IntakeError::TooManyRejects { .. })) => {}
            Err(other) => return Err(other),
        }
    }
    let opened = &sheet.opened;
    let (sheet, header_row) = (opened.sheet().to_owned(), opened.header_row());
    Ok(Ok(Summary { sheet, header_row, mapping: opened.mapping().to_vec(), notes }))
}

/// The headings of a file, also of one whose columns do not fit.
fn headings(opened: &Result<Sheet, Hindrance>) -> &[Mapped] {
    match opened {
        Ok(sheet) => sheet.opened.mapping(),
        Err(Hindrance::Intake(IntakeError::Columns(trouble))) => &trouble.mapping,
        Err(_) => &[],
    }
}
