//! Problems and the findings they rest on.

use mingcha_access::{Permit, Scope};
use mingcha_domain::{CaseId, Day, FindingId, Instant, ProblemId};
use mingcha_store::{Row, StoreError, Touched, Tx, params};

use super::problem_row::StateColumns;
use crate::hindrance::{Broken, Hindrance, Stale};
use crate::recheck_cause::RecheckCause;
use crate::state::ProblemState;

const COLUMNS: &str = "id, number, kind, title, project, action, unit, subject, subject_code, found_on, basis, measure, \
                       state, due_on, rectified_on, rectified_by, rectified_by_name, rectification, rechecked_on, \
                       rechecked_by, rechecked_by_name, closed_on, recheck, origin, sheet_digest, changed_at, \
                       changed_by, version";

/// A problem as it stands, loaded inside the transaction that may change it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ProblemFile {
    pub id: ProblemId,
    pub number: String,
    pub kind: String,
    pub title: String,
    pub project: String,
    pub action: String,
    /// Code of the unit that must rectify it.
    pub unit: String,
    pub subject: Option<String>,
    pub subject_code: Option<String>,
    pub found_on: Day,
    pub basis: Option<String>,
    pub measure: Option<String>,
    pub state: ProblemState,
    /// The last deadline, also after it was met.
    pub due_on: Option<Day>,
    /// How it was rectified, in words.
    pub rectification: Option<String>,
    pub recheck: Option<RecheckCause>,
    /// `case`, `inspection` or `sheet`.
    pub origin: String,
    /// SM3 of the sheet row's cells, when a sheet brought it.
    pub sheet_digest: Option<String>,
    pub changed_at: Instant,
    pub changed_by: String,
    pub version: i64,
}

impl ProblemFile {
    /// Refuses when somebody changed it since the actor read version `seen`.
    pub(crate) fn unchanged_since(&self, seen: i64) -> Result<(), Stale> {
        if self.version == seen { Ok(()) } else { Err(self.stale()) }
    }

    fn stale(&self) -> Stale {
        Stale { number: self.number.clone(), by: self.changed_by.clone(), at: self.changed_at }
    }
}

/// The problem, if it exists within the scope.
pub(crate) async fn problem_find(tx: &mut Tx, scope: &Scope, id: ProblemId) -> Result<Option<ProblemFile>, Hindrance> {
    let row = tx.one(&format!("SELECT {COLUMNS} FROM problem WHERE id = $1"), params![id]).await?;
    let problem = row.as_ref().map(read).transpose()?;
    Ok(problem.filter(|problem| scope.covers(Some(&problem.unit))))
}

/// The problem of that number, whoever asks: for sheets, which name problems by number.
pub(crate) async fn problem_find_by_number(tx: &mut Tx, number: &str) -> Result<Option<ProblemFile>, Hindrance> {
    let row = tx.one(&format!("SELECT {COLUMNS} FROM problem WHERE number = $1"), params![number]).await?;
    row.as_ref().map(read).transpose()
}

/// Adds a problem as it stands.
pub(crate) async fn problem_add(
    tx: &mut Tx,
    _: &Permit,
    new: &ProblemFile,
    now: Instant,
    by: &str,
) -> Result<Touched, StoreError> {
    tx.run(
        "INSERT INTO problem (id, number, kind, title, project, action, unit, subject, subject_code, found_on, basis, \
         measure, state, due_on, rectification, recheck, origin, sheet_digest, opened_at, changed_at, changed_by, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, $20, $21)",
        params![
            new.id,
            &new.number,
            &new.kind,
            &new.title,
            &new.project,
            &new.action,
            &new.unit,
            new.subject.as_deref(),
            new.subject_code.as_deref(),
            new.found_on,
            new.basis.as_deref(),
            new.measure.as_deref(),
            new.state.code(),
            new.due_on,
            new.rectification.as_deref(),
            new.recheck.map(RecheckCause::code),
            &new.origin,
            new.sheet_digest.as_deref(),
            now,
            by,
            new.version,
        ],
    )
    .await?;
    write_state(tx, new).await?;
    Ok(touched(new))
}

/// Saves what may change of a problem. Gives it back with its new version.
pub(crate) async fn problem_save(
    tx: &mut Tx,
    _: &Permit,
    mut problem: ProblemFile,
    now: Instant,
    by: &str,
) -> Result<(ProblemFile, Touched), Hindrance> {
    let saved = tx
        .run(
            "UPDATE problem SET rectification = $1, recheck = $2, changed_at = $3, changed_by = $4, \
             version = version + 1 WHERE id = $5 AND version = $6",
            params![
                problem.rectification.as_deref(),
                problem.recheck.map(RecheckCause::code),
                now,
                by,
                problem.id,
                problem.version,
            ],
        )
        .await?;
    if saved != 1 {
        return Err(problem.stale().into());
    }
    problem.version += 1;
    write_state(tx, &problem).await?;
    let touched = touched(&problem);
    Ok((problem, touched))
}

async fn write_state(tx: &mut Tx, problem: &ProblemFile) -> Result<(), StoreError> {
    let columns = StateColumns::of(&problem.state);
    let (rectified_by, rectified_by_name) = columns.rectified.unzip();
    let (rechecked_by, rechecked_by_name) = columns.rechecked.unzip();
    tx.run(
        "UPDATE problem SET state = $1, due_on = $2, rectified_on = $3, rectified_by = $4, rectified_by_name = $5, \
         rechecked_on = $6, rechecked_by = $7, rechecked_by_name = $8, closed_on = $9 WHERE id = $10",
        params![
            columns.state,
            columns.due_on.or(problem.due_on),
            columns.rectified_on,
            rectified_by.flatten(),
            rectified_by_name,
            columns.rechecked_on,
            rechecked_by.flatten(),
            rechecked_by_name,
            columns.closed_on,
            problem.id,
        ],
    )
    .await?;
    Ok(())
}

/// Links a finding, with its case, to the problem that it is a ground of.
pub(crate) async fn finding_link(
    tx: &mut Tx,
    _: &Permit,
    problem: ProblemId,
    finding: FindingId,
    case: CaseId,
) -> Result<Touched, StoreError> {
    let id = finding.to_string();
    tx.run(
        "INSERT INTO problem_finding (id, problem, finding, case_file) VALUES ($1, $2, $3, $4)",
        params![&id, problem, finding, case],
    )
    .await?;
    Ok(Touched::new("problem_finding", id))
}

fn touched(problem: &ProblemFile) -> Touched {
    Touched::new("problem", problem.id.to_string())
}

fn read(row: &Row) -> Result<ProblemFile, Hindrance> {
    let id: ProblemId = row.get("id")?;
    let record = format!("problem:{id}");
    let recheck = match row.opt_text("recheck")? {
        None => None,
        Some(code) => Some(
            RecheckCause::from_code(code)
                .ok_or_else(|| Broken { record: record.clone(), reason: "unknown cause of a re-check" })?,
        ),
    };
    Ok(ProblemFile {
        id,
        number: row.get("number")?,
        kind: row.get("kind")?,
        title: row.get("title")?,
        project: row.get("project")?,
        action: row.get("action")?,
        unit: row.get("unit")?,
        subject: row.get("subject")?,
        subject_code: row.get("subject_code")?,
        found_on: row.get("found_on")?,
        basis: row.get("basis")?,
        measure: row.get("measure")?,
        state: StateColumns::read(row)?.into_state(&record)?,
        due_on: row.get("due_on")?,
        rectification: row.get("rectification")?,
        recheck,
        origin: row.get("origin")?,
        sheet_digest: row.get("sheet_digest")?,
        changed_at: row.get("changed_at")?,
        changed_by: row.get("changed_by")?,
        version: row.get("version")?,
    })
}
