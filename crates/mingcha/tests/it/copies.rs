//! Copies: a backup made while others work, a folder that was simply copied, and archives that are no good.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::house::{House, copy};
use crate::sheets::{CERTIFICATE, SUBSIDY, Sheet};

/// A server on a port of its own, ended with the test.
pub struct Served {
    child: Child,
    pub address: String,
}

impl Served {
    pub fn start(house: &House) -> Self {
        Self::start_with(house, &[], None)
    }

    /// The same with more arguments, and with a point at which it ends itself.
    pub fn start_with(house: &House, more: &[&str], fault: Option<&str>) -> Self {
        let mut command = house.command(["serve", "--listen", "127.0.0.1:0"]);
        if let Some(point) = fault {
            command.env("MINGCHA_FAULT", point);
        }
        let mut child =
            command.args(more).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut said = String::new();
        let mut messages = BufReader::new(child.stderr.take().expect("its messages")).lines();
        while let Some(line) = messages.next() {
            let line = line.expect("a line");
            if let Some((_, address)) = line.split_once("http://") {
                let address = address.trim().to_owned();
                assert!(!address.ends_with(":0"), "it says where it listens, not where it was asked to: {address}");
                // A server whose messages nobody reads would stumble over them.
                std::thread::spawn(move || messages.for_each(drop));
                return Self { child, address };
            }
            said.push_str(&line);
        }
        let ended = child.wait();
        panic!("the server ended ({ended:?}): {said}");
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it has ended by itself.
    pub fn ends(mut self, patience: std::time::Duration) -> bool {
        let begun = std::time::Instant::now();
        while begun.elapsed() < patience {
            if self.child.try_wait().expect("its state").is_some() {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        false
    }

    /// Ends it as a power cut does.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("it ended");
    }

    /// The status line of a page.
    pub fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer.lines().next().unwrap_or_default().to_owned()
    }

    /// Asks it to stop, as a service manager does, and says whether it went in peace.
    pub fn stop(mut self) -> bool {
        let told = std::process::Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(told.is_ok_and(|status| status.success()));
        self.child.wait().expect("it ends").success()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Ended already after `stop`; a test that failed half-way must not leave it behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Another place with the same scratch rules: the data folder is at `data`, and nothing else is there.
fn restored(archive: &Path) -> House {
    let elsewhere = House::bare();
    let _ = elsewhere.run(["restore", &archive.display().to_string(), "--data", "data", "--json"]).ok();
    elsewhere
}

#[test]
fn a_backup_made_while_others_serve_and_write_is_one_moment_and_restores_elsewhere() {
    let house = House::new();
    let first = Sheet::subsidies(1, 4);
    let _ = house.import(SUBSIDY, "补贴.csv", first.csv()).ok();
    let server = Served::start(&house);
    assert!(server.get("/").contains(" 200 "), "{}", server.get("/"));
    let (archive, done) = (house.path("copy.tar.zst"), AtomicBool::new(false));
    let written = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut written = 0;
            while !done.load(Ordering::SeqCst) || written < 2 {
                written += 1;
                let sheet = Sheet::certificates(written);
                let _ = house.import(CERTIFICATE, &format!("证书{written}.csv"), sheet.csv()).ok();
            }
            written
        });
        let told = house.run(["backup", "--out", &archive.display().to_string(), "--json"]).ok().json();
        done.store(true, Ordering::SeqCst);
        assert!(told["files"].as_i64() > Some(5) && told["bytes"].as_i64() > Some(0), "{told:#}");
        writer.join().expect("the writer")
    });
    assert!(server.get("/").contains(" 200 "), "it still serves");
    assert!(server.stop(), "SIGTERM ends it in peace");
    house.verifies();
    let (batches, findings) = (house.batches(), house.findings());
    assert_eq!(batches.len(), 1 + written as usize);

    let elsewhere = restored(&archive);
    std::fs::remove_dir_all(house.data()).expect("the original is gone");
    elsewhere.verifies();
    let there = elsewhere.batches();
    assert!(batches.ends_with(&there), "one moment: a beginning of what was written\n{there:#?}\n{batches:#?}");
    assert_eq!(elsewhere.rows(CERTIFICATE).len(), there.len() - 1, "as many certificates as sheets that had gone in");
    assert_eq!(elsewhere.findings(), findings);
    let _ = elsewhere.import(CERTIFICATE, "之后.csv", Sheet::certificates(written + 1).csv()).ok();
    assert_eq!(elsewhere.rows(CERTIFICATE).len(), written as usize + 1, "work goes on there");
    elsewhere.verifies();
}

#[test]
fn the_demo_year_survives_backup_and_restore_with_every_figure() {
    let house = House::demo();
    let archive = house.path("demo.tar.zst");
    let _ = house.run(["backup", "--out", &archive.display().to_string()]).ok();
    let figures = house.run(["figures", "--json"]).ok().stdout;
    std::fs::remove_dir_all(house.data()).expect("the original is gone");
    let elsewhere = restored(&archive);
    assert_eq!(elsewhere.run(["figures", "--json"]).ok().stdout, figures);
    let explained =
        elsewhere.run(["figures", "--explain", "vocational_training.funds_recovered", "--json"]).ok().json();
    assert_eq!(explained["count"], 88);
    elsewhere.verifies();
}

#[test]
fn a_copied_folder_works_when_its_original_is_gone() {
    let house = House::new();
    let _ = house.import(SUBSIDY, "补贴.csv", Sheet::subsidies(1, 4).csv()).ok();
    let rows = house.rows(SUBSIDY);
    let moved = House::bare();
    copy(&house.data(), &moved.data());
    std::fs::remove_dir_all(house.data()).expect("the original is gone");

    assert_eq!(moved.rows(SUBSIDY), rows);
    assert_eq!(moved.findings().len(), 1);
    let changed = Sheet::subsidies(1, 4).with(2, "补贴金额（元）", "900");
    let _ = moved.import(SUBSIDY, "补贴（改）.csv", changed.csv()).ok();
    assert_eq!(moved.rows(SUBSIDY).len(), 4);
    moved.verifies();
    assert!(!house.data().exists(), "and nothing was written where the original lay");
}

#[test]
fn a_copied_folder_never_reads_its_original() {
    let house = House::new();
    let _ = house.import(CERTIFICATE, "证书.csv", Sheet::certificates(3).csv()).ok();
    let moved = House::bare();
    copy(&house.data(), &moved.data());
    // The original goes on, and its files are spoilt: whoever read them would notice.
    let _ = house.import(CERTIFICATE, "证书（改）.csv", Sheet::certificates(3).with(2, "姓名", "李四").csv()).ok();
    spoil(&house.data().join("lake/lake"));
    spoil(&house.data().join("sources"));

    moved.verifies();
    let rows = moved.rows(CERTIFICATE);
    assert!(rows.len() == 3 && rows.iter().all(|row| row["name"] == "张三"), "{rows:#?}");
    let _ = moved.import(CERTIFICATE, "证书（再改）.csv", Sheet::certificates(3).with(2, "姓名", "王五").csv()).ok();
    assert_eq!(moved.rows(CERTIFICATE).iter().filter(|row| row["name"] == "王五").count(), 1);
    moved.verifies();
}

fn spoil(folder: &Path) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { spoil(&path) } else { std::fs::write(path, b"spoilt").expect("written") }
    }
}

#[test]
fn an_archive_that_is_no_good_is_refused_and_leaves_nothing() {
    let house = House::new();
    let _ = house.import(CERTIFICATE, "证书.csv", Sheet::certificates(3).csv()).ok();
    let archive = house.path("copy.tar.zst");
    let _ = house.run(["backup", "--out", &archive.display().to_string()]).ok();
    let good = std::fs::read(&archive).expect("the archive");
    let inside = zstd::decode_all(good.as_slice()).expect("unpacked");
    let packed = |bytes: &[u8]| zstd::encode_all(bytes, 3).expect("packed");
    let altered = {
        // One letter of a file inside, in an archive that is whole otherwise.
        let mut bytes = inside.clone();
        let text = "张三".as_bytes();
        let at = bytes.windows(text.len()).position(|window| window == text).expect("a name in the source sheet");
        bytes[at + text.len() - 1] ^= 1;
        packed(&bytes)
    };
    let mut flipped = good.clone();
    flipped[good.len() / 2] ^= 0x55;
    let escaping = {
        let mut tar = tar::Builder::new(Vec::new());
        let manifest = br#"{"format":1,"files":{"../outside":{"bytes":1,"sm3":"00"}}}"#;
        append(&mut tar, "manifest.json", manifest);
        append(&mut tar, "outside", b"x");
        packed(&tar.into_inner().expect("a tar"))
    };
    let bad: &[(&str, &[u8])] = &[
        ("flipped", &flipped),
        ("altered", &altered),
        ("cut short", &good[..good.len() / 2]),
        ("cut at the end", &packed(&inside[..inside.len() * 3 / 4])),
        ("no archive", b"these are not the bytes of an archive"),
        ("empty", b""),
        ("a plain zstd", &packed(b"hello")),
        ("escaping", &escaping),
    ];
    for (what, bytes) in bad {
        let elsewhere = House::bare();
        let archive = elsewhere.file("bad.tar.zst", bytes);
        let ran = elsewhere.run(["restore", &archive.display().to_string(), "--data", "data"]);
        assert_eq!(ran.code, 1, "{what}: {}", ran.stdout);
        assert!(ran.stderr.contains("MC-WIRING-008") && ran.stderr.contains("没有留下"), "{what}: {}", ran.stderr);
        let left: Vec<_> = std::fs::read_dir(elsewhere.path("")).expect("the place").flatten().collect();
        assert_eq!(left.len(), 1, "{what}: nothing but the archive is there: {left:?}");
    }
    house.run(["restore", "nowhere.tar.zst", "--data", "other"]).says(&["MC-WIRING-006", "nowhere.tar.zst"]);
    house.run(["restore", &archive.display().to_string(), "--data", "data"]).says(&["MC-WIRING-002"]);
    house.verifies();
}

fn append(tar: &mut tar::Builder<Vec<u8>>, name: &str, bytes: &[u8]) {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    tar.append_data(&mut header, name, bytes).expect("appended");
}
