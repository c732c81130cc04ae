//! Where a file goes when its import has ended, and what is told beside it.

use std::path::{Path, PathBuf};

use mingcha_domain::UploadId;
use mingcha_intake::Answered;

use super::folders::{put, write};
use super::take::note;
use super::{DONE, Inbox, TO_MEND};
use crate::WiringError;
use crate::imports::{Import, Outcome, Taken};

/// Reasons that the text lists; the marked workbook has them all.
const REASONS_MAX: usize = 200;

impl Inbox {
    pub(super) async fn finish(&self, ledger: &str, file: &Path, import: Import) -> Result<(), WiringError> {
        let missing = || WiringError::Job { kind: "inbox".to_owned(), detail: format!("{} has no outcome", import.id) };
        let outcome = import.outcome.clone().ok_or_else(missing)?;
        self.put_away(ledger, file, import.upload, &outcome).await
    }

    /// The text and the marked workbook first, then the file itself: a crash in between does it once more, the same.
    pub(super) async fn put_away(
        &self,
        ledger: &str,
        file: &Path,
        upload: Option<UploadId>,
        outcome: &Outcome,
    ) -> Result<(), WiringError> {
        let clean = matches!(outcome, Outcome::Taken(taken) if taken.rejected == 0);
        let folder = self.dir.join(ledger).join(if clean { DONE } else { TO_MEND });
        std::fs::create_dir_all(&folder).map_err(|error| WiringError::file(&folder, &error))?;
        let name = PathBuf::from(file.file_name().unwrap_or_default());
        let to = free(&folder, &name);
        let mut marked = None;
        if let (Outcome::Taken(taken), Some(upload)) = (outcome, upload)
            && taken.rejected > 0
        {
            let answered = self.marked(upload).await?;
            let end = format!("-{}.{}", self.word("web-marked-suffix"), answered.extension);
            let path = self.beside(&to, &end, false);
            put(&path, &answered.bytes)?;
            marked = path.file_name().map(|name| name.to_string_lossy().into_owned());
        }
        let lines = self.lines(ledger, &name, outcome, marked.as_deref());
        write(&self.beside(&to, ".txt", true), &lines)?;
        std::fs::rename(file, &to).map_err(|error| WiringError::file(file, &error))?;
        let note = note(file);
        if note.exists() {
            std::fs::remove_file(&note).map_err(|error| WiringError::file(&note, &error))?;
        }
        Ok(())
    }

    async fn marked(&self, upload: UploadId) -> Result<Answered, WiringError> {
        let mut desk = self.platform.office.reading(&self.actor).await?;
        let answered = self.platform.answer_sheet(&mut desk, upload, self.lang).await;
        answered.map_err(|error| WiringError::room(&error))
    }

    /// A name beside a file: after its whole name, or in place of its ending.
    fn beside(&self, file: &Path, end: &str, whole: bool) -> PathBuf {
        let part = if whole { file.file_name() } else { file.file_stem() };
        let part = part.map(|part| part.to_string_lossy().into_owned()).unwrap_or_default();
        file.with_file_name(format!("{part}{end}"))
    }

    fn lines(&self, ledger: &str, name: &Path, outcome: &Outcome, marked: Option<&str>) -> Vec<String> {
        let title = self.platform.packs.ledger(ledger).map_or(ledger, |ledger| ledger.title.as_str()).to_owned();
        let at = self.platform.office.now().for_people();
        let file = name.display().to_string();
        let mut lines = vec![self.words("inbox-told-title", &[("file", file), ("ledger", title), ("at", at)])];
        lines.push(String::new());
        match outcome {
            Outcome::Failed(failed) => {
                lines.push(self.word("inbox-told-nothing"));
                lines.push(failed.said.message(self.lang).to_owned());
                lines.push(failed.said.remedy(self.lang).to_owned());
                lines.push(self.word("inbox-told-again"));
            }
            Outcome::Taken(taken) => self.counted(taken, marked, &mut lines),
        }
        lines
    }

    fn counted(&self, taken: &Taken, marked: Option<&str>, lines: &mut Vec<String>) {
        let count = |name: &'static str, number: usize| (name, number.to_string());
        let counts = [
            count("accepted", taken.added + taken.superseded),
            count("added", taken.added),
            count("superseded", taken.superseded),
            count("unchanged", taken.unchanged),
            count("duplicated", taken.duplicated),
            count("rejected", taken.rejected),
        ];
        lines.push(self.words("inbox-told-counts", &counts));
        match taken.batch {
            Some(batch) => lines.push(self.words("inbox-told-batch", &[("batch", batch.to_string())])),
            None => lines.push(self.word("inbox-told-nothing-new")),
        }
        lines.extend(taken.notes.iter().map(|said| said.message(self.lang).to_owned()));
        if taken.rejected == 0 {
            return;
        }
        lines.push(String::new());
        lines.push(self.word("inbox-told-mend"));
        for reject in taken.rejects.iter().take(REASONS_MAX) {
            lines.push(format!("· {}", reject.said.whole(self.lang)));
        }
        let left = taken.rejects.len().saturating_sub(REASONS_MAX) + taken.rejects_left_off;
        if left > 0 {
            lines.push(self.words("inbox-told-more", &[("count", left.to_string())]));
        }
        lines.push(String::new());
        lines.push(self.words("inbox-told-how", &[("marked", marked.unwrap_or_default().to_owned())]));
    }

    fn word(&self, key: &str) -> String {
        mingcha_words::text(self.lang, key)
    }

    fn words(&self, key: &str, variables: &[(&str, String)]) -> String {
        mingcha_words::text_with(self.lang, key, variables)
    }
}

/// A name in a folder that is free: the name itself, or with a number before its ending.
pub(super) fn free(folder: &Path, name: &Path) -> PathBuf {
    let first = folder.join(name);
    if !first.exists() {
        return first;
    }
    let part = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
    let (stem, end) = (part(name.file_stem()).unwrap_or_default(), part(name.extension()));
    let numbered = |number: u32| match &end {
        Some(end) => folder.join(format!("{stem}-{number}.{end}")),
        None => folder.join(format!("{stem}-{number}")),
    };
    (2..).map(numbered).find(|path| !path.exists()).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number_before_its_ending() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = Path::new("十一月.xlsx");
        assert_eq!(free(folder.path(), name), folder.path().join("十一月.xlsx"));
        for taken in ["十一月.xlsx", "十一月-2.xlsx", "无后缀"] {
            std::fs::write(folder.path().join(taken), "").expect("written");
        }
        assert_eq!(free(folder.path(), name), folder.path().join("十一月-3.xlsx"));
        assert_eq!(free(folder.path(), Path::new("无后缀")), folder.path().join("无后缀-2"));
    }
}
