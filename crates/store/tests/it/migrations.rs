//! What opening a store promises.

use mingcha_store::{Store, StoreAddress, StoreError};

use crate::house::{House, on_both_databases};

on_both_databases!(
    opening_again_changes_nothing,
    a_migration_that_was_edited_is_refused,
    a_store_of_a_newer_program_is_refused,
);

async fn opening_again_changes_nothing(house: House) {
    house.adds_unit("a", "甲").await;
    let before = house.reads("SELECT name || sm3 FROM schema_migration ORDER BY no").await;
    assert!(before.len() >= 5, "{before:?}");
    let again = Store::open(house.store.address()).await.expect("a second opening");
    again.close().await.expect("closed");
    assert_eq!(house.reads("SELECT name || sm3 FROM schema_migration ORDER BY no").await, before);
    assert_eq!(house.reads("SELECT id FROM unit").await, ["a"]);
}

async fn a_migration_that_was_edited_is_refused(house: House) {
    house.tampers("UPDATE schema_migration SET sm3 = 'another' WHERE no = 1").await;
    let error = Store::open(house.store.address()).await.err();
    assert_eq!(error, Some(StoreError::MigrationEdited { name: "0001_foundation".to_owned() }));
}

async fn a_store_of_a_newer_program_is_refused(house: House) {
    house.tampers("INSERT INTO schema_migration (no, name, sm3) VALUES (9999, '9999_later', 'x')").await;
    let error = Store::open(house.store.address()).await.err();
    assert!(matches!(error, Some(StoreError::NewerSchema { newest: 9999, .. })), "{error:?}");
}

async fn several_open_a_new_store_at_once(address: StoreAddress) {
    let openings: Vec<_> = (0..4)
        .map(|_| {
            let address = address.clone();
            tokio::spawn(async move { Store::open(&address).await.map(drop) })
        })
        .collect();
    for opening in openings {
        assert_eq!(opening.await.expect("it ends"), Ok(()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_file_may_be_opened_by_several_at_once() {
    let folder = tempfile::TempDir::new().expect("a folder");
    several_open_a_new_store_at_once(StoreAddress::file(&folder.path().join("new.sqlite"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_database_may_be_opened_by_several_at_once() {
    let url = mingcha_testkit::Cluster::of_this_run().make_database().await;
    several_open_a_new_store_at_once(StoreAddress::Postgres(url)).await;
}

#[tokio::test]
async fn a_place_that_cannot_be_opened_is_named() {
    let address = StoreAddress::file(std::path::Path::new("/nowhere/at/all/mingcha.sqlite"));
    match Store::open(&address).await.err() {
        Some(StoreError::Unreachable { address, .. }) => assert_eq!(address, "sqlite:///nowhere/at/all/mingcha.sqlite"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused_unharmed() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("mingcha.sqlite");
    let words = "不是数据库。".repeat(500);
    std::fs::write(&path, &words).expect("a file");
    let error = Store::open(&StoreAddress::file(&path)).await.err();
    assert!(matches!(error, Some(StoreError::Unreachable { .. })), "{error:?}");
    assert_eq!(std::fs::read_to_string(&path).expect("still there"), words);
}
