//! The laws of the tree, held against the recursive definitions of RFC 6962 as they stand in its section 2.1.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// MTH of RFC 6962, word by word.
fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [one] => *one,
        many => {
            let (left, right) = many.split_at(naive_split(many.len()));
            node_hash(&naive_root(left), &naive_root(right))
        }
    }
}

/// PATH of RFC 6962.
fn naive_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let k = naive_split(leaves.len());
    let (left, right) = leaves.split_at(k);
    if index < k {
        let mut path = naive_path(index, left);
        path.push(naive_root(right));
        path
    } else {
        let mut path = naive_path(index - k, right);
        path.push(naive_root(left));
        path
    }
}

/// SUBPROOF of RFC 6962.
fn naive_subproof(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if whole { Vec::new() } else { vec![naive_root(leaves)] };
    }
    let k = naive_split(leaves.len());
    let (left, right) = leaves.split_at(k);
    if old <= k {
        let mut proof = naive_subproof(old, left, whole);
        proof.push(naive_root(right));
        proof
    } else {
        let mut proof = naive_subproof(old - k, right, false);
        proof.push(naive_root(left));
        proof
    }
}

fn naive_split(count: usize) -> usize {
    let mut k = 1;
    while k * 2 < count {
        k *= 2;
    }
    k
}

struct Grown {
    leaves: Vec<Hash>,
    nodes: BTreeMap<NodeAt, Hash>,
    root: Hash,
}

fn grow(count: usize) -> Grown {
    let leaves: Vec<Hash> = (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect();
    let mut frontier = Frontier::default();
    let mut nodes = BTreeMap::new();
    for leaf in &leaves {
        nodes.extend(frontier.push(*leaf));
    }
    Grown { leaves, nodes, root: frontier.root() }
}

impl Grown {
    fn hash_of(&self, run: Leaves) -> Hash {
        fold(&nodes_of(run).iter().map(|at| self.nodes[at]).collect::<Vec<_>>())
    }

    fn hashes_of(&self, runs: &[Leaves]) -> Vec<Hash> {
        runs.iter().map(|run| self.hash_of(*run)).collect()
    }
}

proptest! {
    #[test]
    fn the_root_is_that_of_the_definition(count in 0_usize..300) {
        let grown = grow(count);
        prop_assert_eq!(grown.root, naive_root(&grown.leaves));
    }

    #[test]
    fn every_leaf_is_proved_and_no_other_leaf_or_place_is(count in 1_usize..200, pick in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let grown = grow(count);
        let index = pick.index(count);
        let (at, size) = (index as u64, count as u64);
        let path = grown.hashes_of(&inclusion_runs(at, size).expect("there is such a leaf"));
        prop_assert_eq!(&path, &naive_path(index, &grown.leaves));
        prop_assert_eq!(root_by_inclusion(&grown.leaves[index], at, size, &path), Some(grown.root));
        prop_assert_ne!(root_by_inclusion(&leaf_hash(b"another"), at, size, &path), Some(grown.root));
        let elsewhere = other.index(count);
        if elsewhere != index {
            prop_assert_ne!(root_by_inclusion(&grown.leaves[index], elsewhere as u64, size, &path), Some(grown.root));
        }
        let mut longer = path.clone();
        longer.push([0; 32]);
        prop_assert_ne!(root_by_inclusion(&grown.leaves[index], at, size, &longer), Some(grown.root));
    }

    #[test]
    fn an_older_tree_is_proved_to_be_the_beginning_and_an_altered_one_is_not(new in 1_usize..200, pick in any::<prop::sample::Index>(), altered in any::<prop::sample::Index>()) {
        let grown = grow(new);
        let old = pick.index(new) + 1;
        let old_root = naive_root(&grown.leaves[..old]);
        let proof = grown.hashes_of(&consistency_runs(old as u64, new as u64).expect("a beginning"));
        prop_assert_eq!(&proof, &naive_subproof(old, &grown.leaves, true));
        prop_assert!(is_consistent((old as u64, &old_root), (new as u64, &grown.root), &proof));

        let mut forged = grown.leaves[..old].to_vec();
        forged[altered.index(old)] = leaf_hash(b"forged");
        let forged_root = naive_root(&forged);
        prop_assert!(!is_consistent((old as u64, &forged_root), (new as u64, &grown.root), &proof));
    }
}

#[test]
fn what_is_out_of_range_has_no_proof() {
    assert_eq!(inclusion_runs(3, 3), None);
    assert_eq!(consistency_runs(0, 3), None);
    assert_eq!(consistency_runs(4, 3), None);
    assert!(!is_consistent((0, &empty_root()), (1, &leaf_hash(b"x")), &[]));
}

#[test]
fn a_frontier_of_the_wrong_width_is_refused() {
    assert!(Frontier::new(6, vec![[0; 32]; 2]).is_some());
    assert!(Frontier::new(6, vec![[0; 32]; 3]).is_none());
}
