//! Which ledger a file is meant for: a clerk drops a file, and need not say.

use mingcha_pack::Ledger;

use crate::heading::Names;
use crate::source::Source;
use crate::{IntakeError, Limits, header};

/// A ledger that a file may be meant for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// `pack.ledger`.
    pub ledger: String,
    /// The sheet whose header fits.
    pub sheet: String,
    /// Columns of the ledger that it recognises.
    pub recognised: usize,
    /// Columns of the ledger.
    pub columns: usize,
}

/// Returns the ledgers whose columns the file's header has, the best fit first; empty when none fits at all.
pub fn recognise<'a>(
    bytes: &[u8],
    ledgers: impl Iterator<Item = &'a Ledger>,
    limits: &Limits,
) -> Result<Vec<Candidate>, IntakeError> {
    let ledgers: Vec<(&Ledger, Names)> = ledgers.map(|ledger| (ledger, Names::of(ledger))).collect();
    let any =
        |rows: &[crate::cell::Row]| ledgers.iter().map(|(_, names)| header::score(names, rows)).max().unwrap_or(0);
    let mut source = Source::open(bytes, limits, &any)?;
    let mut candidates: Vec<Candidate> = Vec::new();
    for sheet in source.sheets() {
        let head = source.head(&sheet, false)?;
        for (ledger, names) in &ledgers {
            let recognised = header::score(names, &head);
            if recognised > 0 {
                let (ledger, columns) = (ledger.full_name(), ledger.columns.len());
                candidates.push(Candidate { ledger, sheet: sheet.clone(), recognised, columns });
            }
        }
    }
    // Most columns recognised; of equals the ledger that has fewest others.
    candidates.sort_by_key(|found| (std::cmp::Reverse(found.recognised), found.columns - found.recognised));
    let mut seen = std::collections::BTreeSet::new();
    candidates.retain(|found| seen.insert(found.ledger.clone()));
    Ok(candidates)
}
