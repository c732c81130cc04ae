//! Sheets of past casework: taken once, held against findings, never overwriting.

use std::collections::HashMap;

use mingcha_domain::{FindingId, Kind, Speaks};
use mingcha_intake::Options;
use mingcha_pack::{Pack, PackSet, Project};

use super::inspections::checklist;
use super::laws;
use super::scene::*;
use crate::*;

const HEAD: &str = "问题编号,治理项目,问题类别,问题概述,责任单位,发现日期,依据的疑点,整改期限,整改完成日期,整改人,复核日期,复核人,销号日期";
const CLOSED: &str = "2023-02-14,NAMES,,2023-03-16,王芳,2023-03-23,郑岚,2023-03-24";

pub(super) fn packs() -> PackSet {
    let project = Project { lead_unit: "区人社保局".into(), ..Project::default() };
    let pack = Pack {
        key: PROJECT.into(),
        title: "职业技能培训".into(),
        project: Some(project),
        checklists: vec![checklist()],
        ..Pack::default()
    };
    PackSet { packs: vec![pack] }
}

/// Findings 1 to 5 are named `vocational_training.more_than_three_a_year:K1` ….
pub(super) fn names() -> HashMap<FindingName, FindingId> {
    let name =
        |number: u8| FindingName { model: format!("{PROJECT}.more_than_three_a_year"), key: format!("K{number}") };
    (1..=5).map(|number| (name(number), finding(number))).collect()
}

pub(super) fn named(number: u8) -> String {
    format!("{PROJECT}.more_than_three_a_year:K{number}")
}

pub(super) async fn send(scene: &Scene, sheet: PastSheet, text: &str) -> TakenPast {
    let upload = PastUpload::read(sheet, "以往台账.csv", text.as_bytes(), &Options::default()).expect("a sheet");
    let (packs, names) = (packs(), names());
    let ground = PastGround { findings: &names, packs: &packs };
    take_past(scene.desk(&scene.console).await, &upload, ground).await.expect("taken")
}

/// A sheet of problems: each row its number, the findings it names, and the rest from the unit on.
pub(super) fn problems(rows: &[(&str, &str)]) -> String {
    let line = |(number, rest): &(&str, &str)| format!("{number},{PROJECT},补贴资金,多发补贴,区人社保局,{rest}\n");
    format!("{HEAD}\n{}", rows.iter().map(line).collect::<String>())
}

pub(super) fn closed(names: &str) -> String {
    CLOSED.replace("NAMES", names)
}

pub(super) fn codes(taken: &TakenPast) -> Vec<(i64, &str, &'static str)> {
    for reject in &taken.rejected {
        for lang in [mingcha_words::Lang::Zh, mingcha_words::Lang::En] {
            let said = mingcha_words::say(lang, &reject.trouble);
            assert!(!said.contains("{$"), "{said}");
        }
    }
    taken.rejected.iter().map(|reject| (reject.row, reject.column.as_str(), reject.trouble.code)).collect()
}

laws! {
    async fn a_past_problem_moves_its_findings_cases_to_where_it_is(scene: Scene) {
        scene.run(&[found(1), found(2), found(3)]).await;
        let two = closed(&format!("{};{}", named(1), named(2)));
        let unlinked = closed("");
        let open = format!("2023-11-01,{},2024-01-31,,,,,", named(3));
        let sheet = problems(&[("P-1", &two), ("P-2", &unlinked), ("P-3", &open)]);
        let taken = send(&scene, PastSheet::Problem, &sheet).await;
        assert_eq!((taken.accepted, taken.unchanged, codes(&taken)), (3, 0, vec![]));

        let case = scene.page(scene.case_of(1).await).await;
        assert_eq!((case.line.state.as_str(), case.line.verdict.as_deref()), ("closed", Some("true")));
        assert_eq!(case.closed_on, Some(day("2023-03-24")));
        let steps: Vec<_> = case.story.iter().map(|step| (step.made.as_str(), step.happened_on.to_string())).collect();
        assert_eq!(steps[1..], [("take_into_problem", "2023-02-14".into()), ("close_with_problem", "2023-03-24".into())]);
        assert_eq!(scene.state(scene.case_of(3).await).await, "in_problem");
        let rests = rests_on(&mut scene.reading(&scene.console).await, &["P-1".into(), "P-2".into()]).await.expect("asked");
        assert_eq!(rests.iter().map(|rest| rest.findings.len()).collect::<Vec<_>>(), [2, 0]);

        let problem = rests[0].problem.expect("a problem");
        let story = scene.problem_page(problem).await.story;
        let steps: Vec<_> = story.iter().map(|step| (step.made.as_str(), step.by.as_str(), step.from_sheet)).collect();
        assert_eq!(steps[1..3], [("rectify", "王芳", true), ("pass", "郑岚", true)]);
        scene.the_trail_is_whole().await;
    }

    async fn the_same_sheet_again_changes_nothing_and_another_content_is_refused(scene: Scene) {
        scene.run(&[found(1)]).await;
        let row = closed(&named(1));
        let sheet = problems(&[("P-1", &row)]);
        send(&scene, PastSheet::Problem, &sheet).await;
        let again = send(&scene, PastSheet::Problem, &sheet).await;
        assert_eq!((again.accepted, again.unchanged, again.rejected.len()), (0, 1, 0));
        let other = problems(&[("P-1", &row.replace("2023-03-24", "2023-03-27"))]);
        let refused = send(&scene, PastSheet::Problem, &other).await;
        assert_eq!(codes(&refused), [(2, "problem_no", "MC-CASE-043")]);
        assert_eq!(refused.accepted, 0);
    }

    async fn good_rows_go_in_and_bad_ones_are_kept_with_place_and_reason(scene: Scene) {
        scene.run(&[found(1), found(2)]).await;
        let unknown = closed(&format!("{};{}.twice:C-9", named(1), PROJECT));
        let no_case = closed(&named(5));
        let no_name = closed("第一条疑点");
        let good = closed(&named(2));
        let taken_already = closed(&named(2));
        let bad_day = good.replace("2023-03-24", "2023-02-30");
        let rows = [
            ("P-1", unknown.as_str()),
            ("P-2", &no_case),
            ("P-3", &no_name),
            ("P-4", &good),
            ("P-5", &taken_already),
            ("P-6", &bad_day),
        ];
        let taken = send(&scene, PastSheet::Problem, &problems(&rows)).await;
        assert_eq!((taken.accepted, taken.rejected_rows()), (1, 5));
        assert_eq!(
            codes(&taken),
            [
                (2, "findings", "MC-CASE-041"),
                (3, "findings", "MC-CASE-042"),
                (4, "findings", "MC-CASE-040"),
                (6, "findings", "MC-CASE-048"),
                (7, "closed_on", "MC-INTAKE-038"),
            ]
        );
        assert_eq!(scene.state(scene.case_of(1).await).await, "waiting", "a row with one bad name moves nothing");
        let mut desk = scene.reading(&scene.console).await;
        let kept = past_rejects(&mut desk, &taken.import).await.expect("kept");
        assert_eq!(kept.iter().map(|reject| reject.row).collect::<Vec<_>>(), [2, 3, 4, 6, 7]);
        assert_eq!(past_sheets(&mut desk).await.expect("listed")[0].rejected, 5);
        drop(desk);
        scene.the_trail_is_whole().await;
    }

    async fn only_the_console_brings_past_casework_in(scene: Scene) {
        let sheet = problems(&[("P-1", &closed(""))]);
        let upload = PastUpload::read(PastSheet::Problem, "x.csv", sheet.as_bytes(), &Options::default()).expect("a sheet");
        let (packs, names) = (packs(), names());
        let ground = PastGround { findings: &names, packs: &packs };
        for actor in [&scene.supervisor, &scene.clerk, &scene.auditor] {
            let refusal = take_past(scene.desk(actor).await, &upload, ground).await.expect_err("not theirs");
            assert_eq!(refusal.kind(), Kind::Refused);
        }
        let mut desk = scene.reading(&scene.console).await;
        assert!(past_sheets(&mut desk).await.expect("listed").is_empty());
    }
}

#[test]
fn a_file_that_is_no_such_sheet_is_refused_whole() {
    let refusal =
        |bytes: &[u8]| PastUpload::read(PastSheet::Problem, "x", bytes, &Options::default()).expect_err("refused");
    for bytes in [b"".as_slice(), b"%PDF-1.7", "姓名,电话\n甲,1\n".as_bytes()] {
        assert_eq!(refusal(bytes).kind(), Kind::Invalid);
    }
    let nowhere = PastSheet::named("ops.tip").expect_err("no such sheet");
    assert_eq!(code(&nowhere), "MC-CASE-032");
}
