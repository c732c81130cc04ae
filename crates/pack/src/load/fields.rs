//! Reads a TOML table key by key, collecting every fault on the way: what is missing, of another type, or unknown.
//!
//! Done by hand over the parser's spans rather than with serde, because serde stops at the first fault and forgets
//! where a value stood.

use std::cell::RefCell;

use mingcha_domain::{Day, Value};
use rust_decimal::Decimal;
use toml::de::{DeTable, DeValue};

use super::Faults;
use crate::{At, Spanned, faults};

/// A TOML text within a file: the whole file, or the front matter of a page.
#[derive(Clone, Copy)]
pub(super) struct Toml<'a> {
    pub(super) file: &'a str,
    /// Byte of the file at which the text starts.
    pub(super) shift: usize,
    pub(super) text: &'a str,
    pub(super) faults: &'a Faults,
}

impl<'a> Toml<'a> {
    /// Parses the text and hands its root table to `read`. Faults of syntax are told, and what could be understood is
    /// read all the same.
    pub(super) fn read<T>(self, read: impl FnOnce(&Fields<'_>) -> T) -> T {
        let (root, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let at = self.at(error.span().unwrap_or_default());
            self.faults.tell(faults::not_toml(at, error.message()));
        }
        let broken = !errors.is_empty();
        let fields = Fields { toml: self, table: root.get_ref(), at: self.at(0..0), broken, asked: RefCell::default() };
        let value = read(&fields);
        fields.refuse_unknown();
        value
    }

    fn at(self, span: std::ops::Range<usize>) -> At {
        At { file: self.file.to_owned(), start: self.shift + span.start, end: self.shift + span.end }
    }
}

/// One table of a TOML text.
pub(super) struct Fields<'a> {
    toml: Toml<'a>,
    table: &'a DeTable<'a>,
    /// Where the table is opened: what a missing key is told at.
    pub(super) at: At,
    /// The text has faults of syntax: keys may stand in wrong places, and telling them as missing or unknown would only
    /// be noise.
    broken: bool,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    pub(super) fn faults(&self) -> &'a Faults {
        self.toml.faults
    }

    fn get(&self, key: &'static str) -> Option<(&'a DeValue<'a>, At)> {
        self.asked.borrow_mut().push(key);
        self.table.get(key).map(|value| (value.get_ref(), self.toml.at(value.span())))
    }

    /// The place of a key's value, or of the table when the key is not there.
    pub(super) fn place(&self, key: &str) -> At {
        self.table.get(key).map_or_else(|| self.at.clone(), |value| self.toml.at(value.span()))
    }

    /// Tells that a key is missing.
    pub(super) fn missing(&self, key: &str) {
        if !self.broken {
            self.toml.faults.tell(faults::missing_key(self.place(key), key));
        }
    }

    /// Whether the key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn wrong<T>(&self, at: At, key: &str, expected: &str) -> Option<T> {
        self.toml.faults.tell(faults::wrong_type(at, key, expected));
        None
    }

    /// An optional text.
    pub(super) fn text(&self, key: &'static str) -> Option<Spanned<String>> {
        let (value, at) = self.get(key)?;
        match value.as_str() {
            Some(text) => Some(self.spanned_text(text, at)),
            None => self.wrong(at, key, "text"),
        }
    }

    /// The text with the place of its content, without quotation marks where it stands there letter by letter.
    fn spanned_text(&self, text: &str, at: At) -> Spanned<String> {
        let written = &self.toml.text[at.start - self.toml.shift..at.end - self.toml.shift];
        let within = written.find(text).map(|start| start..start + text.len());
        let at = within.filter(|_| !text.is_empty()).map_or(at.clone(), |within| at.part(within));
        Spanned { value: text.to_owned(), at }
    }

    /// A text that must be there and not empty; the empty text when it is not.
    pub(super) fn need_text(&self, key: &'static str) -> Spanned<String> {
        if !self.table.contains_key(key) {
            self.asked.borrow_mut().push(key);
            self.missing(key);
            return Spanned { value: String::new(), at: self.at.clone() };
        }
        let text = self.text(key).unwrap_or_default();
        if text.value.trim().is_empty() && text.at != At::default() {
            self.toml.faults.tell(faults::empty(text.at.clone(), key));
        }
        text
    }

    /// An optional whole number.
    pub(super) fn integer(&self, key: &'static str) -> Option<Spanned<i64>> {
        let (value, at) = self.get(key)?;
        match value.as_integer().and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok()) {
            Some(value) => Some(Spanned { value, at }),
            None => self.wrong(at, key, "integer"),
        }
    }

    /// A whole number that must be there; 0 when it is not.
    pub(super) fn need_integer(&self, key: &'static str) -> Spanned<i64> {
        if !self.table.contains_key(key) {
            self.asked.borrow_mut().push(key);
            self.missing(key);
        }
        self.integer(key).unwrap_or(Spanned { value: 0, at: self.at.clone() })
    }

    /// Yes or no; no when it is not there.
    pub(super) fn boolean(&self, key: &'static str) -> bool {
        match self.get(key) {
            None => false,
            Some((value, at)) => value.as_bool().unwrap_or_else(|| self.wrong(at, key, "boolean").unwrap_or(false)),
        }
    }

    /// An optional list of texts.
    pub(super) fn texts(&self, key: &'static str) -> Vec<Spanned<String>> {
        let Some((value, at)) = self.get(key) else { return Vec::new() };
        let Some(list) = value.as_array() else { return self.wrong(at, key, "list").unwrap_or_default() };
        let mut texts = Vec::new();
        for item in list.iter() {
            let at = self.toml.at(item.span());
            match item.get_ref().as_str() {
                Some(text) => texts.push(self.spanned_text(text, at)),
                None => self.toml.faults.tell(faults::wrong_type(at, key, "text")),
            }
        }
        texts
    }

    /// One of a set of words; `None` when it is not there or is another word.
    pub(super) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let known = words.iter().map(|(word, _)| *word);
            self.toml.faults.tell(faults::unknown_word(text.at, key, &text.value, known));
        }
        found
    }

    /// An optional calendar day.
    pub(super) fn day(&self, key: &'static str) -> Option<Spanned<Day>> {
        let value = self.scalar(key)?;
        match value.value {
            Value::Day(day) => Some(Spanned { value: day, at: value.at }),
            _ => self.wrong(value.at, key, "date"),
        }
    }

    /// An optional whole number, decimal (read exactly), text, day or boolean.
    pub(super) fn scalar(&self, key: &'static str) -> Option<Spanned<Value>> {
        let (value, at) = self.get(key)?;
        match scalar(value) {
            Some(value) => Some(Spanned { value, at }),
            None => self.wrong(at, key, "scalar"),
        }
    }

    /// An optional table of scalars under names that the author chose, in the order of the names.
    pub(super) fn scalars(&self, key: &'static str) -> Vec<(Spanned<String>, Spanned<Value>)> {
        let Some((value, at)) = self.get(key) else { return Vec::new() };
        let Some(table) = value.as_table() else { return self.wrong(at, key, "table").unwrap_or_default() };
        let mut scalars = Vec::new();
        for (name, value) in table {
            let at = self.toml.at(value.span());
            match scalar(value.get_ref()) {
                Some(value) => {
                    let name = Spanned { value: name.get_ref().to_string(), at: self.toml.at(name.span()) };
                    scalars.push((name, Spanned { value, at }));
                }
                None => self.toml.faults.tell(faults::wrong_type(at, key, "scalar")),
            }
        }
        scalars
    }

    /// An optional table, read by `read`.
    pub(super) fn table<T>(&self, key: &'static str, read: impl FnOnce(&Fields<'_>) -> T) -> Option<T> {
        let (value, at) = self.get(key)?;
        match value.as_table() {
            Some(table) => Some(self.read_table(table, at, read)),
            None => self.wrong(at, key, "table"),
        }
    }

    /// The tables of an array `[[key]]`, each read by `read`.
    pub(super) fn tables<T>(&self, key: &'static str, mut read: impl FnMut(&Fields<'_>) -> T) -> Vec<T> {
        let Some((value, at)) = self.get(key) else { return Vec::new() };
        self.read_tables(key, value, at, &mut read)
    }

    /// Arrays of tables under names that the author chose: `[[params.limit]]`.
    pub(super) fn named_tables<T>(
        &self,
        key: &'static str,
        mut read: impl FnMut(&Spanned<String>, &Fields<'_>) -> T,
    ) -> Vec<T> {
        let Some((value, at)) = self.get(key) else { return Vec::new() };
        let Some(table) = value.as_table() else { return self.wrong(at, key, "table").unwrap_or_default() };
        let mut all = Vec::new();
        for (name, value) in table {
            let name = Spanned { value: name.get_ref().to_string(), at: self.toml.at(name.span()) };
            let at = self.toml.at(value.span());
            all.extend(self.read_tables(&name.value, value.get_ref(), at, &mut |fields| read(&name, fields)));
        }
        all
    }

    fn read_tables<T>(
        &self,
        key: &str,
        value: &DeValue<'_>,
        at: At,
        read: &mut impl FnMut(&Fields<'_>) -> T,
    ) -> Vec<T> {
        let Some(list) = value.as_array() else { return self.wrong(at, key, "tables").unwrap_or_default() };
        let mut all = Vec::new();
        for item in list.iter() {
            let at = self.toml.at(item.span());
            match item.get_ref().as_table() {
                Some(table) => all.push(self.read_table(table, at, &mut *read)),
                None => self.toml.faults.tell(faults::wrong_type(at, key, "tables")),
            }
        }
        all
    }

    fn read_table<T>(&self, table: &DeTable<'_>, at: At, read: impl FnOnce(&Fields<'_>) -> T) -> T {
        let fields = Fields { toml: self.toml, table, at, broken: self.broken, asked: RefCell::default() };
        let value = read(&fields);
        fields.refuse_unknown();
        value
    }

    /// Tells every key that nobody asked for.
    fn refuse_unknown(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            if !self.broken && !asked.iter().any(|known| *known == key.get_ref().as_ref()) {
                let at = self.toml.at(key.span());
                self.toml.faults.tell(faults::unknown_key(at, key.get_ref(), &asked));
            }
        }
    }
}

fn scalar(value: &DeValue<'_>) -> Option<Value> {
    match value {
        DeValue::String(text) => Some(Value::Text(text.to_string())),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(Value::Int),
        DeValue::Float(number) => number.as_str().parse::<Decimal>().ok().map(Value::Decimal),
        DeValue::Boolean(yes) => Some(Value::Bool(*yes)),
        DeValue::Datetime(at) => match (at.date, at.time) {
            (Some(date), None) => {
                Day::new(i32::from(date.year), u32::from(date.month), u32::from(date.day)).ok().map(Value::Day)
            }
            _ => None,
        },
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}
