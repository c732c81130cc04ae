//! The digest of a figure's definition: when it changes, numbers of two editions no longer mean the same.

use mingcha_pack::{Aggregate, Figure};
use mingcha_store::audit::canonical;
use serde_json::json;
use sm3::{Digest, Sm3};

/// SM3 in hex over everything that decides value, wording and meaning.
pub(crate) fn definition_hash(figure: &Figure) -> String {
    let definition = json!({
        "format": 1,
        "figure": figure.full_name(),
        "unit": figure.unit,
        "definition": figure.definition,
        "records": figure.records.value.replace("\r\n", "\n"),
        "aggregate": aggregate_text(&figure.aggregate),
        "divide": figure.divide,
        "decimals": figure.decimals,
        "said": format!("{:?}", figure.said),
    });
    hex::encode(Sm3::digest(canonical(&definition).as_bytes()))
}

/// The aggregate as `figures.toml` writes it.
pub(crate) fn aggregate_text(aggregate: &Aggregate) -> String {
    match aggregate {
        Aggregate::Count => "count".to_owned(),
        Aggregate::CountDistinct(column) => format!("count_distinct({column})"),
        Aggregate::Sum(column) => format!("sum({column})"),
        Aggregate::Mean(column) => format!("mean({column})"),
    }
}
