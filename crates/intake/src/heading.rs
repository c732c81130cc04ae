//! Which column of a ledger a heading stands for: Chinese title, English title, name, alias.

use mingcha_pack::{Column, Ledger};
use unicode_normalization::UnicodeNormalization;

use crate::cell::is_space;
use crate::limits::HEADING_CHARS_MAX;

/// How a heading was recognised, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum How {
    /// The caller said so.
    Given,
    /// It is the column's title.
    Title,
    /// It is the English title, or the name in SQL.
    English,
    /// It is one of the aliases.
    Alias,
}

/// The names of a ledger's columns, ready for comparison.
pub(crate) struct Names {
    names: Vec<Name>,
}

/// One of them.
struct Name {
    /// Normalised.
    whole: String,
    /// Without what stands in brackets.
    bare: String,
    column: usize,
    how: How,
}

impl Names {
    pub(crate) fn of(ledger: &Ledger) -> Self {
        let mut names = Vec::new();
        for (i, column) in ledger.columns.iter().enumerate() {
            let mut add = |name: &str, how| {
                let whole = norm(name);
                let bare = without_brackets(&whole);
                names.push(Name { whole, bare, column: i, how });
            };
            add(&column.title, How::Title);
            add(&column.title_en, How::English);
            add(&column.name, How::English);
            column.aliases.iter().for_each(|alias| add(alias, How::Alias));
        }
        names.retain(|name| !name.whole.is_empty());
        Self { names }
    }

    /// The column that a heading stands for. A unit in brackets (金额（元）) makes no difference unless it tells two apart.
    pub(crate) fn recognise(&self, heading: &str) -> Option<(usize, How)> {
        if !can_be_heading(heading) {
            return None;
        }
        let whole = norm(heading);
        let bare = without_brackets(&whole);
        let find = |same: &dyn Fn(&Name) -> bool| {
            let found = self.names.iter().filter(|name| same(name)).min_by_key(|name| name.how);
            found.map(|name| (name.column, name.how))
        };
        if whole.is_empty() {
            return None;
        }
        find(&|name| name.whole == whole)
            .or_else(|| if bare.is_empty() { None } else { find(&|name| name.bare == bare) })
    }

    /// The column whose name looks most like the heading, if any looks like it at all.
    pub(crate) fn nearest(&self, heading: &str) -> Option<usize> {
        if !can_be_heading(heading) {
            return None;
        }
        let heading = norm(heading);
        self.names
            .iter()
            .map(|name| (likeness(&name.whole, &heading), name.column))
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, i)| i)
    }
}

/// The heading among some that looks most like the column, if any does.
pub(crate) fn nearest_heading<'a>(column: &Column, headings: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let names: Vec<String> = [&column.title, &column.title_en, &column.name]
        .into_iter()
        .chain(&column.aliases)
        .map(|name| norm(name))
        .collect();
    headings
        .filter(|heading| can_be_heading(heading))
        .map(|heading| {
            let heading_norm = norm(heading);
            let best = names.iter().map(|name| likeness(name, &heading_norm)).fold(0.0, f64::max);
            (best, heading)
        })
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, heading)| heading)
}

/// The text of some that looks most like the one that was written, if any does.
pub(crate) fn nearest_text<'a>(written: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let written = norm(written);
    among
        .map(|text| (likeness(&norm(text), &written), text))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, text)| text)
}

/// Whether a text is short enough: a cell of a megabyte is nobody's heading, and comparing it takes long.
fn can_be_heading(text: &str) -> bool {
    text.chars().nth(HEADING_CHARS_MAX).is_none()
}

/// From here on two names look alike: one of two characters the same.
const ALIKE: f64 = 0.5;

/// Chinese names are short, so that one that holds the other is alike however long the rest (发放时间 and 时间).
fn likeness(a: &str, b: &str) -> f64 {
    let likeness = strsim::normalized_damerau_levenshtein(a, b);
    let holds = |long: &str, short: &str| short.chars().count() >= 2 && long.contains(short);
    if holds(a, b) || holds(b, a) { likeness.max(0.6) } else { likeness }
}

/// A name without what people vary: width, case, spaces, line breaks, stars, colons, quotes, `_` and `-`.
pub(crate) fn norm(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_space(*c) && !matches!(c, '*' | ':' | '_' | '-' | '"' | '\'' | '“' | '”' | '‘' | '’' | '、'))
        .collect()
}

/// A normalised name without what stands in brackets.
fn without_brackets(name: &str) -> String {
    let mut depth = 0u32;
    name.chars()
        .filter(|c| match c {
            '(' | '[' | '【' => {
                depth += 1;
                false
            }
            ')' | ']' | '】' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> Ledger {
        let column = |name: &str, title: &str, title_en: &str, aliases: &[&str]| Column {
            name: name.into(),
            title: title.into(),
            title_en: title_en.into(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            ..Column::default()
        };
        Ledger {
            columns: vec![
                column("resident_id", "身份证号", "Resident identity number", &["公民身份号码", "身份证号码"]),
                column("granted_on", "发放日期", "Granted on", &["发放时间"]),
                column("amount", "补贴金额（元）", "Amount (yuan)", &[]),
            ],
            ..Ledger::default()
        }
    }

    #[test]
    fn a_heading_is_recognised_by_any_of_its_names() {
        let names = Names::of(&ledger());
        for (heading, expected) in [
            ("身份证号", Some((0, How::Title))),
            (" 身份证\n号＊", Some((0, How::Title))),
            ("身份证号码", Some((0, How::Alias))),
            ("RESIDENT_ID", Some((0, How::English))),
            ("Granted On", Some((1, How::English))),
            ("补贴金额(元)", Some((2, How::Title))),
            ("补贴金额", Some((2, How::Title))),
            ("发放日期（年月日）", Some((1, How::Title))),
            ("（元）", None),
            ("备注", None),
        ] {
            assert_eq!(names.recognise(heading), expected, "{heading}");
        }
        assert_eq!(names.recognise(&format!("身份证号（{}）", "填".repeat(HEADING_CHARS_MAX))), None);
    }

    #[test]
    fn an_unknown_heading_has_its_nearest_name() {
        let names = Names::of(&ledger());
        assert_eq!(names.nearest("发放日"), Some(1));
        assert_eq!(names.nearest("金额"), Some(2));
        assert_eq!(names.nearest("籍贯"), None);
        let ledger = ledger();
        assert_eq!(nearest_heading(&ledger.columns[1], ["籍贯", "发放日"].into_iter()), Some("发放日"));
        assert_eq!(nearest_text("培训补助", ["培训补贴", "技能提升补贴"].into_iter()), Some("培训补贴"));
    }
}
