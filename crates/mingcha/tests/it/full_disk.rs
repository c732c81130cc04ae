//! A disk that fills up while a sheet goes in: the message says so, nothing is half in, and afterwards all goes on.

use std::process::Command;

use crate::house::House;
use crate::sheets::{CERTIFICATE, Sheet};

/// Enough rows that file, Parquet and store each need room.
const ROWS: u32 = 900;

/// What the command that met a full disk left behind.
struct Met<'a> {
    code: Option<i32>,
    stdout: &'a str,
    stderr: &'a str,
    place: &'a str,
    rows: u32,
}

impl Met<'_> {
    /// It failed with words about the disk. Either nothing went in; or the whole batch did and was told, and it was what
    /// follows from it that found no room. Says which.
    fn is_in(&self, house: &House) -> bool {
        let Self { code, stdout, stderr, place, rows } = self;
        assert_eq!(*code, Some(1), "{place}: {stderr}");
        assert!(stderr.contains("MC-") && stderr.contains("磁盘"), "{place}: no word of the disk in: {stderr}");
        assert!(!stderr.contains("panicked"), "{place}: {stderr}");
        if stdout.is_empty() {
            holds(house, 2, 1, place);
            return false;
        }
        let told: serde_json::Value = serde_json::from_str(stdout).expect("the answer");
        assert_eq!(told["accepted"], rows - 2, "{place}: {told:#}");
        assert!(stderr.contains("MC-CLI-005"), "{place}: {stderr}");
        holds(house, *rows as usize, 2, place);
        true
    }
}

fn holds(house: &House, rows: usize, batches: usize, place: &str) {
    assert_eq!(house.rows(CERTIFICATE).len(), rows, "{place}");
    assert_eq!(house.batches().len(), batches, "{place}");
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
        let (stdout, stderr) = (String::from_utf8_lossy(&limited.stdout), String::from_utf8_lossy(&limited.stderr));
        let code = limited.status.code();
        let met = Met { code, stdout: &stdout, stderr: &stderr, place: &format!("{kib} KiB"), rows: ROWS };
        if code == Some(0) || met.is_in(&house) {
            break;
        }
        failed += 1;
    }
    assert!(failed >= 3, "the limits must be low enough to be met, {failed} were");
    let _ = house.import(CERTIFICATE, "全年.csv", Sheet::certificates(ROWS).csv()).ok();
    holds(&house, ROWS as usize, 2, "with room again");
}

/// Runs in a mount namespace of its own. `$1` is the scratch folder, `$2` the binary, `$3` the ledger, `$4` the size of
/// the disk, `$5` the KiB that are free on it, one try after the other.
const ON_A_SMALL_DISK: &str = r#"
set -u
cd "$1"; mkdir -p disk
mount -t tmpfs -o "size=$4" tmpfs disk || exit 77
for free in $5; do
  rm -rf disk/*; cp -r data disk/data
  dd if=/dev/zero of=disk/ballast bs=4k status=none 2>/dev/null
  truncate -s "-${free}K" disk/ballast
  MINGCHA_DATA="$1/disk/data" "$2" ledger import --json "$3" 全年.csv >"full-$free.out" 2>"full-$free.err"
  echo "$free $?" >>codes
  rm disk/ballast
  rm -rf "left-$free"; cp -r disk/data "left-$free"
done
"#;

/// Imports `全年.csv` on a disk of this size with ever more room on it, and looks at what is left each time. Says how
/// often the sheet did not go in, each time with what must be possible then; nothing where nobody may mount.
fn on_small_disks(house: &House, rows: u32, size: &str, free: &str, again: impl Fn(&str)) -> Option<usize> {
    let ran = Command::new("unshare")
        .args(["-rm", "bash", "-c", ON_A_SMALL_DISK, "bash"])
        .arg(house.path("."))
        .args([env!("CARGO_BIN_EXE_mingcha"), CERTIFICATE, size, free])
        .output();
    // Where nobody may mount, the limit on file size above stands for the full disk.
    ran.ok().filter(|ran| ran.status.success())?;
    let codes = std::fs::read_to_string(house.path("codes")).expect("codes");
    let mut failed = 0;
    for (free, code) in codes.lines().filter_map(|line| line.split_once(' ')) {
        let place = format!("{free} KiB free");
        let said = |what: &str| std::fs::read_to_string(house.path(&format!("full-{free}.{what}"))).expect("kept");
        std::fs::remove_dir_all(house.data()).expect("removed");
        std::fs::rename(house.path(&format!("left-{free}")), house.data()).expect("put back");
        if code == "0" {
            holds(house, rows as usize, 2, &place);
            continue;
        }
        let (stdout, stderr) = (said("out"), said("err"));
        let met = Met { code: code.parse().ok(), stdout: &stdout, stderr: &stderr, place: &place, rows };
        failed += usize::from(!met.is_in(house));
        again(&place);
    }
    Some(failed)
}

#[test]
fn a_full_disk_is_told_and_nothing_is_half_in() {
    let house = House::new();
    let _ = house.import(CERTIFICATE, "一月.csv", Sheet::certificates(2).csv()).ok();
    let whole = Sheet::certificates(ROWS).csv();
    house.file("全年.csv", &whole);
    let failed = on_small_disks(&house, ROWS, "24m", "0 8 40 120 250 400 700", |place| {
        let _ = house.import(CERTIFICATE, "全年.csv", &whole).ok();
        holds(&house, ROWS as usize, 2, place);
    });
    let Some(failed) = failed else { return };
    assert!(failed >= 3, "the disk must be small enough to be met: {failed} times");
}

/// So many certificates that the file is several megabytes. From the third on they are one person's.
fn large_sheet(rows: u32) -> String {
    let first = Sheet::certificates(2).csv();
    let row = first.lines().last().expect("a row").to_owned();
    (3..=rows).fold(first, |csv, no| csv + &row.replace("S000002", &format!("S{no:06}")) + "\n")
}

#[test]
fn a_disk_that_fills_up_in_the_middle_of_a_large_sheet_holds_nothing_of_it() {
    const MANY: u32 = 26_000;
    let house = House::new();
    let _ = house.import(CERTIFICATE, "一月.csv", Sheet::certificates(2).csv()).ok();
    let whole = large_sheet(MANY);
    assert!(whole.len() > 3 << 20, "a sheet of several megabytes, not {} bytes", whole.len());
    house.file("全年.csv", &whole);
    // At first the file itself finds no room; then it does, and what is made of it does not; then all of it does.
    let free = "1000 2500 3500 3800 4100 4500 5500";
    let Some(failed) = on_small_disks(&house, MANY, "48m", free, |_| ()) else { return };
    assert!(failed >= 2, "the disk must be small enough to be met: {failed} times");
    let _ = house.import(CERTIFICATE, "全年.csv", &whole).ok();
    holds(&house, MANY as usize, 2, "with room again");
}
