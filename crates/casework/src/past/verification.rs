//! One row of 疑点核查结果: a finding that verification did not bear out, closed as such.

use mingcha_domain::{Day, Trouble};

use super::cells::{Cells, Met, Stop};
use super::problem::{case_named, source, under_way};
use super::take::Taking;
use crate::deed::me;
use crate::finding_name::FindingName;
use crate::hindrance::{Hindrance, not_in_future};
use crate::queries::{self, About, CaseFile, Step};
use crate::state::{CaseMove, CaseState, Closing, Dismissal, Verdict};
use crate::who::Who;

pub(super) async fn take(taking: &mut Taking<'_>, cells: Cells<'_>) -> Result<Met, Stop> {
    let column = "finding";
    let name = FindingName::parse(cells.text(column))
        .ok_or_else(|| cells.wrong(column, Trouble::new("MC-CASE-040").with("value", cells.text(column))))?;
    let ground = ground(cells)?;
    let verified_on = cells.day("verified_on")?;
    not_in_future("verified_on", verified_on, taking.desk.today)
        .map_err(|hindrance| cells.hindered("verified_on", hindrance))?;
    let case = case_named(taking, cells, column, &name).await?;
    match &case.state {
        CaseState::Waiting => {}
        CaseState::Closed(Closing::Dismissed { ground: known, .. })
            if *known == ground && case.closed_on == Some(verified_on) =>
        {
            return Ok(Met::Unchanged);
        }
        _ => return Err(under_way(taking, cells, column, &name, &case).await?),
    }
    close(taking, cells, case, ground, verified_on).await?;
    Ok(Met::New)
}

/// Walks the case through the machine, so that nobody agrees with themselves in a sheet either.
async fn close(
    taking: &mut Taking<'_>,
    cells: Cells<'_>,
    mut case: CaseFile,
    ground: Dismissal,
    verified_on: Day,
) -> Result<(), Stop> {
    let lead = taking.ground.packs.pack(&case.project).and_then(|pack| pack.project.as_ref());
    let named = cells.opt_text("unit").or(lead.map(|project| project.lead_unit.as_str())).unwrap_or_default();
    let unit = queries::unit_find(taking.desk.tx(), named)
        .await?
        .ok_or_else(|| cells.hindered("unit", Hindrance::NoSuchUnit { unit: named.to_owned() }))?;
    if case.concerns(&unit) {
        return Err(cells.wrong("unit", Trouble::new("MC-CASE-007").with("unit", unit.name)));
    }
    let importer = me(taking.desk);
    let verified_by = Who::named(cells.text("verified_by"));
    let agreed_by = cells.opt_text("agreed_by").map_or_else(|| importer.clone(), Who::named);
    let verified =
        case.state.dispatch(unit.code, verified_on)?.verify(Verdict::Unfounded(ground), verified_by.clone())?;
    case.state = verified
        .clone()
        .dismiss(&agreed_by)
        .map_err(|refusal| cells.hindered("agreed_by", Hindrance::Move(refusal)))?;
    case.closed_on = Some(verified_on);
    let now = taking.desk.now;
    let (case, saved) = queries::case_save(taking.desk.tx(), taking.permit, case, now, &importer.name).await?;
    taking.touched.push(saved);
    let steps = [
        (CaseMove::Verify, "waiting", verified.code(), verified_by, Some(cells.text("reason").to_owned())),
        (CaseMove::Dismiss, verified.code(), case.state.code(), agreed_by, None),
    ];
    for (made, from, to, by, why) in steps {
        let mut facts = source(taking, cells);
        facts["verdict"] = ground.code().into();
        let step = Step {
            about: About::Case(case.id),
            made: made.code(),
            from: Some(from),
            to,
            happened_on: verified_on,
            by,
            why,
            facts,
        };
        let row = queries::story_add(taking.desk.tx(), taking.permit, now, &step).await?;
        taking.touched.push(row);
    }
    Ok(())
}

/// The ground of the dismissal: the closing kind, which must go with the result.
fn ground(cells: Cells<'_>) -> Result<Dismissal, Stop> {
    let (result, closing) = (cells.text("result"), cells.opt_text("closing_kind"));
    match (result, closing) {
        ("不属实", Some("不属实-数据错误")) => Ok(Dismissal::DataError),
        ("不属实", Some("不属实-政策允许")) => Ok(Dismissal::PolicyAllows),
        ("无法核实", None | Some("无法核实")) => Ok(Dismissal::Unverifiable),
        _ => {
            let trouble =
                Trouble::new("MC-CASE-052").with("result", result).with("closing", closing.unwrap_or_default());
            Err(cells.wrong("closing_kind", trouble))
        }
    }
}
