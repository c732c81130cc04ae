//! The proof of which records a figure counted: a Merkle root over sorted, salted commitments.
//!
//! Salted, because identifiers can be enumerated: without the salt nobody can guess a person from a digest. Sorted, so
//! that the root says nothing of an order. Shape of the tree: RFC 6962 with SM3, as the audit trail's.

use mingcha_domain::Value;
use mingcha_engine::figure::FigureRecord;
use mingcha_store::audit::canonical;
use mingcha_store::audit::tree::{Frontier, leaf_hash};
use serde_json::json;
use sm3::{Digest, Sm3};

/// Random bytes that veil the records of one figure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Salt(pub(crate) [u8; 32]);

/// The root in hex, and the commitment of each record in hex, in the order of the records.
pub(crate) fn commit(salt: Salt, records: &[FigureRecord]) -> (String, Vec<String>) {
    let commitments: Vec<[u8; 32]> = records.iter().map(|record| commitment(salt, record)).collect();
    let mut sorted = commitments.clone();
    sorted.sort_unstable();
    let mut tree = Frontier::default();
    for commitment in &sorted {
        tree.push(leaf_hash(commitment));
    }
    (hex::encode(tree.root()), commitments.iter().map(hex::encode).collect())
}

/// SM3(salt ‖ canonical JSON of the record's columns, in the query's order, as [name, text or null]).
fn commitment(salt: Salt, record: &FigureRecord) -> [u8; 32] {
    let columns: Vec<_> = record
        .columns
        .iter()
        .map(|(name, value)| match value {
            Value::Null => json!([name, null]),
            value => json!([name, value.to_string()]),
        })
        .collect();
    let mut digest = Sm3::new();
    digest.update(salt.0);
    digest.update(canonical(&json!(columns)).as_bytes());
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(reference: &str) -> FigureRecord {
        let columns =
            vec![("reference".to_owned(), Value::Text(reference.to_owned())), ("day".to_owned(), Value::Null)];
        FigureRecord { reference: reference.to_owned(), columns, ..FigureRecord::default() }
    }

    #[test]
    fn the_order_of_records_does_not_matter_and_their_content_does() {
        let root = |names: &[&str]| commit(Salt([7; 32]), &names.iter().map(|name| record(name)).collect::<Vec<_>>()).0;
        assert_eq!(root(&["a", "b", "c"]), root(&["c", "a", "b"]));
        assert_ne!(root(&["a", "b", "c"]), root(&["a", "b", "d"]));
        assert_ne!(root(&["a", "b"]), root(&["a", "b", "b"]));
    }

    #[test]
    fn another_salt_hides_the_same_record() {
        let (first, second) = (commit(Salt([1; 32]), &[record("a")]), commit(Salt([2; 32]), &[record("a")]));
        assert_ne!(first, second);
    }

    #[test]
    fn nothing_and_a_null_are_not_an_empty_text() {
        let mut empty = record("a");
        empty.columns[1].1 = Value::Text(String::new());
        let salt = Salt([1; 32]);
        assert_ne!(commit(salt, &[record("a")]).0, commit(salt, &[empty]).0);
        assert_eq!(commit(salt, &[]).0.len(), 64);
    }
}
