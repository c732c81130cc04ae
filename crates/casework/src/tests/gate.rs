//! Wrong role, other unit, out of order, twice, from two tabs: each refused, and nothing changed by it.

use mingcha_access::persons::Sight;
use mingcha_domain::{CaseId, Kind, Speaks};

use super::laws;
use super::scene::*;
use crate::read::{CaseQuery, case_list, case_page, problem_page};
use crate::state::{Dismissal, Verdict};
use crate::*;

laws! {
    async fn each_role_does_only_its_own_deeds(scene: Scene) {
        let case = scene.dispatched(1).await;
        let answer = scene.answer(case, TRUE).await;
        let by_supervisor = verify(scene.desk(&scene.supervisor).await, answer.clone()).await.expect_err("not theirs");
        assert_eq!(by_supervisor.kind(), Kind::Refused);
        told(&by_supervisor);
        let order = scene.order(case).await;
        let by_clerk = dispatch(scene.desk(&scene.clerk).await, order).await.expect_err("not theirs");
        assert_eq!(by_clerk.kind(), Kind::Refused);
        let by_auditor = verify(scene.desk(&scene.auditor).await, answer).await.expect_err("not theirs");
        assert_eq!(by_auditor.kind(), Kind::Refused);
        assert_eq!(scene.page(case).await.story.len(), 2);

        let problem = scene.rectified(&[2]).await;
        let seen = scene.problem_seen(problem).await;
        let own_work = pass_recheck(scene.desk(&scene.clerk).await, seen, "自查无误").await.expect_err("own work");
        assert_eq!(own_work.kind(), Kind::Refused);
        let close = close_problem(scene.desk(&scene.clerk).await, seen).await.expect_err("not theirs");
        assert_eq!(close.kind(), Kind::Refused);
        assert_eq!(scene.problem_page(problem).await.line.state, "rectified");
    }

    async fn what_belongs_to_another_unit_is_not_found(scene: Scene) {
        let case = scene.dispatched(1).await;
        let problem = scene.problem(&[2]).await;
        let stranger = &scene.other_clerk;
        let nowhere = CaseId::from_random([99; 16]);
        let answer = scene.answer(case, TRUE).await;
        let missing = Verify { case: Seen { id: nowhere, version: 1 }, ..answer.clone() };
        let other_unit = verify(scene.desk(stranger).await, answer).await.expect_err("not theirs");
        let no_such = verify(scene.desk(stranger).await, missing).await.expect_err("not there");
        assert_eq!(other_unit.kind(), Kind::NotFound);
        assert_eq!(told(&other_unit), told(&no_such), "the answer must not tell whether it exists");

        let page = case_page(&mut scene.reading(stranger).await, case).await.expect_err("not theirs");
        assert_eq!(page.kind(), Kind::NotFound);
        let page = problem_page(&mut scene.reading(stranger).await, problem, Sight::masked()).await;
        assert_eq!(page.expect_err("not theirs").kind(), Kind::NotFound);
        let report = scene.report(problem).await;
        let refusal = rectify(scene.desk(stranger).await, report).await.expect_err("not theirs");
        assert_eq!(refusal.kind(), Kind::NotFound);
        let list = case_list(&mut scene.reading(stranger).await, &CaseQuery::default()).await.expect("a list");
        assert!(list.lines.is_empty());
        assert_eq!(scene.state(case).await, "dispatched");
    }

    async fn a_case_nobody_dispatched_is_not_a_clerks_to_see(scene: Scene) {
        let case = scene.case(1).await;
        let page = case_page(&mut scene.reading(&scene.clerk).await, case).await.expect_err("not yet theirs");
        assert_eq!(page.kind(), Kind::NotFound);
    }

    async fn a_move_out_of_order_is_refused_by_name(scene: Scene) {
        let case = scene.case(1).await;
        let seen = scene.seen(case).await;
        let early = dismiss(scene.desk(&scene.supervisor).await, seen, "无").await.expect_err("too early");
        let trouble = told(&early);
        assert_eq!(trouble.code, "MC-CASE-001");
        assert_eq!(trouble.facts, [("from", "waiting".to_owned()), ("attempted", "dismiss".to_owned())]);
        let problem = scene.rectified(&[2]).await;
        let seen = scene.problem_seen(problem).await;
        let unchecked = close_problem(scene.desk(&scene.supervisor).await, seen).await.expect_err("not re-checked");
        assert_eq!(code(&unchecked), "MC-CASE-001");
        assert_eq!(scene.problem_page(problem).await.line.state, "rectified");
        scene.the_trail_is_whole().await;
    }

    async fn a_move_made_twice_is_made_once(scene: Scene) {
        let case = scene.dispatched(1).await;
        let again = scene.order(case).await;
        let twice = dispatch(scene.desk(&scene.supervisor).await, again).await.expect_err("it is dispatched");
        assert_eq!(code(&twice), "MC-CASE-001");
        assert_eq!(scene.page(case).await.story.len(), 2);
    }

    async fn of_two_tabs_the_later_one_is_told_who_was_first(scene: Scene) {
        let case = scene.case(1).await;
        let (one, two) = (scene.order(case).await, scene.order(case).await);
        dispatch(scene.desk(&scene.supervisor).await, one).await.expect("the first");
        let two = Dispatch { to: "education".into(), ..two };
        let late = dispatch(scene.desk(&scene.other_supervisor).await, two).await.expect_err("too late");
        assert_eq!(late.kind(), Kind::Stale);
        let trouble = told(&late);
        assert_eq!(trouble.code, "MC-CASE-002");
        assert!(trouble.facts.contains(&("by", "郑岚".to_owned())), "{trouble:?}");
        assert_eq!(scene.page(case).await.line.unit.as_deref(), Some("hrss"));
    }

    async fn two_at_the_same_moment_do_not_both_win(scene: Scene) {
        let case = scene.case(1).await;
        let order = scene.order(case).await;
        let first = dispatch(scene.desk(&scene.supervisor).await, order.clone());
        let second = async {
            let desk = scene.desk(&scene.other_supervisor).await;
            dispatch(desk, order).await
        };
        let (first, second) = tokio::join!(first, second);
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1);
        assert_eq!(scene.page(case).await.story.len(), 2);
    }

    async fn a_page_offers_what_the_actor_may_do_and_says_why_not(scene: Scene) {
        let case = scene.verified(1, Verdict::Unfounded(Dismissal::DataError)).await;
        let open = |page: &crate::read::CasePage| {
            page.offers.iter().filter(|offer| offer.is_open()).map(|offer| offer.made).collect::<Vec<_>>()
        };
        let page = scene.page(case).await;
        assert_eq!(open(&page), ["dismiss", "send_back"]);
        let page = case_page(&mut scene.reading(&scene.clerk).await, case).await.expect("their own");
        assert_eq!(page.offers.iter().map(|offer| offer.made).collect::<Vec<_>>(), ["dismiss", "send_back"]);
        assert!(open(&page).is_empty());
        assert!(page.offers.iter().all(|offer| offer.refused.is_some()));
    }
}
