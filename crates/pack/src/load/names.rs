//! What a name in one pack means: its own ledgers without prefix, those of packs it depends on as `pack.ledger`.

use super::Faults;
use crate::{Ledger, Pack, Spanned, faults};

/// Every ledger that any pack has.
pub(super) struct Names {
    packs: Vec<String>,
    ledgers: Vec<Ledger>,
}

/// A name that another pack may have to answer for; looked up once all packs are read.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) depends: Vec<Spanned<String>>,
    pub(super) references: Vec<Spanned<String>>,
}

impl Names {
    pub(super) fn of(packs: &[Pack]) -> Self {
        Self {
            packs: packs.iter().map(|pack| pack.key.clone()).collect(),
            ledgers: packs.iter().flat_map(|pack| pack.ledgers.iter().cloned()).collect(),
        }
    }

    pub(super) fn scope<'a>(&'a self, pack: &Pack, faults: &'a Faults) -> Scope<'a> {
        Scope { pack: pack.key.clone(), depends: pack.depends.clone(), names: self, faults }
    }

    /// Tells what one pack names and no pack has.
    pub(super) fn check(&self, pack: &Pack, pending: &Pending, faults: &Faults) {
        for depends in &pending.depends {
            if !self.packs.contains(&depends.value) {
                let known = self.packs.iter().map(String::as_str);
                faults.tell(faults::unknown_pack(depends.at.clone(), &depends.value, known));
            }
        }
        let scope = self.scope(pack, faults);
        for reference in &pending.references {
            scope.ledger(reference);
        }
    }
}

/// The names that one pack may use.
pub(super) struct Scope<'a> {
    pub(super) pack: String,
    depends: Vec<String>,
    names: &'a Names,
    pub(super) faults: &'a Faults,
}

impl<'a> Scope<'a> {
    /// The ledger that a name means; tells a fault when there is none or its pack is not depended on.
    pub(super) fn ledger(&self, written: &Spanned<String>) -> Option<&'a Ledger> {
        let full = self.full_name(&written.value);
        let Some(ledger) = self.names.ledgers.iter().find(|ledger| ledger.full_name() == full) else {
            let known: Vec<String> = self.names.ledgers.iter().map(|ledger| self.short_name(ledger)).collect();
            let known = known.iter().map(String::as_str);
            self.faults.tell(faults::unknown_ledger(written.at.clone(), &written.value, known));
            return None;
        };
        if ledger.pack != self.pack && !self.depends.contains(&ledger.pack) {
            self.faults.tell(faults::pack_not_in_depends(written.at.clone(), &ledger.pack));
        }
        Some(ledger)
    }

    /// `pack.name`, with this pack for a name without one.
    pub(super) fn full_name(&self, written: &str) -> String {
        if written.contains('.') { written.to_owned() } else { format!("{}.{written}", self.pack) }
    }

    fn short_name(&self, ledger: &Ledger) -> String {
        if ledger.pack == self.pack { ledger.name.clone() } else { ledger.full_name() }
    }
}

/// Whether a name is snake_case: it becomes a name in SQL, in addresses and in files.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Tells a name that is not snake_case; the empty one was told as missing.
pub(super) fn check_name(name: &Spanned<String>, faults: &Faults) {
    if !name.value.is_empty() && !is_name(&name.value) {
        faults.tell(faults::bad_name(name.at.clone(), &name.value));
    }
}

/// Tells every name that stands twice.
pub(super) fn check_distinct<'a>(names: impl Iterator<Item = &'a Spanned<String>>, faults: &Faults) {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if seen.contains(&name.value.as_str()) {
            faults.tell(faults::twice(name.at.clone(), &name.value));
        }
        seen.push(&name.value);
    }
}
