//! The Parquet files of the lake: which there are, their hashes, and that they are on the disk before the catalog says so.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sea_orm::sqlx::{self, Row};
use sm3::{Digest, Sm3};

use super::{Lake, LakeError};

/// A file and what it holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FileHash {
    /// Path from the folder of the lake's files, with `/`.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SM3 in hex.
    pub sm3: String,
}

impl Lake {
    /// Paths of every file that a snapshot or an earlier one reads, from the folder of the lake's files, sorted.
    pub async fn files(&self, snapshot: i64) -> Result<Vec<String>, LakeError> {
        let rows = sqlx::query(
            "SELECT DISTINCT s.path || t.path || f.path FROM (
                 SELECT table_id, path, begin_snapshot FROM ducklake_data_file
                 UNION ALL SELECT table_id, path, begin_snapshot FROM ducklake_delete_file
             ) f
             JOIN ducklake_table t ON t.table_id = f.table_id
             JOIN ducklake_schema s ON s.schema_id = t.schema_id
             WHERE f.begin_snapshot <= $1 ORDER BY 1",
        )
        .bind(snapshot)
        .fetch_all(&self.catalog)
        .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Hashes one of the lake's files.
    pub fn hash(&self, path: &str) -> Result<FileHash, LakeError> {
        let mut file = File::open(self.files_dir().join(path))?;
        let mut hash = Sm3::new();
        let mut bytes = 0;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
            bytes += read as u64;
        }
        Ok(FileHash { path: path.to_owned(), bytes, sm3: hex::encode(hash.finalize()) })
    }

    /// Copies catalog and files into another folder, as they are at the newest snapshot, while others may write: files
    /// never change once the catalog names them.
    pub async fn copy_to(&self, home: &Path) -> Result<(), LakeError> {
        std::fs::create_dir_all(home)?;
        let target = home.join(super::open::CATALOG);
        let target = target.to_str().ok_or_else(|| LakeError::broken("the target's path is not UTF-8"))?;
        sqlx::query("VACUUM INTO $1").bind(target).execute(&self.catalog).await?;
        for path in self.files(self.newest().await?).await? {
            let to = home.join(super::open::FILES).join(&path);
            if let Some(folder) = to.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::copy(self.files_dir().join(&path), to)?;
        }
        Ok(())
    }

    /// Files that lie in the lake's folder and that the catalog does not name: just staged, or left by a killed writer.
    pub(super) async fn unnamed_files(&self) -> Result<Vec<String>, LakeError> {
        let named = self.files(i64::MAX).await?;
        let mut found = Vec::new();
        walk(&self.files_dir(), "", &mut found)?;
        found.retain(|path| named.binary_search(path).is_err());
        found.sort();
        Ok(found)
    }

    /// Forces files and the folders they lie in to the disk.
    pub(super) fn make_durable(&self, paths: &[String]) -> Result<(), LakeError> {
        let root = self.files_dir();
        let mut folders: Vec<PathBuf> = Vec::new();
        for path in paths {
            let path = root.join(path);
            File::open(&path)?.sync_all()?;
            folders.extend(path.ancestors().skip(1).take_while(|folder| folder.starts_with(&root)).map(Path::to_owned));
        }
        folders.sort();
        folders.dedup();
        for folder in folders {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), LakeError> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name =
            name.to_str().ok_or_else(|| LakeError::broken(format!("a strange file {}", entry.path().display())))?;
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
