//! 销号: a problem that passed its re-check is closed, and its cases with it. 复核通过 → 已销号.

use mingcha_access::{Action, Desk};
use mingcha_domain::ProblemId;
use serde_json::json;

use crate::deed::{Deed, Seen, case_step, problem_done, problem_for};
use crate::hindrance::Hindrance;
use crate::queries;
use crate::state::{CaseMove, ProblemMove};

/// Closes a problem with its cases and commits.
pub async fn close_problem(mut desk: Desk, problem: Seen<ProblemId>) -> Result<(), Hindrance> {
    let (mut problem, permit) = problem_for(&mut desk, Action::ProblemClose, problem).await?;
    let from = problem.state.code();
    problem.state = problem.state.close(desk.today)?;
    let mut touched = Vec::new();
    let cases = queries::cases_of_problem(desk.tx(), problem.id).await?;
    let count = cases.len();
    for mut case in cases {
        let from = case.state.code();
        case.state = case.state.close_with_problem()?;
        case.closed_on = Some(desk.today);
        let deed = Deed::new(CaseMove::CloseWithProblem.code(), from).telling(json!({ "problem": problem.number }));
        touched.extend(case_step(&mut desk, &permit, case, &deed).await?.1);
    }
    let deed = Deed::new(ProblemMove::Close.code(), from).telling(json!({ "cases": count })).touching(touched);
    problem_done(&mut desk, &permit, problem, deed).await?;
    desk.commit().await?;
    Ok(())
}
