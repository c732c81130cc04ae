//! Cases: found, added, saved.

use mingcha_access::{Permit, Scope};
use mingcha_domain::{CaseId, Day, FindingId, Instant, ProblemId};
use mingcha_store::{Row, StoreError, Touched, Tx, params};

use super::case_row::StateColumns;
use crate::hindrance::{Broken, Hindrance, Stale};
use crate::recheck_cause::RecheckCause;
use crate::state::CaseState;

const COLUMNS: &str = "id, number, finding, model, project, action, sentence, effect, subject, subject_code, state, unit, due_on, \
                       verdict, verified_by, verified_by_name, problem, closed_on, recheck, reopen_offered, \
                       changed_at, changed_by, version";

/// A case as it stands, loaded inside the transaction that may change it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct CaseFile {
    pub id: CaseId,
    pub number: String,
    pub finding: FindingId,
    pub model: String,
    pub project: String,
    pub action: String,
    pub sentence: String,
    pub effect: String,
    pub subject: Option<String>,
    pub subject_code: Option<String>,
    pub state: CaseState,
    pub closed_on: Option<Day>,
    pub recheck: Option<RecheckCause>,
    pub reopen_offered: bool,
    pub changed_at: Instant,
    pub changed_by: String,
    pub version: i64,
}

impl CaseFile {
    /// Whether a unit is the subject of this case: it must not judge itself (回避).
    pub(crate) fn concerns(&self, unit: &super::UnitName) -> bool {
        self.subject_code.as_deref() == Some(unit.code.as_str())
            || self.subject.as_deref().is_some_and(|subject| subject.trim() == unit.name)
    }

    /// Refuses when somebody changed it since the actor read version `seen`.
    pub(crate) fn unchanged_since(&self, seen: i64) -> Result<(), Stale> {
        if self.version == seen { Ok(()) } else { Err(self.stale()) }
    }

    pub(crate) fn stale(&self) -> Stale {
        Stale { number: self.number.clone(), by: self.changed_by.clone(), at: self.changed_at }
    }
}

/// What a new case is made of.
#[derive(Clone, Debug)]
pub(crate) struct NewCase<'a> {
    pub id: CaseId,
    pub number: &'a str,
    pub finding: FindingId,
    pub model: &'a str,
    pub project: &'a str,
    pub action: &'a str,
    pub sentence: &'a str,
    pub effect: &'a str,
    pub subject: Option<&'a str>,
    pub subject_code: Option<&'a str>,
}

/// The case, if it exists within the scope.
pub(crate) async fn case_find(tx: &mut Tx, scope: &Scope, id: CaseId) -> Result<Option<CaseFile>, Hindrance> {
    let row = tx.one(&format!("SELECT {COLUMNS} FROM case_file WHERE id = $1"), params![id]).await?;
    let case = row.as_ref().map(read).transpose()?;
    Ok(case.filter(|case| scope.covers(case.state.unit())))
}

/// The case of a finding, whoever asks: for handlers of jobs and imports, which act for nobody's eyes.
pub(crate) async fn case_find_by_finding(tx: &mut Tx, finding: FindingId) -> Result<Option<CaseFile>, Hindrance> {
    let row = tx.one(&format!("SELECT {COLUMNS} FROM case_file WHERE finding = $1"), params![finding]).await?;
    row.as_ref().map(read).transpose()
}

/// All cases of a problem, by number.
pub(crate) async fn cases_of_problem(tx: &mut Tx, problem: ProblemId) -> Result<Vec<CaseFile>, Hindrance> {
    let sql = format!("SELECT {COLUMNS} FROM case_file WHERE problem = $1 ORDER BY number");
    tx.all(&sql, params![problem]).await?.iter().map(read).collect()
}

/// Adds a case in its first state.
pub(crate) async fn case_add(
    tx: &mut Tx,
    _: &Permit,
    new: &NewCase<'_>,
    now: Instant,
    by: &str,
) -> Result<Touched, StoreError> {
    tx.run(
        "INSERT INTO case_file (id, number, finding, model, project, action, sentence, effect, subject, subject_code, \
         state, reopen_offered, opened_at, changed_at, changed_by, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', 0, $11, $11, $12, 1)",
        params![
            new.id,
            new.number,
            new.finding,
            new.model,
            new.project,
            new.action,
            new.sentence,
            new.effect,
            new.subject,
            new.subject_code,
            now,
            by,
        ],
    )
    .await?;
    Ok(Touched::new("case_file", new.id.to_string()))
}

/// Saves what may change of a case. Gives the case back with its new version.
pub(crate) async fn case_save(
    tx: &mut Tx,
    _: &Permit,
    mut case: CaseFile,
    now: Instant,
    by: &str,
) -> Result<(CaseFile, Touched), Hindrance> {
    let columns = StateColumns::of(&case.state);
    let saved = tx
        .run(
            "UPDATE case_file SET state = $1, unit = $2, due_on = $3, verdict = $4, verified_by = $5, \
             verified_by_name = $6, problem = $7, closed_on = $8, recheck = $9, reopen_offered = $10, changed_at = $11, \
             changed_by = $12, sentence = $13, effect = $14, version = version + 1 WHERE id = $15 AND version = $16",
            params![
                columns.state,
                columns.unit,
                columns.due_on,
                columns.verdict,
                columns.verified_by,
                columns.verified_by_name,
                columns.problem,
                case.closed_on,
                case.recheck.map(RecheckCause::code),
                case.reopen_offered,
                now,
                by,
                &case.sentence,
                &case.effect,
                case.id,
                case.version,
            ],
        )
        .await?;
    if saved != 1 {
        return Err(case.stale().into());
    }
    case.version += 1;
    let touched = Touched::new("case_file", case.id.to_string());
    Ok((case, touched))
}

fn read(row: &Row) -> Result<CaseFile, Hindrance> {
    let id: CaseId = row.get("id")?;
    let record = format!("case_file:{id}");
    let recheck = match row.opt_text("recheck")? {
        None => None,
        Some(code) => Some(
            RecheckCause::from_code(code)
                .ok_or_else(|| Broken { record: record.clone(), reason: "unknown cause of a re-check" })?,
        ),
    };
    Ok(CaseFile {
        id,
        number: row.get("number")?,
        finding: row.get("finding")?,
        model: row.get("model")?,
        project: row.get("project")?,
        action: row.get("action")?,
        sentence: row.get("sentence")?,
        effect: row.get("effect")?,
        subject: row.get("subject")?,
        subject_code: row.get("subject_code")?,
        state: StateColumns::read(row)?.into_state(&record)?,
        closed_on: row.get("closed_on")?,
        recheck,
        reopen_offered: row.get("reopen_offered")?,
        changed_at: row.get("changed_at")?,
        changed_by: row.get("changed_by")?,
        version: row.get("version")?,
    })
}
