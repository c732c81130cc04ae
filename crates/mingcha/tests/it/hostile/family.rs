//! Hands in one hostile file after another to one data folder, and keeps what was wrong with the answers.
//!
//! An entry says what is wrong with the file, and what a clerk must get for it. The rows of the folder are read once at
//! the end: each row must belong to an entry that said so, and each value must be the one that the entry promised.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::Value;

use crate::house::{House, Ran};
use crate::sheets::{CERTIFICATE, SUBSIDY, Sheet};

/// The entries of one family, in a data folder of their own.
pub struct Family {
    pub house: House,
    ledger: &'static str,
    used: u32,
    faults: BTreeMap<String, Vec<String>>,
    batches: BTreeMap<i64, (String, u64)>,
    promised: Vec<Promise>,
}

/// A value that must be in the ledger at the end.
struct Promise {
    what: String,
    batch: i64,
    row: i64,
    column: String,
    value: Value,
}

impl Family {
    /// Certificates, into an empty folder.
    pub fn of_certificates() -> Self {
        Self::of(CERTIFICATE)
    }

    /// Subsidies, into an empty folder.
    pub fn of_subsidies() -> Self {
        Self::of(SUBSIDY)
    }

    /// Rows of this ledger, into an empty folder.
    pub fn of(ledger: &'static str) -> Self {
        let house = House::new();
        Self { house, ledger, used: 0, faults: BTreeMap::new(), batches: BTreeMap::new(), promised: Vec::new() }
    }

    /// So many right rows that no other entry of the family has.
    pub fn sheet(&mut self, count: u32) -> Sheet {
        let (from, to) = (self.used, self.used + count);
        self.used = to;
        let mut sheet = match self.ledger {
            SUBSIDY => (from..to).map(|person| Sheet::subsidies(person + 1, 1)).reduce(Sheet::and).expect("a row"),
            _ => Sheet::certificates(to),
        };
        let before = sheet.rows.len() - count as usize;
        sheet.rows.drain(..before);
        sheet
    }

    /// Hands in a file that has this wrong with it.
    #[must_use = "say what the clerk must get"]
    pub fn hands_in(&mut self, what: &str, file: &str, content: impl AsRef<[u8]>) -> Answer<'_> {
        let ran = self.house.import(self.ledger, file, content);
        self.answered(what, file, ran)
    }

    /// The same for a command that the entry ran itself.
    #[must_use = "say what the clerk must get"]
    pub fn answered(&mut self, what: &str, file: &str, ran: Ran) -> Answer<'_> {
        keep_message(what, file, &ran);
        let told = serde_json::from_str(&ran.stdout).unwrap_or(Value::Null);
        Answer { family: self, what: format!("{what} ({file})"), ran, told }
    }

    /// Reads the ledger once, and fails with everything that was wrong.
    pub fn finish(mut self) {
        let rows = self.house.rows(self.ledger);
        let mut of_batch: BTreeMap<i64, u64> = BTreeMap::new();
        for row in &rows {
            let batch = row["_batch"].as_i64().expect("a batch");
            if !self.batches.contains_key(&batch) {
                self.fault("a row that no entry owns up to", row.to_string());
            }
            *of_batch.entry(batch).or_default() += 1;
        }
        for (batch, (what, count)) in std::mem::take(&mut self.batches) {
            let there = of_batch.get(&batch).copied().unwrap_or_default();
            if there != count {
                self.fault(&what, format!("{there} rows are in the ledger, {count} were taken"));
            }
        }
        for promise in std::mem::take(&mut self.promised) {
            let row = rows.iter().find(|row| row["_batch"] == promise.batch && row["_row"] == promise.row);
            let there = row.map_or(&Value::Null, |row| &row[&promise.column]);
            if row.is_none() || there != &promise.value {
                let Promise { what, row: line, column, value, .. } = promise;
                self.fault(
                    &what,
                    format!("row {line} {column} is {there}, not {value} (row there: {})", row.is_some()),
                );
            }
        }
        self.house.verifies();
        let told: Vec<String> =
            self.faults.iter().map(|(what, list)| format!("{what}\n  - {}", list.join("\n  - "))).collect();
        assert!(told.is_empty(), "{} entries failed:\n\n{}", told.len(), told.join("\n\n"));
    }

    fn fault(&mut self, what: &str, fault: String) {
        self.faults.entry(what.to_owned()).or_default().push(fault);
    }

    /// A later entry of the family replaced rows of an earlier one.
    pub fn superseded(&mut self, batch: i64, count: u64) {
        if let Some((_, rows)) = self.batches.get_mut(&batch) {
            *rows -= count;
        }
    }
}

/// What came back for one file.
pub struct Answer<'a> {
    family: &'a mut Family,
    what: String,
    ran: Ran,
    told: Value,
}

impl Answer<'_> {
    /// Nothing of it was taken: exit code 1, and words that hold all of these.
    pub fn refused(self, words: &[&str]) {
        let is_refused = self.ran.code == 1 && self.ran.stdout.is_empty();
        let refused = self.check(is_refused, "it should be refused");
        let heard = words.iter().fold(refused, |answer, word| {
            let there = answer.ran.stderr.contains(word);
            answer.check(there, &format!("no “{word}” in the message"))
        });
        let sentences = heard.ran.stderr.matches('。').count();
        let _ = heard.check(sentences >= 2, "what happened and what to do are two sentences");
    }

    /// So many rows were taken and so many given back, with the exit code that says so.
    #[must_use]
    pub fn took(self, accepted: u64, rejected: u64) -> Self {
        let code = if rejected == 0 { 0 } else { 2 };
        let (is_code, in_, out) = (self.ran.code == code, &self.told["accepted"], &self.told["rejected"]);
        let as_said = is_code && *in_ == accepted && *out == rejected;
        if let (Some(batch), Some(rows)) = (self.told["batch"].as_i64(), in_.as_u64()) {
            let rows = (self.what.clone(), rows);
            self.family.batches.insert(batch, rows);
        }
        let answer = self.check(as_said, &format!("{accepted} rows taken and {rejected} given back was expected"));
        let given_back = answer.rejects().len() as u64;
        let named = (given_back == 0) == (rejected == 0);
        answer.check(named, "each row that is given back is named").places_are_named()
    }

    /// A number of the answer.
    #[must_use]
    pub fn counts(self, what: &str, count: u64) -> Self {
        let is = self.told[what] == count;
        self.check(is, &format!("{what} should be {count}"))
    }

    /// A cell was given back: where, by which code (or its beginning), in which words.
    #[must_use]
    pub fn gave_back(self, row: u64, column: &str, code: &str, words: &[&str]) -> Self {
        let found = self.rejects().into_iter().find(|reject| {
            let message = reject["message"].as_str().unwrap_or_default();
            let is_place = reject["row"] == row && reject["column"] == column;
            let is_code = reject["code"].as_str().is_some_and(|known| known.starts_with(code));
            is_place && is_code && words.iter().all(|word| message.contains(word))
        });
        let is_there = found.is_some();
        self.check(is_there, &format!("{code} at row {row} “{column}” with {words:?} was expected"))
    }

    /// The clerk was told this beside the counts.
    #[must_use]
    pub fn said(self, words: &[&str]) -> Self {
        words.iter().fold(self, |answer, word| {
            let there = answer.ran.stderr.contains(word);
            answer.check(there, &format!("“{word}” was not said"))
        })
    }

    /// The row that went in from this line has this value.
    #[must_use]
    pub fn holds(self, row: i64, column: &str, value: impl Into<Value>) -> Self {
        if let Some(batch) = self.told["batch"].as_i64() {
            let (what, column) = (self.what.clone(), column.to_owned());
            self.family.promised.push(Promise { what, batch, row, column, value: value.into() });
        }
        self
    }

    /// The batch that came of it.
    pub fn batch(&self) -> i64 {
        self.told["batch"].as_i64().unwrap_or(-1)
    }

    /// Nothing more to say.
    pub fn done(self) {}

    fn rejects(&self) -> Vec<Value> {
        self.told["rejects"].as_array().cloned().unwrap_or_default()
    }

    /// Each message says in which line, and then what to do.
    fn places_are_named(self) -> Self {
        self.rejects().iter().fold(self, |answer, reject| {
            let message = reject["message"].as_str().unwrap_or_default();
            let is_placed = message.contains(&format!("第 {} 行", reject["row"]));
            let has_remedy = message.matches('。').count() >= 2;
            answer.check(is_placed && has_remedy, &format!("place, reason and remedy in: {message}"))
        })
    }

    fn check(self, holds: bool, expected: &str) -> Self {
        if !holds {
            let what = self.what.clone();
            if !self.family.faults.contains_key(&what) {
                self.family.fault(&what, self.transcript());
            }
            self.family.fault(&what, expected.to_owned());
        }
        self
    }

    /// What came back, short.
    fn transcript(&self) -> String {
        let Self { told, ran, .. } = self;
        let rejects: Vec<String> = self
            .rejects()
            .iter()
            .map(|reject| format!("{} {} {}", reject["code"], reject["column"], reject["message"]))
            .collect();
        let said: String = ran.stderr.trim().chars().take(1500).collect();
        let counts = format!("{} in, {} out", told["accepted"], told["rejected"]);
        format!(
            "code {}: {counts}\n      {}\n      {}",
            ran.code,
            rejects.join("\n      "),
            said.replace('\n', "\n      ")
        )
    }
}

/// For a person who reads all messages as a clerk would: they are added to this file when its name is given.
fn keep_message(what: &str, file: &str, ran: &Ran) {
    let Some(path) = std::env::var_os("MINGCHA_HOSTILE_MESSAGES") else { return };
    let kept = std::fs::OpenOptions::new().create(true).append(true).open(path);
    let text = format!("## {what} — {file} (code {})\n{}{}\n", ran.code, ran.stderr, ran.stdout);
    kept.and_then(|mut kept| kept.write_all(text.as_bytes())).expect("kept");
}
