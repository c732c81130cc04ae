//! The reading half of a run: each model's hits, in full or of the partitions that were touched.

use std::collections::BTreeMap;

use mingcha_domain::{Day, Speaks, Trouble};
use mingcha_engine::model::{Hit, key_text};
use mingcha_engine::{EngineError, Lake, Limits, Partitions, Session, SessionPlan, Source, locality, model};
use mingcha_pack::{Model, PackSet};

use super::{How, Mode, Request};
use crate::inputs::{Contents, RunInputs, Sources};
use crate::partitions::Changes;
use crate::queries::Standing;
use crate::{DetectError, RunCause, VanishedCause};

/// The state that a run compares with.
pub(super) struct Before {
    pub standing: BTreeMap<String, Standing>,
    pub as_of: Day,
    pub action: String,
    pub snapshot: i64,
    /// Code of the lead unit of each pack that is a project.
    pub units: BTreeMap<String, Option<String>>,
}

/// What evaluating one model gave.
pub(super) struct Evaluated<'p> {
    pub model: &'p Model,
    pub inputs: RunInputs,
    pub outcome: Outcome,
}

pub(super) enum Outcome {
    /// Nothing to evaluate.
    NothingNew,
    /// Hits, of some partitions or of all.
    Hits { hits: Vec<Hit>, parts: Option<Vec<String>>, cause: VanishedCause },
    /// It did not run.
    Failed(Trouble),
}

impl Outcome {
    pub(super) fn how(&self) -> How {
        match self {
            Self::NothingNew => How::NothingNew,
            Self::Hits { parts: Some(_), .. } => How::Incremental,
            Self::Hits { parts: None, .. } => How::Full,
            Self::Failed(_) => How::Failed,
        }
    }
}

/// Evaluates the models one after another: each may use all cores.
pub(super) async fn all<'p>(
    lake: &Lake,
    packs: &'p PackSet,
    models: &[&'p Model],
    request: &Request,
    before: &Before,
) -> Result<Vec<Evaluated<'p>>, DetectError> {
    let sources = Sources {
        packs,
        lake,
        snapshot: before.snapshot,
        as_of: before.as_of,
        action: &before.action,
        ops: &request.ops,
        units: &before.units,
    };
    let (mut contents, mut changes) = (Contents::default(), Changes::new(packs, lake, before.snapshot));
    let mut evaluated = Vec::new();
    for model in models {
        let inputs = RunInputs::of(model, &sources, &mut contents).await?;
        let standing = before.standing.get(&model.full_name());
        let same = standing.filter(|standing| standing.inputs.as_ref() == Some(&inputs));
        let work = async {
            let touched = match (request.mode, same) {
                (Mode::Auto, Some(standing)) => since(model, standing, before, &mut changes).await?,
                _ => Touched::Everything,
            };
            outcome(&sources, model, request, standing, &inputs, touched).await
        };
        let outcome = match work.await {
            Ok(outcome) => outcome,
            // The page or its limits: this model's own trouble. Anything else stops the run.
            Err(DetectError::Engine(error)) if !matches!(error, EngineError::Lake(_) | EngineError::Setup(_)) => {
                // The error's own text may hold a cell; the log gets the code.
                let trouble = error.trouble();
                tracing::warn!(model = %model.full_name(), code = trouble.code, "model failed");
                Outcome::Failed(trouble)
            }
            Err(error) => return Err(error),
        };
        evaluated.push(Evaluated { model, inputs, outcome });
    }
    Ok(evaluated)
}

enum Touched {
    Nothing,
    Some(Partitions),
    Everything,
}

async fn since(
    model: &Model,
    standing: &Standing,
    before: &Before,
    changes: &mut Changes<'_>,
) -> Result<Touched, DetectError> {
    use mingcha_pack::Locality;
    if standing.snapshot == before.snapshot || model.locality == Locality::WholeLedger {
        // The contents of every ledger of a model of the whole ledger are among its inputs, which are the same.
        return Ok(Touched::Nothing);
    }
    Ok(match changes.touched(model, standing.snapshot).await? {
        None => Touched::Everything,
        Some(partitions) if partitions.values.is_empty() => Touched::Nothing,
        Some(partitions) => Touched::Some(partitions),
    })
}

async fn outcome(
    sources: &Sources<'_>,
    model: &Model,
    request: &Request,
    standing: Option<&Standing>,
    inputs: &RunInputs,
    touched: Touched,
) -> Result<Outcome, DetectError> {
    let only = match touched {
        Touched::Nothing => return Ok(Outcome::NothingNew),
        Touched::Some(partitions) => Some(partitions),
        Touched::Everything => None,
    };
    let proved = locality::prove(sources.packs, sources.ops, model).await?;
    let parts = only.as_ref().map(|only| only.values.iter().map(|value| key_text([value].into_iter())).collect());
    let session = Session::new(SessionPlan {
        packs: sources.packs,
        source: Source::Lake(sources.lake, sources.snapshot),
        as_of: sources.as_of,
        action: sources.action,
        ops: sources.ops.to_vec(),
        only,
        home: &model.pack,
        limits: Limits::MODEL,
    })
    .await?;
    let hits = model::evaluate(&session, model, proved.as_ref()).await?;
    let otherwise = match request.cause {
        RunCause::BatchWithdrawn(_) => VanishedCause::BatchWithdrawn,
        _ => VanishedCause::DataCorrected,
    };
    let cause = inputs.cause(standing.and_then(|standing| standing.inputs.as_ref()), otherwise);
    Ok(Outcome::Hits { hits, parts, cause })
}
