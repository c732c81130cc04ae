//! Rows that go: for each file that holds some of them the list of their places, and files of which nothing is left.

use std::collections::HashSet;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, AsArray, Int64Array};
use datafusion::arrow::datatypes::{Int64Type, Schema};
use datafusion::catalog::TableProvider;
use datafusion::logical_expr::Operator;
use datafusion::parquet::arrow::ProjectionMask;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::{BinaryExpr, InListExpr, col, lit};
use datafusion_ducklake::{DeleteFileEntry, DuckLakeTableWriter};
use mingcha_domain::{BatchNo, RowRef};

use super::arrow::{BATCH, ROW};
use super::commit_files::Staging;
use super::{Lake, LakeError, RowSet};

/// Batches up to which files are told apart one by one; beyond, by the first and the last.
const BATCHES_NAMED: usize = 20;

/// What goes, as the catalog will say it.
#[derive(Default)]
pub(super) struct Gone {
    /// Lists of places that are gone from a file.
    pub entries: Vec<DeleteFileEntry>,
    /// Paths of these lists, from the folder of the lake's files.
    pub paths: Vec<String>,
    /// Numbers of the files of which nothing is left.
    pub ended: Vec<i64>,
}

impl Lake {
    /// Finds the rows that go, and writes a list of places for each file that keeps others.
    pub(super) async fn gone(
        &self,
        writer: &DuckLakeTableWriter,
        staging: &Staging,
        delete: &RowSet,
        base: i64,
    ) -> Result<Gone, LakeError> {
        let mut gone = Gone::default();
        let mut found = 0;
        let (pack, name) = (&staging.pack, &staging.name);
        let table = if delete.is_empty() { None } else { self.raw_table(pack, name, base)? };
        if let Some(table) = table {
            let state = Self::session().state();
            let batches = of_batches(&table.schema(), &delete.batches())?;
            for file in table.files_matching(&batches)? {
                let path = format!("{}{}", staging.prefix(), file.file.path);
                let mut places = Places::in_file(&self.files_dir().join(&path), delete)?;
                let before = match &file.delete_file {
                    Some(deleted) => table.read_delete_file_positions(&state, deleted).await?,
                    None => HashSet::new(),
                };
                places.wanted.retain(|place| !before.contains(place));
                if places.wanted.is_empty() {
                    continue;
                }
                found += places.wanted.len();
                if places.wanted.len() + before.len() == places.rows {
                    gone.ended.push(file.data_file_id);
                    continue;
                }
                places.wanted.extend(before);
                places.wanted.sort_unstable();
                let delete = writer.write_delete_file(pack, name, &file.file.path, &places.wanted).await?;
                gone.paths.push(format!("{}{}", staging.prefix(), delete.path));
                let expected_prev_delete_file = file.delete_file_id;
                gone.entries.push(DeleteFileEntry {
                    data_file_id: file.data_file_id,
                    expected_prev_delete_file,
                    delete,
                });
            }
        }
        if found != delete.len() {
            return Err(LakeError::RowsMissing { ledger: format!("{pack}.{name}"), wanted: delete.len(), found });
        }
        Ok(gone)
    }
}

/// Where in a file rows stand.
pub(super) struct Places {
    wanted: Vec<i64>,
    /// Rows of the file.
    rows: usize,
}

impl Places {
    fn in_file(path: &Path, set: &RowSet) -> Result<Self, LakeError> {
        let mut places = Self { wanted: Vec::new(), rows: 0 };
        Self::each(path, &mut |at, packed| {
            places.rows += 1;
            if set.contains(packed) {
                places.wanted.push(at);
            }
        })?;
        Ok(places)
    }

    /// Tells the place and the packed reference of every row of a file.
    pub(super) fn each(path: &Path, on: &mut dyn FnMut(i64, i64)) -> Result<(), LakeError> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?;
        let mask = ProjectionMask::columns(builder.parquet_schema(), [BATCH, ROW]);
        let mut at: i64 = 0;
        for batch in builder.with_projection(mask).with_batch_size(1 << 16).build()? {
            let batch = batch?;
            let numbers = |name: &str| {
                let column = batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<Int64Type>());
                column.ok_or_else(|| LakeError::broken(format!("{} has no column {name}", path.display())))
            };
            for (number, row) in numbers(BATCH)?.values().iter().zip(numbers(ROW)?.values()) {
                on(at, RowRef { batch: BatchNo(*number), row: *row }.packed());
                at += 1;
            }
        }
        Ok(())
    }
}

/// Of one of the batches: what files can be told apart by.
fn of_batches(schema: &Schema, batches: &[BatchNo]) -> Result<Arc<dyn PhysicalExpr>, LakeError> {
    let number = || col(BATCH, schema);
    if batches.len() <= BATCHES_NAMED {
        let named = Arc::new(batches.iter().map(|batch| batch.0).collect::<Int64Array>()) as ArrayRef;
        return Ok(Arc::new(InListExpr::try_new_from_array(number()?, named, false, schema)?));
    }
    let bound = |operator, batch: Option<&BatchNo>| {
        let batch = batch.map_or(0, |batch| batch.0);
        Ok::<_, LakeError>(Arc::new(BinaryExpr::new(number()?, operator, lit(batch))) as Arc<dyn PhysicalExpr>)
    };
    let (first, last) = (bound(Operator::GtEq, batches.first())?, bound(Operator::LtEq, batches.last())?);
    Ok(Arc::new(BinaryExpr::new(first, Operator::And, last)))
}
