//! 复核: someone else than who rectified looks whether it is mended. 已整改待复核 → 复核通过, or back to 整改中.

use mingcha_access::{Action, Desk};
use mingcha_domain::{Day, ProblemId};
use serde_json::json;

use crate::deed::{Deed, Seen, due_after, me, problem_done, problem_for};
use crate::hindrance::{Hindrance, needed};
use crate::send_back::SendBackError;
use crate::state::ProblemMove;

/// Passes the re-check, saying what was looked at, and commits.
pub async fn pass_recheck(mut desk: Desk, problem: Seen<ProblemId>, why: &str) -> Result<(), Hindrance> {
    let (mut problem, permit) = problem_for(&mut desk, Action::ProblemRecheck, problem).await?;
    let why = needed("why", why)?;
    let from = problem.state.code();
    problem.state = problem.state.pass(me(&desk), desk.today)?;
    problem_done(&mut desk, &permit, problem, Deed::new(ProblemMove::Pass.code(), from).because(why)).await?;
    desk.commit().await?;
    Ok(())
}

/// Sends a rectification back, saying what is missing, and commits. Gives the new deadline.
pub async fn send_back_rectification(
    mut desk: Desk,
    problem: Seen<ProblemId>,
    working_days: u32,
    why: &str,
) -> Result<Day, SendBackError> {
    let (mut problem, permit) = problem_for(&mut desk, Action::ProblemRecheck, problem).await?;
    let why = needed("why", why)?;
    let due = due_after(desk.today, working_days).map_err(SendBackError::Term)?;
    let from = problem.state.code();
    problem.state = problem.state.send_back(due)?;
    problem.due_on = Some(due);
    let deed = Deed::new(ProblemMove::SendBack.code(), from).because(why).telling(json!({ "due": due.to_string() }));
    problem_done(&mut desk, &permit, problem, deed).await?;
    desk.commit().await?;
    Ok(due)
}
