//! Keys within one sheet: the same row twice is left out once, two rows of one key that differ must be mended.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, RandomState};

use mingcha_domain::Value;
use mingcha_pack::Ledger;

/// What a row's key met.
pub(crate) enum Met {
    New,
    /// The same key with the same values, first seen in that row.
    SameRow,
    /// The same key with other values, first seen in that row.
    OtherRow(u32),
}

/// The keys seen so far in one sheet.
pub(crate) struct Keys {
    places: Vec<usize>,
    seen: HashMap<String, (u32, u64)>,
    hasher: RandomState,
}

impl Keys {
    pub(crate) fn of(ledger: &Ledger) -> Self {
        let places = ledger.key.iter().filter_map(|name| ledger.position(name)).collect();
        Self { places, seen: HashMap::new(), hasher: RandomState::new() }
    }

    /// The first column of the key, beside which a repetition is told.
    pub(crate) fn column(&self) -> Option<usize> {
        self.places.first().copied()
    }

    pub(crate) fn meet(&mut self, row: u32, values: &[Value]) -> Met {
        if self.places.is_empty() {
            return Met::New;
        }
        let mut key = String::new();
        for place in &self.places {
            key.push_str(&values[*place].to_string());
            key.push('\u{1F}');
        }
        let content = self.hasher.hash_one(values);
        match self.seen.entry(key) {
            Entry::Vacant(free) => {
                free.insert((row, content));
                Met::New
            }
            Entry::Occupied(seen) if seen.get().1 == content => Met::SameRow,
            Entry::Occupied(seen) => Met::OtherRow(seen.get().0),
        }
    }
}
