//! What the command line says about the rows of a ledger: uploads, versions, quality, models supported.

use serde_json::Value;

use crate::house::House;
use crate::sheets::{CERTIFICATE, Sheet};

fn two_batches() -> House {
    let house = House::new();
    let _ = house.import(CERTIFICATE, "五月.csv", Sheet::certificates(3).csv()).ok();
    let _ = house.import(CERTIFICATE, "六月.csv", Sheet::certificates(4).with(3, "技能等级", "三级").csv()).ok();
    house
}

#[test]
fn what_was_handed_in_is_listed_with_what_can_be_undone() {
    let house = two_batches();
    let _ = house.import(CERTIFICATE, "六月再来.csv", Sheet::certificates(4).with(3, "技能等级", "三级").csv()).ok();
    let listed = house.run(["ledger", "uploads", "--json", CERTIFICATE]).ok().json();
    let told: Vec<_> = listed
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["file"].as_str().unwrap_or_default(), one["state"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(told, [("六月再来.csv", "nothing_new"), ("六月.csv", "in_use"), ("五月.csv", "in_use")]);
    assert_eq!((&listed[1]["can_withdraw"], &listed[1]["hindered_by"]), (&Value::from(true), &Value::Null));
    assert_eq!((&listed[2]["can_withdraw"], &listed[2]["hindered_by"]), (&Value::from(false), &Value::from(2)));
    let refused = house.run(["ledger", "withdraw", "1", "--why", "发错了表", "--json"]);
    refused.says(&["批次 2", "六月.csv", "先撤回批次 2"]);
}

#[test]
fn two_versions_differ_in_what_the_second_sheet_brought() {
    let house = two_batches();
    let versions = house.run(["ledger", "show", CERTIFICATE, "--json", "--data", &house.data().display().to_string()]);
    let versions = versions.ok().json()["versions"].as_array().expect("versions").clone();
    let from = versions[1]["version"].to_string();
    let changes = house.run(["ledger", "changes", CERTIFICATE, "--from", &from, "--json"]).ok().json_lines();
    let kinds: Vec<_> = changes.iter().map(|change| change["change"].as_str().unwrap_or_default()).collect();
    assert_eq!(kinds, ["changed", "added"]);
    assert_eq!(changes[0]["new"]["level"], "三级");
    assert_ne!(changes[0]["old"]["level"], "三级");
    let identity = changes[0]["new"]["resident_id"].as_str().unwrap_or_default();
    assert!(identity.contains("***"), "masked without a purpose: {identity}");
}

#[test]
fn quality_counts_every_column_against_all_rows() {
    let house = two_batches();
    let told = house.run(["ledger", "quality", CERTIFICATE, "--json"]).ok().json();
    assert_eq!(told["rows"], 4);
    let column = |name: &str| {
        let columns = told["columns"].as_array().expect("columns");
        columns.iter().find(|column| column["name"] == name).cloned().unwrap_or_default()
    };
    assert_eq!((&column("certificate_no")["filled"], &column("certificate_no")["required"]), (&4.into(), &true.into()));
    assert_eq!(told["validity"]["batches"].as_array().map(Vec::len), Some(2));
    assert_eq!(told["drift"]["moved"][0]["what"], "rows");
    assert_eq!(told["freshness"]["every"], "month");
}

#[test]
fn a_model_without_its_ledger_is_not_supported_and_says_which_ledger_it_is() {
    let house = House::new();
    let before = house.run(["ledger", "coverage", "--json"]).ok().json();
    let models = before.as_array().expect("models");
    assert!(!models.is_empty() && models.iter().all(|model| model["support"] == "not"), "{before:#}");
    for model in models {
        assert!(model["missing"][0]["ledger"].is_string(), "{model:#}");
        let reads = model["reads"].as_array().expect("ledgers");
        assert!(reads.iter().all(|used| !used["columns"].as_object().expect("columns").is_empty()), "{model:#}");
    }
    let full = House::demo();
    let after = full.run(["ledger", "coverage", "--json"]).ok().json();
    let supported = |model: &&Value| model["support"] == "not";
    assert_eq!(after.as_array().expect("models").iter().filter(supported).count(), 0, "{after:#}");
}

#[test]
fn of_two_sheets_that_fit_the_one_that_was_named_is_read() {
    let house = House::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in [("五月", 2), ("六月", 3)] {
        let sheet = Sheet::certificates(rows);
        let page = book.add_worksheet();
        page.set_name(name).expect("a name");
        for (line, cells) in std::iter::once(&sheet.headings).chain(&sheet.rows).enumerate() {
            let line = u32::try_from(line).expect("few");
            page.write_row(line, 0, cells).expect("a row");
        }
    }
    let file = house.file("两张表.xlsx", book.save_to_buffer().expect("a workbook"));
    let file = file.display().to_string();
    let taken = |sheet: &str| house.run(["ledger", "import", "--json", "--sheet", sheet, CERTIFICATE, &file]);
    assert_eq!(taken("六月").ok().json()["added"], 3);
    assert_eq!(taken("五月").ok().json()["unchanged"], 2);
    taken("七月").ends(1).says(&["五月", "六月"]);
}
