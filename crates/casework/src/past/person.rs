//! One row of 问题涉及人员.

use mingcha_domain::Trouble;

use super::cells::{Cells, Met, Stop, met_before};
use super::take::Taking;
use crate::persons::person_id;
use crate::queries::{self, NewPerson, ProblemFile};

pub(super) async fn take(taking: &mut Taking<'_>, cells: Cells<'_>) -> Result<Met, Stop> {
    let problem = problem_named(taking, cells).await?;
    let (resident_id, digest) = (cells.text("resident_id"), cells.digest());
    if let Some((_, known)) = queries::person_find(taking.desk.tx(), problem.id, resident_id).await? {
        return met_before(cells, "problem_no", &digest, known.as_deref());
    }
    let new = NewPerson {
        id: person_id(taking.desk),
        problem: problem.id,
        resident_id,
        name: cells.text("name"),
        role: cells.opt_text("role"),
        sheet_digest: Some(&digest),
    };
    let row = queries::person_add(taking.desk.tx(), taking.permit, &new).await?;
    taking.touched.push(row);
    Ok(Met::New)
}

/// The problem of this row's number.
pub(super) async fn problem_named(taking: &mut Taking<'_>, cells: Cells<'_>) -> Result<ProblemFile, Stop> {
    let number = cells.text("problem_no");
    let problem = queries::problem_find_by_number(taking.desk.tx(), number).await?;
    problem.ok_or_else(|| cells.wrong("problem_no", Trouble::new("MC-CASE-044").with("key", number)))
}
