//! A ledger as it was, and what differs between two of its states.

use mingcha_domain::{Day, RowRef};
use mingcha_engine::lake::{ChangeAsk, ChangeCounts, PageAsk};

use super::scene::*;
use crate::*;

fn every() -> ChangeAsk {
    ChangeAsk { kind: None, after: None, limit: 100 }
}

async fn three_versions() -> Scene {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "A1,800,2023-11-05\nA2,700,2023-11-05").await;
    scene.sends(GRANTS, "A2,750,2023-11-05\nA3,10,2023-11-05").await;
    scene.withdraws(2).await.expect("withdrawn");
    scene
}

#[tokio::test]
async fn each_version_says_what_led_to_it_and_is_read_again_as_it_was() {
    let scene = three_versions().await;
    let sources = scene.sources();
    let ground = ground(&scene, &sources);
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let list = version_list(&mut desk, ground, GRANTS, None, 10).await.expect("versions");
    let told: Vec<_> =
        list.iter().map(|line| (line.version.batch.0, line.version.withdrawn, line.counts.added)).collect();
    assert_eq!(told, [(2, true, 1), (2, false, 1), (1, false, 2)]);
    let chain: Vec<i64> = list.iter().map(|line| line.before).collect();
    assert_eq!(chain, [list[1].version.snapshot, list[2].version.snapshot, 0]);
    let first = version_list(&mut desk, ground, GRANTS, Some(list[1].version.snapshot), 10).await.expect("older ones");
    assert_eq!(first, list[2..]);
    let mut sizes = Vec::new();
    for version in [0, list[2].version.snapshot, list[1].version.snapshot, list[0].version.snapshot] {
        let ask = PageAsk { limit: 10, ..PageAsk::default() };
        let page = row_page(&mut desk, ground, GRANTS, Some(version), &ask).await.expect("a page");
        sizes.push(page.rows.len());
        assert_eq!(row_count(&mut desk, ground, GRANTS, Some(version), &ask).await.expect("a count"), page.rows.len());
    }
    assert_eq!(sizes, [0, 2, 3, 2]);
    let none = row_page(&mut desk, ground, GRANTS, Some(99), &PageAsk::default()).await.expect_err("no such version");
    assert_eq!(told_of(&none), "MC-LEDGER-008");
}

#[tokio::test]
async fn a_day_has_the_version_that_was_read_at_its_end() {
    let scene = three_versions().await;
    let sources = scene.sources();
    let ground = ground(&scene, &sources);
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let today = desk.now.day_in_china();
    let newest = version_list(&mut desk, ground, GRANTS, None, 1).await.expect("versions").pop();
    assert_eq!(version_on(&mut desk, ground, GRANTS, today).await.expect("a version"), newest);
    let before = Day::new(2001, 1, 1).expect("a day");
    assert_eq!(version_on(&mut desk, ground, GRANTS, before).await.expect("none"), None);
}

#[tokio::test]
async fn between_two_versions_rows_came_went_and_changed_and_a_withdrawal_turns_it_round() {
    let scene = three_versions().await;
    let sources = scene.sources();
    let ground = ground(&scene, &sources);
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let list = version_list(&mut desk, ground, GRANTS, None, 10).await.expect("versions");
    let [third, second, first] = [0, 1, 2].map(|at: usize| list[at].version.snapshot);
    let page = changes(&mut desk, ground, GRANTS, (first, second), &every()).await.expect("changes");
    assert_eq!(page.counts, ChangeCounts { added: 1, removed: 0, changed: 1 });
    let at = |batch, row| Some(RowRef { batch: mingcha_domain::BatchNo(batch), row });
    assert_eq!(page.changes.iter().map(mingcha_engine::lake::RowChange::at).collect::<Vec<_>>(), [at(2, 2), at(2, 3)]);
    let one = changes(&mut desk, ground, GRANTS, (first, second), &ChangeAsk { limit: 1, ..every() }).await;
    assert_eq!(one.expect("a page").next, at(2, 2));
    let back = changes(&mut desk, ground, GRANTS, (second, third), &every()).await.expect("changes");
    assert_eq!(back.counts, ChangeCounts { added: 0, removed: 1, changed: 1 });
    let none = changes(&mut desk, ground, GRANTS, (first, third), &every()).await.expect("changes");
    assert_eq!(none.counts, ChangeCounts::default());
}

fn told_of(error: &impl mingcha_domain::Speaks) -> &'static str {
    told(error).0
}
