//! The writing half of a run: one transaction, one audit entry, one job.

use std::collections::BTreeSet;

use mingcha_access::{Action, Actor, Desk, Office, Permit, Record, Subject};
use mingcha_domain::{FindingId, Instant, RunId, Speaks};
use mingcha_engine::EngineError;
use mingcha_engine::model::{Hit, key_text};
use mingcha_pack::{Effect, Model, PackSet, Unmasked};
use mingcha_store::jobs::FindingsChanged;
use mingcha_store::{Job, Touched};
use serde_json::json;

use super::evaluate::{Before, Evaluated, Outcome};
use super::{How, ModelResult, Request, Run};
use crate::DetectError;
use crate::diff::{Found, Known, compare};
use crate::queries::{self, Moment, Rewrite, RunHead, Written};
use crate::stored::{columns_text, refs_text};
use crate::subject::subject;

pub(super) async fn save(
    office: &Office,
    actor: &Actor,
    packs: &PackSet,
    request: &Request,
    before: &Before,
    started_at: Instant,
    evaluated: Vec<Evaluated<'_>>,
) -> Result<Run, DetectError> {
    let mut desk = office.desk(actor).await?;
    let permit = desk.ask(Action::ModelRun, Subject::house())?;
    // The store has one writer, so what is read here holds until the commit.
    let now = queries::standing_all(&mut desk).await?;
    let number = |all: &std::collections::BTreeMap<String, queries::Standing>, model: &str| {
        all.get(model).map(|standing| standing.run_number)
    };
    let stale = evaluated.iter().any(|each| {
        let name = each.model.full_name();
        number(&now, &name) != number(&before.standing, &name)
    });
    if stale || desk.today != before.as_of || desk.action_year() != before.action {
        return Err(DetectError::Overtaken);
    }
    let moment = Moment {
        run: RunId::from_random(desk.random()),
        run_number: queries::number_next(&mut desk, "model_run").await?,
        snapshot: before.snapshot,
    };
    let head = RunHead { moment, cause: request.cause, started_at, action: &before.action };
    let mut touched = vec![queries::run_add(&mut desk, &permit, &head).await?];
    let mut results = Vec::new();
    for each in evaluated {
        results.push(one(&mut desk, &permit, packs, moment, each, &mut touched).await?);
    }
    record(&mut desk, &permit, moment, request, &touched, &results).await?;
    if results.iter().any(|result| result.created + result.updated + result.vanished + result.returned > 0) {
        desk.enqueue(&Job::of(&FindingsChanged { run: moment.run.to_string() })?).await?;
    }
    let run =
        Run { id: moment.run, number: moment.run_number, snapshot: moment.snapshot, as_of: before.as_of, results };
    desk.commit().await?;
    Ok(run)
}

async fn record(
    desk: &mut Desk,
    permit: &Permit,
    moment: Moment,
    request: &Request,
    touched: &[Touched],
    results: &[ModelResult],
) -> Result<(), DetectError> {
    let models: Vec<_> = results
        .iter()
        .map(|r| {
            json!({ "model": r.model, "how": r.how.code(), "created": r.created, "updated": r.updated,
                    "vanished": r.vanished, "returned": r.returned })
        })
        .collect();
    let facts = json!({ "cause": request.cause.code(), "batch": request.cause.batch().map(|batch| batch.0),
                        "snapshot": moment.snapshot, "models": models });
    let subject = format!("run:{}", moment.run);
    desk.record(permit, Record { verb: "model.run", subject: &subject, why: None, touched, facts }).await?;
    Ok(())
}

async fn one(
    desk: &mut Desk,
    permit: &Permit,
    packs: &PackSet,
    moment: Moment,
    evaluated: Evaluated<'_>,
    touched: &mut Vec<Touched>,
) -> Result<ModelResult, DetectError> {
    let Evaluated { model, inputs, outcome } = evaluated;
    let mut result = ModelResult {
        model: model.full_name(),
        how: outcome.how(),
        partitions: 0,
        hits: 0,
        created: 0,
        updated: 0,
        vanished: 0,
        returned: 0,
        trouble: None,
    };
    match outcome {
        Outcome::NothingNew => {}
        Outcome::Failed(trouble) => result.trouble = Some(trouble),
        Outcome::Hits { hits, parts, cause } => {
            result.hits = hits.len();
            result.partitions = parts.as_ref().map_or(0, Vec::len);
            let unit = match packs.pack(&model.pack).and_then(|pack| pack.project.as_ref()) {
                Some(project) => queries::unit_named(desk, &project.lead_unit).await?,
                None => None,
            };
            let known = match compared(desk, &result.model, &hits, parts.as_deref()).await? {
                Ok(known) => known,
                Err(repeats) => {
                    (result.how, result.trouble) = (How::Failed, Some(repeats.trouble()));
                    touched.push(
                        queries::result_add(desk, permit, moment, &result, &model.version, &inputs.text()?).await?,
                    );
                    return Ok(result);
                }
            };
            let found = hits.iter().map(|hit| found(packs, model, unit.as_deref(), hit)).collect();
            let changes = compare(known, found, cause);
            (result.created, result.updated) = (changes.created.len(), changes.updated.len());
            (result.vanished, result.returned) = (changes.vanished.len(), changes.returned.len());
            let mut number = queries::number_next(desk, "finding").await?;
            for written in &changes.created {
                touched.extend(queries::finding_add(desk, permit, moment, number, written).await?);
                number += 1;
            }
            for (id, written, cause) in &changes.updated {
                let change = Rewrite::Updated(*cause);
                touched.extend(queries::finding_rewrite(desk, permit, moment, (*id, written), change).await?);
            }
            for (id, written) in &changes.returned {
                let change = Rewrite::Returned;
                touched.extend(queries::finding_rewrite(desk, permit, moment, (*id, written), change).await?);
            }
            for vanished in &changes.vanished {
                touched.extend(queries::finding_vanish(desk, permit, moment, *vanished).await?);
            }
        }
    }
    debug_assert!(result.how != How::Failed || result.trouble.is_some());
    touched.push(queries::result_add(desk, permit, moment, &result, &model.version, &inputs.text()?).await?);
    Ok(result)
}

/// The findings that the hits are held against. A key may come back in another partition than the one it was found in and
/// vanished from; when it is still found there, it repeats, which a full run would refuse.
async fn compared(
    desk: &mut Desk,
    model: &str,
    hits: &[Hit],
    parts: Option<&[String]>,
) -> Result<Result<Vec<Known>, EngineError>, DetectError> {
    let mut known = queries::findings_known(desk, model, parts).await?;
    if parts.is_some() {
        let of_parts: BTreeSet<FindingId> = known.iter().map(|finding| finding.id).collect();
        let keys: Vec<&str> = hits.iter().map(|hit| hit.key_text.as_str()).collect();
        let mut elsewhere = queries::findings_under(desk, model, &keys).await?;
        elsewhere.retain(|finding| !of_parts.contains(&finding.id));
        if let Some(there) = elsewhere.iter().find(|finding| finding.state.is_there()) {
            return Ok(Err(EngineError::KeyRepeats { key: there.key_text.clone() }));
        }
        known.extend(elsewhere);
    }
    Ok(Ok(known))
}

fn found(packs: &PackSet, model: &Model, unit: Option<&str>, hit: &Hit) -> Found<Written> {
    let subject = subject(packs, model, hit);
    let shown: Vec<_> = hit.key.iter().chain(&hit.columns).cloned().collect();
    let what = Written {
        model: model.full_name(),
        pack: model.pack.clone(),
        key_text: hit.key_text.clone(),
        unit: unit.map(str::to_owned),
        subject: model.subject.clone(),
        subject_text: subject.text,
        subject_code: subject.code,
        effect: match model.effect {
            Effect::Hint => "提示",
            Effect::Verify => "核查",
            Effect::HoldPayment => "暂停支付",
        },
        part: hit.partition.as_ref().map(|value| key_text([value].into_iter())),
        finding_key: columns_text(&hit.key),
        details: columns_text(&hit.columns),
        sentence: model.wording.say(&shown, Unmasked(false)),
        evidence: refs_text(&hit.evidence),
        evidence_count: i64::try_from(hit.evidence_count).unwrap_or(i64::MAX),
        model_version: model.version.clone(),
    };
    Found { key_text: what.key_text.clone(), content: what.content(), substance: what.substance(), what }
}
