//! What a record of casework rests on: its problem, that problem's findings, and whether it must be looked at again.
//! With it the explanation of a figure goes from “22 problems” on to findings, and from there to ledger rows.
//!
//! A figure counts every unit's records; which of them an actor may look at is said here, record by record.

use std::collections::BTreeMap;

use mingcha_access::{Action, Desk, Scope, Subject};
use mingcha_domain::{FindingId, ProblemId};
use mingcha_store::{Tx, params};

use crate::hindrance::Hindrance;

/// What one record rests on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RestsOn {
    /// The record as asked for: `problem:ID`, or its number.
    pub reference: String,
    /// Whether it is a record of casework at all.
    pub casework: bool,
    /// Whether the actor may look at it. Of a record that they may not look at, nothing else is told. What is no record
    /// of casework is no matter of this room, and seen.
    pub seen: bool,
    /// The problem that it is or belongs to, as far as the actor sees it.
    pub problem: Option<ProblemId>,
    /// That problem's number.
    pub number: Option<String>,
    /// The findings; none: unlinked.
    pub findings: Vec<FindingId>,
    /// Why it must be looked at again, as a code: a finding vanished or changed since.
    pub recheck: Option<String>,
}

/// A kind of record.
struct RecordKind {
    /// The name before the colon of a `_ref`.
    name: &'static str,
    /// What one must be allowed to see of its unit.
    see: Action,
    /// From identifier or number to unit and problem.
    sql: &'static str,
}

const KINDS: [RecordKind; 6] = [
    RecordKind {
        name: "problem",
        see: Action::CaseSee,
        sql: "SELECT id, unit, id AS problem FROM problem WHERE id = $1 OR number = $1",
    },
    RecordKind {
        name: "problem_person",
        see: Action::CaseSee,
        sql: "SELECT n.id, p.unit, n.problem FROM problem_person n JOIN problem p ON p.id = n.problem WHERE n.id = $1",
    },
    RecordKind {
        name: "recovery",
        see: Action::CaseSee,
        sql: "SELECT r.id, p.unit, r.problem FROM recovery r JOIN problem p ON p.id = r.problem \
              WHERE r.id = $1 OR r.number = $1",
    },
    RecordKind {
        name: "inspection",
        see: Action::InspectionSee,
        sql: "SELECT id, unit, CAST(NULL AS TEXT) AS problem FROM inspection WHERE id = $1 OR number = $1",
    },
    RecordKind {
        name: "inspection_answer",
        see: Action::InspectionSee,
        sql: "SELECT a.id, i.unit, a.problem FROM inspection_answer a JOIN inspection i ON i.id = a.inspection \
              WHERE a.id = $1",
    },
    RecordKind {
        name: CASE,
        see: Action::CaseSee,
        sql: "SELECT id, unit, problem FROM case_file WHERE id = $1 OR number = $1",
    },
];
const CASE: &str = "case_file";

/// A record of casework that was found under a reference.
struct Found {
    kind: &'static RecordKind,
    id: String,
    unit: Option<String>,
    problem: Option<ProblemId>,
}

/// What each of these records rests on, in their order, as far as the actor may see them. A record may be named by
/// `_ref` or by number; one that is no record of casework rests on nothing.
pub async fn rests_on(desk: &mut Desk, references: &[String]) -> Result<Vec<RestsOn>, Hindrance> {
    desk.ask(Action::FigureSee, Subject::house())?;
    let sight = Sight { cases: desk.scope(Action::CaseSee), inspections: desk.scope(Action::InspectionSee) };
    let mut known: BTreeMap<&str, RestsOn> = BTreeMap::new();
    let mut problems: BTreeMap<ProblemId, RestsOn> = BTreeMap::new();
    let mut all = Vec::with_capacity(references.len());
    for reference in references {
        let rests = match known.get(reference.as_str()) {
            Some(rests) => rests.clone(),
            None => {
                let rests = of_reference(desk.tx(), &sight, reference, &mut problems).await?;
                known.insert(reference, rests.clone());
                rests
            }
        };
        all.push(rests);
    }
    Ok(all)
}

/// What the actor may look at.
struct Sight {
    cases: Scope,
    inspections: Scope,
}

impl Sight {
    fn scope(&self, see: Action) -> &Scope {
        if see == Action::InspectionSee { &self.inspections } else { &self.cases }
    }

    fn everything(&self) -> bool {
        self.cases == Scope::All && self.inspections == Scope::All
    }
}

async fn of_reference(
    tx: &mut Tx,
    sight: &Sight,
    reference: &str,
    problems: &mut BTreeMap<ProblemId, RestsOn>,
) -> Result<RestsOn, Hindrance> {
    let named = RestsOn { reference: reference.to_owned(), ..RestsOn::default() };
    let (kind, id) = reference.split_once(':').unwrap_or(("", reference));
    let Some(found) = record_of(tx, sight, kind, id).await? else {
        // A name of casework without its row: nobody's unit, so only for whoever sees all of them.
        let kind = KINDS.iter().find(|known| known.name == kind);
        let seen = kind.is_none_or(|kind| *sight.scope(kind.see) == Scope::All);
        return Ok(RestsOn { casework: kind.is_some(), seen, ..named });
    };
    if !sight.scope(found.kind.see).covers(found.unit.as_deref()) {
        return Ok(RestsOn { casework: true, seen: false, ..named });
    }
    let rests = match found.problem {
        Some(problem) => match problems.get(&problem) {
            Some(rests) => rests.clone(),
            None => {
                let rests = of_problem(tx, sight, problem).await?;
                problems.insert(problem, rests.clone());
                rests
            }
        },
        None if found.kind.name == CASE => lone_case(tx, &found.id).await?,
        None => RestsOn::default(),
    };
    Ok(RestsOn { reference: named.reference, casework: true, seen: true, ..rests })
}

/// The record under a reference. A number may be that of records of several kinds: the first is meant, yet one that the
/// actor may not look at goes before, since it may be the one.
async fn record_of(tx: &mut Tx, sight: &Sight, kind: &str, id: &str) -> Result<Option<Found>, Hindrance> {
    let mut first = None;
    for known in KINDS.iter().filter(|known| kind.is_empty() || kind == known.name) {
        for row in tx.all(known.sql, params![id]).await? {
            let found = Found { kind: known, id: row.get("id")?, unit: row.get("unit")?, problem: row.get("problem")? };
            if sight.everything() || !sight.scope(known.see).covers(found.unit.as_deref()) {
                return Ok(Some(found));
            }
            first.get_or_insert(found);
        }
    }
    Ok(first)
}

async fn of_problem(tx: &mut Tx, sight: &Sight, problem: ProblemId) -> Result<RestsOn, Hindrance> {
    let row = tx.one("SELECT number, unit, recheck FROM problem WHERE id = $1", params![problem]).await?;
    let Some(row) = row else { return Ok(RestsOn::default()) };
    let unit: Option<String> = row.get("unit")?;
    if !sight.cases.covers(unit.as_deref()) {
        // An inspection may be looked at by whoever does not see the problem that came of it.
        return Ok(RestsOn::default());
    }
    let findings =
        tx.all("SELECT finding FROM problem_finding WHERE problem = $1 ORDER BY finding", params![problem]).await?;
    Ok(RestsOn {
        problem: Some(problem),
        number: row.get("number")?,
        findings: findings.iter().map(|row| row.get("finding")).collect::<Result<_, _>>()?,
        recheck: row.get("recheck")?,
        ..RestsOn::default()
    })
}

/// A case outside every problem rests on its own finding.
async fn lone_case(tx: &mut Tx, id: &str) -> Result<RestsOn, Hindrance> {
    let row = tx.one("SELECT finding, recheck FROM case_file WHERE id = $1", params![id]).await?;
    let Some(row) = row else { return Ok(RestsOn::default()) };
    Ok(RestsOn { findings: vec![row.get("finding")?], recheck: row.get("recheck")?, ..RestsOn::default() })
}
