//! One look at the folder: which files lie there, and what lies there that is not taken.

use std::fs::{DirEntry, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use mingcha_pack::PackSet;
use mingcha_words::Lang;

use super::{AT_WORK, DONE, README, TO_MEND, folders};
use crate::WiringError;

/// Files of one folder that one look sees; the others are seen when these are gone.
const FILES_MAX: usize = 1000;

/// How a file was when it was looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Look {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl Look {
    fn of(metadata: &Metadata) -> Self {
        Self { bytes: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// A file for a ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    pub ledger: String,
    pub path: PathBuf,
    pub look: Look,
}

/// Something that is not taken and that somebody should know of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Odd {
    pub path: PathBuf,
    pub what: String,
}

/// What one look saw.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Seen {
    pub files: Vec<Found>,
    pub odd: Vec<Odd>,
}

/// Looks at every folder of a ledger, by name.
pub(super) fn scan(dir: &Path, packs: &PackSet, lang: Lang) -> Result<Seen, WiringError> {
    let mut seen = Seen::default();
    for entry in sorted(dir, usize::MAX)? {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        // Of the link itself: what it leads to is none of ours.
        let Ok(metadata) = entry.metadata() else { continue };
        if name.starts_with('.') || is_passing(&name) || name == README {
            continue;
        }
        if metadata.is_symlink() {
            seen.odd.push(Odd { path, what: "a link is not followed".to_owned() });
        } else if !metadata.is_dir() {
            seen.odd.push(Odd { path, what: "not in a ledger's folder: not taken".to_owned() });
        } else if let Some(ledger) = packs.ledger(&name) {
            in_folder(&path, &name, &mut seen)?;
            if is_bare(&path)
                && let Err(error) = folders::readme(&path, ledger, lang)
            {
                seen.odd.push(Odd { path, what: error.to_string() });
            }
        } else {
            let what = match folders::no_ledger(&path, packs, lang) {
                Ok(()) => "a folder of no ledger: nothing is taken from it".to_owned(),
                Err(error) => error.to_string(),
            };
            seen.odd.push(Odd { path, what });
        }
    }
    Ok(seen)
}

fn in_folder(folder: &Path, ledger: &str, seen: &mut Seen) -> Result<(), WiringError> {
    for entry in sorted(folder, FILES_MAX)? {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let Ok(metadata) = entry.metadata() else { continue };
        if is_passing(&name) || [README, AT_WORK, DONE, TO_MEND].contains(&name.as_str()) {
            continue;
        }
        if metadata.is_symlink() {
            seen.odd.push(Odd { path, what: "a link is not followed".to_owned() });
        } else if metadata.is_file() {
            seen.files.push(Found { ledger: ledger.to_owned(), path, look: Look::of(&metadata) });
        } else {
            seen.odd.push(Odd { path, what: "no file: not taken".to_owned() });
        }
    }
    Ok(())
}

/// Files that programs make for a while: locks of Office, half downloads, the system's own.
pub(super) fn is_passing(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || [".tmp", ".part", ".partial", ".crdownload", ".download", ".swp"].iter().any(|end| lower.ends_with(end))
        || ["desktop.ini", "thumbs.db"].contains(&lower.as_str())
}

/// Whether nothing lies in a folder but what we made.
fn is_bare(folder: &Path) -> bool {
    let names = std::fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.file_name()));
    names.is_ok_and(|mut names| names.all(|name| [AT_WORK, DONE, TO_MEND].iter().any(|ours| name == *ours)))
}

fn sorted(folder: &Path, most: usize) -> Result<Vec<DirEntry>, WiringError> {
    let refused = |error: &std::io::Error| WiringError::file(folder, error);
    let entries = std::fs::read_dir(folder).map_err(|error| refused(&error))?;
    let mut entries: Vec<DirEntry> = entries.flatten().take(most).collect();
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_make_for_a_while_is_left_alone() {
        for passing in ["~$十一月.xlsx", "十一月.xlsx.part", "a.TMP", ".hidden", "Thumbs.db", "b.crdownload"] {
            assert!(is_passing(passing), "{passing}");
        }
        for sheet in ["十一月.xlsx", "补贴.csv", "~补贴.xls", "a.tmp.xlsx"] {
            assert!(!is_passing(sheet), "{sheet}");
        }
    }
}
