//! Holding the trail against itself, the tracked tables against the trail, and the trail against a head kept elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_domain::Trouble;

use super::entry::{Header, Tracked, body_hash};
use super::erase;
use super::head::{Head, hash_from};
use super::touch::{self, CHUNK, Touch};
use super::tree::{Frontier, Hash, NodeAt};
use crate::{Param, Row, StoreError, Tx, params};

/// Something that is not as the trail says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Altered {
    /// The table.
    pub table: String,
    /// The row's key; for the tree `level/index`, for a head its size.
    pub id: String,
    /// What is wrong with it.
    pub what: Alteration,
}

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Alteration {
    /// The row's content differs from what the entry `since` recorded.
    RowChanged {
        /// The last entry about the row.
        since: i64,
    },
    /// The row is gone although no entry tells of it.
    RowMissing {
        /// The last entry about the row.
        since: i64,
    },
    /// The row is there although the entry `since` recorded its deletion.
    RowBack {
        /// The entry of the deletion.
        since: i64,
    },
    /// No entry tells where the row comes from.
    RowUnrecorded,
    /// An entry's facts or reason differ from their hash.
    BodyChanged,
    /// An entry's body is gone although no entry records its erasure.
    BodyMissing,
    /// The list of rows that an entry touched differs from its hash.
    TouchesChanged,
    /// An entry's time, actor, verb, subject or hashes differ from its leaf.
    EntryChanged,
    /// An entry is missing.
    EntryMissing,
    /// A node of the tree differs from what is below it, or is missing.
    NodeChanged,
    /// The trail is shorter than the head that was kept elsewhere.
    ShorterThanHead {
        /// Entries that are left.
        size: i64,
    },
    /// The trail's beginning has another root than the head that was kept elsewhere.
    OtherThanHead,
}

impl Altered {
    /// What to tell a person.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        let code = match self.what {
            Alteration::RowChanged { .. } => "MC-STORE-101",
            Alteration::RowMissing { .. } => "MC-STORE-102",
            Alteration::RowBack { .. } => "MC-STORE-103",
            Alteration::RowUnrecorded => "MC-STORE-104",
            Alteration::BodyChanged => "MC-STORE-105",
            Alteration::BodyMissing => "MC-STORE-106",
            Alteration::TouchesChanged => "MC-STORE-107",
            Alteration::EntryChanged => "MC-STORE-108",
            Alteration::EntryMissing => "MC-STORE-109",
            Alteration::NodeChanged => "MC-STORE-110",
            Alteration::ShorterThanHead { .. } => "MC-STORE-111",
            Alteration::OtherThanHead => "MC-STORE-112",
        };
        let trouble = Trouble::new(code).with("table", &self.table).with("id", &self.id);
        match self.what {
            Alteration::RowChanged { since } | Alteration::RowMissing { since } | Alteration::RowBack { since } => {
                trouble.with("since", since)
            }
            Alteration::ShorterThanHead { size } => trouble.with("size", size),
            _ => trouble,
        }
    }
}

/// Everything that was altered outside the program: entries, the tree, and rows of the tracked tables; and, with a head
/// that was kept elsewhere, whether the trail still begins with what it stood for. Empty when all is as recorded.
pub async fn verify(tx: &mut Tx, tracked: &[Tracked], kept: Option<Head>) -> Result<Vec<Altered>, StoreError> {
    let mut found = Vec::new();
    let nodes = stored_nodes(tx).await?;
    check_entries(tx, &nodes, kept, &mut found).await?;
    for table in tracked {
        check_table(tx, *table, &mut found).await?;
    }
    Ok(found)
}

type Nodes = BTreeMap<(i64, i64), Option<Hash>>;

async fn stored_nodes(tx: &mut Tx) -> Result<Nodes, StoreError> {
    let rows = tx.all("SELECT level, idx, hash FROM audit_node", params![]).await?;
    rows.iter().map(|row| Ok(((row.int("level")?, row.int("idx")?), hash_from(row.text("hash")?)))).collect()
}

/// Two trees are grown: one of the leaves as stored, which the stored nodes must match, and one of the leaves as the
/// entries make them now, which a kept head must match.
async fn check_entries(
    tx: &mut Tx,
    nodes: &Nodes,
    kept: Option<Head>,
    found: &mut Vec<Altered>,
) -> Result<(), StoreError> {
    let (mut as_stored, mut as_is) = (Frontier::default(), Frontier::default());
    let mut seen: BTreeSet<(i64, i64)> = BTreeSet::new();
    let (mut bodiless, mut erased) = (BTreeSet::new(), BTreeSet::new());
    let (mut last, mut kept_root) = (0, kept.filter(|head| head.size == 0).map(|_| as_is.root()));
    loop {
        let page = entries_after(tx, last).await?;
        if page.is_empty() {
            break;
        }
        for read in page {
            let seq = read.header.seq;
            while last + 1 < seq {
                last += 1;
                found.push(entry_altered(last, Alteration::EntryMissing));
                // Keep the later leaves in their places, so that one lost entry is not reported as many.
                let stand_in = nodes.get(&(0, last - 1)).copied().flatten().unwrap_or_default();
                for (at, hash) in as_stored.push(stand_in) {
                    check_node(nodes, at, &hash, &mut seen, found);
                }
                as_is.push([0; 32]);
            }
            last = seq;
            let leaf = read.header.leaf(&read.body_hash);
            let stored = nodes.get(&(0, seq - 1)).copied().flatten();
            if let Some(what) = read.alteration(stored == Some(leaf)) {
                found.push(entry_altered(seq, what));
            }
            if read.body.is_none() {
                bodiless.insert(seq);
            }
            if read.header.verb == erase::VERB {
                erased.insert(read.header.subject.clone());
            }
            for (at, hash) in as_stored.push(stored.unwrap_or(leaf)) {
                check_node(nodes, at, &hash, &mut seen, found);
            }
            as_is.push(leaf);
            if kept.is_some_and(|head| head.size == seq) {
                kept_root = Some(as_is.root());
            }
        }
    }
    for seq in bodiless.into_iter().filter(|seq| !erased.contains(&erase::subject_of(*seq))) {
        found.push(entry_altered(seq, Alteration::BodyMissing));
    }
    for (level, index) in nodes.keys().filter(|place| !seen.contains(place)) {
        // A leaf beyond the last entry: the entries at the end were cut off.
        if *level == 0 {
            found.push(entry_altered(index + 1, Alteration::EntryMissing));
        } else if (index + 1) << level <= last {
            found.push(node_altered(*level, *index));
        }
    }
    if let Some(head) = kept {
        let what = match kept_root {
            None => Some(Alteration::ShorterThanHead { size: last }),
            Some(root) if root != head.root => Some(Alteration::OtherThanHead),
            Some(_) => None,
        };
        found.extend(what.map(|what| Altered { table: "audit_head".to_owned(), id: head.size.to_string(), what }));
    }
    Ok(())
}

fn check_node(nodes: &Nodes, at: NodeAt, hash: &Hash, seen: &mut BTreeSet<(i64, i64)>, found: &mut Vec<Altered>) {
    let (level, Ok(index)) = (i64::from(at.level), i64::try_from(at.index)) else { return };
    seen.insert((level, index));
    if nodes.get(&(level, index)).copied().flatten() != Some(*hash) {
        found.push(node_altered(level, index));
    }
}

fn entry_altered(seq: i64, what: Alteration) -> Altered {
    Altered { table: "audit_entry".to_owned(), id: seq.to_string(), what }
}

fn node_altered(level: i64, index: i64) -> Altered {
    Altered { table: "audit_node".to_owned(), id: format!("{level}/{index}"), what: Alteration::NodeChanged }
}

/// An entry with all that its leaf depends on.
struct ReadEntry {
    header: Header,
    body_hash: Hash,
    body: Option<(Vec<u8>, String)>,
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
    let salt = row.opt_text("salt")?.map(|salt| hex::decode(salt).unwrap_or_default());
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

async fn check_table(tx: &mut Tx, tracked: Tracked, found: &mut Vec<Altered>) -> Result<(), StoreError> {
    let Tracked { table, key } = tracked;
    let mut altered = |id: &str, what| found.push(Altered { table: table.to_owned(), id: id.to_owned(), what });
    let mut there: BTreeSet<String> = BTreeSet::new();
    let mut last: Option<Param> = None;
    loop {
        let rows = rows_after(tx, tracked, last.take()).await?;
        let Some(newest) = rows.last() else { break };
        last = Some(match newest.cell(key)? {
            crate::Cell::Int(number) => (*number).into(),
            _ => newest.text(key)?.into(),
        });
        let ids = rows.iter().map(|row| touch::id_of(row, key)).collect::<Result<Vec<_>, _>>()?;
        let names: Vec<&str> = ids.iter().map(String::as_str).collect();
        let touches = touch::last_touches(tx, table, &names).await?;
        for (row, id) in rows.iter().zip(&ids) {
            match touches.get(id) {
                None => altered(id, Alteration::RowUnrecorded),
                Some(touch) => match &touch.after {
                    None => altered(id, Alteration::RowBack { since: touch.seq }),
                    Some(after) if *after != touch::hash_of_row(&touch.salt, row) => {
                        altered(id, Alteration::RowChanged { since: touch.seq });
                    }
                    Some(_) => {}
                },
            }
        }
        there.extend(ids);
    }
    for (id, since) in recorded_rows(tx, table).await? {
        if !there.contains(&id) {
            altered(&id, Alteration::RowMissing { since });
        }
    }
    Ok(())
}

async fn rows_after(tx: &mut Tx, tracked: Tracked, last: Option<Param>) -> Result<Vec<Row>, StoreError> {
    let Tracked { table, key } = tracked;
    match last {
        None => tx.all(&format!("SELECT * FROM {table} ORDER BY {key} LIMIT {CHUNK}"), params![]).await,
        Some(last) => {
            tx.all(&format!("SELECT * FROM {table} WHERE {key} > $1 ORDER BY {key} LIMIT {CHUNK}"), vec![last]).await
        }
    }
}

/// The rows that should be there, with the last entry about each.
async fn recorded_rows(tx: &mut Tx, table: &str) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = tx
        .all(
            "SELECT t.row_id, t.seq FROM audit_touch t WHERE t.tbl = $1 AND t.after_hash IS NOT NULL \
             AND t.seq = (SELECT MAX(u.seq) FROM audit_touch u WHERE u.tbl = t.tbl AND u.row_id = t.row_id) \
             ORDER BY t.row_id",
            params![table],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("row_id")?, row.int("seq")?))).collect()
}
