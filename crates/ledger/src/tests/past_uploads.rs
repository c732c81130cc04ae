//! The list of what was handed in, what can be undone, and files that are set aside.

use super::scene::*;
use crate::*;

async fn list(scene: &Scene, query: &UploadQuery) -> UploadList {
    uploads(&mut scene.town.reading(&scene.clerk().await).await, query).await.expect("a list")
}

fn all() -> UploadQuery {
    UploadQuery { limit: 50, ..UploadQuery::default() }
}

#[tokio::test]
async fn every_file_is_listed_with_what_became_of_it_and_pages_put_together_are_the_list() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "A1,800,2023-11-05").await;
    scene.sends(GRANTS, "A1,800,2023-11-05").await;
    scene.sends(LOG, "L1,5,2023-11-05").await;
    scene.withdraws(2).await.expect("withdrawn");
    let waiting = scene.stages(GRANTS, "A2,800,2023-11-05").await.upload.id;
    let aside = scene.stages(GRANTS, "A3,800,2023-11-05").await.upload.id;
    discard(&scene.town.office, &scene.clerk().await, aside).await.expect("set aside");
    let listed = list(&scene, &all()).await;
    let mut fates: Vec<_> =
        listed.uploads.iter().map(|past| (past.fate, past.batch.as_ref().map(|b| b.id.0))).collect();
    fates.sort_by_key(|(fate, batch)| (fate.name(), *batch));
    let told = [
        (Fate::Discarded, None),
        (Fate::InUse, Some(1)),
        (Fate::NothingNew, None),
        (Fate::Waiting, None),
        (Fate::Withdrawn, Some(2)),
    ];
    assert_eq!(fates, told);
    assert_eq!(listed.next, None);
    for fate in Fate::ALL {
        let some = list(&scene, &UploadQuery { fate: Some(fate), ..all() }).await;
        assert_eq!(some.uploads.iter().map(|past| past.fate).collect::<Vec<_>>(), [fate]);
    }
    let grants = list(&scene, &UploadQuery { ledger: Some(GRANTS.into()), ..all() }).await;
    assert_eq!(grants.uploads.len(), 4);
    let mut paged = Vec::new();
    let mut query = UploadQuery { limit: 2, ..UploadQuery::default() };
    loop {
        let page = list(&scene, &query).await;
        paged.extend(page.uploads);
        match page.next {
            Some(next) => query.before = Some(next),
            None => break,
        }
    }
    assert_eq!(paged, listed.uploads);
    assert!(listed.uploads.iter().any(|past| past.upload.id == waiting && past.fate == Fate::Waiting));
    scene.is_sound().await;
}

#[tokio::test]
async fn a_file_that_was_set_aside_is_not_taken_in_and_the_refusal_says_who() {
    let scene = Scene::new().await;
    let aside = scene.stages(GRANTS, "A3,800,2023-11-05").await.upload.id;
    let clerk = scene.clerk().await;
    discard(&scene.town.office, &clerk, aside).await.expect("set aside");
    discard(&scene.town.office, &clerk, aside).await.expect("twice is once");
    let refused = scene.takes(aside).await.expect_err("set aside");
    assert_eq!(told(&refused), ("MC-LEDGER-060", mingcha_domain::Kind::Stale));
    assert_eq!(scene.ledger(GRANTS).await, [""; 0]);
    let taken = scene.sends(GRANTS, "A1,800,2023-11-05").await.upload;
    let late = discard(&scene.town.office, &clerk, taken).await.expect_err("taken");
    assert_eq!(told(&late), ("MC-LEDGER-061", mingcha_domain::Kind::Stale));
    scene.is_sound().await;
}

#[tokio::test]
async fn what_can_be_undone_is_what_withdrawal_undoes() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "A1,800,2023-11-05\nA2,700,2023-11-05").await;
    scene.sends(GRANTS, "A2,750,2023-11-05").await;
    scene.sends(GRANTS, "A3,10,2023-11-05").await;
    scene.sends(GRANTS, "A3,10,2023-11-05\nA4,10,2023-11-05").await;
    let found = list(&scene, &all()).await;
    let batches: Vec<Batch> = found.uploads.iter().filter_map(|past| past.batch.clone()).collect();
    let sources = scene.sources();
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let undo = undo_of(&mut desk, ground(&scene, &sources), &batches).await.expect("looked");
    drop(desk);
    let later = |no: i64| Some((mingcha_domain::BatchNo(no), "补贴.csv".to_owned()));
    let told: Vec<_> = undo.iter().map(|(no, undo)| (no.0, undo.clone())).collect();
    assert_eq!(
        told,
        [
            (1, Undo::Touched { rows: 1, later: later(2) }),
            (2, Undo::Can),
            (3, Undo::Touched { rows: 0, later: later(4) }),
            (4, Undo::Can),
        ]
    );
    for (no, undo) in undo {
        // The newest first, so that nothing stands in the way that the list did not see.
        if undo != Undo::Can {
            let refused = scene.withdraws(no.0).await.expect_err("touched later");
            let Undo::Touched { later: Some((later, _)), .. } = undo else { continue };
            assert!(matches!(refused, WithdrawError::TouchedLater { later: named, .. } if named == later));
        }
    }
    scene.withdraws(4).await.expect("as the list said");
    scene.withdraws(2).await.expect("as the list said");
}

#[tokio::test]
async fn on_postgresql_lists_and_versions_are_the_same() {
    let scene = Scene::on(mingcha_testkit::Database::Postgres).await;
    scene.sends(GRANTS, "A1,800,2023-11-05").await;
    scene.sends(GRANTS, "A1,900,2023-11-05").await;
    scene.withdraws(2).await.expect("withdrawn");
    let aside = scene.stages(GRANTS, "A3,800,2023-11-05").await.upload.id;
    discard(&scene.town.office, &scene.clerk().await, aside).await.expect("set aside");
    let page = list(&scene, &UploadQuery { limit: 2, ..UploadQuery::default() }).await;
    let rest = list(&scene, &UploadQuery { before: page.next.clone(), ..all() }).await;
    let fates: Vec<_> = page.uploads.iter().chain(&rest.uploads).map(|past| past.fate).collect();
    assert_eq!(fates, [Fate::Discarded, Fate::Withdrawn, Fate::InUse]);
    let sources = scene.sources();
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let versions = version_list(&mut desk, ground(&scene, &sources), GRANTS, None, 10).await.expect("versions");
    assert_eq!(versions.len(), 3);
    drop(desk);
    scene.is_sound().await;
}
