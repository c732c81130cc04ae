//! Inspections and their answers.

use mingcha_access::{Permit, Scope};
use mingcha_domain::{Day, InspectionId, Instant, ProblemId};
use mingcha_store::{StoreError, Touched, Tx, params};

use crate::inspection_result::InspectionResult;

/// What a new inspection is made of.
#[derive(Clone, Debug)]
pub(crate) struct NewInspection<'a> {
    pub id: InspectionId,
    pub number: &'a str,
    pub project: &'a str,
    pub action: &'a str,
    /// Full name of the checklist.
    pub checklist: &'a str,
    pub checklist_version: i64,
    pub subject: &'a str,
    pub subject_code: Option<&'a str>,
    /// Code of the project's lead unit.
    pub unit: &'a str,
    pub inspected_on: Day,
    pub inspectors: &'a str,
    pub note: Option<&'a str>,
    pub sheet_digest: Option<&'a str>,
}

/// One answer.
#[derive(Clone, Debug)]
pub(crate) struct NewAnswer<'a> {
    pub inspection: InspectionId,
    pub item: i64,
    pub result: InspectionResult,
    pub note: Option<&'a str>,
    pub sheet_digest: Option<&'a str>,
}

/// An inspection as a sheet's next sheet needs it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct KnownInspection {
    pub id: InspectionId,
    pub checklist: String,
    pub sheet_digest: Option<String>,
}

/// Adds an inspection.
pub(crate) async fn inspection_add(
    tx: &mut Tx,
    _: &Permit,
    new: &NewInspection<'_>,
    now: Instant,
    by: &str,
) -> Result<Touched, StoreError> {
    tx.run(
        "INSERT INTO inspection (id, number, project, action, checklist, checklist_version, subject, subject_code, unit, \
         inspected_on, inspectors, note, sheet_digest, recorded_at, recorded_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        params![
            new.id,
            new.number,
            new.project,
            new.action,
            new.checklist,
            new.checklist_version,
            new.subject,
            new.subject_code,
            new.unit,
            new.inspected_on,
            new.inspectors,
            new.note,
            new.sheet_digest,
            now,
            by,
        ],
    )
    .await?;
    Ok(Touched::new("inspection", new.id.to_string()))
}

/// Adds one answer.
pub(crate) async fn answer_add(tx: &mut Tx, _: &Permit, new: &NewAnswer<'_>) -> Result<Touched, StoreError> {
    let id = answer_id(new.inspection, new.item);
    tx.run(
        "INSERT INTO inspection_answer (id, inspection, item, result, note, sheet_digest) VALUES ($1, $2, $3, $4, $5, $6)",
        params![&id, new.inspection, new.item, new.result.word(), new.note, new.sheet_digest],
    )
    .await?;
    Ok(Touched::new("inspection_answer", id))
}

/// Number of the inspection with that identifier, and the items that do not conform.
pub(crate) async fn inspection_find(tx: &mut Tx, id: InspectionId) -> Result<Option<(String, Vec<i64>)>, StoreError> {
    let Some(row) = tx.one("SELECT number FROM inspection WHERE id = $1", params![id]).await? else { return Ok(None) };
    let fails = tx
        .all(
            "SELECT item FROM inspection_answer WHERE inspection = $1 AND result = $2 ORDER BY item",
            params![id, InspectionResult::Fails.word()],
        )
        .await?;
    let fails = fails.iter().map(|row| row.int("item")).collect::<Result<_, _>>()?;
    Ok(Some((row.text("number")?.to_owned(), fails)))
}

/// The inspection of that number.
pub(crate) async fn inspection_find_by_number(
    tx: &mut Tx,
    number: &str,
) -> Result<Option<KnownInspection>, StoreError> {
    let row = tx.one("SELECT id, checklist, sheet_digest FROM inspection WHERE number = $1", params![number]).await?;
    row.map(|row| {
        Ok(KnownInspection {
            id: row.get("id")?,
            checklist: row.get("checklist")?,
            sheet_digest: row.get("sheet_digest")?,
        })
    })
    .transpose()
}

/// Whether that item is answered, and by which sheet row.
pub(crate) async fn answer_find(
    tx: &mut Tx,
    inspection: InspectionId,
    item: i64,
) -> Result<Option<Option<String>>, StoreError> {
    let row = tx
        .one("SELECT sheet_digest FROM inspection_answer WHERE id = $1", params![answer_id(inspection, item)])
        .await?;
    row.map(|row| row.get("sheet_digest")).transpose()
}

/// What a problem that an answer gives ground for is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Ground {
    pub number: String,
    pub project: String,
    pub action: String,
    pub subject: String,
    pub subject_code: Option<String>,
    pub inspected_on: Day,
    /// It does not conform and has no problem yet.
    pub is_open: bool,
}

/// The answer as a ground, if its inspection lies within the scope.
pub(crate) async fn answer_ground(
    tx: &mut Tx,
    scope: &Scope,
    inspection: InspectionId,
    item: i64,
) -> Result<Option<Ground>, StoreError> {
    let (all, unit) = scope.unit_filter();
    let row = tx
        .one(
            "SELECT i.number, i.project, i.action, i.subject, i.subject_code, i.inspected_on, \
             CASE WHEN a.result = '不符合' AND a.problem IS NULL THEN 1 ELSE 0 END AS is_open \
             FROM inspection_answer a JOIN inspection i ON i.id = a.inspection \
             WHERE a.id = $1 AND ($2 = 1 OR i.unit = $3)",
            params![answer_id(inspection, item), all, unit],
        )
        .await?;
    row.map(|row| {
        Ok(Ground {
            number: row.get("number")?,
            project: row.get("project")?,
            action: row.get("action")?,
            subject: row.get("subject")?,
            subject_code: row.get("subject_code")?,
            inspected_on: row.get("inspected_on")?,
            is_open: row.get("is_open")?,
        })
    })
    .transpose()
}

/// Says which problem an answer became.
pub(crate) async fn answer_link(
    tx: &mut Tx,
    _: &Permit,
    inspection: InspectionId,
    item: i64,
    problem: ProblemId,
) -> Result<Touched, StoreError> {
    let id = answer_id(inspection, item);
    tx.run("UPDATE inspection_answer SET problem = $1 WHERE id = $2", params![problem, &id]).await?;
    Ok(Touched::new("inspection_answer", id))
}

fn answer_id(inspection: InspectionId, item: i64) -> String {
    format!("{inspection}/{item}")
}
