//! Full disks and sudden ends.

use std::process::Command;

use mingcha_domain::Speaks;
use mingcha_store::{StoreError, fault};

use crate::house::House;

/// The file is kept from growing, which SQLite reports as a full disk.
#[tokio::test]
async fn a_full_disk_has_its_own_error_and_loses_nothing() {
    let house = House::sqlite().await;
    house.adds_unit("a", "甲").await;
    let mut tx = house.store.begin().await.expect("a transaction");
    tx.all("PRAGMA max_page_count = 1", vec![]).await.expect("a pragma");
    let big = "满".repeat(200_000);
    let error = tx.set_setting("big", &big).await.expect_err("no room");
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error:?}");
    assert_eq!(error.trouble().code, "MC-STORE-002");
    drop(tx);
    assert_eq!(house.reads("SELECT id FROM unit").await, ["a"]);
    assert_eq!(house.verifies(None).await, []);
}

#[test]
fn a_fault_point_ends_the_process_only_where_it_is_asked_to() {
    let ends_at = |point: &str| {
        let this = std::env::current_exe().expect("this test binary");
        let status = Command::new(this)
            .args(["--exact", "faults::a_fault_point_that_is_not_asked_for_does_nothing"])
            .env("MINGCHA_FAULT", point)
            .output()
            .expect("it runs")
            .status;
        !status.success()
    };
    assert!(ends_at("store.test_point"));
    assert!(!ends_at("store.another_point"));
}

/// The test above also runs this one in processes of its own, where it is asked for.
#[test]
fn a_fault_point_that_is_not_asked_for_does_nothing() {
    fault::point("store.test_point");
}
