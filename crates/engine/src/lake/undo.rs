//! Undoing commits that the store never heard of. History is kept: the lake is brought back by one more commit.

use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::Schema;
use datafusion::catalog::TableProvider;
use datafusion::common::JoinType;
use datafusion::prelude::ident;
use datafusion_ducklake::SnapshotCommitMetadata;
use mingcha_domain::RowRef;
use mingcha_pack::Ledger;
use sea_orm::sqlx::{self, Row};
use tokio::task::coop::unconstrained;

use super::arrow::{BATCH, ROW};
use super::calm::CalmTable;
use super::commit::{Committed, TableChange};
use super::rows::apart;
use super::tables::empty;
use super::{Lake, LakeError, LakeRow, Lease, arrow};

impl Lake {
    /// Brings every table back to how it was at `snapshot`: rows that came since go, rows that went come back with their
    /// own batch and line. `None` when the rows are the same already, and nothing was committed.
    pub async fn undo_since(
        &self,
        lease: &Lease,
        snapshot: i64,
        author: &str,
        message: &str,
        tag: &str,
    ) -> Result<Option<Committed>, LakeError> {
        let about = SnapshotCommitMetadata::new().with_author(author).with_message(message).with_extra_info(tag);
        unconstrained(self.undo(lease, snapshot, about)).await
    }

    async fn undo(
        &self,
        lease: &Lease,
        snapshot: i64,
        about: SnapshotCommitMetadata,
    ) -> Result<Option<Committed>, LakeError> {
        let changed = sqlx::query(
            "SELECT s.schema_name, t.table_name FROM ducklake_table t
             JOIN ducklake_schema s ON s.schema_id = t.schema_id
             WHERE t.end_snapshot IS NULL AND t.table_id IN (
                 SELECT table_id FROM ducklake_data_file WHERE begin_snapshot > $1
                 UNION SELECT table_id FROM ducklake_delete_file WHERE begin_snapshot > $1)
             ORDER BY 1, 2",
        )
        .bind(snapshot)
        .fetch_all(&self.catalog)
        .await?;
        let newest = self.newest().await?;
        let mut tables = Vec::new();
        for row in changed {
            let (pack, name): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            tables.extend(self.way_back(pack, name, newest, snapshot).await?);
        }
        if tables.is_empty() {
            return Ok(None);
        }
        self.commit_tables(lease, tables, about).await.map(Some)
    }

    async fn way_back(
        &self,
        pack: String,
        name: String,
        now: i64,
        then: i64,
    ) -> Result<Option<TableChange>, LakeError> {
        let Some(current) = self.raw_table(&pack, &name, now)? else { return Ok(None) };
        let schema = Arc::new(Schema::new(
            current
                .schema()
                .fields()
                .iter()
                .map(|field| field.as_ref().clone().with_nullable(true))
                .collect::<Vec<_>>(),
        ));
        // The crate reads an old snapshot with the columns of today, so both sides have the same.
        let earlier: Arc<dyn TableProvider> = match self.raw_table(&pack, &name, then)? {
            Some(table) => Arc::new(CalmTable(table)),
            None => empty(current.schema())?,
        };
        let current: Arc<dyn TableProvider> = Arc::new(CalmTable(current));
        let session = Self::session();
        let only_in = async |this: &Arc<dyn TableProvider>, other: &Arc<dyn TableProvider>| {
            let (this, other) = (session.read_table(Arc::clone(this))?, session.read_table(Arc::clone(other))?);
            let frame = apart(this, other, JoinType::LeftAnti, &[BATCH, ROW])?;
            Ok::<_, LakeError>(frame.sort(vec![ident(BATCH).sort(true, false), ident(ROW).sort(true, false)])?)
        };
        let came = only_in(&current, &earlier).await?.select_columns(&[BATCH, ROW])?.collect().await?;
        let went = only_in(&earlier, &current).await?.collect().await?;
        let delete = refs(&came)?;
        let insert = went
            .into_iter()
            .map(|batch| Ok(RecordBatch::try_new(Arc::clone(&schema), batch.columns().to_vec())?))
            .collect::<Result<Vec<_>, LakeError>>()?;
        let nothing = delete.is_empty() && insert.iter().all(|batch| batch.num_rows() == 0);
        Ok((!nothing).then_some(TableChange { pack, name, schema, insert, delete }))
    }
}

fn refs(batches: &[RecordBatch]) -> Result<Vec<RowRef>, LakeError> {
    let no_columns = Ledger::default();
    let mut refs = Vec::new();
    for batch in batches {
        refs.extend(arrow::rows_of(&no_columns, batch)?.iter().map(|LakeRow { at, .. }| *at));
    }
    Ok(refs)
}
