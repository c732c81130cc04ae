//! One row of 追回资金台账.

use mingcha_domain::{RecoveryId, Trouble, Yuan};
use mingcha_store::params;

use super::cells::{Cells, Met, Stop, met_before};
use super::person::problem_named;
use super::take::Taking;
use crate::hindrance::not_in_future;
use crate::queries::{self, NewRecovery};

pub(super) async fn take(taking: &mut Taking<'_>, cells: Cells<'_>) -> Result<Met, Stop> {
    let (number, digest) = (cells.text("recovery_no"), cells.digest());
    let known = taking.desk.tx().one("SELECT sheet_digest FROM recovery WHERE number = $1", params![number]).await?;
    if let Some(row) = known {
        return met_before(cells, "recovery_no", &digest, row.opt_text("sheet_digest")?);
    }
    let problem = problem_named(taking, cells).await?;
    let person = match cells.opt_text("resident_id") {
        None => None,
        Some(resident_id) => {
            let known = queries::person_find(taking.desk.tx(), problem.id, resident_id).await?;
            let not_its = || cells.wrong("resident_id", Trouble::new("MC-CASE-020").with("problem", &problem.number));
            Some(known.ok_or_else(not_its)?.0)
        }
    };
    let (amount, recovered_on) = (cells.yuan("amount")?, cells.day("recovered_on")?);
    if amount <= Yuan::default() {
        return Err(cells.wrong("amount", Trouble::new("MC-CASE-019").with("amount", amount)));
    }
    not_in_future("recovered_on", recovered_on, taking.desk.today)
        .map_err(|hindrance| cells.hindered("recovered_on", hindrance))?;
    let new = NewRecovery {
        id: RecoveryId::from_random(taking.desk.random()),
        number,
        problem: &problem,
        person: person.as_deref(),
        amount,
        recovered_on,
        returned_to: cells.text("returned_to"),
        sheet_digest: Some(&digest),
    };
    let (now, by) = (taking.desk.now, taking.desk.actor.name.clone());
    let row = queries::recovery_add(taking.desk.tx(), taking.permit, &new, now, &by).await?;
    taking.touched.push(row);
    Ok(Met::New)
}
