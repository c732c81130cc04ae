//! The case: 待核 → 派发 → 核查 → 列入问题 → 随问题销号, or 核查不属实 → 结案.

use mingcha_domain::{Day, ProblemId};

use super::verdict::{Closing, Truth, Verdict};
use super::{IllegalMove, MoveError};
use crate::who::Who;

/// Where a case stands. Each state carries what only that state has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CaseState {
    /// 待核: a finding nobody has been asked about yet.
    Waiting,
    /// 派发: a unit is to answer.
    Dispatched {
        /// Code of the unit.
        unit: String,
        /// The last day for the answer.
        due: Day,
    },
    /// 已核查: the unit has answered; the commission has not yet acted on it.
    Verified {
        /// Code of the unit.
        unit: String,
        /// The day by which it was to answer.
        due: Day,
        /// What it answered.
        verdict: Verdict,
        /// Who answered.
        by: Who,
    },
    /// 已列入问题: part of a problem that is being rectified.
    InProblem {
        /// The unit that verified it.
        unit: String,
        /// How much was true.
        truth: Truth,
        /// The problem.
        problem: ProblemId,
    },
    /// 已结案.
    Closed(Closing),
}

/// The moves of a case, by name: for the story, for messages, for the buttons of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaseMove {
    /// 派发.
    Dispatch,
    /// 撤回派发.
    Recall,
    /// 核查反馈.
    Verify,
    /// 退回补充.
    SendBack,
    /// 列入问题.
    TakeIntoProblem,
    /// 同意不属实, 结案.
    Dismiss,
    /// 随问题销号.
    CloseWithProblem,
    /// 随问题重开.
    ReopenWithProblem,
    /// 重开.
    Reopen,
}

impl CaseMove {
    /// Every move.
    pub const ALL: [Self; 9] = [
        Self::Dispatch,
        Self::Recall,
        Self::Verify,
        Self::SendBack,
        Self::TakeIntoProblem,
        Self::Dismiss,
        Self::CloseWithProblem,
        Self::ReopenWithProblem,
        Self::Reopen,
    ];

    /// The code in the story and in the message files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Dispatch => "dispatch",
            Self::Recall => "recall",
            Self::Verify => "verify",
            Self::SendBack => "send_back",
            Self::TakeIntoProblem => "take_into_problem",
            Self::Dismiss => "dismiss",
            Self::CloseWithProblem => "close_with_problem",
            Self::ReopenWithProblem => "reopen_with_problem",
            Self::Reopen => "reopen",
        }
    }
}

impl CaseState {
    /// The code that the store, the message files and pack SQL (`ops.case_file.state`) know the state by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Dispatched { .. } => "dispatched",
            Self::Verified { .. } => "verified",
            Self::InProblem { .. } => "in_problem",
            Self::Closed(_) => "closed",
        }
    }

    /// The unit whose turn it is or was.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        match self {
            Self::Waiting => None,
            Self::Dispatched { unit, .. }
            | Self::Verified { unit, .. }
            | Self::InProblem { unit, .. }
            | Self::Closed(Closing::Mended { unit, .. } | Closing::Dismissed { unit, .. }) => Some(unit),
        }
    }

    /// Whether the state has this move at all, whoever makes it.
    #[must_use]
    pub fn has(&self, attempted: CaseMove) -> bool {
        match self {
            Self::Waiting => attempted == CaseMove::Dispatch,
            Self::Dispatched { .. } => matches!(attempted, CaseMove::Verify | CaseMove::Recall),
            Self::Verified { verdict: Verdict::Founded(_), .. } => {
                matches!(attempted, CaseMove::TakeIntoProblem | CaseMove::SendBack)
            }
            Self::Verified { verdict: Verdict::Unfounded(_), .. } => {
                matches!(attempted, CaseMove::Dismiss | CaseMove::SendBack)
            }
            Self::InProblem { .. } => attempted == CaseMove::CloseWithProblem,
            Self::Closed(Closing::Mended { .. }) => attempted == CaseMove::ReopenWithProblem,
            Self::Closed(Closing::Dismissed { .. }) => attempted == CaseMove::Reopen,
        }
    }

    /// 派发: hands the case to a unit that must answer by a day.
    pub fn dispatch(self, unit: String, due: Day) -> Result<Self, IllegalMove> {
        match self {
            Self::Waiting => Ok(Self::Dispatched { unit, due }),
            other => Err(other.refuses(CaseMove::Dispatch)),
        }
    }

    /// 撤回派发: takes it back from a unit that it does not concern.
    pub fn recall(self) -> Result<Self, IllegalMove> {
        match self {
            Self::Dispatched { .. } => Ok(Self::Waiting),
            other => Err(other.refuses(CaseMove::Recall)),
        }
    }

    /// 核查反馈: the unit answers.
    pub fn verify(self, verdict: Verdict, by: Who) -> Result<Self, IllegalMove> {
        match self {
            Self::Dispatched { unit, due } => Ok(Self::Verified { unit, due, verdict, by }),
            other => Err(other.refuses(CaseMove::Verify)),
        }
    }

    /// 退回补充: the answer does not suffice; the same unit answers again by a new day.
    pub fn send_back(self, due: Day) -> Result<Self, IllegalMove> {
        match self {
            Self::Verified { unit, .. } => Ok(Self::Dispatched { unit, due }),
            other => Err(other.refuses(CaseMove::SendBack)),
        }
    }

    /// 列入问题: a true doubt becomes (part of) a problem.
    pub fn take_into(self, problem: ProblemId) -> Result<Self, IllegalMove> {
        match self {
            Self::Verified { unit, verdict: Verdict::Founded(truth), .. } => {
                Ok(Self::InProblem { unit, truth, problem })
            }
            other => Err(other.refuses(CaseMove::TakeIntoProblem)),
        }
    }

    /// 结案: someone else than who verified agrees that there is nothing to mend.
    pub fn dismiss(self, agreed_by: &Who) -> Result<Self, MoveError> {
        match self {
            Self::Verified { unit, verdict: Verdict::Unfounded(ground), by, .. } => {
                if by.is_same_person_as(agreed_by) {
                    return Err(MoveError::SamePerson { name: by.name });
                }
                Ok(Self::Closed(Closing::Dismissed { unit, ground }))
            }
            other => Err(other.refuses(CaseMove::Dismiss).into()),
        }
    }

    /// 随问题销号.
    pub fn close_with_problem(self) -> Result<Self, IllegalMove> {
        match self {
            Self::InProblem { unit, truth, problem } => Ok(Self::Closed(Closing::Mended { unit, truth, problem })),
            other => Err(other.refuses(CaseMove::CloseWithProblem)),
        }
    }

    /// 随问题重开.
    pub fn reopen_with_problem(self) -> Result<Self, IllegalMove> {
        match self {
            Self::Closed(Closing::Mended { unit, truth, problem }) => Ok(Self::InProblem { unit, truth, problem }),
            other => Err(other.refuses(CaseMove::ReopenWithProblem)),
        }
    }

    /// 重开: a dismissed case is looked at again. One that was mended is reopened through its problem.
    pub fn reopen(self) -> Result<Self, IllegalMove> {
        match self {
            Self::Closed(Closing::Dismissed { .. }) => Ok(Self::Waiting),
            other => Err(other.refuses(CaseMove::Reopen)),
        }
    }

    /// The refusal of a move that this state does not have.
    #[must_use]
    pub fn refuses(&self, attempted: CaseMove) -> IllegalMove {
        IllegalMove { from: self.code(), attempted: attempted.code() }
    }
}
