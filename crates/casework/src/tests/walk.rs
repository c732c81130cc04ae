//! The closed loop, step by step, and what it leaves behind.

use mingcha_domain::{Kind, Speaks, Yuan};
use mingcha_testkit::BUSINESS_DATE;

use super::laws;
use super::scene::*;
use crate::state::{Dismissal, Truth, Verdict};
use crate::*;

laws! {
    async fn a_finding_walks_from_doubt_to_closing(scene: Scene) {
        let problem = scene.closed(&[1, 2]).await;
        let page = scene.problem_page(problem).await;
        assert_eq!((page.line.state.as_str(), page.line.findings, page.line.persons), ("closed", 2, 1));
        assert_eq!(page.line.closed_on, Some(day(BUSINESS_DATE)));
        let steps: Vec<_> = page.story.iter().map(|step| (step.made.as_str(), step.by.as_str())).collect();
        assert_eq!(steps, [("open_problem", "郑岚"), ("rectify", "王芳"), ("pass", "郑岚"), ("close", "郑岚")]);

        let case = scene.page(scene.case_of(1).await).await;
        assert_eq!((case.line.state.as_str(), case.line.verdict.as_deref()), ("closed", Some("true")));
        let steps: Vec<_> = case.story.iter().map(|step| step.made.as_str()).collect();
        assert_eq!(steps, ["open", "dispatch", "verify", "take_into_problem", "close_with_problem"]);
        assert_eq!(case.problem.map(|(id, number, _)| (id, number)), Some((problem, "2023-定海-问0001".into())));
        scene.the_trail_is_whole().await;
    }

    async fn numbers_count_up_and_name_year_and_district(scene: Scene) {
        let (one, two) = (scene.case(1).await, scene.case(2).await);
        assert_eq!(scene.page(one).await.line.number, "2023-定海-0001");
        assert_eq!(scene.page(two).await.line.number, "2023-定海-0002");
    }

    async fn a_deadline_counts_working_days(scene: Scene) {
        let case = scene.case(1).await;
        let order = scene.order(case).await;
        let sent = dispatch(scene.desk(&scene.supervisor).await, order).await.expect("dispatched");
        // 2023-12-29 is a Friday; 2024-01-01 is off.
        assert_eq!(sent.due, day("2024-01-08"));
        assert_eq!(scene.page(case).await.line.due, Some(day("2024-01-08")));
    }

    async fn a_unit_never_judges_itself(scene: Scene) {
        let about_unit = FindingNews { subject_code: Some("hrss".into()), ..found(1) };
        scene.run(&[about_unit]).await;
        let case = scene.case_of(1).await;
        let order = scene.order(case).await;
        let refusal = dispatch(scene.desk(&scene.supervisor).await, order).await.expect_err("refused");
        assert_eq!(code(&refusal), "MC-CASE-007");
        assert_eq!(scene.state(case).await, "waiting");
        let elsewhere = Dispatch { to: "区教育局".into(), ..scene.order(case).await };
        dispatch(scene.desk(&scene.supervisor).await, elsewhere).await.expect("another unit may");
    }

    async fn an_unknown_unit_or_term_dispatches_nothing(scene: Scene) {
        let case = scene.case(1).await;
        let order = scene.order(case).await;
        let nobody = dispatch(scene.desk(&scene.supervisor).await, Dispatch { to: "区农业局".into(), ..order.clone() }).await;
        assert_eq!(code(&nobody.expect_err("refused")), "MC-CASE-006");
        for working_days in [0, TERM_WORKING_DAYS_MAX + 1] {
            let order = Dispatch { working_days, ..order.clone() };
            let refusal = dispatch(scene.desk(&scene.supervisor).await, order).await.expect_err("refused");
            assert_eq!(code(&refusal), "MC-CASE-005");
        }
        assert_eq!(scene.page(case).await.story.len(), 1);
    }

    async fn what_a_unit_finds_unfounded_is_closed_only_when_someone_else_agrees(scene: Scene) {
        let case = scene.verified(1, Verdict::Unfounded(Dismissal::PolicyAllows)).await;
        assert_eq!(scene.state(case).await, "verified");
        let seen = scene.seen(case).await;
        dismiss(scene.desk(&scene.supervisor).await, seen, "项目制分期拨付，政策允许。").await.expect("agreed");
        let page = scene.page(case).await;
        assert_eq!((page.line.state.as_str(), page.line.verdict.as_deref()), ("closed", Some("policy_allows")));
        assert_eq!(page.closed_on, Some(day(BUSINESS_DATE)));

        let seen = scene.seen(case).await;
        reopen(scene.desk(&scene.supervisor).await, seen, "群众补充了材料。").await.expect("reopened");
        assert_eq!(scene.state(case).await, "waiting");
        assert_eq!(scene.page(case).await.closed_on, None);
        scene.the_trail_is_whole().await;
    }

    async fn an_answer_that_does_not_suffice_goes_back_with_a_new_deadline(scene: Scene) {
        let case = scene.verified(1, TRUE).await;
        let order = SendBack { case: scene.seen(case).await, working_days: 3, why: "缺少银行回单。".into() };
        let due = send_back(scene.desk(&scene.supervisor).await, order).await.expect("sent back");
        assert_eq!(due, day("2024-01-04"));
        let page = scene.page(case).await;
        assert_eq!((page.line.state.as_str(), page.line.due), ("dispatched", Some(due)));
        assert_eq!(page.story.last().and_then(|step| step.why.clone()).as_deref(), Some("缺少银行回单。"));
    }

    async fn a_case_that_went_to_the_wrong_unit_comes_back(scene: Scene) {
        let case = scene.dispatched(1).await;
        let seen = scene.seen(case).await;
        let silent = recall(scene.desk(&scene.supervisor).await, seen, " ").await.expect_err("needs a reason");
        assert_eq!(code(&silent), "MC-CASE-004");
        recall(scene.desk(&scene.supervisor).await, seen, "属区教育局职责。").await.expect("recalled");
        assert_eq!(scene.state(case).await, "waiting");
    }

    async fn a_rectification_that_is_not_one_goes_back_and_is_shown_again(scene: Scene) {
        let problem = scene.rectified(&[1]).await;
        let seen = scene.problem_seen(problem).await;
        let why = "回单日期晚于申报。";
        send_back_rectification(scene.desk(&scene.supervisor).await, seen, 5, why).await.expect("sent back");
        assert_eq!(scene.problem_page(problem).await.line.state, "rectifying");
        let report = scene.report(problem).await;
        rectify(scene.desk(&scene.clerk).await, report).await.expect("shown again");
        let seen = scene.problem_seen(problem).await;
        pass_recheck(scene.desk(&scene.other_supervisor).await, seen, "核对无误").await.expect("passed");
        scene.the_trail_is_whole().await;
    }

    async fn a_closed_problem_is_reopened_with_its_cases(scene: Scene) {
        let problem = scene.closed(&[1]).await;
        let seen = scene.problem_seen(problem).await;
        reopen_problem(scene.desk(&scene.supervisor).await, seen, 10, "退款被冲正。").await.expect("reopened");
        assert_eq!(scene.problem_page(problem).await.line.state, "rectifying");
        assert_eq!(scene.problem_page(problem).await.line.closed_on, None);
        assert_eq!(scene.state(scene.case_of(1).await).await, "in_problem");
        scene.the_trail_is_whole().await;
    }

    async fn a_verified_case_joins_a_problem_only_while_that_is_rectified(scene: Scene) {
        let problem = scene.problem(&[1]).await;
        let late = scene.verified(2, TRUE).await;
        let (seen, case) = (scene.problem_seen(problem).await, scene.seen(late).await);
        join_problem(scene.desk(&scene.supervisor).await, seen, &[case]).await.expect("joined");
        assert_eq!(scene.problem_page(problem).await.grounds.len(), 2);

        let report = scene.report(problem).await;
        rectify(scene.desk(&scene.clerk).await, report).await.expect("rectified");
        let later = scene.verified(3, TRUE).await;
        let (seen, case) = (scene.problem_seen(problem).await, scene.seen(later).await);
        let refusal = join_problem(scene.desk(&scene.supervisor).await, seen, &[case]).await.expect_err("too late");
        assert_eq!(code(&refusal), "MC-CASE-001");
        assert_eq!(scene.state(later).await, "verified");
    }

    async fn a_problem_rests_on_verified_cases_of_one_unit(scene: Scene) {
        let nothing = open_problem(scene.desk(&scene.supervisor).await, OpenProblem::default()).await;
        assert_eq!(code(&nothing.expect_err("refused")), "MC-CASE-009");
        let unverified = scene.dispatched(1).await;
        let order = scene.problem_order(&[unverified]).await;
        let refusal = open_problem(scene.desk(&scene.supervisor).await, order).await.expect_err("refused");
        assert_eq!(code(&refusal), "MC-CASE-001");
        let here = scene.verified(2, Verdict::Founded(Truth::Partly)).await;
        let other_project = FindingNews { project: "canteen".into(), ..found(3) };
        scene.run(&[other_project]).await;
        let there = scene.case_of(3).await;
        let order = scene.order(there).await;
        dispatch(scene.desk(&scene.supervisor).await, order).await.expect("dispatched");
        let answer = scene.answer(there, TRUE).await;
        verify(scene.desk(&scene.clerk).await, answer).await.expect("verified");
        let order = scene.problem_order(&[here, there]).await;
        let refusal = open_problem(scene.desk(&scene.supervisor).await, order).await.expect_err("refused");
        assert_eq!(code(&refusal), "MC-CASE-010");
        assert_eq!(scene.state(here).await, "verified");
    }

    async fn money_comes_back_from_a_person_of_the_problem(scene: Scene) {
        let problem = scene.problem(&[1]).await;
        let order = RecordRecovery {
            problem: scene.problem_seen(problem).await,
            resident_id: Some(person(1).resident_id),
            amount: Yuan::from_fen(80_000),
            recovered_on: day("2023-12-28"),
            returned_to: "区财政专户".into(),
        };
        let stranger = RecordRecovery { resident_id: Some(person(9).resident_id), ..order.clone() };
        let refusal = record_recovery(scene.desk(&scene.clerk).await, stranger).await.expect_err("refused");
        assert_eq!(code(&refusal), "MC-CASE-020");
        let nothing = RecordRecovery { amount: Yuan::default(), ..order.clone() };
        let refusal = record_recovery(scene.desk(&scene.clerk).await, nothing).await.expect_err("refused");
        assert_eq!(code(&refusal), "MC-CASE-019");
        let tomorrow = RecordRecovery { recovered_on: day("2023-12-30"), ..order.clone() };
        let refusal = record_recovery(scene.desk(&scene.clerk).await, tomorrow).await.expect_err("refused");
        assert_eq!(code(&refusal), "MC-CASE-018");
        let recorded = record_recovery(scene.desk(&scene.clerk).await, order.clone()).await.expect("recorded");
        assert_eq!(recorded.number, "2023-定海-追0001");
        let twice = record_recovery(scene.desk(&scene.clerk).await, order).await.expect_err("the same form again");
        assert_eq!(twice.kind(), Kind::Stale);
        let page = scene.problem_page(problem).await;
        assert_eq!((page.recoveries.len(), page.line.recovered), (1, Yuan::from_fen(80_000)));
        scene.the_trail_is_whole().await;
    }

    async fn a_person_stands_once_at_a_problem_and_is_shown_masked(scene: Scene) {
        let problem = scene.problem(&[1]).await;
        let seen = scene.problem_seen(problem).await;
        let again = add_persons(scene.desk(&scene.clerk).await, seen, &[person(1)]).await.expect_err("there already");
        assert_eq!(code(&again), "MC-CASE-026");
        let wrong = Person { resident_id: "330999199001010011".into(), ..person(2) };
        let refusal = add_persons(scene.desk(&scene.clerk).await, seen, &[wrong]).await.expect_err("a wrong number");
        assert_eq!(code(&refusal), "MC-CASE-025");
        add_persons(scene.desk(&scene.clerk).await, seen, &[person(2)]).await.expect("added");
        let page = scene.problem_page(problem).await;
        assert_eq!(page.persons.len(), 2);
        for shown in &page.persons {
            assert!(shown.resident_id.contains('*') && !shown.name.contains("海英"), "{shown:?}");
        }
        scene.the_trail_is_whole().await;
    }
}
