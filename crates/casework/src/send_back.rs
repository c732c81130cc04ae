//! 退回补充: the answer does not suffice; the same unit looks again by a new day. 已核查 → 已派发.

use mingcha_access::{Action, Desk};
use mingcha_domain::{CaseId, Day, Kind, Speaks, Trouble};
use serde_json::json;

use crate::deed::{BadTerm, Deed, Seen, case_done, case_for, due_after};
use crate::hindrance::{Hindrance, hindered, needed};
use crate::state::CaseMove;

/// Which answer goes back, for how long, and what is missing in it.
#[derive(Clone, Debug)]
pub struct SendBack {
    /// The case, as the supervisor saw it.
    pub case: Seen<CaseId>,
    /// Working days for the second answer.
    pub working_days: u32,
    /// What is missing; must be given.
    pub why: String,
}

/// Why it was not sent back; also for problems.
#[derive(Debug, thiserror::Error)]
pub enum SendBackError {
    /// No term.
    #[error(transparent)]
    Term(BadTerm),
    /// What hinders any deed.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(SendBackError);

impl Speaks for SendBackError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Term(term) => term.trouble(),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Term(term) => term.kind(),
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Sends an answer back and commits. Gives the new deadline.
pub async fn send_back(mut desk: Desk, order: SendBack) -> Result<Day, SendBackError> {
    let (mut case, permit) = case_for(&mut desk, Action::CaseReturn, order.case).await?;
    let why = needed("why", &order.why)?;
    let due = due_after(desk.today, order.working_days).map_err(SendBackError::Term)?;
    let from = case.state.code();
    case.state = case.state.send_back(due)?;
    let deed = Deed::new(CaseMove::SendBack.code(), from).because(why).telling(json!({ "due": due.to_string() }));
    case_done(&mut desk, &permit, case, deed).await?;
    desk.commit().await?;
    Ok(due)
}
