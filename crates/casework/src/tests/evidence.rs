//! Evidence: what shows a rectification, who may hand it in and see it, and whether it is still what it was.

use mingcha_domain::{Kind, Speaks};

use super::laws;
use super::scene::*;
use crate::*;

const RECEIPT: &[u8] = b"%PDF-1.7 receipt";

laws! {
    async fn a_rectification_is_shown_by_a_file_or_by_words(scene: Scene) {
        let room = EvidenceRoom::in_data(scene.town.folder());
        let problem = scene.problem(&[1]).await;
        let nothing = Rectify { text: "  ".into(), ..scene.report(problem).await };
        let refusal = rectify(scene.desk(&scene.clerk).await, nothing).await.expect_err("shows nothing");
        assert_eq!(code(&refusal), "MC-CASE-011");

        let mut desk = scene.reading(&scene.clerk).await;
        let file = keep_evidence(&mut desk, &room, problem, "收据.pdf", RECEIPT).await.expect("kept");
        drop(desk);
        let tomorrow = vec![Evidence { file: file.clone(), speaks_of: day("2023-12-30") }];
        let report = Rectify { text: String::new(), evidence: tomorrow, ..scene.report(problem).await };
        let refusal = rectify(scene.desk(&scene.clerk).await, report.clone()).await.expect_err("in the future");
        assert_eq!(code(&refusal), "MC-CASE-018");
        let evidence = vec![Evidence { file: file.clone(), speaks_of: day("2023-12-20") }];
        rectify(scene.desk(&scene.clerk).await, Rectify { evidence, ..report }).await.expect("shown");

        let page = scene.problem_page(problem).await;
        assert_eq!(page.evidence.len(), 1);
        assert_eq!((page.evidence[0].name.as_str(), page.evidence[0].speaks_of), ("收据.pdf", day("2023-12-20")));
        let mut desk = scene.reading(&scene.supervisor).await;
        assert_eq!(read_evidence(&mut desk, &room, problem, file.sm3()).await.expect("read"), RECEIPT);
        drop(desk);
        scene.the_trail_is_whole().await;
    }

    async fn nobody_fills_the_disk_who_may_not_rectify(scene: Scene) {
        let room = EvidenceRoom::in_data(scene.town.folder());
        let problem = scene.problem(&[1]).await;
        for (actor, kind) in [(&scene.other_clerk, Kind::NotFound), (&scene.supervisor, Kind::Refused)] {
            let mut desk = scene.reading(actor).await;
            let refusal = keep_evidence(&mut desk, &room, problem, "收据.pdf", RECEIPT).await.expect_err("not theirs");
            assert_eq!(refusal.kind(), kind);
        }
        assert!(!scene.town.path("evidence").exists());
    }

    async fn a_file_of_one_problem_is_not_found_through_another(scene: Scene) {
        let room = EvidenceRoom::in_data(scene.town.folder());
        let (one, two) = (scene.problem(&[1]).await, scene.problem(&[2]).await);
        let mut desk = scene.reading(&scene.clerk).await;
        let file = keep_evidence(&mut desk, &room, one, "收据.pdf", RECEIPT).await.expect("kept");
        drop(desk);
        let evidence = vec![Evidence { file: file.clone(), speaks_of: day("2023-12-20") }];
        let report = Rectify { evidence, ..scene.report(one).await };
        rectify(scene.desk(&scene.clerk).await, report).await.expect("shown");
        let mut desk = scene.reading(&scene.supervisor).await;
        let refusal = read_evidence(&mut desk, &room, two, file.sm3()).await.expect_err("not of this problem");
        assert_eq!(refusal.kind(), Kind::NotFound);
    }

    async fn a_changed_or_missing_file_is_named(scene: Scene) {
        let room = EvidenceRoom::in_data(scene.town.folder());
        let problem = scene.problem(&[1]).await;
        let mut desk = scene.reading(&scene.clerk).await;
        let file = keep_evidence(&mut desk, &room, problem, "收据.pdf", RECEIPT).await.expect("kept");
        drop(desk);
        let evidence = vec![Evidence { file: file.clone(), speaks_of: day("2023-12-20") }];
        let report = Rectify { evidence, ..scene.report(problem).await };
        rectify(scene.desk(&scene.clerk).await, report).await.expect("shown");
        let mut tx = scene.town.store().read().await.expect("a read");
        assert_eq!(evidence_check(&mut tx, &room).await.expect("checked"), []);
        let path = room.path_of(file.sm3()).expect("a path");
        std::fs::write(&path, b"%PDF-1.7 another").expect("written");
        let faults = evidence_check(&mut tx, &room).await.expect("checked");
        assert_eq!(faults.iter().map(|fault| (fault.name.as_str(), fault.missing)).collect::<Vec<_>>(), [("收据.pdf", false)]);
        std::fs::remove_file(&path).expect("removed");
        assert!(evidence_check(&mut tx, &room).await.expect("checked")[0].missing);
    }
}
