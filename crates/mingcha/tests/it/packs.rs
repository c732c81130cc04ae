//! Packs that somebody else wrote: broken ones are told all their faults at once, a new one works as it is.

use std::path::Path;

use serde_json::Value;

use crate::house::{House, repository};
use crate::river;

fn check(house: &House, folder: &Path) -> crate::house::Ran {
    house.run(["pack", "check", &folder.display().to_string()])
}

fn faults(house: &House, folder: &Path) -> Vec<Value> {
    let ran = house.run(["pack", "check", "--json", &folder.display().to_string()]).ends(1);
    ran.json().as_array().expect("a list").clone()
}

#[test]
fn our_own_packs_have_no_fault_and_their_worked_cases_pass() {
    let house = House::bare();
    let packs = repository().join("packs");
    let _ = check(&house, &packs).ok();
    let told = house.run(["model", "test", "--json", "--packs", &packs.display().to_string()]).ok().json();
    assert!(told["passed"].as_i64() > Some(10) && told["failed"] == 0, "{told:#}");
}

/// One fault for each page, and what it must be told with: code, marked text, words of message or help.
type Broken =
    (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static str, &'static [&'static str]);

const BROKEN: &[Broken] = &[
    ("unknown_column", &[("max(g.level_m) AS", "max(g.levle_m) AS")], "MC-ENGINE-007", "g.levle_m", &["level_m"]),
    ("unknown_table", &[("FROM gauge g", "FROM guage g")], "MC-ENGINE-003", "guage", &["gauge"]),
    ("unknown_function", &[("max(g.level_m) AS", "maxx(g.level_m) AS")], "MC-ENGINE-008", "maxx", &["max"]),
    ("clock", &[("$as_of", "now()")], "MC-ENGINE-004", "now", &["$as_of"]),
    ("today", &[("$as_of", "current_date")], "MC-ENGINE-004", "current_date", &["$as_of"]),
    ("chance", &[("> $warning", "> random()")], "MC-ENGINE-005", "random", &[]),
    ("unknown_parameter", &[("$warning", "$warnings")], "MC-ENGINE-009", "$warnings", &["warning"]),
    ("a_file", &[("FROM gauge g", "FROM read_parquet('/etc/passwd') g")], "MC-ENGINE-006", "read_parquet", &[]),
    ("a_quoted_file", &[("FROM gauge g", "FROM '/etc/passwd' g")], "MC-ENGINE-", "/etc/passwd", &[]),
    ("unproved", &[("\"station\" }", "\"level_m\" }")], "MC-ENGINE-036", "", &["whole_ledger"]),
];

#[test]
fn every_fault_of_broken_packs_is_told_at_once_with_its_place_and_the_way_out() {
    let house = House::bare();
    let packs = house.path("packs");
    river::drop_into(&packs);
    for (name, changes, ..) in BROKEN {
        river::page(&packs, name, changes);
    }
    let writes = [("SELECT g.station", "DELETE FROM gauge; SELECT g.station")];
    river::page(&packs, "writes", &writes);
    river::page(&packs, "unknown_key", &[("title_en = ", "titel_en = ")]);

    let told = faults(&house, &packs);
    let text = check(&house, &packs).ends(1).stdout;
    let of = |file: &str| -> Vec<&Value> {
        let ends = |fault: &&Value| fault["file"].as_str().is_some_and(|path| path.ends_with(file));
        told.iter().filter(ends).collect()
    };
    for (name, _, code, marked, words) in BROKEN {
        let file = format!("models/{name}.md");
        let found = of(&file);
        assert_eq!(found.len(), 1, "{name}: {found:#?}");
        let fault = found[0];
        assert!(fault["code"].as_str().is_some_and(|is| is.starts_with(code)), "{name}: {fault:#}");
        let page = std::fs::read_to_string(packs.join("river").join(&file)).expect("the page");
        let (line, column) = (fault["line"].as_u64().expect("a line"), fault["column"].as_u64().expect("a column"));
        if !marked.is_empty() {
            assert_eq!(line as usize, river::line_of(&page, marked), "{name}: {fault:#}");
        }
        assert!(column >= 1);
        let said = format!("{} {}", fault["message"], fault["help"]);
        assert!(!said.contains("MC-") && said.chars().any(|c| c > '\u{4e00}'), "{name}: words for people: {said}");
        words.iter().for_each(|word| assert!(said.contains(word), "{name}: missing “{word}” in: {said}"));
        let place = format!("river/{file}:{line}:{column}");
        assert!(text.contains(&place), "{name}: no {place} in:\n{text}");
    }
    assert!(of("models/writes.md").iter().any(|fault| fault["code"] == "MC-ENGINE-002"), "{told:#?}");
    misspelt_key(&of("models/unknown_key.md"));
    assert!(of("models/above_warning.md").is_empty(), "what is right is not blamed");
}

/// `titel_en` is told with the name that was meant, and that the right one is missing.
fn misspelt_key(faults: &[&Value]) {
    let codes: Vec<&str> = faults.iter().filter_map(|fault| fault["code"].as_str()).collect();
    assert_eq!(codes.len(), 2, "{faults:#?}");
    assert!(codes.contains(&"MC-PACK-003") && codes.contains(&"MC-PACK-004"), "{faults:#?}");
    let unknown = faults.iter().find(|fault| fault["code"] == "MC-PACK-003").expect("the unknown key");
    assert!(unknown["help"].as_str().is_some_and(|help| help.contains("title_en")), "{unknown:#}");
}

#[test]
fn a_ledger_that_is_not_understood_is_told_without_blaming_the_sql_that_reads_it() {
    let house = House::bare();
    let packs = house.path("packs");
    river::drop_into(&packs);
    let toml = packs.join("river/ledgers/gauge.toml");
    let text = std::fs::read_to_string(&toml).expect("the ledger");
    std::fs::write(&toml, text.replacen("name = \"level_m\"", "nmae = \"level_m\"", 1)).expect("written");
    let told = faults(&house, &packs);
    assert!(told.iter().any(|fault| fault["code"] == "MC-PACK-003"), "{told:#?}");
    assert!(!told.iter().any(|fault| fault["code"].as_str().is_some_and(|code| code.contains("ENGINE"))), "{told:#?}");
}

#[test]
fn a_worked_case_that_does_not_hold_fails_with_what_came_instead() {
    let house = House::bare();
    let packs = house.path("packs");
    river::drop_into(&packs);
    let folder = packs.display().to_string();
    let test = || house.run(["model", "test", river::MODEL, "--packs", &folder]);
    assert!(test().ok().stdout.contains("2 passed, 0 failed"));
    river::page(&packs, "above_warning", &[("HAVING max(g.level_m) > $warning", "HAVING max(g.level_m) >= $warning")]);
    let told = test().ends(1).stdout;
    assert!(told.contains("✗ river.above_warning · 等于的不列出"), "{told}");
    assert!(told.contains("+ ") && told.contains("2023-06-01") && told.contains("1 passed, 1 failed"), "{told}");
}

#[test]
fn the_same_faults_are_told_in_english_when_asked() {
    let house = House::bare();
    let packs = house.path("packs");
    river::drop_into(&packs);
    river::page(&packs, "clock", &[("$as_of", "now()")]);
    let ran = house.run(["--lang", "en", "pack", "check", &packs.display().to_string()]).ends(1);
    assert!(ran.stdout.contains("MC-ENGINE-004") && ran.stdout.contains("clock"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("业务日期"), "{}", ran.stdout);
}

#[test]
fn a_folder_without_packs_and_a_folder_that_is_not_there_are_refused() {
    let house = House::bare();
    std::fs::create_dir(house.path("nothing")).expect("a folder");
    assert!(check(&house, &house.path("nothing")).ends(1).stdout.contains("MC-PACK-038"));
    check(&house, &house.path("nowhere")).says(&["nowhere"]);
}

#[test]
fn a_data_folder_with_a_broken_pack_does_not_start_and_names_the_place() {
    let house = House::new();
    river::drop_into(&house.data().join("packs"));
    river::page(&house.data().join("packs"), "clock", &[("$as_of", "now()")]);
    house.run(["finding", "list"]).says(&["MC-WIRING-007", "clock.md", "pack check"]);
}

#[test]
fn a_pack_never_seen_before_works_from_sheet_to_figure() {
    let house = House::new();
    river::drop_into(&house.data().join("packs"));
    let sheet = "测站,日期,水位（米）,人工读数\n甲,2023/6/1,8.01,是\n甲,2023-06-02,8.00,否\n乙,20230601,9.50,看情况\n";
    let taken = house.import(river::LEDGER, "水位.csv", sheet).ends(2).json();
    assert_eq!((&taken["accepted"], &taken["rejected"]), (&2.into(), &1.into()), "{taken:#}");
    let reject = &taken["rejects"][0];
    assert_eq!(
        (&reject["row"], &reject["column"], &reject["code"]),
        (&4.into(), &"人工读数".into(), &"MC-INTAKE-052".into())
    );
    let rows = house.rows(river::LEDGER);
    assert_eq!((&rows[0]["manual"], &rows[1]["manual"]), (&true.into(), &false.into()), "{rows:#?}");

    let found = house.run(["finding", "list", "--json", river::MODEL]).ok().json_lines();
    assert_eq!(found.len(), 1, "{found:#?}");
    let sentence = found[0]["sentence"].as_str().expect("a sentence");
    assert!(sentence.contains('甲') && sentence.contains("8.01"), "{sentence}");
    let evidence = &found[0]["evidence"][0];
    assert_eq!((&evidence["ledger"], &evidence["row"]), (&river::LEDGER.into(), &2.into()), "{found:#?}");

    let figure = |house: &House| -> Value {
        let figures = house.run(["figures", "--json"]).ok().json();
        let ours = figures.as_array().expect("a list").iter().find(|figure| figure["project"] == "river").cloned();
        ours.expect("the figure of the new pack")
    };
    assert_eq!((&figure(&house)["value"], &figure(&house)["said"]), (&1.into(), &"1".into()));
    let corrected = sheet.replace("看情况", "否");
    let _ = house.import(river::LEDGER, "水位（改）.csv", corrected).ok();
    assert_eq!(figure(&house)["value"], 2);
    let explained = house.run(["figures", "--explain", "river.readings_high", "--json"]).ok().json();
    assert_eq!(explained["count"], 2, "{explained:#}");
    house.verifies();
}

#[test]
fn a_model_that_explodes_meets_its_limit_and_the_others_still_run() {
    let house = House::new();
    let packs = house.data().join("packs");
    river::drop_into(&packs);
    let explodes = [
        ("local_by = { gauge = \"station\" }", "whole_ledger = true"),
        ("key = [\"station\", \"read_on\"]", "key = [\"station\", \"read_on\", \"other\", \"other_on\"]"),
        (
            "max(g.level_m) AS level_m, evidence(g._ref) AS evidence",
            "o.station AS other, o.read_on AS other_on, max(g.level_m) AS level_m, evidence(g._ref) AS evidence",
        ),
        ("FROM gauge g", "FROM gauge g CROSS JOIN gauge o"),
        ("GROUP BY g.station, g.read_on", "GROUP BY g.station, g.read_on, o.station, o.read_on"),
    ];
    river::page(&packs, "explodes", &explodes);
    let mut sheet = "测站,日期,水位（米）\n".to_owned();
    for station in 0..40 {
        for day in 1..=28 {
            sheet.push_str(&format!("站{station},2023-02-{day:02},8.50\n"));
        }
    }
    let _ = house.import(river::LEDGER, "水位.csv", sheet);
    let ran = house.run(["model", "run", "--json", "--full"]).ends(1);
    let models = ran.json()["models"].as_array().expect("models").clone();
    let of = |name: &str| models.iter().find(|model| model["model"] == name).expect(name).clone();
    let exploded = of("river.explodes");
    assert_eq!(exploded["how"], "failed");
    let message = exploded["message"].as_str().expect("a message");
    assert!(message.contains("已停止"), "which limit was met, and what to do: {message}");
    assert_eq!(of(river::MODEL)["findings"], 40 * 28, "the other model is not held up");
    house.verifies();
}
