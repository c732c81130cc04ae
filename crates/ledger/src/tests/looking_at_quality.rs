//! How good the rows of a ledger are, what points nowhere, which models they support.

use mingcha_domain::{BatchNo, RowRef, Value};
use mingcha_engine::usage::{ColumnUse, LedgerUse, Role};
use mingcha_pack::Rhythm;

use super::scene::*;
use crate::*;

async fn looked(scene: &Scene, version: Option<i64>) -> Quality {
    let sources = scene.sources();
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    quality(&mut desk, ground(scene, &sources), GRANTS, version, None).await.expect("quality")
}

#[tokio::test]
async fn each_column_is_counted_against_all_rows_and_an_earlier_version_can_be_looked_at() {
    let mut scene = Scene::new().await;
    scene.packs.packs[0].ledgers[0].every = Some(Rhythm::Month);
    let first = scene.sends(GRANTS, "A1,800,2023-11-05\nA2,,2023-10-01\nA3,10.50,").await.readable;
    scene.sends(GRANTS, "A4,5,2024-01-05\nA5,x,2023-11-05").await;
    let now = looked(&scene, None).await;
    let filled: Vec<_> = now.now.columns.iter().map(|column| column.filled).collect();
    assert_eq!((now.now.rows, filled), (4, vec![4, 3, 3]));
    let amount = now.now.column("amount").expect("a column");
    assert_eq!(amount.sum.map(|sum| sum.to_string()), Some("815.50".into()));
    let day = now.now.column("day").expect("a column");
    let (oldest, newest) = day.days.expect("days");
    assert_eq!((oldest.to_string(), newest.to_string(), day.ahead), ("2023-10-01".into(), "2024-01-05".into(), 1));
    assert_eq!(now.freshness.days, Some(0));
    assert!(!now.freshness.late);
    let then = looked(&scene, Some(first)).await;
    assert_eq!((then.now.rows, then.against), (3, None));
}

#[tokio::test]
async fn what_was_kept_back_is_counted_by_what_was_wrong_with_it() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "A1,800,2023-11-05\nA2,x,2023-11-05\nA3,y,2023-11-05\nA4,1,2023-13-05").await;
    let validity = looked(&scene, None).await.validity;
    let told: Vec<_> = validity.troubles.iter().map(|common| (common.column.as_str(), common.rows)).collect();
    assert_eq!(told, [("amount", 2), ("day", 1)]);
    assert_eq!((validity.rows, validity.more, validity.batches.len()), (3, false, 1));
}

#[tokio::test]
async fn rows_that_differ_in_their_key_only_are_a_group_and_other_rows_are_not() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "A1,800,2023-11-05\nA2,800,2023-11-05\nA3,800,2023-11-05\nA4,800,2023-11-06").await;
    let twins = looked(&scene, None).await.twins.expect("counted").expect("asked");
    assert_eq!((twins.groups, twins.surplus), (1, 2));
    let at = |row| RowRef { batch: BatchNo(1), row };
    assert_eq!(twins.shown, [TwinGroup { rows: 3, first: at(2), last: at(4) }]);
}

#[tokio::test]
async fn what_moved_far_since_before_the_last_batch_comes_first() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "A1,100,2023-11-05\nA2,100,2023-11-05").await;
    scene.sends(GRANTS, "A3,100,\nA4,100,").await;
    let against = looked(&scene, None).await.against.expect("an earlier version");
    let far: Vec<_> = against.moved.iter().filter(|moved| moved.far).map(|moved| moved.what.clone()).collect();
    let (sum, empty) = (Figure::Sum { column: "amount".into() }, Figure::Empty { column: "day".into() });
    assert_eq!(far, [Figure::Rows, sum, empty]);
    assert_eq!(against.moved[0].before, Measure::Count(2));
    assert_eq!(against.moved[2].now, Measure::Part(2, 4));
}

/// The roll names grants by their number.
async fn with_reference() -> Scene {
    let mut scene = Scene::new().await;
    let roll = scene.packs.packs[0].ledgers.iter_mut().find(|ledger| ledger.name == "roll").expect("a ledger");
    roll.columns[0].references = Some(GRANTS.into());
    scene
}

#[tokio::test]
async fn rows_that_point_to_nothing_are_counted_and_listed_page_by_page() {
    let scene = with_reference().await;
    scene.sends(GRANTS, "A1,100,2023-11-05").await;
    scene.sends(ROLL, "A1,1,\nA2,1,\nA3,1,\nA4,1,").await;
    let sources = scene.sources();
    let ground = ground(&scene, &sources);
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let found = quality(&mut desk, ground, ROLL, None, None).await.expect("quality").references.expect("counted");
    let told = MissingReference { column: "no".into(), ledger: GRANTS.into(), given: 4, missing: Some(3), values: 3 };
    assert_eq!(found, [told]);
    let page = dangling(&mut desk, ground, ROLL, "no", None, None, 2).await.expect("a page");
    let at = |row| RowRef { batch: BatchNo(2), row };
    assert_eq!(page.rows, [(at(3), value("A2")), (at(4), value("A3"))]);
    let rest = dangling(&mut desk, ground, ROLL, "no", None, page.next, 2).await.expect("a page");
    assert_eq!((rest.rows, rest.next), (vec![(at(5), value("A4"))], None));
    let none = dangling(&mut desk, ground, ROLL, "amount", None, None, 2).await.expect("a page");
    assert_eq!(none.rows, [] as [(RowRef, Value); 0]);
}

fn uses(needed: bool, role: Role) -> ModelUses {
    let columns = vec![ColumnUse { name: "day".into(), role }];
    vec![("vocational_training.model".into(), Ok(vec![LedgerUse { ledger: GRANTS.into(), needed, columns }]))]
}

async fn support(scene: &Scene, uses: &ModelUses) -> (Support, Vec<Gap>) {
    let sources = scene.sources();
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let all = coverage(&mut desk, ground(scene, &sources), uses, None, None).await.expect("coverage");
    let only = all.into_iter().next().expect("a model");
    (only.support, only.gaps)
}

#[tokio::test]
async fn a_model_is_supported_as_far_as_what_it_needs_is_there() {
    let scene = Scene::new().await;
    let needed = uses(true, Role::Needed);
    let empty = |needed| vec![Gap::Empty { ledger: GRANTS.into(), needed }];
    assert_eq!(support(&scene, &needed).await, (Support::Not, empty(true)));
    assert_eq!(support(&scene, &uses(false, Role::Needed)).await, (Support::Partly, empty(false)));
    let gap = |role, wholly, counts| {
        vec![Gap::Column { ledger: GRANTS.into(), column: "day".into(), role, wholly, counts: Some(counts) }]
    };
    scene.sends(GRANTS, "A1,100,").await;
    assert_eq!(support(&scene, &needed).await, (Support::Not, gap(Role::Needed, true, (1, 1))));
    let used = uses(true, Role::Used);
    assert_eq!(support(&scene, &used).await, (Support::Partly, gap(Role::Used, true, (1, 1))));
    let shown = uses(true, Role::Shown);
    assert_eq!(support(&scene, &shown).await, (Support::Fully, gap(Role::Shown, true, (1, 1))));
    scene.sends(GRANTS, "A2,100,2023-11-05").await;
    assert_eq!(support(&scene, &needed).await, (Support::Partly, gap(Role::Needed, false, (1, 2))));
    assert_eq!(support(&scene, &used).await, (Support::Fully, vec![]));
    scene.sends(GRANTS, "A1,100,2023-11-05").await;
    assert_eq!(support(&scene, &needed).await, (Support::Fully, vec![]));
}

#[tokio::test]
async fn a_sheet_that_points_to_what_is_not_there_is_told_so_and_goes_in_all_the_same() {
    let scene = with_reference().await;
    scene.sends(GRANTS, "A1,100,2023-11-05").await;
    let upload = scene.stages(ROLL, "A1,1,\nA7,1,\nA8,x,\nA9,1,").await.upload.id;
    let sources = scene.sources();
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let found = sheet_references(&mut desk, ground(&scene, &sources), upload).await.expect("looked");
    drop(desk);
    let (column, ledger) = ("no".to_owned(), GRANTS.to_owned());
    let first = vec![(3, value("A7")), (5, value("A9"))];
    // The row that must be mended is not counted: it does not go in.
    assert_eq!(found, [SheetReference { column, ledger, given: 3, missing: 2, first }]);
    assert_eq!(scene.takes(upload).await.expect("taken").counts.added, 3);
}

#[tokio::test]
async fn rows_of_a_sheet_that_point_to_each_other_are_there() {
    let mut scene = Scene::new().await;
    let grants = &mut scene.packs.packs[0].ledgers[0];
    grants.columns[1].kind = mingcha_pack::ColumnKind::Text;
    grants.columns[1].references = Some(GRANTS.into());
    let upload = scene.stages(GRANTS, "A1,A2,\nA2,A3,\nA3,A9,").await.upload.id;
    let sources = scene.sources();
    let mut desk = scene.town.reading(&scene.clerk().await).await;
    let found = sheet_references(&mut desk, ground(&scene, &sources), upload).await.expect("looked");
    assert_eq!(found.first().map(|found| (found.missing, found.first.clone())), Some((1, vec![(4, value("A9"))])));
}
