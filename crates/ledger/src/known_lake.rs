//! What the store knows of the lake: the readable snapshot, a hash per catalog table, a hash per file. Written in the
//! transaction of whatever changed the lake; read by every reader and by the check that nothing was altered.

use std::collections::BTreeSet;

use mingcha_access::Office;
use mingcha_engine::Lake;
use mingcha_engine::lake::{Committed, FileHash};
use mingcha_store::{Touched, Tx, params};
use serde_json::{Value, json};

use crate::Hindrance;

/// The setting that names the snapshot at which everybody reads.
const READABLE: &str = "readable_snapshot";

/// The lake after a commit, as it is to be written down.
#[derive(Clone, Debug)]
pub(crate) struct LakeState {
    pub snapshot: i64,
    pub digest: Vec<(String, String)>,
    pub files: Vec<FileHash>,
}

impl LakeState {
    /// The catalog's hashes go on from those that are written down: a commit costs what it adds.
    pub(crate) async fn after(office: &Office, lake: &Lake, committed: Committed) -> Result<Self, Hindrance> {
        let (then, known) = hashes(&mut office.store().read().await?).await?;
        let digest = lake.digest_after(then, &known, committed.snapshot).await?;
        Ok(Self { snapshot: committed.snapshot, digest, files: committed.files })
    }

    /// For the audit entry.
    pub(crate) fn facts(&self) -> Value {
        let files = self.files.iter().map(|file| json!({ "path": file.path, "sm3": file.sm3 })).collect::<Vec<_>>();
        json!({ "snapshot": self.snapshot, "files": files })
    }
}

/// The hash of each catalog table, and the snapshot at which they were taken.
pub(crate) async fn hashes(tx: &mut Tx) -> Result<(i64, Vec<(String, String)>), Hindrance> {
    let rows = tx.all("SELECT catalog_table, snapshot, sm3 FROM lake_state ORDER BY catalog_table", params![]).await?;
    let mut then = 0;
    let mut hashes = Vec::new();
    for row in rows {
        then = row.get("snapshot")?;
        hashes.push((row.get("catalog_table")?, row.get("sm3")?));
    }
    Ok((then, hashes))
}

/// The snapshot at which everybody reads; 0 before the first batch.
pub(crate) async fn readable(tx: &mut Tx) -> Result<i64, Hindrance> {
    match tx.setting(READABLE).await? {
        Some(text) => text.parse().map_err(|error| Hindrance::broken(READABLE, error)),
        None => Ok(0),
    }
}

/// Makes a state the readable one. Returns the rows that changed, for the audit entry.
pub(crate) async fn write(tx: &mut Tx, state: &LakeState) -> Result<Vec<Touched>, Hindrance> {
    let mut touched = vec![tx.set_setting(READABLE, &state.snapshot.to_string()).await?];
    for (table, sm3) in &state.digest {
        tx.run(
            "INSERT INTO lake_state (catalog_table, snapshot, sm3) VALUES ($1, $2, $3) \
             ON CONFLICT (catalog_table) DO UPDATE SET snapshot = excluded.snapshot, sm3 = excluded.sm3",
            params![table, state.snapshot, sm3],
        )
        .await?;
        touched.push(Touched::new("lake_state", table));
    }
    for file in &state.files {
        let bytes = i64::try_from(file.bytes).map_err(|error| Hindrance::broken(&file.path, error))?;
        tx.run(
            "INSERT INTO lake_file (path, snapshot, bytes, sm3) VALUES ($1, $2, $3, $4)",
            params![&file.path, state.snapshot, bytes, &file.sm3],
        )
        .await?;
        touched.push(Touched::new("lake_file", &file.path));
    }
    Ok(touched)
}

/// Files that the lake names and the store does not, hashed: those of a commit that was never written down.
pub(crate) async fn files_unknown(tx: &mut Tx, lake: &Lake, snapshot: i64) -> Result<Vec<FileHash>, Hindrance> {
    let rows = tx.all("SELECT path FROM lake_file ORDER BY path", params![]).await?;
    let known: BTreeSet<String> = rows.iter().map(|row| row.get("path")).collect::<Result<_, _>>()?;
    let mut unknown = Vec::new();
    for path in lake.files(snapshot).await? {
        if !known.contains(&path) {
            unknown.push(lake.hash(&path)?);
        }
    }
    Ok(unknown)
}
