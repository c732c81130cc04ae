//! What a model reads: which ledgers, which of their columns, and what each is to it. Taken from the optimised plan of
//! the model's own SQL, so that it holds for a pack that nobody has seen.
//!
//! A column *decides* when it is still read once everything but the key of a finding was thrown away; otherwise it is
//! only *shown* in the sentence. A deciding column is *needed* when the plan folds to nothing, or to findings without a
//! key, as soon as the column is null everywhere: rows without it can never be found. The folding is the optimiser's,
//! which proves less than is true: what is called needed is needed; a column called used may be needed too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use datafusion::common::tree_node::{Transformed, TreeNodeRecursion};
use datafusion::common::{Result as PlanResult, ScalarValue, TableReference};
use datafusion::logical_expr::utils::split_conjunction;
use datafusion::logical_expr::{EmptyRelation, Expr, JoinType, LogicalPlan, LogicalPlanBuilder, lit};
use datafusion::prelude::ident;
use mingcha_pack::{Model, PackSet};

use crate::error::{EngineError, SqlFault};
use crate::locality::empty_session;
use crate::session::Planned;
use crate::tables::setup;
use crate::{Ask, OpsTable};

/// A ledger that a model reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerUse {
    /// Its full name.
    pub ledger: String,
    /// Whether the model finds nothing at all while the ledger has no rows.
    pub needed: bool,
    /// The columns that it reads, by name.
    pub columns: Vec<ColumnUse>,
}

/// A column that a model reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnUse {
    /// Its name.
    pub name: String,
    /// What it is to the model.
    pub role: Role,
}

/// What a column is to a model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// Rows without it are never found.
    Needed,
    /// It takes part in deciding what is found; the model has an answer for rows without it.
    Used,
    /// It is shown with what is found.
    Shown,
}

/// What a model reads, ledger by ledger, each by its full name.
pub async fn usage(packs: &PackSet, ops: &[OpsTable], model: &Model) -> Result<Vec<LedgerUse>, EngineError> {
    let session = empty_session(packs, ops, &model.pack).await?;
    let ask = Ask { sql: &model.sql.value, params: &model.params, ..Ask::default() };
    let planned = session.plan(&ask).await.map_err(|mut faults: Vec<SqlFault>| -> EngineError {
        let first = (!faults.is_empty()).then(|| faults.remove(0));
        first.map_or_else(|| EngineError::Setup("refused without a reason".to_owned()), Into::into)
    })?;
    let look = Look { packs, home: &model.pack, planned: &planned };
    look.all(model).map_err(setup)
}

struct Look<'a> {
    packs: &'a PackSet,
    home: &'a str,
    planned: &'a Planned,
}

impl Look<'_> {
    fn all(&self, model: &Model) -> PlanResult<Vec<LedgerUse>> {
        let whole = self.planned.analysed.clone();
        let read = self.read(&self.planned.optimised(whole.clone())?);
        let keyed = keyed(model, whole)?;
        let deciding = self.read(&self.planned.optimised(keyed.clone())?);
        let mut uses = Vec::new();
        for (ledger, columns) in read {
            let decide = deciding.get(&ledger);
            let needed = self.is_nothing(self.emptied(&keyed, &ledger)?)?;
            let mut used = Vec::new();
            for name in columns {
                let role = if !decide.is_some_and(|decide| decide.contains(&name)) {
                    Role::Shown
                } else if self.is_nothing(self.nulled(&keyed, &ledger, &name)?)? {
                    Role::Needed
                } else {
                    Role::Used
                };
                used.push(ColumnUse { name, role });
            }
            uses.push(LedgerUse { ledger, needed, columns: used });
        }
        Ok(uses)
    }

    /// Columns that the scans of a plan still read, by ledger.
    fn read(&self, plan: &LogicalPlan) -> BTreeMap<String, BTreeSet<String>> {
        let mut read: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let walked = plan.apply_with_subqueries(|node| {
            if let LogicalPlan::TableScan(scan) = node
                && let Some(ledger) = self.ledger(&scan.table_name)
            {
                let columns = self.packs.ledger(&ledger).map(|ledger| &ledger.columns);
                let is_own = |name: &str| columns.is_some_and(|all| all.iter().any(|column| column.name == name));
                let names = read.entry(ledger.clone()).or_default();
                names.extend(scan.projected_schema.fields().iter().map(|field| field.name().clone()));
                for filter in &scan.filters {
                    names.extend(filter.column_refs().into_iter().map(|column| column.name.clone()));
                }
                names.retain(|name| is_own(name));
            }
            Ok(TreeNodeRecursion::Continue)
        });
        // The closure never fails, and so neither does the walk.
        debug_assert!(walked.is_ok(), "a walk over a plan failed");
        read
    }

    fn ledger(&self, table: &TableReference) -> Option<String> {
        let name = format!("{}.{}", table.schema().unwrap_or(self.home), table.table());
        self.packs.ledger(&name).is_some().then_some(name)
    }

    /// The plan with no rows in a ledger.
    fn emptied(&self, plan: &LogicalPlan, ledger: &str) -> PlanResult<LogicalPlan> {
        self.replaced(plan, ledger, |scan| Ok(nothing_of(scan)))
    }

    /// The plan with a column null in every row.
    fn nulled(&self, plan: &LogicalPlan, ledger: &str, column: &str) -> PlanResult<LogicalPlan> {
        self.replaced(plan, ledger, |scan| {
            let shown = scan.schema().iter().map(|(qualifier, field)| {
                if field.name() == column {
                    let null = ScalarValue::try_from(field.data_type())?;
                    Ok(lit(null).alias_qualified(qualifier.cloned(), field.name()))
                } else {
                    Ok(Expr::Column((qualifier, field).into()))
                }
            });
            let shown = shown.collect::<PlanResult<Vec<_>>>()?;
            LogicalPlanBuilder::from(scan.clone()).project(shown)?.build()
        })
    }

    fn replaced(
        &self,
        plan: &LogicalPlan,
        ledger: &str,
        by: impl Fn(&LogicalPlan) -> PlanResult<LogicalPlan>,
    ) -> PlanResult<LogicalPlan> {
        let replaced = plan.clone().transform_down_with_subqueries(|node| match &node {
            LogicalPlan::TableScan(scan) if self.ledger(&scan.table_name).as_deref() == Some(ledger) => {
                Ok(Transformed::new(by(&node)?, true, TreeNodeRecursion::Jump))
            }
            _ => Ok(Transformed::no(node)),
        })?;
        Ok(replaced.data)
    }

    fn is_nothing(&self, plan: LogicalPlan) -> PlanResult<bool> {
        let mut folded = self.planned.optimised(plan)?;
        loop {
            let dropped = folded.transform_down_with_subqueries(|node| match &node {
                LogicalPlan::Filter(filter) if never_holds(&filter.predicate) => {
                    Ok(Transformed::yes(nothing_of(&node)))
                }
                LogicalPlan::Join(join)
                    if join.join_type == JoinType::Inner && join.filter.as_ref().is_some_and(never_holds) =>
                {
                    Ok(Transformed::yes(nothing_of(&node)))
                }
                _ => Ok(Transformed::no(node)),
            })?;
            if !dropped.transformed {
                let nothing = EmptyRelation { produce_one_row: false, schema: Arc::clone(dropped.data.schema()) };
                return Ok(dropped.data == LogicalPlan::EmptyRelation(nothing));
            }
            folded = self.planned.optimised(dropped.data)?;
        }
    }
}

fn nothing_of(plan: &LogicalPlan) -> LogicalPlan {
    LogicalPlan::EmptyRelation(EmptyRelation { produce_one_row: false, schema: Arc::clone(plan.schema()) })
}

/// Whether one of the conditions that must all hold is null or false: the optimiser keeps `NULL AND x`, since it is null
/// or false by x, and a row passes in neither case.
fn never_holds(predicate: &Expr) -> bool {
    let never =
        |part: &Expr| matches!(part, Expr::Literal(ScalarValue::Boolean(None | Some(false)) | ScalarValue::Null, _));
    split_conjunction(predicate).into_iter().any(never)
}

/// The plan with nothing but the key of a finding left, and only findings that have one.
fn keyed(model: &Model, plan: LogicalPlan) -> PlanResult<LogicalPlan> {
    let columns: Vec<Expr> = model.key.iter().map(|key| ident(&key.value)).collect();
    let has_key = columns.iter().cloned().map(Expr::is_not_null).reduce(Expr::and);
    let mut builder = LogicalPlanBuilder::from(plan).project(columns)?;
    if let Some(has_key) = has_key {
        builder = builder.filter(has_key)?;
    }
    builder.build()
}

#[cfg(test)]
mod tests;
