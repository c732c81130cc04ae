//! One commit: rows in and rows out of one ledger, as one snapshot that carries our tag.

use std::collections::HashSet;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use datafusion::logical_expr::Operator;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::{BinaryExpr, InListExpr, col, lit};
use datafusion_ducklake::{
    DeleteFileEntry, DuckLakeTableWriter, DuckLakeWriteTransaction, SnapshotCommitMetadata, TableWriteOptions,
    WriteMode,
};
use mingcha_domain::RowRef;
use mingcha_pack::Ledger;
use tokio::task::coop::unconstrained;

use super::arrow::{self, BATCH, ROW};
use super::files::FileHash;
use super::place::RealPlaces;
use super::widen::NewColumns;
use super::{Lake, LakeError, LakeRow, Lease};

/// Rows per row group, as DuckDB writes them.
const GROUP_ROWS: usize = 122_880;
/// Rows that are turned into Arrow at once.
const CHUNK_ROWS: usize = 1 << 16;

/// What one commit does to one ledger.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The ledger.
    pub ledger: &'a Ledger,
    /// Rows that come.
    pub insert: Vec<LakeRow>,
    /// Rows that go; each must be there.
    pub delete: Vec<RowRef>,
    /// Who.
    pub author: String,
    /// What for, in words.
    pub message: String,
    /// What the store calls it, to recognise the snapshot after a crash.
    pub tag: String,
}

/// A commit that happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Committed {
    /// The snapshot it made.
    pub snapshot: i64,
    /// The files it added.
    pub files: Vec<FileHash>,
}

/// What is done to one table.
pub(super) struct TableChange {
    pub pack: String,
    pub name: String,
    pub schema: SchemaRef,
    pub insert: Vec<RecordBatch>,
    pub delete: Vec<RowRef>,
}

impl Lake {
    /// Writes rows and takes rows away in one snapshot. Files are on the disk before the catalog names them. A change
    /// that does nothing makes no snapshot: the newest one comes back, without files.
    pub async fn commit(&self, lease: &Lease, change: Change<'_>) -> Result<Committed, LakeError> {
        unconstrained(self.commit_one(lease, change)).await
    }

    async fn commit_one(&self, lease: &Lease, change: Change<'_>) -> Result<Committed, LakeError> {
        let Change { ledger, mut insert, delete, author, message, tag } = change;
        let (schema, added) = self.write_schema(ledger).await?;
        if !added.is_empty() && !insert.is_empty() {
            let (pack, table) = (&ledger.pack, &ledger.name);
            let new = NewColumns { pack, table, fields: &added, author: &author, tag: &tag };
            self.widen(lease, new).await?;
        }
        sort_by_key(ledger, &mut insert);
        let insert = insert
            .chunks(CHUNK_ROWS)
            .map(|rows| arrow::batch_in(&schema, ledger, rows))
            .collect::<Result<Vec<_>, _>>()?;
        let table = TableChange { pack: ledger.pack.clone(), name: ledger.name.clone(), schema, insert, delete };
        let about = SnapshotCommitMetadata::new().with_author(author).with_message(message).with_extra_info(tag);
        self.commit_tables(lease, vec![table], about).await
    }

    pub(super) async fn commit_tables(
        &self,
        _lease: &Lease,
        tables: Vec<TableChange>,
        about: SnapshotCommitMetadata,
    ) -> Result<Committed, LakeError> {
        let zstd = Compression::ZSTD(ZstdLevel::try_new(3).map_err(datafusion::error::DataFusionError::from)?);
        let writer = DuckLakeTableWriter::new(Arc::clone(&self.writer), Arc::new(RealPlaces::default()))?
            .with_compression(zstd)
            .with_max_row_group_rows(GROUP_ROWS);
        let mut commit = writer.transaction().with_options(&TableWriteOptions::new().with_commit_metadata(about));
        let base = self.newest().await?;
        let mut staged = Ok(());
        for table in &tables {
            staged = self.stage(&writer, &mut commit, table, base).await;
            if staged.is_err() {
                break;
            }
        }
        let files = match staged {
            Ok(()) => self.unnamed_files().await.and_then(|files| self.make_durable(&files).map(|()| files)),
            Err(error) => Err(error),
        };
        let files = match files {
            Ok(files) => files,
            Err(error) => {
                // What cannot be removed now (a full disk can) is removed under the next lease.
                if let Err(cleanup) = commit.abort().await {
                    tracing::warn!(%cleanup, "staged files were left behind");
                }
                return Err(error);
            }
        };
        let files = files.iter().map(|path| self.hash(path)).collect::<Result<Vec<_>, _>>()?;
        let snapshot = commit.commit().await?.first().map_or(base, |result| result.snapshot_id);
        Ok(Committed { snapshot, files })
    }

    async fn stage(
        &self,
        writer: &DuckLakeTableWriter,
        commit: &mut DuckLakeWriteTransaction<'_>,
        change: &TableChange,
        base: i64,
    ) -> Result<(), LakeError> {
        let gone = self.delete_files(writer, change, base).await?;
        let TableChange { pack, name, schema, insert, .. } = change;
        commit.stage_write_with_deletes(pack, name, schema, WriteMode::Append, insert, &gone, &[]).await?;
        Ok(())
    }

    /// Writes, for each data file that holds one of the rows to go, the list of positions that are gone from it.
    async fn delete_files(
        &self,
        writer: &DuckLakeTableWriter,
        change: &TableChange,
        base: i64,
    ) -> Result<Vec<DeleteFileEntry>, LakeError> {
        let mut written = Vec::new();
        let mut found = 0;
        let wanted: HashSet<RowRef> = change.delete.iter().copied().collect();
        if wanted.is_empty() {
            return Ok(written);
        }
        if let Some(table) = self.raw_table(&change.pack, &change.name, base)? {
            let state = Self::session().state();
            let is_wanted = predicate(&table.schema(), &wanted)?;
            for file in table.files_matching(&is_wanted.batch)? {
                let mut positions = table.resolve_positions(&state, &file.file, Arc::clone(&is_wanted.row)).await?;
                let before = match &file.delete_file {
                    Some(deleted) => table.read_delete_file_positions(&state, deleted).await?,
                    None => HashSet::new(),
                };
                positions.retain(|position| !before.contains(position));
                if positions.is_empty() {
                    continue;
                }
                found += positions.len();
                positions.extend(before);
                let mut positions: Vec<i64> = positions.into_iter().collect();
                positions.sort_unstable();
                let delete = writer.write_delete_file(&change.pack, &change.name, &file.file.path, &positions).await?;
                written.push(DeleteFileEntry {
                    data_file_id: file.data_file_id,
                    expected_prev_delete_file: file.delete_file_id,
                    delete,
                });
            }
        }
        if found != wanted.len() {
            let ledger = format!("{}.{}", change.pack, change.name);
            return Err(LakeError::RowsMissing { ledger, wanted: wanted.len(), found });
        }
        Ok(written)
    }

    /// The columns that the table has, in its order, and after them those that the pack added since. A column that the
    /// pack dropped stays, empty for new rows. Second, those that are new.
    async fn write_schema(&self, ledger: &Ledger) -> Result<(SchemaRef, Vec<Field>), LakeError> {
        let wanted = arrow::schema_of(ledger);
        let newest = self.newest().await?;
        let Some(table) = self.raw_table(&ledger.pack, &ledger.name, newest)? else {
            return Ok((wanted, Vec::new()));
        };
        let there = table.schema();
        let mut fields: Vec<Field> = Vec::new();
        for field in there.fields() {
            if let Ok(now) = wanted.field_with_name(field.name())
                && now.data_type() != field.data_type()
            {
                return Err(LakeError::ColumnChanged {
                    ledger: ledger.full_name(),
                    column: field.name().clone(),
                    wanted: now.data_type().to_string(),
                    found: field.data_type().to_string(),
                });
            }
            fields.push(Field::new(field.name(), field.data_type().clone(), true));
        }
        let added = wanted.fields().iter().filter(|field| there.field_with_name(field.name()).is_err());
        let added: Vec<Field> = added.map(|field| field.as_ref().clone()).collect();
        fields.extend(added.clone());
        Ok((Arc::new(Schema::new(fields)), added))
    }
}

/// Rows of one key lie together, so that a reader of few keys skips most of a file.
fn sort_by_key(ledger: &Ledger, rows: &mut [LakeRow]) {
    let places: Vec<usize> = ledger.key.iter().filter_map(|name| ledger.position(name)).collect();
    rows.sort_by(|a, b| {
        let key = |row: &LakeRow| places.iter().map(|place| row.values.get(*place).cloned()).collect::<Vec<_>>();
        key(a).cmp(&key(b)).then(a.at.cmp(&b.at))
    });
}

struct IsWanted {
    /// Of one of the batches: what files can be told apart by.
    batch: Arc<dyn PhysicalExpr>,
    /// One of the rows.
    row: Arc<dyn PhysicalExpr>,
}

fn predicate(schema: &Schema, wanted: &HashSet<RowRef>) -> Result<IsWanted, LakeError> {
    let numbers = |set: HashSet<i64>| Arc::new(set.into_iter().collect::<Int64Array>()) as ArrayRef;
    let in_list = |expr, set| -> Result<Arc<dyn PhysicalExpr>, LakeError> {
        Ok(Arc::new(InListExpr::try_new_from_array(expr, numbers(set), false, schema)?))
    };
    let both = |a, operator, b| Arc::new(BinaryExpr::new(a, operator, b)) as Arc<dyn PhysicalExpr>;
    let packed =
        both(both(col(BATCH, schema)?, Operator::Multiply, lit(RowRef::ROWS_MAX)), Operator::Plus, col(ROW, schema)?);
    let batch = in_list(col(BATCH, schema)?, wanted.iter().map(|at| at.batch.0).collect())?;
    let row = in_list(packed, wanted.iter().map(|at| at.packed()).collect())?;
    Ok(IsWanted { row: both(Arc::clone(&batch), Operator::And, row), batch })
}
