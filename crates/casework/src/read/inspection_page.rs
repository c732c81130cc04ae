//! The page of one inspection: its answers, and the problems that came of them.

use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{InspectionId, Instant, ProblemId};
use mingcha_store::params;

use super::inspection_list::{self, InspectionLine};
use crate::hindrance::{Broken, Hindrance};

/// Everything on the page of an inspection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InspectionPage {
    /// The inspection as in the list.
    pub line: InspectionLine,
    /// The action (year).
    pub action: String,
    /// Code of who was inspected.
    pub subject_code: Option<String>,
    /// The checklist's version to which the answers were given.
    pub checklist_version: i64,
    /// Anything else that was noted.
    pub note: Option<String>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// By whom.
    pub recorded_by: String,
    /// The answers, by indicator.
    pub answers: Vec<AnswerLine>,
    /// Whether the actor may open a problem from an answer that does not conform.
    pub may_open_problem: bool,
}

/// The answer to one indicator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnswerLine {
    /// Number of the indicator.
    pub item: i64,
    /// 符合, 不符合 or 不适用.
    pub result: String,
    /// What was seen.
    pub note: Option<String>,
    /// The problem that it became: identifier and number.
    pub problem: Option<(ProblemId, String)>,
}

/// The page of an inspection.
pub async fn inspection_page(desk: &mut Desk, id: InspectionId) -> Result<InspectionPage, Hindrance> {
    let scope = desk.scope(Action::InspectionSee);
    let sql = format!(
        "{}, i.unit, i.action, i.subject_code, i.checklist_version, i.note, i.recorded_at, i.recorded_by \
         FROM inspection i WHERE i.id = $1",
        inspection_list::SELECT
    );
    let found = desk.tx().one(&sql, params![id]).await?;
    let unit = match &found {
        None => None,
        Some(row) => row.opt_text("unit")?,
    };
    let is_visible = found.is_some() && scope.covers(unit);
    desk.ask(Action::InspectionSee, Subject::of(unit).visible_if(is_visible))?;
    let may_open_problem = desk.ask(Action::ProblemOpen, Subject::of(unit)).is_ok();
    let gone = || Broken { record: format!("inspection:{id}"), reason: "it was there a moment ago" };
    let row = found.as_ref().ok_or_else(gone)?;
    let answers = desk
        .tx()
        .all(
            "SELECT a.item, a.result, a.note, p.id AS problem, p.number FROM inspection_answer a \
             LEFT JOIN problem p ON p.id = a.problem WHERE a.inspection = $1 ORDER BY a.item",
            params![id],
        )
        .await?;
    let mut lines = Vec::with_capacity(answers.len());
    for answer in &answers {
        let problem = match answer.get::<Option<ProblemId>>("problem")? {
            None => None,
            Some(problem) => Some((problem, answer.get("number")?)),
        };
        lines.push(AnswerLine {
            item: answer.get("item")?,
            result: answer.get("result")?,
            note: answer.get("note")?,
            problem,
        });
    }
    Ok(InspectionPage {
        line: inspection_list::read(row)?,
        action: row.get("action")?,
        subject_code: row.get("subject_code")?,
        checklist_version: row.get("checklist_version")?,
        note: row.get("note")?,
        recorded_at: row.get("recorded_at")?,
        recorded_by: row.get("recorded_by")?,
        answers: lines,
        may_open_problem,
    })
}
