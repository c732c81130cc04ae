//! Which of some values a ledger's column does not have.

use std::sync::Arc;

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::common::JoinType;
use mingcha_domain::Value;
use mingcha_pack::{Column, Ledger};

use super::rows::apart;
use super::{Lake, LakeError, arrow};

impl Lake {
    /// Those of the values that no row of the ledger has in this column at a snapshot. The ledger is read past them: only
    /// the values are held.
    pub async fn absent(
        &self,
        ledger: &Ledger,
        snapshot: i64,
        column: &Column,
        values: &[Value],
    ) -> Result<Vec<Value>, LakeError> {
        let field = Field::new(&column.name, arrow::data_type(column.kind), true);
        let array = arrow::array_of(&field, values.iter())?;
        let wanted = RecordBatch::try_new(Arc::new(Schema::new(vec![field])), vec![array])?;
        let session = Self::session();
        let there = session.read_table(self.table(ledger, snapshot).await?)?;
        let missing =
            apart(session.read_batch(wanted)?, there, JoinType::LeftAnti, &[column.name.as_str()])?.collect().await?;
        let mut absent = Vec::new();
        for batch in &missing {
            for row in 0..batch.num_rows() {
                absent.push(arrow::value_at(batch.column(0).as_ref(), row)?);
            }
        }
        absent.sort();
        Ok(absent)
    }
}
