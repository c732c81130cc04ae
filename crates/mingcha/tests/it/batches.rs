//! Sheets that come again: the same, changed, withdrawn. Nothing is counted twice and nothing is lost.

use serde_json::Value;

use crate::house::House;
use crate::sheets::{CERTIFICATE, Sheet};

/// What a ledger says, without where each row came from.
fn content(house: &House) -> Vec<Value> {
    let mut rows = house.rows(CERTIFICATE);
    for row in &mut rows {
        let row = row.as_object_mut().expect("an object");
        row.remove("_batch");
        row.remove("_row");
    }
    rows.sort_by_key(ToString::to_string);
    rows
}

fn take(house: &House, name: &str, sheet: &Sheet) -> Value {
    house.import(CERTIFICATE, name, sheet.csv()).ok().json()
}

fn withdraw(house: &House, batch: &Value) -> crate::house::Ran {
    house.run(["ledger", "withdraw", &batch.to_string(), "--why", "发错了表", "--json"])
}

#[test]
fn the_same_file_again_changes_nothing() {
    let house = House::new();
    let sheet = Sheet::certificates(3);
    let first = take(&house, "证书.csv", &sheet);
    assert_eq!((&first["accepted"], &first["rejected"]), (&Value::from(3), &Value::from(0)), "{first:#}");
    let (rows, batches) = (house.rows(CERTIFICATE), house.batches());
    for name in ["证书.csv", "证书（再发一次）.csv"] {
        let again = take(&house, name, &sheet);
        assert_eq!(again["unchanged"], 3, "{again:#}");
        assert_eq!((&again["added"], &again["superseded"]), (&Value::from(0), &Value::from(0)), "{again:#}");
        assert_eq!(house.rows(CERTIFICATE), rows, "the same rows from the same batch and line");
    }
    assert_eq!(house.batches(), batches, "no batch for a sheet that brought nothing");
    house.verifies();
}

#[test]
fn the_whole_sheet_again_brings_what_is_new_and_supersedes_what_changed() {
    let house = House::new();
    take(&house, "五月.csv", &Sheet::certificates(3));
    let june = Sheet::certificates(4).with(3, "技能等级", "三级");
    let file = house.file("六月.csv", june.csv()).display().to_string();
    let preview = house.run(["ledger", "import", "--json", "--preview", CERTIFICATE, &file]).ok().json();
    assert_eq!((&preview["added"], &preview["superseded"], &preview["unchanged"]), (&1.into(), &1.into(), &2.into()));
    assert_eq!(house.batches().len(), 1, "a preview commits nothing");

    let taken = take(&house, "六月.csv", &june);
    assert_eq!((&taken["added"], &taken["superseded"], &taken["unchanged"]), (&1.into(), &1.into(), &2.into()));
    let rows = house.rows(CERTIFICATE);
    assert_eq!(rows.len(), 4, "one row for each key");
    let changed = rows.iter().find(|row| row["certificate_no"] == "S000002").expect("the changed row");
    assert_eq!((&changed["level"], &changed["_row"], &changed["_batch"]), (&"三级".into(), &3.into(), &taken["batch"]));
    let kept = rows.iter().find(|row| row["certificate_no"] == "S000001").expect("the unchanged row");
    assert_ne!(kept["_batch"], taken["batch"], "an unchanged row stays where it came from");
    house.verifies();
}

#[test]
fn withdrawing_brings_back_what_was_superseded_and_the_file_may_come_again() {
    let house = House::new();
    take(&house, "五月.csv", &Sheet::certificates(3));
    let before = house.rows(CERTIFICATE);
    let june = Sheet::certificates(4).with(3, "技能等级", "三级");
    let taken = take(&house, "六月.csv", &june);
    let after = content(&house);

    let done = withdraw(&house, &taken["batch"]).ok().json();
    assert_eq!((&done["removed"], &done["restored"]), (&2.into(), &1.into()), "{done:#}");
    assert_eq!(house.rows(CERTIFICATE), before, "as it was, down to batch and line");
    let batches = house.batches();
    assert_eq!(batches[0]["batch"], taken["batch"]);
    assert_eq!(batches[0]["state"], "withdrawn", "a withdrawn batch stays on the list");
    house.verifies();

    withdraw(&house, &taken["batch"]).says(&["MC-LEDGER-005"]);
    take(&house, "六月.csv", &june);
    assert_eq!(content(&house), after, "a withdrawn file may be sent again");
    house.verifies();
}

#[test]
fn a_batch_on_which_a_later_one_rests_is_not_withdrawn_and_the_later_one_is_named() {
    let house = House::new();
    let first = take(&house, "五月.csv", &Sheet::certificates(3));
    let second = take(&house, "六月.csv", &Sheet::certificates(3).with(3, "技能等级", "三级"));
    let rows = house.rows(CERTIFICATE);

    let refused = withdraw(&house, &first["batch"]);
    refused.says(&["MC-LEDGER-014", &format!("批次 {}", second["batch"]), "六月.csv"]);
    assert_eq!(refused.code, 1);
    assert_eq!(house.rows(CERTIFICATE), rows);
    assert!(house.batches().iter().all(|batch| batch["state"] == "committed"));

    let _ = withdraw(&house, &second["batch"]).ok();
    let _ = withdraw(&house, &first["batch"]).ok();
    assert_eq!(house.rows(CERTIFICATE), Vec::<Value>::new());
    house.verifies();
}

#[test]
fn a_batch_that_does_not_exist_and_a_withdrawal_without_a_reason_are_refused() {
    let house = House::new();
    let taken = take(&house, "五月.csv", &Sheet::certificates(1));
    withdraw(&house, &Value::from(99)).says(&["MC-LEDGER-004"]);
    let silent = house.run(["ledger", "withdraw", &taken["batch"].to_string(), "--why", "  "]);
    silent.says(&["MC-LEDGER-006"]);
    assert_eq!(house.rows(CERTIFICATE).len(), 1);
}

#[test]
fn earlier_states_of_a_ledger_can_be_read_again() {
    let house = House::new();
    take(&house, "五月.csv", &Sheet::certificates(2));
    let may = house.rows(CERTIFICATE);
    let taken = take(&house, "六月.csv", &Sheet::certificates(3).with(2, "姓名", "李四"));
    let june = house.rows(CERTIFICATE);
    let _ = withdraw(&house, &taken["batch"]).ok();

    let data = house.data().display().to_string();
    let shown = house.run(["ledger", "show", CERTIFICATE, "--data", &data, "--json"]).ok().json();
    let versions = shown["versions"].as_array().expect("versions");
    assert_eq!(versions.len(), 3, "two batches and a withdrawal: {shown:#}");
    let mut states: Vec<Vec<Value>> = versions
        .iter()
        .map(|version| {
            let version = version["version"].to_string();
            let unmasked = ["--unmask", "--purpose", "测试核对"];
            let read = ["ledger", "rows", CERTIFICATE, "--json", "--as-of", &version];
            house.run(read.into_iter().chain(unmasked)).ok().json_lines()
        })
        .collect();
    if versions[0]["version"].as_i64() > versions[2]["version"].as_i64() {
        states.reverse();
    }
    assert_eq!(states, [may.clone(), june, may]);
    house.run(["ledger", "rows", CERTIFICATE, "--as-of", "999999"]).says(&["MC-LEDGER-008"]);
}

#[test]
fn a_sheet_in_gb18030_reads_as_one_in_utf_8() {
    let house = House::new();
    let sheet = Sheet::certificates(2).with(2, "姓名", "喆𠀀");
    let text = sheet.csv();
    let (bytes, _, unmappable) = encoding_rs::GB18030.encode(&text);
    assert!(!unmappable);
    let answer = house.import(CERTIFICATE, "证书.csv", &bytes).ok().json();
    assert_eq!(answer["accepted"], 2);
    let rows = house.rows(CERTIFICATE);
    assert_eq!((&rows[0]["name"], &rows[0]["occupation"]), (&"喆𠀀".into(), &"养老护理员".into()));
    let again = house.import(CERTIFICATE, "证书-utf8.csv", sheet.csv()).ok().json();
    assert_eq!(again["unchanged"], 2, "{again:#}");
    let again = house.import(CERTIFICATE, "证书.xlsx", sheet.xlsx()).ok().json();
    assert_eq!(again["unchanged"], 2, "{again:#}");
}

#[test]
fn corrected_rows_go_in_where_the_wrong_ones_waited() {
    let house = House::new();
    let wrong = Sheet::certificates(3).with(3, "发证日期", "无");
    let answer = house.import(CERTIFICATE, "证书.csv", wrong.csv()).ends(2).json();
    assert_eq!((&answer["accepted"], &answer["rejected"]), (&2.into(), &1.into()));
    let answer = take(&house, "证书（改）.csv", &Sheet::certificates(3));
    assert_eq!((&answer["added"], &answer["unchanged"]), (&1.into(), &2.into()), "{answer:#}");
    assert_eq!(house.rows(CERTIFICATE).len(), 3);
    house.verifies();
}

#[test]
fn sheets_that_come_at_the_same_moment_wait_for_each_other_and_all_go_in() {
    let house = House::new();
    std::thread::scope(|scope| {
        for no in 0..4_u32 {
            let house = &house;
            scope.spawn(move || {
                let mut sheet = Sheet::certificates(2 * no + 2);
                sheet.rows.drain(..2 * no as usize);
                let taken = take(house, &format!("第{no}份.csv"), &sheet);
                assert_eq!(taken["accepted"], 2, "{taken:#}");
            });
        }
    });
    assert_eq!(house.rows(CERTIFICATE).len(), 8);
    let mut numbers: Vec<i64> = house.batches().iter().filter_map(|batch| batch["batch"].as_i64()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4]);
    house.verifies();
}
