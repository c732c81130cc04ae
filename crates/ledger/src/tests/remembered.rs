//! What was said about headings is kept for the unit, shown as remembered, and forgotten when somebody says so.

use mingcha_intake::{Assign, Heading, Options};

use super::scene::*;
use crate::*;

fn column(heading: &str, column: &str) -> Options {
    let columns = vec![Assign { heading: Heading::Named(heading.into()), column: Some(column.into()) }];
    Options { columns, ..Options::default() }
}

fn sheet(bytes: &str) -> HandIn<'static> {
    HandIn { bytes: bytes.as_bytes().to_vec(), ..hand_in(GRANTS, "") }
}

/// A sheet with a heading of its own was assigned and taken.
async fn assigned() -> Scene {
    let scene = Scene::new().await;
    let (sources, clerk) = (scene.sources(), scene.clerk().await);
    let ground = ground(&scene, &sources);
    let staged = stage(&scene.town.office, &clerk, ground, sheet("流水,金额\n甲,100\n")).await.expect("kept");
    let id = staged.upload.id;
    reassign(&scene.town.office, &clerk, ground, id, &column("流水", "no")).await.expect("assigned");
    scene.takes(id).await.expect("taken");
    scene
}

#[tokio::test]
async fn the_next_sheet_says_what_was_remembered_and_forgetting_asks_again() {
    let scene = assigned().await;
    let (sources, clerk) = (scene.sources(), scene.clerk().await);
    let ground = ground(&scene, &sources);
    let office = &scene.town.office;
    let next = stage(office, &clerk, ground, sheet("流水,金额\n乙,100\n")).await.expect("kept");
    assert!(next.sheet.is_ok());
    let remembered = next.upload.remembered().expect("read");
    assert_eq!(remembered.into_iter().collect::<Vec<_>>(), ["流水"]);
    let forgotten = forget_mapping(office, &clerk, ground, next.upload.id, "流水").await.expect("read again");
    assert!(forgotten.sheet.is_err());
    assert!(forgotten.upload.remembered().expect("read").is_empty());
    let third = stage(office, &clerk, ground, sheet("流水,金额\n丙,100\n")).await.expect("kept");
    assert!(third.sheet.is_err(), "it was forgotten for every sheet that follows");
    // Said again, it is remembered again.
    reassign(office, &clerk, ground, third.upload.id, &column("流水", "no")).await.expect("assigned");
    scene.takes(third.upload.id).await.expect("taken");
    let fourth = stage(office, &clerk, ground, sheet("流水,金额\n丁,100\n")).await.expect("kept");
    assert!(fourth.sheet.is_ok());
    scene.is_sound().await;
}

#[tokio::test]
async fn what_one_unit_says_is_not_what_another_says() {
    let scene = assigned().await;
    let mut tx = scene.town.store().read().await.expect("a transaction");
    let own = scene.clerk().await.unit;
    let known = mapping::known(&mut tx, own.as_deref(), GRANTS).await.expect("read");
    assert_eq!(known.get("流水").map(String::as_str), Some("no"));
    let other = mapping::known(&mut tx, Some("another"), GRANTS).await.expect("read");
    assert!(other.is_empty());
}

#[tokio::test]
async fn another_sheet_of_the_file_is_read_with_what_is_remembered() {
    let scene = assigned().await;
    let (sources, clerk) = (scene.sources(), scene.clerk().await);
    let ground = ground(&scene, &sources);
    let office = &scene.town.office;
    let next = stage(office, &clerk, ground, sheet("一月台账,\n流水,金额\n乙,100\n")).await.expect("kept");
    let options = Options { header_row: Some(2), ..Options::default() };
    let again = reassign(office, &clerk, ground, next.upload.id, &options).await.expect("read again");
    assert_eq!(again.sheet.expect("a sheet").header_row, 2);
    assert_eq!(again.upload.chosen().expect("read").header_row, Some(2));
}
