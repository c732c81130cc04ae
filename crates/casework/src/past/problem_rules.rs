//! What must hold of one row of the sheet of problems, before anything is written: days in order, nobody re-checks
//! their own work, what is not mended has a deadline.

use mingcha_domain::{Day, Trouble};

use super::cells::{Cells, Stop};
use crate::hindrance::{Hindrance, not_in_future};
use crate::state::ProblemState;
use crate::who::Who;

/// How far the problem of a row has come, walked through the same machine as a problem of today.
pub(super) fn state_told(cells: Cells<'_>, today: Day) -> Result<ProblemState, Stop> {
    let found_on = cells.day("found_on")?;
    in_order(cells, found_on, today)?;
    let rectified = both(cells, "rectified_on", "rectified_by")?;
    let rechecked = both(cells, "rechecked_on", "rechecked_by")?;
    let closed_on = cells.opt_day("closed_on");
    needs(cells, "rechecked_on", rechecked.is_some(), "rectified_on", rectified.is_some())?;
    needs(cells, "closed_on", closed_on.is_some(), "rechecked_on", rechecked.is_some())?;
    let due = match (cells.opt_day("due_on"), &rectified) {
        (Some(due), _) => due,
        // Met long ago: the sheet need not tell it any more.
        (None, Some((on, _))) => *on,
        (None, None) => return Err(cells.wrong("due_on", Trouble::new("MC-CASE-053"))),
    };
    let mut state = ProblemState::Rectifying { due };
    if let Some((on, by)) = rectified {
        state = state.rectify(by, on).map_err(|refusal| cells.hindered("rectified_on", refusal.into()))?;
    }
    if let Some((on, by)) = rechecked {
        state = state.pass(by, on).map_err(|refusal| cells.hindered("rechecked_by", Hindrance::Move(refusal)))?;
    }
    if let Some(on) = closed_on {
        state = state.close(on).map_err(|refusal| cells.hindered("closed_on", refusal.into()))?;
    }
    Ok(state)
}

/// Found, rectified, re-checked, closed: each not before the one before, and none after the business date.
fn in_order(cells: Cells<'_>, found_on: Day, today: Day) -> Result<(), Stop> {
    let (mut last, mut last_column) = (found_on, "found_on");
    for column in ["found_on", "rectified_on", "rechecked_on", "closed_on"] {
        let Some(day) = cells.opt_day(column) else { continue };
        not_in_future(column, day, today).map_err(|hindrance| cells.hindered(column, hindrance))?;
        if day < last {
            let (earlier, later) = (cells.title(last_column), cells.title(column));
            return Err(cells.wrong(column, Trouble::new("MC-CASE-046").with("earlier", earlier).with("later", later)));
        }
        (last, last_column) = (day, column);
    }
    Ok(())
}

/// A day and who: both or neither.
fn both(cells: Cells<'_>, on: &'static str, by: &'static str) -> Result<Option<(Day, Who)>, Stop> {
    match (cells.opt_day(on), cells.opt_text(by)) {
        (Some(day), Some(name)) => Ok(Some((day, Who::named(name)))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(lacks(cells, by, on)),
        (None, Some(_)) => Err(lacks(cells, on, by)),
    }
}

fn needs(
    cells: Cells<'_>,
    given: &'static str,
    is_given: bool,
    missing: &'static str,
    is_there: bool,
) -> Result<(), Stop> {
    if is_given && !is_there { Err(lacks(cells, missing, given)) } else { Ok(()) }
}

fn lacks(cells: Cells<'_>, missing: &'static str, given: &str) -> Stop {
    let trouble = Trouble::new("MC-CASE-047").with("missing", cells.title(missing)).with("given", cells.title(given));
    cells.wrong(missing, trouble)
}
