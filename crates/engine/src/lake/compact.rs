//! Merging many small files of a ledger into few, in a snapshot of its own.
//!
//! Rows stay what they are, with their batch and line; only where they lie is another place. The files that were merged
//! end at the new snapshot and stay on the disk: every earlier state reads them as it did, which costs the room of the
//! rows twice. The crate could merge too, but removes what it merged from the catalog and with it the proof of what
//! earlier states read, and commits before the new file could be forced to the disk.

use std::collections::HashSet;
use std::sync::Arc;

use datafusion::catalog::TableProvider;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{SessionConfig, SessionContext, ident};
use datafusion_ducklake::MetadataProvider;
use futures::StreamExt;
use mingcha_pack::Ledger;
use sea_orm::sqlx::{self, Row, Sqlite, Transaction};
use tokio::task::coop::unconstrained;

use super::arrow::{BATCH, ROW};
use super::calm::CalmTable;
use super::chosen::Chosen;
use super::commit::Committed;
use super::commit_files::{NewFile, Staging, WrittenFile};
use super::compact_plan::{FileFacts, Which, plan};
use super::revert::{About, end_file, new_snapshot, restate};
use super::{Lake, LakeError, Lease, register_files};

/// Memory for sorting what is merged; beyond, it is sorted on the disk.
const MEMORY_BYTES: usize = 192 << 20;

/// A merge that happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compacted {
    /// The snapshot, and the files that it added.
    pub committed: Committed,
    /// Files that were merged.
    pub merged: usize,
    /// Rows that were written again.
    pub rows: usize,
}

impl Lake {
    /// Whether a merge would do something.
    pub async fn is_crowded(&self, ledger: &Ledger, which: Which) -> Result<bool, LakeError> {
        unconstrained(async {
            let Some(table) = self.table_number(ledger).await? else { return Ok(false) };
            Ok(!plan(&self.live_files(table).await?, which).is_empty())
        })
        .await
    }

    /// Merges files of a ledger. `None` when there is nothing to merge, and no snapshot was made.
    pub async fn compact(
        &self,
        lease: &Lease,
        ledger: &Ledger,
        which: Which,
        about: About<'_>,
    ) -> Result<Option<Compacted>, LakeError> {
        unconstrained(async {
            let Some(table) = self.table_number(ledger).await? else { return Ok(None) };
            let groups = plan(&self.live_files(table).await?, which);
            if groups.is_empty() {
                return Ok(None);
            }
            let staging = self.staging(lease, ledger, about.0, about.2).await?;
            let base = self.newest().await?;
            let mut files = Vec::new();
            for group in &groups {
                let written = self.merge(ledger, &staging, base, group, &mut files).await;
                if let Err(error) = written {
                    // What cannot be removed now is removed under the next lease.
                    if let Err(left) = self.tidy(lease).await {
                        tracing::warn!(%left, "files of a merge were left behind");
                    }
                    return Err(error);
                }
            }
            self.replace(&staging, &groups.concat(), files, about).await.map(Some)
        })
        .await
    }

    async fn table_number(&self, ledger: &Ledger) -> Result<Option<i64>, LakeError> {
        Ok(sqlx::query_scalar(
            "SELECT t.table_id FROM ducklake_table t JOIN ducklake_schema s ON s.schema_id = t.schema_id
             WHERE s.schema_name = $1 AND t.table_name = $2 AND t.end_snapshot IS NULL AND s.end_snapshot IS NULL
             AND EXISTS (SELECT 1 FROM ducklake_column c WHERE c.table_id = t.table_id)",
        )
        .bind(&ledger.pack)
        .bind(&ledger.name)
        .fetch_optional(&self.catalog)
        .await?)
    }

    async fn live_files(&self, table: i64) -> Result<Vec<FileFacts>, LakeError> {
        let rows = sqlx::query(
            "SELECT f.data_file_id, f.file_size_bytes, COALESCE(f.record_count, 0), COALESCE(d.delete_count, 0)
             FROM ducklake_data_file f LEFT JOIN ducklake_delete_file d
               ON d.data_file_id = f.data_file_id AND d.end_snapshot IS NULL
             WHERE f.table_id = $1 AND f.end_snapshot IS NULL ORDER BY 1",
        )
        .bind(table)
        .fetch_all(&self.catalog)
        .await?;
        let number = |row: &sqlx::sqlite::SqliteRow, place: usize| -> Result<u64, LakeError> {
            u64::try_from(row.try_get::<i64, _>(place)?).map_err(|_| LakeError::broken("a size below zero"))
        };
        rows.iter()
            .map(|row| {
                Ok(FileFacts {
                    id: row.try_get(0)?,
                    bytes: number(row, 1)?,
                    rows: number(row, 2)?,
                    gone: number(row, 3)?,
                })
            })
            .collect()
    }

    /// Writes the live rows of some files, sorted by key, to new ones.
    async fn merge(
        &self,
        ledger: &Ledger,
        staging: &Staging,
        base: i64,
        group: &[i64],
        files: &mut Vec<WrittenFile>,
    ) -> Result<(), LakeError> {
        let catalog: Arc<dyn MetadataProvider> = Arc::clone(&self.provider);
        let chosen = Arc::new(Chosen { catalog, files: group.iter().copied().collect::<HashSet<_>>() });
        let table = Self::raw_table_of(chosen, &ledger.pack, &ledger.name, base)?;
        let table = table.ok_or_else(|| LakeError::broken("a table went while it was merged"))?;
        let schema = table.schema();
        let names = ledger.key.iter().map(String::as_str).filter(|name| schema.field_with_name(name).is_ok());
        let order = names.chain([BATCH, ROW]).map(|name| ident(name).sort(true, true)).collect();
        let mut rows = session()?.read_table(Arc::new(CalmTable(table)))?.sort(order)?.execute_stream().await?;
        let mut open: Option<NewFile> = None;
        while let Some(batch) = rows.next().await {
            let batch = staging.adopt(&batch?)?;
            if batch.num_rows() == 0 {
                continue;
            }
            match &mut open {
                Some(file) => file.write(&batch)?,
                None => open = Some(staging.file(&batch)?),
            }
            if let Some(full) = open.take_if(|file| file.is_full()) {
                files.push(full.finish(staging)?);
            }
        }
        if let Some(last) = open {
            files.push(last.finish(staging)?);
        }
        Ok(())
    }

    /// Names the new files and ends the old ones, in one snapshot.
    async fn replace(
        &self,
        staging: &Staging,
        ended: &[i64],
        files: Vec<WrittenFile>,
        about: About<'_>,
    ) -> Result<Compacted, LakeError> {
        let paths: Vec<String> = files.iter().map(|file| file.hash.path.clone()).collect();
        self.make_durable(&paths)?;
        let table = staging.setup.table_id;
        let mut tx = self.catalog.begin_with("BEGIN IMMEDIATE").await?;
        let snapshot = new_snapshot(&mut tx, table, about).await?;
        sqlx::query("UPDATE ducklake_snapshot_changes SET changes_made = $2 WHERE snapshot_id = $1")
            .bind(snapshot)
            .bind(format!("compacted_table:{table}"))
            .execute(&mut *tx)
            .await?;
        for file in ended {
            end_file(&mut tx, *file, snapshot).await?;
        }
        for file in &files {
            name(&mut tx, table, file, snapshot).await?;
        }
        restate(&mut tx, table).await?;
        tx.commit().await?;
        let rows = files.iter().map(WrittenFile::rows).sum();
        let mut hashes: Vec<_> = files.into_iter().map(|file| file.hash).collect();
        hashes.sort();
        Ok(Compacted { committed: Committed { snapshot, files: hashes }, merged: ended.len(), rows })
    }
}

/// A line of the catalog for a new file, with what is known of its columns. Its rows get numbers of their own, as rows
/// that were written again do.
async fn name(
    tx: &mut Transaction<'_, Sqlite>,
    table: i64,
    file: &WrittenFile,
    snapshot: i64,
) -> Result<(), LakeError> {
    let info = &file.info;
    let first: i64 = sqlx::query_scalar(
        "UPDATE ducklake_table_stats SET next_row_id = next_row_id + $2 WHERE table_id = $1 RETURNING next_row_id - $2",
    )
    .bind(table)
    .bind(info.record_count)
    .fetch_one(&mut **tx)
    .await?;
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO ducklake_data_file (table_id, path, path_is_relative, file_size_bytes, footer_size, record_count,
                                         row_id_start, begin_snapshot)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING data_file_id",
    )
    .bind(table)
    .bind(&info.path)
    .bind(info.path_is_relative)
    .bind(info.file_size_bytes)
    .bind(info.footer_size)
    .bind(info.record_count)
    .bind(first)
    .bind(snapshot)
    .fetch_one(&mut **tx)
    .await?;
    for column in &info.column_stats {
        sqlx::query(
            "INSERT INTO ducklake_file_column_stats (data_file_id, table_id, column_id, column_size_bytes, value_count,
                                                     null_count, min_value, max_value, contains_nan)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(id)
        .bind(table)
        .bind(column.column_id)
        .bind(column.column_size_bytes)
        .bind(column.value_count)
        .bind(column.null_count)
        .bind(column.min_value.as_deref())
        .bind(column.max_value.as_deref())
        .bind(column.contains_nan)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

fn session() -> Result<SessionContext, LakeError> {
    let runtime = RuntimeEnvBuilder::new().with_memory_pool(Arc::new(FairSpillPool::new(MEMORY_BYTES))).build_arc()?;
    register_files(&runtime);
    let config = SessionConfig::new().with_information_schema(false).with_target_partitions(2);
    Ok(SessionContext::new_with_config_rt(config, runtime))
}
