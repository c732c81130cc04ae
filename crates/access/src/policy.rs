//! Who may do what: one table, which auditors can read. What is not in it is refused.

use crate::{Action, Role};

/// How far a permission reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Everywhere.
    All,
    /// Only what belongs to the person's own unit.
    OwnUnit,
    /// Nowhere.
    Never,
}

use Reach::{All, Never, OwnUnit};

/// One line per action; columns in the order of [`Role::ALL`].
#[rustfmt::skip]
const TABLE: &[(Action, [Reach; 6])] = &[
    //                             supervisor clerk    inspector auditor operator console
    (Action::LedgerSee,          [All,       OwnUnit, Never,    All,    Never,   All]),
    (Action::LedgerImport,       [Never,     OwnUnit, Never,    Never,  Never,   All]),
    (Action::BatchWithdraw,      [Never,     OwnUnit, Never,    Never,  Never,   All]),
    (Action::ModelSee,           [All,       All,     All,      All,    Never,   All]),
    (Action::ModelRun,           [All,       Never,   Never,    Never,  Never,   All]),
    (Action::FindingSee,         [All,       OwnUnit, Never,    All,    Never,   All]),
    (Action::CaseSee,            [All,       OwnUnit, Never,    All,    Never,   All]),
    (Action::CaseDispatch,       [All,       Never,   Never,    Never,  Never,   Never]),
    (Action::CaseVerify,         [Never,     OwnUnit, Never,    Never,  Never,   Never]),
    (Action::CaseReturn,         [All,       Never,   Never,    Never,  Never,   Never]),
    (Action::ProblemOpen,        [All,       OwnUnit, Never,    Never,  Never,   Never]),
    (Action::ProblemRectify,     [Never,     OwnUnit, Never,    Never,  Never,   Never]),
    (Action::ProblemRecheck,     [All,       Never,   Never,    Never,  Never,   Never]),
    (Action::ProblemClose,       [All,       Never,   Never,    Never,  Never,   Never]),
    (Action::RecoveryRecord,     [Never,     OwnUnit, Never,    Never,  Never,   Never]),
    (Action::InspectionRecord,   [Never,     Never,   All,      Never,  Never,   Never]),
    (Action::InspectionSee,      [All,       OwnUnit, All,      All,    Never,   All]),
    (Action::FigureSee,          [All,       All,     All,      All,    Never,   All]),
    (Action::EditionPublish,     [All,       Never,   Never,    Never,  Never,   All]),
    (Action::AuditSee,           [All,       Never,   Never,    All,    Never,   All]),
    (Action::AccountManage,      [Never,     Never,   Never,    Never,  All,     All]),
    (Action::UnitManage,         [Never,     Never,   Never,    Never,  All,     All]),
    (Action::PastCaseworkImport, [Never,     Never,   Never,    Never,  Never,   All]),
    (Action::PersonUnmask,       [All,       OwnUnit, Never,    All,    Never,   All]),
    (Action::Backup,             [Never,     Never,   Never,    Never,  All,     All]),
];

/// How far this role's permission for this action reaches.
#[must_use]
pub fn reach(role: Role, action: Action) -> Reach {
    let column = Role::ALL.iter().position(|known| *known == role);
    let line = TABLE.iter().find(|(known, _)| *known == action);
    match (line, column) {
        (Some((_, reaches)), Some(column)) => reaches[column],
        _ => Never,
    }
}

/// The table as text: one line per action, one column per role.
#[must_use]
pub fn as_text() -> String {
    let mut text = format!("{:<20}", "");
    for role in Role::ALL {
        text.push_str(&format!("{:<12}", role.name()));
    }
    for action in Action::ALL {
        text.truncate(text.trim_end().len());
        text.push_str(&format!("\n{:<20}", action.name()));
        for role in Role::ALL {
            let word = match reach(role, *action) {
                All => "all",
                OwnUnit => "own unit",
                Never => "-",
            };
            text.push_str(&format!("{word:<12}"));
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change of policy is a change of this file's snapshot: read it as an auditor would.
    #[test]
    fn the_policy_is_the_one_that_was_agreed() {
        insta::assert_snapshot!("policy", as_text());
    }

    #[test]
    fn every_action_has_its_one_line() {
        for action in Action::ALL {
            let lines = TABLE.iter().filter(|(known, _)| known == action).count();
            assert_eq!(lines, 1, "{action}");
        }
        assert_eq!(TABLE.len(), Action::ALL.len());
    }

    #[test]
    fn nobody_both_does_the_work_and_judges_it() {
        let may = |role, action| reach(role, action) != Never;
        for role in Role::ALL {
            assert!(!(may(role, Action::ProblemRectify) && may(role, Action::ProblemRecheck)), "{role}");
            assert!(!(may(role, Action::CaseVerify) && may(role, Action::CaseDispatch)), "{role}");
        }
    }

    #[test]
    fn an_auditor_changes_nothing_and_an_operator_sees_no_casework() {
        let reading = [
            Action::LedgerSee,
            Action::ModelSee,
            Action::FindingSee,
            Action::CaseSee,
            Action::InspectionSee,
            Action::FigureSee,
            Action::AuditSee,
            Action::PersonUnmask,
        ];
        for action in Action::ALL.iter().filter(|action| !reading.contains(action)) {
            assert_eq!(reach(Role::Auditor, *action), Never, "{action}");
        }
        for action in reading {
            assert_eq!(reach(Role::Operator, action), Never, "{action}");
        }
    }
}
