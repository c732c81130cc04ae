//! The story of a case or problem, as its page shows it.

use mingcha_domain::{Day, Instant};
use mingcha_store::{StoreError, Tx, params};

use crate::queries::About;

/// One step of the story.
#[derive(Clone, PartialEq, Debug)]
pub struct StoryLine {
    /// 1, 2, 3 ….
    pub step: i64,
    /// Code of the move (`case-move-…`).
    pub made: String,
    /// Code of the state before.
    pub from: Option<String>,
    /// Code of the state after.
    pub to: String,
    /// The business day on which it happened.
    pub happened_on: Day,
    /// When it was recorded here.
    pub recorded_at: Instant,
    /// Who did it.
    pub by: String,
    /// Whether an imported sheet tells it, rather than somebody who signed in.
    pub from_sheet: bool,
    /// The reason given.
    pub why: Option<String>,
    /// Unit, deadline, verdict, cause … as canonical JSON.
    pub facts: String,
}

/// All steps, oldest first.
pub(super) async fn story(tx: &mut Tx, about: About) -> Result<Vec<StoryLine>, StoreError> {
    let rows = tx
        .all(
            "SELECT step, move, from_state, to_state, happened_on, recorded_at, actor, actor_name, why, facts \
             FROM case_move WHERE about_id = $1 ORDER BY step",
            params![about.id()],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(StoryLine {
                step: row.get("step")?,
                made: row.get("move")?,
                from: row.get("from_state")?,
                to: row.get("to_state")?,
                happened_on: row.get("happened_on")?,
                recorded_at: row.get("recorded_at")?,
                by: row.get("actor_name")?,
                from_sheet: row.text("actor")? == "sheet",
                why: row.get("why")?,
                facts: row.get("facts")?,
            })
        })
        .collect()
}
