//! 核查反馈: the unit says what it found. 已派发 → 已核查. What it says is not yet the end: a true doubt becomes a
//! problem, an unfounded one is closed only when the commission agrees.

use mingcha_access::{Action, Desk};
use mingcha_domain::CaseId;
use serde_json::json;

use crate::deed::{Deed, Seen, case_done, case_for, me};
use crate::hindrance::{Hindrance, needed};
use crate::state::{CaseMove, Verdict};

/// A unit's answer.
#[derive(Clone, Debug)]
pub struct Verify {
    /// The case, as the clerk saw it.
    pub case: Seen<CaseId>,
    /// What verification found.
    pub verdict: Verdict,
    /// On what this rests; must be given.
    pub why: String,
}

/// Records the answer and commits.
pub async fn verify(mut desk: Desk, answer: Verify) -> Result<(), Hindrance> {
    let (mut case, permit) = case_for(&mut desk, Action::CaseVerify, answer.case).await?;
    let why = needed("why", &answer.why)?;
    let from = case.state.code();
    case.state = case.state.verify(answer.verdict, me(&desk))?;
    let deed =
        Deed::new(CaseMove::Verify.code(), from).because(why).telling(json!({ "verdict": answer.verdict.code() }));
    case_done(&mut desk, &permit, case, deed).await?;
    desk.commit().await?;
    Ok(())
}
