//! The sentences people read, in Chinese and English.
//!
//! In go a language and a [`Trouble`] (or the key of a text); out comes the sentence. The words stand in
//! `locales/{zh-CN,en}/ROOM.ftl`, one file per room, in [Fluent](https://projectfluent.org). A trouble's code is its
//! key (`MC-INTAKE-003`: what happened, where), and `MC-INTAKE-003-remedy` says what to do now.
//!
//! Deliberately absent: falling back from one language to the other (a missing sentence must be seen, by the tests
//! first), formatting of numbers and days (values come in as text), any choice of HTTP status or exit code.

mod bundles;
#[cfg(test)]
mod laws;

use mingcha_domain::Trouble;

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Lang {
    /// 简体中文, the first language.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language's tag, as `lang="…"` and folder names write it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads a tag or the first part of one: `zh`, `zh-CN`, `en`, `en-GB`. `None` for other languages.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_', '.']).next() {
            Some("zh") => Some(Self::Zh),
            Some("en") => Some(Self::En),
            _ => None,
        }
    }
}

/// What happened and what to do now, as one text: two sentences, each with its full stop, set as the language sets them.
#[must_use]
pub fn say(lang: Lang, trouble: &Trouble) -> String {
    joined(lang, &message(lang, trouble), &remedy(lang, trouble))
}

/// What happened and what to do, said before, as one text.
#[must_use]
pub fn joined(lang: Lang, message: &str, remedy: &str) -> String {
    if remedy.is_empty() {
        return message.to_owned();
    }
    let ended = message.ends_with(['。', '？', '！', '.', '?', '!']);
    let between = match (lang, ended) {
        (Lang::Zh, true) => "",
        (Lang::Zh, false) => "。",
        (Lang::En, true) => " ",
        (Lang::En, false) => ". ",
    };
    format!("{message}{between}{remedy}")
}

/// What happened, and where.
#[must_use]
pub fn message(lang: Lang, trouble: &Trouble) -> String {
    bundles::format(lang, trouble.code, facts(trouble)).unwrap_or_else(|| bare(trouble))
}

/// What happened, said in the cell itself: without its place. The words under `CODE-cell`, or the message.
#[must_use]
pub fn in_cell(lang: Lang, trouble: &Trouble) -> String {
    bundles::format(lang, &format!("{}-cell", trouble.code), facts(trouble)).unwrap_or_else(|| message(lang, trouble))
}

/// What to do now. Empty when the message file has nothing under `CODE-remedy`.
#[must_use]
pub fn remedy(lang: Lang, trouble: &Trouble) -> String {
    bundles::format(lang, &format!("{}-remedy", trouble.code), facts(trouble)).unwrap_or_default()
}

/// The text of a key; the key itself when there is none.
#[must_use]
pub fn text(lang: Lang, key: &str) -> String {
    text_with(lang, key, &[])
}

/// The text of a key with its variables filled; the key itself when there is none.
#[must_use]
pub fn text_with(lang: Lang, key: &str, variables: &[(&str, String)]) -> String {
    let variables = variables.iter().map(|(name, value)| (*name, value.as_str()));
    bundles::format(lang, key, variables).unwrap_or_else(|| key.to_owned())
}

fn facts(trouble: &Trouble) -> impl Iterator<Item = (&str, &str)> {
    trouble.facts.iter().map(|(name, value)| (*name, value.as_str()))
}

/// A code whose words are missing is shown with all its facts: worse than a sentence, better than a riddle.
fn bare(trouble: &Trouble) -> String {
    let facts: Vec<String> = trouble.facts.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{} ({})", trouble.code, facts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_without_words_still_tells_its_facts() {
        let trouble = Trouble::new("MC-NOBODY-999").with("row", 3).with("column", "姓名");
        assert_eq!(message(Lang::Zh, &trouble), "MC-NOBODY-999 (row=3, column=姓名)");
        assert_eq!(remedy(Lang::Zh, &trouble), "");
    }

    #[test]
    fn variables_are_filled_without_invisible_marks() {
        let trouble = Trouble::new("MC-PACK-001").with("reason", "disk");
        for lang in [Lang::Zh, Lang::En] {
            let said = say(lang, &trouble);
            assert!(said.contains("disk"), "{said}");
            assert!(!said.contains(['\u{2068}', '\u{2069}']), "{said:?}");
        }
    }

    #[test]
    fn a_long_identifier_is_said_digit_by_digit() {
        let trouble = Trouble::new("MC-PACK-001").with("reason", "330902199001011239");
        assert!(message(Lang::Zh, &trouble).contains("330902199001011239"));
    }

    #[test]
    fn a_tag_is_read_by_its_first_part() {
        assert_eq!(Lang::from_tag("zh_CN.UTF-8"), Some(Lang::Zh));
        assert_eq!(Lang::from_tag("en-GB"), Some(Lang::En));
        assert_eq!(Lang::from_tag("fr"), None);
    }
}
