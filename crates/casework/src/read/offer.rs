//! Which moves a page offers: those that the state has, each with the reason when this actor may not make it.

use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{Speaks, Trouble};

use crate::queries::{CaseFile, ProblemFile};
use crate::state::{CaseMove, CaseState, MoveError, ProblemMove, ProblemState};

/// A move that the state has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// Code of the move (`case-move-…`).
    pub made: &'static str,
    /// Why this actor may not make it; none: they may.
    pub refused: Option<Trouble>,
}

impl Offer {
    /// Whether the actor may make the move.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.refused.is_none()
    }
}

/// Moves that people make on a case, in the order of the loop. Those that come with a problem are made there.
const CASE_MOVES: [(CaseMove, Action); 7] = [
    (CaseMove::Dispatch, Action::CaseDispatch),
    (CaseMove::Verify, Action::CaseVerify),
    (CaseMove::TakeIntoProblem, Action::ProblemOpen),
    (CaseMove::Dismiss, Action::ProblemClose),
    (CaseMove::SendBack, Action::CaseReturn),
    (CaseMove::Recall, Action::CaseDispatch),
    (CaseMove::Reopen, Action::ProblemClose),
];

const PROBLEM_MOVES: [(ProblemMove, Action); 6] = [
    (ProblemMove::Rectify, Action::ProblemRectify),
    (ProblemMove::Pass, Action::ProblemRecheck),
    (ProblemMove::Close, Action::ProblemClose),
    (ProblemMove::SendBack, Action::ProblemRecheck),
    (ProblemMove::Join, Action::ProblemOpen),
    (ProblemMove::Reopen, Action::ProblemClose),
];

pub(super) fn case_offers(desk: &Desk, case: &CaseFile) -> Vec<Offer> {
    let unit = case.state.unit();
    let mut offers: Vec<Offer> = CASE_MOVES
        .into_iter()
        .filter(|(made, _)| case.state.has(*made))
        .map(|(made, action)| {
            let mut refused = gate(desk, action, unit);
            if refused.is_none() && made == CaseMove::Dismiss {
                refused = same_person(desk, &case.state);
            }
            Offer { made: made.code(), refused }
        })
        .collect();
    if case.recheck.is_some() {
        offers.push(Offer { made: "recheck_settled", refused: gate(desk, Action::CaseReturn, unit) });
    }
    offers
}

pub(super) fn problem_offers(desk: &Desk, problem: &ProblemFile) -> Vec<Offer> {
    let unit = Some(problem.unit.as_str());
    let mut offers: Vec<Offer> = PROBLEM_MOVES
        .into_iter()
        .filter(|(made, _)| problem.state.has(*made))
        .map(|(made, action)| {
            let mut refused = gate(desk, action, unit);
            if refused.is_none() && made == ProblemMove::Pass {
                refused = checks_own_work(desk, &problem.state);
            }
            Offer { made: made.code(), refused }
        })
        .collect();
    for (made, action) in [("add_persons", Action::RecoveryRecord), ("record_recovery", Action::RecoveryRecord)] {
        offers.push(Offer { made, refused: gate(desk, action, unit) });
    }
    if problem.recheck.is_some() {
        offers.push(Offer { made: "recheck_settled", refused: gate(desk, Action::CaseReturn, unit) });
    }
    offers
}

fn gate(desk: &Desk, action: Action, unit: Option<&str>) -> Option<Trouble> {
    desk.ask(action, Subject::of(unit)).err().map(|refused| refused.trouble())
}

fn same_person(desk: &Desk, state: &CaseState) -> Option<Trouble> {
    match state {
        CaseState::Verified { by, .. } if by.is_same_person_as(&crate::deed::me(desk)) => {
            Some(MoveError::SamePerson { name: by.name.clone() }.trouble())
        }
        _ => None,
    }
}

fn checks_own_work(desk: &Desk, state: &ProblemState) -> Option<Trouble> {
    let by = state.rectified_by().filter(|by| by.is_same_person_as(&crate::deed::me(desk)))?;
    Some(MoveError::SamePerson { name: by.name.clone() }.trouble())
}
