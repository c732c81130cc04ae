//! Ledgers, their columns and their rows.

use mingcha_access::persons::Sight;
use mingcha_domain::Value;
use mingcha_engine::LakeRow;
use mingcha_pack::{Column as Defined, ColumnKind, Ledger as Definition, Load, Privacy};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// The ledgers that a caller sees.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct LedgerList {
    /// By name.
    pub ledgers: Vec<Ledger>,
    /// The version that everybody reads now.
    pub version: i64,
}

/// A ledger and what it asks of a sheet.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Ledger {
    /// Full name, `pack.ledger`.
    pub ledger: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// What a row is.
    pub note: String,
    /// Columns that tell one row from another.
    pub key: Vec<String>,
    /// What a new sheet does to the rows that are there: `merge`, `append`, `snapshot`.
    pub load: &'static str,
    /// Whether it is a table of reference.
    pub reference: bool,
    /// The columns, in the order of the template.
    pub columns: Vec<Column>,
}

/// A column of a ledger.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Column {
    /// Name.
    pub name: String,
    /// Title in Chinese, the heading of the template.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Other headings under which sheets carry it.
    pub aliases: Vec<String>,
    /// What a cell is.
    pub r#type: String,
    /// Whether a cell must not be empty.
    pub required: bool,
    /// Whether it is part of the key.
    pub key: bool,
    /// The values of a code.
    pub values: Vec<String>,
    /// `public`, `internal`, `personal`, `sensitive`.
    pub privacy: &'static str,
    /// The ledger whose key it names.
    pub references: Option<String>,
    /// What to write in it.
    pub note: String,
    /// An example.
    pub example: String,
}

/// Some rows of a ledger.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RowPage {
    /// Full name of the ledger.
    pub ledger: String,
    /// The version that they are of.
    pub version: i64,
    /// By batch and line.
    pub rows: Vec<Map<String, Json>>,
    /// Where the next page begins; none after the last one.
    pub next: Option<String>,
}

impl Ledger {
    /// A ledger as its pack defines it.
    #[must_use]
    pub fn of(ledger: &Definition) -> Self {
        Self {
            ledger: ledger.full_name(),
            title: ledger.title.clone(),
            title_en: ledger.title_en.clone(),
            note: ledger.note.clone(),
            key: ledger.key.clone(),
            load: match ledger.load {
                Load::Merge => "merge",
                Load::Append => "append",
                Load::Snapshot => "snapshot",
            },
            reference: ledger.reference,
            columns: ledger.columns.iter().map(|column| Column::of(ledger, column)).collect(),
        }
    }
}

impl Column {
    fn of(ledger: &Definition, column: &Defined) -> Self {
        let key = ledger.key.contains(&column.name);
        Self {
            name: column.name.clone(),
            title: column.title.clone(),
            title_en: column.title_en.clone(),
            aliases: column.aliases.clone(),
            r#type: column.kind.to_string(),
            required: column.required || key,
            key,
            values: column.values.clone(),
            privacy: match column.privacy {
                Privacy::Public => "public",
                Privacy::Internal => "internal",
                Privacy::Personal => "personal",
                Privacy::Sensitive => "sensitive",
            },
            references: column.references.clone(),
            note: column.note.clone(),
            example: column.example.clone(),
        }
    }
}

/// A row by the names of its columns, with the batch and the line it came from.
#[must_use]
pub fn row(ledger: &Definition, row: &LakeRow, sight: Sight) -> Map<String, Json> {
    let mut object = Map::new();
    for (column, value) in ledger.columns.iter().zip(&row.values) {
        object.insert(column.name.clone(), cell(column, value, sight));
    }
    object.insert("_batch".to_owned(), json!(row.at.batch.0));
    object.insert("_row".to_owned(), json!(row.at.row));
    object
}

/// A cell as JSON: numbers exact as text where a float could not hold them, persons hidden unless a purpose was recorded.
#[must_use]
pub fn cell(column: &Defined, value: &Value, sight: Sight) -> Json {
    let hidden = matches!(column.privacy, Privacy::Personal | Privacy::Sensitive);
    match value {
        Value::Null => Json::Null,
        Value::Text(text) if hidden && column.kind == ColumnKind::Text => json!(sight.name(text)),
        Value::Text(text) if hidden => json!(sight.identifier(text)),
        // A birthday or an amount of a person has no half that could be shown.
        _ if hidden && !sight.is_clear() => json!("***"),
        Value::Int(number) => json!(number),
        Value::Bool(yes) => json!(yes),
        other => json!(other.to_string()),
    }
}
