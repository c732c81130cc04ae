//! `$name` in a page: business date, action, and parameters of which exactly one row exists.

use std::collections::BTreeMap;

use datafusion::sql::sqlparser::ast::{Expr, Value as SqlValue};
use datafusion::sql::sqlparser::dialect::GenericDialect;
use datafusion::sql::sqlparser::parser::Parser;
use mingcha_domain::{Day, Value};
use mingcha_pack::Param;

use crate::error::Wrong;
use crate::guard::{literal_sql, nearest};

/// What each `$name` stands for.
#[derive(Clone, Debug, Default)]
pub struct Scalars {
    values: BTreeMap<String, Value>,
    /// Parameters with several rows, and how many.
    tables: BTreeMap<String, usize>,
}

impl Scalars {
    /// `$as_of`, `$action` and the parameters of one model.
    #[must_use]
    pub fn of(as_of: Day, action: &str, params: &[Param]) -> Self {
        let mut rows: BTreeMap<&str, Vec<&Param>> = BTreeMap::new();
        for param in params {
            rows.entry(&param.name).or_default().push(param);
        }
        let mut scalars = Self::default();
        for (name, rows) in rows {
            match rows.as_slice() {
                [only] => {
                    scalars.values.insert(name.to_owned(), only.value.clone());
                }
                several => {
                    scalars.tables.insert(name.to_owned(), several.len());
                }
            }
        }
        scalars.values.insert("as_of".to_owned(), Value::Day(as_of));
        scalars.values.insert("action".to_owned(), Value::Text(action.to_owned()));
        scalars
    }

    /// Adds one more, such as `$rows` of a demo plan.
    pub fn add(&mut self, name: &str, value: Value) {
        self.values.insert(name.to_owned(), value);
    }

    /// The literal for a name.
    pub(super) fn literal(&self, name: &str) -> Result<Expr, Wrong> {
        if let Some(rows) = self.tables.get(name) {
            return Err(Wrong::ParameterIsTable { name: name.to_owned(), rows: *rows });
        }
        let Some(value) = self.values.get(name) else {
            let near = nearest(name, self.values.keys().chain(self.tables.keys()).map(String::as_str));
            let near = if near.is_empty() { near } else { format!("${near}") };
            return Err(Wrong::UnknownParameter { name: format!("${name}"), near });
        };
        Parser::new(&GenericDialect {})
            .try_with_sql(&literal_sql(value))
            .and_then(|mut parser| parser.parse_expr())
            .map_err(|error| Wrong::Plan { reason: error.to_string() })
    }
}

/// The name of a `$name`, without the `$`.
pub(super) fn placeholder(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Value(value) => match &value.value {
            SqlValue::Placeholder(name) => Some(name.trim_start_matches('$')),
            _ => None,
        },
        _ => None,
    }
}
