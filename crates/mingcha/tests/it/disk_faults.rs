//! A disk that gives errors: the system calls of an import fail from the n-th on, by injection.

use std::process::Command;

use crate::house::{House, Ran};
use crate::sheets::{CERTIFICATE, Sheet};

/// Imports while these calls fail with this error from the n-th on; nothing where nobody may trace.
fn import(house: &House, file: &str, calls: &str, error: &str, from: u32) -> Option<Ran> {
    let command = house.command(["ledger", "import", "--json", CERTIFICATE, file]);
    let ran = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")])
        .args(["-e", &format!("inject={calls}:error={error}:when={from}+")])
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear()
        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .current_dir(house.path(""))
        .output()
        .ok()?;
    let stderr = String::from_utf8_lossy(&ran.stderr).into_owned();
    let stdout = String::from_utf8_lossy(&ran.stdout).into_owned();
    (!stderr.contains("PTRACE")).then(|| Ran { code: ran.status.code().unwrap_or(-1), stdout, stderr })
}

/// Fails from ever later calls on, by this step, until an import passes. After each failure the folder must hold all of the sheet or
/// nothing of it, and a clerk must have been told.
fn fails_from_each(calls: &str, error: &str, at_least: u32, step: usize) {
    let house = House::new();
    let _ = house.import(CERTIFICATE, "一月.csv", Sheet::certificates(2).csv()).ok();
    let mut known = 2;
    for from in (1..1000).step_by(step) {
        let sheet = Sheet::certificates(known + 3);
        let file = house.file("全年.csv", sheet.csv()).display().to_string();
        let Some(ran) = import(&house, &file, calls, error, from) else { return };
        let place = format!("{calls} from the {from}. on: {}{}", ran.stdout, ran.stderr);
        assert!(!ran.stderr.contains("panicked"), "{place}");
        let there = u32::try_from(house.rows(CERTIFICATE).len()).expect("few");
        assert!(there == known || there == known + 3, "{there} rows, {place}");
        house.verifies();
        if ran.code == 0 {
            assert_eq!(there, known + 3, "what was told as done is in, {place}");
            assert!(from > at_least, "the first calls must be met: {from}");
            return;
        }
        assert_eq!(ran.code, 1, "{place}");
        assert!(ran.stderr.contains("MC-"), "a word to the clerk, {place}");
        known = there;
    }
    panic!("{calls} failed in every import");
}

#[test]
fn a_sync_that_fails_leaves_all_of_a_sheet_or_nothing() {
    fails_from_each("fsync,fdatasync", "EIO", 5, 1);
}

#[test]
fn a_rename_or_a_cut_that_fails_leaves_all_of_a_sheet_or_nothing() {
    fails_from_each("rename,renameat,renameat2,ftruncate,mkdir", "ENOSPC", 1, 1);
}

#[test]
fn a_write_into_the_databases_that_fails_leaves_all_of_a_sheet_or_nothing() {
    fails_from_each("pwrite64", "ENOSPC", 20, 9);
}
