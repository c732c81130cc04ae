//! Evaluating a model: its SQL becomes hits, each with key, columns and the rows that it rests on.

use std::collections::BTreeSet;

use mingcha_domain::{RowRef, Value};
use mingcha_pack::{Locality, Model};

use crate::error::EngineError;
use crate::locality::Proved;
use crate::{Ask, Rows, Session};

/// The result column that names the rows a hit rests on.
pub const EVIDENCE: &str = "evidence";

/// One thing that a model finds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The key columns, in the page's order.
    pub key: Vec<(String, Value)>,
    /// The key as one text, see [`key_text`].
    pub key_text: String,
    /// The partition that decides it; absent for a model of the whole ledger.
    pub partition: Option<Value>,
    /// All other result columns, in the query's order.
    pub columns: Vec<(String, Value)>,
    /// The rows that it rests on: distinct, sorted.
    pub evidence: Vec<RowRef>,
    /// How many they are.
    pub evidence_count: usize,
}

/// Runs a model in a session whose home is the model's pack. `proved` comes from [`crate::locality::prove`].
///
/// Two hits with the same key are an error: a finding is told apart by its key alone.
pub async fn evaluate(session: &Session, model: &Model, proved: Option<&Proved>) -> Result<Vec<Hit>, EngineError> {
    let rows = session.ask(&Ask { sql: &model.sql.value, params: &model.params, ..Ask::default() }).await?;
    hits(model, proved, rows)
}

fn hits(model: &Model, proved: Option<&Proved>, rows: Rows) -> Result<Vec<Hit>, EngineError> {
    let place = |name: &str| {
        rows.position(name)
            .ok_or_else(|| EngineError::ResultColumn { name: name.to_owned(), have: rows.columns.join(", ") })
    };
    let evidence = place(EVIDENCE)?;
    let key = model.key.iter().map(|name| place(&name.value)).collect::<Result<Vec<_>, _>>()?;
    let partition = match (&model.locality, proved) {
        (Locality::Local { .. }, Some(proved)) => Some(place(&proved.column)?),
        _ => None,
    };
    let mut seen = BTreeSet::new();
    let mut hits = Vec::with_capacity(rows.rows.len());
    for row in &rows.rows {
        let named = |i: usize| (rows.columns[i].clone(), row[i].clone());
        let key_text = key_text(key.iter().map(|i| &row[*i]));
        if !seen.insert(key_text.clone()) {
            return Err(EngineError::KeyRepeats { key: key_text });
        }
        let refs = match &row[evidence] {
            Value::Refs(refs) => refs.iter().map(|packed| RowRef::unpack(*packed)).collect(),
            Value::Null => Vec::new(),
            other => {
                let have = format!("{EVIDENCE} = {other}");
                return Err(EngineError::ResultColumn { name: format!("{EVIDENCE}(…)"), have });
            }
        };
        hits.push(Hit {
            key: key.iter().map(|i| named(*i)).collect(),
            key_text,
            partition: partition.map(|i| row[i].clone()),
            columns: (0..row.len()).filter(|i| *i != evidence && !key.contains(i)).map(named).collect(),
            evidence_count: refs.len(),
            evidence: refs,
        });
    }
    hits.sort_by(|a, b| a.key_text.cmp(&b.key_text));
    Ok(hits)
}

/// The key as one text: the values joined by `|`. A `|` or `\` inside a value is written with `\` before it, null is
/// `\N`, and a decimal loses its trailing zeros, so that equal keys have equal texts and only they.
pub fn key_text<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    let texts = values.map(|value| match value {
        Value::Null => "\\N".to_owned(),
        Value::Decimal(number) => number.normalize().to_string(),
        other => other.to_string().replace('\\', "\\\\").replace('|', "\\|"),
    });
    texts.collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_keys_have_different_texts() {
        let text = |values: &[Value]| key_text(values.iter());
        let say = |text: &str| Value::Text(text.to_owned());
        assert_eq!(text(&[say("330902"), Value::Int(2023)]), "330902|2023");
        assert_ne!(text(&[say("a|b"), say("c")]), text(&[say("a"), say("b|c")]));
        assert_ne!(text(&[say("\\"), say("|")]), text(&[say("\\|"), say("")]));
        assert_ne!(text(&[Value::Null]), text(&[say("")]));
        assert_ne!(text(&[Value::Null]), text(&[say("\\N")]));
    }
}
