//! What a record of casework rests on: its problem, that problem's findings, and whether it must be looked at again.
//! With it the explanation of a figure goes from “22 problems” on to findings, and from there to ledger rows.

use std::collections::BTreeMap;

use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{FindingId, ProblemId};
use mingcha_store::{Tx, params};

use crate::hindrance::Hindrance;

/// What one record rests on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RestsOn {
    /// Whether this actor may see the record itself, and not only the figure that counts it.
    pub seen: bool,
    /// The record as asked for: `problem:ID`, or its number.
    pub reference: String,
    /// The problem that it is or belongs to.
    pub problem: Option<ProblemId>,
    /// That problem's number.
    pub number: Option<String>,
    /// The findings; none: unlinked.
    pub findings: Vec<FindingId>,
    /// Why it must be looked at again, as a code: a finding vanished since.
    pub recheck: Option<String>,
}

/// Kinds of record, by the name before the colon of a `_ref`, and the query from identifier or number to problem.
const TO_PROBLEM: [(&str, &str); 5] = [
    ("problem", "SELECT id AS problem FROM problem WHERE id = $1 OR number = $1"),
    ("problem_person", "SELECT problem FROM problem_person WHERE id = $1"),
    ("recovery", "SELECT problem FROM recovery WHERE id = $1 OR number = $1"),
    ("inspection_answer", "SELECT problem FROM inspection_answer WHERE id = $1 AND problem IS NOT NULL"),
    ("case_file", "SELECT problem FROM case_file WHERE (id = $1 OR number = $1) AND problem IS NOT NULL"),
];

/// What each of these records rests on, in their order. A record may be named by `_ref` or by number; one that is no
/// record of casework rests on nothing.
pub async fn rests_on(desk: &mut Desk, references: &[String]) -> Result<Vec<RestsOn>, Hindrance> {
    desk.ask(Action::FigureSee, Subject::house())?;
    let mut known: BTreeMap<ProblemId, RestsOn> = BTreeMap::new();
    let mut all = Vec::with_capacity(references.len());
    for reference in references {
        let mut rests = match problem_of(desk.tx(), reference).await? {
            None => RestsOn::default(),
            Some(problem) => match known.get(&problem) {
                Some(rests) => rests.clone(),
                None => {
                    let rests = of_problem(desk.tx(), problem).await?;
                    known.insert(problem, rests.clone());
                    rests
                }
            },
        };
        if rests.problem.is_none() {
            lone_case(desk.tx(), reference, &mut rests).await?;
        }
        let seen = seen(desk, reference, rests.problem).await?;
        all.push(RestsOn { reference: reference.clone(), seen, ..rests });
    }
    Ok(all)
}

/// Whether the record's unit is within the actor's reach. What is no record of casework (a definition) is nobody's.
async fn seen(desk: &mut Desk, reference: &str, problem: Option<ProblemId>) -> Result<bool, Hindrance> {
    let (kind, id) = reference.split_once(':').unwrap_or(("", reference));
    let (action, sql, key) = match (kind, problem) {
        ("inspection", _) => (Action::InspectionSee, "SELECT unit FROM inspection WHERE id = $1", id.to_owned()),
        ("inspection_answer", _) => (
            Action::InspectionSee,
            "SELECT i.unit FROM inspection_answer a JOIN inspection i ON i.id = a.inspection WHERE a.id = $1",
            id.to_owned(),
        ),
        (_, Some(problem)) => (Action::CaseSee, "SELECT unit FROM problem WHERE id = $1", problem.to_string()),
        ("case_file", None) => (Action::CaseSee, "SELECT unit FROM case_file WHERE id = $1", id.to_owned()),
        ("problem" | "problem_person" | "recovery", None) => return Ok(false),
        _ => return Ok(true),
    };
    let row = desk.tx().one(sql, params![key]).await?;
    let unit: Option<String> = row.map(|row| row.get("unit")).transpose()?.flatten();
    Ok(desk.sees(action, unit.as_deref()))
}

async fn problem_of(tx: &mut Tx, reference: &str) -> Result<Option<ProblemId>, Hindrance> {
    let (kind, id) = reference.split_once(':').unwrap_or(("", reference));
    for (name, sql) in TO_PROBLEM {
        if !kind.is_empty() && kind != name {
            continue;
        }
        if let Some(row) = tx.one(sql, params![id]).await? {
            return Ok(Some(row.get("problem")?));
        }
    }
    Ok(None)
}

async fn of_problem(tx: &mut Tx, problem: ProblemId) -> Result<RestsOn, Hindrance> {
    let row = tx.one("SELECT number, recheck FROM problem WHERE id = $1", params![problem]).await?;
    let findings =
        tx.all("SELECT finding FROM problem_finding WHERE problem = $1 ORDER BY finding", params![problem]).await?;
    let (number, recheck) = match &row {
        None => (None, None),
        Some(row) => (row.get("number")?, row.get("recheck")?),
    };
    let findings = findings.iter().map(|row| row.get("finding")).collect::<Result<_, _>>()?;
    Ok(RestsOn { problem: Some(problem), number, findings, recheck, ..RestsOn::default() })
}

/// A case outside every problem rests on its own finding.
async fn lone_case(tx: &mut Tx, reference: &str, rests: &mut RestsOn) -> Result<(), Hindrance> {
    let Some(id) = reference.strip_prefix("case_file:") else { return Ok(()) };
    if let Some(row) = tx.one("SELECT finding, recheck FROM case_file WHERE id = $1", params![id]).await? {
        rests.findings = vec![row.get("finding")?];
        rests.recheck = row.get("recheck")?;
    }
    Ok(())
}
