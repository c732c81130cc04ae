//! Inspections: each indicator once, what fails explained, and problems that come of it.

use mingcha_domain::{Kind, Speaks};
use mingcha_pack::{Checklist, Item};

use super::laws;
use super::scene::*;
use crate::read::{InspectionQuery, inspection_list, inspection_page};
use crate::*;

pub(super) fn checklist() -> Checklist {
    let item = |no| Item { no, title: format!("指标 {no}"), ..Item::default() };
    Checklist {
        pack: PROJECT.into(),
        key: "supervision".into(),
        title: "督导检查表".into(),
        version: 1,
        items: (1..=11).map(item).collect(),
        ..Checklist::default()
    }
}

pub(super) fn visit() -> RecordInspection {
    let answer = |item| Answer { item, result: InspectionResult::Conforms, note: String::new() };
    let mut answers: Vec<Answer> = (1..=11).map(answer).collect();
    answers[1] = Answer { item: 2, result: InspectionResult::Fails, note: "制度未上墙".into() };
    RecordInspection {
        id: None,
        project: PROJECT.into(),
        unit: "区人社保局".into(),
        subject: "定海技能培训学校".into(),
        subject_code: "91330902MA2DH12359".into(),
        inspected_on: day("2023-12-28"),
        inspectors: "周凯、李强".into(),
        note: String::new(),
        answers,
    }
}

laws! {
    async fn an_inspection_answers_every_indicator(scene: Scene) {
        let recorded = record_inspection(scene.desk(&scene.inspector).await, &checklist(), visit()).await.expect("taken");
        assert_eq!((recorded.number.as_str(), recorded.fails.as_slice()), ("2023-定海-检0001", [2].as_slice()));
        let mut desk = scene.reading(&scene.clerk).await;
        let list = inspection_list(&mut desk, &InspectionQuery::default()).await.expect("a list");
        assert_eq!(list.lines.iter().map(|line| (line.answers, line.fails)).collect::<Vec<_>>(), [(11, 1)]);
        let page = inspection_page(&mut desk, recorded.inspection).await.expect("a page");
        assert_eq!(page.answers[1].note.as_deref(), Some("制度未上墙"));
        drop(desk);
        scene.the_trail_is_whole().await;
    }

    async fn what_is_handed_in_twice_is_one_inspection(scene: Scene) {
        let id = Some(mingcha_domain::InspectionId::from_random([7; 16]));
        let order = || RecordInspection { id, ..visit() };
        let first = record_inspection(scene.desk(&scene.inspector).await, &checklist(), order()).await.expect("taken");
        let again = record_inspection(scene.desk(&scene.inspector).await, &checklist(), order()).await.expect("known");
        assert_eq!(first, again);
        let other = record_inspection(scene.desk(&scene.inspector).await, &checklist(), visit()).await.expect("another");
        assert_ne!(first.number, other.number);
        let mut desk = scene.reading(&scene.clerk).await;
        assert_eq!(inspection_list(&mut desk, &InspectionQuery::default()).await.expect("a list").lines.len(), 2);
        drop(desk);
        scene.the_trail_is_whole().await;
    }

    async fn a_gap_a_doubt_and_a_silent_failure_are_named(scene: Scene) {
        let refusal = |order: RecordInspection| {
            let scene = &scene;
            async move {
                record_inspection(scene.desk(&scene.inspector).await, &checklist(), order).await.expect_err("refused")
            }
        };
        let mut gap = visit();
        gap.answers.truncate(9);
        let trouble = told(&refusal(gap).await);
        assert_eq!(trouble.code, "MC-CASE-021");
        assert_eq!(trouble.facts[1].1, "10、11");
        let mut twice = visit();
        twice.answers.push(twice.answers[0].clone());
        assert_eq!(code(&refusal(twice).await), "MC-CASE-023");
        let mut unknown = visit();
        unknown.answers[0].item = 12;
        assert_eq!(code(&refusal(unknown).await), "MC-CASE-022");
        let mut silent = visit();
        silent.answers[1].note.clear();
        assert_eq!(code(&refusal(silent).await), "MC-CASE-024");
        let tomorrow = RecordInspection { inspected_on: day("2023-12-30"), ..visit() };
        assert_eq!(code(&refusal(tomorrow).await), "MC-CASE-018");
        let mut desk = scene.reading(&scene.supervisor).await;
        let list = inspection_list(&mut desk, &InspectionQuery::default()).await.expect("a list");
        assert!(list.lines.is_empty());
    }

    async fn only_an_inspector_records_and_another_unit_sees_nothing(scene: Scene) {
        let by_clerk = record_inspection(scene.desk(&scene.clerk).await, &checklist(), visit()).await;
        assert_eq!(by_clerk.expect_err("not theirs").kind(), Kind::Refused);
        let recorded = record_inspection(scene.desk(&scene.inspector).await, &checklist(), visit()).await.expect("taken");
        let mut desk = scene.reading(&scene.other_clerk).await;
        let page = inspection_page(&mut desk, recorded.inspection).await.expect_err("not theirs");
        assert_eq!(page.kind(), Kind::NotFound);
    }

    async fn what_fails_becomes_one_problem_and_no_second(scene: Scene) {
        let recorded = record_inspection(scene.desk(&scene.inspector).await, &checklist(), visit()).await.expect("taken");
        let order = OpenOfInspection {
            inspection: recorded.inspection,
            item: 2,
            unit: "hrss".into(),
            kind: "制度建设".into(),
            title: "培训管理制度未上墙".into(),
            measure: String::new(),
            working_days: 10,
        };
        let conforms = OpenOfInspection { item: 1, ..order.clone() };
        let refusal = open_problem_of_inspection(scene.desk(&scene.supervisor).await, conforms).await;
        assert_eq!(code(&refusal.expect_err("it conforms")), "MC-CASE-030");
        let opened = open_problem_of_inspection(scene.desk(&scene.supervisor).await, order.clone()).await.expect("opened");
        let twice = open_problem_of_inspection(scene.desk(&scene.supervisor).await, order.clone()).await;
        assert_eq!(code(&twice.expect_err("it has its problem")), "MC-CASE-030");
        let by_inspector = open_problem_of_inspection(scene.desk(&scene.inspector).await, order).await;
        assert_eq!(by_inspector.expect_err("not theirs").kind(), Kind::Refused);
        let page = scene.problem_page(opened.problem).await;
        assert_eq!((page.line.origin.as_str(), page.line.findings), ("inspection", 0));
        scene.the_trail_is_whole().await;
    }
}
