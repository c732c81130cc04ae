//! Ledgers as DataFusion tables, fixed at one snapshot.

use std::sync::Arc;

use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use datafusion::catalog::view::ViewTable;
use datafusion::datasource::{MemTable, provider_as_source};
use datafusion::logical_expr::LogicalPlanBuilder;
use datafusion::prelude::{SessionConfig, SessionContext, ident, lit};
use datafusion::scalar::ScalarValue;
use datafusion_ducklake::path_resolver::{parse_object_store_url, resolve_path};
use datafusion_ducklake::{DuckLakeTable, MetadataProvider};
use mingcha_pack::Ledger;
use tokio::task::coop::unconstrained;

use super::calm::CalmTable;
use super::{Lake, LakeError, arrow, register_files};

impl Lake {
    /// A ledger as it was at a snapshot, with exactly the columns of [`arrow::schema_of`]: empty when the lake had no such
    /// table yet; a column that the pack added later is null.
    pub async fn table(&self, ledger: &Ledger, snapshot: i64) -> Result<Arc<dyn TableProvider>, LakeError> {
        unconstrained(async { self.table_at(ledger, snapshot) }).await
    }

    fn table_at(&self, ledger: &Ledger, snapshot: i64) -> Result<Arc<dyn TableProvider>, LakeError> {
        let wanted = arrow::schema_of(ledger);
        let Some(table) = self.raw_table(&ledger.pack, &ledger.name, snapshot)? else {
            return empty(wanted);
        };
        let found = table.schema();
        if columns(&found).eq(columns(&wanted)) {
            return Ok(Arc::new(CalmTable(table)));
        }
        let mut shown = Vec::new();
        for field in wanted.fields() {
            shown.push(match found.field_with_name(field.name()) {
                Ok(there) if there.data_type() == field.data_type() => ident(field.name()),
                Ok(there) => {
                    return Err(LakeError::ColumnChanged {
                        ledger: ledger.full_name(),
                        column: field.name().clone(),
                        wanted: field.data_type().to_string(),
                        found: there.data_type().to_string(),
                    });
                }
                Err(_) => lit(ScalarValue::try_from(field.data_type())?).alias(field.name()),
            });
        }
        let plan = LogicalPlanBuilder::scan(&ledger.name, provider_as_source(Arc::new(CalmTable(table))), None)?
            .project(shown)?;
        Ok(Arc::new(ViewTable::new(plan.build()?, None)))
    }

    /// The table as the lake has it. The crate's catalog swallows errors into "there is no such table", which would
    /// make models find nothing; so the lookups are done here.
    pub(super) fn raw_table(&self, schema: &str, name: &str, at: i64) -> Result<Option<DuckLakeTable>, LakeError> {
        Self::raw_table_of(Arc::clone(&self.provider), schema, name, at)
    }

    /// The same, as another catalog tells of it.
    pub(super) fn raw_table_of(
        catalog: Arc<dyn MetadataProvider>,
        schema: &str,
        name: &str,
        at: i64,
    ) -> Result<Option<DuckLakeTable>, LakeError> {
        let Some(schema) = catalog.get_schema_by_name(schema, at)? else { return Ok(None) };
        let Some(table) = catalog.get_table_by_name(schema.schema_id, name, at)? else { return Ok(None) };
        let (store, root) = parse_object_store_url(&catalog.get_data_path()?)?;
        let folder = resolve_path(&root, &schema.path, schema.path_is_relative)?;
        let folder = resolve_path(&folder, &table.path, table.path_is_relative)?;
        let table = DuckLakeTable::new(table.table_id, table.table_name, catalog, at, Arc::new(store), folder)?;
        // A writer that was killed leaves a table without columns until the next one tidies up.
        Ok((!table.schema().fields().is_empty()).then_some(table))
    }

    /// A session for the lake's own reading.
    pub(super) fn session() -> SessionContext {
        let config = SessionConfig::new()
            .with_information_schema(false)
            // DataFusion 55 pushes what a join learns by column name, at times into the wrong scan: rows would be lost.
            .set_bool("datafusion.optimizer.enable_join_dynamic_filter_pushdown", false);
        let session = SessionContext::new_with_config(config);
        register_files(&session.runtime_env());
        session
    }
}

/// Names and types; whether a column may be null does not matter to a reader.
fn columns(schema: &Schema) -> impl Iterator<Item = (&String, &datafusion::arrow::datatypes::DataType)> {
    schema.fields().iter().map(|field| (field.name(), field.data_type()))
}

pub(super) fn empty(schema: SchemaRef) -> Result<Arc<dyn TableProvider>, LakeError> {
    Ok(Arc::new(MemTable::try_new(schema, vec![vec![]])?))
}
