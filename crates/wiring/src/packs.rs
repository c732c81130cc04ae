//! Reads a packs folder and proves what can be proved before any row is seen.

use std::collections::BTreeSet;
use std::path::Path;

use mingcha_pack::{Fault, Loaded, PackSet, Sources, Spoken};
use mingcha_words::Lang;

use crate::WiringError;

/// What a fault says in one language.
#[must_use]
pub fn spoken(lang: Lang, fault: &Fault) -> Spoken {
    Spoken { message: mingcha_words::message(lang, &fault.trouble), help: mingcha_words::remedy(lang, &fault.trouble) }
}

/// Reads a packs folder; every fault of its syntax and of its SQL at once. SQL is judged only on ledgers that were
/// understood, and a page that was not is not judged further: the faults would follow from those that are told already.
pub async fn check(dir: &Path) -> Loaded {
    let mut loaded = PackSet::load(dir);
    let broken: BTreeSet<String> = loaded.faults.iter().map(|fault| fault.at.file.clone()).collect();
    let ledgers_understood = !broken.iter().any(|file| file.contains("/ledgers/") || file.ends_with("pack.toml"));
    if ledgers_understood {
        let sql = mingcha_engine::check(&loaded.set, &mingcha_casework::ops_tables()).await;
        loaded.faults.extend(sql.into_iter().filter(|fault| !broken.contains(&fault.at.file)));
    }
    loaded
}

/// Reads a packs folder that must be without faults.
pub async fn load(dir: &Path) -> Result<PackSet, WiringError> {
    let loaded = check(dir).await;
    match loaded.faults.first() {
        None => Ok(loaded.set),
        Some(first) => Err(WiringError::Packs { count: loaded.faults.len(), first: one_line(first, &loaded.sources) }),
    }
}

fn one_line(fault: &Fault, sources: &Sources) -> String {
    let (line, column) = sources.line_column(&fault.at.file, fault.at.start);
    format!("{}:{line}:{column} {}", fault.at.file, mingcha_words::message(Lang::Zh, &fault.trouble))
}
