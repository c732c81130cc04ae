//! Which packs a command reads: a folder that was named, `./packs`, or the ones built into the binary.

use std::path::{Path, PathBuf};

use anyhow::Context;
use rust_embed::RustEmbed;

/// The packs of this release, copied into every new data folder.
#[derive(RustEmbed)]
#[folder = "../../packs"]
struct BuiltIn;

/// A packs folder; unpacked ones are removed again when this is dropped.
pub struct PacksFolder {
    path: PathBuf,
    _unpacked: Option<tempfile::TempDir>,
}

impl PacksFolder {
    /// The folder to read.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Finds the packs for a command that was given none by a data folder.
pub fn find(named: Option<&Path>) -> anyhow::Result<PacksFolder> {
    if let Some(path) = named {
        anyhow::ensure!(path.is_dir(), "没有这个专题包文件夹 / there is no such packs folder: {}", path.display());
        return Ok(PacksFolder { path: path.to_path_buf(), _unpacked: None });
    }
    let here = Path::new("packs");
    if here.is_dir() {
        return Ok(PacksFolder { path: here.to_path_buf(), _unpacked: None });
    }
    let unpacked = tempfile::tempdir().context("a folder for the built-in packs")?;
    unpack(unpacked.path())?;
    Ok(PacksFolder { path: unpacked.path().to_path_buf(), _unpacked: Some(unpacked) })
}

/// Copies a packs folder, file by file.
pub fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target).with_context(|| target.display().to_string())?;
        }
    }
    Ok(())
}

fn unpack(to: &Path) -> anyhow::Result<()> {
    for name in BuiltIn::iter() {
        let file = BuiltIn::get(&name).with_context(|| format!("built-in pack file {name}"))?;
        let target = to.join(name.as_ref());
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&target, file.data).with_context(|| target.display().to_string())?;
    }
    Ok(())
}
