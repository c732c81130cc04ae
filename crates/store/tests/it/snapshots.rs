//! Copies of a running store.

use mingcha_domain::Speaks;
use mingcha_store::audit::verify;
use mingcha_store::{Store, StoreAddress, StoreError, TRACKED};

use crate::house::House;

#[tokio::test]
async fn a_copy_made_while_others_write_is_whole() {
    let house = House::sqlite().await;
    house.adds_unit("a", "甲").await;
    let writer = {
        let store = house.store.clone();
        tokio::spawn(async move {
            for number in 0..30 {
                let mut tx = store.begin().await.expect("a transaction");
                let touched = [tx.set_setting("count", &number.to_string()).await.expect("a change")];
                crate::house::record(&mut tx, &touched).await;
                tx.commit().await.expect("a commit");
            }
        })
    };
    let path = house.folder.path().join("引号'的副本.sqlite");
    house.store.snapshot_to(&path).await.expect("a copy");
    writer.await.expect("the writer ends");

    let copy = Store::open(&StoreAddress::file(&path)).await.expect("the copy opens");
    let mut tx = copy.read().await.expect("a transaction");
    assert_eq!(verify(&mut tx, TRACKED, None).await, Ok(vec![]));
    assert!(tx.one("SELECT id FROM unit WHERE id = 'a'", vec![]).await.expect("a query").is_some());
}

#[tokio::test]
async fn a_copy_never_replaces_a_file() {
    let house = House::sqlite().await;
    let path = house.folder.path().join("there.sqlite");
    std::fs::write(&path, "precious").expect("a file");
    assert!(matches!(house.store.snapshot_to(&path).await, Err(StoreError::SnapshotTarget { .. })));
    assert_eq!(std::fs::read_to_string(&path).expect("still there"), "precious");
    let nowhere = house.folder.path().join("no-folder/copy.sqlite");
    assert!(matches!(house.store.snapshot_to(&nowhere).await, Err(StoreError::SnapshotTarget { .. })));
}

#[tokio::test]
async fn postgres_is_copied_with_its_own_tool() {
    let house = House::postgres().await;
    let error = house.store.snapshot_to(&house.folder.path().join("copy")).await.expect_err("not by us");
    assert_eq!((error.clone(), error.trouble().code), (StoreError::SnapshotNeedsPgDump, "MC-STORE-014"));
}
