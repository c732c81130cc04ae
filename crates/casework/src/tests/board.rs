//! Lists: filters, late ones, pages that lose and repeat nothing.

use mingcha_domain::{Kind, Speaks};

use super::laws;
use super::scene::*;
use crate::read::*;
use crate::*;

laws! {
    async fn pages_follow_each_other_without_loss_or_repeat(scene: Scene) {
        let news: Vec<_> = (1..=7).map(found).collect();
        scene.run(&news).await;
        for number in [2, 5] {
            let order = scene.order(scene.case_of(number).await).await;
            dispatch(scene.desk(&scene.supervisor).await, order).await.expect("dispatched");
        }
        let mut desk = scene.reading(&scene.supervisor).await;
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let query = CaseQuery { limit: 3, after, ..CaseQuery::default() };
            let page = case_list(&mut desk, &query).await.expect("a page");
            assert!(page.lines.len() <= 3);
            seen.extend(page.lines.into_iter().map(|line| (line.number, line.state)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 7);
        assert!(seen[..2].iter().all(|(_, state)| state == "dispatched"), "what has a deadline comes first: {seen:?}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 7);
        let forged = CaseQuery { after: Some("1; DROP".into()), ..CaseQuery::default() };
        assert_eq!(code(&case_list(&mut desk, &forged).await.expect_err("no cursor")), "MC-CASE-031");
    }

    async fn a_filter_leaves_out_what_it_says(scene: Scene) {
        scene.dispatched(1).await;
        let other_model = FindingNews { model: "vocational_training.other".into(), sentence: "100%_重复".into(), ..found(2) };
        scene.run(&[other_model, found(3)]).await;
        let mut desk = scene.reading(&scene.supervisor).await;
        let count = async |desk: &mut mingcha_access::Desk, query: CaseQuery| {
            case_list(desk, &query).await.expect("a list").lines.len()
        };
        let all = CaseQuery::default;
        assert_eq!(count(&mut desk, all()).await, 3);
        assert_eq!(count(&mut desk, CaseQuery { state: Some("waiting".into()), ..all() }).await, 2);
        assert_eq!(count(&mut desk, CaseQuery { unit: Some("hrss".into()), ..all() }).await, 1);
        assert_eq!(count(&mut desk, CaseQuery { model: Some("vocational_training.other".into()), ..all() }).await, 1);
        assert_eq!(count(&mut desk, CaseQuery { text: Some("%_重".into()), ..all() }).await, 1);
        assert_eq!(count(&mut desk, CaseQuery { text: Some("%重".into()), ..all() }).await, 0);
        assert_eq!(count(&mut desk, CaseQuery { late: true, ..all() }).await, 0);
    }

    async fn what_is_overdue_is_late_by_working_days(scene: Scene) {
        let case = scene.dispatched(1).await;
        let problem = scene.problem(&[2]).await;
        // Due on 2024-01-08 and 2024-01-26.
        scene.town.set("business_date", "2024-01-10").await;
        let mut desk = scene.reading(&scene.supervisor).await;
        let board = due_board(&mut desk, &DueQuery::default()).await.expect("a board");
        let lines: Vec<_> = board.lines.iter().map(|line| (line.about.as_str(), line.late_working_days)).collect();
        assert_eq!(lines, [("case", Some(2)), ("problem", None)]);
        let late = due_board(&mut desk, &DueQuery { late: true, ..DueQuery::default() }).await.expect("a board");
        assert_eq!(late.lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>(), [case.to_string()]);
        let counts = case_counts(&mut desk).await.expect("counts");
        assert_eq!((counts.dispatched, counts.late, counts.in_problem), (1, 1, 1));
        let problems = problem_list(&mut desk, &ProblemQuery::default()).await.expect("a list");
        assert_eq!(problems.lines.iter().map(|line| line.id).collect::<Vec<_>>(), [problem]);
        let none = problem_list(&mut desk, &ProblemQuery { late: true, ..ProblemQuery::default() }).await;
        assert!(none.expect("a list").lines.is_empty());
        drop(desk);
        let mut desk = scene.reading(&scene.other_clerk).await;
        assert!(due_board(&mut desk, &DueQuery::default()).await.expect("a board").lines.is_empty());
    }

    async fn an_auditor_sees_all_and_may_do_nothing(scene: Scene) {
        let case = scene.dispatched(1).await;
        let mut desk = scene.reading(&scene.auditor).await;
        let page = case_page(&mut desk, case).await.expect("seen");
        assert!(page.offers.iter().all(|offer| !offer.is_open()) && !page.offers.is_empty());
        drop(desk);
        let order = scene.order(case).await;
        let refusal = dispatch(scene.desk(&scene.auditor).await, order).await.expect_err("not theirs");
        assert_eq!(refusal.kind(), Kind::Refused);
    }
}
