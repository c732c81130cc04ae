//! A backup becomes a data folder again, somewhere else, with the original gone.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Component, Path};

use crate::WiringError;
use crate::backup::{FORMAT, MANIFEST, Manifest, hash};

/// What was restored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    /// How many files.
    pub files: usize,
    /// Their length together.
    pub bytes: u64,
}

/// Unpacks `archive` into the new folder `data`, checking every file against the manifest. Nothing is left at `data`
/// unless all of it is right.
pub fn restore(archive: &Path, data: &Path) -> Result<Restored, WiringError> {
    if data.exists() {
        return Err(WiringError::FolderExists { folder: data.to_path_buf() });
    }
    let parent = data.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(|error| WiringError::file(parent, &error))?;
    let part = tempfile::Builder::new()
        .prefix("mingcha-restore-")
        .tempdir_in(parent)
        .map_err(|error| WiringError::file(parent, &error))?;
    let manifest = unpack(archive, part.path())?;
    for (name, expected) in &manifest.files {
        let path = part.path().join(name);
        if !path.is_file() {
            return Err(damaged(archive, format!("{name} is missing")));
        }
        if hash(&path)? != *expected {
            return Err(damaged(archive, format!("{name} is not what the manifest says")));
        }
    }
    for empty in ["sources", "evidence", "packs", "lake"] {
        let folder = part.path().join(empty);
        std::fs::create_dir_all(&folder).map_err(|error| WiringError::file(&folder, &error))?;
    }
    let part = part.keep();
    std::fs::rename(&part, data).map_err(|error| WiringError::file(data, &error))?;
    Ok(Restored { files: manifest.files.len(), bytes: manifest.files.values().map(|file| file.bytes).sum() })
}

fn unpack(archive: &Path, to: &Path) -> Result<Manifest, WiringError> {
    let file = File::open(archive).map_err(|error| WiringError::file(archive, &error))?;
    let unreadable = |error: std::io::Error| damaged(archive, error.to_string());
    let mut tar = tar::Archive::new(zstd::Decoder::new(file).map_err(unreadable)?);
    let mut manifest = None;
    let mut seen = BTreeSet::new();
    let mut buffer = vec![0; 1 << 16];
    for entry in tar.entries().map_err(unreadable)? {
        let mut entry = entry.map_err(unreadable)?;
        let path = entry.path().map_err(unreadable)?.into_owned();
        let name = path.to_string_lossy().into_owned();
        let Some(manifest) = &manifest else {
            manifest = Some(read_manifest(archive, &name, &mut entry)?);
            continue;
        };
        let manifest: &Manifest = manifest;
        let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
        let expected = manifest.files.get(&name).filter(|_| plain && seen.insert(name.clone()));
        let Some(expected) = expected else {
            return Err(damaged(archive, format!("{name} does not belong into it")));
        };
        let target = to.join(&path);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder).map_err(|error| WiringError::file(folder, &error))?;
        }
        let mut out = File::create(&target).map_err(|error| WiringError::file(&target, &error))?;
        let mut left = expected.bytes;
        loop {
            let read = entry.read(&mut buffer).map_err(unreadable)?;
            if read == 0 {
                break;
            }
            left = left
                .checked_sub(read as u64)
                .ok_or_else(|| damaged(archive, format!("{name} is longer than the manifest says")))?;
            out.write_all(&buffer[..read]).map_err(|error| WiringError::file(&target, &error))?;
        }
        out.sync_all().map_err(|error| WiringError::file(&target, &error))?;
    }
    manifest.ok_or_else(|| damaged(archive, "it is empty".to_owned()))
}

fn read_manifest(archive: &Path, name: &str, entry: &mut impl Read) -> Result<Manifest, WiringError> {
    if name != MANIFEST {
        return Err(damaged(archive, "it does not begin with a manifest: no backup of ours".to_owned()));
    }
    let mut text = String::new();
    entry.read_to_string(&mut text).map_err(|error| damaged(archive, error.to_string()))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| damaged(archive, error.to_string()))?;
    if manifest.format != FORMAT {
        return Err(damaged(archive, format!("its format is {}, this program knows {FORMAT}", manifest.format)));
    }
    Ok(manifest)
}

fn damaged(archive: &Path, detail: String) -> WiringError {
    WiringError::Archive { archive: archive.to_path_buf(), detail }
}
