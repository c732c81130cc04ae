//! The problem: 整改中 → 已整改待复核 → 复核通过 → 销号. Nobody re-checks what they rectified themselves.

use mingcha_domain::Day;

use super::{IllegalMove, MoveError};
use crate::who::Who;

/// Where a problem stands. Each state carries what only that state has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProblemState {
    /// 整改中.
    Rectifying {
        /// The last day of the rectification.
        due: Day,
    },
    /// 已整改待复核: the unit says that it is mended, and shows it.
    Rectified {
        /// Who says so.
        by: Who,
        /// The day from which it is mended.
        on: Day,
    },
    /// 复核通过: someone else looked and agrees.
    Passed {
        /// Who rectified.
        rectified_by: Who,
        /// The day of the rectification.
        rectified_on: Day,
        /// Who re-checked.
        rechecked_by: Who,
        /// The day of the re-check.
        on: Day,
    },
    /// 已销号.
    Closed {
        /// Who rectified.
        rectified_by: Who,
        /// The day of the rectification.
        rectified_on: Day,
        /// Who re-checked.
        rechecked_by: Who,
        /// The day of the re-check.
        rechecked_on: Day,
        /// The day of closing.
        on: Day,
    },
}

/// The moves of a problem, by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProblemMove {
    /// 并入疑点: one more verified case becomes a ground of it.
    Join,
    /// 整改反馈.
    Rectify,
    /// 复核通过.
    Pass,
    /// 退回整改.
    SendBack,
    /// 销号.
    Close,
    /// 重开.
    Reopen,
}

impl ProblemMove {
    /// Every move.
    pub const ALL: [Self; 6] = [Self::Join, Self::Rectify, Self::Pass, Self::SendBack, Self::Close, Self::Reopen];

    /// The code in the story and in the message files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Rectify => "rectify",
            Self::Pass => "pass",
            Self::SendBack => "send_back_rectification",
            Self::Close => "close",
            Self::Reopen => "reopen_problem",
        }
    }
}

impl ProblemState {
    /// The code that the store, the message files and pack SQL (`ops.problem.state`) know the state by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rectifying { .. } => "rectifying",
            Self::Rectified { .. } => "rectified",
            Self::Passed { .. } => "passed",
            Self::Closed { .. } => "closed",
        }
    }

    /// Whether the state has this move at all, whoever makes it.
    #[must_use]
    pub fn has(&self, attempted: ProblemMove) -> bool {
        match self {
            Self::Rectifying { .. } => matches!(attempted, ProblemMove::Join | ProblemMove::Rectify),
            Self::Rectified { .. } => matches!(attempted, ProblemMove::Pass | ProblemMove::SendBack),
            Self::Passed { .. } => matches!(attempted, ProblemMove::Close | ProblemMove::SendBack),
            Self::Closed { .. } => attempted == ProblemMove::Reopen,
        }
    }

    /// Who rectified, once somebody has.
    #[must_use]
    pub fn rectified_by(&self) -> Option<&Who> {
        match self {
            Self::Rectifying { .. } => None,
            Self::Rectified { by, .. } => Some(by),
            Self::Passed { rectified_by, .. } | Self::Closed { rectified_by, .. } => Some(rectified_by),
        }
    }

    /// 并入疑点: while it is being mended, a problem may still grow; afterwards what was re-checked must stay what it is.
    pub fn join(self) -> Result<Self, IllegalMove> {
        match self {
            Self::Rectifying { .. } => Ok(self),
            other => Err(other.refuses(ProblemMove::Join)),
        }
    }

    /// 整改反馈: the unit reports it mended.
    pub fn rectify(self, by: Who, on: Day) -> Result<Self, IllegalMove> {
        match self {
            Self::Rectifying { .. } => Ok(Self::Rectified { by, on }),
            other => Err(other.refuses(ProblemMove::Rectify)),
        }
    }

    /// 复核通过: someone else than who rectified agrees.
    pub fn pass(self, rechecked_by: Who, on: Day) -> Result<Self, MoveError> {
        match self {
            Self::Rectified { by, .. } if by.is_same_person_as(&rechecked_by) => {
                Err(MoveError::SamePerson { name: by.name })
            }
            Self::Rectified { by, on: rectified_on } => {
                Ok(Self::Passed { rectified_by: by, rectified_on, rechecked_by, on })
            }
            other => Err(other.refuses(ProblemMove::Pass).into()),
        }
    }

    /// 退回整改: it is not mended, or not shown to be; the unit has until a new day.
    pub fn send_back(self, due: Day) -> Result<Self, IllegalMove> {
        match self {
            Self::Rectified { .. } | Self::Passed { .. } => Ok(Self::Rectifying { due }),
            other => Err(other.refuses(ProblemMove::SendBack)),
        }
    }

    /// 销号.
    pub fn close(self, on: Day) -> Result<Self, IllegalMove> {
        match self {
            Self::Passed { rectified_by, rectified_on, rechecked_by, on: rechecked_on } => {
                Ok(Self::Closed { rectified_by, rectified_on, rechecked_by, rechecked_on, on })
            }
            other => Err(other.refuses(ProblemMove::Close)),
        }
    }

    /// 重开.
    pub fn reopen(self, due: Day) -> Result<Self, IllegalMove> {
        match self {
            Self::Closed { .. } => Ok(Self::Rectifying { due }),
            other => Err(other.refuses(ProblemMove::Reopen)),
        }
    }

    /// The refusal of a move that this state does not have.
    #[must_use]
    pub fn refuses(&self, attempted: ProblemMove) -> IllegalMove {
        IllegalMove { from: self.code(), attempted: attempted.code() }
    }
}
