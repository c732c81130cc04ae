//! What verification can find, and how a case can end.

use mingcha_domain::ProblemId;

/// How much of a doubt the verification bore out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Truth {
    /// 属实.
    True,
    /// 部分属实.
    Partly,
}

/// Why a doubt ends without a problem.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dismissal {
    /// 不属实-数据错误: the rows were wrong, not what they tell of.
    DataError,
    /// 不属实-政策允许: the rows are right and a policy allows it.
    PolicyAllows,
    /// 无法核实: what would decide it no longer exists.
    Unverifiable,
}

/// What a unit answers to a dispatched case (核查结果).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// There is something to mend.
    Founded(Truth),
    /// There is not.
    Unfounded(Dismissal),
}

/// How a case ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Closing {
    /// 属实-已整改 or 部分属实: its problem was rectified, re-checked and closed.
    Mended {
        /// The unit that verified it.
        unit: String,
        /// How much was true.
        truth: Truth,
        /// The problem that it is part of.
        problem: ProblemId,
    },
    /// 不属实 or 无法核实, and someone else than who said so agreed.
    Dismissed {
        /// The unit that verified it.
        unit: String,
        /// On which ground.
        ground: Dismissal,
    },
}

impl Truth {
    /// The code in the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::Partly => "partly",
        }
    }
}

impl Dismissal {
    /// The code in the store; also what a case closed with it is closed as.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DataError => "data_error",
            Self::PolicyAllows => "policy_allows",
            Self::Unverifiable => "unverifiable",
        }
    }
}

impl Verdict {
    /// Every answer that a unit can give.
    pub const ALL: [Self; 5] = [
        Self::Founded(Truth::True),
        Self::Founded(Truth::Partly),
        Self::Unfounded(Dismissal::DataError),
        Self::Unfounded(Dismissal::PolicyAllows),
        Self::Unfounded(Dismissal::Unverifiable),
    ];

    /// The code in the store, in forms and in the message files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Founded(truth) => truth.code(),
            Self::Unfounded(ground) => ground.code(),
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }
}

impl Closing {
    /// The closing kind (结案方式) as a code: `mended`, `partly_mended` or the ground of a dismissal.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Mended { truth: Truth::True, .. } => "mended",
            Self::Mended { truth: Truth::Partly, .. } => "partly_mended",
            Self::Dismissed { ground, .. } => ground.code(),
        }
    }
}
