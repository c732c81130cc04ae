//! The watched folder of a real server, also of one that is killed in the middle.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::copies::Served;
use crate::house::House;
use crate::sheets::{SUBSIDY, Sheet};

/// How long a test waits for what is sure to come.
const PATIENCE: Duration = Duration::from_secs(60);

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what} did not come");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn watched(house: &House) -> PathBuf {
    house.path("收件夹")
}

fn put(house: &House, name: &str, sheet: &Sheet) {
    let half = house.file(name, sheet.csv());
    std::fs::rename(half, watched(house).join(SUBSIDY).join(name)).expect("put into the folder");
}

fn serve(house: &House) -> Served {
    let folder = watched(house).display().to_string();
    Served::start_with(house, &["--watch", &folder, "--watch-every", "1"], None)
}

#[test]
fn a_sheet_that_is_put_into_its_folder_goes_in_and_models_run_on_it() {
    let house = House::new();
    let served = serve(&house);
    let home = watched(&house).join(SUBSIDY);
    assert!(home.join("说明 README.txt").exists());
    put(&house, "四次.csv", &Sheet::subsidies(1, 4));
    until("the sheet", || home.join("已导入/四次.csv.txt").exists());
    let told = std::fs::read_to_string(home.join("已导入/四次.csv.txt")).expect("told");
    assert!(told.contains("收下 4 行"), "{told}");
    assert_eq!(house.rows(SUBSIDY).len(), 4);
    until("a finding", || !house.findings().is_empty());
    assert_eq!(house.batches()[0]["by"], "收件夹");
    assert!(served.stop(), "SIGTERM ends it in peace");
    house.verifies();
}

/// A server is killed at a point of an import of the watched folder; the next one finishes it, once.
fn killed_at(point: &str) {
    let house = House::new();
    std::fs::create_dir_all(watched(&house).join(SUBSIDY)).expect("a folder");
    let folder = watched(&house).display().to_string();
    let served = Served::start_with(&house, &["--watch", &folder, "--watch-every", "1"], Some(point));
    put(&house, "十一月.csv", &Sheet::subsidies(1, 3).with(2, "发放日期", "不详"));
    assert!(served.ends(PATIENCE), "the server did not pass {point}");

    let _next = serve(&house);
    let mend = watched(&house).join(SUBSIDY).join("需更正");
    until("the file", || mend.join("十一月.csv").exists());
    let told = std::fs::read_to_string(mend.join("十一月.csv.txt")).expect("told");
    assert!(told.contains("收下 2 行") && told.contains("退回 1 行"), "{point}: {told}");
    assert!(mend.join("十一月-标注.xlsx").exists(), "{point}");
    assert_eq!(house.rows(SUBSIDY).len(), 2, "{point}");
    assert_eq!(house.batches().len(), 1, "{point}: nothing went in twice");
    assert!(is_empty(&watched(&house).join(SUBSIDY).join("处理中")), "{point}");
    house.verifies();
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

#[test]
fn killed_when_the_file_is_kept() {
    killed_at("imports.staged");
}

#[test]
fn killed_when_the_rows_are_in_and_nothing_is_told() {
    killed_at("imports.run");
}

#[test]
fn killed_between_lake_and_store() {
    killed_at("ledger.lake_committed");
}
