//! What the catalog says at a snapshot, as one hash per table: `verify` compares it with what the store wrote down.
//!
//! Later commits must not change it, so a row is taken as it was then: rows that began later are left out, an end that
//! lies later is none.

use sea_orm::sqlx;
use sm3::{Digest, Sm3};

use super::{Lake, LakeError};

/// Catalog tables and the rows of them that count at snapshot `$1`.
const TABLES: [(&str, &str); 17] = [
    ("ducklake_metadata", "key NOT IN ('data_path') AND key NOT LIKE 'next_%'"),
    ("ducklake_snapshot", "snapshot_id <= $1"),
    ("ducklake_snapshot_changes", "snapshot_id <= $1"),
    ("ducklake_schema", "begin_snapshot <= $1"),
    ("ducklake_schema_versions", "begin_snapshot <= $1"),
    ("ducklake_table", "begin_snapshot <= $1"),
    ("ducklake_view", "begin_snapshot <= $1"),
    ("ducklake_column", "begin_snapshot <= $1"),
    ("ducklake_data_file", "begin_snapshot <= $1"),
    ("ducklake_delete_file", "begin_snapshot <= $1"),
    ("ducklake_tag", "begin_snapshot <= $1"),
    ("ducklake_partition_info", "begin_snapshot <= $1"),
    ("ducklake_sort_info", "begin_snapshot <= $1"),
    (
        "ducklake_file_column_stats",
        "data_file_id IN (SELECT data_file_id FROM ducklake_data_file WHERE begin_snapshot <= $1)",
    ),
    (
        "ducklake_file_partition_value",
        "data_file_id IN (SELECT data_file_id FROM ducklake_data_file WHERE begin_snapshot <= $1)",
    ),
    // The crate keeps these two for the newest snapshot only.
    ("ducklake_table_stats", "$1 >= (SELECT MAX(snapshot_id) FROM ducklake_snapshot)"),
    ("ducklake_table_column_stats", "$1 >= (SELECT MAX(snapshot_id) FROM ducklake_snapshot)"),
];

impl Lake {
    /// Catalog table and SM3 in hex over its rows as they were at the snapshot. The last two tables count only while it
    /// is the newest one; compare digests that were taken when it was.
    pub async fn digest(&self, snapshot: i64) -> Result<Vec<(String, String)>, LakeError> {
        // One transaction: one state, whatever a writer does meanwhile.
        let mut tx = self.catalog.begin().await?;
        let mut digests = Vec::new();
        for (table, counts) in TABLES {
            let mut columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1) ORDER BY name")
                .bind(table)
                .fetch_all(&mut *tx)
                .await?;
            for column in &mut columns {
                if column == "end_snapshot" {
                    *column = "CASE WHEN end_snapshot <= $1 THEN end_snapshot END".to_owned();
                }
            }
            let columns = columns.join(", ");
            let rows = format!("SELECT json_array({columns}) FROM {table} WHERE {counts} ORDER BY 1");
            let rows: Vec<String> =
                sqlx::query_scalar(sqlx::AssertSqlSafe(rows)).bind(snapshot).fetch_all(&mut *tx).await?;
            let mut hash = Sm3::new();
            for row in rows {
                hash.update(row.as_bytes());
                hash.update(b"\n");
            }
            digests.push((table.to_owned(), hex::encode(hash.finalize())));
        }
        tx.commit().await?;
        Ok(digests)
    }
}
