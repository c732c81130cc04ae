//! Which rows came and which went between two snapshots: their places, found in the files that differ. Rows are not read.

use std::collections::{BTreeMap, HashSet};

use datafusion::arrow::array::{AsArray, BooleanArray, Int64Array, RecordBatch};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::datatypes::Int64Type;
use datafusion::logical_expr::Expr;
use datafusion::prelude::{ident, lit};
use datafusion_ducklake::metadata_provider::DuckLakeTableFile;
use futures::stream::{BoxStream, StreamExt, TryStreamExt};
use mingcha_domain::{BatchNo, RowRef};
use mingcha_pack::Ledger;
use tokio::task::coop::unconstrained;

use super::arrow::{BATCH, ROW};
use super::commit_delete::Places;
use super::{Lake, LakeError, RowSet};

/// Places of rows that came and that went.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// Rows that were not there and are.
    pub came: RowSet,
    /// Rows that were there and are gone.
    pub gone: RowSet,
}

/// Rows as columns, as they are read.
pub type BatchStream = BoxStream<'static, Result<RecordBatch, LakeError>>;

/// Batches up to which rows are asked for by name; beyond, by the first and the last.
const BATCHES_NAMED: usize = 20;

impl Lake {
    /// Which rows of a ledger came and went between two snapshots.
    pub async fn span(&self, ledger: &Ledger, from: i64, to: i64) -> Result<Span, LakeError> {
        unconstrained(async {
            let (then, after) = (self.rows_by_file(ledger, from)?, self.rows_by_file(ledger, to)?);
            let (mut came, mut gone) = (Vec::new(), Vec::new());
            for (path, file) in &then {
                match after.get(path) {
                    Some(same) if list_of(same) == list_of(file) => {}
                    Some(other) => {
                        let old = RowSet::of_packed(self.live_rows(ledger, from, file).await?);
                        let new = RowSet::of_packed(self.live_rows(ledger, to, other).await?);
                        gone.extend(old.without(&new).packed());
                        came.extend(new.without(&old).packed());
                    }
                    None => gone.extend(self.live_rows(ledger, from, file).await?),
                }
            }
            for (_, file) in after.iter().filter(|(path, _)| !then.contains_key(*path)) {
                came.extend(self.live_rows(ledger, to, file).await?);
            }
            let (came, gone) = (RowSet::of_packed(came), RowSet::of_packed(gone));
            // A merge takes rows from files and puts them into another one: they neither came nor went.
            Ok(Span { came: came.without(&gone), gone: gone.without(&came) })
        })
        .await
    }

    /// Some columns of some rows of a ledger at a snapshot, and after them `_batch` and `_row`; in no order.
    pub async fn some_columns(
        &self,
        ledger: &Ledger,
        snapshot: i64,
        names: &[&str],
        rows: &RowSet,
    ) -> Result<BatchStream, LakeError> {
        let all = Self::session().read_table(self.table(ledger, snapshot).await?)?;
        let all = all.filter(of_batches(&rows.batches()))?;
        let names: Vec<&str> = names.iter().copied().chain([BATCH, ROW]).collect();
        let (place, rows) = (names.len() - 2, rows.clone());
        let some = all.select_columns(&names)?.execute_stream().await?.map_err(LakeError::from);
        let some = some.and_then(move |batch| {
            let wanted = wanted(&batch, place, &rows);
            async move { Ok(filter_record_batch(&batch, &wanted?)?) }
        });
        Ok(some.try_filter(|batch| futures::future::ready(batch.num_rows() > 0)).boxed())
    }

    fn rows_by_file(&self, ledger: &Ledger, at: i64) -> Result<BTreeMap<String, DuckLakeTableFile>, LakeError> {
        let Some(table) = self.raw_table(&ledger.pack, &ledger.name, at)? else { return Ok(BTreeMap::new()) };
        Ok(table.files()?.into_iter().map(|file| (file.file.path.clone(), file)).collect())
    }

    /// Packed references of a file's rows that its list of deletions leaves.
    async fn live_rows(&self, ledger: &Ledger, at: i64, file: &DuckLakeTableFile) -> Result<Vec<i64>, LakeError> {
        let path = self.files_dir().join(format!("{}/{}/{}", ledger.pack, ledger.name, file.file.path));
        let gone = match (&file.delete_file, self.raw_table(&ledger.pack, &ledger.name, at)?) {
            (Some(list), Some(table)) => table.read_delete_file_positions(&Self::session().state(), list).await?,
            _ => HashSet::new(),
        };
        let mut live = Vec::new();
        Places::each(&path, &mut |place, packed| {
            if !gone.contains(&place) {
                live.push(packed);
            }
        })?;
        Ok(live)
    }
}

fn list_of(file: &DuckLakeTableFile) -> Option<&str> {
    file.delete_file.as_ref().map(|list| list.path.as_str())
}

fn wanted(batch: &RecordBatch, place: usize, rows: &RowSet) -> Result<BooleanArray, LakeError> {
    let number = |at: usize| -> Result<&Int64Array, LakeError> {
        let column = batch.column(at).as_primitive_opt::<Int64Type>();
        column.ok_or_else(|| LakeError::broken("a place that is no number"))
    };
    let (batches, lines) = (number(place)?, number(place + 1)?);
    let packed = batches.values().iter().zip(lines.values());
    Ok(packed.map(|(batch, row)| Some(rows.contains(RowRef { batch: BatchNo(*batch), row: *row }.packed()))).collect())
}

fn of_batches(batches: &[BatchNo]) -> Expr {
    if batches.len() <= BATCHES_NAMED {
        return ident(BATCH).in_list(batches.iter().map(|batch| lit(batch.0)).collect(), false);
    }
    let bound = |batch: Option<&BatchNo>| lit(batch.map_or(0, |batch| batch.0));
    ident(BATCH).gt_eq(bound(batches.first())).and(ident(BATCH).lt_eq(bound(batches.last())))
}
