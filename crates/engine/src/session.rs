//! One query session: the tables of one moment, the functions, and the limits.
//!
//! A session is made for one run (of a model, a figure, a case) and thrown away; making one reads the catalog, not the
//! rows. Text columns may come as string views (the lake's reader gives them); `CAST(… AS VARCHAR)` gives plain text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use datafusion::arrow::datatypes::DataType;
use datafusion::catalog::{
    CatalogProvider, MemoryCatalogProvider, MemoryCatalogProviderList, MemorySchemaProvider, SchemaProvider,
    TableProvider,
};
use datafusion::dataframe::DataFrame;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::{AggregateUDF, LogicalPlan};
use datafusion::prelude::{SessionConfig, SessionContext};
use datafusion::sql::parser::Statement;
use futures::StreamExt;
use mingcha_domain::Day;
use mingcha_pack::{Ledger, PackSet};

use crate::error::{EngineError, SqlFault};
use crate::evidence::Evidence;
use crate::guard::{self, Known, Scalars};
use crate::lake::arrow::{data_type, value_at};
use crate::tables::{self, setup};
use crate::{LakeRow, Limits, demo};

mod faults;
mod plan;

pub use plan::{Ask, MemLedger, OpsTable, Partitions, Rows, SessionPlan, Source};

const CATALOG: &str = "mingcha";

/// Tables, functions and limits of one moment.
pub struct Session {
    state: SessionState,
    schemas: BTreeMap<String, Arc<dyn SchemaProvider>>,
    functions: BTreeSet<String>,
    home: String,
    as_of: Day,
    action: String,
    limits: Limits,
}

/// A question that passed the guard and was planned.
pub(crate) struct Planned {
    state: SessionState,
    /// As planned from the text; it is analysed again when it runs.
    plan: LogicalPlan,
    /// With types coerced: what proofs read.
    pub(crate) analysed: LogicalPlan,
}

impl Planned {
    /// A plan of this session as the optimiser leaves it, with rows dropped that no join could keep: what a model reads
    /// shows only then.
    pub(crate) fn optimised(&self, plan: LogicalPlan) -> datafusion::common::Result<LogicalPlan> {
        let mut config = self.state.config().clone();
        config.options_mut().optimizer.filter_null_join_keys = true;
        SessionStateBuilder::new_from_existing(self.state.clone()).with_config(config).build().optimize(&plan)
    }
}

impl Session {
    /// Registers tables and functions.
    pub async fn new(plan: SessionPlan<'_>) -> Result<Self, EngineError> {
        let state = state(plan.limits)?;
        let mut session = Self {
            functions: functions(&state),
            state,
            schemas: BTreeMap::new(),
            home: plan.home.to_owned(),
            as_of: plan.as_of,
            action: plan.action.to_owned(),
            limits: plan.limits,
        };
        session.ledgers(&plan).await?;
        for ops in &plan.ops {
            let columns: Vec<(String, DataType)> =
                ops.columns.iter().map(|(name, kind)| (name.clone(), data_type(*kind))).collect();
            session.register("ops", &ops.name, tables::table(&columns, &ops.rows)?)?;
        }
        session.register("def", "indicator", tables::indicators(plan.packs)?)?;
        Ok(session)
    }

    async fn ledgers(&mut self, plan: &SessionPlan<'_>) -> Result<(), EngineError> {
        let context = SessionContext::new_with_state(self.state.clone());
        let only = plan.only.as_ref();
        let mut given: BTreeMap<&str, &[LakeRow]> = BTreeMap::new();
        if let Source::Tables(tables) = &plan.source {
            for table in tables {
                plan.packs.ledger(&table.name).ok_or_else(|| EngineError::NoLedger { name: table.name.clone() })?;
                given.insert(&table.name, &table.rows);
            }
        }
        for ledger in visible(plan.packs, plan.home) {
            let full_name = ledger.full_name();
            let table = match &plan.source {
                Source::Lake(lake, snapshot) => {
                    tables::ledger_view(&context, &full_name, lake.table(ledger, *snapshot).await?, only)?
                }
                Source::Tables(_) => {
                    let rows = given.get(full_name.as_str()).copied().unwrap_or_default();
                    tables::ledger_view(&context, &full_name, tables::ledger_in_memory(ledger, rows)?, only)?
                }
                Source::Empty => tables::ledger_empty(ledger)?,
            };
            self.register(&ledger.pack, &ledger.name, table)?;
        }
        Ok(())
    }

    fn register(&mut self, schema: &str, name: &str, table: Arc<dyn TableProvider>) -> Result<(), EngineError> {
        let schema = self.schemas.entry(schema.to_owned()).or_insert_with(|| Arc::new(MemorySchemaProvider::new()));
        schema.register_table(name.to_owned(), table).map(|_| ()).map_err(setup)
    }

    /// Runs one SELECT.
    pub async fn query(&self, sql: &str) -> Result<Rows, EngineError> {
        self.ask(&Ask { sql, ..Ask::default() }).await
    }

    /// Runs one question within the limits.
    pub async fn ask(&self, ask: &Ask<'_>) -> Result<Rows, EngineError> {
        let limits = self.limits;
        let work = async {
            let planned = self.plan(ask).await.map_err(first)?;
            self.collect(planned, ask.sql).await
        };
        match tokio::time::timeout(Duration::from_secs(limits.seconds), work).await {
            Ok(rows) => rows,
            Err(_) => Err(EngineError::Time { seconds: limits.seconds }),
        }
    }

    async fn collect(&self, planned: Planned, sql: &str) -> Result<Rows, EngineError> {
        let failed = |error| faults::while_running(error, sql, self.limits);
        let frame = DataFrame::new(planned.state, planned.plan);
        let columns = frame.schema().fields().iter().map(|field| field.name().clone()).collect();
        let mut stream = frame.execute_stream().await.map_err(failed)?;
        let mut rows = Vec::new();
        while let Some(batch) = stream.next().await {
            let batch = batch.map_err(failed)?;
            if rows.len() + batch.num_rows() > self.limits.rows {
                return Err(EngineError::Rows { rows: self.limits.rows });
            }
            for i in 0..batch.num_rows() {
                let cells = batch.columns().iter().map(|column| value_at(column.as_ref(), i));
                // A value that nothing of ours can hold (NaN, a timestamp) is the page's doing, not the lake's.
                let cells = cells.collect::<Result<Vec<_>, _>>();
                rows.push(cells.map_err(|error| EngineError::Failed { reason: error.to_string() })?);
            }
        }
        Ok(Rows { columns, rows })
    }

    /// Guards and plans a question; every fault at once.
    pub(crate) async fn plan(&self, ask: &Ask<'_>) -> Result<Planned, Vec<SqlFault>> {
        let mut schemas = self.schemas.clone();
        let one = |fault: SqlFault| vec![fault];
        let params = tables::params(ask.params).map_err(|error| one(faults::of_setup(error)))?;
        let holder = MemorySchemaProvider::new();
        for (name, table) in params {
            holder.register_table(name, table).map_err(|error| faults::while_planning(&error, ask.sql))?;
        }
        schemas.insert("param".to_owned(), Arc::new(holder));

        let known = Known {
            tables: schemas
                .iter()
                .map(|(name, schema)| (name.clone(), schema.table_names().into_iter().collect()))
                .collect(),
            home: self.home.clone(),
            functions: self.functions.clone(),
            series: ask.series,
        };
        let mut scalars = Scalars::of(self.as_of, &self.action, ask.params);
        for (name, value) in &ask.scalars {
            scalars.add(name, value.clone());
        }
        let statement = guard::pass(ask.sql, &known, &scalars)?;

        let state = self.with_schemas(&schemas).map_err(|error| one(faults::of_setup(error)))?;
        let planning = |error| faults::while_planning(&error, ask.sql);
        let plan = state.statement_to_plan(Statement::Statement(Box::new(statement))).await.map_err(planning)?;
        // The guard has seen to it already; this is the second lock on the same door.
        let reading = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
        reading.verify_plan(&plan).map_err(planning)?;
        let options = state.config_options();
        let analysed = state.analyzer().execute_and_check(plan.clone(), options, |_, _| {}).map_err(planning)?;
        Ok(Planned { state, plan, analysed })
    }

    fn with_schemas(&self, schemas: &BTreeMap<String, Arc<dyn SchemaProvider>>) -> Result<SessionState, EngineError> {
        let catalog = MemoryCatalogProvider::new();
        for (name, schema) in schemas {
            catalog.register_schema(name, Arc::clone(schema)).map_err(setup)?;
        }
        let list = MemoryCatalogProviderList::new();
        list.catalogs.insert(CATALOG.to_owned(), Arc::new(catalog));
        let config = self.state.config().clone().with_default_catalog_and_schema(CATALOG, &self.home);
        Ok(SessionStateBuilder::new_from_existing(self.state.clone())
            .with_config(config)
            .with_catalog_list(Arc::new(list))
            .build())
    }
}

/// The ledgers that a pack's SQL may read: its own and those of the packs it depends on; all when there is no such pack.
fn visible<'p>(packs: &'p PackSet, home: &str) -> Vec<&'p Ledger> {
    match packs.pack(home) {
        None => packs.ledgers().collect(),
        Some(pack) => packs
            .packs
            .iter()
            .filter(|other| other.key == home || pack.depends.contains(&other.key))
            .flat_map(|pack| &pack.ledgers)
            .collect(),
    }
}

fn state(limits: Limits) -> Result<SessionState, EngineError> {
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(limits.memory_bytes)))
        .build_arc()
        .map_err(setup)?;
    crate::lake::register_files(&runtime);
    let mut config = SessionConfig::new()
        .with_create_default_catalog_and_schema(false)
        .with_information_schema(false)
        .set_bool("datafusion.sql_parser.collect_spans", true)
        .set_bool("datafusion.sql_parser.parse_float_as_decimal", true)
        .set_bool("datafusion.sql_parser.map_string_types_to_utf8view", false)
        // DataFusion 55 pushes the filter that a join learns while it runs through the join below it *by column name*.
        // When both sides have a column of that name it lands on the wrong scan and rows are lost without a word.
        .set_bool("datafusion.optimizer.enable_join_dynamic_filter_pushdown", false);
    config.options_mut().execution.enable_recursive_ctes = false;
    let mut state = SessionStateBuilder::new_with_default_features()
        .with_config(config)
        .with_runtime_env(runtime)
        .with_default_features()
        .build();
    for function in demo::functions() {
        datafusion::execution::registry::FunctionRegistry::register_udf(&mut state, Arc::new(function))
            .map_err(setup)?;
    }
    let evidence = Arc::new(AggregateUDF::new_from_impl(Evidence::new()));
    datafusion::execution::registry::FunctionRegistry::register_udaf(&mut state, evidence).map_err(setup)?;
    Ok(state)
}

fn functions(state: &SessionState) -> BTreeSet<String> {
    let scalar = state.scalar_functions().keys();
    let aggregate = state.aggregate_functions().keys();
    let window = state.window_functions().keys();
    let higher = state.higher_order_functions().keys();
    scalar.chain(aggregate).chain(window).chain(higher).cloned().collect()
}

fn first(mut faults: Vec<SqlFault>) -> EngineError {
    if faults.is_empty() { EngineError::Setup("refused without a reason".to_owned()) } else { faults.remove(0).into() }
}

#[cfg(test)]
mod lake_tests;
#[cfg(test)]
mod tests;
