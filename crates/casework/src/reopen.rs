//! 重开: a case that was closed as unfounded is looked at again, for example when its finding came back.
//! 已结案 → 待核. One that was mended is reopened through its problem ([`crate::reopen_problem`]).

use mingcha_access::{Action, Desk};
use mingcha_domain::CaseId;

use crate::deed::{Deed, Seen, case_done, case_for};
use crate::hindrance::{Hindrance, needed};
use crate::state::CaseMove;

/// Reopens a dismissed case, with the reason, and commits.
pub async fn reopen(mut desk: Desk, case: Seen<CaseId>, why: &str) -> Result<(), Hindrance> {
    let (mut case, permit) = case_for(&mut desk, Action::ProblemClose, case).await?;
    let why = needed("why", why)?;
    let from = case.state.code();
    case.state = case.state.reopen()?;
    case.closed_on = None;
    case.recheck = None;
    case.reopen_offered = false;
    case_done(&mut desk, &permit, case, Deed::new(CaseMove::Reopen.code(), from).because(why)).await?;
    desk.commit().await?;
    Ok(())
}
