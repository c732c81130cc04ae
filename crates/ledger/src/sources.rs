//! Files as they were handed in, kept under their SM3: `sources/3f/3fa9…`. Never changed, never deleted.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use mingcha_intake::IntakeError;
use sm3::{Digest, Sm3};

use crate::Hindrance;
use crate::sheet::busy;

/// Bytes that are read at once.
const BLOCK_BYTES: u64 = 1 << 20;

pub(crate) fn sm3_of(bytes: &[u8]) -> String {
    hex::encode(Sm3::digest(bytes))
}

/// Where a file with this SM3 lies.
pub(crate) fn place(sources: &Path, sm3: &str) -> PathBuf {
    sources.join(sm3.get(..2).unwrap_or_default()).join(sm3)
}

/// Keeps a file that goes elsewhere than into a ledger (a sheet of past casework) beside the others; returns its SM3.
pub fn keep_source(sources: &Path, bytes: &[u8]) -> Result<String, Hindrance> {
    let arrived = Arrived::bytes(sources, bytes)?;
    let sm3 = arrived.sm3().to_owned();
    arrived.keep()?;
    Ok(sm3)
}

/// How many files this process has begun to write: two people may hand in the same sheet at the same moment.
static BEGUN: AtomicU64 = AtomicU64::new(0);

/// A file that has arrived and is on the disk under a passing name; unless it is kept, it goes again.
#[derive(Debug)]
pub(crate) struct Arrived {
    sources: PathBuf,
    half: PathBuf,
    sm3: String,
    length: u64,
    /// As it was written, until it is forced to the disk.
    written: Option<File>,
    is_kept: bool,
}

impl Arrived {
    /// Of bytes in memory.
    pub(crate) fn bytes(sources: &Path, bytes: &[u8]) -> Result<Self, Hindrance> {
        Self::write(sources, &mut &*bytes).map_err(|error| Hindrance::source(&error))
    }

    /// Of a file that lies somewhere else; it is copied, and hashed on another thread meanwhile.
    pub(crate) fn file(sources: &Path, from: &Path) -> Result<Self, Hindrance> {
        let unreadable = |error: &std::io::Error| IntakeError::Unreadable {
            path: from.display().to_string(),
            why: error.to_string(),
        };
        let mut file = File::open(from).map_err(|error| unreadable(&error))?;
        Self::write(sources, &mut file).map_err(|error| Hindrance::source(&error))
    }

    /// Of a file that lies somewhere else, to be hashed later ([`Self::hash`]): it can be read meanwhile.
    pub(crate) fn copy(sources: &Path, from: &Path) -> Result<Self, Hindrance> {
        let copied = || -> std::io::Result<Self> {
            fs::create_dir_all(sources)?;
            let mut arrived = Self::begin(sources);
            let (mut file, mut half) = (File::open(from)?, File::create(&arrived.half)?);
            let mut block = Vec::with_capacity(BLOCK_BYTES as usize);
            while Read::by_ref(&mut file).take(BLOCK_BYTES).read_to_end(&mut block)? > 0 {
                half.write_all(&block)?;
                arrived.length += block.len() as u64;
                block.clear();
            }
            arrived.written = Some(half);
            Ok(arrived)
        };
        copied().map_err(|error| Hindrance::source(&error))
    }

    /// Forces it to the disk and hashes it.
    pub(crate) fn hash(&mut self) -> Result<(), Hindrance> {
        let written = self.written.take();
        let hashed = || -> std::io::Result<String> {
            written.map_or_else(|| File::open(&self.half), Ok)?.sync_all()?;
            hash_of(&self.half)
        };
        self.sm3 = hashed().map_err(|error| Hindrance::source(&error))?;
        Ok(())
    }

    fn begin(sources: &Path) -> Self {
        let nth = BEGUN.fetch_add(1, Ordering::Relaxed);
        let half = sources.join(format!("{}-{nth}.part", std::process::id()));
        Self { sources: sources.to_owned(), half, sm3: String::new(), length: 0, written: None, is_kept: false }
    }

    fn write(sources: &Path, from: &mut impl Read) -> std::io::Result<Self> {
        fs::create_dir_all(sources)?;
        let mut arrived = Self::begin(sources);
        let mut file = File::create(&arrived.half)?;
        (arrived.sm3, arrived.length) = std::thread::scope(|scope| {
            let (way, blocks) = std::sync::mpsc::sync_channel::<Arc<Vec<u8>>>(4);
            let hashing = scope.spawn(move || {
                let mut hash = Sm3::new();
                blocks.into_iter().for_each(|block| hash.update(block.as_slice()));
                hex::encode(hash.finalize())
            });
            let mut length = 0;
            loop {
                let mut block = Vec::with_capacity(BLOCK_BYTES as usize);
                Read::by_ref(from).take(BLOCK_BYTES).read_to_end(&mut block)?;
                if block.is_empty() {
                    break;
                }
                file.write_all(&block)?;
                length += block.len() as u64;
                // It only ends when there are no more blocks.
                let _ = way.send(Arc::new(block));
            }
            drop(way);
            file.sync_all()?;
            match hashing.join() {
                Ok(sm3) => Ok::<_, std::io::Error>((sm3, length)),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })?;
        Ok(arrived)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.half
    }

    pub(crate) fn sm3(&self) -> &str {
        &self.sm3
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Puts it where it belongs. One that is there already stays: a reader never meets half a file.
    pub(crate) fn keep(mut self) -> Result<(), Hindrance> {
        let to = place(&self.sources, &self.sm3);
        if Whole::known(&to, &self.sm3).is_some() || (to.exists() && hash_of(&to).is_ok_and(|sm3| sm3 == self.sm3)) {
            return Ok(());
        }
        let keep = || -> std::io::Result<()> {
            let folder = to.parent().unwrap_or(&self.sources);
            fs::create_dir_all(folder)?;
            fs::rename(&self.half, &to)?;
            File::open(folder)?.sync_all()?;
            File::open(&self.sources)?.sync_all()
        };
        keep().map_err(|error| Hindrance::source(&error))?;
        self.is_kept = true;
        Whole::of(&to).into_iter().for_each(|whole| whole.remember(&self.sm3));
        Ok(())
    }
}

impl Drop for Arrived {
    fn drop(&mut self) {
        // A half file helps nobody; on a full disk its room does.
        if !self.is_kept
            && let Err(error) = fs::remove_file(&self.half)
        {
            tracing::warn!(%error, file = %self.half.display(), "a file that was not kept could not be removed");
        }
    }
}

/// Files that this process has hashed and that nobody has touched since: what the system says of them is as it was.
/// `verify` never asks here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Whole {
    length: u64,
    modified: Option<SystemTime>,
    inode: [i64; 4],
}

static WHOLE: Mutex<BTreeMap<String, Whole>> = Mutex::new(BTreeMap::new());
/// How many files are remembered.
const WHOLE_MAX: usize = 64;

impl Whole {
    fn of(path: &Path) -> Option<Self> {
        let seen = fs::metadata(path).ok()?;
        Some(Self { length: seen.len(), modified: seen.modified().ok(), inode: inode(&seen)? })
    }

    fn known(path: &Path, sm3: &str) -> Option<()> {
        let known = WHOLE.lock().unwrap_or_else(PoisonError::into_inner).get(sm3).copied()?;
        (Self::of(path)? == known).then_some(())
    }

    fn remember(self, sm3: &str) {
        let mut known = WHOLE.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= WHOLE_MAX {
            known.pop_first();
        }
        known.insert(sm3.to_owned(), self);
    }
}

/// What changes with any change of a file, its owner's clock notwithstanding; `None` where the system does not tell.
#[cfg(unix)]
fn inode(seen: &fs::Metadata) -> Option<[i64; 4]> {
    use std::os::unix::fs::MetadataExt;
    Some([i64::try_from(seen.ino()).ok()?, i64::try_from(seen.dev()).ok()?, seen.ctime(), seen.ctime_nsec()])
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> Option<[i64; 4]> {
    None
}

fn hash_of(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let (mut hash, mut block) = (Sm3::new(), vec![0; BLOCK_BYTES as usize]);
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(&block[..read]);
    }
}

/// Holds a file against its name, whatever this process knows of it.
pub(crate) fn check(sources: &Path, sm3: &str) -> Result<(), Hindrance> {
    let altered = || Hindrance::SourceAltered { sm3: sm3.to_owned() };
    match hash_of(&place(sources, sm3)) {
        Ok(hash) if hash == sm3 => Ok(()),
        Ok(_) => Err(altered()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(altered()),
        Err(error) => Err(Hindrance::source(&error)),
    }
}

/// Where a file lies, once it was held against its name.
pub(crate) async fn checked(sources: &Path, sm3: &str) -> Result<PathBuf, Hindrance> {
    let (sources, path, sm3) = (sources.to_owned(), place(sources, sm3), sm3.to_owned());
    busy(move || {
        if Whole::known(&path, &sm3).is_some() {
            return Ok(path);
        }
        // What the system said before: whoever writes to it while it is hashed is not remembered as whole.
        let seen = Whole::of(&path);
        check(&sources, &sm3)?;
        seen.into_iter().for_each(|whole| whole.remember(&sm3));
        Ok(path)
    })
    .await
}

/// Reads a file back and holds it against its name.
pub fn read(sources: &Path, sm3: &str) -> Result<Vec<u8>, Hindrance> {
    let bytes = match fs::read(place(sources, sm3)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Hindrance::SourceAltered { sm3: sm3.to_owned() });
        }
        Err(error) => return Err(Hindrance::source(&error)),
    };
    if sm3_of(&bytes) == sm3 { Ok(bytes) } else { Err(Hindrance::SourceAltered { sm3: sm3.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_sheet_handed_in_by_many_at_once_is_kept_for_each() {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = vec![7_u8; 1 << 20];
        for round in 0..8_u8 {
            let bytes: Vec<u8> = bytes.iter().map(|byte| byte ^ round).collect();
            let kept: Vec<_> = std::thread::scope(|scope| {
                let hands: Vec<_> = (0..8).map(|_| scope.spawn(|| keep_source(folder.path(), &bytes))).collect();
                hands.into_iter().map(|hand| hand.join().expect("no panic")).collect()
            });
            for kept in kept {
                let sm3 = kept.expect("kept");
                assert_eq!(read(folder.path(), &sm3).expect("whole"), bytes);
            }
        }
    }
}
