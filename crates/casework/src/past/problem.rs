//! One row of 问题台账: a problem as far as it has come, with the findings it rests on.

use mingcha_domain::{Day, FindingId, ProblemId, Trouble};
use serde_json::json;

use super::cells::{Cells, Met, Stop, met_before};
use super::problem_rules::state_told;
use super::take::Taking;
use crate::deed::me;
use crate::finding_name::FindingName;
use crate::hindrance::Hindrance;
use crate::queries::{self, About, CaseFile, ProblemFile, Step};
use crate::state::{CaseMove, CaseState, ProblemMove, ProblemState, Truth, Verdict};
use crate::who::Who;

pub(super) async fn take(taking: &mut Taking<'_>, cells: Cells<'_>) -> Result<Met, Stop> {
    let (number, digest) = (cells.text("problem_no"), cells.digest());
    if let Some(known) = queries::problem_find_by_number(taking.desk.tx(), number).await? {
        return met_before(cells, "problem_no", &digest, known.sheet_digest.as_deref());
    }
    let project = project(taking, cells)?;
    let unit = queries::unit_find(taking.desk.tx(), cells.text("unit"))
        .await?
        .ok_or_else(|| cells.hindered("unit", Hindrance::NoSuchUnit { unit: cells.text("unit").to_owned() }))?;
    let state = state_told(cells, taking.desk.today)?;
    let cases = cases_named(taking, cells).await?;
    let owned = |column| cells.opt_text(column).map(str::to_owned);
    let problem = ProblemFile {
        id: ProblemId::from_random(taking.desk.random()),
        number: number.to_owned(),
        kind: cells.text("kind").to_owned(),
        title: cells.text("title").to_owned(),
        project,
        action: taking.desk.action_year().to_owned(),
        unit: unit.code,
        subject: owned("subject"),
        subject_code: None,
        found_on: cells.day("found_on")?,
        basis: owned("basis"),
        measure: owned("measure"),
        due_on: cells.opt_day("due_on"),
        state,
        rectification: owned("measure").filter(|_| cells.opt_day("rectified_on").is_some()),
        recheck: None,
        origin: "sheet".to_owned(),
        sheet_digest: Some(digest),
        changed_at: taking.desk.now,
        changed_by: taking.desk.actor.name.clone(),
        version: 1,
    };
    add(taking, cells, &problem).await?;
    for case in cases {
        take_in(taking, cells, &problem, case).await?;
    }
    Ok(Met::New)
}

/// The project's key, as the packs know it.
pub(super) fn project(taking: &Taking<'_>, cells: Cells<'_>) -> Result<String, Stop> {
    let named = cells.text("project");
    let mut projects = taking.ground.packs.packs.iter().filter(|pack| pack.project.is_some());
    if let Some(pack) = projects.clone().find(|pack| pack.key == named || pack.title == named) {
        return Ok(pack.key.clone());
    }
    let known: Vec<&str> = projects.by_ref().map(|pack| pack.key.as_str()).collect();
    Err(cells.wrong("project", Trouble::new("MC-CASE-051").with("project", named).with("known", known.join(" "))))
}

/// The finding of a name, with its case.
pub(super) async fn case_named(
    taking: &mut Taking<'_>,
    cells: Cells<'_>,
    column: &'static str,
    name: &FindingName,
) -> Result<CaseFile, Stop> {
    let told = |code| Trouble::new(code).with("value", name);
    let finding: FindingId =
        taking.ground.findings.find(name).ok_or_else(|| cells.wrong(column, told("MC-CASE-041")))?;
    let case = queries::case_find_by_finding(taking.desk.tx(), finding).await?;
    case.ok_or_else(|| cells.wrong(column, told("MC-CASE-042")))
}

async fn cases_named(taking: &mut Taking<'_>, cells: Cells<'_>) -> Result<Vec<CaseFile>, Stop> {
    let column = "findings";
    let names = FindingName::parse_list(cells.opt_text(column).unwrap_or_default())
        .map_err(|part| cells.wrong(column, Trouble::new("MC-CASE-040").with("value", part)))?;
    let mut cases = Vec::with_capacity(names.len());
    for name in names {
        let case = case_named(taking, cells, column, &name).await?;
        if !matches!(case.state, CaseState::Waiting) {
            return Err(under_way(taking, cells, column, &name, &case).await?);
        }
        cases.push(case);
    }
    Ok(cases)
}

/// The refusal of a finding whose case people have already begun to act on.
pub(super) async fn under_way(
    taking: &mut Taking<'_>,
    cells: Cells<'_>,
    column: &'static str,
    name: &FindingName,
    case: &CaseFile,
) -> Result<Stop, Stop> {
    let row = taking
        .desk
        .tx()
        .one(
            "SELECT p.number FROM problem_finding f JOIN problem p ON p.id = f.problem WHERE f.finding = $1",
            mingcha_store::params![case.finding],
        )
        .await?;
    let trouble = match row {
        Some(row) => Trouble::new("MC-CASE-048").with("value", name).with("number", row.text("number")?),
        None => Trouble::new("MC-CASE-049").with("value", name).with("number", &case.number),
    };
    Ok(cells.wrong(column, trouble))
}

/// Adds the problem and tells its story as the sheet does: each step on its own day, by whom the sheet names.
async fn add(taking: &mut Taking<'_>, cells: Cells<'_>, problem: &ProblemFile) -> Result<(), Stop> {
    let (now, by) = (taking.desk.now, me(taking.desk));
    let row = queries::problem_add(taking.desk.tx(), taking.permit, problem, now, &by.name).await?;
    taking.touched.push(row);
    let mut steps: Vec<(&'static str, Option<&'static str>, &'static str, Day, Who)> =
        vec![("open_problem", None, "rectifying", problem.found_on, by.clone())];
    if let ProblemState::Rectified { by, on }
    | ProblemState::Passed { rectified_by: by, rectified_on: on, .. }
    | ProblemState::Closed { rectified_by: by, rectified_on: on, .. } = &problem.state
    {
        steps.push((ProblemMove::Rectify.code(), Some("rectifying"), "rectified", *on, by.clone()));
    }
    if let ProblemState::Passed { rechecked_by: by, on, .. }
    | ProblemState::Closed { rechecked_by: by, rechecked_on: on, .. } = &problem.state
    {
        steps.push((ProblemMove::Pass.code(), Some("rectified"), "passed", *on, by.clone()));
    }
    if let ProblemState::Closed { on, .. } = &problem.state {
        steps.push((ProblemMove::Close.code(), Some("passed"), "closed", *on, by));
    }
    for (made, from, to, happened_on, by) in steps {
        let step = Step {
            about: About::Problem(problem.id),
            made,
            from,
            to,
            happened_on,
            by,
            why: None,
            facts: source(taking, cells),
        };
        let row = queries::story_add(taking.desk.tx(), taking.permit, now, &step).await?;
        taking.touched.push(row);
    }
    Ok(())
}

/// Moves a waiting case to where its problem is. The sheet tells neither dispatch nor answer, so the story does not
/// invent them: it says that the case became part of the problem, and, if so, that it was closed with it.
async fn take_in(
    taking: &mut Taking<'_>,
    cells: Cells<'_>,
    problem: &ProblemFile,
    mut case: CaseFile,
) -> Result<(), Stop> {
    let (now, by) = (taking.desk.now, me(taking.desk));
    let verified = case
        .state
        .dispatch(problem.unit.clone(), problem.found_on)?
        .verify(Verdict::Founded(Truth::True), by.clone())?;
    case.state = verified.take_into(problem.id)?;
    let mut steps = vec![(CaseMove::TakeIntoProblem, "waiting", case.state.code(), problem.found_on)];
    if let ProblemState::Closed { on, .. } = &problem.state {
        let from = case.state.code();
        case.state = case.state.close_with_problem()?;
        case.closed_on = Some(*on);
        steps.push((CaseMove::CloseWithProblem, from, case.state.code(), *on));
    }
    let (case, saved) = queries::case_save(taking.desk.tx(), taking.permit, case, now, &by.name).await?;
    taking.touched.push(saved);
    for (made, from, to, happened_on) in steps {
        let mut facts = source(taking, cells);
        facts["problem"] = json!(problem.number);
        let step = Step {
            about: About::Case(case.id),
            made: made.code(),
            from: Some(from),
            to,
            happened_on,
            by: by.clone(),
            why: None,
            facts,
        };
        let row = queries::story_add(taking.desk.tx(), taking.permit, now, &step).await?;
        taking.touched.push(row);
    }
    let link = queries::finding_link(taking.desk.tx(), taking.permit, problem.id, case.finding, case.id).await?;
    taking.touched.push(link);
    Ok(())
}

/// Which file and line tell of it.
pub(super) fn source(taking: &Taking<'_>, cells: Cells<'_>) -> serde_json::Value {
    json!({ "file": taking.file_name, "line": cells.line() })
}
