//! What must hold of one row of past casework, sheet by sheet.

use super::laws;
use super::past::{closed, codes, named, problems, send};
use super::scene::*;
use crate::read::{InspectionQuery, inspection_list};
use crate::*;

/// What is wrong with one problem whose row is this from `found_on` on.
async fn refusal(scene: &Scene, row: &str) -> (String, &'static str) {
    let taken = send(scene, PastSheet::Problem, &problems(&[("P-1", row)])).await;
    let [(2, column, code)] = codes(&taken)[..] else { panic!("{:?}", taken.rejected) };
    (column.to_owned(), code)
}

laws! {
    async fn the_days_of_a_problem_follow_each_other_and_each_step_has_its_person(scene: Scene) {
        let check = async |row: &str, column: &str, code: &'static str| {
            assert_eq!(refusal(&scene, row).await, (column.to_owned(), code), "{row}");
        };
        check("2023-04-14,,,2023-03-16,王芳,2023-04-23,郑岚,2023-04-24", "rectified_on", "MC-CASE-046").await;
        check("2023-02-14,,,2023-03-16,王芳,2023-03-23,郑岚,2024-03-24", "closed_on", "MC-CASE-018").await;
        check("2023-02-14,,,2023-03-16,王芳,2023-03-23,王芳,2023-03-24", "rechecked_by", "MC-CASE-008").await;
        check("2023-02-14,,,2023-03-16,,2023-03-23,郑岚,2023-03-24", "rectified_by", "MC-CASE-047").await;
        check("2023-02-14,,,2023-03-16,王芳,,,2023-03-24", "rechecked_on", "MC-CASE-047").await;
        check("2023-02-14,,2023-03-31,,,2023-03-23,郑岚,", "rectified_on", "MC-CASE-047").await;
        check("2023-02-14,,,,,,,", "due_on", "MC-CASE-053").await;
    }

    async fn a_problem_names_a_project_and_a_unit_that_there_are(scene: Scene) {
        let row = closed("");
        let sheet = problems(&[("P-1", &row)]);
        let taken = send(&scene, PastSheet::Problem, &sheet.replace("vocational_training", "canteens")).await;
        assert_eq!(codes(&taken), [(2, "project", "MC-CASE-051")]);
        let taken = send(&scene, PastSheet::Problem, &sheet.replace("区人社保局", "区农业局")).await;
        assert_eq!(codes(&taken), [(2, "unit", "MC-CASE-006")]);
    }

    async fn persons_and_money_belong_to_a_problem_that_is_there(scene: Scene) {
        send(&scene, PastSheet::Problem, &problems(&[("P-1", &closed(""))])).await;
        let (one, two) = (person(1).resident_id, person(2).resident_id);
        let persons = format!("问题编号,身份证号,姓名,涉及身份\nP-1,{one},赵海英,享受人\nP-9,{two},钱国平,享受人\n");
        let taken = send(&scene, PastSheet::ProblemPerson, &persons).await;
        assert_eq!((taken.accepted, codes(&taken)), (1, vec![(3, "problem_no", "MC-CASE-044")]));
        let again = send(&scene, PastSheet::ProblemPerson, &persons).await;
        assert_eq!((again.accepted, again.unchanged), (0, 1));

        let money = format!(
            "追回编号,问题编号,身份证号,追回金额（元）,追回日期,退回账户\n\
             R-1,P-1,{one},800.00,2023-03-15,区财政专户\nR-2,P-1,{two},800.00,2023-03-15,区财政专户\n\
             R-3,P-1,,100.00,2024-03-15,区财政专户\n"
        );
        let taken = send(&scene, PastSheet::Recovery, &money).await;
        let expected = [(3, "resident_id", "MC-CASE-020"), (4, "recovered_on", "MC-CASE-018")];
        assert_eq!((taken.accepted, codes(&taken).as_slice()), (1, expected.as_slice()));
        let again = send(&scene, PastSheet::Recovery, &money).await;
        assert_eq!((again.accepted, again.unchanged), (0, 1));
        let other = send(&scene, PastSheet::Recovery, &money.replace("800.00", "900.00")).await;
        assert_eq!(codes(&other)[0], (2, "recovery_no", "MC-CASE-043"));
        scene.the_trail_is_whole().await;
    }

    async fn past_inspections_are_answered_by_their_checklist(scene: Scene) {
        let visits = "检查编号,治理项目,检查表,检查对象,检查日期,检查人员\n\
                      I-1,vocational_training,vocational_training.supervision,定海技能培训学校,2023-03-06,周凯、李强\n\
                      I-2,vocational_training,fire,定海技能培训学校,2023-03-07,周凯、李强\n";
        let taken = send(&scene, PastSheet::Inspection, visits).await;
        assert_eq!((taken.accepted, codes(&taken)), (1, vec![(3, "checklist", "MC-CASE-050")]));
        let answers = "检查编号,指标序号,检查结果,情况说明\nI-1,1,符合,\nI-1,2,不符合,制度未上墙\nI-1,12,符合,\n\
                       I-2,1,符合,\nI-1,3,大致符合,\n";
        let taken = send(&scene, PastSheet::InspectionAnswer, answers).await;
        let expected =
            [(4, "item", "MC-CASE-022"), (5, "inspection_no", "MC-CASE-045"), (6, "result", "MC-INTAKE-051")];
        assert_eq!((taken.accepted, codes(&taken).as_slice()), (2, expected.as_slice()));
        let again = send(&scene, PastSheet::InspectionAnswer, answers).await;
        assert_eq!((again.accepted, again.unchanged), (0, 2));
        let mut desk = scene.reading(&scene.clerk).await;
        let list = inspection_list(&mut desk, &InspectionQuery { fails: true, ..InspectionQuery::default() }).await;
        assert_eq!(list.expect("a list").lines.iter().map(|line| line.number.clone()).collect::<Vec<_>>(), ["I-1"]);
        drop(desk);
        scene.the_trail_is_whole().await;
    }

    async fn a_past_answer_closes_an_unfounded_finding_and_no_other(scene: Scene) {
        scene.run(&[found(1), found(2), found(3)]).await;
        scene.dispatched(4).await;
        let row = |number: u8, rest: &str| format!("{},{rest},2023-06-08,钱国平,郑岚,退票重发\n", named(number));
        let sheet = format!(
            "疑点,核查结果,结案方式,核查日期,核查人,审定人,理由\n{}{}{}{}",
            row(1, "不属实,不属实-数据错误"),
            row(2, "不属实,无法核实"),
            row(3, "无法核实,").replace("郑岚", "钱国平"),
            row(4, "不属实,不属实-政策允许"),
        );
        let taken = send(&scene, PastSheet::Verification, &sheet).await;
        let expected =
            [(3, "closing_kind", "MC-CASE-052"), (4, "agreed_by", "MC-CASE-008"), (5, "finding", "MC-CASE-049")];
        assert_eq!((taken.accepted, codes(&taken).as_slice()), (1, expected.as_slice()));
        let page = scene.page(scene.case_of(1).await).await;
        assert_eq!((page.line.state.as_str(), page.line.verdict.as_deref()), ("closed", Some("data_error")));
        assert_eq!(page.line.unit.as_deref(), Some("hrss"), "the project's lead unit when the sheet names none");
        let again = send(&scene, PastSheet::Verification, &sheet).await;
        assert_eq!((again.accepted, again.unchanged), (0, 1));
        assert_eq!(scene.state(scene.case_of(4).await).await, "dispatched");
        scene.the_trail_is_whole().await;
    }
}
