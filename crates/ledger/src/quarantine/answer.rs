//! The answer to a sheet: the sender's own workbook with the cells that must be mended marked, and what became of its
//! rows.

use mingcha_access::{Action, Desk};
use mingcha_domain::UploadId;
use mingcha_intake::{Answer, AnswerWords, Answered, Limits, Mending, RejectedRow, Tally, answer};

use super::QuarantineError;
use super::ends::{How, kept_rows};
use crate::ground::ask;
use crate::preview::{Look, ask_for};
use crate::queries::UploadState;
use crate::reading::Reading;
use crate::sheet::{Sheet, busy};
use crate::stage::visible;
use crate::{Counts, Ground, Hindrance, batches, sources};

/// The file of an upload as it goes back to who sent it. Rows that were mended on the page are marked with what was
/// written there, as long as the file itself still has the old.
pub async fn answer_sheet(
    desk: &mut Desk,
    ground: Ground<'_>,
    upload: UploadId,
    words: AnswerWords<'_>,
) -> Result<Answered, QuarantineError> {
    let upload = visible(desk, upload).await?;
    ask(desk, Action::LedgerImport, upload.unit.as_deref())?;
    let ledger = ground.ledger(&upload.ledger)?;
    let path = sources::checked(ground.sources, &upload.sm3).await?;
    let (sheet, rejects, mended, counts): (Sheet, Vec<RejectedRow>, Vec<Mending>, Counts) = match upload.state {
        UploadState::Staged | UploadState::Discarded => {
            let asked = ask_for(desk, ground, upload.id).await?;
            let sheet = asked.open(ground).await?;
            let walk = sheet.walk(ground.sources, None).await?;
            let Look { sheet, classified, .. } = asked.look(desk, ground, sheet, walk).await?;
            (sheet, classified.rejects.clone(), Vec::new(), classified.counts())
        }
        UploadState::Taken => {
            let sheet = Sheet::open(&path, ledger, &Reading::from_json(&upload.reading)?, None).await?;
            let kept = kept_rows(desk.tx(), upload.id).await?;
            let counts = match upload.batch {
                Some(batch) => batches::batch(desk, batch).await?.counts,
                None => Counts { rejected: kept.len(), ..Counts::default() },
            };
            let mended = kept.iter().flat_map(mendings).collect();
            let rejects = kept.into_iter().filter(|kept| kept.end.is_none()).map(|kept| kept.reject).collect();
            (sheet, rejects, mended, counts)
        }
    };
    let tally = Tally {
        accepted: counts.added as u64,
        superseded: counts.superseded as u64,
        unchanged: counts.unchanged as u64,
        duplicated: counts.duplicated as u64,
        rejected: rejects.len() as u64,
    };
    let (opened, mapping) = (&sheet.opened, sheet.opened.mapping());
    let name = opened.sheet();
    let bytes = busy(move || read(&path)).await?;
    let answered =
        answer(&bytes, &Answer { ledger, sheet: name, mapping, rejects: &rejects, mended: &mended, tally, words })?;
    if let Some(why) = &answered.unpatchable {
        tracing::info!(upload = %upload.id, why, "a workbook was answered with one of ours");
    }
    Ok(answered)
}

/// A file in memory. Excel has no more rows than a file of this size, so a larger one is refused.
fn read(path: &std::path::Path) -> Result<Vec<u8>, Hindrance> {
    let length = std::fs::metadata(path).map_err(|error| Hindrance::source(&error))?.len();
    let limit = Limits::default().file_bytes;
    if length > limit {
        return Err(mingcha_intake::IntakeError::TooLarge { bytes: length, bytes_max: limit }.into());
    }
    std::fs::read(path).map_err(|error| Hindrance::source(&error))
}

fn mendings(kept: &super::KeptRow) -> Vec<Mending> {
    let Some(end) = kept.end.as_ref().filter(|end| end.how == How::Mended) else { return Vec::new() };
    let one = |cell: &super::MendedCell| Mending {
        row: kept.reject.row,
        at: cell.at,
        raw: cell.raw.clone(),
        value: cell.text.clone(),
        by: end.by_name.clone(),
    };
    end.cells.iter().map(one).collect()
}
