//! Places in the files of a pack, and the files themselves: what a fault points into.

use std::collections::BTreeMap;
use std::ops::Range;

/// A place in a pack's file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct At {
    /// Path below the packs folder with `/` between parts, e.g. `vocational_training/figures.toml`.
    pub file: String,
    /// First byte of the marked text.
    pub start: usize,
    /// First byte after the marked text.
    pub end: usize,
}

impl At {
    /// The marked bytes.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// A part of this place, by byte offsets within it; stays inside it whatever the offsets are.
    #[must_use]
    pub fn part(&self, within: Range<usize>) -> Self {
        let length = self.end - self.start;
        let start = self.start + within.start.min(length);
        let end = self.start + within.end.min(length);
        Self { file: self.file.clone(), start, end: end.max(start) }
    }
}

/// Something read, with the place it was read from.
///
/// For SQL and templates the text equals the marked bytes, so that an offset in the text is an offset in the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub at: At,
}

/// The texts of all files that were read, by path.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sources {
    files: BTreeMap<String, String>,
}

impl Sources {
    /// Keeps a file's text.
    pub fn add(&mut self, file: &str, text: String) {
        self.files.insert(file.to_owned(), text);
    }

    /// The text of a file; empty for a file that is not there (a fault may be that it is missing).
    #[must_use]
    pub fn text(&self, file: &str) -> &str {
        self.files.get(file).map_or("", String::as_str)
    }

    /// All files by path, in order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(file, text)| (file.as_str(), text.as_str()))
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    #[must_use]
    pub fn line_column(&self, file: &str, offset: usize) -> (usize, usize) {
        let text = self.text(file);
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters_and_not_bytes() {
        let mut sources = Sources::default();
        sources.add("a.toml", "第一行\n标题 = 1\n".to_owned());
        let at = "第一行\n标题 ".len();
        assert_eq!(sources.line_column("a.toml", at), (2, 4));
    }

    #[test]
    fn a_place_outside_the_text_is_its_end_and_not_a_panic() {
        let mut sources = Sources::default();
        sources.add("a.toml", "一".to_owned());
        assert_eq!(sources.line_column("a.toml", 1), (1, 1));
        assert_eq!(sources.line_column("a.toml", 99), (1, 2));
        assert_eq!(sources.line_column("missing.toml", 99), (1, 1));
    }
}
