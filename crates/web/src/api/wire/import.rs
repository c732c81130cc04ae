//! Imports: how far one is, and what became of it.

use axum::http::StatusCode;
use mingcha_ledger::Step;
use mingcha_wiring::imports::{Failed, Import as Known, ImportSeen, ImportState, Outcome, Taken};
use mingcha_words::Lang;
use serde::Serialize;

use super::{Place, Problem};

/// An import that was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Import {
    /// Its number.
    pub import: String,
    /// Full name of the ledger.
    pub ledger: String,
    /// The name the file came with.
    pub file: String,
    /// Its length.
    pub bytes: i64,
    /// Its SM3.
    pub sm3: String,
    /// `received`, `reading`, `checking`, `writing`, `done`, `failed`.
    pub stage: &'static str,
    /// Rows seen so far in this stage; of all when it is done.
    pub rows: u64,
    /// Since when.
    pub begun_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// What became of it, when it is done.
    pub result: Option<ImportResult>,
    /// Why nothing went in, when it failed.
    pub problem: Option<Problem>,
}

/// What became of a sheet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ImportResult {
    /// The import's number.
    pub import: String,
    /// Rows that changed the ledger: new ones and such as take the place of others.
    pub accepted: usize,
    /// New keys.
    pub added: usize,
    /// Known keys with other content.
    pub superseded: usize,
    /// Known keys with the same content.
    pub unchanged: usize,
    /// Rows that ended because the sheet no longer has them.
    pub ended: usize,
    /// Rows that stand in the file more than once.
    pub duplicated: usize,
    /// Rows that were kept back.
    pub rejected: usize,
    /// The batch; none when nothing was new.
    pub batch: Option<i64>,
    /// Why rows were kept back.
    pub rejects: Vec<Reject>,
    /// Reasons that are not listed; the marked workbook has them all.
    pub rejects_left_off: usize,
    /// What was done with the sheet that its sender should know.
    pub notes: Vec<String>,
    /// The address of the workbook with the bad cells marked, when there are any.
    pub marked: Option<String>,
}

/// One thing that is wrong with one row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Reject {
    /// The line of the sheet, 1-based.
    pub row: i64,
    /// The column's title; empty for the row as a whole.
    pub column: String,
    /// The column's name; empty for the row as a whole.
    pub name: String,
    /// The code.
    pub code: String,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Import {
    /// An import in the caller's language.
    pub(crate) fn of(lang: Lang, seen: &ImportSeen) -> Self {
        let import = &seen.import;
        let (stage, rows) = match (import.state, seen.progress) {
            (ImportState::Done, _) => ("done", rows_of(import)),
            (ImportState::Failed | ImportState::Interrupted, _) => ("failed", 0),
            (ImportState::Running, Some((step, rows))) => (step_word(step), rows),
            // Another process is at it, or it is just about to begin.
            (ImportState::Running, None) => ("received", 0),
        };
        let (result, problem) = match &import.outcome {
            Some(Outcome::Taken(taken)) => (Some(ImportResult::of(lang, import, taken)), None),
            Some(Outcome::Failed(failed)) => (None, Some(failed_problem(lang, failed).1)),
            None => (None, None),
        };
        Self {
            import: import.id.to_string(),
            ledger: import.ledger.clone(),
            file: import.file_name.clone(),
            bytes: import.bytes,
            sm3: import.sm3.clone(),
            stage,
            rows,
            begun_at: import.begun_at.to_string(),
            ended_at: import.ended_at.map(|at| at.to_string()),
            result,
            problem,
        }
    }
}

impl ImportResult {
    /// What became of a sheet, in the caller's language.
    pub(crate) fn of(lang: Lang, import: &Known, taken: &Taken) -> Self {
        let reject = |reject: &mingcha_wiring::imports::Reject| Reject {
            row: reject.row,
            column: reject.column.clone(),
            name: reject.name.clone(),
            code: reject.said.code.clone(),
            message: reject.said.whole(lang),
        };
        Self {
            import: import.id.to_string(),
            accepted: taken.added + taken.superseded,
            added: taken.added,
            superseded: taken.superseded,
            unchanged: taken.unchanged,
            ended: taken.ended,
            duplicated: taken.duplicated,
            rejected: taken.rejected,
            batch: taken.batch,
            rejects: taken.rejects.iter().map(reject).collect(),
            rejects_left_off: taken.rejects_left_off,
            notes: taken.notes.iter().map(|said| said.message(lang).to_owned()).collect(),
            marked: (taken.rejected > 0).then(|| format!("{}/imports/{}/marked.xlsx", crate::api::ROOT, import.id)),
        }
    }
}

/// Why nothing went in, with its status.
pub(crate) fn failed_problem(lang: Lang, failed: &Failed) -> (StatusCode, Problem) {
    let status = crate::shell::status_of(&failed.said.code, failed.kind);
    let (detail, remedy) = (failed.said.message(lang).to_owned(), failed.said.remedy(lang).to_owned());
    let fact = |name: &str| failed.place.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let place = Place { row: fact("row").and_then(|row| row.parse().ok()), column: fact("column") };
    let place = (place != Place::default()).then_some(place);
    (status, Problem { place, ..Problem::of(status, lang, &failed.said.code, detail, remedy) })
}

fn rows_of(import: &Known) -> u64 {
    match &import.outcome {
        Some(Outcome::Taken(taken)) => (taken.added + taken.superseded + taken.unchanged + taken.rejected) as u64,
        _ => 0,
    }
}

/// The name of a stage.
pub(crate) fn step_word(step: Step) -> &'static str {
    match step {
        Step::Received => "received",
        Step::Reading => "reading",
        Step::Checking => "checking",
        Step::Writing => "writing",
    }
}
