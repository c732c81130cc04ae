//! A file that lay still is taken: moved aside, imported, and put where its sender finds what became of it.

use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mingcha_domain::ImportId;

use super::{AT_WORK, Inbox, finish};
use crate::imports::{Begun, Failed, Import, ImportError, ImportState, NewImport, Outcome};
use crate::{WiringError, backup};

/// The lake's code for “somebody else is writing”.
const HELD: &str = "MC-ENGINE-101";

impl Inbox {
    /// Takes one file to its end.
    pub(super) async fn take(&self, ledger: &str, path: &Path) -> Result<(), WiringError> {
        let folder = path.parent().unwrap_or(path);
        let aside = folder.join(AT_WORK);
        std::fs::create_dir_all(&aside).map_err(|error| WiringError::file(&aside, &error))?;
        let name = path.file_name().map(PathBuf::from).unwrap_or_default();
        let aside = finish::free(&aside, &name);
        std::fs::rename(path, &aside).map_err(|error| WiringError::file(path, &error))?;
        self.import(ledger, &aside).await
    }

    /// Finishes what lies in 处理中 of each ledger: a process that ended there left it, or it could not be put away.
    pub(super) async fn finish_left_over(&mut self) -> Result<(), WiringError> {
        let packs = Arc::clone(&self.platform.packs);
        for ledger in packs.ledgers().map(mingcha_pack::Ledger::full_name) {
            let folder = self.dir.join(&ledger).join(AT_WORK);
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            files.sort();
            for file in files {
                let is_note = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
                let is_file = file.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
                if is_note || !is_file {
                    continue;
                }
                let outcome = match self.known(&file).await? {
                    Some(outcome) => self.finish(&ledger, &file, outcome).await,
                    None => self.import(&ledger, &file).await,
                };
                if let Err(error) = outcome {
                    self.tell_once(&file, &error.to_string());
                }
            }
        }
        Ok(())
    }

    /// What became of the import that a file was taken for, if it came to an end before the process did.
    async fn known(&self, file: &Path) -> Result<Option<Import>, WiringError> {
        let Ok(text) = std::fs::read_to_string(note(file)) else { return Ok(None) };
        let Ok(id) = text.trim().parse::<ImportId>() else { return Ok(None) };
        match self.platform.import_seen(&self.actor, id).await {
            Ok(seen) => {
                Ok(Some(seen.import).filter(|import| matches!(import.state, ImportState::Done | ImportState::Failed)))
            }
            Err(ImportError::NoSuchImport { .. }) => Ok(None),
            Err(error) => Err(as_wiring(error)),
        }
    }

    async fn import(&self, ledger: &str, file: &Path) -> Result<(), WiringError> {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let limit = mingcha_intake::Limits::default().file_bytes;
        let (bytes, sm3) = match readable(file, limit).await {
            Ok(read) => read,
            Err(error) => return self.finish_unread(ledger, file, &Failed::of(&error)).await,
        };
        let new = NewImport { ledger, file_name: &name, bytes, sm3: &sm3, key: None };
        let begun = self.platform.begin_import(&self.actor, new).await.map_err(as_wiring)?;
        let ended = match begun {
            Begun::Known(known) => known,
            Begun::Run(import) => {
                std::fs::write(note(file), import.id.to_string()).map_err(|error| WiringError::file(file, &error))?;
                self.platform.run_import_apart(&self.actor, &import, file).await.map_err(as_wiring)?
            }
        };
        if let Some(Outcome::Failed(failed)) = &ended.outcome
            && failed.said.code == HELD
        {
            // Somebody else is writing: the file stays where it is and goes in at a later look.
            std::fs::remove_file(note(file)).map_err(|error| WiringError::file(file, &error))?;
            return Err(WiringError::Job { kind: "inbox".to_owned(), detail: failed.said.code.clone() });
        }
        self.finish(ledger, file, ended).await
    }

    async fn finish_unread(&self, ledger: &str, file: &Path, failed: &Failed) -> Result<(), WiringError> {
        self.put_away(ledger, file, None, &Outcome::Failed(failed.clone())).await
    }
}

/// Beside a file that was taken: the number of its import.
pub(super) fn note(file: &Path) -> PathBuf {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    file.with_file_name(format!(".{name}.import"))
}

/// Length and SM3 of a file that may be read. What lies there now may not be what was looked at: a link is refused, also
/// one that took the file's place in between.
async fn readable(file: &Path, limit: u64) -> Result<(u64, String), WiringError> {
    let path = file.to_path_buf();
    let read = tokio::task::spawn_blocking(move || {
        let refused = |error: &std::io::Error| WiringError::InboxUnreadable {
            file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            detail: error.to_string(),
        };
        let named = path.symlink_metadata().map_err(|error| refused(&error))?;
        let opened = File::open(&path).and_then(|file| file.metadata()).map_err(|error| refused(&error))?;
        if !named.is_file() || (named.dev(), named.ino()) != (opened.dev(), opened.ino()) {
            return Err(refused(&std::io::Error::other("no ordinary file")));
        }
        if opened.len() > limit {
            return Err(WiringError::room(&mingcha_intake::IntakeError::TooLarge {
                bytes: opened.len(),
                bytes_max: limit,
            }));
        }
        let hashed = backup::hash(&path)?;
        Ok((hashed.bytes, hashed.sm3))
    });
    read.await.unwrap_or_else(|error| Err(WiringError::file(file, &std::io::Error::other(error))))
}

/// What a watched folder can run into of an import's errors is the platform's.
pub(super) fn as_wiring(error: ImportError) -> WiringError {
    match error {
        ImportError::Wiring(error) => error,
        other => WiringError::room(&other),
    }
}
