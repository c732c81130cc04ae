//! What a later run does to cases: opened once, never closed, looked at again.

use super::laws;
use super::scene::*;
use crate::read::{CaseQuery, case_list};
use crate::state::{Dismissal, Verdict};
use crate::*;

laws! {
    async fn the_same_run_twice_opens_each_case_once(scene: Scene) {
        let news = [found(1), found(2)];
        assert_eq!(scene.run(&news).await.opened, 2);
        assert_eq!(scene.run(&news).await, OpenedCases::default());
        let list = case_list(&mut scene.reading(&scene.supervisor).await, &CaseQuery::default()).await.expect("a list");
        assert_eq!(list.lines.len(), 2);
        scene.the_trail_is_whole().await;
    }

    async fn a_vanished_finding_asks_and_closes_nothing(scene: Scene) {
        let problem = scene.closed(&[1, 2]).await;
        let waiting = scene.case(3).await;
        let news = [gone(1, RecheckCause::BatchWithdrawn), gone(3, RecheckCause::DataCorrected)];
        let outcome = scene.run(&news).await;
        assert_eq!(outcome.rechecks, 3, "two cases and a problem");
        let page = scene.problem_page(problem).await;
        assert_eq!((page.line.state.as_str(), page.line.recheck.as_deref()), ("closed", Some("batch_withdrawn")));
        assert_eq!(page.grounds.iter().filter(|ground| ground.recheck.is_some()).count(), 1);
        let page = scene.page(waiting).await;
        assert_eq!((page.line.state.as_str(), page.line.recheck.as_deref()), ("waiting", Some("data_corrected")));
        assert_eq!(scene.run(&news).await, OpenedCases::default());
        scene.the_trail_is_whole().await;
    }

    async fn a_finding_that_returns_after_closing_offers_to_reopen(scene: Scene) {
        let problem = scene.closed(&[1]).await;
        let case = scene.case_of(1).await;
        scene.run(&[gone(1, RecheckCause::BatchWithdrawn)]).await;
        let outcome = scene.run(&[back(1)]).await;
        assert_eq!(outcome.reopenings, 1);
        let page = scene.page(case).await;
        assert_eq!((page.line.recheck, page.line.reopen_offered, page.line.state.as_str()), (None, true, "closed"));
        assert_eq!(scene.problem_page(problem).await.line.recheck, None);
        assert_eq!(scene.run(&[back(1)]).await, OpenedCases::default());
    }

    async fn one_finding_back_does_not_settle_the_other(scene: Scene) {
        let problem = scene.closed(&[1, 2]).await;
        scene.run(&[gone(1, RecheckCause::BatchWithdrawn), gone(2, RecheckCause::BatchWithdrawn)]).await;
        scene.run(&[back(1)]).await;
        assert!(scene.problem_page(problem).await.line.recheck.is_some());
        scene.run(&[back(2)]).await;
        assert_eq!(scene.problem_page(problem).await.line.recheck, None);
    }

    async fn a_supervisor_looks_again_and_says_that_it_stands(scene: Scene) {
        let problem = scene.closed(&[1]).await;
        let case = scene.case_of(1).await;
        let idle = settle_case_recheck(scene.desk(&scene.supervisor).await, scene.seen(case).await, "无").await;
        assert_eq!(code(&idle.expect_err("nothing asked")), "MC-CASE-027");
        scene.run(&[gone(1, RecheckCause::DataCorrected)]).await;
        let seen = scene.problem_seen(problem).await;
        let why = "更正的是姓名，补贴事实不变。";
        settle_problem_recheck(scene.desk(&scene.supervisor).await, seen, why).await.expect("settled");
        let seen = scene.seen(case).await;
        settle_case_recheck(scene.desk(&scene.supervisor).await, seen, why).await.expect("settled");
        assert_eq!(scene.problem_page(problem).await.line.recheck, None);
        let story = scene.page(case).await.story;
        assert_eq!(story.last().map(|step| step.made.as_str()), Some("recheck_settled"));
        scene.the_trail_is_whole().await;
    }

    async fn an_open_case_tells_what_the_rows_say_now_and_a_closed_one_what_was_decided(scene: Scene) {
        let open = scene.case(1).await;
        scene.closed(&[2]).await;
        let news = [1, 2].map(|number| FindingNews { sentence: "享受培训补贴 5 次。".into(), ..found(number) });
        assert_eq!(scene.run(&news).await.refreshed, 1);
        assert_eq!(scene.page(open).await.line.sentence, "享受培训补贴 5 次。");
        assert_eq!(scene.page(scene.case_of(2).await).await.line.sentence, found(2).sentence);
    }

    async fn a_finding_that_stays_with_other_data_asks_of_what_was_settled_as_true(scene: Scene) {
        let open = scene.problem(&[1]).await;
        let closed = scene.closed(&[2]).await;
        let news = [changed(1, RecheckCause::DataCorrected), changed(2, RecheckCause::BatchWithdrawn)];
        let outcome = scene.run(&news).await;
        assert_eq!((outcome.rechecks, outcome.refreshed), (4, 1), "two cases and two problems");
        for (problem, number, cause) in [(open, 1, "data_corrected"), (closed, 2, "batch_withdrawn")] {
            let before = scene.problem_page(problem).await.line;
            let case = scene.page(scene.case_of(number).await).await;
            assert_eq!((before.recheck.as_deref(), case.line.recheck.as_deref()), (Some(cause), Some(cause)));
            assert_eq!(case.story.last().map(|step| step.made.as_str()), Some("recheck_asked"));
        }
        let told = [scene.page(scene.case_of(1).await).await, scene.page(scene.case_of(2).await).await];
        assert_eq!(told[0].line.sentence, news[0].sentence);
        assert_eq!(told[1].line.sentence, found(2).sentence, "a closed case keeps what was decided on");
        assert_eq!(scene.run(&news).await, OpenedCases::default());
        scene.the_trail_is_whole().await;
    }

    async fn other_data_only_refresh_what_nobody_settled_as_true(scene: Scene) {
        let mut cases = vec![scene.case(1).await, scene.dispatched(2).await, scene.verified(3, TRUE).await];
        let unfounded = scene.verified(4, Verdict::Unfounded(Dismissal::DataError)).await;
        dismiss(scene.desk(&scene.supervisor).await, scene.seen(unfounded).await, "已核对").await.expect("dismissed");
        cases.push(unfounded);
        let news = [1, 2, 3, 4].map(|number| changed(number, RecheckCause::BatchWithdrawn));
        let outcome = scene.run(&news).await;
        assert_eq!((outcome.rechecks, outcome.refreshed), (0, 3));
        for case in cases {
            assert_eq!(scene.page(case).await.line.recheck, None);
        }
        assert_eq!(scene.run(&[changed(5, RecheckCause::DataCorrected)]).await.opened, 1);
        assert_eq!(scene.run(&news).await, OpenedCases::default());
    }

    async fn a_case_is_told_its_new_effect(scene: Scene) {
        let case = scene.case(1).await;
        let news = [FindingNews { effect: "暂停支付".into(), ..found(1) }];
        assert_eq!(scene.run(&news).await.refreshed, 1);
        assert_eq!(scene.page(case).await.line.effect, "暂停支付");
        assert_eq!(scene.run(&news).await, OpenedCases::default());
        scene.the_trail_is_whole().await;
    }

    async fn what_was_lost_before_anyone_saw_it_opens_nothing(scene: Scene) {
        assert_eq!(scene.run(&[gone(1, RecheckCause::DataCorrected)]).await, OpenedCases::default());
        assert_eq!(scene.run(&[back(1)]).await.opened, 1);
    }
}
