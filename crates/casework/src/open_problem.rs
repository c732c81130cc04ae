//! 立为问题: one or several verified cases of one unit become one problem, with the persons concerned. 已核查 →
//! 已列入问题, and the problem begins as 整改中.

use mingcha_access::{Action, Desk, Permit};
use mingcha_domain::{CaseId, Day, Kind, ProblemId, ResidentIdError, Speaks, Trouble};
use mingcha_store::Touched;
use serde_json::json;

use crate::deed::{BadTerm, Deed, Seen, case_for, case_step, due_after, me, record};
use crate::hindrance::{Hindrance, hindered, needed, optional};
use crate::persons::{Person, persons_add};
use crate::queries::{self, About, CaseFile, ProblemFile, Series, Step};
use crate::state::{CaseMove, ProblemState};

/// Most cases in one order.
pub const CASES_AT_ONCE_MAX: usize = 200;

/// What the problem is made of.
#[derive(Clone, Debug, Default)]
pub struct OpenProblem {
    /// The verified cases, as the actor saw them; at least one, all of one project and unit.
    pub cases: Vec<Seen<CaseId>>,
    /// The kind of problem.
    pub kind: String,
    /// What it is, in one sentence.
    pub title: String,
    /// The law or rule it offends; may be empty.
    pub basis: String,
    /// How it is to be mended; may be empty.
    pub measure: String,
    /// Working days for the rectification.
    pub working_days: u32,
    /// Persons concerned.
    pub persons: Vec<Person>,
}

/// A problem that was opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenedProblem {
    /// The problem.
    pub problem: ProblemId,
    /// Its number.
    pub number: String,
    /// The last day of the rectification.
    pub due: Day,
}

/// Why no problem was opened, or nothing added to it.
#[derive(Debug, thiserror::Error)]
pub enum OpenProblemError {
    /// It would rest on nothing.
    #[error("no case was chosen")]
    NoCase,
    /// More than [`CASES_AT_ONCE_MAX`].
    #[error("{count} cases at once")]
    TooMany {
        /// How many.
        count: usize,
    },
    /// A case of another project or unit.
    #[error("case {number} belongs elsewhere")]
    Elsewhere {
        /// The case's number.
        number: String,
    },
    /// An identity number that is none.
    #[error("{name}: {fault}")]
    ResidentId {
        /// The person's name.
        name: String,
        /// What is wrong.
        fault: ResidentIdError,
    },
    /// One person twice.
    #[error("{name} twice")]
    PersonTwice {
        /// The person's name.
        name: String,
    },
    /// No term.
    #[error(transparent)]
    Term(BadTerm),
    /// What hinders any deed.
    #[error(transparent)]
    Hindered(Hindrance),
}
hindered!(OpenProblemError);

impl Speaks for OpenProblemError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::NoCase => Trouble::new("MC-CASE-009"),
            Self::TooMany { count } => Trouble::new("MC-CASE-029").with("count", count).with("max", CASES_AT_ONCE_MAX),
            Self::Elsewhere { number } => Trouble::new("MC-CASE-010").with("number", number),
            Self::ResidentId { name, fault } => wrong_resident_id(name, fault),
            Self::PersonTwice { name } => Trouble::new("MC-CASE-026").with("name", name),
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

fn wrong_resident_id(name: &str, fault: &ResidentIdError) -> Trouble {
    let (kind, found, expected) = match fault {
        ResidentIdError::Length(length) => ("length", length.to_string(), "18".to_owned()),
        ResidentIdError::Character { at, found } => ("character", found.to_string(), at.to_string()),
        ResidentIdError::Date { written, .. } => ("date", written.clone(), String::new()),
        ResidentIdError::CheckCharacter { expected, found } => ("check", found.to_string(), expected.to_string()),
    };
    Trouble::new("MC-CASE-025").with("name", name).with("fault", kind).with("found", found).with("expected", expected)
}

/// Opens a problem and commits.
pub async fn open_problem(mut desk: Desk, order: OpenProblem) -> Result<OpenedProblem, OpenProblemError> {
    let cases = cases_for(&mut desk, &order.cases).await?;
    let Some((first, permit)) = cases.first() else { return Err(OpenProblemError::NoCase) };
    let unit = first.state.unit().unwrap_or_default().to_owned();
    let due = due_after(desk.today, order.working_days).map_err(OpenProblemError::Term)?;
    let (action, now, by) = (desk.action_year().to_owned(), desk.now, me(&desk));
    let problem = ProblemFile {
        id: ProblemId::from_random(desk.random()),
        number: queries::number_take(desk.tx(), permit, Series::Problem, &action).await?,
        kind: needed("kind", &order.kind)?,
        title: needed("title", &order.title)?,
        project: first.project.clone(),
        action,
        unit,
        subject: first.subject.clone(),
        subject_code: first.subject_code.clone(),
        found_on: desk.today,
        basis: given(optional("basis", &order.basis)?),
        measure: given(optional("measure", &order.measure)?),
        state: ProblemState::Rectifying { due },
        due_on: Some(due),
        rectification: None,
        recheck: None,
        origin: "case".to_owned(),
        sheet_digest: None,
        changed_at: now,
        changed_by: by.name.clone(),
        version: 1,
    };
    let mut touched = vec![queries::problem_add(desk.tx(), permit, &problem, now, &by.name).await?];
    let step = Step {
        about: About::Problem(problem.id),
        made: "open_problem",
        from: None,
        to: problem.state.code(),
        happened_on: desk.today,
        by,
        why: None,
        facts: json!({ "cases": cases.iter().map(|(case, _)| case.number.as_str()).collect::<Vec<_>>(),
                       "due": due.to_string() }),
    };
    touched.push(queries::story_add(desk.tx(), permit, now, &step).await?);
    touched.extend(persons_add(&mut desk, permit, problem.id, &order.persons).await?);
    let deed = Deed::new("open_problem", "").telling(step.facts);
    for (case, permit) in &cases {
        touched.extend(take_in(&mut desk, permit, &problem, case.clone()).await?);
    }
    record(&mut desk, permit, About::Problem(problem.id), &problem.number, problem.state.code(), deed, touched).await?;
    desk.commit().await?;
    Ok(OpenedProblem { problem: problem.id, number: problem.number, due })
}

/// Loads the cases, asks for each, and sees that they belong together.
pub(crate) async fn cases_for(
    desk: &mut Desk,
    seen: &[Seen<CaseId>],
) -> Result<Vec<(CaseFile, Permit)>, OpenProblemError> {
    if seen.len() > CASES_AT_ONCE_MAX {
        return Err(OpenProblemError::TooMany { count: seen.len() });
    }
    let mut cases: Vec<(CaseFile, Permit)> = Vec::with_capacity(seen.len());
    for seen in seen {
        if cases.iter().any(|(case, _)| case.id == seen.id) {
            continue;
        }
        let (case, permit) = case_for(desk, Action::ProblemOpen, *seen).await?;
        if !case.state.has(CaseMove::TakeIntoProblem) {
            return Err(case.state.refuses(CaseMove::TakeIntoProblem).into());
        }
        if let Some((first, _)) = cases.first()
            && (first.project != case.project || first.state.unit() != case.state.unit())
        {
            return Err(OpenProblemError::Elsewhere { number: case.number });
        }
        cases.push((case, permit));
    }
    Ok(cases)
}

/// Moves a verified case into a problem and links its finding.
pub(crate) async fn take_in(
    desk: &mut Desk,
    permit: &Permit,
    problem: &ProblemFile,
    mut case: CaseFile,
) -> Result<Vec<Touched>, Hindrance> {
    let from = case.state.code();
    case.state = case.state.take_into(problem.id)?;
    let deed = Deed::new(CaseMove::TakeIntoProblem.code(), from).telling(json!({ "problem": problem.number }));
    let (case, mut touched) = case_step(desk, permit, case, &deed).await?;
    touched.push(queries::finding_link(desk.tx(), permit, problem.id, case.finding, case.id).await?);
    Ok(touched)
}

pub(crate) fn given(text: String) -> Option<String> {
    if text.is_empty() { None } else { Some(text) }
}
