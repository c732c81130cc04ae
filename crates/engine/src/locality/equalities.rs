//! Union-find over expressions: what the conjuncts of filters and joins say is equal.

use std::collections::HashMap;

use datafusion::logical_expr::{BinaryExpr, Expr, Operator};

/// Classes of expressions that are equal in every row that passes.
#[derive(Debug, Default)]
pub(super) struct Equalities {
    index: HashMap<Expr, usize>,
    parent: Vec<usize>,
}

impl Equalities {
    /// Takes in every `a = b` that is a conjunct of the predicates.
    pub(super) fn of<'e>(predicates: impl IntoIterator<Item = &'e Expr>) -> Self {
        let mut equalities = Self::default();
        for predicate in predicates {
            for conjunct in conjuncts(predicate) {
                if let Expr::BinaryExpr(BinaryExpr { left, op: Operator::Eq, right }) = conjunct {
                    equalities.equate(left, right);
                }
            }
        }
        equalities
    }

    /// Says that two expressions are equal.
    pub(super) fn equate(&mut self, a: &Expr, b: &Expr) {
        let (a, b) = (self.place(a), self.place(b));
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a] = b;
    }

    /// Whether two expressions are known to be equal.
    pub(super) fn equal(&self, a: &Expr, b: &Expr) -> bool {
        let (a, b) = (bare(a), bare(b));
        if a == b {
            return true;
        }
        match (self.index.get(a), self.index.get(b)) {
            (Some(a), Some(b)) => self.root(*a) == self.root(*b),
            _ => false,
        }
    }

    /// Everything that is known to be equal to one of these, these included.
    pub(super) fn closure<'e>(&self, of: impl IntoIterator<Item = &'e Expr>) -> Vec<Expr> {
        let mut all: Vec<Expr> = Vec::new();
        for start in of {
            let start = bare(start);
            if !all.contains(start) {
                all.push(start.clone());
            }
            let Some(place) = self.index.get(start) else { continue };
            let root = self.root(*place);
            for (expression, place) in &self.index {
                if self.root(*place) == root && !all.contains(expression) {
                    all.push(expression.clone());
                }
            }
        }
        all
    }

    fn place(&mut self, expression: &Expr) -> usize {
        let next = self.parent.len();
        let place = *self.index.entry(bare(expression).clone()).or_insert(next);
        if place == next {
            self.parent.push(next);
        }
        place
    }

    fn root(&self, mut place: usize) -> usize {
        while self.parent[place] != place {
            place = self.parent[place];
        }
        place
    }
}

/// The parts of a predicate that must all hold.
pub(super) fn conjuncts(predicate: &Expr) -> Vec<&Expr> {
    match predicate {
        Expr::BinaryExpr(BinaryExpr { left, op: Operator::And, right }) => {
            let mut all = conjuncts(left);
            all.extend(conjuncts(right));
            all
        }
        Expr::Alias(alias) => conjuncts(&alias.expr),
        other => vec![other],
    }
}

/// The expression without the name that it was given.
pub(super) fn bare(expression: &Expr) -> &Expr {
    match expression {
        Expr::Alias(alias) => bare(&alias.expr),
        other => other,
    }
}
