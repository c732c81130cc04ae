//! The data folder: one place for everything that a district keeps.
//!
//! ```text
//! data/
//!   mingcha.toml     format, where the relational store is, which folder is watched
//!   mingcha.sqlite   the relational store (unless it is PostgreSQL)
//!   lake/            the ledgers: catalogue and Parquet files
//!   sources/         every file that was handed in, by its SM3
//!   incoming/        files that are just being received
//!   evidence/        every piece of evidence, by its SM3
//!   packs/           this district's packs; a new folder here is a new pack
//! ```

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use mingcha_store::StoreAddress;
use serde::{Deserialize, Serialize};

use crate::WiringError;

/// The format of folders that this program writes and reads.
const FORMAT: u32 = 1;

/// `mingcha.toml`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    format: u32,
    /// A PostgreSQL address; the SQLite file in the folder when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    store: Option<String>,
    /// A watched folder, when `serve` is given none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    watch: Option<PathBuf>,
}

/// A data folder that exists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DataFolder {
    root: PathBuf,
    store: Option<String>,
    watch: Option<PathBuf>,
}

impl DataFolder {
    /// Makes a new, empty folder, which only its owner may enter. Refused where one is already.
    pub fn create(root: &Path, store: Option<&str>) -> Result<Self, WiringError> {
        if root.join("mingcha.toml").exists() {
            return Err(WiringError::FolderExists { folder: root.to_path_buf() });
        }
        let folder = Self { root: root.to_path_buf(), store: store.map(ToOwned::to_owned), watch: None };
        let made = DirBuilder::new().recursive(true).mode(0o700).create(root);
        made.map_err(|error| WiringError::file(root, &error))?;
        for part in [folder.sources(), folder.evidence(), folder.packs(), folder.lake()] {
            std::fs::create_dir_all(&part).map_err(|error| WiringError::file(&part, &error))?;
        }
        let config = Config { format: FORMAT, store: folder.store.clone(), watch: None };
        let text = toml::to_string(&config)
            .map_err(|error| WiringError::Config { file: folder.config(), detail: error.to_string() })?;
        std::fs::write(folder.config(), text).map_err(|error| WiringError::file(&folder.config(), &error))?;
        Ok(folder)
    }

    /// Finds a folder that was made before.
    pub fn find(root: &Path) -> Result<Self, WiringError> {
        let file = root.join("mingcha.toml");
        if !file.exists() {
            return Err(WiringError::NoFolder { folder: root.to_path_buf() });
        }
        let text = std::fs::read_to_string(&file).map_err(|error| WiringError::file(&file, &error))?;
        let config: Config = toml::from_str(&text)
            .map_err(|error| WiringError::Config { file: file.clone(), detail: error.message().to_owned() })?;
        if config.format != FORMAT {
            return Err(WiringError::Format { folder: root.to_path_buf(), found: config.format, known: FORMAT });
        }
        Ok(Self { root: root.to_path_buf(), store: config.store, watch: config.watch })
    }

    /// Where the relational store is.
    pub fn store(&self) -> Result<StoreAddress, WiringError> {
        match &self.store {
            Some(address) => Ok(address.parse()?),
            None => Ok(StoreAddress::file(&self.root.join("mingcha.sqlite"))),
        }
    }

    /// The watched folder that the configuration names (`watch`).
    #[must_use]
    pub fn watch(&self) -> Option<&Path> {
        self.watch.as_deref()
    }

    /// Throws away what was half received when a server ended. Only whoever holds the right to serve calls this.
    pub fn empty_incoming(&self) -> Result<(), WiringError> {
        let incoming = self.incoming();
        if incoming.exists() {
            std::fs::remove_dir_all(&incoming).map_err(|error| WiringError::file(&incoming, &error))?;
        }
        Ok(())
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `mingcha.toml`.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.root.join("mingcha.toml")
    }

    /// The ledgers.
    #[must_use]
    pub fn lake(&self) -> PathBuf {
        self.root.join("lake")
    }

    /// Files that were handed in.
    #[must_use]
    pub fn sources(&self) -> PathBuf {
        self.root.join("sources")
    }

    /// Files that are just being received; emptied whenever a server starts.
    #[must_use]
    pub fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }

    /// Pieces of evidence.
    #[must_use]
    pub fn evidence(&self) -> PathBuf {
        self.root.join("evidence")
    }

    /// The district's packs.
    #[must_use]
    pub fn packs(&self) -> PathBuf {
        self.root.join("packs")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_made_once_and_found_again() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let root = scratch.path().join("data");
        assert!(matches!(DataFolder::find(&root), Err(WiringError::NoFolder { .. })));
        let made = DataFolder::create(&root, None).expect("made");
        assert_eq!(DataFolder::find(&root).expect("found"), made);
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&root).expect("there").permissions());
        assert_eq!(mode & 0o777, 0o700, "persons are in it");
        assert!(matches!(DataFolder::create(&root, None), Err(WiringError::FolderExists { .. })));
    }

    #[test]
    fn a_folder_of_a_later_format_is_left_alone() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        std::fs::write(scratch.path().join("mingcha.toml"), "format = 2\n").expect("written");
        let found = DataFolder::find(scratch.path());
        assert!(matches!(found, Err(WiringError::Format { found: 2, known: 1, .. })), "{found:?}");
    }
}
