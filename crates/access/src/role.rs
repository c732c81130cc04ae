//! What a person is here for.

use std::fmt;
use std::str::FromStr;

/// A person's role. One account has one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// 监督员: sees all, dispatches, re-checks, closes, publishes.
    Supervisor,
    /// 经办人 of a lead unit: its ledgers, its cases; never judges its own work.
    Clerk,
    /// 检查人员: records inspections.
    Inspector,
    /// 审计员: reads everything and the trail, changes nothing.
    Auditor,
    /// 系统管理员: accounts, units, backup; never casework.
    Operator,
    /// 命令行, and the jobs that run by themselves: imports, runs models, publishes; with its name in the trail.
    Console,
}

impl Role {
    /// All roles, in the order of the policy table.
    pub const ALL: [Self; 6] =
        [Self::Supervisor, Self::Clerk, Self::Inspector, Self::Auditor, Self::Operator, Self::Console];

    /// The name in the store and on the command line; also the key of its word (`role-clerk`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Supervisor => "supervisor",
            Self::Clerk => "clerk",
            Self::Inspector => "inspector",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
            Self::Console => "console",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Not the name of a role.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("there is no role {0}")]
pub struct NoSuchRole(pub String);

impl FromStr for Role {
    type Err = NoSuchRole;
    fn from_str(text: &str) -> Result<Self, NoSuchRole> {
        Self::ALL.into_iter().find(|role| role.name() == text).ok_or_else(|| NoSuchRole(text.to_owned()))
    }
}
