//! One text per JSON value: what hashes are taken over.

use serde_json::{Value, json};

use crate::{Cell, Row};

/// Writes a JSON value without spaces and with the keys of every object sorted by code point, whatever map
/// `serde_json` was compiled with.
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// The canonical text of a row: all its columns by name.
pub(crate) fn of_row(row: &Row) -> String {
    let cells = row.cells().map(|(column, cell)| {
        let value = match cell {
            Cell::Null => Value::Null,
            Cell::Int(number) => json!(number),
            Cell::Text(text) => json!(text),
        };
        (column.to_owned(), value)
    });
    canonical(&Value::Object(cells.collect()))
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for (at, key) in keys.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(&map[key], out);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_in_which_keys_were_written_does_not_matter() {
        let one: Value = serde_json::from_str(r#"{"b":[1,{"z":null,"y":"引号\""}],"a":true}"#).expect("JSON");
        let two: Value = serde_json::from_str(r#"{ "a": true, "b": [1, {"y":"引号\"", "z":null}] }"#).expect("JSON");
        assert_eq!(canonical(&one), canonical(&two));
        assert_eq!(canonical(&one), r#"{"a":true,"b":[1,{"y":"引号\"","z":null}]}"#);
    }
}
