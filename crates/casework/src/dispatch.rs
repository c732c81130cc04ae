//! 派发: the commission hands a doubtful item to the unit that must answer. 待核 → 已派发.
//! The limit counts working days. A unit never judges itself (回避).

use mingcha_access::{Action, Desk};
use mingcha_domain::{CaseId, Day, Kind, Speaks, Trouble};
use serde_json::json;

use crate::deed::{BadTerm, Deed, Seen, TERM_WORKING_DAYS_MAX, case_done, case_for, due_after};
use crate::hindrance::{Hindrance, hindered, optional};
use crate::queries;
use crate::state::CaseMove;

/// Which case goes where, and how long the unit has.
#[derive(Clone, Debug)]
pub struct Dispatch {
    /// The case, as the supervisor saw it.
    pub case: Seen<CaseId>,
    /// Code or name of the unit.
    pub to: String,
    /// Working days for the answer.
    pub working_days: u32,
    /// What to look at, for the unit; may be empty.
    pub note: String,
}

/// What became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dispatched {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Code of the unit.
    pub unit: String,
    /// The last day for the answer.
    pub due: Day,
}

/// Why it was not dispatched.
#[derive(Debug, thiserror::Error)]
pub enum DispatchError {
    /// The unit is what the case is about.
    #[error("{unit} is the subject of this case")]
    UnitIsSubject {
        /// The unit's name.
        unit: String,
    },
    /// No term.
    #[error(transparent)]
    Term(BadTerm),
    /// What hinders any deed.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(DispatchError);

impl Speaks for DispatchError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::UnitIsSubject { unit } => Trouble::new("MC-CASE-007").with("unit", unit),
            Self::Term(term) => term.trouble(),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::UnitIsSubject { .. } | Self::Term(_) => Kind::Invalid,
            Self::Hindered(hindrance) => hindrance.kind(),
        }
    }
}

impl Speaks for BadTerm {
    fn trouble(&self) -> Trouble {
        Trouble::new("MC-CASE-005").with("days", self.0).with("max", TERM_WORKING_DAYS_MAX)
    }

    fn kind(&self) -> Kind {
        Kind::Invalid
    }
}

/// Dispatches a case and commits.
pub async fn dispatch(mut desk: Desk, order: Dispatch) -> Result<Dispatched, DispatchError> {
    let (mut case, permit) = case_for(&mut desk, Action::CaseDispatch, order.case).await?;
    let note = optional("why", &order.note)?;
    let unit = queries::unit_find(desk.tx(), &order.to)
        .await?
        .ok_or_else(|| Hindrance::NoSuchUnit { unit: order.to.clone() })?;
    if case.concerns(&unit) {
        return Err(DispatchError::UnitIsSubject { unit: unit.name });
    }
    let due = due_after(desk.today, order.working_days).map_err(DispatchError::Term)?;
    let from = case.state.code();
    case.state = case.state.dispatch(unit.code.clone(), due)?;
    case.reopen_offered = false;
    let mut deed =
        Deed::new(CaseMove::Dispatch.code(), from).telling(json!({ "unit": unit.code, "due": due.to_string() }));
    if !note.is_empty() {
        deed = deed.because(note);
    }
    let case = case_done(&mut desk, &permit, case, deed).await?;
    desk.commit().await?;
    Ok(Dispatched { case: case.id, number: case.number, unit: unit.code, due })
}
