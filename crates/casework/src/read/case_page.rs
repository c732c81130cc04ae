//! The page of one case: what was found, what people did, what can be done next.

use mingcha_access::{Action, Desk, Subject};
use mingcha_domain::{CaseId, Day, Instant, ProblemId};
use mingcha_store::params;

use super::case_list::{CaseLine, read};
use super::offer::{Offer, case_offers};
use super::story::{StoryLine, story};
use crate::hindrance::{Broken, Hindrance};
use crate::queries::{self, About};

/// Everything on the page of a case.
#[derive(Clone, PartialEq, Debug)]
pub struct CasePage {
    /// The case as in the list.
    pub line: CaseLine,
    /// The action (year).
    pub action: String,
    /// Code of the unit or organisation it is about.
    pub subject_code: Option<String>,
    /// The problem that it is a ground of: identifier, number, code of its state.
    pub problem: Option<(ProblemId, String, String)>,
    /// When it was closed.
    pub closed_on: Option<Day>,
    /// When the case was opened.
    pub opened_at: Instant,
    /// When it was last changed.
    pub changed_at: Instant,
    /// By whom.
    pub changed_by: String,
    /// What people did.
    pub story: Vec<StoryLine>,
    /// What can be done next.
    pub offers: Vec<Offer>,
}

/// The page of a case.
pub async fn case_page(desk: &mut Desk, id: CaseId) -> Result<CasePage, Hindrance> {
    let (scope, today) = (desk.scope(Action::CaseSee), desk.today);
    let found = queries::case_find(desk.tx(), &scope, id).await?;
    let unit = found.as_ref().and_then(|case| case.state.unit());
    desk.ask(Action::CaseSee, Subject::of(unit).visible_if(found.is_some()))?;
    let gone = || Broken { record: format!("case_file:{id}"), reason: "it was there a moment ago" };
    let case = found.ok_or_else(gone)?;
    let row = desk
        .tx()
        .one(
            "SELECT c.id, c.number, c.finding, c.model, c.project, c.sentence, c.effect, c.subject, c.state, c.unit, \
             u.name AS unit_name, c.due_on, c.verdict, c.recheck, c.reopen_offered, c.version, c.action, c.subject_code, \
             c.closed_on, c.opened_at, c.changed_at, c.changed_by, p.id AS problem, p.number AS problem_number, \
             p.state AS problem_state \
             FROM case_file c LEFT JOIN unit u ON u.id = c.unit LEFT JOIN problem p ON p.id = c.problem WHERE c.id = $1",
            params![id],
        )
        .await?
        .ok_or_else(gone)?;
    let problem = match row.get::<Option<ProblemId>>("problem")? {
        None => None,
        Some(problem) => Some((problem, row.get("problem_number")?, row.get("problem_state")?)),
    };
    Ok(CasePage {
        line: read(&row, today)?,
        action: row.get("action")?,
        subject_code: row.get("subject_code")?,
        problem,
        closed_on: row.get("closed_on")?,
        opened_at: row.get("opened_at")?,
        changed_at: row.get("changed_at")?,
        changed_by: row.get("changed_by")?,
        story: story(desk.tx(), About::Case(id)).await?,
        offers: case_offers(desk, &case),
    })
}
