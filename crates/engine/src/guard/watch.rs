//! The checks on the syntax tree.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use datafusion::sql::sqlparser::ast::Value::Number;
use datafusion::sql::sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, ObjectName, Query, Select, SetExpr, Spanned,
    TableFactor, Visitor,
};
use datafusion::sql::sqlparser::tokenizer::Span;

use super::{Known, first_words, forbidden, nearest, parts, place, plain};
use crate::error::{Place, SqlFault, Wrong};

/// Names that a text gives to queries of its own.
pub(super) struct CteNames(pub BTreeSet<String>);

impl Visitor for CteNames {
    type Break = ();
    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if let Some(with) = &query.with {
            self.0.extend(with.cte_tables.iter().map(|cte| plain(&cte.alias.name)));
        }
        ControlFlow::Continue(())
    }
}

/// Looks at every node and keeps what is wrong.
pub(super) struct Watch<'a> {
    pub sql: &'a str,
    pub known: &'a Known,
    pub named_here: BTreeSet<String>,
    pub faults: Vec<SqlFault>,
}

impl Watch<'_> {
    fn fault(&mut self, wrong: Wrong, span: Span) {
        let at = place(self.sql, span);
        self.faults.push(SqlFault { wrong, at });
    }

    fn body(&mut self, body: &SetExpr) {
        match body {
            SetExpr::Select(_) | SetExpr::Values(_) | SetExpr::Query(_) => {}
            SetExpr::SetOperation { left, right, .. } => {
                self.body(left);
                self.body(right);
            }
            SetExpr::Insert(statement)
            | SetExpr::Update(statement)
            | SetExpr::Delete(statement)
            | SetExpr::Merge(statement) => {
                self.fault(Wrong::NotOneQuery { found: first_words(statement) }, body.span());
            }
            SetExpr::Table(_) => self.fault(Wrong::NotOneQuery { found: "TABLE".to_owned() }, body.span()),
        }
    }

    fn table(&mut self, name: &ObjectName) {
        let Some(parts) = parts(name) else {
            return self.fault(Wrong::NotATable { name: name.to_string() }, name.span());
        };
        let (schema, table) = match parts.as_slice() {
            [table] if self.named_here.contains(table) => return,
            [table] => (self.known.home.as_str(), table),
            [schema, table] => (schema.as_str(), table),
            _ => ("", &parts[0]),
        };
        if self.known.tables.get(schema).is_some_and(|tables| tables.contains(table)) && parts.len() <= 2 {
            return;
        }
        let written = parts.join(".");
        let near = self.nearest_table(&written);
        // The parser gives a name in single quotes no span.
        let at = place(self.sql, name.span()).or_else(|| Place::first(self.sql, &name.to_string()));
        self.faults.push(SqlFault { wrong: Wrong::UnknownTable { name: written, near }, at });
    }

    fn nearest_table(&self, written: &str) -> String {
        let own = self.known.tables.get(&self.known.home).into_iter().flatten().cloned();
        let all = self
            .known
            .tables
            .iter()
            .flat_map(|(schema, tables)| tables.iter().map(move |table| format!("{schema}.{table}")));
        let names: Vec<String> = self.named_here.iter().cloned().chain(own).chain(all).collect();
        nearest(written, names.iter().map(String::as_str))
    }
}

impl Visitor for Watch<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if let Some(with) = &query.with
            && with.recursive
        {
            self.fault(Wrong::Recursive, with.with_token.0.span);
        }
        if !query.locks.is_empty() {
            self.fault(Wrong::NotOneQuery { found: "FOR UPDATE".to_owned() }, query.span());
        }
        self.body(&query.body);
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        if let Some(into) = &select.into {
            self.fault(Wrong::NotOneQuery { found: "SELECT INTO".to_owned() }, into.name.span());
        }
        if let Some(lateral) = select.lateral_views.first() {
            self.fault(Wrong::NotATable { name: "LATERAL VIEW".to_owned() }, lateral.lateral_view.span());
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        match factor {
            TableFactor::Table { name, args: None, .. } => self.table(name),
            TableFactor::Table { name, args: Some(_), .. } | TableFactor::Function { name, .. } => {
                let called = parts(name).unwrap_or_default().join(".");
                if !(self.known.series && forbidden::SERIES.contains(&called.as_str())) {
                    self.fault(Wrong::NotATable { name: format!("{name}()") }, name.span());
                }
            }
            TableFactor::Derived { .. } | TableFactor::NestedJoin { .. } => {}
            other => {
                let name = other.to_string().split(['(', ' ']).next().unwrap_or_default().to_owned();
                self.fault(Wrong::NotATable { name }, other.span());
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
        if let Expr::Function(function) = expression {
            let span = function.name.span();
            let called = parts(&function.name).unwrap_or_default().join(".");
            let name = function.name.to_string();
            if forbidden::CLOCK.contains(&called.as_str()) {
                self.fault(Wrong::Clock { name }, span);
            } else if forbidden::CHANCE.contains(&called.as_str()) {
                self.fault(Wrong::Chance { name }, span);
            } else if forbidden::OUTSIDE.contains(&called.as_str()) {
                self.fault(Wrong::NotATable { name: format!("{name}()") }, span);
            } else if !self.known.series && endless(&called, function) {
                self.fault(Wrong::Endless { name: format!("{name}()") }, span);
            } else if !self.known.functions.contains(&called) {
                let near = nearest(&called, self.known.functions.iter().map(String::as_str));
                self.fault(Wrong::UnknownFunction { name, near }, span);
            }
        }
        ControlFlow::Continue(())
    }
}

/// Whether a call can make a value of any length.
fn endless(called: &str, function: &Function) -> bool {
    if !forbidden::PADDING.contains(&called) {
        return forbidden::ENDLESS.contains(&called);
    }
    let FunctionArguments::List(list) = &function.args else { return true };
    let Some(FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Value(length)))) = list.args.get(1) else { return true };
    let Number(length, _) = &length.value else { return true };
    length.parse::<u64>().map_or(true, |length| length > forbidden::PADDING_MAX)
}
