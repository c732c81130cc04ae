//! Rows that were kept back, from the command line: listed, handed back in the clerk's own workbook, settled when it comes
//! again mended.

use serde_json::json;

use crate::house::House;
use crate::sheets::{SUBSIDY, Sheet};

#[test]
fn rows_that_wait_are_listed_until_a_later_sheet_brings_them() {
    let house = House::new();
    let mut sheet = Sheet::subsidies(7, 4);
    let day = sheet.headings.iter().position(|heading| heading == "发放日期").expect("a column");
    let was = std::mem::replace(&mut sheet.rows[1][day], "2023-13-05".into());
    let taken = house.import(SUBSIDY, "补贴.csv", sheet.csv()).ends(2).json();
    assert_eq!((&taken["added"], &taken["rejected"]), (&json!(3), &json!(1)));

    let open = house.run(["ledger", "rejects", "--open", "--json"]).ok().json();
    assert_eq!(open.as_array().map(Vec::len), Some(1), "{open}");
    assert_eq!((&open[0]["row"], &open[0]["end"], &open[0]["upload"]), (&json!(3), &json!(null), &taken["upload"]));
    assert!(open[0]["problems"][0]["message"].as_str().is_some_and(|said| said.contains("没有 13 月")), "{open}");

    let whole = house.path("标注.xlsx");
    let batch = taken["batch"].to_string();
    let _ = house.run(["ledger", "marked", "--batch", &batch, "--out", &whole.display().to_string()]).ok();
    let few = house.path("要改.xlsx");
    let _ = house.run(["ledger", "marked", "--batch", &batch, "--only-rows", "--out", &few.display().to_string()]).ok();
    // Sent back unmended, the whole table changes nothing, and the one row is still kept back.
    let again = house.run(["ledger", "import", "--json", SUBSIDY, &whole.display().to_string()]).ends(2).json();
    assert_eq!((&again["unchanged"], &again["rejected"], &again["batch"]), (&json!(3), &json!(1), &json!(null)));
    assert_eq!(house.run(["ledger", "rejects", "--open", "--json"]).ok().json().as_array().map(Vec::len), Some(1));

    sheet.rows[1][day] = was;
    let mended = house.import(SUBSIDY, "补贴2.csv", sheet.csv()).ok().json();
    assert_eq!((&mended["added"], &mended["unchanged"]), (&json!(1), &json!(3)));
    assert_eq!(house.run(["ledger", "rejects", "--open", "--json"]).ok().json(), json!([]));
    let all = house.run(["ledger", "rejects", "--batch", &batch, "--json"]).ok().json();
    assert_eq!(all[0]["end"]["how"], "kept_again", "it went on to the sheet that was sent again: {all}");
    house.verifies();

    let _ = house.run(["ledger", "withdraw", "2", "--why", "发错了表"]).ok();
    let open = house.run(["ledger", "rejects", "--open", "--json"]).ok().json();
    assert_eq!(open.as_array().map(Vec::len), Some(1), "without the later sheet the row waits again: {open}");
    house.verifies();
}

#[test]
fn the_marked_workbook_is_written_with_the_import_when_rows_are_kept_back() {
    let house = House::new();
    let mut sheet = Sheet::subsidies(7, 2);
    sheet.rows[0][5] = "八百".into();
    let (file, to) = (house.file("补贴.csv", sheet.csv()), house.path("标注.xlsx"));
    let (file, to) = (file.display().to_string(), to.display().to_string());
    let _ = house.run(["ledger", "import", "--json", SUBSIDY, &file, "--marked", &to]).ends(2);
    assert!(std::fs::read(&to).expect("written").starts_with(b"PK"));
    let missing = house.run(["ledger", "marked", "--out", &to]);
    missing.says(&["没有说是哪一份文件"]);
}
