//! What every deed on a case or a problem has in common: load it, ask the gate, see that nobody was faster; and in the
//! end save it, tell the story, record it. What lies between is the use case.

use mingcha_access::{Action, Desk, Permit, Record, Subject};
use mingcha_domain::calendar::{self, Term};
use mingcha_domain::{CaseId, Day, ProblemId};
use mingcha_store::Touched;
use serde_json::{Value, json};

use crate::hindrance::{Broken, Hindrance};
use crate::queries::{self, About, CaseFile, ProblemFile, Step};
use crate::who::Who;

/// Longest term for an answer or a rectification, in working days; half a year of them.
pub const TERM_WORKING_DAYS_MAX: u32 = 125;

/// A case or problem as the actor saw it: what is changed must still be that version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen<Id> {
    /// Which one.
    pub id: Id,
    /// The version on the page that the actor acted from.
    pub version: i64,
}

/// A term that is no term.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0} working days are no term")]
pub struct BadTerm(pub u32);

/// The last day of a term that begins today.
pub(crate) fn due_after(today: Day, working_days: u32) -> Result<Day, BadTerm> {
    if (1..=TERM_WORKING_DAYS_MAX).contains(&working_days) {
        Ok(calendar::due(today, Term::WorkingDays(working_days)).on)
    } else {
        Err(BadTerm(working_days))
    }
}

/// The actor as a person of the story.
pub(crate) fn me(desk: &Desk) -> Who {
    Who { account: Some(desk.actor.account), name: desk.actor.name.clone() }
}

/// What a deed adds to the story and to the audit trail.
pub(crate) struct Deed {
    /// Code of the move.
    pub made: &'static str,
    /// The state before.
    pub from: &'static str,
    pub why: Option<String>,
    pub facts: Value,
    /// Rows that the deed touched besides the case or problem and its story.
    pub also: Vec<Touched>,
}

impl Deed {
    pub(crate) fn new(made: &'static str, from: &'static str) -> Self {
        Self { made, from, why: None, facts: json!({}), also: Vec::new() }
    }

    pub(crate) fn because(self, why: impl Into<String>) -> Self {
        Self { why: Some(why.into()), ..self }
    }

    pub(crate) fn telling(self, facts: Value) -> Self {
        Self { facts, ..self }
    }

    pub(crate) fn touching(self, also: Vec<Touched>) -> Self {
        Self { also, ..self }
    }
}

/// Loads a case, asks whether the actor may do this to it, and refuses when it is no longer what they saw.
pub(crate) async fn case_for(
    desk: &mut Desk,
    action: Action,
    seen: Seen<CaseId>,
) -> Result<(CaseFile, Permit), Hindrance> {
    let scope = desk.scope(Action::CaseSee);
    let found = queries::case_find(desk.tx(), &scope, seen.id).await?;
    let unit = found.as_ref().and_then(|case| case.state.unit());
    let permit = desk.ask(action, Subject::of(unit).visible_if(found.is_some()))?;
    let case = found.ok_or_else(|| unseen_but_permitted("case_file", seen.id))?;
    case.unchanged_since(seen.version)?;
    Ok((case, permit))
}

/// As [`case_for`], for a problem.
pub(crate) async fn problem_for(
    desk: &mut Desk,
    action: Action,
    seen: Seen<ProblemId>,
) -> Result<(ProblemFile, Permit), Hindrance> {
    let scope = desk.scope(Action::CaseSee);
    let found = queries::problem_find(desk.tx(), &scope, seen.id).await?;
    let unit = found.as_ref().map(|problem| problem.unit.as_str());
    let permit = desk.ask(action, Subject::of(unit).visible_if(found.is_some()))?;
    let problem = found.ok_or_else(|| unseen_but_permitted("problem", seen.id))?;
    problem.unchanged_since(seen.version)?;
    Ok((problem, permit))
}

/// Saves a case in its new state and adds the step to its story. The rows touched are for the audit entry.
pub(crate) async fn case_step(
    desk: &mut Desk,
    permit: &Permit,
    case: CaseFile,
    deed: &Deed,
) -> Result<(CaseFile, Vec<Touched>), Hindrance> {
    let (now, by) = (desk.now, me(desk));
    let (case, saved) = queries::case_save(desk.tx(), permit, case, now, &by.name).await?;
    let told = step_add(desk, permit, About::Case(case.id), case.state.code(), deed).await?;
    Ok((case, vec![saved, told]))
}

/// As [`case_step`], for a problem.
pub(crate) async fn problem_step(
    desk: &mut Desk,
    permit: &Permit,
    problem: ProblemFile,
    deed: &Deed,
) -> Result<(ProblemFile, Vec<Touched>), Hindrance> {
    let (now, by) = (desk.now, me(desk));
    let (problem, saved) = queries::problem_save(desk.tx(), permit, problem, now, &by.name).await?;
    let told = step_add(desk, permit, About::Problem(problem.id), problem.state.code(), deed).await?;
    Ok((problem, vec![saved, told]))
}

/// Saves a case, tells the story and records the deed: all that remains is to commit.
pub(crate) async fn case_done(
    desk: &mut Desk,
    permit: &Permit,
    case: CaseFile,
    deed: Deed,
) -> Result<CaseFile, Hindrance> {
    let (case, touched) = case_step(desk, permit, case, &deed).await?;
    record(desk, permit, About::Case(case.id), &case.number, case.state.code(), deed, touched).await?;
    Ok(case)
}

/// As [`case_done`], for a problem.
pub(crate) async fn problem_done(
    desk: &mut Desk,
    permit: &Permit,
    problem: ProblemFile,
    deed: Deed,
) -> Result<ProblemFile, Hindrance> {
    let (problem, touched) = problem_step(desk, permit, problem, &deed).await?;
    record(desk, permit, About::Problem(problem.id), &problem.number, problem.state.code(), deed, touched).await?;
    Ok(problem)
}

/// Writes the one audit entry of a deed.
pub(crate) async fn record(
    desk: &mut Desk,
    permit: &Permit,
    about: About,
    number: &str,
    to: &str,
    deed: Deed,
    mut touched: Vec<Touched>,
) -> Result<(), Hindrance> {
    touched.extend(deed.also);
    touched.sort();
    touched.dedup();
    let verb = format!("{}.{}", about.kind(), deed.made);
    let subject = about.subject();
    let facts = json!({ "number": number, "from": deed.from, "to": to, "details": deed.facts });
    let record = Record { verb: &verb, subject: &subject, why: deed.why.as_deref(), touched: &touched, facts };
    desk.record(permit, record).await?;
    Ok(())
}

async fn step_add(
    desk: &mut Desk,
    permit: &Permit,
    about: About,
    to: &'static str,
    deed: &Deed,
) -> Result<Touched, Hindrance> {
    let (now, by, happened_on) = (desk.now, me(desk), desk.today);
    let step = Step {
        about,
        made: deed.made,
        from: Some(deed.from),
        to,
        happened_on,
        by,
        why: deed.why.clone(),
        facts: deed.facts.clone(),
    };
    Ok(queries::story_add(desk.tx(), permit, now, &step).await?)
}

fn unseen_but_permitted(table: &str, id: impl std::fmt::Display) -> Broken {
    Broken { record: format!("{table}:{id}"), reason: "the gate let pass what was not there" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn five_working_days_step_over_the_national_holiday() {
        // 29/9–6/10 off; 7 and 8/10, a weekend, worked.
        assert_eq!(due_after(day("2023-09-28"), 5), Ok(day("2023-10-11")));
    }

    #[test]
    fn a_term_of_nothing_or_of_years_is_no_term() {
        assert_eq!(due_after(day("2023-09-28"), 0), Err(BadTerm(0)));
        assert_eq!(due_after(day("2023-09-28"), TERM_WORKING_DAYS_MAX + 1), Err(BadTerm(126)));
    }
}
