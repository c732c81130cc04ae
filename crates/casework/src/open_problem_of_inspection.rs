//! 检查发现立为问题: an indicator that did not conform becomes a problem of a unit, which must rectify it.

use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{InspectionId, Kind, ProblemId, Speaks, Trouble};
use serde_json::json;

use crate::deed::{BadTerm, Deed, due_after, me, record};
use crate::hindrance::{Broken, Hindrance, hindered, needed, optional};
use crate::open_problem::{OpenedProblem, given};
use crate::queries::{self, About, ProblemFile, Series, Step};
use crate::state::ProblemState;

/// Which answer becomes a problem, of whom, until when.
#[derive(Clone, Debug)]
pub struct OpenOfInspection {
    /// The inspection.
    pub inspection: InspectionId,
    /// The indicator that did not conform.
    pub item: i64,
    /// Code or name of the unit that must rectify it.
    pub unit: String,
    /// The kind of problem.
    pub kind: String,
    /// What it is, in one sentence.
    pub title: String,
    /// How it is to be mended; may be empty.
    pub measure: String,
    /// Working days for the rectification.
    pub working_days: u32,
}

/// Why no problem was opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenOfInspectionError {
    /// The unit would rectify itself under its own eyes.
    #[error("{unit} was inspected")]
    UnitIsSubject {
        /// The unit's name.
        unit: String,
    },
    /// That indicator conforms, or has its problem already.
    #[error("item {item} gives no ground for a new problem")]
    NoGround {
        /// The indicator's number.
        item: i64,
    },
    /// No term.
    #[error(transparent)]
    Term(BadTerm),
    /// What hinders any deed.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(OpenOfInspectionError);

impl Speaks for OpenOfInspectionError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::UnitIsSubject { unit } => Trouble::new("MC-CASE-007").with("unit", unit),
            Self::NoGround { item } => Trouble::new("MC-CASE-030").with("item", item),
            Self::Term(term) => term.trouble(),
            Self::Hindered(hindrance) => hindrance.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Hindered(hindrance) => hindrance.kind(),
            _ => Kind::Invalid,
        }
    }
}

/// Opens the problem and commits.
pub async fn open_problem_of_inspection(
    mut desk: Desk,
    order: OpenOfInspection,
) -> Result<OpenedProblem, OpenOfInspectionError> {
    let scope = desk.scope(Action::InspectionSee);
    let found = queries::answer_ground(desk.tx(), &scope, order.inspection, order.item).await?;
    let unit = queries::unit_find(desk.tx(), &order.unit).await?;
    let of = unit.as_ref().map(|unit| unit.code.as_str());
    let permit = desk.ask(Action::ProblemOpen, Subject::of(of).visible_if(found.is_some()))?;
    let ground = found.ok_or_else(|| Broken {
        record: format!("inspection:{}", order.inspection),
        reason: "the gate let pass what was not there",
    })?;
    let unit = unit.ok_or_else(|| Hindrance::NoSuchUnit { unit: order.unit.clone() })?;
    if !ground.is_open {
        return Err(OpenOfInspectionError::NoGround { item: order.item });
    }
    if ground.subject_code.as_deref() == Some(unit.code.as_str()) || ground.subject == unit.name {
        return Err(OpenOfInspectionError::UnitIsSubject { unit: unit.name });
    }
    let due = due_after(desk.today, order.working_days).map_err(OpenOfInspectionError::Term)?;
    let (now, by) = (desk.now, me(&desk));
    let problem = ProblemFile {
        id: ProblemId::from_random(desk.random()),
        number: queries::number_take(desk.tx(), &permit, Series::Problem, &ground.action).await?,
        kind: needed("kind", &order.kind)?,
        title: needed("title", &order.title)?,
        project: ground.project,
        action: ground.action,
        unit: unit.code,
        subject: Some(ground.subject),
        subject_code: ground.subject_code,
        found_on: ground.inspected_on,
        basis: None,
        measure: given(optional("text", &order.measure)?),
        state: ProblemState::Rectifying { due },
        due_on: Some(due),
        rectification: None,
        recheck: None,
        origin: "inspection".to_owned(),
        sheet_digest: None,
        changed_at: now,
        changed_by: by.name.clone(),
        version: 1,
    };
    let about = About::Problem(problem.id);
    let facts = json!({ "inspection": ground.number, "item": order.item, "due": due.to_string() });
    let step = Step {
        about,
        made: "open_problem",
        from: None,
        to: problem.state.code(),
        happened_on: desk.today,
        by,
        why: None,
        facts: facts.clone(),
    };
    let name = desk.actor.name.clone();
    let touched = vec![
        queries::problem_add(desk.tx(), &permit, &problem, now, &name).await?,
        queries::story_add(desk.tx(), &permit, now, &step).await?,
        queries::answer_link(desk.tx(), &permit, order.inspection, order.item, problem.id).await?,
    ];
    let deed = Deed::new("open_problem", "").telling(facts);
    record(&mut desk, &permit, about, &problem.number, problem.state.code(), deed, touched).await?;
    desk.commit().await?;
    Ok(OpenedProblem { problem: problem.id, number: problem.number, due })
}
