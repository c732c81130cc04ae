//! One row of 督导检查指标结果.

use mingcha_domain::Trouble;

use super::cells::{Cells, Met, Stop, met_before};
use super::take::Taking;
use crate::inspection_result::InspectionResult;
use crate::queries::{self, NewAnswer};

pub(super) async fn take(taking: &mut Taking<'_>, cells: Cells<'_>) -> Result<Met, Stop> {
    let (number, digest) = (cells.text("inspection_no"), cells.digest());
    let known = queries::inspection_find_by_number(taking.desk.tx(), number).await?;
    let inspection =
        known.ok_or_else(|| cells.wrong("inspection_no", Trouble::new("MC-CASE-045").with("key", number)))?;
    let item = cells.int("item")?;
    if let Some(known) = queries::answer_find(taking.desk.tx(), inspection.id, item).await? {
        return met_before(cells, "inspection_no", &digest, known.as_deref());
    }
    let checklist = taking.ground.packs.checklist(&inspection.checklist);
    if !checklist.is_some_and(|checklist| checklist.items.iter().any(|known| known.no == item)) {
        let trouble = Trouble::new("MC-CASE-022").with("checklist", &inspection.checklist).with("item", item);
        return Err(cells.wrong("item", trouble));
    }
    // Intake has held the cell against the three words.
    let result = InspectionResult::from_word(cells.text("result")).unwrap_or(InspectionResult::NotApplicable);
    let new = NewAnswer {
        inspection: inspection.id,
        item,
        result,
        note: cells.opt_text("note"),
        sheet_digest: Some(&digest),
    };
    let row = queries::answer_add(taking.desk.tx(), taking.permit, &new).await?;
    taking.touched.push(row);
    Ok(Met::New)
}
