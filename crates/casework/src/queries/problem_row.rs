//! A problem's state as columns, and back.

use mingcha_domain::Day;
use mingcha_store::{Row, StoreError};

use crate::hindrance::{Broken, Hindrance};
use crate::state::ProblemState;
use crate::who::Who;

/// The columns that hold a problem's state. `due_on` keeps the last deadline also after it was met.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct StateColumns {
    pub state: String,
    pub due_on: Option<Day>,
    pub rectified_on: Option<Day>,
    pub rectified: Option<(Option<String>, String)>,
    pub rechecked_on: Option<Day>,
    pub rechecked: Option<(Option<String>, String)>,
    pub closed_on: Option<Day>,
}

impl StateColumns {
    pub(super) fn of(state: &ProblemState) -> Self {
        let mut columns = Self { state: state.code().to_owned(), ..Self::default() };
        let told = |who: &Who| Some((who.account.map(|account| account.to_string()), who.name.clone()));
        match state {
            ProblemState::Rectifying { due } => columns.due_on = Some(*due),
            ProblemState::Rectified { by, on } => (columns.rectified_on, columns.rectified) = (Some(*on), told(by)),
            ProblemState::Passed { rectified_by, rectified_on, rechecked_by, on } => {
                (columns.rectified_on, columns.rectified) = (Some(*rectified_on), told(rectified_by));
                (columns.rechecked_on, columns.rechecked) = (Some(*on), told(rechecked_by));
            }
            ProblemState::Closed { rectified_by, rectified_on, rechecked_by, rechecked_on, on } => {
                (columns.rectified_on, columns.rectified) = (Some(*rectified_on), told(rectified_by));
                (columns.rechecked_on, columns.rechecked) = (Some(*rechecked_on), told(rechecked_by));
                columns.closed_on = Some(*on);
            }
        }
        columns
    }

    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        let who = |account: &str, name: &str| -> Result<Option<(Option<String>, String)>, StoreError> {
            let account: Option<String> = row.get(account)?;
            Ok(row.opt_text(name)?.map(|name| (account, name.to_owned())))
        };
        Ok(Self {
            state: row.get("state")?,
            due_on: row.get("due_on")?,
            rectified_on: row.get("rectified_on")?,
            rectified: who("rectified_by", "rectified_by_name")?,
            rechecked_on: row.get("rechecked_on")?,
            rechecked: who("rechecked_by", "rechecked_by_name")?,
            closed_on: row.get("closed_on")?,
        })
    }

    pub(super) fn into_state(self, record: &str) -> Result<ProblemState, Hindrance> {
        let broken = |reason| Hindrance::from(Broken { record: record.to_owned(), reason });
        let who = |told: Option<(Option<String>, String)>, reason| {
            let (account, name) = told.ok_or_else(|| broken(reason))?;
            let account = account.map(|id| id.parse().map_err(|_| broken("an unreadable account"))).transpose()?;
            Ok::<_, Hindrance>(Who { account, name })
        };
        let rectified = |columns: &Self| {
            let by = who(columns.rectified.clone(), "rectified by nobody")?;
            Ok::<_, Hindrance>((by, columns.rectified_on.ok_or_else(|| broken("no day of rectification"))?))
        };
        let rechecked = |columns: &Self| {
            let by = who(columns.rechecked.clone(), "re-checked by nobody")?;
            Ok::<_, Hindrance>((by, columns.rechecked_on.ok_or_else(|| broken("no day of re-check"))?))
        };
        match self.state.as_str() {
            "rectifying" => Ok(ProblemState::Rectifying { due: self.due_on.ok_or_else(|| broken("no deadline"))? }),
            "rectified" => {
                let (by, on) = rectified(&self)?;
                Ok(ProblemState::Rectified { by, on })
            }
            "passed" => {
                let ((rectified_by, rectified_on), (rechecked_by, on)) = (rectified(&self)?, rechecked(&self)?);
                Ok(ProblemState::Passed { rectified_by, rectified_on, rechecked_by, on })
            }
            "closed" => {
                let ((rectified_by, rectified_on), (rechecked_by, rechecked_on)) =
                    (rectified(&self)?, rechecked(&self)?);
                let on = self.closed_on.ok_or_else(|| broken("no day of closing"))?;
                Ok(ProblemState::Closed { rectified_by, rectified_on, rechecked_by, rechecked_on, on })
            }
            _ => Err(broken("unknown state")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_survives_its_columns() {
        let day: Day = "2023-12-01".parse().expect("a day");
        let one = Who { account: Some(mingcha_domain::AccountId::from_random([3; 16])), name: "王芳".into() };
        let two = Who::named("李强");
        let (rectified_by, rechecked_by) = (one.clone(), two.clone());
        let states = [
            ProblemState::Rectifying { due: day },
            ProblemState::Rectified { by: one.clone(), on: day },
            ProblemState::Passed { rectified_by: one, rectified_on: day, rechecked_by: two, on: day },
            ProblemState::Closed { rectified_by, rectified_on: day, rechecked_by, rechecked_on: day, on: day },
        ];
        for state in states {
            let back = StateColumns::of(&state).into_state("problem:x").expect("whole");
            assert_eq!(back, state);
        }
    }

    #[test]
    fn a_closed_problem_that_nobody_re_checked_is_broken() {
        let columns = StateColumns { state: "closed".into(), ..StateColumns::default() };
        assert!(matches!(columns.into_state("problem:x"), Err(Hindrance::Broken(_))));
    }
}
