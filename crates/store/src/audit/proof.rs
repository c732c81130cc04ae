//! Proofs over the stored tree; they are checked with the pure functions of [`super::tree`].

use super::AuditSeq;
use super::head::hashes_of;
use super::tree::{Hash, Leaves, consistency_runs, fold, inclusion_runs, nodes_of};
use crate::{StoreError, Tx};

/// The path that proves an entry to be in the trail of the first `size` entries; `None` when it is not.
/// Check it with [`super::tree::root_by_inclusion`] at the index `seq - 1`.
pub async fn inclusion(tx: &mut Tx, seq: AuditSeq, size: i64) -> Result<Option<Vec<Hash>>, StoreError> {
    let (Ok(index), Ok(size)) = (u64::try_from(seq.0 - 1), u64::try_from(size)) else { return Ok(None) };
    match inclusion_runs(index, size) {
        Some(runs) => hashes_of_runs(tx, &runs).await.map(Some),
        None => Ok(None),
    }
}

/// The proof that the trail of `old` entries is the beginning of that of `new` entries; `None` when it cannot be.
/// Check it with [`super::tree::is_consistent`].
pub async fn consistency(tx: &mut Tx, old: i64, new: i64) -> Result<Option<Vec<Hash>>, StoreError> {
    let (Ok(old), Ok(new)) = (u64::try_from(old), u64::try_from(new)) else { return Ok(None) };
    match consistency_runs(old, new) {
        Some(runs) => hashes_of_runs(tx, &runs).await.map(Some),
        None => Ok(None),
    }
}

async fn hashes_of_runs(tx: &mut Tx, runs: &[Leaves]) -> Result<Vec<Hash>, StoreError> {
    let mut hashes = Vec::with_capacity(runs.len());
    for run in runs {
        hashes.push(fold(&hashes_of(tx, &nodes_of(*run)).await?));
    }
    Ok(hashes)
}
