//! The watched folder (收件夹): whoever cannot open the page puts a sheet into a folder, and finds there what became of it.
//!
//! ```text
//! DIR/
//!   PACK.LEDGER/          one for each ledger; files that lie here are taken
//!     说明 README.txt      what to do, dropped in while the folder is empty
//!     处理中/              taken, being imported
//!     已导入/              its rows are in; beside it what was counted
//!     需更正/              some rows were kept back, or all: beside it the reasons and the marked workbook
//! ```
//!
//! It is looked at again and again ([`Inbox::look`]); a file is taken when two looks found it the same, so that one that
//! is still being copied is left alone. Links are not followed. What was taken is an import like any other
//! ([`crate::imports`]), by the account 收件夹; a file that a killed process left in 处理中 is finished at the next start
//! without being taken in twice.
//!
//! Deliberately absent: a notification of the operating system (network drives send none), a clock (whoever looks decides
//! how often), any rule of a ledger.

mod finish;
mod folders;
mod found;
mod take;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mingcha_access::{Actor, accounts};
use mingcha_words::Lang;

use crate::{Platform, WiringError};
use found::{Found, Look};

/// Where files go while they are imported.
const AT_WORK: &str = "处理中";
/// Where they go afterwards.
const DONE: &str = "已导入";
/// Where they go when something must be mended.
const TO_MEND: &str = "需更正";
/// What to do with the folder.
const README: &str = "说明 README.txt";

/// A watched folder.
pub struct Inbox {
    platform: Arc<Platform>,
    dir: PathBuf,
    actor: Actor,
    lang: Lang,
    /// How each file was at the last look.
    seen: BTreeMap<PathBuf, Look>,
    /// What was told already and is not told again at every look.
    told: BTreeSet<PathBuf>,
}

impl Inbox {
    /// Makes the folder ready. Only whoever holds the right to serve the data folder opens one, after
    /// [`Platform::resolve_imports`].
    pub async fn open(platform: Arc<Platform>, dir: &Path, lang: Lang) -> Result<Self, WiringError> {
        folders::prepare(&platform, dir, lang)?;
        let actor = accounts::inbox(&platform.office).await?;
        let dir = dir.to_path_buf();
        Ok(Self { platform, dir, actor, lang, seen: BTreeMap::new(), told: BTreeSet::new() })
    }

    /// Looks once: finishes what was left over, by a killed process or because the machine could not, and imports what lay
    /// still since the last look; returns how many files that were. What hinders one file hinders no other.
    pub async fn look(&mut self) -> Result<usize, WiringError> {
        self.finish_left_over().await?;
        let (dir, packs, lang) = (self.dir.clone(), Arc::clone(&self.platform.packs), self.lang);
        let scanned = tokio::task::spawn_blocking(move || found::scan(&dir, &packs, lang)).await;
        let found = scanned.unwrap_or_else(|error| Err(WiringError::file(&self.dir, &std::io::Error::other(error))))?;
        self.told.retain(|path| path.exists());
        for odd in found.odd {
            self.tell_once(&odd.path, &odd.what);
        }
        let mut taken = 0;
        let mut now = BTreeMap::new();
        for Found { ledger, path, look } in found.files {
            if self.seen.get(&path) != Some(&look) {
                now.insert(path, look);
                continue;
            }
            match self.take(&ledger, &path).await {
                Ok(()) => taken += 1,
                Err(error) => {
                    self.tell_once(&path, &error.to_string());
                    now.insert(path, look);
                }
            }
        }
        self.seen = now;
        Ok(taken)
    }

    /// What cannot be told beside the file stands in the log, once.
    fn tell_once(&mut self, path: &Path, what: &str) {
        if self.told.insert(path.to_path_buf()) {
            tracing::warn!(path = %path.display(), what, "收件夹");
        }
    }
}
