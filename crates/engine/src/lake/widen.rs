//! A pack added a column: the table learns it, in a snapshot of its own.
//!
//! The crate's transaction refuses to change columns, and the path of the crate that does change them commits before we
//! could force the new files to the disk. So the catalog rows are written here, as DuckLake 1.0 describes them for
//! `ALTER TABLE … ADD COLUMN`; the columns keep their ids, so that files written before stay readable.

use datafusion::arrow::datatypes::Field;
use datafusion_ducklake::types::arrow_to_ducklake_type;
use sea_orm::sqlx;

use super::{Lake, LakeError, Lease};

pub(super) struct NewColumns<'a> {
    pub pack: &'a str,
    pub table: &'a str,
    pub fields: &'a [Field],
    pub author: &'a str,
    pub tag: &'a str,
}

impl Lake {
    pub(super) async fn widen(&self, _lease: &Lease, new: NewColumns<'_>) -> Result<(), LakeError> {
        let mut tx = self.catalog.begin_with("BEGIN IMMEDIATE").await?;
        let table: i64 = sqlx::query_scalar(
            "SELECT t.table_id FROM ducklake_table t JOIN ducklake_schema s ON s.schema_id = t.schema_id
             WHERE s.schema_name = $1 AND t.table_name = $2 AND t.end_snapshot IS NULL AND s.end_snapshot IS NULL",
        )
        .bind(new.pack)
        .bind(new.table)
        .fetch_one(&mut *tx)
        .await?;
        let (snapshot, version): (i64, i64) = sqlx::query_as(
            "INSERT INTO ducklake_snapshot (snapshot_id, snapshot_time, schema_version)
             SELECT MAX(snapshot_id) + 1, CURRENT_TIMESTAMP, MAX(schema_version) + 1 FROM ducklake_snapshot
             RETURNING snapshot_id, schema_version",
        )
        .fetch_one(&mut *tx)
        .await?;
        sqlx::query(
            "INSERT INTO ducklake_snapshot_changes (snapshot_id, changes_made, author, commit_extra_info)
             VALUES ($1, $2, $3, $4)",
        )
        .bind(snapshot)
        .bind(format!("altered_table:{table}"))
        .bind(new.author)
        .bind(new.tag)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "INSERT INTO ducklake_schema_versions (begin_snapshot, schema_version, table_id) VALUES ($1, $2, $3)",
        )
        .bind(snapshot)
        .bind(version)
        .bind(table)
        .execute(&mut *tx)
        .await?;
        for field in new.fields {
            let id: String = sqlx::query_scalar(
                "UPDATE ducklake_metadata SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)
                 WHERE key = 'next_column_id' AND scope IS NULL RETURNING value",
            )
            .fetch_one(&mut *tx)
            .await?;
            sqlx::query(
                "INSERT INTO ducklake_column
                     (column_id, begin_snapshot, table_id, column_order, column_name, column_type, nulls_allowed)
                 SELECT CAST($1 AS INTEGER), $2, $3, MAX(column_order) + 1, $4, $5, 1
                 FROM ducklake_column WHERE table_id = $3",
            )
            .bind(id)
            .bind(snapshot)
            .bind(table)
            .bind(field.name())
            .bind(arrow_to_ducklake_type(field.data_type())?)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
