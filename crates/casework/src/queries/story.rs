//! The story of a case or problem: who did what, when and why. Steps are only ever added.

use mingcha_access::Permit;
use mingcha_domain::{CaseId, Day, Instant, ProblemId};
use mingcha_store::{StoreError, Touched, Tx, params};

use crate::who::Who;

/// What a step is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum About {
    Case(CaseId),
    Problem(ProblemId),
}

impl About {
    /// `case` or `problem`.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Case(_) => "case",
            Self::Problem(_) => "problem",
        }
    }

    /// The identifier alone.
    pub(crate) fn id(self) -> String {
        match self {
            Self::Case(id) => id.to_string(),
            Self::Problem(id) => id.to_string(),
        }
    }

    /// `case:ID`, the subject of an audit entry.
    pub(crate) fn subject(self) -> String {
        format!("{}:{}", self.kind(), self.id())
    }
}

/// One step.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Step {
    pub about: About,
    /// Code of the move.
    pub made: &'static str,
    /// The state before, if there was one.
    pub from: Option<&'static str>,
    /// The state after.
    pub to: &'static str,
    /// The business day on which it happened; for past casework, the day that the sheet tells.
    pub happened_on: Day,
    pub by: Who,
    pub why: Option<String>,
    /// What else the step decided: unit, deadline, verdict …
    pub facts: serde_json::Value,
}

/// Adds a step at the end of its story.
pub(crate) async fn story_add(tx: &mut Tx, _: &Permit, now: Instant, step: &Step) -> Result<Touched, StoreError> {
    let about_id = step.about.id();
    let last = tx
        .one("SELECT COALESCE(MAX(step), 0) AS last FROM case_move WHERE about_id = $1", params![&about_id])
        .await?
        .map(|row| row.int("last"))
        .transpose()?
        .unwrap_or(0);
    let id = format!("{about_id}/{}", last + 1);
    tx.run(
        "INSERT INTO case_move (id, about, about_id, step, move, from_state, to_state, happened_on, recorded_at, actor, \
         actor_name, why, facts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            &id,
            step.about.kind(),
            &about_id,
            last + 1,
            step.made,
            step.from,
            step.to,
            step.happened_on,
            now,
            step.by.account.map_or_else(|| "sheet".to_owned(), |account| account.to_string()),
            &step.by.name,
            step.why.as_deref(),
            step.facts.to_string(),
        ],
    )
    .await?;
    Ok(Touched::new("case_move", id))
}
