//! `mingcha model`: runs models on data, and their worked cases.

use std::time::Instant;

use mingcha_detect::{Mode, Models, RunCause};
use mingcha_engine::cases::{self, CaseResult};
use mingcha_pack::Model;
use mingcha_wiring::load_packs;
use mingcha_words::Lang;
use serde_json::json;

use crate::args::{ModelRunArgs, ModelTestArgs};
use crate::opening::acting;
use crate::output::{self, Ended, Failure, Outcome, Progress};
use crate::packs;

/// Runs models and lets their findings become cases.
pub async fn run(args: ModelRunArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let progress = Progress::start("运行模型 / running models");
    platform.drain().await?;
    let models = if args.models.is_empty() { Models::All } else { Models::Some(args.models) };
    let mode = if args.full { Mode::Full } else { Mode::Auto };
    let started = Instant::now();
    let run = platform.run_models(&actor, models, mode, RunCause::Asked).await?;
    let seconds = started.elapsed().as_secs_f64();
    platform.drain().await?;
    drop(progress);
    let results: Vec<_> = run
        .results
        .iter()
        .map(|result| {
            json!({
                "model": result.model, "how": result.how.code(), "partitions": result.partitions,
                "findings": result.hits, "created": result.created, "updated": result.updated,
                "vanished": result.vanished, "returned": result.returned,
                "message": result.trouble.as_ref().map(|trouble| mingcha_words::say(lang, trouble)),
            })
        })
        .collect();
    let failed = run.results.iter().any(|result| result.trouble.is_some());
    let found: usize = run.results.iter().map(|result| result.hits).sum();
    if args.data.json {
        output::json(&json!({
            "run": run.id.to_string(), "snapshot": run.snapshot, "as_of": run.as_of.to_string(),
            "seconds": seconds, "models": results,
        }))?;
    } else {
        for result in &run.results {
            output::line(format!(
                "{}\t{}\t疑点 {} · 新 {} · 变 {} · 消失 {} · 再现 {}",
                result.model,
                result.how.code(),
                result.hits,
                result.created,
                result.updated,
                result.vanished,
                result.returned
            ));
            if let Some(trouble) = &result.trouble {
                output::line(format!("\t{}", mingcha_words::say(lang, trouble)));
            }
        }
    }
    Ok(match (failed, args.fail_on_findings && found > 0) {
        (true, _) => Ended::No,
        (false, true) => Ended::WithRejects,
        (false, false) => Ended::Done,
    })
}

/// Runs the worked cases of models.
pub async fn test(args: ModelTestArgs, lang: Lang) -> Outcome {
    let folder = packs::find(args.packs.packs.as_deref()).map_err(Failure::plain)?;
    let packs = load_packs(folder.path()).await?;
    let wanted = |model: &Model| {
        args.which.is_empty() || args.which.iter().any(|name| *name == model.pack || *name == model.full_name())
    };
    let models: Vec<&Model> = packs.models().filter(|model| wanted(model)).collect();
    if models.is_empty() {
        let known: Vec<String> = packs.models().map(Model::full_name).collect();
        return Err(Failure::Listed(vec![format!("没有这样的模型 / no such model: {}", known.join(" "))]));
    }
    let (mut passed, mut failed, mut told) = (0, 0, Vec::new());
    for model in models {
        for outcome in cases::run(&packs, model).await {
            if outcome.passed() {
                passed += 1
            } else {
                failed += 1
            }
            let detail = explain(&outcome.result, lang);
            if args.json {
                told.push(json!({
                    "model": model.full_name(), "case": outcome.title, "line": outcome.line,
                    "passed": outcome.passed(), "detail": detail,
                }));
            } else {
                let mark = if outcome.passed() { "✓" } else { "✗" };
                output::line(format!("{mark} {} · {}", model.full_name(), outcome.title));
                detail.iter().for_each(|line| output::line(format!("    {line}")));
            }
        }
    }
    if args.json {
        output::json(&json!({ "passed": passed, "failed": failed, "cases": told }))?;
    } else {
        output::line(format!("{passed} passed, {failed} failed"));
    }
    Ok(if failed == 0 { Ended::Done } else { Ended::No })
}

fn explain(result: &CaseResult, lang: Lang) -> Vec<String> {
    match result {
        CaseResult::Passed => Vec::new(),
        CaseResult::Differs { columns, missing, unexpected } => {
            let mut lines = vec![columns.join(" | ")];
            lines.extend(missing.iter().map(|row| format!("- {}", row.join(" | "))));
            lines.extend(unexpected.iter().map(|row| format!("+ {}", row.join(" | "))));
            lines
        }
        CaseResult::Failed(error) => vec![mingcha_words::say(lang, &mingcha_domain::Speaks::trouble(error))],
    }
}
