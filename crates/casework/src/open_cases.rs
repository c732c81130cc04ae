//! What a run of models found becomes casework. A new finding opens a case. A finding that vanished asks that its case,
//! and the problem it is a ground of, be looked at again; it never closes anything. One that stays with other data asks the
//! same of what people have settled as true. One that returns after closing offers 重开. Called once per run by whoever wires the rooms; a second call for the same run changes nothing.

use mingcha_access::{Action, Desk, Permit, Record, Subject};
use mingcha_domain::{CaseId, FindingId, ProblemId};
use mingcha_store::Touched;
use serde_json::json;

use crate::deed::{Deed, case_step, me, problem_step};
use crate::hindrance::Hindrance;
use crate::queries::{self, About, CaseFile, NewCase, Series, Step};
use crate::recheck_cause::RecheckCause;
use crate::state::{CaseState, Closing};

/// What changed about one finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FindingNews {
    /// The finding.
    pub finding: FindingId,
    /// What happened to it.
    pub change: FindingChange,
    /// Full name of the model.
    pub model: String,
    /// The project (pack) of the model.
    pub project: String,
    /// The finding in one sentence, masked.
    pub sentence: String,
    /// 提示, 核查 or 暂停支付.
    pub effect: String,
    /// Whom or what it is about, for lists; personal identifiers masked.
    pub subject: Option<String>,
    /// Code of the unit or organisation it is about, if it is about one.
    pub subject_code: Option<String>,
}

/// What happened to a finding in a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FindingChange {
    /// It is there, for the first time or in other words.
    Seen,
    /// It is there, and what the data say of it is no longer what people saw.
    Changed(RecheckCause),
    /// It is no longer there.
    Vanished(RecheckCause),
    /// It had vanished and is there again.
    Returned,
}

/// What became of a run's changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct OpenedCases {
    /// Cases opened.
    pub opened: usize,
    /// Cases whose sentence was brought up to date.
    pub refreshed: usize,
    /// Cases and problems to be looked at again.
    pub rechecks: usize,
    /// Closed cases that may be reopened.
    pub reopenings: usize,
}

/// Opens, refreshes and marks cases for a run's changes, and commits.
pub async fn open_cases(mut desk: Desk, run: &str, news: &[FindingNews]) -> Result<OpenedCases, Hindrance> {
    let permit = desk.ask(Action::ModelRun, Subject::house())?;
    let mut outcome = OpenedCases::default();
    let mut touched = Vec::new();
    for one in news {
        let case = queries::case_find_by_finding(desk.tx(), one.finding).await?;
        touched.extend(match (case, one.change) {
            (None, FindingChange::Seen | FindingChange::Changed(_) | FindingChange::Returned) => {
                outcome.opened += 1;
                open(&mut desk, &permit, one).await?
            }
            // Found and lost between two runs of this handler: nobody has seen it, there is nothing to look at again.
            (None, FindingChange::Vanished(_)) => Vec::new(),
            (Some(case), FindingChange::Seen) => refresh(&mut desk, &permit, case, one, &mut outcome).await?.1,
            (Some(case), FindingChange::Changed(cause)) => {
                let (case, mut rows) = refresh(&mut desk, &permit, case, one, &mut outcome).await?;
                // Of the others nothing was settled as true: they tell what is so now, and that is enough.
                if problem_of(&case.state).is_some() {
                    rows.extend(ask_recheck(&mut desk, &permit, case, cause, &mut outcome).await?);
                }
                rows
            }
            (Some(case), FindingChange::Vanished(cause)) => {
                ask_recheck(&mut desk, &permit, case, cause, &mut outcome).await?
            }
            (Some(case), FindingChange::Returned) => withdraw_recheck(&mut desk, &permit, case, &mut outcome).await?,
        });
    }
    if !touched.is_empty() {
        touched.sort();
        touched.dedup();
        let facts = json!({ "run": run, "opened": outcome.opened, "refreshed": outcome.refreshed,
                            "rechecks": outcome.rechecks, "reopenings": outcome.reopenings });
        let subject = format!("run:{run}");
        let record = Record { verb: "case.open", subject: &subject, why: None, touched: &touched, facts };
        desk.record(&permit, record).await?;
    }
    desk.commit().await?;
    Ok(outcome)
}

async fn open(desk: &mut Desk, permit: &Permit, news: &FindingNews) -> Result<Vec<Touched>, Hindrance> {
    let (action, now, by) = (desk.action_year().to_owned(), desk.now, me(desk));
    let number = queries::number_take(desk.tx(), permit, Series::Case, &action).await?;
    let id = CaseId::from_random(desk.random());
    let new = NewCase {
        id,
        number: &number,
        finding: news.finding,
        model: &news.model,
        project: &news.project,
        action: &action,
        sentence: &news.sentence,
        effect: &news.effect,
        subject: news.subject.as_deref(),
        subject_code: news.subject_code.as_deref(),
    };
    let added = queries::case_add(desk.tx(), permit, &new, now, &by.name).await?;
    let step = Step {
        about: About::Case(id),
        made: "open",
        from: None,
        to: CaseState::Waiting.code(),
        happened_on: desk.today,
        by,
        why: None,
        facts: json!({ "model": news.model }),
    };
    Ok(vec![added, queries::story_add(desk.tx(), permit, now, &step).await?])
}

/// The rows changed and the finding stayed: an open case tells what they say now. A closed one keeps what was decided on.
async fn refresh(
    desk: &mut Desk,
    permit: &Permit,
    mut case: CaseFile,
    news: &FindingNews,
    outcome: &mut OpenedCases,
) -> Result<(CaseFile, Vec<Touched>), Hindrance> {
    let same = case.sentence == news.sentence && case.effect == news.effect;
    if same || matches!(case.state, CaseState::Closed(_)) {
        return Ok((case, Vec::new()));
    }
    outcome.refreshed += 1;
    let before = std::mem::replace(&mut case.sentence, news.sentence.clone());
    let effect = std::mem::replace(&mut case.effect, news.effect.clone());
    let deed = Deed::new("refreshed", case.state.code()).telling(json!({ "before": before, "effect_before": effect }));
    case_step(desk, permit, case, &deed).await
}

async fn ask_recheck(
    desk: &mut Desk,
    permit: &Permit,
    mut case: CaseFile,
    cause: RecheckCause,
    outcome: &mut OpenedCases,
) -> Result<Vec<Touched>, Hindrance> {
    let problem = problem_of(&case.state);
    let mut touched = Vec::new();
    if case.recheck.is_none() {
        outcome.rechecks += 1;
        case.recheck = Some(cause);
        case.reopen_offered = false;
        touched.extend(case_step(desk, permit, case.clone(), &asked(case.state.code(), cause, &case.number)).await?.1);
    }
    if let Some(mut problem) = find(desk, problem).await?
        && problem.recheck.is_none()
    {
        outcome.rechecks += 1;
        problem.recheck = Some(cause);
        let deed = asked(problem.state.code(), cause, &case.number);
        touched.extend(problem_step(desk, permit, problem, &deed).await?.1);
    }
    Ok(touched)
}

async fn withdraw_recheck(
    desk: &mut Desk,
    permit: &Permit,
    mut case: CaseFile,
    outcome: &mut OpenedCases,
) -> Result<Vec<Touched>, Hindrance> {
    let mut touched = Vec::new();
    let (number, problem, from) = (case.number.clone(), problem_of(&case.state), case.state.code());
    if case.recheck.take().is_some() {
        let deed = Deed::new("recheck_withdrawn", from).telling(json!({ "case": number }));
        let (saved, rows) = case_step(desk, permit, case, &deed).await?;
        case = saved;
        touched.extend(rows);
    }
    if matches!(case.state, CaseState::Closed(_)) && !case.reopen_offered {
        outcome.reopenings += 1;
        case.reopen_offered = true;
        touched.extend(case_step(desk, permit, case, &Deed::new("reopen_offered", from)).await?.1);
    }
    if let Some(mut problem) = find(desk, problem).await?
        && problem.recheck.is_some()
    {
        let others = queries::cases_of_problem(desk.tx(), problem.id).await?;
        if others.iter().all(|other| other.recheck.is_none()) {
            problem.recheck = None;
            let deed = Deed::new("recheck_withdrawn", problem.state.code()).telling(json!({ "case": number }));
            touched.extend(problem_step(desk, permit, problem, &deed).await?.1);
        }
    }
    Ok(touched)
}

fn asked(state: &'static str, cause: RecheckCause, case: &str) -> Deed {
    Deed::new("recheck_asked", state).telling(json!({ "cause": cause.code(), "case": case }))
}

fn problem_of(state: &CaseState) -> Option<ProblemId> {
    match state {
        CaseState::InProblem { problem, .. } | CaseState::Closed(Closing::Mended { problem, .. }) => Some(*problem),
        _ => None,
    }
}

async fn find(desk: &mut Desk, id: Option<ProblemId>) -> Result<Option<queries::ProblemFile>, Hindrance> {
    match id {
        None => Ok(None),
        // The handler acts for nobody's eyes: the rows that a run concerns are not a matter of scope.
        Some(id) => queries::problem_find(desk.tx(), &mingcha_access::Scope::All, id).await,
    }
}
