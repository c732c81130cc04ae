//! The files of one pack's folder.

use std::path::{Path, PathBuf};

use super::Faults;
use crate::digest::Digest;
use crate::{At, Sources, faults};

/// A file that was read.
pub(super) struct File {
    /// Path below the packs folder, as faults name it.
    pub(super) path: String,
    /// Path below the pack's folder.
    pub(super) within: String,
    /// Its text.
    pub(super) text: String,
}

impl File {
    /// The whole file as a place, marked at its start.
    pub(super) fn start(&self) -> At {
        At { file: self.path.clone(), start: 0, end: 0 }
    }

    /// The file's name without its ending.
    pub(super) fn stem(&self) -> &str {
        let name = self.within.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// A pack's folder with the texts of its files, by path.
pub(super) struct Folder {
    /// The folder's name.
    pub(super) name: String,
    files: Vec<File>,
}

/// Folders and files that a pack may have; what else lies there was probably meant to be one of them.
const PLACES: [&str; 8] =
    ["pack.toml", "figures.toml", "bulletin.md", "README.md", "ledgers", "models", "checklists", "demo"];

impl Folder {
    /// The file of that path within the folder.
    pub(super) fn file(&self, within: &str) -> Option<&File> {
        self.files.iter().find(|file| file.within == within)
    }

    /// The files directly in a folder with that ending.
    pub(super) fn below(&self, folder: &str, ending: &str) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |file| belongs(&file.within, folder, ending))
    }

    /// SM3 over the names and texts of all files.
    pub(super) fn digest(&self) -> String {
        let mut digest = Digest::new("mingcha-pack-1");
        for file in &self.files {
            digest.field(&file.within).field(&file.text);
        }
        digest.hex()
    }

    /// Tells every file that no part of a pack is read from.
    pub(super) fn refuse_strays(&self, faults: &Faults) {
        for file in &self.files {
            let expected = PLACES.contains(&file.within.as_str())
                || belongs(&file.within, "ledgers", "toml")
                || belongs(&file.within, "models", "md")
                || belongs(&file.within, "checklists", "toml")
                || file.within.starts_with("demo/");
            if !expected {
                faults.tell(faults::stray_file(file.start(), PLACES.into_iter()));
            }
        }
    }
}

fn belongs(within: &str, folder: &str, ending: &str) -> bool {
    within
        .strip_prefix(folder)
        .and_then(|rest| rest.strip_prefix('/'))
        .and_then(|name| name.strip_suffix(ending))
        .is_some_and(|stem| stem.ends_with('.') && !stem.contains('/'))
}

/// Reads every pack folder below `dir`; hidden files and folders are not looked at.
pub(super) fn read_all(dir: &Path, sources: &mut Sources, faults: &Faults) -> Vec<Folder> {
    let mut folders = Vec::new();
    for path in children(dir, "", faults) {
        if path.is_dir() {
            let name = name_of(&path);
            let mut folder = Folder { name: name.clone(), files: Vec::new() };
            read_below(&path, &name, "", &mut folder.files, sources, faults);
            folders.push(folder);
        }
    }
    folders
}

fn read_below(dir: &Path, path: &str, within: &str, files: &mut Vec<File>, sources: &mut Sources, faults: &Faults) {
    for child in children(dir, path, faults) {
        let name = name_of(&child);
        let path = format!("{path}/{name}");
        let within = if within.is_empty() { name } else { format!("{within}/{name}") };
        if child.is_dir() {
            read_below(&child, &path, &within, files, sources, faults);
            continue;
        }
        match std::fs::read_to_string(&child) {
            Ok(text) => {
                sources.add(&path, text.clone());
                files.push(File { path, within, text });
            }
            Err(reason) => faults.tell(faults::unreadable(At { file: path, ..At::default() }, &reason)),
        }
    }
}

/// What lies in a folder, by name.
fn children(dir: &Path, path: &str, faults: &Faults) -> Vec<PathBuf> {
    let shown = if path.is_empty() { dir.display().to_string() } else { path.to_owned() };
    let mut children = Vec::new();
    let unreadable = |reason| faults.tell(faults::unreadable(At { file: shown.clone(), ..At::default() }, &reason));
    match std::fs::read_dir(dir) {
        Err(reason) => unreadable(reason),
        Ok(entries) => {
            for entry in entries {
                match entry {
                    Ok(entry) => children.push(entry.path()),
                    Err(reason) => unreadable(reason),
                }
            }
        }
    }
    children.retain(|child| !name_of(child).starts_with('.'));
    children.sort();
    children
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
