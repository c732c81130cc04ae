//! Small files are merged: nobody reads anything else than before, now or at an earlier version, and a kill in the midst
//! leaves one or the other.

use serde_json::Value;

use crate::house::{House, copy};
use crate::sheets::{CERTIFICATE, SUBSIDY, Sheet};

/// Five sheets of subsidies, of which the third was withdrawn and the fourth changes rows of the first.
fn house() -> House {
    let house = House::new();
    for person in 1..=3 {
        let _ = house.import(SUBSIDY, &format!("{person}.csv"), Sheet::subsidies(person, 2).csv()).ok();
    }
    let _ = house.run(["ledger", "withdraw", "3", "--why", "发错了表"]).ok();
    let changed = Sheet::subsidies(1, 2).with(2, "补贴金额（元）", "900");
    let _ = house.import(SUBSIDY, "4.csv", changed.csv()).ok();
    let _ = house.import(CERTIFICATE, "证书.csv", Sheet::certificates(2).csv()).ok();
    house
}

/// The versions of the ledger, oldest first, and the rows of each.
fn versions(house: &House) -> Vec<(String, Vec<Value>)> {
    let shown = house.run(["ledger", "show", SUBSIDY, "--data", &house.data().display().to_string(), "--json"]).ok();
    let mut versions: Vec<i64> = shown.json()["versions"]
        .as_array()
        .expect("versions")
        .iter()
        .map(|version| version["version"].as_i64().expect("a number"))
        .collect();
    versions.sort_unstable();
    versions.iter().map(ToString::to_string).map(|version| (version.clone(), as_of(house, &version))).collect()
}

fn as_of(house: &House, version: &str) -> Vec<Value> {
    house.run(["ledger", "rows", SUBSIDY, "--as-of", version, "--json"]).ok().json_lines()
}

#[test]
fn merged_files_change_no_row_no_version_and_no_proof_and_a_batch_can_still_be_withdrawn() {
    let house = house();
    let (rows, before) = (house.rows(SUBSIDY), versions(&house));
    let told = house.run(["ledger", "compact", SUBSIDY, "--json"]).ok().json();
    assert_eq!((told[0]["ledger"].as_str(), told[0]["files"].as_i64()), (Some(SUBSIDY), Some(1)), "{told}");
    assert!(told[0]["merged"].as_i64() > Some(1), "{told}");
    assert_eq!(house.rows(SUBSIDY), rows);
    assert_eq!(versions(&house), before);
    house.verifies();
    // What was readable for a while can be read for ever, also after the next batch.
    let version = told[0]["version"].to_string();
    let _ = house.import(SUBSIDY, "5.csv", Sheet::subsidies(5, 1).csv()).ok();
    assert_eq!(as_of(&house, &version).len(), rows.len());

    let _ = house.run(["ledger", "withdraw", "4", "--why", "发错了表"]).ok();
    let amounts: Vec<_> = house.rows(SUBSIDY).iter().map(|row| row["amount"].to_string()).collect();
    assert!(!amounts.iter().any(|amount| amount.contains("900")), "the superseded rows came back: {amounts:?}");
    house.verifies();
    let nothing = House::new().run(["ledger", "compact", "--json"]).ok().json();
    assert_eq!(nothing, serde_json::json!([]));
}

#[test]
fn every_ledger_is_merged_when_none_is_named_and_a_backup_holds_old_and_new_files() {
    let house = house();
    let _ = house.import(CERTIFICATE, "证书二.csv", Sheet::certificates(3).csv()).ok();
    let before = (house.rows(SUBSIDY), house.rows(CERTIFICATE), versions(&house));
    let told = house.run(["ledger", "compact", "--json"]).ok().json();
    assert_eq!(told.as_array().map(Vec::len), Some(2), "{told}");
    let archive = house.path("备份.mingcha").display().to_string();
    let _ = house.run(["backup", "--out", &archive]).ok();
    let other = House::bare();
    let _ = other.run(["restore", &archive, "--data", &other.data().display().to_string()]).ok();
    other.verifies();
    assert_eq!((other.rows(SUBSIDY), other.rows(CERTIFICATE), versions(&other)), before);
}

#[test]
fn a_merge_killed_in_any_gap_leaves_the_old_files_or_the_new_ones() {
    let made = house();
    let (rows, oldest) = (made.rows(SUBSIDY), versions(&made).remove(0));
    let points = ["ledger.before_lake", "ledger.lake_committed", "ledger.before_store", "ledger.store_committed"];
    for point in points {
        let house = House::bare();
        copy(&made.data(), &house.data());
        assert!(house.is_killed(point, ["ledger", "compact", SUBSIDY]), "{point}");
        assert_eq!(house.rows(SUBSIDY), rows, "{point}");
        house.verifies();
        let _ = house.run(["ledger", "compact", SUBSIDY]).ok();
        assert_eq!((house.rows(SUBSIDY), as_of(&house, &oldest.0)), (rows.clone(), oldest.1.clone()), "{point}");
        house.verifies();
    }
}

#[test]
fn an_altered_old_file_and_an_altered_line_are_found_after_a_merge() {
    let house = house();
    let _ = house.run(["ledger", "compact", SUBSIDY]).ok();
    let _ = house.sql("lake/lake.sqlite", "UPDATE ducklake_data_file SET record_count = 9 WHERE data_file_id = 1");
    let _ = house.import(SUBSIDY, "6.csv", Sheet::subsidies(6, 1).csv()).ok();
    let found = house.run(["verify", "--json"]).ends(1).json();
    assert_eq!(found["altered"][0]["code"], "MC-LEDGER-104", "also after a later commit: {found:#}");
}
