//! The power goes while a sheet goes in: of what was written, only what was brought to the disk in time is there when it
//! comes back. A kill cannot show this, for the system keeps the writes of a process that was killed.
//!
//! An import runs under `strace`; [`trace`] reads what it asked of the system and [`disk`] tells what a disk would still
//! have after each of its syncs. On each such disk the ledger must be as it was before, or as it is afterwards.

mod disk;
mod trace;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use self::disk::{Disk, Lost};
use crate::house::House;
use crate::sheets::{CERTIFICATE, Sheet};

/// Calls that change what a disk holds, and those that tell which file a number stands for.
const CALLS: &str = "trace=open,openat,creat,write,pwrite64,writev,pwritev,lseek,ftruncate,truncate,fallocate,rename,\
    renameat,renameat2,unlink,unlinkat,link,linkat,fsync,fdatasync,copy_file_range,sendfile,close,dup,dup2,dup3";

/// The rows, without the numbers of their batches. Fails when the folder does not agree with its own trail.
fn rows(house: &House, place: &str) -> BTreeSet<String> {
    let rows = house.rows(CERTIFICATE).into_iter().map(|mut row| {
        row.as_object_mut().and_then(|row| row.remove("_batch"));
        row.to_string()
    });
    let rows = rows.collect();
    let verified = house.run(["verify"]);
    assert_eq!(verified.code, 0, "{place}: {}{}", verified.stdout, verified.stderr);
    rows
}

/// Runs a command of this house under `strace`; nothing where that cannot be.
fn traced(house: &House, arguments: &[&str]) -> Option<String> {
    let log = house.path("calls");
    let command = house.command(arguments);
    let ran = Command::new("strace")
        .args(["-f", "-xx", "-s", "100000000", "-e", CALLS, "-o"])
        .arg(&log)
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear()
        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .current_dir(house.path(""))
        .output();
    // Where nobody may trace, the kills at fault points stand for the power cut.
    let ran = ran.ok().filter(|ran| !String::from_utf8_lossy(&ran.stderr).contains("PTRACE"))?;
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    Some(std::fs::read_to_string(log).expect("the calls"))
}

/// Puts a disk's files where a house has its data.
fn after_the_cut(disk: &Disk, lost: Lost, like: &Path) -> House {
    let house = House::bare();
    disk.write_to(&house.data(), lost, like);
    house
}

/// Walks the power cuts of a command that leads from `before` to `after`. Each disk must show one of the two, and from
/// there the command must lead to `after`.
fn walk(house: &House, arguments: &[&str], again: impl Fn(&House)) {
    let before = rows(house, "before");
    let kept = house.path("before");
    crate::house::copy(&house.data(), &kept);
    let Some(calls) = traced(house, arguments) else { return };
    let after = rows(house, "after");
    assert_ne!(before, after, "the command must change something");

    let mut disk = Disk::of(&kept, &house.data());
    let (mut known, mut shown, mut syncs) = (BTreeSet::new(), BTreeSet::new(), 0);
    for call in trace::calls(&calls, &house.path("")) {
        if !disk.does(call) {
            continue;
        }
        syncs += 1;
        for lost in [Lost::NamesAndContent, Lost::Content] {
            if !known.insert(disk.fingerprint(lost)) {
                continue;
            }
            let place = format!("after sync {syncs}, {lost:?} lost");
            let cut = after_the_cut(&disk, lost, &kept);
            let told = rows(&cut, &place);
            assert!(told == before || told == after, "half of it, {place}: {told:#?}");
            shown.insert(told == after);
            if told == before {
                again(&cut);
                assert_eq!(rows(&cut, &place), after, "and then it goes in, {place}");
            }
        }
    }
    assert!(syncs >= 4, "sources, lake and store are brought to the disk: {syncs} syncs were seen");
    assert_eq!(shown, BTreeSet::from([false, true]), "cuts before and after the moment that counts");
    let cut = after_the_cut(&disk, Lost::NamesAndContent, &kept);
    assert_eq!(rows(&cut, "at the end"), after, "what was told as done outlives a power cut");
}

#[test]
fn a_power_cut_while_a_sheet_goes_in_leaves_all_of_it_or_nothing() {
    let house = House::new();
    let _ = house.import(CERTIFICATE, "一月.csv", Sheet::certificates(2).csv()).ok();
    let second = Sheet::certificates(4).with(2, "发证日期", "2023-05-01").csv();
    let file = house.file("全年.csv", &second).display().to_string();
    walk(&house, &["ledger", "import", "--json", CERTIFICATE, &file], |cut| {
        let _ = cut.import(CERTIFICATE, "全年.csv", &second).ok();
    });
}

#[test]
fn a_power_cut_while_a_batch_is_withdrawn_leaves_it_or_takes_it() {
    let house = House::new();
    let _ = house.import(CERTIFICATE, "一月.csv", Sheet::certificates(2).csv()).ok();
    let second = Sheet::certificates(4).with(2, "发证日期", "2023-05-01");
    let _ = house.import(CERTIFICATE, "全年.csv", second.csv()).ok();
    let order = ["ledger", "withdraw", "2", "--why", "发错了表", "--json"];
    walk(&house, &order, |cut| {
        let _ = cut.run(order).ok();
    });
}
