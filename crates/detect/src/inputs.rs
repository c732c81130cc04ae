//! `run_inputs`: everything besides the rows of the partitioned ledgers that decides a model's outcome. A difference
//! means a full run.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use mingcha_domain::Day;
use mingcha_engine::lake::RowFilter;
use mingcha_engine::{Lake, OpsTable, guard};
use mingcha_pack::{Locality, Model, PackSet};
use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};

use crate::{DetectError, VanishedCause};

/// What decided an outcome. Kept as JSON, so that the cause of a difference can be told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RunInputs {
    /// The model's version: SQL, parameters, key, locality.
    pub version: String,
    /// The parameters alone, to tell a change of them from a change of the page.
    pub parameters: String,
    /// The business date, where the SQL uses it.
    pub as_of: Option<String>,
    /// The action's year, where the SQL uses it.
    pub action: Option<String>,
    /// Contents of the ledgers that are read whole: those of reference, and all of a model of the whole ledger.
    pub ledgers: BTreeMap<String, String>,
    /// Contents of the tables of casework and definitions that are read.
    pub tables: BTreeMap<String, String>,
    /// How our functions compute.
    pub functions: String,
    /// What a finding says besides its rows: wording, effect, kind of subject, lead unit.
    pub said: String,
}

/// What the inputs of a run are read from.
pub(crate) struct Sources<'a> {
    pub packs: &'a PackSet,
    pub lake: &'a Lake,
    pub snapshot: i64,
    pub as_of: Day,
    pub action: &'a str,
    pub ops: &'a [OpsTable],
    pub units: &'a BTreeMap<String, Option<String>>,
}

impl RunInputs {
    pub(crate) async fn of(model: &Model, from: &Sources<'_>, known: &mut Contents) -> Result<Self, DetectError> {
        let sql = &model.sql.value;
        let used = guard::placeholders(sql);
        let partitioned = |ledger: &str| match &model.locality {
            Locality::Local { by } => by.contains_key(ledger),
            Locality::WholeLedger => false,
        };
        let (mut ledgers, mut tables) = (BTreeMap::new(), BTreeMap::new());
        for name in guard::tables(sql) {
            let full_name = if name.contains('.') { name.clone() } else { format!("{}.{name}", model.pack) };
            if from.packs.ledger(&full_name).is_some() {
                if !partitioned(&full_name) {
                    let content = known.ledger(&full_name, from).await?;
                    ledgers.insert(full_name, content);
                }
            } else if let Some(ops) = name.strip_prefix("ops.") {
                let table = from.ops.iter().find(|table| table.name == ops);
                tables.insert(name.clone(), digest(&table.map(|table| (&table.columns, &table.rows))));
            } else if name.starts_with("def.") {
                let lists: Vec<_> = from.packs.packs.iter().map(|pack| &pack.checklists).collect();
                tables.insert(name.clone(), digest(&lists));
            }
        }
        Ok(Self {
            version: model.version.clone(),
            parameters: digest(
                &model
                    .params
                    .iter()
                    .map(|p| (&p.name, &p.value, &p.keys, p.valid_from, p.valid_to))
                    .collect::<Vec<_>>(),
            ),
            as_of: used.contains("as_of").then(|| from.as_of.to_string()),
            action: used.contains("action").then(|| from.action.to_owned()),
            ledgers,
            tables,
            functions: mingcha_engine::functions_version(),
            said: digest(&(&model.wording.source, model.effect, &model.subject, from.units.get(&model.pack))),
        })
    }

    pub(crate) fn text(&self) -> Result<String, DetectError> {
        serde_json::to_string(self)
            .map_err(|error| DetectError::Unreadable { what: "model_result.run_inputs", detail: error.to_string() })
    }

    /// Reads what was kept. What an older program wrote with other fields is no input that equals ours: a full run.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// What a finding that vanished between the two vanished by; `otherwise` when nothing but rows changed.
    pub(crate) fn cause(&self, before: Option<&Self>, otherwise: VanishedCause) -> VanishedCause {
        match before {
            None => otherwise,
            Some(before) if before.parameters != self.parameters => VanishedCause::ParameterChanged,
            Some(before) if before.version != self.version || before.functions != self.functions => {
                VanishedCause::ModelChanged
            }
            Some(before) if before.as_of != self.as_of || before.action != self.action => VanishedCause::DayTurned,
            Some(_) => otherwise,
        }
    }
}

/// Contents of ledgers at this run's snapshot, read once for all models.
#[derive(Default)]
pub(crate) struct Contents(BTreeMap<String, String>);

impl Contents {
    async fn ledger(&mut self, name: &str, from: &Sources<'_>) -> Result<String, DetectError> {
        if let Some(content) = self.0.get(name) {
            return Ok(content.clone());
        }
        let Some(ledger) = from.packs.ledger(name) else { return Ok(String::new()) };
        let mut hash = Sm3::new();
        let mut rows = from.lake.stream(ledger, from.snapshot, &RowFilter::All).await?;
        while let Some(some) = rows.try_next().await? {
            for row in some {
                hash.update(row.at.packed().to_be_bytes());
                for value in &row.values {
                    // The debug form keeps kinds apart and quotes texts, so that no two rows write the same.
                    hash.update(format!("{value:?};").as_bytes());
                }
            }
        }
        let content = hex::encode(hash.finalize());
        self.0.insert(name.to_owned(), content.clone());
        Ok(content)
    }
}

fn digest(what: &impl std::fmt::Debug) -> String {
    hex::encode(Sm3::digest(format!("{what:?}").as_bytes()))
}
