//! Whether files and lake are as they were written down: source sheets, Parquet files, catalog rows.

use std::collections::BTreeMap;

use mingcha_domain::Trouble;
use mingcha_store::{Tx, params};

use crate::{Ground, Hindrance, known_lake, sources};

/// Something that is not as the store wrote it down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Alteration {
    /// A source sheet is gone or has other bytes.
    Source {
        /// The name it came with.
        file_name: String,
        /// SM3 of the file that was handed in.
        sm3: String,
    },
    /// A Parquet file is gone or has other bytes.
    LakeFile {
        /// Its path in the lake's folder.
        path: String,
    },
    /// The catalog names a file that no commit wrote.
    LakeFileUnknown {
        /// Its path in the lake's folder.
        path: String,
    },
    /// Rows of a catalog table were changed.
    Catalog {
        /// The table.
        table: String,
    },
    /// The lake has commits that the store does not know.
    LakeAhead {
        /// The newest snapshot of the lake.
        newest: i64,
        /// The one that the store knows.
        readable: i64,
    },
}

impl Alteration {
    /// What to tell a person.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::Source { file_name, sm3 } => Trouble::new("MC-LEDGER-101").with("file", file_name).with("sm3", sm3),
            Self::LakeFile { path } => Trouble::new("MC-LEDGER-102").with("path", path),
            Self::LakeFileUnknown { path } => Trouble::new("MC-LEDGER-103").with("path", path),
            Self::Catalog { table } => Trouble::new("MC-LEDGER-104").with("table", table),
            Self::LakeAhead { newest, readable } => {
                Trouble::new("MC-LEDGER-105").with("newest", newest).with("readable", readable)
            }
        }
    }
}

/// What was altered of source sheets and Parquet files. Reads every one of them. The rows that it compares with are
/// themselves held against the audit trail ([`crate::TRACKED`]).
pub async fn file_alterations(tx: &mut Tx, ground: Ground<'_>) -> Result<Vec<Alteration>, Hindrance> {
    let mut found = Vec::new();
    for row in
        tx.all("SELECT sm3, MIN(file_name) AS file_name FROM upload GROUP BY sm3 ORDER BY sm3", params![]).await?
    {
        let (sm3, file_name): (String, String) = (row.get("sm3")?, row.get("file_name")?);
        match sources::check(ground.sources, &sm3) {
            Ok(()) => {}
            Err(Hindrance::SourceAltered { .. }) => found.push(Alteration::Source { file_name, sm3 }),
            Err(other) => return Err(other),
        }
    }
    for (path, sm3) in files_named(tx).await? {
        if !ground.lake.hash(&path).is_ok_and(|file| file.sm3 == sm3) {
            found.push(Alteration::LakeFile { path });
        }
    }
    Ok(found)
}

/// What was altered of the lake's catalog. A writer commits to the lake first and tells the store after: only under the
/// lease, taken before `tx` began, is what differs between the two an alteration.
pub async fn catalog_alterations(tx: &mut Tx, ground: Ground<'_>) -> Result<Vec<Alteration>, Hindrance> {
    let mut found = Vec::new();
    let named = files_named(tx).await?;
    let readable = known_lake::readable(tx).await?;
    for path in ground.lake.files(readable).await? {
        if !named.contains_key(&path) {
            found.push(Alteration::LakeFileUnknown { path });
        }
    }
    let newest = ground.lake.newest().await?;
    if newest != readable {
        found.push(Alteration::LakeAhead { newest, readable });
        return Ok(found);
    }
    let (_, hashes) = known_lake::hashes(tx).await?;
    let altered = ground.lake.altered(readable, &hashes).await?;
    found.extend(altered.into_iter().map(|table| Alteration::Catalog { table }));
    Ok(found)
}

/// The lake's files that the store knows, with their SM3. In a map of ours: PostgreSQL sorts texts by its collation.
async fn files_named(tx: &mut Tx) -> Result<BTreeMap<String, String>, Hindrance> {
    let rows = tx.all("SELECT path, sm3 FROM lake_file", params![]).await?;
    rows.iter().map(|row| Ok((row.get("path")?, row.get("sm3")?))).collect()
}
