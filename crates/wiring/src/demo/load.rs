//! The sheets of the demo year go in through the same doors as a clerk's: intake, ledger, models, past casework.

use mingcha_casework::PastSheet;
use mingcha_domain::Trouble;
use mingcha_intake::Options;
use serde::Serialize;

use super::Generated;
use crate::{Platform, WiringError};

/// What went in.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LoadedYear {
    /// One line for each sheet.
    pub sheets: Vec<LoadedSheet>,
    /// Rows that did not go in, with the name of their file; a right plan has none.
    pub rejects: Vec<(String, Trouble)>,
}

/// One sheet that went in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LoadedSheet {
    /// The ledger or casework sheet.
    pub ledger: String,
    /// The file's name.
    pub file: String,
    /// Rows that went in.
    pub accepted: usize,
    /// Rows that did not.
    pub rejected: usize,
}

/// Hands in the sheets in their order. Models run before the first sheet of past casework, which names their findings.
pub async fn load(
    platform: &Platform,
    made: &Generated,
    mut progress: impl FnMut(&str),
) -> Result<LoadedYear, WiringError> {
    let mut loaded = LoadedYear::default();
    let mut models_ran = false;
    for sheet in &made.sheets {
        let file = sheet.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = std::fs::read(&sheet.path).map_err(|error| WiringError::file(&sheet.path, &error))?;
        progress(&file);
        let (accepted, rejects) = match PastSheet::from_full_name(&sheet.ledger) {
            Some(past) => {
                if !models_ran {
                    platform.drain().await?;
                    models_ran = true;
                }
                let taken = platform.take_past(&platform.console, past, &file, &bytes, &Options::default()).await?;
                (taken.accepted, taken.rejected.into_iter().map(|reject| reject.trouble).collect::<Vec<_>>())
            }
            None => {
                let imported = platform.import(&platform.console, &sheet.ledger, &file, bytes).await?;
                (imported.counts.accepted(), imported.rejects.into_iter().map(|reject| reject.trouble).collect())
            }
        };
        loaded.sheets.push(LoadedSheet {
            ledger: sheet.ledger.clone(),
            file: file.clone(),
            accepted,
            rejected: rejects.len(),
        });
        loaded.rejects.extend(rejects.into_iter().map(|trouble| (file.clone(), trouble)));
    }
    platform.drain().await?;
    Ok(loaded)
}
