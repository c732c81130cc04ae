//! How rows that were kept back came to an end, and which still wait. An end that rests on a later sheet holds as long as
//! that sheet is in; so whether a row waits is asked anew each time, and a withdrawal needs to change nothing here.

use std::collections::HashMap;

use mingcha_access::{Action, Desk, Permit};
use mingcha_domain::{BatchNo, Instant, UploadId};
use mingcha_intake::RejectedRow;
use mingcha_store::{Row, Touched, Tx, params};
use serde::{Deserialize, Serialize};

use super::problems;
use crate::Hindrance;

/// A row that was kept back, and how it came to an end, if it did.
#[derive(Clone, PartialEq, Debug)]
pub struct KeptRow {
    /// The row with what is wrong with it, as it stood in the sheet.
    pub reject: RejectedRow,
    /// How it came to an end; nothing while it waits.
    pub end: Option<End>,
}

/// How a row that was kept back came to an end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct End {
    /// In which way.
    pub how: How,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by_name: String,
    /// Why; of a row that was set aside.
    pub why: Option<String>,
    /// The sheet that brought the row, and its line there.
    pub sheet: Option<(UploadId, u32)>,
    /// The batch of that sheet.
    pub batch: Option<BatchNo>,
    /// The cells that were written anew.
    pub cells: Vec<MendedCell>,
}

/// In which way a row that was kept back came to an end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// It was mended on the page.
    Mended,
    /// A later sheet brought it, and it went in.
    SentAgain,
    /// A later sheet brought it, and it was kept back again: there it waits.
    KeptAgain,
    /// Somebody said that it need not go in.
    SetAside,
}

impl How {
    /// Its name in tables and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mended => "mended",
            Self::SentAgain => "sent_again",
            Self::KeptAgain => "kept_again",
            Self::SetAside => "set_aside",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Mended, Self::SentAgain, Self::KeptAgain, Self::SetAside].into_iter().find(|how| how.name() == name)
    }
}

/// A cell that was written anew. A wire format (table `quarantine_end`): fields are only ever added, with a default.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MendedCell {
    /// Its place in the row, counted from 0.
    pub at: usize,
    /// The heading above it.
    pub heading: String,
    /// Name of the ledger's column.
    pub column: String,
    /// As it stood.
    pub raw: String,
    /// As it was written anew.
    pub text: String,
}

/// Rows that were kept back: how many wait, and how many do not any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Waiting {
    /// They wait to be mended.
    pub open: u64,
    /// They were mended, here or in a later sheet.
    pub mended: u64,
    /// A later sheet brought them as wrong as before; they are counted there.
    pub kept_again: u64,
    /// They were set aside.
    pub set_aside: u64,
}

/// Ends that hold, by row; of several the last one.
const HOLDING: &str = "SELECT e.*, eu.batch AS end_batch FROM quarantine_end e \
     LEFT JOIN upload eu ON eu.id = e.upload LEFT JOIN batch eb ON eb.id = eu.batch \
     WHERE (e.how = 'set_aside' OR (eu.state = 'taken' AND (eu.batch IS NULL OR eb.state = 'committed') \
       AND NOT EXISTS (SELECT 1 FROM quarantine x WHERE e.how = 'mended' AND x.upload = e.upload \
         AND x.sheet_row = e.line)))";

/// Rows that count: their sheet was taken in, and its batch was not taken out again; they are none of a small sheet that
/// was made to mend others.
const COUNTS: &str = "u.state = 'taken' AND (u.batch IS NULL OR EXISTS (SELECT 1 FROM batch b WHERE b.id = u.batch \
     AND b.state = 'committed')) AND NOT EXISTS (SELECT 1 FROM quarantine_end m WHERE m.upload = u.id AND m.how = 'mended')";

/// The rows of a sheet that were kept back, by line.
pub(crate) async fn kept_rows(tx: &mut Tx, upload: UploadId) -> Result<Vec<KeptRow>, Hindrance> {
    let sql = format!(
        "SELECT q.sheet_row, q.raw, q.problems, h.* FROM quarantine q LEFT JOIN ({HOLDING}) h ON h.quarantine = q.id \
         WHERE q.upload = $1 ORDER BY q.sheet_row, h.ended_at"
    );
    let mut kept: Vec<KeptRow> = Vec::new();
    for row in &tx.all(&sql, params![upload]).await? {
        let found = KeptRow { reject: reject_from(row)?, end: end_from(row)? };
        match kept.last_mut() {
            Some(last) if last.reject.row == found.reject.row => *last = found,
            _ => kept.push(found),
        }
    }
    Ok(kept)
}

/// How many rows of a sheet wait, and how many do not any more.
pub async fn waiting_of_upload(desk: &mut Desk, upload: UploadId) -> Result<Waiting, Hindrance> {
    let upload = crate::stage::visible(desk, upload).await?;
    count(desk, "q.upload = $3", upload.id.to_string()).await
}

/// How many rows of a ledger's sheets wait, and how many do not any more.
pub async fn waiting_of_ledger(desk: &mut Desk, ledger: &str) -> Result<Waiting, Hindrance> {
    count(desk, "u.ledger = $3", ledger.to_owned()).await
}

async fn count(desk: &mut Desk, which: &str, value: String) -> Result<Waiting, Hindrance> {
    let scope = desk.scope(Action::LedgerSee);
    let (all, unit) = scope.unit_filter();
    // A row with several ends that hold counts once: set aside before mended before kept again.
    let sql = format!(
        "SELECT how, COUNT(*) AS n FROM (SELECT q.id, COALESCE(MAX(h.how), 'open') AS how FROM quarantine q \
         JOIN upload u ON u.id = q.upload LEFT JOIN ({HOLDING}) h ON h.quarantine = q.id \
         WHERE ($1 = 1 OR u.unit = $2) AND {which} AND {COUNTS} GROUP BY q.id) AS ended GROUP BY how"
    );
    let mut waiting = Waiting::default();
    for row in &desk.tx().all(&sql, params![all, unit, value]).await? {
        let n = u64::try_from(row.int("n")?).unwrap_or_default();
        match How::named(row.text("how")?) {
            None => waiting.open += n,
            Some(How::Mended | How::SentAgain) => waiting.mended += n,
            Some(How::KeptAgain) => waiting.kept_again += n,
            Some(How::SetAside) => waiting.set_aside += n,
        }
    }
    Ok(waiting)
}

/// A sheet with rows that wait.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingSheet {
    /// The sheet.
    pub upload: UploadId,
    /// Full name of the ledger.
    pub ledger: String,
    /// The name it came with.
    pub file_name: String,
    /// When it was handed in.
    pub handed_in_at: Instant,
    /// By whom.
    pub handed_in_by_name: String,
    /// How many of its rows wait.
    pub open: u64,
}

/// Most sheets that are listed.
const SHEETS_MAX: i64 = 200;

/// Sheets with rows that wait, the newest first.
pub async fn waiting_sheets(desk: &mut Desk, ledger: Option<&str>) -> Result<Vec<WaitingSheet>, Hindrance> {
    let scope = desk.scope(Action::LedgerSee);
    let (all, unit) = scope.unit_filter();
    let sql = format!(
        "SELECT u.id, u.ledger, u.file_name, u.handed_in_at, u.handed_in_by_name, COUNT(*) AS n FROM quarantine q \
         JOIN upload u ON u.id = q.upload WHERE ($1 = 1 OR u.unit = $2) AND ($3 = '' OR u.ledger = $3) AND {COUNTS} \
         AND NOT EXISTS (SELECT 1 FROM ({HOLDING}) h WHERE h.quarantine = q.id) \
         GROUP BY u.id, u.ledger, u.file_name, u.handed_in_at, u.handed_in_by_name \
         ORDER BY u.handed_in_at DESC, u.id DESC LIMIT $4"
    );
    let rows = desk.tx().all(&sql, params![all, unit, ledger.unwrap_or_default(), SHEETS_MAX]).await?;
    let sheets = rows.iter().map(|row| {
        Ok(WaitingSheet {
            upload: row.get("id")?,
            ledger: row.get("ledger")?,
            file_name: row.get("file_name")?,
            handed_in_at: row.get("handed_in_at")?,
            handed_in_by_name: row.get("handed_in_by_name")?,
            open: u64::try_from(row.int("n")?).unwrap_or_default(),
        })
    });
    sheets.collect()
}

/// Rows that wait in a ledger's other sheets that were taken in before: sheet, line, the row.
pub(crate) async fn open_before(
    tx: &mut Tx,
    ledger: &str,
    than: UploadId,
) -> Result<Vec<(UploadId, RejectedRow)>, Hindrance> {
    let sql = format!(
        "SELECT q.upload, q.sheet_row, q.raw, q.problems FROM quarantine q JOIN upload u ON u.id = q.upload \
         WHERE u.ledger = $1 AND u.id <> $2 AND u.taken_at <= (SELECT taken_at FROM upload WHERE id = $2) AND {COUNTS} \
         AND NOT EXISTS (SELECT 1 FROM ({HOLDING}) h WHERE h.quarantine = q.id) ORDER BY q.upload, q.sheet_row"
    );
    let rows = tx.all(&sql, params![ledger, than]).await?;
    rows.iter().map(|row| Ok((row.get("upload")?, reject_from(row)?))).collect()
}

/// Whether any sheet of a ledger other than this one kept rows back.
pub(crate) async fn any_kept(tx: &mut Tx, ledger: &str, but: UploadId) -> Result<bool, Hindrance> {
    let sql =
        "SELECT 1 AS one FROM quarantine q JOIN upload u ON u.id = q.upload WHERE u.ledger = $1 AND u.id <> $2 LIMIT 1";
    Ok(tx.one(sql, params![ledger, but]).await?.is_some())
}

/// Rows of a ledger's other sheets that were dealt with: their cells as they are kept, and how; the first of each.
pub(crate) async fn dealt_with(
    tx: &mut Tx,
    ledger: &str,
    but: UploadId,
) -> Result<HashMap<Vec<String>, End>, Hindrance> {
    let sql = format!(
        "SELECT q.raw, h.* FROM quarantine q JOIN upload u ON u.id = q.upload JOIN ({HOLDING}) h ON h.quarantine = q.id \
         WHERE u.ledger = $1 AND u.id <> $2 AND h.how <> 'kept_again' ORDER BY h.ended_at, h.id"
    );
    let mut dealt = HashMap::new();
    for row in &tx.all(&sql, params![ledger, but]).await? {
        let raw: Vec<String> =
            serde_json::from_str(row.text("raw")?).map_err(|error| Hindrance::broken("quarantine", error))?;
        if let Some(end) = end_from(row)? {
            dealt.entry(bare(&raw)).or_insert(end);
        }
    }
    Ok(dealt)
}

/// The cells of a row without the empty ones at its end, which come and go with the program that saved the sheet.
pub(crate) fn bare(raw: &[String]) -> Vec<String> {
    let filled = raw.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    raw[..filled].to_vec()
}

/// Rows of which somebody is just now making a small sheet, and who, since a moment.
pub(crate) async fn under_way(
    tx: &mut Tx,
    upload: UploadId,
    since: Instant,
) -> Result<Vec<(u32, String, Instant)>, Hindrance> {
    let sql = "SELECT q.sheet_row, e.ended_by_name, e.ended_at FROM quarantine_end e \
        JOIN quarantine q ON q.id = e.quarantine JOIN upload u ON u.id = e.upload \
        LEFT JOIN upload_discarded d ON d.upload = u.id \
        WHERE q.upload = $1 AND e.how = 'mended' AND u.state = 'staged' AND d.upload IS NULL AND e.ended_at >= $2";
    let rows = tx.all(sql, params![upload, since]).await?;
    rows.iter().map(|row| Ok((line(row, "sheet_row")?, row.get("ended_by_name")?, row.get("ended_at")?))).collect()
}

/// What is written down about an end.
pub(crate) struct NewEnd<'a> {
    pub upload: UploadId,
    pub row: u32,
    pub how: How,
    pub sheet: Option<(UploadId, u32)>,
    pub cells: &'a [MendedCell],
    pub why: Option<&'a str>,
}

pub(crate) async fn add(
    tx: &mut Tx,
    permit: &Permit,
    end: &NewEnd<'_>,
    (at, login, name): (Instant, &str, &str),
) -> Result<Touched, Hindrance> {
    permit.for_action(Action::LedgerImport)?;
    let kept = format!("{}/{}", end.upload, end.row);
    let by = end.sheet.map_or_else(|| end.how.name().to_owned(), |(sheet, _)| sheet.to_string());
    let id = format!("{kept}/{by}");
    tx.run(
        "INSERT INTO quarantine_end (id, quarantine, how, upload, line, cells, why, ended_at, ended_by, ended_by_name) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            &id,
            &kept,
            end.how.name(),
            end.sheet.map(|(sheet, _)| sheet),
            end.sheet.map(|(_, line)| i64::from(line)),
            serde_json::to_string(end.cells).map_err(|error| Hindrance::broken(&id, error))?.replace('\0', ""),
            end.why,
            at,
            login,
            name,
        ],
    )
    .await?;
    Ok(Touched::new("quarantine_end", id))
}

/// The row, in which sheet, that a line of a small sheet mends.
pub(crate) async fn mended_by(
    tx: &mut Tx,
    upload: UploadId,
    row: u32,
) -> Result<Option<(UploadId, u32, End)>, Hindrance> {
    let sql = "SELECT q.upload AS origin, q.sheet_row, e.*, u.batch AS end_batch FROM quarantine_end e \
        JOIN quarantine q ON q.id = e.quarantine JOIN upload u ON u.id = e.upload \
        WHERE e.upload = $1 AND e.line = $2 AND e.how = 'mended' ORDER BY e.ended_at, e.id LIMIT 1";
    let Some(found) = tx.one(sql, params![upload, i64::from(row)]).await? else { return Ok(None) };
    let (origin, at) = (found.get("origin")?, line(&found, "sheet_row")?);
    Ok(end_from(&found)?.map(|end| (origin, at, end)))
}

fn reject_from(row: &Row) -> Result<RejectedRow, Hindrance> {
    Ok(RejectedRow {
        row: line(row, "sheet_row")?,
        raw: serde_json::from_str(row.text("raw")?).map_err(|error| Hindrance::broken("quarantine", error))?,
        problems: problems(row.text("problems")?)?,
    })
}

fn end_from(row: &Row) -> Result<Option<End>, Hindrance> {
    let Some(how) = row.opt_text("how")? else { return Ok(None) };
    let how = How::named(how).ok_or_else(|| Hindrance::broken("quarantine_end", how))?;
    let sheet = match row.opt_text("upload")? {
        Some(_) => Some((row.get("upload")?, line(row, "line")?)),
        None => None,
    };
    Ok(Some(End {
        how,
        at: row.get("ended_at")?,
        by_name: row.get("ended_by_name")?,
        why: row.get("why")?,
        sheet,
        batch: row.get("end_batch")?,
        cells: serde_json::from_str(row.text("cells")?).map_err(|error| Hindrance::broken("quarantine_end", error))?,
    }))
}

fn line(row: &Row, column: &str) -> Result<u32, Hindrance> {
    u32::try_from(row.int(column)?).map_err(|error| Hindrance::broken("quarantine", error))
}
