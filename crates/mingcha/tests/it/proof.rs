//! `verify` names what was altered behind the program's back, each on a copy of the demo folder.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::house::House;

/// Fails unless `verify` names exactly one thing, with this code and all of these words.
fn names(house: &House, code: &str, words: &[&str]) {
    let told = house.run(["verify", "--json"]).ends(1).json();
    assert_eq!(told["ok"], false);
    let altered = told["altered"].as_array().expect("what was altered");
    let messages: Vec<&str> = altered.iter().filter_map(|one| one["message"].as_str()).collect();
    assert_eq!(altered.len(), 1, "one thing was altered: {messages:#?}");
    assert_eq!(altered[0]["code"], code, "{messages:?}");
    for word in words {
        assert!(messages[0].contains(word), "missing “{word}” in: {}", messages[0]);
    }
}

fn store(house: &House, statements: &str) -> String {
    house.sql("mingcha.sqlite", statements)
}

/// The files below a folder of the data folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn flip_a_byte(path: &Path) {
    let mut bytes = std::fs::read(path).expect("bytes");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(path, bytes).expect("written");
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("a name")
}

#[test]
fn an_untouched_folder_verifies_and_says_how_much_was_checked() {
    let house = House::demo();
    let told = house.run(["verify", "--json"]).ok().json();
    assert_eq!((&told["ok"], &told["altered"]), (&Value::Bool(true), &Value::Array(Vec::new())));
    assert!(told["entries"].as_i64() > Some(20), "{told:#}");
}

#[test]
fn a_source_sheet_that_was_changed_or_taken_away_is_named() {
    for deed in [flip_a_byte, |path: &Path| std::fs::remove_file(path).expect("removed")] {
        let house = House::demo();
        let sheets = files(&house.data().join("sources"));
        assert!(sheets.len() >= 10, "{sheets:?}");
        let sheet = &sheets[3];
        deed(sheet);
        let told = house.run(["verify", "--json"]).ends(1).json();
        assert_eq!(told["altered"].as_array().map(Vec::len), Some(1), "{told:#}");
        let message = told["altered"][0]["message"].as_str().expect("words");
        assert!(message.contains(name(sheet)), "{message}");
    }
}

#[test]
fn a_parquet_file_that_was_changed_or_taken_away_is_named() {
    for deed in [flip_a_byte, |path: &Path| std::fs::remove_file(path).expect("removed")] {
        let house = House::demo();
        let parquet: Vec<PathBuf> = files(&house.data().join("lake/lake"))
            .into_iter()
            .filter(|path| name(path).ends_with(".parquet"))
            .collect();
        assert!(parquet.len() >= 5, "{parquet:?}");
        deed(&parquet[1]);
        let told = house.run(["verify", "--json"]).ends(1).json();
        assert_eq!(told["altered"].as_array().map(Vec::len), Some(1), "{told:#}");
        let message = told["altered"][0]["message"].as_str().expect("words");
        assert!(message.contains(name(&parquet[1])), "{message}");
    }
}

#[test]
fn a_row_of_the_lakes_catalogue_is_named_by_its_table() {
    let house = House::demo();
    house.sql(
        "lake/lake.sqlite",
        "UPDATE ducklake_file_column_stats SET max_value = '2024-01-01' WHERE data_file_id = \
        (SELECT min(data_file_id) FROM ducklake_file_column_stats) AND column_id = 1",
    );
    let told = house.run(["verify", "--json"]).ends(1).json();
    assert_eq!(told["altered"].as_array().map(Vec::len), Some(1), "{told:#}");
    let message = told["altered"][0]["message"].as_str().expect("words");
    assert!(message.contains("ducklake_file_column_stats"), "{message}");
}

/// Alters one cell of the first row of a table; the row must be named by table and key.
fn a_cell(table: &str, key: &str, change: &str) {
    let house = House::demo();
    let id = store(&house, &format!("SELECT min({key}) FROM {table}"));
    store(&house, &format!("UPDATE {table} SET {change} WHERE {key} = '{id}'"));
    names(&house, "MC-STORE-101", &[table, &id]);
}

#[test]
fn a_batch_a_finding_a_case_a_problem_and_a_figure_are_named_by_table_and_id() {
    a_cell("batch", "id", "added = added + 1");
    a_cell("upload", "id", "file_name = '别的表.xlsx'");
    a_cell("finding", "id", "sentence = '没有疑点'");
    a_cell("case_file", "id", "state = 'waiting', problem = NULL");
    a_cell("problem", "id", "title = '无'");
    a_cell("recovery", "id", "amount_fen = amount_fen + 100");
    a_cell("edition_figure", "id", "value = '9.69', said = '9.69'");
    a_cell("edition_text", "id", "body = body || '。'");
    a_cell("account", "id", "role = 'supervisor', name = '别人'");
    a_cell("setting", "key", "value = '2024-12-31'");
}

#[test]
fn a_row_that_was_taken_away_or_slipped_in_is_named() {
    let house = House::demo();
    let id = store(&house, "SELECT min(id) FROM recovery");
    store(&house, &format!("DELETE FROM recovery WHERE id = '{id}'"));
    names(&house, "MC-STORE-102", &["recovery", &id]);

    let house = House::demo();
    store(&house, "INSERT INTO unit (id, name, kind, parent) VALUES ('ghost', '幽灵局', '牵头单位', NULL)");
    names(&house, "MC-STORE-104", &["unit", "ghost"]);
    let plain = house.run(["verify"]).ends(1).stdout;
    assert!(plain.contains("ghost") && plain.contains("没有任何留痕"), "said to people too: {plain}");
}

#[test]
fn an_audit_entry_is_named_whatever_is_altered_in_it() {
    for (change, code) in [
        ("UPDATE audit_entry SET actor = '别人' WHERE seq = 7", "MC-STORE-108"),
        ("UPDATE audit_entry SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 7", "MC-STORE-108"),
        ("UPDATE audit_entry SET body = replace(body, '\"facts\"', '\"Facts\"') WHERE seq = 7", "MC-STORE-105"),
        ("UPDATE audit_entry SET body = NULL, salt = NULL WHERE seq = 7", "MC-STORE-106"),
        ("DELETE FROM audit_entry WHERE seq = 7", "MC-STORE-109"),
    ] {
        let house = House::demo();
        store(&house, change);
        let told = house.run(["verify", "--json"]).ends(1).json();
        let altered = told["altered"].as_array().expect("what was altered");
        let is_named = |one: &Value| {
            one["code"] == code && one["message"].as_str().is_some_and(|words| words.contains("第 7 号留痕"))
        };
        assert!(altered.iter().any(is_named), "{change}: {told:#}");
    }
}

#[test]
fn an_account_that_was_made_and_struck_out_again_shows_only_against_a_kept_head() {
    let house = House::demo();
    let before = house.run(["verify", "--json"]).ok().json()["entries"].as_i64().expect("a size");
    let add = ["user", "add", "--login", "zhao", "--name", "赵敏", "--role", "auditor"];
    let _ = house.run(add).ok();
    let head = house.path("head.json");
    let head = head.display().to_string();
    let _ = house.run(["verify", "--write-head", &head]).ok();
    let _ = house.run(["verify", "--head", &head]).ok();

    // The last entries and all that they touched are taken away, and the tree is cut back to fit.
    store(
        &house,
        &format!(
            "DELETE FROM account WHERE login = 'zhao'; \
         DELETE FROM audit_touch WHERE seq > {before}; \
         DELETE FROM audit_entry WHERE seq > {before}; \
         DELETE FROM audit_node WHERE ((idx + 1) << level) > {before}"
        ),
    );
    house.verifies();
    let told = house.run(["verify", "--head", &head, "--json"]).ends(1).json();
    assert_eq!(told["altered"][0]["code"], "MC-STORE-111", "{told:#}");
}

#[test]
fn a_trail_that_was_replaced_as_a_whole_shows_only_against_a_kept_head() {
    let house = House::new();
    let head = house.path("head.json").display().to_string();
    let _ = house.run(["verify", "--write-head", &head]).ok();

    let other = House::new();
    for login in ["qian", "sun"] {
        let _ = other.run(["user", "add", "--login", login, "--name", "某人", "--role", "auditor"]).ok();
    }
    std::fs::remove_dir_all(house.data()).expect("removed");
    crate::house::copy(&other.data(), &house.data());
    house.verifies();
    let told = house.run(["verify", "--head", &head, "--json"]).ends(1).json();
    assert_eq!(told["altered"][0]["code"], "MC-STORE-112", "{told:#}");
}

#[test]
fn a_kept_head_stays_good_while_the_house_goes_on_working() {
    let house = House::demo();
    let head = house.path("head.json").display().to_string();
    let _ = house.run(["verify", "--write-head", &head]).ok();
    let _ = house.run(["user", "add", "--login", "zhou", "--name", "周敏", "--role", "auditor"]).ok();
    let _ = house.run(["verify", "--head", &head]).ok();
    let not_a_head = house.file("not-a-head.json", "{\"format\":1,\"head\":\"?\"}").display().to_string();
    house.run(["verify", "--head", &not_a_head]).says(&["not-a-head.json"]);
    house.run(["verify", "--head", "nowhere.json"]).says(&["nowhere.json"]);
}
