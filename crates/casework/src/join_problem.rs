//! 并入疑点: one more verified case is a ground of a problem that is being rectified.

use mingcha_access::{Action, Desk};
use mingcha_domain::{CaseId, ProblemId};
use serde_json::json;

use crate::deed::{Deed, Seen, problem_done, problem_for};
use crate::open_problem::{OpenProblemError, cases_for, take_in};
use crate::state::ProblemMove;

/// Joins verified cases to a problem and commits.
pub async fn join_problem(
    mut desk: Desk,
    problem: Seen<ProblemId>,
    cases: &[Seen<CaseId>],
) -> Result<(), OpenProblemError> {
    let (mut problem, permit) = problem_for(&mut desk, Action::ProblemOpen, problem).await?;
    let cases = cases_for(&mut desk, cases).await?;
    let Some((first, _)) = cases.first() else { return Err(OpenProblemError::NoCase) };
    if first.project != problem.project || first.state.unit() != Some(problem.unit.as_str()) {
        return Err(OpenProblemError::Elsewhere { number: first.number.clone() });
    }
    let from = problem.state.code();
    problem.state = problem.state.join()?;
    let numbers: Vec<_> = cases.iter().map(|(case, _)| case.number.clone()).collect();
    let mut touched = Vec::new();
    for (case, permit) in cases {
        touched.extend(take_in(&mut desk, &permit, &problem, case).await?);
    }
    let deed = Deed::new(ProblemMove::Join.code(), from).telling(json!({ "cases": numbers })).touching(touched);
    problem_done(&mut desk, &permit, problem, deed).await?;
    desk.commit().await?;
    Ok(())
}
