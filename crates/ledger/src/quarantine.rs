//! Rows that did not go in: kept with their cells and reasons, shown again, and handed back as a marked workbook.

mod answer;
pub(crate) mod ends;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use mingcha_access::{Action, Desk, Permit};
use mingcha_domain::{BatchNo, Kind, Speaks, Trouble, UploadId};
use mingcha_intake::{CellProblem, Mapped, RejectedRow, Tell, marked};
use mingcha_store::{Touched, Tx, params};
use serde::{Deserialize, Serialize};

use crate::ground::ask;
use crate::hindrance::hindered;
use crate::preview::look;
use crate::queries::UploadState;
use crate::reading::Reading;
use crate::sheet::Sheet;
use crate::stage::visible;
use crate::{Ground, Hindrance, sources};

pub use answer::answer_sheet;
pub use ends::{
    End, How, KeptRow, MendedCell, Waiting, WaitingSheet, waiting_of_ledger, waiting_of_upload, waiting_sheets,
};

/// Why rows that were kept back cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum QuarantineError {
    /// What hinders any use case.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(QuarantineError);

impl Speaks for QuarantineError {
    fn trouble(&self) -> Trouble {
        let Self::Hindered(hindrance) = self;
        hindrance.trouble()
    }

    fn kind(&self) -> Kind {
        let Self::Hindered(hindrance) = self;
        hindrance.kind()
    }
}

/// Rows of a file that were kept back when it was taken in, by line.
pub async fn quarantine(desk: &mut Desk, upload: UploadId) -> Result<Vec<RejectedRow>, QuarantineError> {
    let upload = visible(desk, upload).await?;
    Ok(list(desk.tx(), upload.id).await?)
}

/// Rows of a file that were kept back when it was taken in, by line, each with how it came to an end.
pub async fn kept_rows(desk: &mut Desk, upload: UploadId) -> Result<Vec<KeptRow>, QuarantineError> {
    let upload = visible(desk, upload).await?;
    Ok(ends::kept_rows(desk.tx(), upload.id).await?)
}

/// The headings of a file with the columns they stand for, as it was read.
pub async fn headings_of(
    desk: &mut Desk,
    ground: Ground<'_>,
    upload: UploadId,
) -> Result<Vec<Mapped>, QuarantineError> {
    let upload = visible(desk, upload).await?;
    ask(desk, Action::LedgerImport, upload.unit.as_deref())?;
    let ledger = ground.ledger(&upload.ledger)?;
    let path = sources::checked(ground.sources, &upload.sm3).await?;
    let sheet = Sheet::open(&path, ledger, &Reading::from_json(&upload.reading)?, None).await?;
    Ok(sheet.opened.mapping().to_vec())
}

/// The rows of a file that must be mended, as a workbook with the bad cells marked. Mended, it is sent again as it is.
/// `tell` says a trouble in words.
pub async fn mark(
    desk: &mut Desk,
    ground: Ground<'_>,
    upload: UploadId,
    tell: Tell<'_>,
) -> Result<Vec<u8>, QuarantineError> {
    let upload = visible(desk, upload).await?;
    ask(desk, Action::LedgerImport, upload.unit.as_deref())?;
    let ledger = ground.ledger(&upload.ledger)?;
    let (mapping, rejects) = match upload.state {
        UploadState::Staged | UploadState::Discarded => {
            let look = look(desk, ground, upload.id).await?;
            (look.mapping, look.rejects)
        }
        UploadState::Taken => {
            let path = sources::checked(ground.sources, &upload.sm3).await?;
            let sheet = Sheet::open(&path, ledger, &Reading::from_json(&upload.reading)?, None).await?;
            let kept = ends::kept_rows(desk.tx(), upload.id).await?;
            let open = kept.into_iter().filter(|kept| kept.end.is_none()).map(|kept| kept.reject).collect();
            (sheet.opened.mapping().to_vec(), open)
        }
    };
    marked(ledger, &mapping, &rejects, tell).map_err(|error| QuarantineError::Hindered(error.into()))
}

/// A wire format (table `quarantine`): fields are only ever added, with a default.
#[derive(Serialize, Deserialize)]
struct KeptProblem {
    column: String,
    at: Option<usize>,
    value: String,
    code: String,
    facts: Vec<(String, String)>,
}

pub(crate) async fn keep(
    tx: &mut Tx,
    permit: &Permit,
    upload: UploadId,
    batch: Option<BatchNo>,
    rejects: &[RejectedRow],
) -> Result<Vec<Touched>, Hindrance> {
    permit.for_action(Action::LedgerImport)?;
    let mut touched = Vec::with_capacity(rejects.len());
    let broken = |error| Hindrance::broken("quarantine", error);
    for reject in rejects {
        let id = format!("{upload}/{}", reject.row);
        let problems: Vec<KeptProblem> = reject.problems.iter().map(kept).collect();
        tx.run(
            "INSERT INTO quarantine (id, upload, batch, sheet_row, raw, problems) VALUES ($1, $2, $3, $4, $5, $6)",
            params![
                &id,
                upload,
                batch,
                reject.row,
                serde_json::to_string(&reject.raw).map_err(broken)?.replace('\0', ""),
                serde_json::to_string(&problems).map_err(broken)?,
            ],
        )
        .await?;
        touched.push(Touched::new("quarantine", id));
    }
    Ok(touched)
}

async fn list(tx: &mut Tx, upload: UploadId) -> Result<Vec<RejectedRow>, Hindrance> {
    let rows = tx
        .all("SELECT sheet_row, raw, problems FROM quarantine WHERE upload = $1 ORDER BY sheet_row", params![upload])
        .await?;
    let broken = |error: &dyn std::error::Error| Hindrance::broken(format!("quarantine of {upload}"), error);
    rows.iter()
        .map(|row| {
            let problems: Vec<KeptProblem> =
                serde_json::from_str(row.text("problems")?).map_err(|error| broken(&error))?;
            Ok(RejectedRow {
                row: u32::try_from(row.int("sheet_row")?).map_err(|error| broken(&error))?,
                raw: serde_json::from_str(row.text("raw")?).map_err(|error| broken(&error))?,
                problems: problems.into_iter().map(told).collect(),
            })
        })
        .collect()
}

/// What was wrong with a row that was kept, as the table has it.
pub(crate) fn problems(text: &str) -> Result<Vec<CellProblem>, Hindrance> {
    let kept: Vec<KeptProblem> = serde_json::from_str(text).map_err(|error| Hindrance::broken("quarantine", error))?;
    Ok(kept.into_iter().map(told).collect())
}

fn kept(problem: &CellProblem) -> KeptProblem {
    let facts = problem.trouble.facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    KeptProblem {
        column: problem.column.clone(),
        at: problem.at,
        value: problem.value.clone(),
        code: problem.trouble.code.to_owned(),
        facts,
    }
}

fn told(kept: KeptProblem) -> CellProblem {
    let mut trouble = Trouble::new(interned(kept.code));
    for (name, value) in kept.facts {
        trouble = trouble.with(interned(name), value);
    }
    CellProblem { column: kept.column, at: kept.at, value: kept.value, trouble }
}

/// Codes and names of facts are a few dozen words of this program, which a trouble holds for good.
fn interned(word: String) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(word.as_str()) {
        return known;
    }
    let word: &'static str = word.leak();
    words.insert(word);
    word
}
