//! The Merkle tree of RFC 6962 (section 2.1), over SM3 (GB/T 32905). Pure: no store.
//!
//! Leaves are `SM3(0x00 ‖ data)`, inner nodes `SM3(0x01 ‖ left ‖ right)`. What is kept are the *complete* subtrees
//! ([`NodeAt`]); any root or proof is folded from them. Checking a proof follows RFC 9162, sections 2.1.3.2 and 2.1.4.2.

use sm3::{Digest, Sm3};

/// An SM3 hash.
pub type Hash = [u8; 32];

/// The place of a complete subtree: it covers the leaves `index << level` up to, not with, `(index + 1) << level`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeAt {
    /// Height above the leaves.
    pub level: u32,
    /// Number within its level, from the left, from 0.
    pub index: u64,
}

/// A run of leaves, `begin` up to, not with, `end`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leaves {
    /// The first leaf.
    pub begin: u64,
    /// One past the last leaf.
    pub end: u64,
}

/// The hash of a leaf.
#[must_use]
pub fn leaf_hash(data: &[u8]) -> Hash {
    Sm3::new().chain_update([0]).chain_update(data).finalize().into()
}

/// The hash of an inner node.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sm3::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of a tree without leaves.
#[must_use]
pub fn empty_root() -> Hash {
    Sm3::digest([]).into()
}

/// The complete subtrees that make up a run of leaves, from the left, the largest first. The run must begin at a
/// multiple of the largest power of two that fits in it, as all runs in proofs do.
#[must_use]
pub fn nodes_of(leaves: Leaves) -> Vec<NodeAt> {
    let mut nodes = Vec::new();
    let mut begin = leaves.begin;
    while begin < leaves.end {
        let level = (leaves.end - begin).ilog2();
        nodes.push(NodeAt { level, index: begin >> level });
        begin += 1 << level;
    }
    nodes
}

/// The hash of a run of leaves from those of its complete subtrees, in the order of [`nodes_of`].
#[must_use]
pub fn fold(nodes: &[Hash]) -> Hash {
    let Some((last, before)) = nodes.split_last() else { return empty_root() };
    before.iter().rev().fold(*last, |right, left| node_hash(left, &right))
}

/// The right edge of a growing tree: all that is needed to add a leaf.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Frontier {
    size: u64,
    nodes: Vec<Hash>,
}

impl Frontier {
    /// Takes the edge of a tree of this size: the hashes of [`nodes_of`] all its leaves. `None` when their number does
    /// not fit.
    #[must_use]
    pub fn new(size: u64, nodes: Vec<Hash>) -> Option<Self> {
        (nodes.len() == size.count_ones() as usize).then_some(Self { size, nodes })
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        fold(&self.nodes)
    }

    /// Adds a leaf and returns every subtree that it completes, the leaf itself first.
    pub fn push(&mut self, leaf: Hash) -> Vec<(NodeAt, Hash)> {
        let mut at = NodeAt { level: 0, index: self.size };
        let mut hash = leaf;
        let mut completed = vec![(at, hash)];
        while at.index & 1 == 1 {
            let Some(left) = self.nodes.pop() else { break };
            hash = node_hash(&left, &hash);
            at = NodeAt { level: at.level + 1, index: at.index >> 1 };
            completed.push((at, hash));
        }
        self.nodes.push(hash);
        self.size += 1;
        completed
    }
}

/// The runs of leaves whose hashes prove that a leaf is in a tree of this size, from the leaf upwards.
/// `None` when there is no such leaf.
#[must_use]
pub fn inclusion_runs(index: u64, size: u64) -> Option<Vec<Leaves>> {
    if index >= size {
        return None;
    }
    let mut runs = Vec::new();
    let (mut begin, mut end) = (0, size);
    while end - begin > 1 {
        let middle = begin + split(end - begin);
        if index < middle {
            runs.push(Leaves { begin: middle, end });
            end = middle;
        } else {
            runs.push(Leaves { begin, end: middle });
            begin = middle;
        }
    }
    runs.reverse();
    Some(runs)
}

/// The runs of leaves whose hashes prove that a tree of size `old` is the beginning of one of size `new`.
/// `None` when `old` is zero or larger than `new`.
#[must_use]
pub fn consistency_runs(old: u64, new: u64) -> Option<Vec<Leaves>> {
    if old == 0 || old > new {
        return None;
    }
    let mut runs = Vec::new();
    let (mut begin, mut end, mut whole) = (0, new, true);
    while old != end {
        let middle = begin + split(end - begin);
        if old <= middle {
            runs.push(Leaves { begin: middle, end });
            end = middle;
        } else {
            runs.push(Leaves { begin, end: middle });
            begin = middle;
            whole = false;
        }
    }
    if !whole {
        runs.push(Leaves { begin, end });
    }
    runs.reverse();
    Some(runs)
}

/// The root that an inclusion proof leads to; compare it with the known one. `None` when the proof has the wrong form.
#[must_use]
pub fn root_by_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut at, mut last, mut root) = (index, size - 1, *leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if at & 1 == 1 || at == last {
            root = node_hash(sibling, &root);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            root = node_hash(&root, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(root)
}

/// Whether a consistency proof shows that the tree with root `old_root` is the beginning of the one with `new_root`.
#[must_use]
pub fn is_consistent(old: (u64, &Hash), new: (u64, &Hash), proof: &[Hash]) -> bool {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size == 0 || old_size > new_size {
        return false;
    }
    if old_size == new_size {
        return proof.is_empty() && old_root == new_root;
    }
    // A complete old tree is itself the first hash of the proof, and is left out of it.
    let mut path = proof.iter();
    let first = if old_size.is_power_of_two() { Some(old_root) } else { path.next() };
    let Some(first) = first else { return false };
    let (mut at, mut last) = (old_size - 1, new_size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut old_hash, mut new_hash) = (*first, *first);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && new_hash == *new_root
}

/// The largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
