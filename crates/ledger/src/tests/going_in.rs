use mingcha_domain::Kind;
use mingcha_testkit::Database;

use super::scene::*;
use crate::*;

#[tokio::test]
async fn good_rows_make_a_batch_and_bad_ones_are_kept_with_place_and_reason() {
    let scene = Scene::new().await;
    let taken = scene.sends(GRANTS, "甲,100,2023-01-05\n乙,一百,2023-01-06\n丙,300,2023-13-01").await;
    assert_eq!(taken.batch.map(|batch| batch.0), Some(1));
    assert_eq!(taken.counts, Counts { added: 1, rejected: 2, ..Counts::default() });
    assert_eq!(scene.ledger(GRANTS).await, ["甲=100.00@1/2"]);

    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let kept = quarantine(&mut desk, taken.upload).await.expect("rows");
    assert_eq!(kept, taken.rejects);
    let places: Vec<_> = kept.iter().map(|row| (row.row, row.problems[0].column.as_str())).collect();
    assert_eq!(places, [(3, "amount"), (4, "day")]);
    assert_eq!(scene.jobs().await, ["ledger.rows_committed:1:committed"]);
    assert_eq!(scene.verbs().await, ["ledger.stage", "ledger.commit"]);
    scene.is_sound().await;
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_says_so() {
    let scene = Scene::new().await;
    let first = scene.sends(GRANTS, "甲,100,2023-01-05\n乙,一百,").await;
    let before = scene.ledger(GRANTS).await;
    let again = scene.sends(GRANTS, "甲,100,2023-01-05\n乙,一百,").await;
    assert_eq!((again.batch, again.same_as), (None, first.batch));
    assert_eq!(again.counts, Counts { unchanged: 1, rejected: 1, ..Counts::default() });
    assert_eq!(again.readable, first.readable);
    assert_eq!(scene.ledger(GRANTS).await, before);
    assert_eq!(scene.jobs().await.len(), 1);
    scene.is_sound().await;
}

#[tokio::test]
async fn a_changed_row_supersedes_and_the_preview_shows_old_and_new() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "甲,100,2023-01-05\n乙,200,2023-01-06").await;
    let staged = scene.stages(GRANTS, "甲,100.00,2023/1/5\n乙,250,2023-01-06\n丙,300,").await;
    let preview = scene.previews(staged.upload.id).await;
    assert_eq!(preview.counts, Counts { added: 1, superseded: 1, unchanged: 1, ..Counts::default() });
    let [superseding] = preview.superseding.as_slice() else { panic!("{preview:?}") };
    assert_eq!((superseding.row, superseding.key.clone()), (3, vec![value("乙")]));
    let [cell] = superseding.changed.as_slice() else { panic!("{superseding:?}") };
    assert_eq!(
        (cell.column.as_str(), cell.old.to_string(), cell.new.to_string()),
        ("amount", "200.00".into(), "250.00".into())
    );
    assert_eq!(scene.ledger(GRANTS).await, ["乙=200.00@1/3", "甲=100.00@1/2"], "a preview changes nothing");

    let taken = scene.takes(staged.upload.id).await.expect("taken");
    assert_eq!(taken.counts, preview.counts);
    assert_eq!(scene.ledger(GRANTS).await, ["丙=300.00@2/4", "乙=250.00@2/3", "甲=100.00@1/2"]);
    let before = scene.batch(2).await.lake_before;
    let then: Vec<_> = scene.rows_at(GRANTS, Some(before)).await.iter().map(say).collect();
    assert_eq!(then, ["甲=100.00@1/2", "乙=200.00@1/3"], "history keeps the old");
    scene.is_sound().await;
}

#[tokio::test]
async fn a_key_twice_in_one_sheet_with_other_content_rejects_both_and_each_names_the_other() {
    let scene = Scene::new().await;
    let taken = scene.sends(GRANTS, "甲,100,\n乙,200,\n甲,101,\n乙,200,").await;
    assert_eq!(scene.ledger(GRANTS).await, ["乙=200.00@1/3"]);
    let others: Vec<_> = taken
        .rejects
        .iter()
        .map(|reject| {
            (
                reject.row,
                reject.problems[0].trouble.facts.iter().find(|fact| fact.0 == "first").expect("named").1.clone(),
            )
        })
        .collect();
    assert_eq!(others, [(2, "4".to_owned()), (4, "2".to_owned())]);
}

#[tokio::test]
async fn a_ledger_that_only_grows_rejects_a_known_key_and_takes_the_same_file_once() {
    let scene = Scene::new().await;
    scene.sends(LOG, "甲,100,").await;
    let again = scene.sends(LOG, "甲,100,").await;
    assert_eq!((again.batch, again.counts.rejected), (None, 0));
    let more = scene.sends(LOG, "甲,150,\n乙,200,").await;
    assert_eq!(more.counts, Counts { added: 1, rejected: 1, ..Counts::default() });
    assert_eq!(more.rejects[0].problems[0].trouble.code, "MC-LEDGER-007");
    assert_eq!(scene.ledger(LOG).await, ["乙=200.00@2/3", "甲=100.00@1/2"]);
}

#[tokio::test]
async fn in_a_snapshot_what_is_missing_has_ended_unless_a_row_must_be_mended() {
    let scene = Scene::new().await;
    scene.sends(ROLL, "甲,100,\n乙,200,").await;
    let careful = scene.sends(ROLL, "甲,100,\n丙,三百,").await;
    assert_eq!((careful.batch, careful.counts.ended), (None, 0), "the bad row may be about 乙");
    let ended = scene.sends(ROLL, "甲,100,\n丙,300,").await;
    assert_eq!(ended.counts, Counts { added: 1, unchanged: 1, ended: 1, ..Counts::default() });
    assert_eq!(scene.ledger(ROLL).await, ["丙=300.00@2/3", "甲=100.00@1/2"]);
    scene.withdraws(2).await.expect("withdrawn");
    assert_eq!(scene.ledger(ROLL).await, ["乙=200.00@1/3", "甲=100.00@1/2"]);
}

#[tokio::test]
async fn a_file_is_taken_once_also_from_two_tabs() {
    let scene = Scene::new().await;
    let upload = scene.stages(GRANTS, "甲,100,").await.upload.id;
    scene.takes(upload).await.expect("taken");
    let second = scene.takes(upload).await.expect_err("taken already");
    assert_eq!(told(&second), ("MC-LEDGER-003", Kind::Stale));
    assert_eq!(scene.ledger(GRANTS).await.len(), 1);
    scene.is_sound().await;
}

#[tokio::test]
async fn a_clerk_of_another_unit_sees_neither_ledger_nor_file_nor_batch() {
    let scene = Scene::new().await;
    let upload = scene.stages(GRANTS, "甲,100,").await.upload.id;
    let stranger = scene.town.other_clerk().await;
    let sources = scene.sources();
    let ground = ground(&scene, &sources);
    let office = &scene.town.office;
    let errors = [
        told(&stage(office, &stranger, ground, hand_in(GRANTS, "乙,1,")).await.expect_err("refused")),
        told(&preview(office, &stranger, ground, upload).await.expect_err("refused")),
        told(&commit(office, &stranger, ground, upload).await.expect_err("refused")),
    ];
    assert!(errors.iter().all(|(_, kind)| *kind == Kind::NotFound), "{errors:?}");
    scene.takes(upload).await.expect("taken");
    let mut desk = scene.town.reading(&stranger).await;
    assert_eq!(batches(&mut desk, None, None, 10).await.expect("a list"), []);
    let refused = rows(&mut desk, ground, GRANTS, None).await.expect_err("refused");
    assert_eq!(refused.kind(), Kind::NotFound);
    let supervisor = scene.town.supervisor().await;
    let refused = stage(office, &supervisor, ground, hand_in(GRANTS, "乙,1,")).await.expect_err("refused");
    assert_eq!(refused.kind(), Kind::Refused);
}

#[tokio::test]
async fn on_postgresql_the_room_is_the_same() {
    let scene = Scene::on(Database::Postgres).await;
    scene.sends(GRANTS, "甲,100,\n乙,一百,").await;
    scene.sends(GRANTS, "甲,150,").await;
    scene.withdraws(2).await.expect("withdrawn");
    assert_eq!(scene.ledger(GRANTS).await, ["甲=100.00@1/2"]);
    scene.is_sound().await;
}

use mingcha_domain::Speaks as _;
