//! Reads a packs folder and proves what can be proved before any row is seen.

use std::path::Path;

use mingcha_pack::{Fault, Loaded, PackSet, Sources, Spoken};
use mingcha_words::Lang;

use crate::WiringError;

/// What a fault says in one language.
#[must_use]
pub fn spoken(lang: Lang, fault: &Fault) -> Spoken {
    Spoken { message: mingcha_words::message(lang, &fault.trouble), help: mingcha_words::remedy(lang, &fault.trouble) }
}

/// Reads a packs folder; the faults of its syntax come first, and those of its SQL when the syntax has none.
pub async fn check(dir: &Path) -> Loaded {
    let mut loaded = PackSet::load(dir);
    if loaded.faults.is_empty() {
        loaded.faults = mingcha_engine::check(&loaded.set, &mingcha_casework::ops_tables()).await;
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
