//! Opening a lake: make it if it is not there, bring its catalog to what DuckDB reads, set where its files lie.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use datafusion_ducklake::{MetadataWriter, SqliteMetadataProvider, SqliteMetadataWriter};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{self, SqlitePool};

use tokio::task::coop::unconstrained;

use super::{LEASE_WAIT, Lake, LakeError, lease};

/// The catalog's file.
pub(super) const CATALOG: &str = "lake.sqlite";
/// The folder of the Parquet files.
pub(super) const FILES: &str = "lake";

/// Raise it when the crate is upgraded or a statement is added below: every lake is then brought along once.
const SHAPE: &str = "1";

/// Columns of DuckLake 1.0 that the crate's writer (0.9) leaves out. Each has a default, since later writes by the crate
/// leave them out too. The two allocators lie far above the crate's own counters, so that even a DuckDB that wrote
/// against advice would take no id twice.
const COLUMNS: [(&str, &str, &str); 7] = [
    ("ducklake_snapshot", "next_catalog_id", "BIGINT DEFAULT 1000000000"),
    ("ducklake_snapshot", "next_file_id", "BIGINT DEFAULT 1000000000"),
    ("ducklake_schema", "schema_uuid", "VARCHAR"),
    ("ducklake_table", "table_uuid", "VARCHAR"),
    ("ducklake_data_file", "file_order", "BIGINT"),
    ("ducklake_data_file", "file_format", "VARCHAR DEFAULT 'parquet'"),
    ("ducklake_delete_file", "format", "VARCHAR DEFAULT 'parquet'"),
];

/// Tables of DuckLake 1.0 that DuckDB reads when it attaches, the uuids as triggers, the first snapshot, and what kind
/// of catalog it is. All of it may run again.
const DUCKLAKE_1_0: &str = "
CREATE TABLE IF NOT EXISTS ducklake_column_mapping (mapping_id BIGINT, table_id BIGINT, type VARCHAR);
CREATE TABLE IF NOT EXISTS ducklake_name_mapping (mapping_id BIGINT, column_id BIGINT, source_name VARCHAR, target_field_id BIGINT, parent_column BIGINT, is_partition BOOLEAN);
CREATE TABLE IF NOT EXISTS ducklake_macro (schema_id BIGINT, macro_id BIGINT, macro_name VARCHAR, begin_snapshot BIGINT, end_snapshot BIGINT);
CREATE TABLE IF NOT EXISTS ducklake_macro_impl (macro_id BIGINT, impl_id BIGINT, dialect VARCHAR, sql VARCHAR, type VARCHAR);
CREATE TABLE IF NOT EXISTS ducklake_macro_parameters (macro_id BIGINT, impl_id BIGINT, column_id BIGINT, parameter_name VARCHAR, parameter_type VARCHAR, default_value VARCHAR, default_value_type VARCHAR);
CREATE TABLE IF NOT EXISTS ducklake_file_variant_stats (data_file_id BIGINT, table_id BIGINT, column_id BIGINT, variant_path VARCHAR, shredded_type VARCHAR, column_size_bytes BIGINT, value_count BIGINT, null_count BIGINT, min_value VARCHAR, max_value VARCHAR, contains_nan BOOLEAN, extra_stats VARCHAR);
CREATE TRIGGER IF NOT EXISTS mingcha_schema_uuid AFTER INSERT ON ducklake_schema WHEN NEW.schema_uuid IS NULL BEGIN
  UPDATE ducklake_schema SET schema_uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE schema_id = NEW.schema_id;
END;
CREATE TRIGGER IF NOT EXISTS mingcha_table_uuid AFTER INSERT ON ducklake_table WHEN NEW.table_uuid IS NULL BEGIN
  UPDATE ducklake_table SET table_uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE table_id = NEW.table_id;
END;
INSERT INTO ducklake_snapshot (snapshot_id, schema_version) SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM ducklake_snapshot);
INSERT INTO ducklake_snapshot_changes (snapshot_id, changes_made) SELECT 0, 'created_schema:\"main\"' WHERE NOT EXISTS (SELECT 1 FROM ducklake_snapshot_changes);
INSERT INTO ducklake_schema (schema_name, path, path_is_relative, begin_snapshot) SELECT 'main', 'main/', 1, 0 WHERE NOT EXISTS (SELECT 1 FROM ducklake_schema WHERE schema_name = 'main');
DELETE FROM ducklake_metadata WHERE key IN ('version', 'created_by', 'encrypted') AND scope IS NULL;
INSERT INTO ducklake_metadata (key, value, scope) VALUES ('version', '1.0', NULL), ('created_by', 'Mingcha', NULL), ('encrypted', 'false', NULL);
";

/// By what a lake of many batches is asked. They change nothing that a reader sees or [`Lake::digest`] hashes.
const INDEXES: &str = "
CREATE INDEX IF NOT EXISTS mingcha_file_begins ON ducklake_data_file (begin_snapshot);
CREATE INDEX IF NOT EXISTS mingcha_file_ends ON ducklake_data_file (end_snapshot, table_id);
CREATE INDEX IF NOT EXISTS mingcha_file_path ON ducklake_data_file (path);
CREATE INDEX IF NOT EXISTS mingcha_delete_begins ON ducklake_delete_file (begin_snapshot);
CREATE INDEX IF NOT EXISTS mingcha_delete_ends ON ducklake_delete_file (end_snapshot, table_id);
CREATE INDEX IF NOT EXISTS mingcha_delete_of ON ducklake_delete_file (data_file_id);
CREATE INDEX IF NOT EXISTS mingcha_stats_of ON ducklake_file_column_stats (data_file_id);
CREATE INDEX IF NOT EXISTS mingcha_stats_by_column ON ducklake_file_column_stats (table_id, column_id, data_file_id);
";
/// How many these are.
const INDEX_COUNT: i64 = 8;

impl Lake {
    /// Opens the lake of a data folder, or makes it. The place of its files is set anew, so that a folder that was
    /// copied or moved never reads the files of the original.
    pub async fn open(home: &Path) -> Result<Self, LakeError> {
        unconstrained(Self::open_at(home)).await
    }

    async fn open_at(home: &Path) -> Result<Self, LakeError> {
        std::fs::create_dir_all(home.join(FILES))?;
        let home = std::fs::canonicalize(home)?;
        let address = address(&home.join(CATALOG))?;
        let options = SqliteConnectOptions::from_str(&address)?
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(false);
        let catalog = SqlitePoolOptions::new().max_connections(2).connect_with(options).await?;

        let files = format!("{}/", text(&home.join(FILES))?);
        let writer: Arc<dyn MetadataWriter> = if is_as_we_left_it(&catalog, &files).await? {
            Arc::new(SqliteMetadataWriter::new(&address).await?)
        } else {
            let _alone = lease::lock(&home, "open", LEASE_WAIT).await?;
            let writer = SqliteMetadataWriter::new_with_init(&address).await?;
            bring_to_ducklake_1_0(&catalog).await?;
            writer.set_data_path(&files)?;
            mark(&catalog).await?;
            Arc::new(writer)
        };
        add_indexes(&catalog).await?;
        let provider = Arc::new(SqliteMetadataProvider::new(&address).await?);
        Ok(Self { home, provider, writer, catalog, lease_wait: LEASE_WAIT })
    }
}

async fn add_indexes(catalog: &SqlitePool) -> Result<(), LakeError> {
    let there: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name LIKE 'mingcha_%'")
            .fetch_one(catalog)
            .await?;
    if there < INDEX_COUNT {
        sqlx::raw_sql(INDEXES).execute(catalog).await?;
    }
    Ok(())
}

/// The catalog's address for sqlx, which decodes percent signs and ends the path at a question mark.
fn address(file: &Path) -> Result<String, LakeError> {
    let path = text(file)?.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    Ok(format!("sqlite:{path}?mode=rwc"))
}

fn text(path: &Path) -> Result<&str, LakeError> {
    path.to_str().ok_or_else(|| LakeError::broken(format!("the path {} is not UTF-8", path.display())))
}

async fn is_as_we_left_it(catalog: &SqlitePool, files: &str) -> Result<bool, LakeError> {
    let made: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_master WHERE name = 'ducklake_metadata'")
        .fetch_one(catalog)
        .await?;
    if made == 0 {
        return Ok(false);
    }
    let known: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM ducklake_metadata WHERE scope IS NULL
         AND ((key = 'mingcha_shape' AND value = $1) OR (key = 'data_path' AND value = $2))",
    )
    .bind(SHAPE)
    .bind(files)
    .fetch_one(catalog)
    .await?;
    Ok(known == 2)
}

async fn bring_to_ducklake_1_0(catalog: &SqlitePool) -> Result<(), LakeError> {
    let mut tx = catalog.begin_with("BEGIN IMMEDIATE").await?;
    for (table, column, kind) in COLUMNS {
        let there: i64 = sqlx::query_scalar("SELECT count(*) FROM pragma_table_info($1) WHERE name = $2")
            .bind(table)
            .bind(column)
            .fetch_one(&mut *tx)
            .await?;
        if there == 0 {
            let statement = format!("ALTER TABLE {table} ADD COLUMN {column} {kind}");
            sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut *tx).await?;
        }
    }
    sqlx::raw_sql(DUCKLAKE_1_0).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}

async fn mark(catalog: &SqlitePool) -> Result<(), LakeError> {
    let mut tx = catalog.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("DELETE FROM ducklake_metadata WHERE key = 'mingcha_shape'").execute(&mut *tx).await?;
    sqlx::query("INSERT INTO ducklake_metadata (key, value, scope) VALUES ('mingcha_shape', $1, NULL)")
        .bind(SHAPE)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
