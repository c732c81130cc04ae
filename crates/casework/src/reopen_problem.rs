//! 重开: a closed problem is taken up again, and its cases with it. 已销号 → 整改中.

use mingcha_access::{Action, Desk};
use mingcha_domain::{Day, ProblemId};
use serde_json::json;

use crate::deed::{Deed, Seen, case_step, due_after, problem_done, problem_for};
use crate::hindrance::needed;
use crate::queries;
use crate::send_back::SendBackError;
use crate::state::{CaseMove, ProblemMove};

/// Reopens a problem with its cases, with the reason, and commits. Gives the new deadline.
pub async fn reopen_problem(
    mut desk: Desk,
    problem: Seen<ProblemId>,
    working_days: u32,
    why: &str,
) -> Result<Day, SendBackError> {
    let (mut problem, permit) = problem_for(&mut desk, Action::ProblemClose, problem).await?;
    let why = needed("why", why)?;
    let due = due_after(desk.today, working_days).map_err(SendBackError::Term)?;
    let from = problem.state.code();
    problem.state = problem.state.reopen(due)?;
    problem.due_on = Some(due);
    problem.recheck = None;
    let mut touched = Vec::new();
    for mut case in queries::cases_of_problem(desk.tx(), problem.id).await? {
        let from = case.state.code();
        case.state = case.state.reopen_with_problem()?;
        case.closed_on = None;
        case.recheck = None;
        case.reopen_offered = false;
        let deed = Deed::new(CaseMove::ReopenWithProblem.code(), from).telling(json!({ "problem": problem.number }));
        touched.extend(case_step(&mut desk, &permit, case, &deed).await?.1);
    }
    let deed = Deed::new(ProblemMove::Reopen.code(), from)
        .because(why)
        .telling(json!({ "due": due.to_string() }))
        .touching(touched);
    problem_done(&mut desk, &permit, problem, deed).await?;
    desk.commit().await?;
    Ok(due)
}
