//! Values, keys and references as canonical JSON in the store, and back.

use mingcha_domain::{RowRef, Value};
use serde_json::{Value as Json, json};

use crate::DetectError;
use crate::limits::EVIDENCE_MAX;

/// Named values as `[["year","int","2023"], …]`, in their order: the kind keeps `2023` a number and `007` a text.
pub(crate) fn columns_text(columns: &[(String, Value)]) -> String {
    let list: Vec<Json> = columns.iter().map(|(name, value)| json!([name, kind(value), value.to_string()])).collect();
    Json::Array(list).to_string()
}

/// Reads what [`columns_text`] wrote.
pub(crate) fn columns_read(text: &str) -> Result<Vec<(String, Value)>, DetectError> {
    let bad = |detail: &str| DetectError::Unreadable { what: "finding.details", detail: format!("{detail}: {text}") };
    let list: Vec<(String, String, String)> = serde_json::from_str(text).map_err(|error| bad(&error.to_string()))?;
    list.into_iter()
        .map(|(name, kind, text)| {
            let value = value(&kind, text).ok_or_else(|| bad("a value"))?;
            Ok((name, value))
        })
        .collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Text(_) => "text",
        Value::Int(_) => "int",
        Value::Decimal(_) => "decimal",
        Value::Day(_) => "day",
        Value::Instant(_) => "instant",
        Value::Bool(_) => "bool",
        Value::Refs(_) => "refs",
    }
}

fn value(kind: &str, text: String) -> Option<Value> {
    Some(match kind {
        "null" => Value::Null,
        "text" => Value::Text(text),
        "int" => Value::Int(text.parse().ok()?),
        "decimal" => Value::Decimal(text.parse().ok()?),
        "day" => Value::Day(text.parse().ok()?),
        "instant" => Value::Instant(mingcha_domain::Instant::parse(&text)?),
        "bool" => Value::Bool(text.parse().ok()?),
        "refs" => Value::Refs(text.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?),
        _ => return None,
    })
}

/// The first [`EVIDENCE_MAX`] references as `[packed, …]`.
pub(crate) fn refs_text(refs: &[RowRef]) -> String {
    json!(refs.iter().take(EVIDENCE_MAX).map(|at| at.packed()).collect::<Vec<_>>()).to_string()
}

/// Reads what [`refs_text`] wrote.
pub(crate) fn refs_read(text: &str) -> Result<Vec<RowRef>, DetectError> {
    let packed: Vec<i64> = serde_json::from_str(text)
        .map_err(|error| DetectError::Unreadable { what: "finding.evidence", detail: error.to_string() })?;
    Ok(packed.into_iter().map(RowRef::unpack).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_with_their_types() {
        let columns: Vec<(String, Value)> = [
            Value::Null,
            Value::Text("007".into()),
            Value::Int(-7),
            Value::Decimal("800.50".parse().expect("a number")),
            Value::Day("2023-01-05".parse().expect("a day")),
            Value::Bool(true),
            Value::Refs(vec![1, 2]),
        ]
        .into_iter()
        .enumerate()
        .map(|(i, value)| (format!("c{i}"), value))
        .collect();
        assert_eq!(columns_read(&columns_text(&columns)).expect("reads"), columns);
        assert!(columns_read("[[\"a\",\"int\",\"x\"]]").is_err());
    }
}
