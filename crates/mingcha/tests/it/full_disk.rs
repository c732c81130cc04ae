//! A disk that fills up while a sheet goes in: the message says so, nothing is half in, and afterwards all goes on.

use std::process::Command;

use crate::house::House;
use crate::sheets::{CERTIFICATE, Sheet};

/// Enough rows that file, Parquet and store each need room.
const ROWS: u32 = 900;

fn says_that_the_disk_is_full(code: Option<i32>, stderr: &str, where_: &str) {
    assert_eq!(code, Some(1), "{where_}: {stderr}");
    assert!(stderr.contains("MC-") && stderr.contains("磁盘"), "{where_}: no word of the disk in: {stderr}");
    assert!(!stderr.contains("panicked"), "{where_}: {stderr}");
}

fn as_before(house: &House, rows: usize, batches: usize, where_: &str) {
    assert_eq!(house.rows(CERTIFICATE).len(), rows, "{where_}");
    assert_eq!(house.batches().len(), batches, "{where_}");
    house.verifies();
}

/// Every file that the program writes may grow to so many bytes and no further. Each database keeps what it has, so the
/// write that fails is another one for each limit.
#[test]
fn a_write_that_fails_anywhere_leaves_the_ledger_as_it_was() {
    let house = House::new();
    let _ = house.import(CERTIFICATE, "一月.csv", Sheet::certificates(2).csv()).ok();
    let file = house.file("全年.csv", Sheet::certificates(ROWS).csv());
    let mut failed = 0;
    for kib in [1, 8, 16, 32, 64, 96] {
        let where_ = format!("{kib} KiB");
        // SIGXFSZ ignored: the write gives an error instead of killing the process.
        let script = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$@\"");
        let import = house.command(["ledger", "import", "--json", CERTIFICATE, &file.display().to_string()]);
        let limited = Command::new("bash")
            .args(["-c", &script, "bash"])
            .arg(import.get_program())
            .args(import.get_args())
            .env_clear()
            .envs(import.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .current_dir(house.path(""))
            .output()
            .expect("bash starts");
        let stderr = String::from_utf8_lossy(&limited.stderr);
        if limited.status.success() {
            break;
        }
        says_that_the_disk_is_full(limited.status.code(), &stderr, &where_);
        as_before(&house, 2, 1, &where_);
        failed += 1;
    }
    assert!(failed >= 3, "the limits must be low enough to be met, {failed} were");
    let _ = house.import(CERTIFICATE, "全年.csv", Sheet::certificates(ROWS).csv()).ok();
    as_before(&house, ROWS as usize, 2, "with room again");
}

/// Runs in a mount namespace of its own. `$1` is the scratch folder, `$2` the binary, `$3` the ledger.
const ON_A_SMALL_DISK: &str = r#"
set -u
cd "$1"; mkdir -p disk
mount -t tmpfs -o size=24m tmpfs disk || exit 77
for free in 0 8 40 120 250 400 700; do
  rm -rf disk/*; cp -r data disk/data
  dd if=/dev/zero of=disk/ballast bs=4k status=none 2>/dev/null
  truncate -s "-${free}K" disk/ballast
  MINGCHA_DATA="$1/disk/data" "$2" ledger import --json "$3" 全年.csv >"full-$free.out" 2>"full-$free.err"
  echo "$free $?" >>codes
  rm disk/ballast
  rm -rf "left-$free"; cp -r disk/data "left-$free"
done
"#;

#[test]
fn a_full_disk_is_told_and_nothing_is_half_in() {
    let house = House::new();
    let _ = house.import(CERTIFICATE, "一月.csv", Sheet::certificates(2).csv()).ok();
    let whole = Sheet::certificates(ROWS).csv();
    house.file("全年.csv", &whole);
    let ran = Command::new("unshare")
        .args(["-rm", "bash", "-c", ON_A_SMALL_DISK, "bash"])
        .arg(house.path("."))
        .args([env!("CARGO_BIN_EXE_mingcha"), CERTIFICATE])
        .output();
    let could_mount = ran.is_ok_and(|ran| ran.status.success());
    if !could_mount {
        // Where no file system may be mounted, the limit on file size above stands for the full disk.
        return;
    }
    let codes = std::fs::read_to_string(house.path("codes")).expect("codes");
    let mut failed = 0;
    for (free, code) in codes.lines().filter_map(|line| line.split_once(' ')) {
        let where_ = format!("{free} KiB free");
        let stderr = std::fs::read_to_string(house.path(&format!("full-{free}.err"))).expect("messages");
        std::fs::remove_dir_all(house.data()).expect("removed");
        std::fs::rename(house.path(&format!("left-{free}")), house.data()).expect("put back");
        if code == "0" {
            as_before(&house, ROWS as usize, 2, &where_);
            continue;
        }
        failed += 1;
        says_that_the_disk_is_full(code.parse().ok(), &stderr, &where_);
        as_before(&house, 2, 1, &where_);
        let _ = house.import(CERTIFICATE, "全年.csv", &whole).ok();
        as_before(&house, ROWS as usize, 2, &where_);
    }
    assert!(failed >= 3, "the disk must be small enough to be met: {codes}");
}
