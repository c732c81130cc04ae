//! The statements of this room that change rows. Each takes the permit to run models.

use mingcha_access::{Action, Desk, Permit};
use mingcha_domain::FindingId;
use mingcha_store::{Touched, params};

use super::{Moment, Written};
use crate::{DetectError, ModelResult, VanishedCause};

/// The head of a run.
pub(crate) struct RunHead<'a> {
    pub moment: Moment,
    pub cause: crate::RunCause,
    pub started_at: mingcha_domain::Instant,
    pub action: &'a str,
}

/// Adds a run.
pub(crate) async fn run_add(desk: &mut Desk, permit: &Permit, head: &RunHead<'_>) -> Result<Touched, DetectError> {
    permit.for_action(Action::ModelRun)?;
    let RunHead { moment, cause, started_at, action } = head;
    let (as_of, login, now) = (desk.today, desk.actor.login.clone(), desk.now);
    desk.tx()
        .run(
            "INSERT INTO model_run (id, number, cause, batch, snapshot, as_of, action, actor, started_at, ended_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            params![
                moment.run,
                moment.run_number,
                cause.code(),
                cause.batch(),
                moment.snapshot,
                as_of,
                *action,
                login,
                *started_at,
                now,
            ],
        )
        .await?;
    Ok(Touched { table: "model_run", id: moment.run.to_string() })
}

/// Adds what one model gave.
pub(crate) async fn result_add(
    desk: &mut Desk,
    permit: &Permit,
    moment: Moment,
    result: &ModelResult,
    version: &str,
    inputs: &str,
) -> Result<Touched, DetectError> {
    permit.for_action(Action::ModelRun)?;
    let id = format!("{}/{}", moment.run, result.model);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let trouble = result.trouble.as_ref().map(|trouble| {
        let facts: Vec<_> = trouble.facts.iter().map(|(name, value)| serde_json::json!([name, value])).collect();
        serde_json::json!({ "code": trouble.code, "facts": facts }).to_string()
    });
    desk.tx()
        .run(
            "INSERT INTO model_result (id, run, run_number, model, how, model_version, run_inputs, snapshot, partitions, \
             hits, created, updated, vanished, returned, trouble) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            params![
                &id,
                moment.run,
                moment.run_number,
                &result.model,
                result.how.code(),
                version,
                inputs,
                moment.snapshot,
                count(result.partitions),
                count(result.hits),
                count(result.created),
                count(result.updated),
                count(result.vanished),
                count(result.returned),
                trouble,
            ],
        )
        .await?;
    Ok(Touched { table: "model_result", id })
}

/// Adds a finding and tells of it.
pub(crate) async fn finding_add(
    desk: &mut Desk,
    permit: &Permit,
    moment: Moment,
    number: i64,
    written: &Written,
) -> Result<Vec<Touched>, DetectError> {
    permit.for_action(Action::ModelRun)?;
    let (id, now, as_of) = (FindingId::from_random(desk.random()), desk.now, desk.today);
    desk.tx()
        .run(
            "INSERT INTO finding (id, number, model, key_text, pack, unit, subject, subject_text, subject_code, effect, \
             part, finding_key, details, sentence, state, evidence, evidence_count, snapshot, as_of, model_version, \
             first_run, last_run, first_seen_at, last_seen_at, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'seen', $15, $16, $17, $18, $19, \
             $20, $20, $21, $21, $21)",
            params![
                id,
                number,
                &written.model,
                &written.key_text,
                &written.pack,
                written.unit.as_deref(),
                &written.subject,
                written.subject_text.as_deref(),
                written.subject_code.as_deref(),
                written.effect,
                written.part.as_deref(),
                &written.finding_key,
                &written.details,
                &written.sentence,
                &written.evidence,
                written.evidence_count,
                moment.snapshot,
                as_of,
                &written.model_version,
                moment.run,
                now,
            ],
        )
        .await?;
    changed(desk, moment, id, "created", None).await
}

/// How a finding that was known is written anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rewrite {
    /// It is there with another content; with the cause, when what the data say is another.
    Updated(Option<VanishedCause>),
    /// It is there again.
    Returned,
}

/// Writes a finding that is there with another content, or there again, and tells of it.
pub(crate) async fn finding_rewrite(
    desk: &mut Desk,
    permit: &Permit,
    moment: Moment,
    (id, written): (FindingId, &Written),
    rewrite: Rewrite,
) -> Result<Vec<Touched>, DetectError> {
    permit.for_action(Action::ModelRun)?;
    let (now, as_of) = (desk.now, desk.today);
    desk.tx()
        .run(
            "UPDATE finding SET unit = $2, subject = $3, subject_text = $4, subject_code = $5, effect = $6, part = $7, \
             details = $8, sentence = $9, evidence = $10, evidence_count = $11, snapshot = $12, as_of = $13, \
             model_version = $14, last_run = $15, last_seen_at = $16, changed_at = $16, vanished_cause = NULL, \
             state = CASE WHEN $17 = 1 THEN 'returned' ELSE state END WHERE id = $1",
            params![
                id,
                written.unit.as_deref(),
                &written.subject,
                written.subject_text.as_deref(),
                written.subject_code.as_deref(),
                written.effect,
                written.part.as_deref(),
                &written.details,
                &written.sentence,
                &written.evidence,
                written.evidence_count,
                moment.snapshot,
                as_of,
                &written.model_version,
                moment.run,
                now,
                rewrite == Rewrite::Returned,
            ],
        )
        .await?;
    match rewrite {
        Rewrite::Updated(cause) => changed(desk, moment, id, "updated", cause).await,
        Rewrite::Returned => changed(desk, moment, id, "returned", None).await,
    }
}

/// Marks a finding as vanished, and tells of it.
pub(crate) async fn finding_vanish(
    desk: &mut Desk,
    permit: &Permit,
    moment: Moment,
    (id, cause): (FindingId, VanishedCause),
) -> Result<Vec<Touched>, DetectError> {
    permit.for_action(Action::ModelRun)?;
    let now = desk.now;
    desk.tx()
        .run(
            "UPDATE finding SET state = 'vanished', vanished_cause = $2, last_run = $3, changed_at = $4 WHERE id = $1",
            params![id, cause.code(), moment.run, now],
        )
        .await?;
    changed(desk, moment, id, "vanished", Some(cause)).await
}

async fn changed(
    desk: &mut Desk,
    moment: Moment,
    finding: FindingId,
    change: &str,
    cause: Option<VanishedCause>,
) -> Result<Vec<Touched>, DetectError> {
    let (id, now) = (format!("{}/{finding}", moment.run), desk.now);
    desk.tx()
        .run(
            "INSERT INTO finding_change (id, run, run_number, finding, change, cause, at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            params![&id, moment.run, moment.run_number, finding, change, cause.map(VanishedCause::code), now],
        )
        .await?;
    Ok(vec![Touched { table: "finding", id: finding.to_string() }, Touched { table: "finding_change", id }])
}
