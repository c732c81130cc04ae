//! Processes that write to one data folder at the same moment: each waits its turn, and nothing is lost or doubled.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::house::House;
use crate::sheets::{CERTIFICATE, SUBSIDY, Sheet};

/// Hands in these sheets at the same moment, each by a process of its own, and gives the answers in their order.
fn all_at_once(house: &House, sheets: &[(&str, &str, Vec<u8>)]) -> Vec<Value> {
    std::thread::scope(|scope| {
        let started: Vec<_> = sheets
            .iter()
            .map(|(ledger, name, content)| scope.spawn(move || house.import(ledger, name, content).ok().json()))
            .collect();
        started.into_iter().map(|import| import.join().expect("an answer")).collect()
    })
}

#[test]
fn sheets_for_two_ledgers_at_the_same_moment_both_go_in() {
    let house = House::new();
    let sheets = [
        (CERTIFICATE, "证书.csv", Sheet::certificates(40).csv().into_bytes()),
        (SUBSIDY, "补贴.xlsx", Sheet::subsidies(1, 12).xlsx()),
    ];
    let answers = all_at_once(&house, &sheets);
    assert_eq!((&answers[0]["accepted"], &answers[1]["accepted"]), (&40.into(), &12.into()), "{answers:#?}");
    assert_eq!((house.rows(CERTIFICATE).len(), house.rows(SUBSIDY).len()), (40, 12));
    house.verifies();
}

#[test]
fn the_same_file_twice_at_the_same_moment_goes_in_once() {
    let house = House::new();
    let sheet = Sheet::certificates(30).csv().into_bytes();
    let sheets = [(CERTIFICATE, "一份.csv", sheet.clone()), (CERTIFICATE, "又一份.csv", sheet)];
    let answers = all_at_once(&house, &sheets);
    let counts = |what: &str| answers.iter().filter_map(|answer| answer[what].as_u64()).collect::<BTreeSet<_>>();
    assert_eq!((counts("added"), counts("unchanged")), (BTreeSet::from([0, 30]), BTreeSet::from([0, 30])));
    assert_eq!(house.rows(CERTIFICATE).len(), 30);
    house.verifies();
}

#[test]
fn sheets_that_change_the_same_rows_at_the_same_moment_do_so_one_after_the_other() {
    let house = House::new();
    let first = Sheet::certificates(10);
    let _ = house.import(CERTIFICATE, "原表.csv", first.csv()).ok();
    let changed = |day: &str| (2..12).fold(first.clone(), |sheet, line| sheet.with(line, "发证日期", day));
    let days = ["2023-05-01", "2023-06-01", "2023-07-01"];
    let names = ["五月.csv", "六月.csv", "七月.csv"];
    let sheets: Vec<_> =
        days.iter().zip(names).map(|(day, name)| (CERTIFICATE, name, changed(day).csv().into_bytes())).collect();
    let answers = all_at_once(&house, &sheets);
    assert!(answers.iter().all(|answer| answer["superseded"] == 10), "{answers:#?}");
    let rows = house.rows(CERTIFICATE);
    let there: BTreeSet<&str> = rows.iter().filter_map(|row| row["issued_on"].as_str()).collect();
    assert_eq!((rows.len(), there.len()), (10, 1), "the rows are those of one sheet, not a mixture: {there:?}");
    house.verifies();
}
