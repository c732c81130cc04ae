//! 撤回派发: a case that went to the wrong unit comes back. 已派发 → 待核.

use mingcha_access::{Action, Desk};
use mingcha_domain::CaseId;
use serde_json::json;

use crate::deed::{Deed, Seen, case_done, case_for};
use crate::hindrance::{Hindrance, needed};
use crate::state::CaseMove;

/// Takes a dispatched case back, with the reason, and commits.
pub async fn recall(mut desk: Desk, case: Seen<CaseId>, why: &str) -> Result<(), Hindrance> {
    let (mut case, permit) = case_for(&mut desk, Action::CaseDispatch, case).await?;
    let why = needed("why", why)?;
    let (from, unit) = (case.state.code(), case.state.unit().map(str::to_owned));
    case.state = case.state.recall()?;
    let deed = Deed::new(CaseMove::Recall.code(), from).because(why).telling(json!({ "unit": unit }));
    case_done(&mut desk, &permit, case, deed).await?;
    desk.commit().await?;
    Ok(())
}
