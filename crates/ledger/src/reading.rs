//! How a file is to be read, as its sender chose.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_intake::{Assign, Heading, Mapped, Options};
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
