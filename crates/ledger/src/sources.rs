//! Files as they were handed in, kept under their SM3: `sources/3f/3fa9…`. Never changed, never deleted.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sm3::{Digest, Sm3};

use crate::Hindrance;

pub(crate) fn sm3_of(bytes: &[u8]) -> String {
    hex::encode(Sm3::digest(bytes))
}

/// Where a file with this SM3 lies.
pub(crate) fn place(sources: &Path, sm3: &str) -> PathBuf {
    sources.join(sm3.get(..2).unwrap_or_default()).join(sm3)
}

/// Puts bytes where they belong and makes sure that they are on the disk. Bytes that are there already stay.
pub(crate) fn keep(sources: &Path, sm3: &str, bytes: &[u8]) -> Result<(), Hindrance> {
    let to = place(sources, sm3);
    if fs::read(&to).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    write(&to, bytes).map_err(|error| Hindrance::source(&error))
}

/// Keeps a file that goes elsewhere than into a ledger (a sheet of past casework) beside the others; returns its SM3.
pub fn keep_source(sources: &Path, bytes: &[u8]) -> Result<String, Hindrance> {
    let sm3 = sm3_of(bytes);
    keep(sources, &sm3, bytes)?;
    Ok(sm3)
}

/// How many files this process has begun to write: two people may hand in the same sheet at the same moment.
static BEGUN: AtomicU64 = AtomicU64::new(0);

/// Under another name first: a reader never meets half a file.
fn write(to: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder)?;
    let nth = BEGUN.fetch_add(1, Ordering::Relaxed);
    let half = to.with_extension(format!("{}-{nth}.part", std::process::id()));
    let written = File::create(&half).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written {
        // A half file helps nobody; on a full disk its room does.
        if half.exists() {
            fs::remove_file(&half)?;
        }
        return Err(error);
    }
    fs::rename(&half, to)?;
    File::open(folder)?.sync_all()
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
