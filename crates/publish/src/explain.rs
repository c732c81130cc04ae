//! Opens a figure: its definition, where data and audit trail stood, and every record that counts, with its proof.

use mingcha_access::persons::Sight;
use mingcha_access::{Action, Desk, Refused, Subject};
use mingcha_domain::{Day, Kind, Speaks, Trouble, Value};
use mingcha_engine::figure::FigureRecord;
use mingcha_pack::{Figure, PackSet, Privacy, nearest};
use mingcha_store::audit::Head;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::Ground;
use crate::commitment::{Salt, commit};
use crate::definition::aggregate_text;
use crate::month::{ByMonth, by_month};
use crate::working::{FigureError, FigureValue, number, records};

/// A figure, opened.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// The value and the definition in words.
    pub figure: FigureValue,
    /// The record query.
    pub records_sql: String,
    /// As `figures.toml` writes it.
    pub aggregate: String,
    /// What the aggregate is divided by.
    pub divide: i64,
    /// Digest of the pack that defines it.
    pub pack_digest: String,
    /// The lake's snapshot.
    pub lake_snapshot: i64,
    /// The head of the audit trail.
    pub audit: Head,
    /// The business date.
    pub as_of: Day,
    /// The year of the action.
    pub action: String,
    /// Root over the sorted salted commitments of the records, in hex.
    pub root: String,
    /// The salt of this explanation, in hex; a new one each time. Only for who sees persons in full: with it and a
    /// commitment the hidden digits of an identity number are found by trying them all.
    pub salt: Option<String>,
    /// Month by month.
    pub by_month: ByMonth,
    /// The records, by reference.
    pub records: Vec<ShownRecord>,
}

/// A record that counts, as this actor may see it.
#[derive(Clone, PartialEq, Debug)]
pub struct ShownRecord {
    /// What identifies it.
    pub reference: String,
    /// The person it is about.
    pub person: Option<String>,
    /// Yuan, or whatever is summed.
    pub amount: Option<Decimal>,
    /// The day.
    pub day: Option<Day>,
    /// Every column of the record query; of a masked one the masked text.
    pub columns: Vec<(String, Value)>,
    /// Its commitment, in hex.
    pub commitment: String,
}

/// Why a figure could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// The answer was no.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No pack has such a figure.
    #[error("there is no figure {name}")]
    NoSuchFigure {
        /// As asked for.
        name: String,
        /// The nearest one there is, or empty.
        near: String,
    },
    /// It could not be computed.
    #[error("{figure}: {error}")]
    Failed {
        /// `project.key`.
        figure: String,
        /// Why.
        error: Box<FigureError>,
    },
}

impl Speaks for ExplainError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Refused(refused) => refused.trouble(),
            Self::NoSuchFigure { name, near } => Trouble::new("MC-PUBLISH-002")
                .with("name", name)
                .with("has_near", if near.is_empty() { "no" } else { "yes" })
                .with("near", near),
            Self::Failed { error, .. } => error.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Refused(refused) => refused.kind(),
            Self::NoSuchFigure { .. } => Kind::NotFound,
            Self::Failed { error, .. } => error.kind(),
        }
    }
}

/// Opens the figure `project.key`. `sight` decides whether persons are shown in full.
pub async fn explain(desk: &Desk, ground: Ground<'_>, name: &str, sight: Sight) -> Result<Explanation, ExplainError> {
    desk.ask(Action::FigureSee, Subject::house())?;
    let definition = find(ground.packs, name)?;
    let records = records(ground, definition)
        .await
        .map_err(|error| ExplainError::Failed { figure: definition.full_name(), error: Box::new(error) })?;
    let mut salt = [0; 32];
    desk.fill(&mut salt);
    let (root, commitments) = commit(Salt(salt), &records);
    let personal = Personal { packs: ground.packs, sight };
    Ok(Explanation {
        figure: FigureValue::of(definition, &records),
        records_sql: definition.records.value.trim().to_owned(),
        aggregate: aggregate_text(&definition.aggregate),
        divide: definition.divide,
        pack_digest: ground.packs.pack(&definition.pack).map(|pack| pack.digest.clone()).unwrap_or_default(),
        lake_snapshot: ground.lake_snapshot,
        audit: ground.audit,
        as_of: ground.as_of,
        action: ground.action.to_owned(),
        root,
        salt: sight.is_clear().then(|| hex::encode(salt)),
        by_month: by_month(definition, &records),
        records: records.into_iter().zip(commitments).map(|(record, proof)| personal.shown(record, proof)).collect(),
    })
}

fn find<'a>(packs: &'a PackSet, name: &str) -> Result<&'a Figure, ExplainError> {
    packs.figure(name).ok_or_else(|| {
        let known: Vec<String> = packs.figures().map(Figure::full_name).collect();
        let near = nearest(name, known.iter().map(String::as_str)).unwrap_or_default().to_owned();
        ExplainError::NoSuchFigure { name: name.to_owned(), near }
    })
}

/// Which columns of a record query are about persons.
struct Personal<'a> {
    packs: &'a PackSet,
    sight: Sight,
}

impl Personal<'_> {
    fn shown(&self, record: FigureRecord, commitment: String) -> ShownRecord {
        let columns: Vec<(String, Value)> = record
            .columns
            .into_iter()
            .map(|(name, value)| {
                let masked = self.masked(&name, &value);
                (name, masked)
            })
            .collect();
        ShownRecord {
            reference: record.reference,
            person: record.person.map(|person| self.sight.identifier(&person)),
            amount: record.amount,
            day: record.day,
            columns,
            commitment,
        }
    }

    fn masked(&self, name: &str, value: &Value) -> Value {
        match value {
            Value::Text(text) if name == "name" || name.ends_with("_name") => Value::Text(self.sight.name(text)),
            Value::Text(text) if name == "person" || self.is_personal(name) => Value::Text(self.sight.identifier(text)),
            other => other.clone(),
        }
    }

    /// A result column that is called like a personal column of any ledger: when in doubt, masked.
    fn is_personal(&self, name: &str) -> bool {
        self.packs
            .ledgers()
            .filter_map(|ledger| ledger.column(name))
            .any(|column| matches!(column.privacy, Privacy::Personal | Privacy::Sensitive))
    }
}

impl Explanation {
    /// As the command line and the interface tell it: the contract of `figures --explain --json`.
    #[must_use]
    pub fn json(&self) -> Json {
        let records: Vec<Json> = self.records.iter().map(ShownRecord::json).collect();
        let by_month: Vec<Json> =
            self.by_month.iter().map(|(month, value)| json!({ "month": month, "value": number(*value) })).collect();
        let mut json = self.figure.json();
        if let Json::Object(object) = &mut json {
            object.extend([
                ("records_sql".to_owned(), json!(self.records_sql)),
                ("aggregate".to_owned(), json!(self.aggregate)),
                ("divide".to_owned(), json!(self.divide)),
                ("pack_digest".to_owned(), json!(self.pack_digest)),
                ("lake_snapshot".to_owned(), json!(self.lake_snapshot)),
                ("audit_head".to_owned(), json!(self.audit.to_string())),
                ("as_of".to_owned(), json!(self.as_of.to_string())),
                ("action".to_owned(), json!(self.action)),
                ("digest".to_owned(), json!(self.root)),
                ("salt".to_owned(), json!(self.salt)),
                ("by_month".to_owned(), json!(by_month)),
                ("records".to_owned(), json!(records)),
            ]);
        }
        json
    }
}

impl ShownRecord {
    fn json(&self) -> Json {
        let columns = self.columns.iter().map(|(name, value)| (name.clone(), cell(value)));
        json!({
            "reference": self.reference,
            "person": self.person,
            "amount": self.amount.map(number),
            "day": self.day.map(|day| day.to_string()),
            "columns": Json::Object(columns.collect()),
            "commitment": self.commitment,
        })
    }
}

fn cell(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Int(number) => json!(number),
        Value::Decimal(amount) => json!(number(*amount)),
        Value::Bool(yes) => json!(yes),
        Value::Refs(refs) => json!(refs),
        other => json!(other.to_string()),
    }
}
