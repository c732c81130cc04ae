//! The reference year: each of its figures is computed from records that came in as sheets, and opens down to their lines.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::house::House;

const PROJECT: &str = "vocational_training";

/// Figures of the reference bulletin that this pack states: key, value, wording.
pub const REFERENCE: &[(&str, f64, &str)] = &[
    ("problems_rectified", 22.0, "22"),
    ("persons_involved", 88.0, "88"),
    ("funds_recovered", 8.69, "8.69"),
    ("supervision_indicators", 11.0, "11"),
    ("inspections", 42.0, "42"),
];

pub fn figures(house: &House) -> Vec<Value> {
    house.run(["figures", "--json"]).ok().json().as_array().expect("a list").clone()
}

pub fn explain(house: &House, key: &str) -> Value {
    house.run(["figures", "--explain", &format!("{PROJECT}.{key}"), "--json"]).ok().json()
}

#[test]
fn every_figure_of_the_reference_is_computed_from_records() {
    let house = House::demo();
    let figures = figures(&house);
    for (key, value, said) in REFERENCE {
        let figure = figures
            .iter()
            .find(|figure| figure["project"] == PROJECT && figure["key"] == *key)
            .unwrap_or_else(|| panic!("{key} is missing: {figures:#?}"));
        assert_eq!(figure["value"].as_f64(), Some(*value), "{key}");
        assert_eq!(figure["said"], *said, "{key}");
    }
}

#[test]
fn the_recovered_money_opens_down_to_lines_of_source_sheets() {
    let house = House::demo();
    let explained = explain(&house, "funds_recovered");
    let records = explained["records"].as_array().expect("records");
    assert_eq!(records.len(), 88, "one recovery for each person");
    let mut fen = 0;
    for record in records {
        fen += (record["amount"].as_f64().expect("an amount") * 100.0).round() as i64;
        let rests_on = record["rests_on"].as_array().expect("what it rests on");
        assert!(!rests_on.is_empty(), "a recovery that rests on nothing: {record:#}");
        for finding in rests_on {
            let rows = finding["evidence"].as_array().expect("evidence");
            assert!(!rows.is_empty(), "a finding without rows: {finding:#}");
            for row in rows {
                let file = row["file"].as_str().expect("a file");
                assert!(file.ends_with(".xlsx") || file.ends_with(".csv"), "{file}");
                assert!(row["row"].as_i64().expect("a line") >= 2, "{row}");
            }
        }
    }
    assert_eq!(fen, 8_690_000);
    assert_eq!(explained["count"], 88);
    assert!(explained["definition"].as_str().is_some_and(|text| !text.is_empty()));
    assert_eq!(explained["digest"].as_str().map(str::len), Some(64), "an SM3 in hex");
}

#[test]
fn every_problem_and_person_opens_to_findings_and_their_rows() {
    let house = House::demo();
    for (key, count) in [("problems_rectified", 22), ("persons_involved", 88)] {
        let explained = explain(&house, key);
        let records = explained["records"].as_array().expect("records");
        assert!(records.len() >= count, "{key}: {}", records.len());
        for record in records {
            let findings = record["rests_on"].as_array().expect("what it rests on");
            assert!(!findings.is_empty(), "{key} is unlinked: {record:#}");
            assert!(findings.iter().all(|finding| finding["evidence"].as_array().is_some_and(|rows| !rows.is_empty())));
        }
    }
}

#[test]
fn the_models_find_what_was_planted_and_nothing_else() {
    let house = House::bare();
    let out = house.path("sheets");
    let generated = house
        .run(["demo", "generate", "--json", "--out"].map(Into::into).into_iter().chain([out.into_os_string()]))
        .ok()
        .json();
    let planted: BTreeSet<(String, String)> = generated["planted"]
        .as_array()
        .expect("planted")
        .iter()
        .map(|planted| {
            (planted["model"].as_str().expect("a model").to_owned(), planted["key"].as_str().expect("a key").to_owned())
        })
        .collect();
    assert!(planted.len() >= 100, "{}", planted.len());

    let house = House::demo();
    let found: BTreeSet<(String, String)> = house
        .run(["finding", "list", "--json", "--unmask", "--purpose", "与种植清单核对"])
        .ok()
        .json_lines()
        .iter()
        .map(|finding| {
            (finding["model"].as_str().expect("a model").to_owned(), finding["key"].as_str().expect("a key").to_owned())
        })
        .collect();
    let missed: Vec<_> = planted.difference(&found).collect();
    let false_alarms: Vec<_> = found.difference(&planted).collect();
    assert!(missed.is_empty() && false_alarms.is_empty(), "missed {missed:?}, false alarms {false_alarms:?}");
}

#[test]
fn withdrawing_a_source_batch_asks_for_a_recheck_and_the_explanation_says_so() {
    let house = House::demo();
    let before = explain(&house, "funds_recovered");
    let batch = before["records"][0]["rests_on"][0]["evidence"][0]["batch"].as_i64().expect("a batch").to_string();

    let _ = house.run(["ledger", "withdraw", &batch, "--why", "发错了表", "--json"]).ok();

    let after = explain(&house, "funds_recovered");
    assert_eq!(after["value"], before["value"], "what people verified is not undone by data");
    let marked =
        after["records"].as_array().expect("records").iter().filter(|record| record["recheck"] == true).count();
    assert!(marked > 0, "no record is marked for a re-check");
    assert_eq!(after["recheck_count"].as_u64(), Some(marked as u64));
    let gone: Vec<Value> = house
        .run(["finding", "list", "--json"])
        .ok()
        .json_lines()
        .into_iter()
        .filter(|finding| finding["finding_state"] == "vanished")
        .collect();
    assert!(!gone.is_empty());
    assert!(gone.iter().all(|finding| finding["vanished_cause"] == "batch_withdrawn"), "{gone:#?}");
    let _ = house.run(["verify"]).ok();
}

#[test]
fn the_bulletin_says_the_figures_and_never_types_them() {
    let house = House::demo();
    let out = house.path("bulletin.md");
    let arguments = |format: &str| ["bulletin", "render", "--format", format, "--out"].map(str::to_owned);
    let _ = house.run(arguments("md").into_iter().chain([out.display().to_string()])).ok();
    let text = std::fs::read_to_string(&out).expect("the bulletin");
    for words in [
        "职业技能培训领域突出问题专项治理",
        "区人社保局",
        "共整改问题22个",
        "涉及人数88人",
        "追回违规资金8.69万元",
        "11项具体监督指标",
        "累计开展检查42次",
    ] {
        assert!(text.contains(words), "missing “{words}” in:\n{text}");
    }
    let out = house.path("bulletin.html");
    let _ = house.run(arguments("html").into_iter().chain([out.display().to_string()])).ok();
    let html = std::fs::read_to_string(&out).expect("the bulletin");
    assert!(html.contains("<h") && html.contains("8.69万元"), "{html}");
}
