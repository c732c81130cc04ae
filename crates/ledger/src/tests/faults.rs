//! Killed in each gap between lake and store, the next start tells the truth.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use mingcha_access::{Office, accounts};
use mingcha_domain::BatchNo;
use mingcha_engine::Lake;
use mingcha_store::{Store, StoreAddress};
use mingcha_testkit::{SeededChance, TickingClock};

use super::scene::*;
use crate::*;

const FOLDER: &str = "MINGCHA_LEDGER_FAULT_FOLDER";

/// Sends a sheet in the folder of its parent test, and is killed on the way. Without a parent there is nothing to do.
#[tokio::test]
async fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let store = Store::open(&StoreAddress::file(&folder.join("mingcha.sqlite"))).await.expect("a store");
    let clerk = accounts::by_login(&mut store.read().await.expect("a transaction"), "wang.fang").await;
    let clerk = clerk.expect("read").expect("the clerk");
    let office = Office::new(store, Arc::new(TickingClock::default()), Arc::new(SeededChance::new(7)));
    let (packs, lake) = (packs(), Lake::open(&folder.join("lake")).await.expect("a lake"));
    let sources = folder.join("sources");
    let ground = Ground { packs: &packs, lake: &lake, sources: &sources, progress: None };
    if std::env::var("MINGCHA_LEDGER_FAULT_WITHDRAWS").is_ok() {
        withdraw(&office, &clerk, ground, BatchNo(1), "发错了表").await.expect("withdrawn");
    } else {
        let staged = stage(&office, &clerk, ground, hand_in(GRANTS, "甲,150,\n丙,300,")).await.expect("staged");
        commit(&office, &clerk, ground, staged.upload.id).await.expect("taken");
    }
}

/// Runs the child until the fault point, and opens the folder again as a new start does.
async fn killed_at(scene: Scene, point: &str, withdraws: bool) -> (Scene, Recovered) {
    let mut child = Command::new(std::env::current_exe().expect("this test"));
    child.args(["--exact", "tests::faults::child", "--nocapture"]);
    child.env(FOLDER, scene.town.folder()).env("MINGCHA_FAULT", point);
    if withdraws {
        child.env("MINGCHA_LEDGER_FAULT_WITHDRAWS", "1");
    }
    let Scene { town, packs, lake } = scene;
    drop(lake);
    let ended = child.output().expect("the child ran");
    assert!(!ended.status.success(), "{point} was not reached: {}", String::from_utf8_lossy(&ended.stdout));
    let lake = Lake::open(&town.path("lake")).await.expect("a lake");
    let recovered = recover(&town.office, &lake).await.expect("recovered");
    (Scene { town, packs, lake }, recovered)
}

async fn with_a_first_batch() -> Scene {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "甲,100,\n乙,200,").await;
    scene
}

const FIRST: [&str; 2] = ["乙=200.00@1/3", "甲=100.00@1/2"];

#[tokio::test]
async fn killed_before_the_lake_nothing_has_happened() {
    let (scene, recovered) = killed_at(with_a_first_batch().await, "ledger.before_lake", false).await;
    assert_eq!(recovered.undone, []);
    assert_eq!(scene.ledger(GRANTS).await, FIRST);
    scene.is_sound().await;
}

#[tokio::test]
async fn killed_between_lake_and_store_the_commit_is_undone_and_the_trail_says_so() {
    for point in ["ledger.lake_committed", "ledger.before_store"] {
        let (scene, recovered) = killed_at(with_a_first_batch().await, point, false).await;
        let tags: Vec<_> = recovered.undone.iter().map(|snapshot| snapshot.tag.as_deref()).collect();
        assert_eq!(tags, [Some("batch:2")], "{point}");
        assert_eq!(scene.ledger(GRANTS).await, FIRST, "{point}");
        assert_eq!(scene.verbs().await.last().map(String::as_str), Some("ledger.recover"), "{point}");
        assert_eq!(scene.jobs().await.len(), 1, "nobody is told of a batch that is not in");
        scene.is_sound().await;
        let again = scene.sends(GRANTS, "甲,150,\n丙,300,").await;
        assert_eq!(again.batch, Some(BatchNo(3)), "the number of the undone batch is not used again");
        assert_eq!(scene.ledger(GRANTS).await, ["丙=300.00@3/3", "乙=200.00@1/3", "甲=150.00@3/2"]);
        scene.is_sound().await;
    }
}

#[tokio::test]
async fn killed_after_the_store_the_batch_is_in_and_its_job_waits() {
    let (scene, recovered) = killed_at(with_a_first_batch().await, "ledger.store_committed", false).await;
    assert_eq!(recovered.undone, []);
    assert_eq!(scene.ledger(GRANTS).await.len(), 3);
    assert_eq!(scene.jobs().await.last().map(String::as_str), Some("ledger.rows_committed:2:committed"));
    scene.is_sound().await;
}

#[tokio::test]
async fn a_withdrawal_killed_between_lake_and_store_did_not_happen() {
    let (scene, recovered) = killed_at(with_a_first_batch().await, "ledger.lake_committed", true).await;
    assert_eq!(recovered.undone.len(), 1);
    assert_eq!(scene.ledger(GRANTS).await, FIRST);
    scene.withdraws(1).await.expect("it can be done now");
    assert_eq!(scene.ledger(GRANTS).await, Vec::<String>::new());
    scene.is_sound().await;
}

/// Without a new start, too: the next writer in another process undoes it before it writes.
#[tokio::test]
async fn the_next_writer_undoes_what_a_killed_one_left() {
    let scene = with_a_first_batch().await;
    let lease = scene.lake.lease("killed").await.expect("the lease");
    let row = mingcha_engine::LakeRow {
        at: mingcha_domain::RowRef { batch: BatchNo(2), row: 2 },
        values: vec![value("丁"), mingcha_domain::Value::Null, mingcha_domain::Value::Null],
    };
    let ledger = scene.packs.ledger(GRANTS).expect("the ledger");
    let (author, message, tag) = ("wang.fang".into(), String::new(), "batch:2".into());
    let change = mingcha_engine::lake::Change { ledger, insert: vec![row], delete: vec![], author, message, tag };
    scene.lake.commit(&lease, change).await.expect("committed to the lake only");
    drop(lease);
    assert_eq!(scene.ledger(GRANTS).await, FIRST, "readers stay at the readable snapshot");
    let taken = scene.sends(GRANTS, "戊,1,").await;
    assert_eq!(taken.batch, Some(BatchNo(3)));
    assert_eq!(scene.ledger(GRANTS).await, ["乙=200.00@1/3", "戊=1.00@3/2", "甲=100.00@1/2"]);
    scene.is_sound().await;
}
