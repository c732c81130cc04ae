//! What outside checks rely on: shapes of JSON, exit codes, help (SPEC §M, the commands that exist).

use std::collections::BTreeSet;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::house::{House, Ran};
use crate::sheets::{CERTIFICATE, SUBSIDY, Sheet, resident_id};

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap_or_else(|| panic!("an object: {value:#}")).keys().map(String::as_str).collect()
}

fn has(value: &Value, wanted: &[&str]) {
    let keys = keys(value);
    wanted.iter().for_each(|key| assert!(keys.contains(key), "no “{key}” in {value:#}"));
}

/// Names of the subcommands that a help text lists, without `help`.
fn subcommands(help: &str) -> Vec<String> {
    let Some((_, listed)) = help.split_once("Commands:\n") else { return Vec::new() };
    let listed = listed.split("\n\n").next().unwrap_or_default();
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(ToOwned::to_owned)
        .collect()
}

fn walk_help(house: &House, path: &mut Vec<String>, leaves: &mut Vec<String>, wrong: &mut Vec<String>) {
    let help = house.run(path.iter().cloned().chain(["--help".to_owned()])).ok().stdout;
    let below = subcommands(&help);
    if below.is_empty() {
        let command = path.join(" ");
        let example = help.split_once("example").map_or("", |(_, after)| after);
        if !example.contains(&format!("mingcha {command}")) {
            wrong.push(command.clone());
        }
        leaves.push(command);
    }
    for name in below {
        path.push(name);
        walk_help(house, path, leaves, wrong);
        path.pop();
    }
}

#[test]
fn the_help_of_every_command_shows_an_example_of_it() {
    let (house, mut leaves, mut wrong) = (House::bare(), Vec::new(), Vec::new());
    walk_help(&house, &mut Vec::new(), &mut leaves, &mut wrong);
    for known in ["init", "ledger import", "figures", "verify", "edition list", "user add"] {
        assert!(leaves.iter().any(|leaf| leaf == known), "the walk must see {known}: {leaves:?}");
    }
    assert!(wrong.is_empty(), "no example of itself in --help of: {wrong:?}");
    let help = house.run(["--help"]).ok().stdout;
    assert!(help.contains("退出码") && help.contains("exit codes"), "{help}");
}

#[test]
fn init_tells_one_account_for_each_role_with_a_password_of_its_own() {
    let told: Value = serde_json::from_str(&House::demo_told()).expect("JSON only on standard output");
    let accounts = told["accounts"].as_array().expect("accounts");
    let roles: BTreeSet<&str> = accounts.iter().filter_map(|account| account["role"].as_str()).collect();
    assert_eq!(roles, BTreeSet::from(["auditor", "clerk", "inspector", "operator", "supervisor"]));
    let passwords: BTreeSet<&str> = accounts.iter().filter_map(|account| account["password"].as_str()).collect();
    assert!(passwords.len() == 5 && passwords.iter().all(|password| password.len() >= 12), "{passwords:?}");
}

#[test]
fn figures_have_the_keys_and_exact_values_that_are_promised() {
    let house = House::demo();
    let figures = house.run(["figures", "--json"]).ok().json();
    let figures = figures.as_array().expect("a list");
    assert_eq!(figures.len(), 5);
    for figure in figures {
        has(figure, &["project", "key", "value", "said", "unit"]);
        assert!(figure["value"].is_number() && figure["said"].is_string(), "{figure:#}");
    }
    let explained = house.run(["figures", "--explain", "vocational_training.inspections", "--json"]).ok().json();
    let promised = ["definition", "definition_hash", "lake_snapshot", "digest", "records", "count", "value", "said"];
    has(&explained, &promised);
    house.run(["figures", "--explain", "vocational_training.inspection"]).says(&["MC-PUBLISH-002", "inspections"]);
    let published = house.run(["figures", "--published", "--json"]).ok().json();
    assert_eq!(published.as_array().map(Vec::len), Some(5));
}

#[test]
fn findings_are_one_object_a_line_with_case_and_evidence_and_masked() {
    let house = House::demo();
    let all = house.findings();
    assert!(all.len() >= 88 + 12 + 4, "behind the persons, waiting, explained: {}", all.len());
    for finding in &all {
        has(finding, &["id", "model", "key", "finding_state", "case", "sentence", "evidence"]);
        has(&finding["case"], &["id", "state"]);
        has(&finding["evidence"][0], &["ledger", "batch", "row"]);
    }
    let text = all.iter().map(ToString::to_string).collect::<String>();
    assert!(text.contains("********") && !has_identity_number(&text), "identity numbers are masked");
    let one =
        house.run(["finding", "list", "vocational_training.certificate_subsidised_twice", "--json"]).ok().json_lines();
    assert!(!one.is_empty() && one.len() < all.len());
    house.run(["finding", "list", "vocational_training.certificate_subsidized_twice"]).says(&["MC-"]);
    house.run(["finding", "list", "--unmask"]).ends(2).stderr.contains("--purpose");
    let waiting = all.iter().filter(|finding| finding["case"]["state"] == "waiting").count();
    assert_eq!(waiting, 12, "work to do");
}

fn has_identity_number(text: &str) -> bool {
    text.as_bytes().windows(17).any(|window| window.starts_with(b"330999") && window.iter().all(u8::is_ascii_digit))
}

#[test]
fn a_ledger_shows_its_columns_and_its_rows_masked_with_batch_and_line() {
    let house = House::new();
    let shown = house.run(["ledger", "show", CERTIFICATE, "--json"]).ok().json();
    has(&shown, &["columns", "versions"]);
    let columns = shown["columns"].as_array().expect("columns");
    columns.iter().for_each(|column| has(column, &["name", "title", "type", "required", "key", "values", "privacy"]));
    let no = &columns[0];
    assert_eq!(
        (&no["name"], &no["type"], &no["key"], &no["required"]),
        (&"certificate_no".into(), &"text".into(), &true.into(), &true.into())
    );
    let _ = house.run(["ledger", "show", "ops.problem", "--json"]).ok().json();
    house.run(["ledger", "show", "vocational_training.certificates"]).says(&["vocational_training.certificate"]);

    let _ = house.import(CERTIFICATE, "证书.csv", Sheet::certificates(2).csv()).ok();
    let rows = house.run(["ledger", "rows", CERTIFICATE, "--json"]).ok().json_lines();
    assert_eq!(rows.len(), 2);
    rows.iter().for_each(|row| has(row, &["_batch", "_row", "certificate_no", "resident_id", "theory_score"]));
    assert_eq!((&rows[1]["_batch"], &rows[1]["_row"]), (&1.into(), &3.into()));
    assert!(!rows[0].to_string().contains(&resident_id(1)) && rows[0]["name"] != "张三", "{:#}", rows[0]);
    assert_eq!(house.rows(CERTIFICATE)[0]["resident_id"], resident_id(1));
}

#[test]
fn a_template_that_somebody_filled_in_goes_in_as_it_is() {
    let house = House::new();
    let out = house.path("模板.xlsx").display().to_string();
    let _ = house.run(["ledger", "template", CERTIFICATE, "--out", &out]).ok();
    let mut book: Xlsx<_> = calamine::open_workbook(&out).expect("the template opens");
    let (name, range) = book.worksheets().into_iter().next().expect("a sheet");
    let headings: Vec<String> = range.rows().next().expect("a header").iter().map(ToString::to_string).collect();
    assert!(
        range.rows().skip(1).flatten().all(|cell| *cell == Data::Empty),
        "no example row that would go in as data: {name}"
    );
    let answers = [
        ("证书编号", "S000007"),
        ("姓名", "张三"),
        ("证书类别", "职业技能等级证书"),
        ("职业（工种）", "养老护理员"),
        ("发证日期", "2023年4月18日"),
        ("发证机构", "示例学校"),
    ];
    let id = resident_id(7);
    let cell = |heading: &String| {
        let bare = heading.trim_end_matches(['*', '＊', ' ']);
        let known = answers.iter().find(|(title, _)| *title == bare).map_or("", |(_, answer)| *answer);
        if bare == "身份证号" { id.clone() } else { known.to_owned() }
    };
    let filled = Sheet { rows: vec![headings.iter().map(cell).collect()], headings };
    let taken = house.import(CERTIFICATE, "证书.xlsx", filled.xlsx()).ok().json();
    assert_eq!((&taken["accepted"], &taken["rejected"]), (&1.into(), &0.into()), "{taken:#}");
    assert_eq!(house.rows(CERTIFICATE)[0]["issued_on"], "2023-04-18");
}

#[test]
fn runs_of_models_tell_what_each_found_and_may_fail_on_findings() {
    let house = House::new();
    let _ = house.import(SUBSIDY, "补贴.csv", Sheet::subsidies(1, 4).csv()).ok();
    let told = house.run(["model", "run", "--full", "--json"]).ok().json();
    has(&told, &["models", "seconds", "snapshot"]);
    let models = told["models"].as_array().expect("models");
    assert_eq!(models.len(), 3);
    models.iter().for_each(|model| has(model, &["model", "findings"]));
    let _ = house.run(["model", "run", "--full", "--fail-on-findings", "--json"]).ends(2).json();
    house.run(["model", "run", "vocational_training.more_than_three_a_yaer"]).says(&["MC-", "more_than_three_a_year"]);
}

#[test]
fn json_is_the_only_thing_on_standard_output() {
    let house = House::demo();
    let lists: &[&[&str]] = &[&["finding", "list"], &["ledger", "rows", CERTIFICATE]];
    for list in lists {
        let ran: Ran = house.run(list.iter().chain(&["--json"])).ok();
        assert!(!ran.json_lines().is_empty());
    }
    let documents: &[&[&str]] = &[
        &["figures"],
        &["ledger", "batches"],
        &["ledger", "show", CERTIFICATE],
        &["edition", "list"],
        &["user", "list"],
        &["verify"],
        &["backup", "--out", "copy.tar.zst"],
        &["model", "run"],
        &["pack", "check", "data/packs"],
        &["edition", "publish", "--note", "测试发布"],
        &["user", "add", "--login", "li.na", "--name", "李娜", "--role", "auditor"],
        &["demo", "generate", "--out", "sheets", "--rows", "100"],
        &["model", "test", "--packs", "data/packs"],
    ];
    for document in documents {
        let _ = house.run(document.iter().chain(&["--json"])).ok().json();
    }
    let units = house.file("units.csv", "code,name,kind,parent\nwater,区水利局,牵头单位,\n").display().to_string();
    assert_eq!(house.run(["unit", "import", &units, "--json"]).ok().json()["added"], 1);
}

#[test]
fn a_command_without_a_data_folder_says_how_to_make_one() {
    let house = House::bare();
    let without: &[&[&str]] = &[&["figures"], &["finding", "list"], &["verify"], &["ledger", "batches"], &["serve"]];
    for command in without {
        let ran = house.run(*command);
        ran.says(&["MC-WIRING-001", "mingcha init"]);
        assert_eq!(ran.code, 1);
    }
    let house = House::new();
    house.run(["init"]).says(&["MC-WIRING-002"]);
    House::bare().run(["init", "--demo", "2019"]).says(&["2019", "2023"]);
}

#[test]
fn a_command_acts_as_the_account_it_was_told_and_no_further() {
    let house = House::demo();
    let file = house.file("证书.csv", Sheet::certificates(1).csv()).display().to_string();
    let import = |login: &str| house.run(["ledger", "import", CERTIFICATE, &file, "--as", login, "--json"]);
    let batches = house.batches().len();
    import("auditor").says(&["MC-ACCESS-002", "审计员", "导入台账"]);
    import("inspector").says(&["MC-ACCESS-001"]);
    import("nobody").says(&["MC-ACCESS-022", "nobody"]);
    assert_eq!(house.batches().len(), batches);
    assert_eq!(import("clerk").ok().json()["accepted"], 1);
    assert_eq!(house.batches()[0]["by"], "经办人");
    house.run(["edition", "publish", "--note", "测试", "--as", "clerk"]).says(&["MC-ACCESS-002"]);
}

#[test]
fn demo_sheets_are_the_same_for_a_seed_and_grow_with_rows() {
    let house = House::bare();
    let made = |out: &str, rows: &str, seed: &str| {
        let arguments = ["demo", "generate", "--json", "--out", out, "--rows", rows, "--seed", seed];
        house.run(arguments).ok().json()
    };
    let csv = |out: &str| {
        let entries = std::fs::read_dir(house.path(out)).expect("the sheets").flatten().map(|entry| entry.path());
        let mut texts: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "csv")).collect();
        texts.sort();
        assert!(!texts.is_empty());
        texts.iter().map(|path| std::fs::read(path).expect("a sheet")).collect::<Vec<_>>()
    };
    let one = made("one", "500", "7");
    let _ = (made("again", "500", "7"), made("other", "500", "8"));
    assert!(csv("one") == csv("again"), "the same seed gives the same sheets");
    assert!(csv("one") != csv("other"), "another seed gives other persons");
    let many = made("many", "5000", "7");
    let rows = |told: &Value| -> i64 {
        told["sheets"].as_array().expect("sheets").iter().filter_map(|sheet| sheet["rows"].as_i64()).sum()
    };
    assert!(rows(&many) > 2 * rows(&one), "{} and {}", rows(&many), rows(&one));
    let planted = |told: &Value| told["planted"].as_array().map(Vec::len);
    assert_eq!(planted(&many), planted(&one), "what is planted stays the same");
}
