//! DataFusion's errors, in the engine's words.

use datafusion::common::{DataFusionError, SchemaError};

use crate::Limits;
use crate::error::{EngineError, Place, SqlFault, Wrong};
use crate::guard::nearest;

/// What is wrong with a text that the planner refuses; a planner that collected several errors gives them all.
pub(super) fn while_planning(error: &DataFusionError, sql: &str) -> Vec<SqlFault> {
    if let DataFusionError::Collection(errors) = error.find_root() {
        return errors.iter().flat_map(|error| while_planning(error, sql)).collect();
    }
    let at = error
        .diagnostic()
        .and_then(|diagnostic| diagnostic.span)
        .and_then(|span| Place::of(sql, (span.start.line, span.start.column), (span.end.line, span.end.column)));
    vec![SqlFault { wrong: wrong(error), at }]
}

fn wrong(error: &DataFusionError) -> Wrong {
    match error.find_root() {
        DataFusionError::SchemaError(schema, _) => match schema.as_ref() {
            SchemaError::FieldNotFound { field, valid_fields } => {
                let names: Vec<&str> = valid_fields.iter().map(|column| column.name.as_str()).collect();
                let near = nearest(&field.name, names.into_iter());
                Wrong::UnknownColumn { name: field.flat_name(), near }
            }
            other => Wrong::Plan { reason: other.to_string() },
        },
        other => Wrong::Plan { reason: words(other) },
    }
}

/// What stopped a query that was planned.
pub(super) fn while_running(error: DataFusionError, sql: &str, limits: Limits) -> EngineError {
    match error.find_root() {
        DataFusionError::ResourcesExhausted(_) => EngineError::Memory { bytes: limits.memory_bytes },
        DataFusionError::Plan(_) | DataFusionError::SchemaError(..) | DataFusionError::NotImplemented(_) => {
            match while_planning(&error, sql).into_iter().next() {
                Some(fault) => fault.into(),
                None => EngineError::Failed { reason: words(&error) },
            }
        }
        root => EngineError::Failed { reason: words(root) },
    }
}

/// A fault for what went wrong before the text was read.
pub(super) fn of_setup(error: EngineError) -> SqlFault {
    match error {
        EngineError::Sql(fault) => fault,
        other => SqlFault { wrong: Wrong::Plan { reason: other.to_string() }, at: None },
    }
}

/// The planner's words without a stack trace and without its invitation to report a bug.
fn words(error: &DataFusionError) -> String {
    let text = error.strip_backtrace();
    text.split("\nThis issue was likely caused by").next().unwrap_or_default().trim().to_owned()
}
