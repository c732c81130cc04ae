//! What an author's SQL may be: one reading query over known tables, without clock, chance, files or recursion.
//!
//! The text is parsed once; the checks see the syntax tree, so a comment or a string cannot hide or fake anything.
//! `$name` becomes a literal in the tree, never in the text, so that every later fault still points into the page.

mod forbidden;
mod scalars;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use datafusion::sql::sqlparser::ast::{
    Expr, Ident, ObjectName, Spanned, Statement, Visit, VisitMut, Visitor, VisitorMut,
};
use datafusion::sql::sqlparser::dialect::GenericDialect;
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::Span;
use mingcha_domain::Value;

use crate::error::{Place, SqlFault, Wrong};
use crate::limits::SQL_BYTES_MAX;

pub use scalars::Scalars;
use watch::{CteNames, Watch};

/// What an SQL text may name.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Tables by schema.
    pub tables: BTreeMap<String, BTreeSet<String>>,
    /// The schema of unqualified tables.
    pub home: String,
    /// Functions.
    pub functions: BTreeSet<String>,
    /// Whether `generate_series` and `range` are tables (a demo plan).
    pub series: bool,
}

/// Parses and checks; gives the tree with every `$name` filled in, or everything that is wrong.
pub fn pass(sql: &str, known: &Known, scalars: &Scalars) -> Result<Statement, Vec<SqlFault>> {
    let mut statement = one_query(sql).map_err(|fault| vec![fault])?;
    let mut watch = Watch { sql, known, named_here: BTreeSet::new(), faults: Vec::new() };
    // Names of CTEs are gathered first: a body may use one that stands before it.
    let mut names = CteNames(BTreeSet::new());
    let _ = Visit::visit(&statement, &mut names);
    watch.named_here = names.0;
    let _ = Visit::visit(&statement, &mut watch);
    let mut faults = watch.faults;
    let mut fill = Fill { sql, scalars, faults: Vec::new() };
    let _ = VisitMut::visit(&mut statement, &mut fill);
    faults.append(&mut fill.faults);
    faults.sort_by_key(|fault| fault.at.as_ref().map(|at| at.bytes.start));
    faults.dedup();
    if faults.is_empty() { Ok(statement) } else { Err(faults) }
}

/// Whether the text uses `$as_of`, so that its outcome changes when the business day turns. A text that does not parse
/// uses nothing.
#[must_use]
pub fn uses_as_of(sql: &str) -> bool {
    placeholders(sql).contains("as_of")
}

/// Every `$name` of the text, without the `$`.
#[must_use]
pub fn placeholders(sql: &str) -> BTreeSet<String> {
    struct Names(BTreeSet<String>);
    impl Visitor for Names {
        type Break = ();
        fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
            if let Some(name) = scalars::placeholder(expression) {
                self.0.insert(name.to_owned());
            }
            ControlFlow::Continue(())
        }
    }
    let mut names = Names(BTreeSet::new());
    if let Ok(statement) = one_query(sql) {
        let _ = Visit::visit(&statement, &mut names);
    }
    names.0
}

/// Every table that the text names, as written in lower case (`certificate`, `common.civil_servant`), and the names of its
/// CTEs: one that is called like a ledger may read that very ledger, so the two cannot be told apart here.
#[must_use]
pub fn tables(sql: &str) -> BTreeSet<String> {
    struct Tables(BTreeSet<String>);
    impl Visitor for Tables {
        type Break = ();
        fn pre_visit_relation(&mut self, relation: &ObjectName) -> ControlFlow<()> {
            if let Some(parts) = parts(relation) {
                self.0.insert(parts.join("."));
            }
            ControlFlow::Continue(())
        }
    }
    let Ok(statement) = one_query(sql) else { return BTreeSet::new() };
    let mut tables = Tables(BTreeSet::new());
    let _ = Visit::visit(&statement, &mut tables);
    tables.0
}

fn one_query(sql: &str) -> Result<Statement, SqlFault> {
    if sql.len() > SQL_BYTES_MAX {
        return Err(SqlFault { wrong: Wrong::TooLong { bytes: sql.len() }, at: None });
    }
    let mut statements = Parser::parse_sql(&GenericDialect {}, sql).map_err(|error| syntax(sql, &error))?;
    let first = if statements.is_empty() { None } else { Some(statements.remove(0)) };
    let whole = |found: String| SqlFault {
        wrong: Wrong::NotOneQuery { found },
        at: Place::of(sql, (1, 1), (1, 1 + sql.lines().next().map_or(0, |line| line.chars().count() as u64))),
    };
    match first {
        None => Err(whole("—".to_owned())),
        Some(Statement::Query(_)) if !statements.is_empty() => Err(whole(format!("{} × SQL", statements.len() + 1))),
        Some(Statement::Query(query)) => Ok(Statement::Query(query)),
        Some(other) => Err(whole(first_words(&other))),
    }
}

fn first_words(statement: &Statement) -> String {
    statement.to_string().split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

/// The parser puts the place into its words (`… at Line: 2, Column: 7`): taken out of them again.
fn syntax(sql: &str, error: &ParserError) -> SqlFault {
    let words = match error {
        ParserError::TokenizerError(words) | ParserError::ParserError(words) => words.clone(),
        ParserError::RecursionLimitExceeded => "nested too deeply".to_owned(),
    };
    let (reason, at) = match words.rsplit_once(" at Line: ") {
        Some((reason, place)) => {
            let mut numbers = place.split(", Column: ").map(|number| number.trim().parse::<u64>());
            match (numbers.next(), numbers.next()) {
                (Some(Ok(line)), Some(Ok(column))) => {
                    (reason.to_owned(), Place::of(sql, (line, column), (line, column + 1)))
                }
                _ => (words.clone(), None),
            }
        }
        None => (words.clone(), None),
    };
    SqlFault { wrong: Wrong::Syntax { reason }, at }
}

struct Fill<'a> {
    sql: &'a str,
    scalars: &'a Scalars,
    faults: Vec<SqlFault>,
}

impl VisitorMut for Fill<'_> {
    type Break = ();

    fn pre_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
        let Some(name) = scalars::placeholder(expression).map(str::to_owned) else { return ControlFlow::Continue(()) };
        match self.scalars.literal(&name) {
            Ok(literal) => *expression = literal,
            Err(wrong) => self.faults.push(SqlFault { wrong, at: place(self.sql, expression.span()) }),
        }
        ControlFlow::Continue(())
    }
}

fn place(sql: &str, span: Span) -> Option<Place> {
    Place::of(sql, (span.start.line, span.start.column), (span.end.line, span.end.column))
}

/// The parts of a name in the case that the planner will look for; `None` for what is no plain name.
fn parts(name: &ObjectName) -> Option<Vec<String>> {
    name.0.iter().map(|part| part.as_ident().map(plain)).collect()
}

fn plain(ident: &Ident) -> String {
    if ident.quote_style.is_some() { ident.value.clone() } else { ident.value.to_lowercase() }
}

/// The known name nearest to what was written, or empty when none is near.
pub(crate) fn nearest<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> String {
    names
        .map(|name| (strsim::normalized_damerau_levenshtein(written, name), name))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map_or_else(String::new, |(_, name)| name.to_owned())
}

/// Writes a value as an SQL literal.
pub(crate) fn literal_sql(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => format!("CAST('{number}' AS DECIMAL(18, {}))", number.scale()),
        Value::Day(day) => format!("DATE '{day}'"),
        Value::Instant(at) => format!("TIMESTAMP '{at}'"),
        Value::Bool(yes) => yes.to_string().to_uppercase(),
        Value::Refs(_) => format!("'{value}'"),
    }
}

#[cfg(test)]
mod tests;
