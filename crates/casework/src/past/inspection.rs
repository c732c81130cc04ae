//! One row of 督导检查台账.

use mingcha_domain::{InspectionId, Trouble};
use mingcha_pack::Checklist;

use super::cells::{Cells, Met, Stop, met_before};
use super::problem::project;
use super::take::Taking;
use crate::hindrance::{Hindrance, not_in_future};
use crate::queries::{self, NewInspection};

pub(super) async fn take(taking: &mut Taking<'_>, cells: Cells<'_>) -> Result<Met, Stop> {
    let (number, digest) = (cells.text("inspection_no"), cells.digest());
    if let Some(known) = queries::inspection_find_by_number(taking.desk.tx(), number).await? {
        return met_before(cells, "inspection_no", &digest, known.sheet_digest.as_deref());
    }
    let project = project(taking, cells)?;
    let checklist = checklist_named(taking, cells, &project)?;
    let lead = taking.ground.packs.pack(&project).and_then(|pack| pack.project.as_ref());
    let lead = lead.map(|project| project.lead_unit.clone()).unwrap_or_default();
    let unit = queries::unit_find(taking.desk.tx(), &lead)
        .await?
        .ok_or_else(|| cells.hindered("project", Hindrance::NoSuchUnit { unit: lead.clone() }))?;
    let inspected_on = cells.day("inspected_on")?;
    not_in_future("inspected_on", inspected_on, taking.desk.today)
        .map_err(|hindrance| cells.hindered("inspected_on", hindrance))?;
    let (name, action) = (checklist.full_name(), taking.desk.action_year().to_owned());
    let new = NewInspection {
        id: InspectionId::from_random(taking.desk.random()),
        number,
        project: &project,
        action: &action,
        checklist: &name,
        checklist_version: checklist.version,
        subject: cells.text("subject"),
        subject_code: cells.opt_text("subject_code"),
        unit: &unit.code,
        inspected_on,
        inspectors: cells.text("inspectors"),
        note: None,
        sheet_digest: Some(&digest),
    };
    let (now, by) = (taking.desk.now, taking.desk.actor.name.clone());
    let row = queries::inspection_add(taking.desk.tx(), taking.permit, &new, now, &by).await?;
    taking.touched.push(row);
    Ok(Met::New)
}

/// The checklist of this row: `pack.key`, the key alone within its project, or the title.
fn checklist_named<'a>(taking: &Taking<'a>, cells: Cells<'_>, project: &str) -> Result<&'a Checklist, Stop> {
    let named = cells.text("checklist");
    let all = || taking.ground.packs.packs.iter().flat_map(|pack| &pack.checklists);
    let fits = |list: &&Checklist| {
        list.full_name() == named || (list.pack == project && (list.key == named || list.title == named))
    };
    all().find(fits).ok_or_else(|| {
        let known: Vec<String> = all().map(Checklist::full_name).collect();
        let trouble = Trouble::new("MC-CASE-050").with("checklist", named).with("known", known.join(" "));
        cells.wrong("checklist", trouble)
    })
}
