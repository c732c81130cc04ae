//! 追回: money of a problem came back, from whom and to where.

use mingcha_access::{Action, Desk};
use mingcha_domain::{Day, Kind, ProblemId, RecoveryId, ResidentId, Speaks, Trouble, Yuan};
use mingcha_store::Touched;
use serde_json::json;

use crate::deed::{Deed, Seen, problem_done, problem_for};
use crate::hindrance::{Hindrance, hindered, needed, not_in_future};
use crate::queries::{self, NewRecovery, Series};

/// Money that came back.
#[derive(Clone, Debug)]
pub struct RecordRecovery {
    /// The problem, as the clerk saw it.
    pub problem: Seen<ProblemId>,
    /// Identity number of who paid, when a person did; must be a person of the problem.
    pub resident_id: Option<String>,
    /// How much.
    pub amount: Yuan,
    /// When.
    pub recovered_on: Day,
    /// To which account it went (追回去向).
    pub returned_to: String,
}

/// A recovery on record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordedRecovery {
    /// The recovery.
    pub recovery: RecoveryId,
    /// Its number.
    pub number: String,
}

/// Why it was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// Nothing, or less than nothing.
    #[error("an amount of {0} is no recovery")]
    NotPositive(Yuan),
    /// Who paid is not a person of the problem.
    #[error("not a person of problem {problem}")]
    NotItsPerson {
        /// Number of the problem.
        problem: String,
    },
    /// What hinders any deed.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(RecoveryError);

impl Speaks for RecoveryError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::NotPositive(amount) => Trouble::new("MC-CASE-019").with("amount", amount),
            Self::NotItsPerson { problem } => Trouble::new("MC-CASE-020").with("problem", problem),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NotPositive(_) | Self::NotItsPerson { .. } => Kind::Invalid,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

/// Records a recovery and commits.
pub async fn record_recovery(mut desk: Desk, order: RecordRecovery) -> Result<RecordedRecovery, RecoveryError> {
    let (problem, permit) = problem_for(&mut desk, Action::RecoveryRecord, order.problem).await?;
    if order.amount <= Yuan::default() {
        return Err(RecoveryError::NotPositive(order.amount));
    }
    not_in_future("recovered_on", order.recovered_on, desk.today)?;
    let returned_to = needed("returned_to", &order.returned_to)?;
    let person = match order.resident_id.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => {
            let not_its = || RecoveryError::NotItsPerson { problem: problem.number.clone() };
            let resident_id = ResidentId::parse(text).map_err(|_| not_its())?;
            let known = queries::person_find(desk.tx(), problem.id, resident_id.as_str()).await?;
            Some(known.ok_or_else(not_its)?.0)
        }
    };
    let (now, by) = (desk.now, desk.actor.name.clone());
    let number = queries::number_take(desk.tx(), &permit, Series::Recovery, &problem.action).await?;
    let id = RecoveryId::from_random(desk.random());
    let new = NewRecovery {
        id,
        number: &number,
        problem: &problem,
        person: person.as_deref(),
        amount: order.amount,
        recovered_on: order.recovered_on,
        returned_to: &returned_to,
        sheet_digest: None,
    };
    let added: Touched = queries::recovery_add(desk.tx(), &permit, &new, now, &by).await?;
    let deed = Deed::new("record_recovery", problem.state.code())
        .telling(json!({ "recovery": number, "amount_fen": order.amount.fen(), "on": order.recovered_on.to_string() }))
        .touching(vec![added]);
    problem_done(&mut desk, &permit, problem, deed).await?;
    desk.commit().await?;
    Ok(RecordedRecovery { recovery: id, number })
}
