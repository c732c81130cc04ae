//! Reading rows of one ledger, all or some, and what differs between two snapshots.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::JoinType;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::prelude::{DataFrame, ident, lit};
use futures::stream::{BoxStream, StreamExt, TryStreamExt};
use mingcha_domain::{BatchNo, RowRef, Value};
use mingcha_pack::Ledger;
use sea_orm::sqlx;

use super::arrow::{self, BATCH, ROW};
use super::{Lake, LakeError};

/// One row of a ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LakeRow {
    /// Where it came from.
    pub at: RowRef,
    /// Its cells, in the order of the ledger's columns.
    pub values: Vec<Value>,
}

/// Which rows to read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum RowFilter {
    /// Every row.
    #[default]
    All,
    /// The rows that one batch brought in and that are still there.
    Batch(BatchNo),
    /// These rows, as far as they are there.
    Refs(Vec<RowRef>),
    /// The rows with these keys; each key has one value per key column of the ledger, in their order.
    Keys(Vec<Vec<Value>>),
}

/// What changed in a ledger from one snapshot to another.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Difference {
    /// Rows that were there and are gone.
    pub gone: Vec<LakeRow>,
    /// Rows that were not there and are.
    pub came: Vec<LakeRow>,
}

/// Rows as they are read, a few thousand at a time, sorted by batch and line.
pub type RowStream = BoxStream<'static, Result<Vec<LakeRow>, LakeError>>;

impl Lake {
    /// Rows of a ledger at a snapshot, sorted by batch and line.
    pub async fn rows(&self, ledger: &Ledger, snapshot: i64, which: &RowFilter) -> Result<Vec<LakeRow>, LakeError> {
        self.stream(ledger, snapshot, which).await?.try_concat().await
    }

    /// The same, for reads that may be large.
    pub async fn stream(&self, ledger: &Ledger, snapshot: i64, which: &RowFilter) -> Result<RowStream, LakeError> {
        let all = Self::session().read_table(self.table(ledger, snapshot).await?)?;
        let some = match which {
            RowFilter::All => all,
            RowFilter::Batch(batch) => all.filter(ident(BATCH).eq(lit(batch.0)))?,
            RowFilter::Refs(refs) => semi(all, places(refs)?, &[BATCH, ROW])?,
            RowFilter::Keys(keys) => {
                let names: Vec<&str> = ledger.key.iter().map(String::as_str).collect();
                semi(all, key_table(ledger, keys)?, &names)?
            }
        };
        read(ledger, some).await
    }

    /// Some columns of a ledger's rows at a snapshot, and after them `_batch` and `_row`; in no order.
    pub async fn columns(
        &self,
        ledger: &Ledger,
        snapshot: i64,
        names: &[&str],
    ) -> Result<SendableRecordBatchStream, LakeError> {
        let all = Self::session().read_table(self.table(ledger, snapshot).await?)?;
        let names: Vec<&str> = names.iter().copied().chain([BATCH, ROW]).collect();
        Ok(all.select_columns(&names)?.execute_stream().await?)
    }

    /// Whether no file of a ledger is live at a snapshot, so that it cannot have a row.
    pub async fn is_bare(&self, ledger: &Ledger, snapshot: i64) -> Result<bool, LakeError> {
        let files: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM ducklake_data_file f JOIN ducklake_table t ON t.table_id = f.table_id
             JOIN ducklake_schema s ON s.schema_id = t.schema_id
             WHERE s.schema_name = $1 AND t.table_name = $2 AND f.begin_snapshot <= $3
             AND (f.end_snapshot IS NULL OR f.end_snapshot > $3)",
        )
        .bind(&ledger.pack)
        .bind(&ledger.name)
        .bind(snapshot)
        .fetch_one(&self.catalog)
        .await?;
        Ok(files == 0)
    }

    /// What changed in a ledger between two snapshots.
    pub async fn difference(&self, ledger: &Ledger, from: i64, to: i64) -> Result<Difference, LakeError> {
        let (before, after) = (self.table(ledger, from).await?, self.table(ledger, to).await?);
        let session = Self::session();
        let only_in = async |this: &Arc<_>, other: &Arc<_>| {
            let (this, other) = (session.read_table(Arc::clone(this))?, session.read_table(Arc::clone(other))?);
            read(ledger, apart(this, other, JoinType::LeftAnti, &[BATCH, ROW])?).await?.try_concat().await
        };
        Ok(Difference { gone: only_in(&before, &after).await?, came: only_in(&after, &before).await? })
    }
}

/// A column of whole numbers, as `_batch` and `_row` are.
pub fn number_column(batch: &RecordBatch, at: usize) -> Result<&Int64Array, LakeError> {
    batch.column(at).as_primitive_opt().ok_or_else(|| LakeError::broken("a place that is no number"))
}

/// A column with other values where there are some.
pub fn keep_values<'a>(
    column: &ArrayRef,
    values: impl Iterator<Item = Option<&'a Value>>,
) -> Result<ArrayRef, LakeError> {
    let own = (0..column.len()).map(|row| arrow::value_at(column.as_ref(), row)).collect::<Result<Vec<_>, _>>()?;
    let field = Field::new("value", column.data_type().clone(), true);
    arrow::array_of(&field, own.iter().zip(values).map(|(own, other)| other.unwrap_or(own)))
}

async fn read(ledger: &Ledger, frame: DataFrame) -> Result<RowStream, LakeError> {
    let sorted = frame.sort(vec![ident(BATCH).sort(true, false), ident(ROW).sort(true, false)])?;
    let ledger = ledger.clone();
    let batches = sorted.execute_stream().await?;
    Ok(batches.map(move |batch| arrow::rows_of(&ledger, &batch?)).boxed())
}

/// Keeps the rows that have a partner among the wanted; only the wanted are held in memory.
fn semi(all: DataFrame, wanted: RecordBatch, names: &[&str]) -> Result<DataFrame, LakeError> {
    let renamed: Vec<String> = names.iter().map(|name| format!("wanted_{name}")).collect();
    let wanted = Lake::session().read_batch(wanted)?;
    let wanted = wanted.select(names.iter().zip(&renamed).map(|(name, new)| ident(*name).alias(new)))?;
    let renamed: Vec<&str> = renamed.iter().map(String::as_str).collect();
    Ok(wanted.join(all, JoinType::RightSemi, &renamed, names, None)?)
}

/// Keeps the rows of `these` that have, or have not, a partner of the same `names` in `those`.
pub(super) fn apart(these: DataFrame, those: DataFrame, how: JoinType, names: &[&str]) -> Result<DataFrame, LakeError> {
    let renamed: Vec<String> = names.iter().map(|name| format!("wanted_{name}")).collect();
    let those = those.select(names.iter().zip(&renamed).map(|(name, new)| ident(*name).alias(new)))?;
    let renamed: Vec<&str> = renamed.iter().map(String::as_str).collect();
    Ok(these.join(those, how, names, &renamed, None)?)
}

fn places(refs: &[RowRef]) -> Result<RecordBatch, LakeError> {
    let schema = Schema::new([BATCH, ROW].map(|name| Field::new(name, DataType::Int64, true)).to_vec());
    let batches = Arc::new(refs.iter().map(|at| at.batch.0).collect::<Int64Array>()) as ArrayRef;
    let lines = Arc::new(refs.iter().map(|at| at.row).collect::<Int64Array>()) as ArrayRef;
    Ok(RecordBatch::try_new(Arc::new(schema), vec![batches, lines])?)
}

fn key_table(ledger: &Ledger, keys: &[Vec<Value>]) -> Result<RecordBatch, LakeError> {
    let mut fields = Vec::new();
    for name in &ledger.key {
        let column = ledger.column(name).ok_or_else(|| LakeError::broken(format!("no key column {name}")))?;
        fields.push(Field::new(name, arrow::data_type(column.kind), true));
    }
    let arrays = fields
        .iter()
        .enumerate()
        .map(|(place, field)| arrow::array_of(field, keys.iter().map(|key| key.get(place).unwrap_or(&Value::Null))));
    let arrays = arrays.collect::<Result<Vec<_>, _>>()?;
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)?)
}
