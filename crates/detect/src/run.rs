//! Running models: in full, or only the partitions that rows touched since each model's last result.
//!
//! Evaluation happens outside any transaction, on one snapshot of the lake; then one transaction compares with the
//! findings that are there, writes what changed with one audit entry, and tells the other rooms by a job. When another
//! run was faster in between, nothing is written: the caller tries again.

mod evaluate;
mod save;

use std::collections::{BTreeMap, BTreeSet};

use mingcha_access::{Action, Actor, Office, Subject};
use mingcha_domain::{Day, RunId, Trouble};
use mingcha_engine::{Lake, OpsTable};
use mingcha_pack::{Model, PackSet};
use mingcha_store::StoreError;

use crate::{DetectError, RunCause, queries};

/// Which models run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Models {
    /// Every model that is live or on trial.
    #[default]
    All,
    /// These, by full name or by the name of their pack.
    Some(Vec<String>),
}

/// How much is evaluated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Only what rows touched, wherever that gives the same as a full run.
    #[default]
    Auto,
    /// Everything.
    Full,
}

/// What is to run.
#[derive(Clone, PartialEq, Debug)]
pub struct Request {
    /// Which models.
    pub models: Models,
    /// How much.
    pub mode: Mode,
    /// Why.
    pub cause: RunCause,
    /// Casework, for models that read it.
    pub ops: Vec<OpsTable>,
}

/// What came of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// The run.
    pub id: RunId,
    /// Runs are counted from 1.
    pub number: i64,
    /// The snapshot of the lake that was read.
    pub snapshot: i64,
    /// The business date.
    pub as_of: Day,
    /// Each model's result, by full name.
    pub results: Vec<ModelResult>,
}

/// What one model gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelResult {
    /// Full name.
    pub model: String,
    /// How much was evaluated.
    pub how: How,
    /// Partitions that were evaluated; 0 in a full run.
    pub partitions: usize,
    /// Hits in what was evaluated.
    pub hits: usize,
    /// New findings.
    pub created: usize,
    /// Findings with another content.
    pub updated: usize,
    /// Findings that are no longer there.
    pub vanished: usize,
    /// Findings that are there again.
    pub returned: usize,
    /// Why it failed.
    pub trouble: Option<Trouble>,
}

/// How much of a model was evaluated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// Everything.
    Full,
    /// The partitions that rows touched.
    Incremental,
    /// No row that it reads changed, and nothing else that decides it.
    NothingNew,
    /// It did not run; its findings stay as they were.
    Failed,
}

impl How {
    /// The code in the store and in the message files (`detect-how-…`).
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Incremental => "incremental",
            Self::NothingNew => "nothing_new",
            Self::Failed => "failed",
        }
    }
}

/// Runs models and commits what they found.
pub async fn run(
    office: &Office,
    actor: &Actor,
    lake: &Lake,
    packs: &PackSet,
    request: Request,
) -> Result<Run, DetectError> {
    let started_at = office.now();
    let mut desk = office.reading(actor).await?;
    desk.ask(Action::ModelRun, Subject::house())?;
    let models = chosen(packs, &request.models)?;
    let mut units = BTreeMap::new();
    for pack in &packs.packs {
        if let Some(project) = &pack.project {
            units.insert(pack.key.clone(), queries::unit_named(&mut desk, &project.lead_unit).await?);
        }
    }
    let snapshot = readable(desk.tx().setting("readable_snapshot").await?)?;
    let before = evaluate::Before {
        standing: queries::standing_all(&mut desk).await?,
        as_of: desk.today,
        action: desk.action_year().to_owned(),
        snapshot,
        units,
    };
    // Nothing of the store is held while models run.
    drop(desk);
    let evaluated = evaluate::all(lake, packs, &models, &request, &before).await?;
    save::save(office, actor, packs, &request, &before, started_at, evaluated).await
}

fn chosen<'p>(packs: &'p PackSet, models: &Models) -> Result<Vec<&'p Model>, DetectError> {
    let running: Vec<&Model> = packs.models().filter(|model| model.status.runs()).collect();
    let Models::Some(names) = models else { return Ok(running) };
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for name in names {
        let matching = running.iter().filter(|model| model.full_name() == *name || model.pack == *name);
        let found: Vec<String> = matching.map(|model| model.full_name()).collect();
        if found.is_empty() {
            let known: Vec<String> = running.iter().map(|model| model.full_name()).collect();
            let near = mingcha_pack::nearest(name, known.iter().map(String::as_str)).unwrap_or_default().to_owned();
            return Err(DetectError::NoSuchModel { name: name.clone(), near });
        }
        wanted.extend(found);
    }
    Ok(running.into_iter().filter(|model| wanted.contains(&model.full_name())).collect())
}

/// The snapshot that readers may read; 0, where nothing is, before the first batch.
fn readable(setting: Option<String>) -> Result<i64, DetectError> {
    let unreadable = |text: &str| StoreError::Unreadable { what: "setting readable_snapshot", detail: text.to_owned() };
    setting.map_or(Ok(0), |text| text.parse().map_err(|_| unreadable(&text).into()))
}
