//! A sheet without an optional column says nothing about it: known rows keep their values there.

use super::scene::*;
use crate::*;

const FULL: &str = "甲,100,2023-01-05\n乙,200,2023-01-06";

fn cells(amount: &str, day: &str) -> [String; 2] {
    [amount.to_owned(), day.to_owned()]
}

#[tokio::test]
async fn a_row_is_unchanged_when_all_columns_that_the_sheet_has_agree() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, FULL).await;
    let before = scene.rows_at(GRANTS, None).await;
    let staged = scene.stages_under(GRANTS, "金额,编号", "100,甲\n200,乙").await;
    let notes = staged.sheet.expect("it fits").notes;
    let note = notes.iter().find(|note| note.code == "intake-note-absent").expect("the column is named");
    for (lang, kept) in [(mingcha_words::Lang::Zh, "保留不变"), (mingcha_words::Lang::En, "keep their values")] {
        let said = mingcha_words::message(lang, note);
        assert!(said.contains("日期") && said.contains(kept), "{said}");
    }
    let preview = scene.previews(staged.upload.id).await;
    assert_eq!(preview.counts, Counts { unchanged: 2, ..Counts::default() });
    let taken = scene.takes(staged.upload.id).await.expect("taken");
    assert_eq!((taken.counts, taken.batch), (preview.counts, None));
    assert_eq!(scene.rows_at(GRANTS, None).await, before);
    scene.is_sound().await;
}

#[tokio::test]
async fn a_superseding_row_keeps_the_value_and_preview_commit_and_withdrawal_agree() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, FULL).await;
    let before = scene.rows_at(GRANTS, None).await;
    let upload = scene.stages_under(GRANTS, "编号,金额", "甲,100\n乙,250\n丙,300").await.upload.id;
    let preview = scene.previews(upload).await;
    assert_eq!(preview.counts, Counts { added: 1, superseded: 1, unchanged: 1, ..Counts::default() });
    let [superseding] = preview.superseding.as_slice() else { panic!("{preview:?}") };
    let changed: Vec<_> = superseding.changed.iter().map(|cell| cell.column.as_str()).collect();
    assert_eq!(changed, ["amount"], "old → new does not name a column that the sheet lacks");

    let taken = scene.takes(upload).await.expect("taken");
    assert_eq!(taken.counts, preview.counts);
    let after = scene.cells(GRANTS).await;
    assert_eq!(after["甲"], cells("100.00", "2023-01-05"));
    assert_eq!(after["乙"], cells("250.00", "2023-01-06"), "the day is kept");
    assert_eq!(after["丙"], cells("300.00", ""), "a new row has none");
    assert_eq!(scene.ledger(GRANTS).await, ["丙=300.00@2/4", "乙=250.00@2/3", "甲=100.00@1/2"]);

    scene.withdraws(2).await.expect("withdrawn");
    let sorted = |mut rows: Vec<mingcha_engine::LakeRow>| {
        rows.sort_by_key(|row| row.at);
        rows
    };
    assert_eq!(sorted(scene.rows_at(GRANTS, None).await), sorted(before));
    scene.is_sound().await;
}

#[tokio::test]
async fn an_empty_cell_of_a_column_that_the_sheet_has_takes_the_value_away() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, FULL).await;
    let staged = scene.stages(GRANTS, "甲,100,").await;
    let preview = scene.previews(staged.upload.id).await;
    let [cell] = preview.superseding[0].changed.as_slice() else { panic!("{preview:?}") };
    assert_eq!(
        (cell.column.as_str(), cell.old.to_string(), cell.new.to_string()),
        ("day", "2023-01-05".into(), String::new())
    );
    scene.takes(staged.upload.id).await.expect("taken");
    assert_eq!(scene.cells(GRANTS).await["甲"], cells("100.00", ""));
}

#[tokio::test]
async fn a_snapshot_keeps_values_of_known_keys_and_still_ends_the_others() {
    let scene = Scene::new().await;
    scene.sends(ROLL, FULL).await;
    let upload = scene.stages_under(ROLL, "编号,金额", "甲,150\n丙,300").await.upload.id;
    let preview = scene.previews(upload).await;
    assert_eq!(preview.counts, Counts { added: 1, superseded: 1, ended: 1, ..Counts::default() });
    assert_eq!(scene.takes(upload).await.expect("taken").counts, preview.counts);
    let after = scene.cells(ROLL).await;
    assert_eq!(after.len(), 2);
    assert_eq!((&after["甲"], &after["丙"]), (&cells("150.00", "2023-01-05"), &cells("300.00", "")));
}

#[tokio::test]
async fn appending_still_refuses_a_known_key() {
    let scene = Scene::new().await;
    scene.sends(LOG, FULL).await;
    let upload = scene.stages_under(LOG, "编号,金额", "甲,100\n丙,300").await.upload.id;
    let taken = scene.takes(upload).await.expect("taken");
    assert_eq!(taken.counts, Counts { added: 1, rejected: 1, ..Counts::default() });
    assert_eq!(scene.cells(LOG).await["丙"], cells("300.00", ""));
}
