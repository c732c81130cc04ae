//! One file that holds a whole data folder, made while others work.
//!
//! The archive is a tar, compressed by zstd: `manifest.json` first (every file with length and SM3), then the files. The
//! lake's lease is held while store and lake are copied, so that the two agree; evidence and source files are copied
//! afterwards, since they are only ever added.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};

use crate::{Platform, WiringError};

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const FORMAT: u32 = 1;
const ZSTD_LEVEL: i32 = 3;

/// `manifest.json`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: u32,
    /// Path below the data folder → length and SM3.
    pub(crate) files: BTreeMap<String, ManifestFile>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManifestFile {
    pub(crate) bytes: u64,
    pub(crate) sm3: String,
}

/// What was backed up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BackedUp {
    /// The archive.
    pub archive: PathBuf,
    /// How many files are in it.
    pub files: usize,
    /// Their length together, before compression.
    pub bytes: u64,
}

/// Writes a backup to `out`; a file that is there already is replaced only when the new one is complete.
pub async fn backup(platform: &Platform, out: &Path) -> Result<BackedUp, WiringError> {
    let staging = tempfile::Builder::new()
        .prefix("mingcha-backup-")
        .tempdir_in(out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))
        .map_err(|error| WiringError::file(out, &error))?;
    {
        let _lease = platform.lake.lease("backup").await?;
        platform.office.store().snapshot_to(&staging.path().join("mingcha.sqlite")).await?;
        platform.lake.copy_to(&staging.path().join("lake")).await?;
    }
    let folder = platform.folder.clone();
    let out = out.to_path_buf();
    let written = tokio::task::spawn_blocking(move || {
        let mut parts = vec![("".to_owned(), staging.path().to_path_buf())];
        parts.push(("sources".to_owned(), folder.sources()));
        parts.push(("evidence".to_owned(), folder.evidence()));
        parts.push(("packs".to_owned(), folder.packs()));
        let mut files = BTreeMap::new();
        for (name, from) in parts {
            walk(&from, &name, &mut files)?;
        }
        files.insert("mingcha.toml".to_owned(), folder.config());
        write_archive(&files, &out)
    })
    .await;
    written.unwrap_or_else(|error| Err(WiringError::Job { kind: "backup".to_owned(), detail: error.to_string() }))
}

/// Under another name first; a half archive is taken away again, since on a full disk its room helps.
fn write_archive(files: &BTreeMap<String, PathBuf>, out: &Path) -> Result<BackedUp, WiringError> {
    let part = out.with_extension("part");
    let written = write_part(files, out, &part);
    if written.is_err()
        && part.exists()
        && let Err(error) = std::fs::remove_file(&part)
    {
        tracing::warn!(%error, part = %part.display(), "a half archive was left behind");
    }
    written
}

fn write_part(files: &BTreeMap<String, PathBuf>, out: &Path, part: &Path) -> Result<BackedUp, WiringError> {
    let mut manifest = Manifest { format: FORMAT, files: BTreeMap::new() };
    for (name, path) in files {
        manifest.files.insert(name.clone(), hash(path)?);
    }
    let refused = |error: &std::io::Error| WiringError::file(part, error);
    // All that the district keeps is in it, persons too: only its owner reads it.
    let mut owned = OpenOptions::new();
    let target =
        owned.write(true).create(true).truncate(true).mode(0o600).open(part).map_err(|error| refused(&error))?;
    let encoder = zstd::Encoder::new(target, ZSTD_LEVEL).map_err(|error| refused(&error))?;
    let mut tar = tar::Builder::new(encoder);
    let text = serde_json::to_vec_pretty(&manifest)
        .map_err(|error| WiringError::Archive { archive: out.to_path_buf(), detail: error.to_string() })?;
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o600);
    tar.append_data(&mut header, MANIFEST, text.as_slice()).map_err(|error| refused(&error))?;
    for (name, path) in files {
        tar.append_path_with_name(path, name).map_err(|error| WiringError::file(path, &error))?;
    }
    let encoder = tar.into_inner().map_err(|error| refused(&error))?;
    let mut target = encoder.finish().map_err(|error| refused(&error))?;
    target.flush().and_then(|()| target.sync_all()).map_err(|error| refused(&error))?;
    std::fs::rename(part, out).map_err(|error| refused(&error))?;
    let bytes = manifest.files.values().map(|file| file.bytes).sum();
    Ok(BackedUp { archive: out.to_path_buf(), files: manifest.files.len(), bytes })
}

/// Length and SM3 of a file.
pub(crate) fn hash(path: &Path) -> Result<ManifestFile, WiringError> {
    let mut file = File::open(path).map_err(|error| WiringError::file(path, &error))?;
    let mut digest = Sm3::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer).map_err(|error| WiringError::file(path, &error))?;
        if read == 0 {
            return Ok(ManifestFile { bytes, sm3: hex::encode(digest.finalize()) });
        }
        digest.update(&buffer[..read]);
        bytes += read as u64;
    }
}

/// Collects the files below a folder, by their path with `/` from `name`. A file that somebody is just writing has another
/// name until it is whole; it belongs to nothing that the copied store knows.
fn walk(folder: &Path, name: &str, files: &mut BTreeMap<String, PathBuf>) -> Result<(), WiringError> {
    let refused = |error: &std::io::Error| WiringError::file(folder, error);
    for entry in std::fs::read_dir(folder).map_err(|error| refused(&error))? {
        let entry = entry.map_err(|error| refused(&error))?;
        let own = entry.file_name().to_string_lossy().into_owned();
        if Path::new(&own).extension().is_some_and(|end| end == "part") {
            continue;
        }
        let path = if name.is_empty() { own } else { format!("{name}/{own}") };
        if entry.file_type().map_err(|error| refused(&error))?.is_dir() {
            walk(&entry.path(), &path, files)?;
        } else {
            files.insert(path, entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_that_is_just_being_written_is_no_part_of_a_backup() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("3f")).expect("a folder");
        for name in ["3f/3fa9", "3f/3fb0.4711-0.part"] {
            std::fs::write(folder.path().join(name), name).expect("written");
        }
        let mut files = BTreeMap::new();
        walk(folder.path(), "sources", &mut files).expect("walked");
        assert_eq!(files.into_keys().collect::<Vec<_>>(), ["sources/3f/3fa9"]);
    }

    #[test]
    fn an_archive_is_its_owners_alone_and_a_half_one_does_not_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let (whole, half) = (folder.path().join("whole.tar.zst"), folder.path().join("half.tar.zst"));
        let source = folder.path().join("mingcha.sqlite");
        std::fs::write(&source, "rows").expect("written");
        let mut files = BTreeMap::from([("mingcha.sqlite".to_owned(), source)]);
        write_archive(&files, &whole).expect("an archive");
        let mode = std::fs::metadata(&whole).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        // A name that no archive can hold: hashed, and refused when it is to go in.
        let source = folder.path().join("mingcha.sqlite");
        files.insert("../beside".to_owned(), source);
        assert!(write_archive(&files, &half).is_err());
        assert!(!half.exists() && !half.with_extension("part").exists());
    }
}
