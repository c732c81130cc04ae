//! Catalog calls without tokio's budget.
//!
//! The crate's catalog calls are synchronous and park their thread. On a runtime of one thread, tokio answers a task
//! whose budget is used up with “later” and wakes it when the thread comes back, which it never does: the call hangs.
//! So whatever calls the catalog is polled without a budget. (On several threads the crate's own hand-over does the same.)

use std::borrow::Cow;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::{Result, Statistics};
use datafusion::logical_expr::{Expr, LogicalPlan, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion_ducklake::DuckLakeTable;
use tokio::task::coop::unconstrained;

/// A table of the lake whose planning does not hang.
#[derive(Debug)]
pub(super) struct CalmTable(pub DuckLakeTable);

#[async_trait]
impl TableProvider for CalmTable {
    fn schema(&self) -> SchemaRef {
        self.0.schema()
    }

    fn table_type(&self) -> TableType {
        self.0.table_type()
    }

    fn get_logical_plan(&self) -> Option<Cow<'_, LogicalPlan>> {
        self.0.get_logical_plan()
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> Result<Vec<TableProviderFilterPushDown>> {
        self.0.supports_filters_pushdown(filters)
    }

    fn statistics(&self) -> Option<Statistics> {
        self.0.statistics()
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        unconstrained(self.0.scan(state, projection, filters, limit)).await
    }
}
