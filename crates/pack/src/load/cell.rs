//! A cell of a worked case, as its column's kind reads it. Cells are written as in SQL; what clerks write in sheets is
//! read by `intake`.

use mingcha_domain::{Day, Value};
use rust_decimal::Decimal;

use crate::{Column, ColumnKind};

/// Why a cell is wrong: a key of the words.
pub(super) type Shape = &'static str;

/// Reads a cell; an empty one is null. Identifiers are not verified: in a case, 甲 reads better than 18 digits.
pub(super) fn read(column: &Column, text: &str) -> Result<Value, Shape> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    match column.kind {
        ColumnKind::Text | ColumnKind::ResidentId | ColumnKind::Uscc => Ok(Value::Text(text.to_owned())),
        ColumnKind::Integer => text.parse().map(Value::Int).map_err(|_| "integer"),
        ColumnKind::Decimal { scale } => decimal(text, scale).ok_or("decimal"),
        ColumnKind::Money => decimal(text, 2).ok_or("decimal"),
        ColumnKind::Date => text.parse::<Day>().map(Value::Day).map_err(|_| "date"),
        ColumnKind::Code if column.values.iter().any(|value| value == text) => Ok(Value::Text(text.to_owned())),
        ColumnKind::Code => Err("code"),
        ColumnKind::Boolean => match text {
            "true" | "是" => Ok(Value::Bool(true)),
            "false" | "否" => Ok(Value::Bool(false)),
            _ => Err("boolean"),
        },
    }
}

fn decimal(text: &str, scale: u32) -> Option<Value> {
    let mut number = text.parse::<Decimal>().ok()?.normalize();
    if number.scale() > scale {
        return None;
    }
    number.rescale(scale);
    Some(Value::Decimal(number))
}
