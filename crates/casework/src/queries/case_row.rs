//! A case's state as columns, and back. Columns that contradict each other are told as [`Broken`], never guessed at.

use mingcha_domain::{Day, ProblemId};
use mingcha_store::{Row, StoreError};

use crate::hindrance::{Broken, Hindrance};
use crate::state::{CaseState, Closing, Truth, Verdict};
use crate::who::Who;

/// The columns that hold a case's state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct StateColumns {
    pub state: String,
    pub unit: Option<String>,
    pub due_on: Option<Day>,
    pub verdict: Option<String>,
    pub verified_by: Option<String>,
    pub verified_by_name: Option<String>,
    pub problem: Option<ProblemId>,
}

impl StateColumns {
    pub(super) fn of(state: &CaseState) -> Self {
        let mut columns =
            Self { state: state.code().to_owned(), unit: state.unit().map(str::to_owned), ..Self::default() };
        match state {
            CaseState::Waiting => {}
            CaseState::Dispatched { due, .. } => columns.due_on = Some(*due),
            CaseState::Verified { due, verdict, by, .. } => {
                columns.due_on = Some(*due);
                columns.verdict = Some(verdict.code().to_owned());
                columns.verified_by = by.account.map(|account| account.to_string());
                columns.verified_by_name = Some(by.name.clone());
            }
            CaseState::InProblem { truth, problem, .. } | CaseState::Closed(Closing::Mended { truth, problem, .. }) => {
                columns.verdict = Some(truth.code().to_owned());
                columns.problem = Some(*problem);
            }
            CaseState::Closed(Closing::Dismissed { ground, .. }) => columns.verdict = Some(ground.code().to_owned()),
        }
        columns
    }

    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            state: row.get("state")?,
            unit: row.get("unit")?,
            due_on: row.get("due_on")?,
            verdict: row.get("verdict")?,
            verified_by: row.get("verified_by")?,
            verified_by_name: row.get("verified_by_name")?,
            problem: row.get("problem")?,
        })
    }

    pub(super) fn into_state(self, record: &str) -> Result<CaseState, Hindrance> {
        let broken = |reason| Broken { record: record.to_owned(), reason };
        let verdict = match self.verdict.as_deref() {
            None => None,
            Some(code) => Some(Verdict::from_code(code).ok_or_else(|| broken("unknown verdict"))?),
        };
        let unit = self.unit.ok_or_else(|| broken("no unit"));
        let due = self.due_on.ok_or_else(|| broken("no deadline"));
        let truth = match verdict {
            Some(Verdict::Founded(truth)) => Some(truth),
            _ => None,
        };
        let mended = |truth: Option<Truth>, problem: Option<ProblemId>| {
            truth.zip(problem).ok_or_else(|| broken("a problem without a verdict, or the reverse"))
        };
        match self.state.as_str() {
            "waiting" => Ok(CaseState::Waiting),
            "dispatched" => Ok(CaseState::Dispatched { unit: unit?, due: due? }),
            "verified" => {
                let verdict = verdict.ok_or_else(|| broken("verified without a verdict"))?;
                let name = self.verified_by_name.ok_or_else(|| broken("verified by nobody"))?;
                let account = match self.verified_by {
                    None => None,
                    Some(id) => Some(id.parse().map_err(|_| broken("verified by an unreadable account"))?),
                };
                Ok(CaseState::Verified { unit: unit?, due: due?, verdict, by: Who { account, name } })
            }
            "in_problem" => {
                let (truth, problem) = mended(truth, self.problem)?;
                Ok(CaseState::InProblem { unit: unit?, truth, problem })
            }
            "closed" => Ok(CaseState::Closed(match verdict {
                Some(Verdict::Unfounded(ground)) => Closing::Dismissed { unit: unit?, ground },
                _ => {
                    let (truth, problem) = mended(truth, self.problem)?;
                    Closing::Mended { unit: unit?, truth, problem }
                }
            })),
            _ => Err(broken("unknown state").into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Dismissal;

    #[test]
    fn every_state_survives_its_columns() {
        let due: Day = "2023-12-01".parse().expect("a day");
        let unit = || "SH01".to_owned();
        let by = Who { account: Some(mingcha_domain::AccountId::from_random([3; 16])), name: "王芳".into() };
        let problem = ProblemId::from_random([4; 16]);
        let states = [
            CaseState::Waiting,
            CaseState::Dispatched { unit: unit(), due },
            CaseState::Verified { unit: unit(), due, verdict: Verdict::Founded(Truth::Partly), by: by.clone() },
            CaseState::Verified { unit: unit(), due, verdict: Verdict::Unfounded(Dismissal::DataError), by },
            CaseState::InProblem { unit: unit(), truth: Truth::True, problem },
            CaseState::Closed(Closing::Mended { unit: unit(), truth: Truth::Partly, problem }),
            CaseState::Closed(Closing::Dismissed { unit: unit(), ground: Dismissal::Unverifiable }),
        ];
        for state in states {
            let back = StateColumns::of(&state).into_state("case_file:x").expect("whole");
            assert_eq!(back, state);
        }
    }

    #[test]
    fn columns_that_contradict_each_other_are_told_and_not_guessed_at() {
        let columns = StateColumns { state: "verified".into(), unit: Some("SH01".into()), ..StateColumns::default() };
        assert!(matches!(columns.into_state("case_file:x"), Err(Hindrance::Broken(_))));
        let columns = StateColumns { state: "closed".into(), unit: Some("SH01".into()), ..StateColumns::default() };
        assert!(matches!(columns.into_state("case_file:x"), Err(Hindrance::Broken(_))));
    }
}
