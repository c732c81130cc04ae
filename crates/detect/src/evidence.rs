//! The rows that a finding rests on, read from the lake as they were when it was found.

use mingcha_domain::{RowRef, Value};
use mingcha_engine::lake::RowFilter;
use mingcha_engine::{Lake, guard};
use mingcha_pack::{Model, PackSet};

use crate::{DetectError, Finding};

/// One row of evidence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvidenceRow {
    /// Full name of its ledger.
    pub ledger: String,
    /// The batch and the line in its source sheet.
    pub at: RowRef,
    /// Its cells, in the order of the ledger's columns.
    pub values: Vec<Value>,
}

/// Reads the rows of a finding at its snapshot, sorted by batch and line. The caller masks them, and shows them only to
/// who may see the finding.
pub async fn evidence_rows(lake: &Lake, packs: &PackSet, finding: &Finding) -> Result<Vec<EvidenceRow>, DetectError> {
    let mut rows = Vec::new();
    let which = RowFilter::Refs(finding.evidence.clone());
    for ledger in packs.model(&finding.model).map(ledgers_of).unwrap_or_default() {
        let Some(ledger) = packs.ledger(&ledger) else { continue };
        for row in lake.rows(ledger, finding.snapshot, &which).await? {
            rows.push(EvidenceRow { ledger: ledger.full_name(), at: row.at, values: row.values });
        }
    }
    rows.sort_by_key(|row| row.at);
    Ok(rows)
}

/// Full names of the tables that a model reads.
fn ledgers_of(model: &Model) -> Vec<String> {
    let full = |name: String| if name.contains('.') { name } else { format!("{}.{name}", model.pack) };
    guard::tables(&model.sql.value).into_iter().map(full).collect()
}
