//! Killed in every gap between lake, store and jobs: the next start tells the truth, and the same can be done again.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::house::{House, repository};
use crate::sheets::{SUBSIDY, Sheet};

/// Each point at which the program can be killed, with a test of its own.
macro_rules! gaps {
    ($($name:ident: $point:literal),+ $(,)?) => {
        const WALKED: &[&str] = &[$($point),+];
        $(
            #[test]
            fn $name() {
                killed_at($point);
            }
        )+
    };
}

gaps! {
    killed_before_the_lake_is_written: "ledger.before_lake",
    killed_between_lake_and_store: "ledger.lake_committed",
    killed_at_the_end_of_the_stores_transaction: "ledger.before_store",
    killed_when_the_store_has_committed: "ledger.store_committed",
    killed_with_a_job_in_hand: "jobs.leased",
    killed_between_a_jobs_work_and_its_mark: "jobs.handled",
    killed_between_two_jobs: "jobs.done",
}

/// Points that only a server passes; `watching.rs` walks them.
const WALKED_BY_SERVERS: &[&str] = &["imports.staged", "imports.run"];

#[test]
fn every_fault_point_of_the_source_is_walked() {
    let mut there = BTreeSet::new();
    for entry in std::fs::read_dir(repository().join("crates")).expect("crates/") {
        points(&entry.expect("an entry").path().join("src"), &mut there);
    }
    assert!(
        there.contains("ledger.lake_committed"),
        "the search must see a point that is known to be there: {there:?}"
    );
    let walked: BTreeSet<String> = WALKED.iter().chain(WALKED_BY_SERVERS).map(|point| (*point).to_owned()).collect();
    assert_eq!(there, walked, "a fault point without a test, or a test without its point: edit `gaps!`");
}

fn points(folder: &Path, found: &mut BTreeSet<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            points(&path, found);
        } else {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let names = text.split("fault::point(\"").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(names.map(ToOwned::to_owned));
        }
    }
}

/// What a person sees of the ledger and of what the model makes of it.
#[derive(Clone, PartialEq, Debug)]
struct Seen {
    rows: BTreeSet<String>,
    findings: usize,
}

/// The truth as the next start tells it. Fails when rows, batches and trail disagree.
fn seen(house: &House) -> Seen {
    let committed: BTreeSet<i64> = house
        .batches()
        .iter()
        .filter(|batch| batch["state"] == "committed")
        .map(|batch| batch["batch"].as_i64().expect("a number"))
        .collect();
    let mut rows = BTreeSet::new();
    for mut row in house.rows(SUBSIDY) {
        let batch = row.as_object_mut().and_then(|row| row.remove("_batch")).and_then(|batch| batch.as_i64());
        assert!(batch.is_some_and(|batch| committed.contains(&batch)), "a row of a batch that is not listed: {row}");
        rows.insert(row.to_string());
    }
    let is_there = |finding: &Value| finding["finding_state"] != "vanished";
    let findings = house.findings().iter().filter(|finding| is_there(finding)).count();
    house.verifies();
    Seen { rows, findings }
}

/// Three subsidies of one person, then the sheet again with a fourth, one changed and one that cannot be read.
struct Scene {
    house: House,
    second: Sheet,
}

impl Scene {
    fn new() -> Self {
        let house = House::new();
        let other = Sheet::subsidies(2, 1);
        let first = Sheet::subsidies(1, 3).and(other.clone());
        let _ = house.import(SUBSIDY, "一季度.csv", first.csv()).ok();
        let unreadable = other.with(2, "发放日期", "不详");
        Self { house, second: Sheet::subsidies(1, 4).with(2, "补贴金额（元）", "900").and(unreadable) }
    }

    fn import(&self) -> Vec<String> {
        let file = self.house.file("二季度.xlsx", self.second.xlsx()).display().to_string();
        ["ledger", "import", "--json", SUBSIDY, &file].map(ToOwned::to_owned).to_vec()
    }

    fn withdraw(&self) -> Vec<String> {
        let newest = self.house.batches()[0]["batch"].to_string();
        ["ledger", "withdraw", &newest, "--why", "发错了表", "--json"].map(ToOwned::to_owned).to_vec()
    }
}

fn killed_at(point: &str) {
    let importing = killed_while_importing(point);
    let withdrawing = killed_while_withdrawing(point);
    assert!(importing || withdrawing, "no command passes {point}");
}

fn killed_while_importing(point: &str) -> bool {
    let scene = Scene::new();
    let before = seen(&scene.house);
    assert_eq!((before.rows.len(), before.findings), (4, 0));
    let killed = scene.house.is_killed(point, scene.import());

    let told = seen(&scene.house);
    let again = scene.house.run(scene.import()).ends(2).json();
    assert_eq!(again["rejected"], 1, "{again:#}");
    let after = seen(&scene.house);
    assert_eq!((after.rows.len(), after.findings), (5, 1), "the same file goes in again, and the model has run on it");
    assert!(told == before || told == after, "half a batch after {point}: {told:#?}");
    assert!(!killed || told == before || again["superseded"] == 0, "what was in is not taken in twice: {again:#}");

    let _ = scene.house.run(scene.withdraw()).ok();
    assert_eq!(seen(&scene.house), before, "and it can be withdrawn");
    killed
}

fn killed_while_withdrawing(point: &str) -> bool {
    let scene = Scene::new();
    let before = seen(&scene.house);
    let _ = scene.house.run(scene.import()).ends(2);
    let after = seen(&scene.house);
    let order = scene.withdraw();
    let killed = scene.house.is_killed(point, &order);

    let told = seen(&scene.house);
    assert!(told == before || told == after, "half a withdrawal after {point}: {told:#?}");
    if told == after {
        let _ = scene.house.run(&order).ok();
    } else {
        scene.house.run(&order).says(&["MC-LEDGER-005"]);
    }
    assert_eq!(seen(&scene.house), before);
    let _ = scene.house.run(scene.import()).ends(2);
    assert_eq!(seen(&scene.house), after, "a withdrawn file may be sent again");
    killed
}

/// The points above are the gaps that somebody thought of; these are moments that nobody chose.
#[test]
fn killed_at_any_moment_nothing_is_half_done() {
    let scene = Scene::new();
    let before = seen(&scene.house);
    let mut importing = scene.house.command(scene.import());
    importing.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let whole = std::time::Instant::now();
    let _ = importing.output().expect("a whole import, to know how long it takes");
    let whole = whole.elapsed();
    let after = seen(&scene.house);
    let _ = scene.house.run(scene.withdraw()).ok();
    for part in 1..=7_u32 {
        let mut child = importing.spawn().expect("the binary starts");
        std::thread::sleep(whole * part / 8);
        child.kill().expect("killed, or ended already");
        child.wait().expect("it ended");
        let told = seen(&scene.house);
        assert!(told == before || told == after, "half a batch after {part}/8 of an import: {told:#?}");
        if told == after {
            let _ = scene.house.run(scene.withdraw()).ok();
        }
    }
    assert_eq!(seen(&scene.house), before);
}
