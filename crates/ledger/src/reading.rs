//! How a file is to be read, as its sender chose; and reading it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use mingcha_domain::Trouble;
use mingcha_intake::{Assign, CellProblem, Heading, IntakeError, Mapped, Options, Parsed, RejectedRow};
use mingcha_pack::Ledger;
use serde::{Deserialize, Serialize};

use crate::Hindrance;

/// A wire format (table `upload`): fields are only ever added, with a default.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Reading {
    sheet: Option<String>,
    header_row: Option<u32>,
    /// By heading; the empty name leaves the column out.
    by_heading: BTreeMap<String, String>,
    /// By place, counted from 0.
    by_place: BTreeMap<usize, String>,
    /// Headings among `by_heading` that were remembered from an earlier sheet.
    pub(crate) remembered: BTreeSet<String>,
}

impl Reading {
    pub(crate) fn of(options: &Options) -> Self {
        let mut reading = Self { sheet: options.sheet.clone(), header_row: options.header_row, ..Self::default() };
        for Assign { heading, column } in &options.columns {
            let column = column.clone().unwrap_or_default();
            match heading {
                Heading::Named(name) => reading.by_heading.insert(name.clone(), column),
                Heading::At(at) => reading.by_place.insert(*at, column),
            };
        }
        reading
    }

    pub(crate) fn options(&self) -> Options {
        let column = |name: &String| (!name.is_empty()).then(|| name.clone());
        let by_heading = self.by_heading.iter().map(|(heading, name)| (Heading::Named(heading.clone()), column(name)));
        let by_place = self.by_place.iter().map(|(at, name)| (Heading::At(*at), column(name)));
        let columns = by_heading.chain(by_place).map(|(heading, column)| Assign { heading, column }).collect();
        Options { sheet: self.sheet.clone(), header_row: self.header_row, columns, ..Options::default() }
    }

    /// Adds what was said earlier about headings that this sheet has and its sender said nothing about. Tells whether
    /// anything was added.
    pub(crate) fn remember(&mut self, mapping: &[Mapped], known: &BTreeMap<String, String>) -> bool {
        let mut added = false;
        for mapped in mapping {
            let Some(column) = known.get(&mapped.heading) else { continue };
            let is_so = mapped.column.as_deref().unwrap_or_default() == column;
            let said = self.by_place.contains_key(&mapped.at) || self.by_heading.contains_key(&mapped.heading);
            if !is_so && !said {
                self.by_heading.insert(mapped.heading.clone(), column.clone());
                self.remembered.insert(mapped.heading.clone());
                added = true;
            }
        }
        added
    }

    /// What its sender said about headings, by heading, to be remembered.
    pub(crate) fn said(&self, mapping: &[Mapped]) -> BTreeMap<String, String> {
        let mut said = self.by_heading.clone();
        for mapped in mapping {
            if let Some(column) = self.by_place.get(&mapped.at) {
                said.insert(mapped.heading.clone(), column.clone());
            }
        }
        said
    }

    pub(crate) fn to_json(&self) -> Result<String, Hindrance> {
        serde_json::to_string(self).map_err(|error| Hindrance::broken("upload", error))
    }

    pub(crate) fn from_json(text: &str) -> Result<Self, Hindrance> {
        serde_json::from_str(text).map_err(|error| Hindrance::broken("upload", error))
    }
}

/// Reads a file on a thread that may be busy for long.
pub(crate) async fn read(bytes: Arc<Vec<u8>>, ledger: &Ledger, reading: &Reading) -> Result<Parsed, Hindrance> {
    let (ledger, options) = (ledger.clone(), reading.options());
    let parsed = tokio::task::spawn_blocking(move || {
        mingcha_intake::parse(&bytes, &ledger, &options).map(|parsed| reject_both(parsed, &ledger))
    });
    let parsed = parsed.await.map_err(|error| Hindrance::Interrupted { detail: error.to_string() })?;
    Ok(parsed?)
}

/// The headings of a file, also of one whose columns do not fit.
pub(crate) fn headings(parsed: &Result<Parsed, Hindrance>) -> &[Mapped] {
    match parsed {
        Ok(parsed) => &parsed.mapping,
        Err(Hindrance::Intake(IntakeError::Columns(trouble))) => &trouble.mapping,
        Err(_) => &[],
    }
}

/// Of two rows with one key and different content nobody knows which is right. Intake keeps the first and names it when
/// it rejects the second; here the first is rejected too, and names the second.
fn reject_both(mut parsed: Parsed, ledger: &Ledger) -> Parsed {
    let mut others: BTreeMap<u32, u32> = BTreeMap::new();
    for reject in &parsed.rejects {
        for problem in reject.problems.iter().filter(|problem| problem.trouble.code == KEY_TWICE) {
            let first = problem.trouble.facts.iter().find(|(name, _)| *name == "first");
            if let Some(first) = first.and_then(|(_, first)| first.parse().ok()) {
                others.entry(first).or_insert(reject.row);
            }
        }
    }
    if others.is_empty() {
        return parsed;
    }
    let key = ledger.key.first().and_then(|name| ledger.position(name).map(|place| (name, place)));
    let (kept, firsts) = parsed.rows.into_iter().partition(|row| !others.contains_key(&row.row));
    parsed.rows = kept;
    for row in firsts {
        let (row, other, raw): (u32, u32, _) = (row.row, others[&row.row], row);
        let Some((name, place)) = key else { continue };
        let at = parsed.mapping.iter().find(|mapped| mapped.column.as_deref() == Some(name)).map(|mapped| mapped.at);
        let value = raw.values[place].to_string();
        let trouble = Trouble::new(KEY_TWICE)
            .with("row", row)
            .with("column", &ledger.columns[place].title)
            .with("value", &value)
            .with("first", other);
        let problem = CellProblem { column: name.clone(), at, value, trouble };
        parsed.rejects.push(RejectedRow { row, raw: raw.raw, problems: vec![problem] });
    }
    parsed.rejects.sort_by_key(|reject| reject.row);
    parsed
}

/// Intake's code for a key that another row of the sheet has with other content.
const KEY_TWICE: &str = "MC-INTAKE-059";
