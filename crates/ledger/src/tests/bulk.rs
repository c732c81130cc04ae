//! Sheets of many rows, and what only shows with them.

use mingcha_domain::RowRef;

use super::scene::*;
use crate::*;

/// Lines of so many rows, each with the amount that follows from its number.
fn many(rows: std::ops::Range<i64>, amount: impl Fn(i64) -> i64) -> String {
    rows.map(|n| format!("k{n:06},{},2023-01-0{}", amount(n), n % 9 + 1)).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_sheet_goes_in_again_changed_and_out_again() {
    let scene = Scene::new().await;
    let first = scene.sends(GRANTS, &many(0..30_000, |n| n)).await;
    assert_eq!((first.counts.added, first.counts.rejected), (30_000, 0));
    let again = scene.sends(GRANTS, &many(0..30_000, |n| n)).await;
    assert_eq!((again.batch, again.counts.unchanged), (None, 30_000));

    let changed = scene.sends(GRANTS, &many(10_000..40_000, |n| if n % 3 == 0 { n + 1 } else { n })).await;
    let expected = Counts { added: 10_000, superseded: 6_666, unchanged: 13_334, ..Counts::default() };
    assert_eq!(changed.counts, expected);
    assert_eq!(scene.rows_at(GRANTS, None).await.len(), 40_000);

    let refused = scene.withdraws(1).await.expect_err("a later batch has its rows");
    assert!(matches!(refused, WithdrawError::TouchedLater { .. }), "{refused}");
    let out = scene.withdraws(2).await.expect("withdrawn");
    assert_eq!((out.removed, out.restored), (16_666, 6_666));
    let rows = scene.rows_at(GRANTS, None).await;
    assert!(rows.iter().all(|row| row.at.batch.0 == 1));
    assert_eq!(rows.len(), 30_000);
    scene.withdraws(1).await.expect("withdrawn");
    assert_eq!(scene.rows_at(GRANTS, None).await, []);
    scene.is_sound().await;
}

#[tokio::test]
async fn rows_that_repeat_are_counted_with_the_batch() {
    let scene = Scene::new().await;
    let taken = scene.sends(GRANTS, "甲,100,\n乙,2,\n甲,100.00,\n甲,100,").await;
    assert_eq!((taken.counts.added, taken.counts.duplicated), (2, 2));
    assert_eq!(scene.batch(1).await.counts, taken.counts);
    assert_eq!(scene.ledger(GRANTS).await, ["乙=2.00@1/3", "甲=100.00@1/2"]);
    scene.is_sound().await;
}

#[tokio::test]
async fn what_was_written_ahead_goes_in_without_rows_that_must_be_mended() {
    let scene = Scene::new().await;
    let taken = scene.sends(GRANTS, "甲,100,\n乙,2,\n甲,101,\n丙,3,").await;
    assert_eq!((taken.counts.added, taken.counts.rejected), (2, 2));
    assert_eq!(scene.ledger(GRANTS).await, ["丙=3.00@1/5", "乙=2.00@1/3"]);
    scene.is_sound().await;
}

#[tokio::test]
async fn a_file_on_disk_is_taken_in_as_one_that_is_handed_in_first() {
    let scene = Scene::new().await;
    let (sources, clerk) = (scene.sources(), scene.clerk().await);
    let ground = ground(&scene, &sources);
    let path = scene.town.path("grants.csv");
    let file = |options| HandInPath { ledger: GRANTS, file_name: "补贴.csv", path: &path, options };
    let takes = async |text: &str| {
        std::fs::write(&path, text).expect("written");
        take_in(&scene.town.office, &clerk, ground, file(Default::default())).await
    };
    let taken = takes("编号,金额,日期\n甲,100,\n乙,一百,\n").await.expect("taken");
    assert_eq!((taken.counts.added, taken.counts.rejected), (1, 1));
    assert_eq!(scene.ledger(GRANTS).await, ["甲=100.00@1/2"]);
    let again = takes("编号,金额,日期\n甲,100,\n乙,一百,\n").await.expect("taken");
    assert_eq!((again.batch, again.same_as.map(|batch| batch.0)), (None, Some(1)));

    let columns = takes("流水,金额\n甲,100\n").await.expect_err("no column for 编号");
    assert_eq!(told(&columns).0, "MC-INTAKE-015");
    let broken = takes("编号,金额\n\"甲,100\n").await.expect_err("a quote is missing");
    assert_eq!(told(&broken).0, "MC-INTAKE-010");
    std::fs::remove_file(&path).expect("removed");
    let half = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("an entry").path().extension().is_some();
    assert!(!std::fs::read_dir(&sources).expect("a folder").any(half), "nothing half is left");
    let mut desk = scene.town.reading(&clerk).await;
    let kept = past_uploads(&mut desk).await;
    assert_eq!(kept, 3, "two that went in and one whose columns can be assigned");
    scene.is_sound().await;
}

async fn past_uploads(desk: &mut mingcha_access::Desk) -> i64 {
    let row = desk.tx().one("SELECT COUNT(*) AS n FROM upload", mingcha_store::params![]).await.expect("read");
    row.expect("a row").int("n").expect("a number")
}

#[tokio::test]
async fn a_line_of_a_large_sheet_is_shown_as_it_stands() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, &many(0..5_000, |n| n)).await;
    let sources = scene.sources();
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let at = RowRef { batch: mingcha_domain::BatchNo(1), row: 4_002 };
    let line = source_line(&mut desk, ground(&scene, &sources), at).await.expect("a line");
    assert_eq!(line.cells[0].text, "k004000");
}
