//! The head of the tree: how many entries, and the root over them. Kept elsewhere, it shows a rewritten trail.

use std::fmt;
use std::str::FromStr;

use super::tree::{Frontier, Hash, Leaves, NodeAt, nodes_of};
use crate::{Param, StoreError, Tx, params};

/// The size and root of the audit tree. Written `42:9f…`, the size and the root in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// The number of entries.
    pub size: i64,
    /// The root over their leaves.
    pub root: Hash,
}

/// Not the text of a head.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a head of an audit trail: expected SIZE:ROOT, the root as 64 hexadecimal digits")]
pub struct NotAHead;

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.size, hex::encode(self.root))
    }
}

impl FromStr for Head {
    type Err = NotAHead;
    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let (size, root) = text.trim().split_once(':').ok_or(NotAHead)?;
        let size = size.parse::<i64>().ok().filter(|size| *size >= 0).ok_or(NotAHead)?;
        Ok(Self { size, root: hash_from(root).ok_or(NotAHead)? })
    }
}

/// The head as of now.
pub async fn head(tx: &mut Tx) -> Result<Head, StoreError> {
    let newest = tx.one("SELECT COALESCE(MAX(seq), 0) AS newest FROM audit_entry", params![]).await?;
    let size = newest.map(|row| row.int("newest")).transpose()?.unwrap_or(0);
    head_at(tx, size).await
}

/// The head when the trail had this many entries.
pub async fn head_at(tx: &mut Tx, size: i64) -> Result<Head, StoreError> {
    Ok(Head { size, root: frontier_at(tx, size).await?.root() })
}

/// The right edge of the tree over the first `size` entries.
pub(super) async fn frontier_at(tx: &mut Tx, size: i64) -> Result<Frontier, StoreError> {
    let count = u64::try_from(size).map_err(|_| StoreError::TrailDamaged { detail: format!("size {size}") })?;
    let hashes = hashes_of(tx, &nodes_of(Leaves { begin: 0, end: count })).await?;
    Frontier::new(count, hashes).ok_or_else(|| StoreError::TrailDamaged { detail: "nodes are missing".to_owned() })
}

/// The stored hashes of these subtrees, in the order asked for.
pub(super) async fn hashes_of(tx: &mut Tx, nodes: &[NodeAt]) -> Result<Vec<Hash>, StoreError> {
    if nodes.is_empty() {
        return Ok(Vec::new());
    }
    let damaged = |at: &NodeAt| StoreError::TrailDamaged { detail: format!("node {}/{}", at.level, at.index) };
    let mut wanted = Vec::with_capacity(nodes.len());
    let mut values: Vec<Param> = Vec::with_capacity(nodes.len() * 2);
    for at in nodes {
        let index = i64::try_from(at.index).map_err(|_| damaged(at))?;
        wanted.push(format!("(level = ${} AND idx = ${})", values.len() + 1, values.len() + 2));
        values.extend(params![at.level, index]);
    }
    let sql = format!("SELECT level, idx, hash FROM audit_node WHERE {}", wanted.join(" OR "));
    let rows = tx.all(&sql, values).await?;
    nodes
        .iter()
        .map(|at| {
            let found = rows.iter().find(|row| {
                row.int("level") == Ok(i64::from(at.level)) && row.int("idx").ok() == i64::try_from(at.index).ok()
            });
            hash_from(found.ok_or_else(|| damaged(at))?.text("hash")?).ok_or_else(|| damaged(at))
        })
        .collect()
}

/// 64 hexadecimal digits as a hash.
pub(super) fn hash_from(text: &str) -> Option<Hash> {
    hex::decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_survives_being_written_down() {
        let head = Head { size: 42, root: [7; 32] };
        assert_eq!(head.to_string().parse::<Head>(), Ok(head));
        for wrong in ["", "42", "-1:00", "x:00", "42:00"] {
            assert_eq!(wrong.parse::<Head>(), Err(NotAHead), "{wrong}");
        }
    }
}
