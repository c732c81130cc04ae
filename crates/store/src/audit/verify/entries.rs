//! Whether the entries are those that were recorded, and the tree is the one over them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Alteration, Altered};
use crate::audit::entry::{Header, body_hash};
use crate::audit::erase;
use crate::audit::head::{Head, hash_from};
use crate::audit::touch::{self, Touch};
use crate::audit::tree::{Frontier, Hash};
use crate::{Row, StoreError, Tx, params};

/// Reads the whole trail, from the first entry to the last.
pub(super) async fn altered(tx: &mut Tx, kept: Option<Head>) -> Result<Vec<Altered>, StoreError> {
    let mut check = Check::new(stored_nodes(tx).await?, kept);
    loop {
        let page = entries_after(tx, check.last).await?;
        if page.is_empty() {
            return Ok(check.end());
        }
        for entry in page {
            check.entry(&entry);
        }
    }
}

/// Two trees are grown: one of the leaves as stored, which the stored nodes must match, and one of the leaves as the
/// entries make them now, which a kept head must match.
struct Check {
    nodes: Nodes,
    kept: Option<Head>,
    kept_root: Option<Hash>,
    as_stored: Frontier,
    as_is: Frontier,
    /// The last entry's number.
    last: i64,
    seen: BTreeSet<(i64, i64)>,
    bodiless: BTreeSet<i64>,
    erased: BTreeSet<String>,
    found: Vec<Altered>,
}

impl Check {
    fn new(nodes: Nodes, kept: Option<Head>) -> Self {
        let (as_stored, as_is) = (Frontier::default(), Frontier::default());
        let kept_root = kept.filter(|head| head.size == 0).map(|_| as_is.root());
        let (seen, bodiless, erased, found) = Default::default();
        Self { nodes, kept, kept_root, as_stored, as_is, last: 0, seen, bodiless, erased, found }
    }

    fn entry(&mut self, entry: &ReadEntry) {
        let seq = entry.header.seq;
        while self.last + 1 < seq {
            self.missing(self.last + 1);
        }
        let leaf = entry.header.leaf(&entry.body_hash);
        let stored = self.stored_leaf(seq);
        if let Some(what) = entry.alteration(stored == Some(leaf)) {
            self.found.push(entry_altered(seq, what));
        }
        if entry.body.is_none() {
            self.bodiless.insert(seq);
        }
        if entry.header.verb == erase::VERB {
            self.erased.insert(entry.header.subject.clone());
        }
        self.grow(seq, stored.unwrap_or(leaf), leaf);
    }

    /// The later leaves keep their places, so that one lost entry is not reported as many.
    fn missing(&mut self, seq: i64) {
        self.found.push(entry_altered(seq, Alteration::EntryMissing));
        let stored = self.stored_leaf(seq).unwrap_or_default();
        self.grow(seq, stored, Hash::default());
    }

    fn grow(&mut self, seq: i64, stored: Hash, leaf: Hash) {
        for (at, hash) in self.as_stored.push(stored) {
            let place = (i64::from(at.level), i64::try_from(at.index).unwrap_or(i64::MAX));
            self.seen.insert(place);
            if self.nodes.get(&place).copied().flatten() != Some(hash) {
                self.found.push(node_altered(place));
            }
        }
        self.as_is.push(leaf);
        self.last = seq;
        if self.kept.is_some_and(|head| head.size == seq) {
            self.kept_root = Some(self.as_is.root());
        }
    }

    fn stored_leaf(&self, seq: i64) -> Option<Hash> {
        self.nodes.get(&(0, seq - 1)).copied().flatten()
    }

    fn end(mut self) -> Vec<Altered> {
        for seq in self.bodiless.iter().filter(|seq| !self.erased.contains(&erase::subject_of(**seq))) {
            self.found.push(entry_altered(*seq, Alteration::BodyMissing));
        }
        // A leaf beyond the last entry: the entries at the end were cut off. Nodes above such leaves say nothing more.
        for (level, index) in self.nodes.keys().filter(|place| !self.seen.contains(place)) {
            if *level == 0 {
                self.found.push(entry_altered(index + 1, Alteration::EntryMissing));
            }
        }
        if let Some(head) = self.kept {
            let what = match self.kept_root {
                None => Some(Alteration::ShorterThanHead { size: self.last }),
                Some(root) if root != head.root => Some(Alteration::OtherThanHead),
                Some(_) => None,
            };
            let id = head.size.to_string();
            self.found.extend(what.map(|what| Altered { table: "audit_head".to_owned(), id, what }));
        }
        self.found
    }
}

type Nodes = BTreeMap<(i64, i64), Option<Hash>>;

async fn stored_nodes(tx: &mut Tx) -> Result<Nodes, StoreError> {
    let rows = tx.all("SELECT level, idx, hash FROM audit_node", params![]).await?;
    rows.iter().map(|row| Ok(((row.int("level")?, row.int("idx")?), hash_from(row.text("hash")?)))).collect()
}

fn entry_altered(seq: i64, what: Alteration) -> Altered {
    Altered { table: "audit_entry".to_owned(), id: seq.to_string(), what }
}

fn node_altered((level, index): (i64, i64)) -> Altered {
    Altered { table: "audit_node".to_owned(), id: format!("{level}/{index}"), what: Alteration::NodeChanged }
}

/// An entry with all that its leaf depends on.
struct ReadEntry {
    header: Header,
    body_hash: Hash,
    body: Option<([u8; 32], String)>,
    touches_now: Hash,
}

impl ReadEntry {
    fn alteration(&self, leaf_fits: bool) -> Option<Alteration> {
        let body_fits = self.body.as_ref().is_none_or(|(salt, body)| body_hash(salt, body) == self.body_hash);
        if !body_fits {
            Some(Alteration::BodyChanged)
        } else if self.touches_now != self.header.touched_hash {
            Some(Alteration::TouchesChanged)
        } else if !leaf_fits {
            Some(Alteration::EntryChanged)
        } else {
            None
        }
    }
}

async fn entries_after(tx: &mut Tx, last: i64) -> Result<Vec<ReadEntry>, StoreError> {
    let rows = tx
        .all(
            "SELECT seq, at, actor, verb, subject, touched_hash, body_hash, salt, body FROM audit_entry \
             WHERE seq > $1 ORDER BY seq LIMIT 500",
            params![last],
        )
        .await?;
    let Some(newest) = rows.last() else { return Ok(Vec::new()) };
    let mut touches = touches_between(tx, last, newest.int("seq")?).await?;
    rows.iter()
        .map(|row| {
            let seq = row.int("seq")?;
            read_entry(row, touch::hash_of(&touches.remove(&seq).unwrap_or_default()))
        })
        .collect()
}

/// A hash that is no longer hexadecimal reads as zeros, which fit nothing: altered, and reported as such.
fn read_entry(row: &Row, touches_now: Hash) -> Result<ReadEntry, StoreError> {
    let header = Header {
        seq: row.int("seq")?,
        at: row.get("at")?,
        actor: row.get("actor")?,
        verb: row.get("verb")?,
        subject: row.get("subject")?,
        touched_hash: hash_from(row.text("touched_hash")?).unwrap_or_default(),
    };
    let salt = row.opt_text("salt")?.map(|salt| hash_from(salt).unwrap_or_default());
    let body = row.opt_text("body")?.map(|body| (salt.unwrap_or_default(), body.to_owned()));
    let body_hash = hash_from(row.text("body_hash")?).unwrap_or_default();
    Ok(ReadEntry { header, body_hash, body, touches_now })
}

async fn touches_between(tx: &mut Tx, after: i64, last: i64) -> Result<BTreeMap<i64, Vec<Touch>>, StoreError> {
    let rows = tx
        .all(
            "SELECT seq, tbl, row_id, before_hash, after_hash FROM audit_touch WHERE seq > $1 AND seq <= $2",
            params![after, last],
        )
        .await?;
    let mut by_entry: BTreeMap<i64, Vec<Touch>> = BTreeMap::new();
    for row in &rows {
        by_entry.entry(row.int("seq")?).or_default().push(Touch {
            table: row.get("tbl")?,
            id: row.get("row_id")?,
            before: row.get("before_hash")?,
            after: row.get("after_hash")?,
        });
    }
    for touches in by_entry.values_mut() {
        touches.sort_by(|a, b| (&a.table, &a.id).cmp(&(&b.table, &b.id)));
    }
    Ok(by_entry)
}
