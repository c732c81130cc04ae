//! What becomes of carriers on the way through a node.

use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Column, DFSchema, TableReference};
use datafusion::logical_expr::Expr;

use super::NotLocal;
use super::equalities::{Equalities, bare};
use super::flow::Flow;

/// A node that looks at all rows at once is harmless where all rows are of one partition, or of none.
pub(super) fn whole_only(flow: Flow, what: &str) -> Result<Flow, NotLocal> {
    match flow {
        Flow::Local(_) => Err(NotLocal::Node { what: what.to_owned() }),
        other => Ok(other),
    }
}

pub(super) fn among(what: &'static str, keys: &[Expr], carriers: &[Expr]) -> Result<(), NotLocal> {
    if keys.iter().any(|key| carriers.contains(bare(key))) {
        return Ok(());
    }
    let keys = keys.iter().map(|key| bare(key).to_string()).collect::<Vec<_>>().join(", ");
    Err(NotLocal::Keys { what, keys: if keys.is_empty() { "—".to_owned() } else { keys } })
}

/// Carriers gain what the conjuncts say is equal to them.
pub(super) fn widened(flow: Flow, equalities: &Equalities) -> Flow {
    match flow {
        Flow::Constant => Flow::Constant,
        Flow::Local(carriers) => Flow::Local(equalities.closure(&carriers)),
        Flow::Bound(carriers) => Flow::Bound(equalities.closure(&carriers)),
    }
}

/// Inside a subquery: a carrier that equals a carrier of the outer row ties the rows to that row's partition.
pub(super) fn tied(flow: Flow, equalities: &Equalities, outer: &[Expr]) -> Flow {
    match flow {
        Flow::Local(carriers) if carriers.iter().any(|own| outer.iter().any(|out| equalities.equal(own, out))) => {
            Flow::Bound(carriers)
        }
        other => other,
    }
}

/// The carriers as the next node names them: an output column that is a carrier, or a carrier all of whose columns are
/// still there under some name.
pub(super) fn projected(flow: &Flow, expressions: &[Expr], schema: &DFSchema) -> Flow {
    let columns = schema.columns();
    let through = |carriers: &[Expr]| {
        let mut next: Vec<Expr> = Vec::new();
        for (expression, column) in expressions.iter().zip(&columns) {
            if carriers.contains(bare(expression)) {
                next.push(Expr::Column(column.clone()));
            }
        }
        for carrier in carriers {
            if let Some(rewritten) = rewritten(carrier, expressions, &columns)
                && !next.contains(&rewritten)
            {
                next.push(rewritten);
            }
        }
        next
    };
    match flow {
        Flow::Constant => Flow::Constant,
        Flow::Local(carriers) => Flow::Local(through(carriers)),
        Flow::Bound(carriers) => Flow::Bound(through(carriers)),
    }
}

fn rewritten(carrier: &Expr, expressions: &[Expr], columns: &[Column]) -> Option<Expr> {
    let mut lost = false;
    let rewritten = carrier.clone().transform(|part| {
        let Expr::Column(_) = &part else { return Ok(Transformed::no(part)) };
        match expressions.iter().zip(columns).find(|(expression, _)| bare(expression) == &part) {
            Some((_, column)) => Ok(Transformed::yes(Expr::Column(column.clone()))),
            None => {
                lost = true;
                Ok(Transformed::no(part))
            }
        }
    });
    match rewritten {
        Ok(rewritten) if !lost => Some(rewritten.data),
        _ => None,
    }
}

pub(super) fn renamed(flow: &Flow, before: &DFSchema, after: &DFSchema) -> Flow {
    let expressions: Vec<Expr> = before.columns().into_iter().map(Expr::Column).collect();
    projected(flow, &expressions, after)
}

/// The expression with all its columns of one table, or of none.
pub(super) fn with_qualifier(expression: &Expr, qualifier: Option<&TableReference>) -> Expr {
    let moved = expression.clone().transform(|part| {
        Ok(match part {
            Expr::Column(column) => Transformed::yes(Expr::Column(Column::new(qualifier.cloned(), column.name))),
            other => Transformed::no(other),
        })
    });
    moved.map_or_else(|_| expression.clone(), |moved| moved.data)
}
