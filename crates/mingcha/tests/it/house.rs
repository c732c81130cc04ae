//! A data folder and the built binary, as an operator has them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A data folder of a test's own, removed with it.
pub struct House {
    scratch: tempfile::TempDir,
}

/// What a command did.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Its JSON document.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {}\n{}", self.stdout, self.stderr))
    }

    /// Its JSON objects, one a line.
    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("no JSON ({error}): {line}")))
            .collect()
    }

    /// Fails unless the command ended well.
    #[must_use]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    /// Fails unless the command ended with this exit code.
    #[must_use]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    /// Fails unless the command failed with words that hold all of these.
    pub fn says(&self, words: &[&str]) {
        assert_ne!(self.code, 0, "it should have failed: {}", self.stdout);
        for word in words {
            assert!(self.stderr.contains(word), "missing “{word}” in: {}", self.stderr);
        }
    }
}

impl House {
    /// An empty scratch folder without a data folder in it.
    pub fn bare() -> Self {
        Self { scratch: tempfile::tempdir().expect("a scratch folder") }
    }

    /// A fresh data folder without the demo year.
    pub fn new() -> Self {
        let house = Self::bare();
        let _ = house.run(["init"]).ok();
        house
    }

    /// A data folder with the demo year: made once for this binary, then copied, which is itself a promise of ours.
    pub fn demo() -> Self {
        let house = Self::bare();
        let (template, _held) = demo_template();
        copy(&template, &house.data());
        house
    }

    /// What `init --demo 2023 --json` printed when the demo year was made.
    pub fn demo_told() -> String {
        let (template, _held) = demo_template();
        std::fs::read_to_string(template.with_file_name("accounts.json")).expect("kept beside the demo year")
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.scratch.path().join("data")
    }

    /// A path beside the data folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    /// Writes a file beside the data folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).expect("written");
        path
    }

    /// Hands in a sheet as a clerk's machine would.
    pub fn import(&self, ledger: &str, name: &str, content: impl AsRef<[u8]>) -> Ran {
        let file = self.file(name, content);
        self.run(["ledger", "import", "--json", ledger, &file.display().to_string()])
    }

    /// The rows of a ledger, persons in full, in the order of batch and line.
    pub fn rows(&self, ledger: &str) -> Vec<Value> {
        self.run(["ledger", "rows", "--json", ledger, "--unmask", "--purpose", "测试核对"]).ok().json_lines()
    }

    /// The batches, newest first.
    pub fn batches(&self) -> Vec<Value> {
        self.run(["ledger", "batches", "--json"]).ok().json().as_array().expect("a list").clone()
    }

    /// The findings of every model.
    pub fn findings(&self) -> Vec<Value> {
        self.run(["finding", "list", "--json"]).ok().json_lines()
    }

    /// Fails unless `verify` agrees.
    pub fn verifies(&self) {
        let _ = self.run(["verify"]).ok();
    }

    /// Runs a script of Python on this house's scratch folder: the hand of someone who alters data behind our back.
    pub fn python(&self, script: &str) -> String {
        let ran = Command::new("python3").arg("-c").arg(script).current_dir(self.scratch.path()).output();
        let Output { status, stdout, stderr } = ran.expect("python3 starts");
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
        String::from_utf8_lossy(&stdout).trim().to_owned()
    }

    /// Runs SQL on a database file of the data folder, behind the program's back, and returns what the last statement
    /// gives: rows as lines, cells separated by `|`. It must touch or find something.
    pub fn sql(&self, database: &str, statements: &str) -> String {
        let script = format!(
            "import sqlite3\nc = sqlite3.connect('data/{database}')\nfor s in {statements:?}.split(';'):\n    \
             if s.strip():\n        r = c.execute(s)\n        n = r.rowcount\n        rows = r.fetchall()\n        \
             assert n != 0, 'nothing altered by ' + s\nc.commit()\nc.close()\n\
             print('\\n'.join('|'.join(str(x) for x in row) for row in rows))"
        );
        self.python(&script)
    }

    /// The binary with this house's data folder, in a cleared environment.
    pub fn command<A: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mingcha"));
        command
            .args(arguments)
            .current_dir(self.scratch.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TMPDIR", self.scratch.path())
            .env("MINGCHA_DATA", self.data());
        command
    }

    /// Runs a command that ends itself at a fault point, if it passes that point; says whether it did.
    #[must_use]
    pub fn is_killed<A: AsRef<std::ffi::OsStr>>(&self, point: &str, arguments: impl IntoIterator<Item = A>) -> bool {
        let Output { status, stderr, .. } =
            self.command(arguments).env("MINGCHA_FAULT", point).output().expect("the binary starts");
        assert_ne!(status.code(), Some(1), "killed or well, not failed: {}", String::from_utf8_lossy(&stderr));
        status.code().is_none()
    }

    /// Runs a command to its end.
    pub fn run<A: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        let Output { status, stdout, stderr } = self.command(arguments).output().expect("the binary starts");
        Ran {
            code: status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&stdout).into_owned(),
            stderr: String::from_utf8_lossy(&stderr).into_owned(),
        }
    }
}

/// Where this repository is.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(Path::parent).expect("the repository").to_path_buf()
}

/// Copies a folder as `cp -r` does.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("copied");
        }
    }
}

/// The demo year, made by the binary under test; made again when the binary changed. Tests run side by side in several
/// processes, so the first one makes it under a lock and the others wait; it is read under the lock too, which is given
/// back when the file is dropped.
fn demo_template() -> (PathBuf, std::fs::File) {
    let binary = Path::new(env!("CARGO_BIN_EXE_mingcha"));
    let built = std::fs::metadata(binary).and_then(|file| file.modified()).expect("the binary's age");
    let stamp = built.duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_nanos();
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo-year");
    std::fs::create_dir_all(&home).expect("a folder");
    let lock = std::fs::File::create(home.join("lock")).expect("a lock file");
    lock.lock().expect("the lock");
    let made = home.join(stamp.to_string());
    if !made.join("done").exists() {
        for old in std::fs::read_dir(&home).expect("a folder").flatten().filter(|entry| entry.path().is_dir()) {
            let _ = std::fs::remove_dir_all(old.path());
        }
        let output = Command::new(binary)
            .args(["init", "--demo", "2023", "--json", "--data"])
            .arg(made.join("data"))
            .env_clear()
            .output()
            .expect("the binary starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::write(made.join("accounts.json"), &output.stdout).expect("written");
        std::fs::write(made.join("done"), "").expect("written");
    }
    (made.join("data"), lock)
}
