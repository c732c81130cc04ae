//! Subqueries in predicates and projections: they must see only the partition of the row that asks.

use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, DFSchema};
use datafusion::logical_expr::{Expr, Subquery, expr::InSubquery};

use super::NotLocal;
use super::equalities::bare;
use super::flow::{Flow, Walk};

/// Whether a subquery stands anywhere in the expression.
pub(super) fn has_subquery(expression: &Expr) -> bool {
    let mut found = false;
    let walked = expression.apply(|part| {
        found |= subquery_of(part).is_some();
        Ok(TreeNodeRecursion::Continue)
    });
    found || walked.is_err()
}

fn subquery_of(expression: &Expr) -> Option<(&Subquery, &'static str)> {
    match expression {
        Expr::Exists(exists) => Some((&exists.subquery, "EXISTS")),
        Expr::InSubquery(list) => Some((&list.subquery, "IN")),
        Expr::SetComparison(comparison) => Some((&comparison.subquery, "ANY / ALL")),
        Expr::ScalarSubquery(subquery) => Some((subquery, "(SELECT …)")),
        _ => None,
    }
}

impl Walk<'_> {
    /// A conjunct of a filter. `carrier IN (SELECT carrier …)` is an equality, as in a join; every other subquery must be
    /// tied. NOT IN is not: one null anywhere in the list changes its answer for every partition.
    pub(super) fn conjunct(
        &self,
        conjunct: &Expr,
        rows: &Flow,
        schema: &DFSchema,
        outer: &[Expr],
    ) -> Result<(), NotLocal> {
        if let (Expr::InSubquery(InSubquery { expr, subquery, negated: false }), Flow::Local(carriers)) =
            (bare(conjunct), rows)
            && carriers.contains(bare(expr))
            && let Flow::Local(inner) =
                self.flow(&subquery.subquery, &[], &self.seen_from_inside(rows, schema, outer))?
            && let Some(first) = subquery.subquery.schema().columns().first()
            && inner.contains(&Expr::Column(first.clone()))
        {
            return Ok(());
        }
        self.subqueries(std::slice::from_ref(conjunct), rows, schema, outer)
    }

    /// Every subquery in these expressions must be constant, or tied to the partition of the row it is asked for.
    pub(super) fn subqueries(
        &self,
        expressions: &[Expr],
        rows: &Flow,
        schema: &DFSchema,
        outer: &[Expr],
    ) -> Result<(), NotLocal> {
        let outside = self.seen_from_inside(rows, schema, outer);
        let mut refused = None;
        for expression in expressions {
            let walked = expression.apply(|part| {
                if let Some((subquery, what)) = subquery_of(part) {
                    match self.flow(&subquery.subquery, &[], &outside) {
                        Ok(Flow::Constant | Flow::Bound(_)) => {}
                        Ok(Flow::Local(_)) => refused = refused.take().or(Some(NotLocal::Subquery { what })),
                        Err(reason) => refused = refused.take().or(Some(reason)),
                    }
                }
                Ok(TreeNodeRecursion::Continue)
            });
            if let Err(error) = walked {
                return Err(NotLocal::Node { what: error.strip_backtrace() });
            }
        }
        refused.map_or(Ok(()), Err)
    }

    /// The carriers as a subquery names them: those of the rows that ask, and those from further out whose names are not
    /// taken by a table in between.
    fn seen_from_inside(&self, rows: &Flow, schema: &DFSchema, outer: &[Expr]) -> Vec<Expr> {
        let mut outside: Vec<Expr> = outer.iter().filter(|far| !shadowed(far, schema)).cloned().collect();
        if let Flow::Local(carriers) | Flow::Bound(carriers) = rows {
            outside.extend(carriers.iter().filter_map(|carrier| as_outer(carrier, schema)));
        }
        outside
    }
}

fn shadowed(far: &Expr, schema: &DFSchema) -> bool {
    match far {
        Expr::OuterReferenceColumn(_, column) => schema
            .iter()
            .any(|(qualifier, field)| qualifier == column.relation.as_ref() || field.name() == &column.name),
        _ => true,
    }
}

/// Only a plain column can be named from inside; its type must be known, since the reference carries it.
fn as_outer(carrier: &Expr, schema: &DFSchema) -> Option<Expr> {
    let Expr::Column(column) = carrier else { return None };
    let (_, field) = schema.iter().find(|(qualifier, field)| &Column::from((*qualifier, *field)) == column)?;
    Some(Expr::OuterReferenceColumn(field.clone(), column.clone()))
}
