//! The folders of the inbox, and the words that lie in them.

use std::io::Write;
use std::path::Path;

use mingcha_domain::{Speaks, Trouble};
use mingcha_pack::{Ledger, PackSet};
use mingcha_words::Lang;

use super::{AT_WORK, DONE, README, TO_MEND};
use crate::{Platform, WiringError};

/// Makes the folder, and one below it for each ledger while it is empty.
pub(super) fn prepare(platform: &Platform, dir: &Path, lang: Lang) -> Result<(), WiringError> {
    let refused = |error: &std::io::Error| WiringError::file(dir, error);
    std::fs::create_dir_all(dir).map_err(|error| refused(&error))?;
    let real = dir.canonicalize().map_err(|error| refused(&error))?;
    let data = platform.folder.root().canonicalize().map_err(|error| refused(&error))?;
    if real.starts_with(&data) || data.starts_with(&real) {
        return Err(WiringError::InboxInData { inbox: dir.to_path_buf() });
    }
    let mut there = std::fs::read_dir(dir).map_err(|error| refused(&error))?;
    if there.next().is_none() {
        for ledger in platform.packs.ledgers() {
            let folder = dir.join(ledger.full_name());
            std::fs::create_dir_all(&folder).map_err(|error| WiringError::file(&folder, &error))?;
            readme(&folder, ledger, lang)?;
        }
    }
    Ok(())
}

/// Drops the word of what to do into a folder of a ledger.
pub(super) fn readme(folder: &Path, ledger: &Ledger, lang: Lang) -> Result<(), WiringError> {
    let title = if lang == Lang::En && !ledger.title_en.is_empty() { &ledger.title_en } else { &ledger.title };
    let columns: Vec<String> = ledger
        .columns
        .iter()
        .filter(|column| column.required || ledger.key.contains(&column.name))
        .map(|column| column.title.clone())
        .collect();
    let words = [
        ("title", title.clone()),
        ("ledger", ledger.full_name()),
        ("columns", columns.join("、")),
        ("done", DONE.to_owned()),
        ("mend", TO_MEND.to_owned()),
        ("work", AT_WORK.to_owned()),
    ];
    let lines = ["inbox-readme-title", "inbox-readme-put", "inbox-readme-columns", "inbox-readme-after"];
    let lines: Vec<String> = lines.iter().map(|key| mingcha_words::text_with(lang, key, &words)).collect();
    write(&folder.join(README), &lines)
}

/// Says in a folder that is of no ledger that nothing is taken from it.
pub(super) fn no_ledger(folder: &Path, packs: &PackSet, lang: Lang) -> Result<(), WiringError> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let known: Vec<String> = packs.ledgers().map(Ledger::full_name).collect();
    let near = mingcha_pack::nearest(&name, known.iter().map(String::as_str)).unwrap_or("-");
    let trouble = WiringError::NoSuchInbox { folder: name, near: near.to_owned() }.trouble();
    let note = folder.join(README);
    if note.exists() { Ok(()) } else { write(&note, &[said(lang, &trouble)]) }
}

pub(super) fn said(lang: Lang, trouble: &Trouble) -> String {
    mingcha_words::say(lang, trouble)
}

/// Writes a text that every editor of an office shows right: marked as UTF-8, lines ended as on Windows. Under another
/// name first.
pub(super) fn write(to: &Path, lines: &[String]) -> Result<(), WiringError> {
    let mut text = String::from("\u{feff}");
    for line in lines {
        text.push_str(line);
        text.push_str("\r\n");
    }
    put(to, text.as_bytes())
}

/// Puts a file beside the others, whole or not at all.
pub(super) fn put(to: &Path, bytes: &[u8]) -> Result<(), WiringError> {
    let folder = to.parent().unwrap_or(to);
    let written = tempfile::NamedTempFile::with_prefix_in(".", folder).and_then(|mut file| {
        file.write_all(bytes)?;
        file.flush()?;
        file.persist(to).map_err(|error| error.error)
    });
    written.map(|_| ()).map_err(|error| WiringError::file(to, &error))
}
