//! 同意不属实, 结案: a unit found nothing to mend, and someone else agrees. 已核查 → 已结案.

use mingcha_access::{Action, Desk};
use mingcha_domain::CaseId;
use serde_json::json;

use crate::deed::{Deed, Seen, case_done, case_for, me};
use crate::hindrance::{Hindrance, needed};
use crate::state::{CaseMove, CaseState};

/// Closes a case as unfounded, on the ground that the unit gave, and commits.
pub async fn dismiss(mut desk: Desk, case: Seen<CaseId>, why: &str) -> Result<(), Hindrance> {
    let (mut case, permit) = case_for(&mut desk, Action::ProblemClose, case).await?;
    let why = needed("why", why)?;
    let from = case.state.code();
    case.state = case.state.dismiss(&me(&desk))?;
    case.closed_on = Some(desk.today);
    let closing = match &case.state {
        CaseState::Closed(closing) => closing.code(),
        _ => "",
    };
    let deed = Deed::new(CaseMove::Dismiss.code(), from).because(why).telling(json!({ "closing": closing }));
    case_done(&mut desk, &permit, case, deed).await?;
    desk.commit().await?;
    Ok(())
}
