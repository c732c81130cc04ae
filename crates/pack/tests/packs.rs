//! Packs as a person writes them: whole ones, and ones named by what is wrong with them.
//!
//! `tests/broken/NAME.md` describes one broken pack: fenced blocks whose language is a path are laid over the sound pack
//! in `tests/sound/`, and what is shown of it is the snapshot of the same name.

use std::path::{Path, PathBuf};

use mingcha_domain::{Day, Value};
use mingcha_pack::{Aggregate, Effect, Loaded, Locality, PackSet, Spoken, Unmasked};
use mingcha_words::Lang;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every fault as a person sees it.
fn shown(loaded: &Loaded, lang: Lang) -> String {
    let mut text = String::new();
    for fault in &loaded.faults {
        text.push_str(&fault.render(&loaded.sources, &spoken(lang, &fault.trouble), false));
        text.push_str("\n\n");
    }
    text
}

fn spoken(lang: Lang, trouble: &mingcha_domain::Trouble) -> Spoken {
    Spoken { message: mingcha_words::message(lang, trouble), help: mingcha_words::remedy(lang, trouble) }
}

#[test]
fn the_packs_of_this_repository_have_no_fault() {
    let loaded = PackSet::load(&here("../../packs"));
    assert!(loaded.faults.is_empty(), "\n{}", shown(&loaded, Lang::Zh));
}

#[test]
fn a_sound_pack_is_understood_whole() {
    let loaded = PackSet::load(&here("tests/sound"));
    assert!(loaded.faults.is_empty(), "\n{}", shown(&loaded, Lang::Zh));
    let set = &loaded.set;
    assert_eq!(set.packs.iter().map(|pack| pack.key.as_str()).collect::<Vec<_>>(), ["common", "training"]);

    let ledger = set.ledger("training.subsidy").expect("the ledger");
    assert_eq!(ledger.key, ["grant_no"]);
    assert_eq!(
        ledger.column("amount").expect("the column").max,
        Some(Value::Decimal("100000.00".parse().expect("a number")))
    );
    assert!(set.ledger("common.official").expect("the ledger").reference);

    let model = set.model("training.more_than_three").expect("the model");
    assert_eq!(model.effect, Effect::Verify);
    let Locality::Local { by } = &model.locality else { panic!("local") };
    assert_eq!(by["training.subsidy"].value, "resident_id");
    assert_eq!(model.params[0].value, Value::Int(3));
    let marked = &loaded.sources.text(&model.sql.at.file)[model.sql.at.span()];
    assert_eq!(marked, model.sql.value, "an offset in the SQL is an offset in the page");
    assert_eq!(model.lead, "同一人一年内享受补贴多于 3 次。");
    assert_eq!(model.sections.iter().map(|section| section.heading.as_str()).collect::<Vec<_>>().len(), 4);

    let [fires, silent] = &model.cases[..] else { panic!("two cases") };
    assert_eq!(fires.as_of, "2023-12-29".parse::<Day>().ok());
    assert_eq!(fires.given[0].ledger, "training.subsidy");
    assert_eq!(fires.given[0].rows[0].label.as_deref(), Some("fires_1"));
    assert_eq!(fires.given[0].rows[3].cells[3], Value::Decimal("800.00".parse().expect("a number")));
    assert_eq!(fires.then.rows[0].evidence.as_ref().map(Vec::len), Some(4));
    assert_eq!(
        fires.then.columns.iter().map(|column| column.value.as_str()).collect::<Vec<_>>(),
        ["resident_id", "times"]
    );
    assert!(silent.then.rows.is_empty());

    let figure = set.figure("training.money_back").expect("the figure");
    assert_eq!(figure.aggregate, Aggregate::Sum("amount".to_owned()));
    assert_eq!((figure.divide, figure.decimals, figure.order), (10_000, 2, 1));
    assert_eq!(set.checklist("training.supervision").expect("the checklist").items.len(), 2);
    let demo = set.pack("training").and_then(|pack| pack.demo.as_ref()).expect("the demo plan");
    assert_eq!(
        demo.sheets.iter().map(|sheet| sheet.ledger.as_str()).collect::<Vec<_>>(),
        ["training.subsidy", "ops.problem"]
    );
    assert_eq!(demo.near_misses[0].given[0].rows.len(), 1);
}

#[test]
fn what_the_guide_shows_is_a_sound_pack() {
    let guide = std::fs::read_to_string(here("../../docs/packs.md")).expect("the guide");
    let mut files: Vec<(String, String)> = vec![
        ("vocational_training/demo/certificate.sql".to_owned(), "SELECT 1".to_owned()),
        ("vocational_training/demo/expected_more_than_three.sql".to_owned(), "SELECT 1".to_owned()),
    ];
    for (heading, file) in [
        ("`pack.toml`", "pack.toml"),
        ("`ledgers/NAME.toml`", "ledgers/training_subsidy.toml"),
        ("`models/NAME.md`", "models/more_than_three_a_year.md"),
        ("`checklists/NAME.toml`", "checklists/supervision.toml"),
        ("`figures.toml`", "figures.toml"),
        ("`demo/plan.toml`", "demo/plan.toml"),
    ] {
        files.push((format!("vocational_training/{file}"), first_block(&guide, heading)));
    }
    let plan = files.last_mut().expect("the plan");
    plan.1 = plan.1.replace("ledger = \"certificate\"", "ledger = \"training_subsidy\"");
    let dir = tempfile::tempdir().expect("a folder");
    lay_over(dir.path(), &files);
    let loaded = PackSet::load(dir.path());
    assert!(loaded.faults.is_empty(), "\n{}", shown(&loaded, Lang::En));
    assert_eq!(loaded.set.model("vocational_training.more_than_three_a_year").expect("the model").cases.len(), 2);
}

/// The first fenced block under a heading of the guide.
fn first_block(guide: &str, heading: &str) -> String {
    let (_, below) = guide.split_once(&format!("## {heading}\n")).expect(heading);
    let fence: String =
        below.lines().find(|line| line.starts_with("```")).expect(heading).chars().take_while(|c| *c == '`').collect();
    let (_, block) = below.split_once(&fence).expect(heading);
    let (_, block) = block.split_once('\n').expect(heading);
    let (block, _) = block.split_once(&format!("\n{fence}\n")).expect(heading);
    format!("{block}\n")
}

#[test]
fn a_finding_is_said_with_veiled_names_unless_a_purpose_was_given() {
    let loaded = PackSet::load(&here("tests/sound"));
    let wording = &loaded.set.model("training.more_than_three").expect("the model").wording;
    let columns = [
        ("resident_id".to_owned(), Value::Text("330902199001011239".to_owned())),
        ("times".to_owned(), Value::Int(4)),
        ("amount".to_owned(), Value::Decimal("3200".parse().expect("a number"))),
    ];
    assert_eq!(wording.say(&columns, Unmasked(false)), "330902********1239 享受补贴 4 次，合计 3,200.00 元。");
    assert_eq!(wording.say(&columns, Unmasked(true)), "330902199001011239 享受补贴 4 次，合计 3,200.00 元。");
    assert_eq!(
        wording.say(&columns[..1], Unmasked(false)),
        "330902********1239 享受补贴 〔times〕 次，合计 〔amount〕。"
    );
}

#[test]
fn only_what_decides_the_outcome_changes_the_version() {
    let version = |change: &dyn Fn(&str) -> String| {
        let dir = tempfile::tempdir().expect("a folder");
        lay_over(dir.path(), &[]);
        let page = dir.path().join("training/models/more_than_three.md");
        let text = std::fs::read_to_string(&page).expect("the page");
        let changed = change(&text);
        std::fs::write(&page, &changed).expect("written");
        PackSet::load(dir.path()).set.model("training.more_than_three").expect("the model").version.clone()
    };
    let before = version(&str::to_owned);
    assert_eq!(before, version(&|page| page.replace("为什么查\n", "为什么查\n更多的理由。")));
    assert_ne!(before, version(&|page| page.replace("value = 3", "value = 4")));
    assert_ne!(before, version(&|page| page.replace("HAVING count(*) >", "HAVING count(*) >=")));
    assert_ne!(before, version(&|page| page.replace("\"resident_id\" }", "\"lower(resident_id)\" }")));
}

#[test]
fn every_broken_pack_is_told_with_place_and_remedy() {
    let mut seen = 0;
    for name in broken() {
        let text = std::fs::read_to_string(here("tests/broken").join(format!("{name}.md"))).expect("a broken pack");
        let dir = tempfile::tempdir().expect("a folder");
        lay_over(dir.path(), &files_in(&text));
        let loaded = PackSet::load(dir.path());
        assert!(!loaded.faults.is_empty(), "{name} is told as sound");
        insta::assert_snapshot!(name, shown(&loaded, Lang::Zh));
        seen += 1;
    }
    assert!(seen >= 10, "only {seen} broken packs were found");
}

#[test]
fn a_fault_is_json_with_line_and_column() {
    let text = std::fs::read_to_string(here("tests/broken/unknown_keys.md")).expect("a broken pack");
    let dir = tempfile::tempdir().expect("a folder");
    lay_over(dir.path(), &files_in(&text));
    let loaded = PackSet::load(dir.path());
    let fault = loaded.faults.iter().find(|fault| fault.trouble.code == "MC-PACK-003").expect("an unknown key");
    insta::assert_json_snapshot!(fault.json(&loaded.sources, &spoken(Lang::En, &fault.trouble)));
}

#[test]
fn a_folder_without_packs_and_one_that_is_not_there_are_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let codes = |dir: &Path| PackSet::load(dir).faults.iter().map(|fault| fault.trouble.code).collect::<Vec<_>>();
    assert_eq!(codes(dir.path()), ["MC-PACK-038"]);
    assert_eq!(codes(&dir.path().join("nowhere")), ["MC-PACK-001"]);
}

#[test]
fn a_file_that_is_not_utf8_is_told_and_the_rest_is_read() {
    let dir = tempfile::tempdir().expect("a folder");
    lay_over(dir.path(), &[]);
    std::fs::write(dir.path().join("training/ledgers/gbk.toml"), b"title = \"\xd6\xd0\"").expect("written");
    let loaded = PackSet::load(dir.path());
    assert_eq!(loaded.faults.len(), 1, "{}", shown(&loaded, Lang::Zh));
    assert_eq!(loaded.faults[0].at.file, "training/ledgers/gbk.toml");
    assert!(loaded.set.ledger("training.subsidy").is_some());
}

fn broken() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(here("tests/broken"))
        .expect("the broken packs")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Blocks fenced by four backticks whose language is a path.
fn files_in(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in text.split_inclusive('\n') {
        match line.trim_end().strip_prefix("````") {
            Some("") => open = false,
            Some(path) => {
                open = true;
                files.push((path.to_owned(), String::new()));
            }
            None if open => files.last_mut().expect("an open file").1.push_str(line),
            None => {}
        }
    }
    files
}

/// Copies the sound packs and lays files over them.
fn lay_over(dir: &Path, files: &[(String, String)]) {
    copy(&here("tests/sound"), dir);
    for (path, text) in files {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("readable") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("copied");
        }
    }
}
