//! A file is handed in: kept under its SM3, and read once to see whether it is a sheet of the ledger. Nothing goes in yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use mingcha_access::{Action, Actor, Office, Record};
use mingcha_domain::{Kind, Speaks, Trouble, UploadId};
use mingcha_intake::{ColumnsTrouble, IntakeError, Options, Parsed};
use mingcha_pack::Ledger;
use serde_json::json;

use crate::ground::ask;
use crate::hindrance::hindered;
use crate::queries::{Upload, UploadState};
use crate::progress::Step;
use crate::reading::{self, Reading};
use crate::{Ground, Hindrance, mapping, queries, sources};

/// A file as it came.
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

/// A file that was kept.
#[derive(Debug)]
pub struct Staged {
    /// Its number and what is known of it.
    pub upload: Upload,
    /// Its rows; or, when its headings do not say which column is which, what they lack ([`reassign`]).
    pub sheet: Result<Parsed, Box<ColumnsTrouble>>,
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

/// Keeps a file and reads it. A file that is no sheet at all is not kept.
pub async fn stage(office: &Office, actor: &Actor, ground: Ground<'_>, file: HandIn<'_>) -> Result<Staged, StageError> {
    let ledger = ground.ledger(file.ledger)?;
    let mut reading_desk = office.reading(actor).await?;
    let unit = ground.unit(&mut reading_desk, ledger).await?;
    ask(&reading_desk, Action::LedgerImport, unit.as_deref())?;
    let known = mapping::known(reading_desk.tx(), unit.as_deref(), file.ledger).await?;
    drop(reading_desk);

    ground.begin(Step::Reading);
    let bytes = Arc::new(file.bytes);
    let mut reading = Reading::of(&file.options);
    let sheet = read(&bytes, ledger, &mut reading, &known).await?;
    let sm3 = sources::sm3_of(&bytes);
    sources::keep(ground.sources, &sm3, &bytes)?;

    let mut desk = office.desk(actor).await?;
    let permit = ask(&desk, Action::LedgerImport, unit.as_deref())?;
    let upload = Upload {
        id: UploadId::from_random(desk.random()),
        ledger: file.ledger.to_owned(),
        unit,
        file_name: file.file_name.to_owned(),
        sm3,
        bytes: queries::number(bytes.len()),
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
    Ok(Staged { upload, sheet })
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
    let bytes = Arc::new(sources::read(ground.sources, &upload.sm3)?);
    let mut reading = Reading::of(options);
    let sheet = read(&bytes, ledger, &mut reading, &known).await?;
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

async fn read(
    bytes: &Arc<Vec<u8>>,
    ledger: &Ledger,
    how: &mut Reading,
    known: &BTreeMap<String, String>,
) -> Result<Result<Parsed, Box<ColumnsTrouble>>, Hindrance> {
    let mut parsed = reading::read(Arc::clone(bytes), ledger, how).await;
    if how.remember(reading::headings(&parsed), known) {
        parsed = reading::read(Arc::clone(bytes), ledger, how).await;
    }
    match parsed {
        Ok(parsed) => Ok(Ok(parsed)),
        Err(Hindrance::Intake(IntakeError::Columns(trouble))) => Ok(Err(trouble)),
        Err(other) => Err(other),
    }
}
