use mingcha_domain::{Kind, Speaks as _};

use super::scene::*;
use crate::*;

#[tokio::test]
async fn withdrawing_a_batch_brings_back_what_it_superseded_with_its_own_place() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "甲,100,\n乙,200,").await;
    let before = scene.ledger(GRANTS).await;
    let two = scene.sends(GRANTS, "乙,250,\n丙,300,").await;
    let withdrawn = scene.withdraws(2).await.expect("withdrawn");
    assert_eq!((withdrawn.removed, withdrawn.restored), (2, 1));
    assert_eq!(scene.ledger(GRANTS).await, before);
    let then: Vec<_> = scene.rows_at(GRANTS, Some(two.readable)).await.iter().map(say).collect();
    assert_eq!(then.len(), 3, "the withdrawn state can be read again");
    assert_eq!(scene.jobs().await.last().map(String::as_str), Some("ledger.rows_committed:2:withdrawn"));
    let again = scene.withdraws(2).await.expect_err("withdrawn already");
    assert_eq!(told(&again), ("MC-LEDGER-005", Kind::Stale));
    scene.is_sound().await;
}

#[tokio::test]
async fn a_withdrawn_file_may_be_sent_again() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "甲,100,\n乙,二百,").await;
    scene.withdraws(1).await.expect("withdrawn");
    let again = scene.sends(GRANTS, "甲,100,\n乙,二百,").await;
    assert_eq!(again.batch.map(|batch| batch.0), Some(2));
    assert_eq!(scene.ledger(GRANTS).await, ["甲=100.00@2/2"]);
    scene.is_sound().await;
}

#[tokio::test]
async fn a_batch_whose_rows_a_later_one_touched_stays_and_the_later_one_is_named() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "甲,100,\n乙,200,").await;
    scene.sends(GRANTS, "丙,300,").await;
    scene.sends(GRANTS, "乙,250,").await;
    let refused = scene.withdraws(1).await.expect_err("touched");
    assert_eq!(told(&refused), ("MC-LEDGER-014", Kind::Invalid));
    assert!(refused.trouble().facts.contains(&("later", "3".to_owned())), "{refused:?}");
    assert_eq!(scene.ledger(GRANTS).await.len(), 3, "nothing has changed");
    scene.withdraws(2).await.expect("nobody touched 丙");
    scene.withdraws(3).await.expect("the last one");
    scene.withdraws(1).await.expect("nothing stands in its way any more");
    assert_eq!(scene.ledger(GRANTS).await, Vec::<String>::new());
    scene.is_sound().await;
}

#[tokio::test]
async fn a_row_that_a_later_sheet_repeats_unchanged_counts_as_touched() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "甲,100,").await;
    scene.sends(GRANTS, "甲,100,\n乙,200,").await;
    let refused = scene.withdraws(1).await.expect_err("confirmed");
    assert!(refused.trouble().facts.contains(&("later", "2".to_owned())), "{refused:?}");
}

#[tokio::test]
async fn a_withdrawal_needs_a_reason_and_a_batch() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "甲,100,").await;
    let sources = scene.sources();
    let ground = ground(&scene, &sources);
    let office = &scene.town.office;
    let clerk = scene.clerk().await;
    let one = mingcha_domain::BatchNo(1);
    let refused = withdraw(office, &clerk, ground, one, "  ").await.expect_err("no reason");
    assert_eq!(told(&refused).0, "MC-LEDGER-006");
    assert_eq!(told(&scene.withdraws(9).await.expect_err("no batch")), ("MC-LEDGER-004", Kind::NotFound));
    let supervisor = scene.town.supervisor().await;
    let refused = withdraw(office, &supervisor, ground, one, "试").await.expect_err("not a clerk");
    assert_eq!(refused.kind(), Kind::Refused);
    assert_eq!(scene.ledger(GRANTS).await.len(), 1);
}

#[tokio::test]
async fn versions_are_those_that_were_readable() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "甲,100,").await;
    scene.sends(LOG, "一,1,").await;
    scene.withdraws(1).await.expect("withdrawn");
    let sources = scene.sources();
    let ground = ground(&scene, &sources);
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let versions = versions(&mut desk, ground, GRANTS).await.expect("versions");
    assert_eq!(versions.iter().map(|version| version.withdrawn).collect::<Vec<_>>(), [true, false]);
    let refused = rows(&mut desk, ground, GRANTS, Some(999)).await.expect_err("no such version");
    assert_eq!(told(&refused), ("MC-LEDGER-008", Kind::NotFound));
}
