//! One server per data folder: a lock on a file that also says who holds it.
//!
//! Two servers would run the same jobs, take in the same watched folder and tell two truths about who is signed in. The
//! operating system gives the lock back when the process ends, however it ends, so nothing has to be cleaned up by hand.
//! Commands that write (`ledger import`) need no lock of their own: they take turns with the server by the lake's lease.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use mingcha_domain::Instant;

use crate::{DataFolder, WiringError};

/// Below the data folder.
const LOCK: &str = "serve.lock";

/// The right to serve a data folder; given back when dropped.
#[derive(Debug)]
pub struct ServerLock {
    // Held for its lock.
    file: File,
    path: PathBuf,
    since: Instant,
}

impl ServerLock {
    /// Takes the right to serve the folder at `root`, or says who has it.
    pub fn take(root: &Path, now: Instant) -> Result<Self, WiringError> {
        let folder = DataFolder::find(root)?;
        let path = folder.root().join(LOCK);
        let refused = |error: &std::io::Error| WiringError::file(&path, error);
        let opened = OpenOptions::new().create(true).read(true).write(true).truncate(false).open(&path);
        let mut file = opened.map_err(|error| refused(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(refused(&error)),
            Err(TryLockError::WouldBlock) => {
                let mut told = String::new();
                file.read_to_string(&mut told).map_err(|error| refused(&error))?;
                return Err(held(root, &told));
            }
        }
        let mut lock = Self { file, path, since: now };
        lock.tell("")?;
        Ok(lock)
    }

    /// Writes down where the server listens, for whoever comes second.
    pub fn tell(&mut self, address: &str) -> Result<(), WiringError> {
        let text = format!("{}\n{}\n{address}\n", std::process::id(), self.since.for_people());
        let written = self.file.set_len(0).and_then(|()| self.file.rewind());
        let written = written.and_then(|()| self.file.write_all(text.as_bytes())).and_then(|()| self.file.flush());
        written.map_err(|error| WiringError::file(&self.path, &error))
    }
}

/// What the holder wrote: its process, since when, and where it listens. It may not have written all of it yet.
fn held(root: &Path, told: &str) -> WiringError {
    let mut lines = told.lines().map(str::trim);
    let mut next = || lines.next().filter(|line| !line.is_empty()).unwrap_or("?").to_owned();
    WiringError::Served { folder: root.to_path_buf(), pid: next(), since: next(), address: next() }
}

#[cfg(test)]
mod tests {
    use mingcha_domain::Speaks;

    use super::*;

    #[test]
    fn the_second_hears_who_was_first_and_may_follow_when_the_first_has_gone() {
        let scratch = tempfile::tempdir().expect("a folder");
        let root = scratch.path().join("data");
        DataFolder::create(&root, None).expect("a data folder");
        let now = Instant::parse("2023-12-29T01:00:00Z").expect("a time");
        let mut first = ServerLock::take(&root, now).expect("nobody serves it");
        first.tell("127.0.0.1:12388").expect("told");
        let second = ServerLock::take(&root, now.plus_seconds(60)).expect_err("somebody serves it");
        let told = second.trouble();
        let fact = |name: &str| told.facts.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        assert_eq!(fact("pid"), Some(std::process::id().to_string()));
        assert_eq!(fact("since"), Some("2023-12-29 09:00".to_owned()));
        assert_eq!(fact("address"), Some("127.0.0.1:12388".to_owned()));
        drop(first);
        assert!(ServerLock::take(&root, now).is_ok());
    }
}
