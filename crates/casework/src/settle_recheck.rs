//! 复查: a finding vanished after people had acted on it; somebody looks again and says that what was decided stands.
//! The other outcome is a reopening.

use mingcha_access::{Action, Desk};
use mingcha_domain::{CaseId, Kind, ProblemId, Speaks, Trouble};
use serde_json::json;

use crate::deed::{Deed, Seen, case_done, case_for, problem_done, problem_for};
use crate::hindrance::{Hindrance, hindered, needed};
use crate::recheck_cause::RecheckCause;

/// Why it was not settled.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// Nothing waits to be looked at again.
    #[error("nothing of {number} waits")]
    NothingAsked {
        /// Number of the case or problem.
        number: String,
    },
    /// What hinders any deed.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(SettleError);

impl Speaks for SettleError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::NothingAsked { number } => Trouble::new("MC-CASE-027").with("number", number),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NothingAsked { .. } => Kind::Invalid,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Says, with the reason, that a case stands as it is, and commits.
pub async fn settle_case_recheck(mut desk: Desk, case: Seen<CaseId>, why: &str) -> Result<(), SettleError> {
    let (mut case, permit) = case_for(&mut desk, Action::CaseReturn, case).await?;
    let why = needed("why", why)?;
    let cause = case.recheck.take().ok_or_else(|| SettleError::NothingAsked { number: case.number.clone() })?;
    let deed = settled(case.state.code(), cause, why);
    case_done(&mut desk, &permit, case, deed).await?;
    desk.commit().await?;
    Ok(())
}

/// Says, with the reason, that a problem stands as it is, and commits.
pub async fn settle_problem_recheck(mut desk: Desk, problem: Seen<ProblemId>, why: &str) -> Result<(), SettleError> {
    let (mut problem, permit) = problem_for(&mut desk, Action::CaseReturn, problem).await?;
    let why = needed("why", why)?;
    let cause = problem.recheck.take().ok_or_else(|| SettleError::NothingAsked { number: problem.number.clone() })?;
    let deed = settled(problem.state.code(), cause, why);
    problem_done(&mut desk, &permit, problem, deed).await?;
    desk.commit().await?;
    Ok(())
}

fn settled(state: &'static str, cause: RecheckCause, why: String) -> Deed {
    Deed::new("recheck_settled", state).because(why).telling(json!({ "cause": cause.code() }))
}
