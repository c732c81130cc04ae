//! The walk over the plan: what is known of each node's rows.

use std::collections::{BTreeMap, BTreeSet};

use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, TableReference};
use datafusion::logical_expr::{
    Aggregate, Distinct, Expr, Filter, Join, JoinType, LogicalPlan, Union, Window, expr::WindowFunction,
};

use super::carriers::{among, projected, renamed, tied, whole_only, widened, with_qualifier};
use super::equalities::{Equalities, bare, conjuncts};
use super::{NotLocal, Proved};
use crate::guard::nearest;

/// What is known of a node's rows.
#[derive(Clone, Debug)]
pub(crate) enum Flow {
    /// They come from tables of reference, parameters and constants: no partition decides them.
    Constant,
    /// They are the rows of all partitions, side by side; each carrier equals the row's partition. Without carriers the
    /// rows of partitions are still apart, but nothing shows any more which is which.
    Local(Vec<Expr>),
    /// Inside a subquery: only rows of the outer row's partition.
    Bound(Vec<Expr>),
}

/// The partition expression of a ledger, over its unqualified columns.
#[derive(Clone, Debug)]
pub(super) struct Partition {
    expression: Expr,
    pub(super) kind: DataType,
}

impl Partition {
    /// Takes the only expression of `SELECT … AS partition FROM ledger`; `None` when it is more than one over one row.
    pub(super) fn of(plan: &LogicalPlan) -> Option<Self> {
        let LogicalPlan::Projection(projection) = plan else { return None };
        let (LogicalPlan::TableScan(_), [only]) = (projection.input.as_ref(), projection.expr.as_slice()) else {
            return None;
        };
        let kind = plan.schema().field(0).data_type().clone();
        let comparable = !matches!(kind, DataType::Float32 | DataType::Float64 | DataType::Float16 | DataType::List(_));
        let expression = with_qualifier(bare(only), None);
        (comparable && !expression.column_refs().is_empty()).then_some(Self { expression, kind })
    }
}

/// Whether a value of one type is the same value in the other: string types are, integers are.
pub(super) fn same_type(a: &DataType, b: &DataType) -> bool {
    let text = |kind: &DataType| matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    a == b || (text(a) && text(b)) || (a.is_integer() && b.is_integer())
}

/// What the walk needs to know.
pub(crate) struct Walk<'a> {
    home: &'a str,
    partitions: &'a BTreeMap<String, Partition>,
    reference: &'a BTreeSet<String>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        home: &'a str,
        partitions: &'a BTreeMap<String, Partition>,
        reference: &'a BTreeSet<String>,
    ) -> Self {
        Self { home, partitions, reference }
    }

    /// Proves the plan of a whole query.
    pub(super) fn whole(&self, plan: &LogicalPlan) -> Result<Proved, NotLocal> {
        self.every_ledger_is_read(plan)?;
        let wanted = || self.partitions.values().next().map_or_else(String::new, |first| first.expression.to_string());
        match self.flow(plan, &[], &[])? {
            Flow::Local(carriers) => {
                let columns = plan.schema().columns();
                let position = columns
                    .iter()
                    .position(|column| carriers.contains(&Expr::Column(column.clone())))
                    .ok_or_else(|| NotLocal::NoColumn { wanted: wanted() })?;
                Ok(Proved { column: columns[position].name.clone(), position })
            }
            Flow::Constant | Flow::Bound(_) => Err(NotLocal::NoColumn { wanted: wanted() }),
        }
    }

    fn every_ledger_is_read(&self, plan: &LogicalPlan) -> Result<(), NotLocal> {
        let mut read = BTreeSet::new();
        let walked = plan.apply_with_subqueries(|node| {
            if let LogicalPlan::TableScan(scan) = node {
                read.insert(self.full_name(&scan.table_name));
            }
            Ok(datafusion::common::tree_node::TreeNodeRecursion::Continue)
        });
        walked.map_err(|error| NotLocal::Node { what: error.strip_backtrace() })?;
        match self.partitions.keys().find(|ledger| !read.contains(*ledger)) {
            Some(ledger) => {
                let near = nearest(ledger, read.iter().map(String::as_str));
                Err(NotLocal::LedgerNotRead { ledger: ledger.clone(), near })
            }
            None => Ok(()),
        }
    }

    pub(super) fn full_name(&self, table: &TableReference) -> String {
        format!("{}.{}", table.schema().unwrap_or(self.home), table.table())
    }

    /// What is known of a node's rows. `above` are conjuncts that every row of the node must pass further up (only
    /// handed through inner joins and filters); `outer` are the carriers of the rows outside, as the subquery names them.
    pub(super) fn flow(&self, plan: &LogicalPlan, above: &[Expr], outer: &[Expr]) -> Result<Flow, NotLocal> {
        match plan {
            LogicalPlan::TableScan(scan) => self.scan(&scan.table_name, plan.schema()),
            LogicalPlan::Values(_) | LogicalPlan::EmptyRelation(_) => Ok(Flow::Constant),
            LogicalPlan::SubqueryAlias(alias) => {
                let flow = self.flow(&alias.input, &[], outer)?;
                Ok(renamed(&flow, alias.input.schema(), plan.schema()))
            }
            LogicalPlan::Projection(projection) => {
                let flow = self.flow(&projection.input, &[], outer)?;
                self.subqueries(&projection.expr, &flow, plan_schema(&projection.input), outer)?;
                Ok(projected(&flow, &projection.expr, plan.schema()))
            }
            LogicalPlan::Filter(filter) => self.filter(filter, above, outer),
            LogicalPlan::Join(join) => self.join(join, above, outer),
            LogicalPlan::Aggregate(aggregate) => self.aggregate(aggregate, outer),
            LogicalPlan::Distinct(distinct) => self.distinct(distinct, plan.schema(), outer),
            LogicalPlan::Window(window) => self.window(window, outer),
            LogicalPlan::Union(union) => self.union(union, outer),
            LogicalPlan::Sort(sort) => {
                let flow = self.flow(&sort.input, &[], outer)?;
                if sort.fetch.is_some() { whole_only(flow, "LIMIT") } else { Ok(flow) }
            }
            LogicalPlan::Limit(limit) => whole_only(self.flow(&limit.input, &[], outer)?, "LIMIT"),
            other => Err(NotLocal::Node { what: name_of(other) }),
        }
    }

    fn scan(&self, table: &TableReference, schema: &DFSchema) -> Result<Flow, NotLocal> {
        let full_name = self.full_name(table);
        if let Some(partition) = self.partitions.get(&full_name) {
            let qualifier = schema.iter().next().and_then(|(qualifier, _)| qualifier.cloned());
            return Ok(Flow::Local(vec![with_qualifier(&partition.expression, qualifier.as_ref())]));
        }
        let constant = table.schema().is_some_and(|schema| matches!(schema, "param" | "def" | "ops"));
        if constant || self.reference.contains(&full_name) {
            Ok(Flow::Constant)
        } else {
            Err(NotLocal::LedgerLeftOut { ledger: full_name })
        }
    }

    fn filter(&self, filter: &Filter, above: &[Expr], outer: &[Expr]) -> Result<Flow, NotLocal> {
        let mut all: Vec<Expr> = conjuncts(&filter.predicate).into_iter().cloned().collect();
        all.extend_from_slice(above);
        let flow = self.flow(&filter.input, &all, outer)?;
        let equalities = Equalities::of(&all);
        let flow = tied(widened(flow, &equalities), &equalities, outer);
        for conjunct in conjuncts(&filter.predicate) {
            self.conjunct(conjunct, &flow, plan_schema(&filter.input), outer)?;
        }
        Ok(flow)
    }

    fn join(&self, join: &Join, above: &[Expr], outer: &[Expr]) -> Result<Flow, NotLocal> {
        let inner = join.join_type == JoinType::Inner;
        let own: Vec<Expr> = join
            .on
            .iter()
            .map(|(left, right)| left.clone().eq(right.clone()))
            .chain(join.filter.iter().flat_map(|filter| conjuncts(filter).into_iter().cloned()))
            .collect();
        let mut all = own.clone();
        let handed: Vec<Expr> = if inner {
            all.extend_from_slice(above);
            all.clone()
        } else {
            Vec::new()
        };
        let on = || match own.as_slice() {
            [] => "CROSS JOIN".to_owned(),
            some => some.iter().map(ToString::to_string).collect::<Vec<_>>().join(" AND "),
        };
        if own.iter().any(super::subquery::has_subquery) {
            return Err(NotLocal::Subquery { what: "JOIN … ON" });
        }
        if join.null_aware {
            return Err(NotLocal::Node { what: "NOT IN".to_owned() });
        }
        let left = self.flow(&join.left, &handed, outer)?;
        let right = self.flow(&join.right, &handed, outer)?;
        let equalities = Equalities::of(&all);
        // Rows of which side are kept, or shown, although they found no partner.
        let (keeps_left, keeps_right) = match join.join_type {
            JoinType::Inner => (false, false),
            JoinType::Left | JoinType::LeftSemi | JoinType::LeftAnti | JoinType::LeftMark => (true, false),
            JoinType::Right | JoinType::RightSemi | JoinType::RightAnti | JoinType::RightMark => (false, true),
            JoinType::Full => (true, true),
        };
        let meet = |a: &[Expr], b: &[Expr]| a.iter().any(|a| b.iter().any(|b| equalities.equal(a, b)));
        let flow = match (left, right) {
            (Flow::Constant, Flow::Constant) => Flow::Constant,
            (Flow::Local(carriers), Flow::Constant) if !keeps_right => Flow::Local(carriers),
            (Flow::Constant, Flow::Local(carriers)) if !keeps_left => Flow::Local(carriers),
            (Flow::Local(_), Flow::Constant) | (Flow::Constant, Flow::Local(_)) => {
                return Err(NotLocal::OuterJoin { on: on() });
            }
            (Flow::Local(a), Flow::Local(b)) => {
                if !meet(&a, &b) {
                    return Err(NotLocal::Join { on: on() });
                }
                match (keeps_left, keeps_right) {
                    (false, false) => Flow::Local(a.into_iter().chain(b).collect()),
                    (true, false) => Flow::Local(a),
                    (false, true) => Flow::Local(b),
                    (true, true) => return Err(NotLocal::Node { what: "FULL JOIN".to_owned() }),
                }
            }
            (Flow::Bound(a), Flow::Bound(b)) if inner => Flow::Bound(a.into_iter().chain(b).collect()),
            (Flow::Bound(a), Flow::Constant) if !keeps_right => Flow::Bound(a),
            (Flow::Constant, Flow::Bound(b)) if !keeps_left => Flow::Bound(b),
            (Flow::Bound(_), Flow::Bound(_) | Flow::Constant) | (Flow::Constant, Flow::Bound(_)) => {
                Flow::Bound(Vec::new())
            }
            (Flow::Bound(a), Flow::Local(b)) if meet(&a, &b) && !keeps_right => Flow::Bound(a),
            (Flow::Local(a), Flow::Bound(b)) if meet(&a, &b) && !keeps_left => Flow::Bound(b),
            (Flow::Bound(_), Flow::Local(_)) | (Flow::Local(_), Flow::Bound(_)) => {
                return Err(NotLocal::Join { on: on() });
            }
        };
        // Equalities hold in every row only where no row is kept without a partner.
        Ok(if inner { tied(widened(flow, &equalities), &equalities, outer) } else { flow })
    }

    fn aggregate(&self, aggregate: &Aggregate, outer: &[Expr]) -> Result<Flow, NotLocal> {
        let flow = self.flow(&aggregate.input, &[], outer)?;
        let mut all = aggregate.group_expr.iter().chain(&aggregate.aggr_expr);
        if all.any(super::subquery::has_subquery) {
            return Err(NotLocal::Subquery { what: "GROUP BY" });
        }
        let sets = aggregate.group_expr.iter().any(|key| matches!(key, Expr::GroupingSet(_)));
        match flow {
            Flow::Constant => Ok(Flow::Constant),
            Flow::Bound(_) if sets => Ok(Flow::Bound(Vec::new())),
            Flow::Bound(_) => Ok(projected(&flow, &aggregate.group_expr, &aggregate.schema)),
            Flow::Local(_) if sets => Err(NotLocal::Node { what: "GROUPING SETS".to_owned() }),
            Flow::Local(ref carriers) => {
                among("GROUP BY", &aggregate.group_expr, carriers)?;
                Ok(projected(&flow, &aggregate.group_expr, &aggregate.schema))
            }
        }
    }

    fn distinct(&self, distinct: &Distinct, schema: &DFSchema, outer: &[Expr]) -> Result<Flow, NotLocal> {
        match distinct {
            Distinct::All(input) => {
                let flow = self.flow(input, &[], outer)?;
                if let Flow::Local(carriers) = &flow {
                    let shown: Vec<Expr> = input.schema().columns().into_iter().map(Expr::Column).collect();
                    among("DISTINCT", &shown, carriers)?;
                }
                Ok(flow)
            }
            Distinct::On(on) => {
                let flow = self.flow(&on.input, &[], outer)?;
                if on.on_expr.iter().chain(&on.select_expr).any(super::subquery::has_subquery) {
                    return Err(NotLocal::Subquery { what: "DISTINCT ON" });
                }
                if let Flow::Local(carriers) = &flow {
                    among("DISTINCT ON", &on.on_expr, carriers)?;
                }
                Ok(projected(&flow, &on.select_expr, schema))
            }
        }
    }

    fn window(&self, window: &Window, outer: &[Expr]) -> Result<Flow, NotLocal> {
        let flow = self.flow(&window.input, &[], outer)?;
        if window.window_expr.iter().any(super::subquery::has_subquery) {
            return Err(NotLocal::Subquery { what: "OVER" });
        }
        if let Flow::Local(carriers) = &flow {
            for expression in &window.window_expr {
                let Expr::WindowFunction(function) = bare(expression) else {
                    return Err(NotLocal::Node { what: expression.to_string() });
                };
                let WindowFunction { params, .. } = function.as_ref();
                among("PARTITION BY", &params.partition_by, carriers)?;
            }
        }
        Ok(flow)
    }

    fn union(&self, union: &Union, outer: &[Expr]) -> Result<Flow, NotLocal> {
        let mut common: Option<Vec<bool>> = None;
        let (mut constant, mut local, mut bound) = (false, false, false);
        for input in &union.inputs {
            let carriers = match self.flow(input, &[], outer)? {
                Flow::Constant => {
                    constant = true;
                    continue;
                }
                Flow::Local(carriers) => {
                    local = true;
                    carriers
                }
                Flow::Bound(carriers) => {
                    bound = true;
                    carriers
                }
            };
            let carries: Vec<bool> =
                input.schema().columns().into_iter().map(|column| carriers.contains(&Expr::Column(column))).collect();
            common = Some(match common {
                None => carries,
                Some(before) => before.iter().zip(&carries).map(|(a, b)| *a && *b).collect(),
            });
        }
        let columns = union.schema.columns().into_iter().zip(common.unwrap_or_default());
        let carriers = columns.filter(|(_, carries)| *carries).map(|(column, _)| Expr::Column(column)).collect();
        match (constant, local, bound) {
            (_, false, false) => Ok(Flow::Constant),
            (false, true, false) => Ok(Flow::Local(carriers)),
            // A constant row carries no partition, but it is the same for every outer row.
            (true, false, true) => Ok(Flow::Bound(Vec::new())),
            (false, false, true) => Ok(Flow::Bound(carriers)),
            _ => Err(NotLocal::Union),
        }
    }
}

fn plan_schema(plan: &LogicalPlan) -> &DFSchema {
    plan.schema()
}

fn name_of(plan: &LogicalPlan) -> String {
    plan.display().to_string().split([':', ' ']).next().unwrap_or_default().to_owned()
}
