//! What becomes of one finding.

use mingcha_domain::Value;
use mingcha_store::audit;

use super::bed::{Bed, SUBSIDY, THREE};
use crate::{
    Change, DetectError, FindingQuery, FindingState, How, Mode, Models, Request, RunCause, VanishedCause,
    evidence_rows, finding, finding_by_name, finding_counts, finding_list, findings_by_name, model_states, news, run,
};

pub(super) const RESIDENT: &str = "330999199001011239";

/// Four subsidies of one person in one year, in one batch.
pub(super) async fn four(bed: &mut Bed) -> mingcha_domain::BatchNo {
    let rows = (1..=4).map(|n| bed.subsidy(&format!("B{n}"), RESIDENT, &format!("2023-0{n}-05"))).collect();
    bed.commit(SUBSIDY, rows).await.expect("a batch")
}

pub(super) fn how(run: &crate::Run, model: &str) -> How {
    run.results.iter().find(|result| result.model == model).expect("the model ran").how
}

#[tokio::test]
async fn a_finding_is_found_again_vanishes_with_its_cause_and_returns() {
    let mut bed = Bed::new().await;
    let batch = four(&mut bed).await;
    let first = bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    assert_eq!(how(&first, THREE), How::Full);
    let [found] = bed.findings(THREE).await.try_into().expect("one finding");
    assert_eq!((found.state, found.evidence_count), (FindingState::Seen, 4));
    assert_eq!(found.key_text, format!("{RESIDENT}|2023"));
    assert!(found.sentence.contains("330999********1239") && !found.sentence.contains(RESIDENT), "{}", found.sentence);
    assert_eq!(found.unit.as_deref(), Some("hrss"));
    assert_eq!(found.subject_text.as_deref(), Some("王** 330999********1239"));

    // A row of somebody else leaves it alone.
    let other = vec![bed.subsidy("B9", "330999199001012346", "2023-09-05")];
    let batch = bed.commit(SUBSIDY, other).await.expect("a batch");
    let second = bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    assert_eq!(how(&second, THREE), How::Incremental);
    assert_eq!(bed.findings(THREE).await, std::slice::from_ref(&found));

    // A correction: one of the four was in the year before.
    let corrected = vec![bed.subsidy("B4", RESIDENT, "2022-12-30")];
    let correction = bed.commit(SUBSIDY, corrected).await.expect("a batch");
    let third = bed.run(Mode::Auto, RunCause::BatchCommitted(correction)).await;
    let [gone] = bed.findings(THREE).await.try_into().expect("the same one");
    assert_eq!((gone.id, gone.state), (found.id, FindingState::Vanished(VanishedCause::DataCorrected)));
    assert_eq!(gone.evidence, found.evidence);

    // The correction is withdrawn: the finding returns, with the old evidence.
    assert!(bed.withdraw(correction).await);
    let fourth = bed.run(Mode::Auto, RunCause::BatchWithdrawn(correction)).await;
    assert_eq!(how(&fourth, THREE), How::Incremental);
    let [back] = bed.findings(THREE).await.try_into().expect("the same one");
    assert_eq!((back.id, back.state), (found.id, FindingState::Returned));
    assert_eq!(back.evidence, found.evidence);

    // The first batch is withdrawn: gone by that.
    assert!(bed.withdraw(mingcha_domain::BatchNo(1)).await);
    let fifth = bed.run(Mode::Auto, RunCause::BatchWithdrawn(mingcha_domain::BatchNo(1))).await;
    let [gone] = bed.findings(THREE).await.try_into().expect("the same one");
    assert_eq!(gone.state, FindingState::Vanished(VanishedCause::BatchWithdrawn));

    // Each run told of exactly this.
    let mut desk = bed.town.reading(&bed.town.supervisor().await).await;
    for (run, change) in [
        (&first, vec![Change::Created]),
        (&second, vec![]),
        (&third, vec![Change::Vanished(VanishedCause::DataCorrected)]),
        (&fourth, vec![Change::Returned]),
        (&fifth, vec![Change::Vanished(VanishedCause::BatchWithdrawn)]),
    ] {
        let told: Vec<_> = news(&mut desk, run.id).await.expect("news").into_iter().map(|news| news.change).collect();
        assert_eq!(told, change);
    }
    let counts = finding_counts(&mut desk).await.expect("counts");
    assert_eq!((counts[0].seen, counts[0].returned, counts[0].vanished), (0, 0, 1));
}

#[tokio::test]
async fn evidence_is_read_as_it_was_when_it_was_found() {
    let mut bed = Bed::new().await;
    let batch = four(&mut bed).await;
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    bed.withdraw(batch).await;
    bed.run(Mode::Auto, RunCause::BatchWithdrawn(batch)).await;
    let [gone] = bed.findings(THREE).await.try_into().expect("one finding");
    let rows = evidence_rows(&bed.lake, &bed.packs, &gone).await.expect("rows");
    let lines: Vec<_> = rows.iter().map(|row| (row.ledger.as_str(), row.at.batch.0, row.at.row)).collect();
    assert_eq!(lines, [(SUBSIDY, 1, 2), (SUBSIDY, 1, 3), (SUBSIDY, 1, 4), (SUBSIDY, 1, 5)]);
    assert_eq!(rows[0].values[0], Value::Text("B1".into()));
}

#[tokio::test]
async fn what_decides_an_outcome_besides_rows_forces_a_full_run_and_is_the_cause() {
    let mut bed = Bed::new().await;
    let batch = four(&mut bed).await;
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    let again = bed.run(Mode::Auto, RunCause::Asked).await;
    assert_eq!(how(&again, THREE), How::NothingNew);

    // A higher limit: four are no longer too many.
    let original = bed.packs.clone();
    let model = |packs: &mut mingcha_pack::PackSet, change: &dyn Fn(&mut mingcha_pack::Model)| {
        packs.packs.iter_mut().flat_map(|pack| &mut pack.models).filter(|m| m.full_name() == THREE).for_each(change);
    };
    model(&mut bed.packs, &|model| {
        model.params.iter_mut().for_each(|param| param.value = Value::Int(4));
        model.version = "another".into();
    });
    let changed = bed.run(Mode::Auto, RunCause::PacksChanged).await;
    assert_eq!(how(&changed, THREE), How::Full);
    assert_eq!(bed.findings(THREE).await[0].state, FindingState::Vanished(VanishedCause::ParameterChanged));

    // Back to the old parameter, then another text of the page with the same outcome.
    bed.packs = original;
    bed.run(Mode::Auto, RunCause::PacksChanged).await;
    assert_eq!(bed.findings(THREE).await[0].state, FindingState::Returned);
    model(&mut bed.packs, &|model| {
        model.sql.value = model.sql.value.replace("HAVING count(*) > max(allowed)", "HAVING count(*) > 5");
        model.version = "a third".into();
    });
    bed.run(Mode::Auto, RunCause::PacksChanged).await;
    assert_eq!(bed.findings(THREE).await[0].state, FindingState::Vanished(VanishedCause::ModelChanged));
}

#[tokio::test]
async fn the_turn_of_the_day_runs_only_the_models_that_use_it() {
    let mut bed = Bed::new().await;
    let with_day = |packs: &mut mingcha_pack::PackSet| {
        for model in packs.packs.iter_mut().flat_map(|pack| &mut pack.models).filter(|m| m.full_name() == THREE) {
            model.sql.value = model.sql.value.replace(
                "WHERE s.resident_id IS NOT NULL",
                "WHERE s.resident_id IS NOT NULL AND s.granted_on >= $as_of - INTERVAL '360' DAY",
            );
            assert!(model.sql.value.contains("$as_of"));
        }
    };
    with_day(&mut bed.packs);
    let batch = four(&mut bed).await;
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    assert_eq!(bed.findings(THREE).await[0].state, FindingState::Seen);
    bed.town.set("business_date", "2024-02-01").await;
    let turned = bed.run(Mode::Auto, RunCause::DayTurned).await;
    assert_eq!(how(&turned, THREE), How::Full);
    let others = turned.results.iter().filter(|result| result.model != THREE);
    assert!(others.clone().count() > 0 && others.clone().all(|result| result.how == How::NothingNew));
    assert_eq!(bed.findings(THREE).await[0].state, FindingState::Vanished(VanishedCause::DayTurned));
}

#[tokio::test]
async fn a_model_that_fails_says_so_and_its_findings_stay() {
    let mut bed = Bed::new().await;
    let batch = four(&mut bed).await;
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    for model in bed.packs.packs.iter_mut().flat_map(|pack| &mut pack.models).filter(|m| m.full_name() == THREE) {
        model.sql.value = model.sql.value.replace("WHERE s.resident_id IS NOT NULL", "WHERE s.granted_on < now()");
        model.version = "broken".into();
    }
    let failed = bed.run(Mode::Auto, RunCause::PacksChanged).await;
    let result = failed.results.iter().find(|result| result.model == THREE).expect("the model");
    assert_eq!((result.how, result.trouble.as_ref().map(|t| t.code)), (How::Failed, Some("MC-ENGINE-004")));
    assert_eq!(bed.findings(THREE).await[0].state, FindingState::Seen);
    let mut desk = bed.town.reading(&bed.town.supervisor().await).await;
    let states = model_states(&mut desk).await.expect("states");
    let state = states.iter().find(|state| state.model == THREE).expect("the model");
    assert_eq!((state.how.as_str(), state.trouble_code.as_deref()), ("failed", Some("MC-ENGINE-004")));
}

#[tokio::test]
async fn findings_are_seen_by_the_lead_unit_and_not_by_a_stranger() {
    let mut bed = Bed::new().await;
    let batch = four(&mut bed).await;
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    let id = bed.findings(THREE).await[0].id;
    let key = format!("{RESIDENT}|2023");

    let mut clerk = bed.town.reading(&bed.town.clerk().await).await;
    assert_eq!(finding(&mut clerk, id).await.expect("seen").id, id);
    assert_eq!(finding_by_name(&mut clerk, THREE, &key).await.expect("seen").id, id);
    let names = [(THREE.to_owned(), key.clone()), (THREE.to_owned(), "nobody|2023".to_owned())];
    let named = findings_by_name(&mut clerk, &names).await.expect("names");
    assert_eq!(named.into_iter().collect::<Vec<_>>(), [(names[0].clone(), id)]);
    drop(clerk);
    for stranger in [bed.town.other_clerk().await, bed.town.inspector().await] {
        let mut desk = bed.town.reading(&stranger).await;
        assert!(finding(&mut desk, id).await.is_err());
        assert!(finding_list(&mut desk, &FindingQuery::default()).await.expect("a list").lines.is_empty());
        assert!(findings_by_name(&mut desk, &[(THREE.to_owned(), key.clone())]).await.expect("names").is_empty());
    }
    let clerk = bed.town.clerk().await;
    let request = Request { models: Models::All, mode: Mode::Full, cause: RunCause::Asked, ops: Vec::new() };
    let refused = run(&bed.town.office, &clerk, &bed.lake, &bed.packs, request).await.expect_err("refused");
    assert!(matches!(refused, DetectError::Access(_)));
}

#[tokio::test]
async fn a_list_is_paged_filtered_and_complete() {
    let mut bed = Bed::new().await;
    let residents: Vec<String> = (0..5).map(|n| format!("33099919900101{n}00X")).collect();
    let mut rows = Vec::new();
    for (who, resident) in residents.iter().enumerate() {
        rows.extend((1..=4).map(|n| bed.subsidy(&format!("B{who}{n}"), resident, &format!("2023-0{n}-05"))));
    }
    let batch = bed.commit(SUBSIDY, rows).await.expect("a batch");
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    let mut desk = bed.town.reading(&bed.town.supervisor().await).await;
    let mut query = FindingQuery { state: Some("there".into()), limit: 2, ..FindingQuery::default() };
    let mut seen = Vec::new();
    loop {
        let page = finding_list(&mut desk, &query).await.expect("a page");
        assert!(page.lines.len() <= 2);
        seen.extend(page.lines.iter().map(|finding| finding.number));
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
    let all = finding_list(&mut desk, &FindingQuery::default()).await.expect("a page").lines;
    let query = FindingQuery { text: Some(all[0].key_text.clone()), ..FindingQuery::default() };
    assert_eq!(finding_list(&mut desk, &query).await.expect("a page").lines.len(), 1);
    let hidden = FindingQuery { text: Some("01100X".into()), ..FindingQuery::default() };
    assert_eq!(finding_list(&mut desk, &hidden).await.expect("a page").lines.len(), 0, "part of an identity number");
    let query = FindingQuery { after: Some("x".into()), ..FindingQuery::default() };
    assert!(matches!(finding_list(&mut desk, &query).await, Err(DetectError::BadCursor { .. })));
    let unknown = Request {
        models: Models::Some(vec!["vocational_training.more_than_tree_a_year".into()]),
        mode: Mode::Auto,
        cause: RunCause::Asked,
        ops: Vec::new(),
    };
    drop(desk);
    let refused = run(&bed.town.office, &bed.town.supervisor().await, &bed.lake, &bed.packs, unknown).await;
    assert!(matches!(refused, Err(DetectError::NoSuchModel { near, .. }) if near == THREE));
}

#[tokio::test]
async fn every_row_of_a_run_is_in_the_audit_trail_and_a_job_tells_of_it() {
    let mut bed = Bed::new().await;
    let batch = four(&mut bed).await;
    let run = bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    let mut tx = bed.town.store().begin().await.expect("a transaction");
    let altered = audit::verify(&mut tx, crate::TRACKED, None).await.expect("verified");
    assert!(altered.is_empty(), "{altered:?}");
    let jobs = tx.all("SELECT payload FROM job WHERE kind = 'detect.findings_changed'", vec![]).await.expect("jobs");
    assert_eq!(jobs.len(), 1);
    assert!(jobs[0].text("payload").expect("text").contains(&run.id.to_string()));
    tx.run("UPDATE finding SET sentence = 'x'", vec![]).await.expect("forged");
    let altered = audit::verify(&mut tx, crate::TRACKED, None).await.expect("verified");
    assert_eq!(altered.len(), 1, "{altered:?}");
}
