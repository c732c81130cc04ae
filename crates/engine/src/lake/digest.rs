//! What the catalog says at a snapshot, as one hash per table: `verify` compares it with what the store wrote down.
//!
//! A row is taken as it was then: rows that began later are left out, an end that lies later is none. Tables with a line
//! for each file or commit are hashed as a chain: link *n* is made of link *n − 1* and of the lines that began or ended
//! with snapshot *n*. A commit then costs what it adds, however many there were before; and since it never reads the
//! earlier lines again, a line that was altered is not taken into the next hash but stays found for ever.

use std::collections::BTreeMap;

use sea_orm::sqlx::{self, Row, Sqlite, Transaction};
use sm3::{Digest, Sm3};

use super::{Lake, LakeError};

/// Small tables, hashed whole, and the rows of them that count at snapshot `$1`.
const WHOLE: [(&str, &str); 11] = [
    ("ducklake_metadata", "key NOT IN ('data_path') AND key NOT LIKE 'next_%'"),
    ("ducklake_schema", "begin_snapshot <= $1"),
    ("ducklake_schema_versions", "begin_snapshot <= $1"),
    ("ducklake_table", "begin_snapshot <= $1"),
    ("ducklake_view", "begin_snapshot <= $1"),
    ("ducklake_column", "begin_snapshot <= $1"),
    ("ducklake_tag", "begin_snapshot <= $1"),
    ("ducklake_partition_info", "begin_snapshot <= $1"),
    ("ducklake_sort_info", "begin_snapshot <= $1"),
    // The crate keeps these two for the newest snapshot only.
    ("ducklake_table_stats", "$1 >= (SELECT MAX(snapshot_id) FROM ducklake_snapshot)"),
    ("ducklake_table_column_stats", "$1 >= (SELECT MAX(snapshot_id) FROM ducklake_snapshot)"),
];

/// Tables that grow with every commit: from which table, in which column a row's snapshot stands, and the number of a
/// row that may end.
const GROWING: [Growing; 6] = [
    Growing { table: "ducklake_snapshot", from: "ducklake_snapshot t", begins: "t.snapshot_id", number: None },
    Growing {
        table: "ducklake_snapshot_changes",
        from: "ducklake_snapshot_changes t",
        begins: "t.snapshot_id",
        number: None,
    },
    Growing {
        table: "ducklake_data_file",
        from: "ducklake_data_file t",
        begins: "t.begin_snapshot",
        number: Some("data_file_id"),
    },
    Growing {
        table: "ducklake_delete_file",
        from: "ducklake_delete_file t",
        begins: "t.begin_snapshot",
        number: Some("delete_file_id"),
    },
    Growing { table: "ducklake_file_column_stats", from: OF_FILE_STATS, begins: "f.begin_snapshot", number: None },
    Growing { table: "ducklake_file_partition_value", from: OF_FILE_PARTS, begins: "f.begin_snapshot", number: None },
];
const OF_FILE_STATS: &str = "ducklake_data_file f JOIN ducklake_file_column_stats t ON t.data_file_id = f.data_file_id";
const OF_FILE_PARTS: &str =
    "ducklake_data_file f JOIN ducklake_file_partition_value t ON t.data_file_id = f.data_file_id";

/// Before the hash of a chain, to tell it from the hash of a whole table, which folders of earlier releases have.
const CHAIN: &str = "chain:";

struct Growing {
    table: &'static str,
    from: &'static str,
    begins: &'static str,
    number: Option<&'static str>,
}

type Tx<'a> = Transaction<'a, Sqlite>;

impl Lake {
    /// Catalog table and hash over its rows as they were at the snapshot. The totals of tables count only while it is the
    /// newest one; compare digests that were taken when it was.
    pub async fn digest(&self, snapshot: i64) -> Result<Vec<(String, String)>, LakeError> {
        self.digest_after(0, &[], snapshot).await
    }

    /// The same, going on from a digest of an earlier snapshot, whose rows are not read again.
    pub async fn digest_after(
        &self,
        then: i64,
        known: &[(String, String)],
        snapshot: i64,
    ) -> Result<Vec<(String, String)>, LakeError> {
        // One transaction: one state, whatever a writer does meanwhile.
        let mut tx = self.catalog.begin().await?;
        let mut digests = Vec::new();
        for (table, counts) in WHOLE {
            digests.push((table.to_owned(), whole(&mut tx, table, counts, snapshot).await?));
        }
        for growing in &GROWING {
            let link = known.iter().find(|(table, _)| table == growing.table);
            let link = link.and_then(|(_, link)| link.starts_with(CHAIN).then(|| (then, link.clone())));
            digests.push((growing.table.to_owned(), growing.chain(&mut tx, link, snapshot).await?));
        }
        tx.commit().await?;
        Ok(digests)
    }

    /// Which of these hashes, taken at this snapshot, the catalog does not give any more.
    pub async fn altered(&self, snapshot: i64, known: &[(String, String)]) -> Result<Vec<String>, LakeError> {
        let now = self.digest(snapshot).await?;
        let mut altered = Vec::new();
        let mut tx = self.catalog.begin().await?;
        for (table, hash) in known {
            let growing = GROWING.iter().find(|growing| growing.table == table);
            let same = match growing {
                Some(growing) if !hash.starts_with(CHAIN) => {
                    let counts = match growing.from {
                        from if from.contains(" JOIN ") => {
                            "data_file_id IN (SELECT data_file_id FROM ducklake_data_file WHERE begin_snapshot <= $1)"
                                .to_owned()
                        }
                        _ => format!("{} <= $1", growing.begins.trim_start_matches("t.")),
                    };
                    whole(&mut tx, table, &counts, snapshot).await? == *hash
                }
                _ => now.iter().any(|(name, now)| name == table && now == hash),
            };
            if !same {
                altered.push(table.clone());
            }
        }
        tx.commit().await?;
        Ok(altered)
    }
}

impl Growing {
    /// The chain up to a snapshot, from a link that is known or from the beginning.
    async fn chain(&self, tx: &mut Tx<'_>, link: Option<(i64, String)>, to: i64) -> Result<String, LakeError> {
        let (from, mut link) = link.unwrap_or_else(|| (-1, format!("{CHAIN}-")));
        let mut lines: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let columns = columns(tx, self.table).await?;
        let columns = columns.iter().filter(|column| *column != "end_snapshot");
        let columns: Vec<_> = columns.map(|column| format!("'{column}', t.{column}")).collect();
        // What is not given is left out, so that a column that a later release adds changes no earlier line.
        let began = format!(
            "SELECT {begins}, json_patch('{{}}', json_object({columns})) FROM {from}
             WHERE {begins} > $1 AND {begins} <= $2",
            begins = self.begins,
            columns = columns.join(", "),
            from = self.from,
        );
        let ended = self.number.map(|number| {
            format!(
                "SELECT end_snapshot, 'end ' || {number} FROM {} WHERE end_snapshot > $1 AND end_snapshot <= $2",
                self.table
            )
        });
        for rows in std::iter::once(began).chain(ended) {
            for row in sqlx::query(sqlx::AssertSqlSafe(rows)).bind(from).bind(to).fetch_all(&mut **tx).await? {
                lines.entry(row.try_get(0)?).or_default().push(row.try_get(1)?);
            }
        }
        for (snapshot, mut lines) in lines {
            lines.sort();
            let mut hash = Sm3::new();
            hash.update(format!("{link}\n{snapshot}\n"));
            for line in lines {
                hash.update(line);
                hash.update(b"\n");
            }
            link = format!("{CHAIN}{}", hex::encode(hash.finalize()));
        }
        Ok(link)
    }
}

async fn columns(tx: &mut Tx<'_>, table: &str) -> Result<Vec<String>, LakeError> {
    Ok(sqlx::query_scalar("SELECT name FROM pragma_table_info($1) ORDER BY name")
        .bind(table)
        .fetch_all(&mut **tx)
        .await?)
}

async fn whole(tx: &mut Tx<'_>, table: &str, counts: &str, snapshot: i64) -> Result<String, LakeError> {
    let mut columns = columns(tx, table).await?;
    for column in &mut columns {
        if column == "end_snapshot" {
            *column = "CASE WHEN end_snapshot <= $1 THEN end_snapshot END".to_owned();
        }
    }
    let columns = columns.join(", ");
    let rows = format!("SELECT json_array({columns}) FROM {table} WHERE {counts} ORDER BY 1");
    let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(rows)).bind(snapshot).fetch_all(&mut **tx).await?;
    let mut hash = Sm3::new();
    for row in rows {
        hash.update(row.as_bytes());
        hash.update(b"\n");
    }
    Ok(hex::encode(hash.finalize()))
}
