//! `mingcha ledger`: columns, template, rows, batches, withdrawal.

use futures::TryStreamExt;
use mingcha_access::Subject;
use mingcha_access::persons::{Sight, unmask};
use mingcha_domain::{BatchNo, Trouble};
use mingcha_engine::lake::RowFilter;
use mingcha_ledger::{Batch, BatchState, Version};
use mingcha_pack::{Ledger, PackSet, nearest};
use mingcha_web::wire;
use mingcha_wiring::load_packs;
use mingcha_words::Lang;
use serde_json::{Value as Json, json};

use crate::args::{
    LedgerBatchesArgs, LedgerRowsArgs, LedgerShowArgs, LedgerTemplateArgs, LedgerWithdrawArgs, PacksArgs,
};
use crate::opening::{acting, followed_up, platform};
use crate::output::{self, Ended, Failure, Outcome};
use crate::packs;

/// Batches that are read at once.
const PAGE: i64 = 200;

/// Shows the columns of a ledger or of a sheet of past casework, and the versions when a data folder is given.
pub async fn show(args: LedgerShowArgs, _lang: Lang) -> Outcome {
    let mut versions = Vec::new();
    let ledger = match &args.data {
        Some(data) => {
            let platform = platform(data).await?;
            let ledger = schema(&platform.packs, &args.ledger)?;
            let mut desk = platform.office.reading(&platform.console).await?;
            let sources = platform.sources();
            let ground = platform.ledger_ground(&sources);
            if platform.packs.ledger(&args.ledger).is_some() {
                let found = mingcha_ledger::versions(&mut desk, ground, &args.ledger).await?;
                versions.extend(found.iter().map(version_json));
            }
            ledger
        }
        None => schema(&packs_of(&args.packs).await?, &args.ledger)?,
    };
    // The shape is the one of the interface for other systems.
    let mut shown = serde_json::to_value(wire::Ledger::of(&ledger)).map_err(Failure::plain)?;
    shown["versions"] = json!(versions);
    if args.json {
        output::json(&shown)?;
    } else {
        output::line(format!("{}  {}", ledger.full_name(), ledger.title));
        for column in &ledger.columns {
            let key = if ledger.key.contains(&column.name) {
                "键"
            } else if column.required {
                "必填"
            } else {
                ""
            };
            output::line(format!("  {}\t{}\t{}\t{key}", column.name, column.title, column.kind));
        }
    }
    Ok(Ended::Done)
}

fn version_json(version: &Version) -> Json {
    json!({ "version": version.snapshot, "batch": version.batch.0, "at": version.at.to_string(), "withdrawn": version.withdrawn })
}

/// Writes the template workbook of a ledger.
pub async fn template(args: LedgerTemplateArgs, lang: Lang) -> Outcome {
    let ledger = schema(&packs_of(&args.packs).await?, &args.ledger)?;
    let bytes = mingcha_intake::template(&ledger, &|trouble| mingcha_words::message(lang, trouble))?;
    std::fs::write(&args.out, bytes)
        .map_err(|error| Failure::plain(anyhow::anyhow!("{}: {error}", args.out.display())))?;
    output::notice(args.out.display().to_string());
    Ok(Ended::Done)
}

/// Prints the rows of a ledger, one JSON object a line with `--json`.
pub async fn rows(args: LedgerRowsArgs) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let ledger = schema(&platform.packs, &args.ledger)?;
    let sight = match (args.unmask.unmask, &args.unmask.purpose) {
        (true, Some(purpose)) => {
            let mut desk = platform.office.desk(&actor).await?;
            let (sight, _) = unmask(&mut desk, Subject::house(), &format!("ledger:{}", args.ledger), purpose).await?;
            desk.commit().await?;
            sight
        }
        _ => Sight::masked(),
    };
    let mut desk = platform.office.reading(&actor).await?;
    let sources = platform.sources();
    let ground = platform.ledger_ground(&sources);
    let mut stream = mingcha_ledger::stream(&mut desk, ground, &args.ledger, args.as_of, &RowFilter::All).await?;
    while let Some(some) = stream.try_next().await? {
        for row in some {
            output::json_line(&wire::row(&ledger, &row, sight))?;
        }
    }
    Ok(Ended::Done)
}

/// Lists batches, newest first.
pub async fn batches(args: LedgerBatchesArgs) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let mut desk = platform.office.reading(&actor).await?;
    let mut all: Vec<Batch> = Vec::new();
    loop {
        let before = all.last().map(|batch| batch.id);
        let page = mingcha_ledger::batches(&mut desk, args.ledger.as_deref(), before, PAGE).await?;
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    if args.data.json {
        let listed: Vec<Json> = all
            .iter()
            .map(|batch| {
                json!({
                    "batch": batch.id.0, "ledger": batch.ledger, "file": batch.file_name, "sheet": batch.sheet,
                    "state": state_word(&batch.state), "added": batch.counts.added, "superseded": batch.counts.superseded,
                    "unchanged": batch.counts.unchanged, "rejected": batch.counts.rejected,
                    "at": batch.committed_at.to_string(), "by": batch.committed_by_name,
                })
            })
            .collect();
        output::json(&listed)?;
    } else {
        for batch in &all {
            output::line(format!(
                "第 {} 批\t{}\t{}\t{}\t新 {} 变 {} 不变 {} 退回 {}",
                batch.id,
                batch.ledger,
                batch.file_name,
                state_word(&batch.state),
                batch.counts.added,
                batch.counts.superseded,
                batch.counts.unchanged,
                batch.counts.rejected
            ));
        }
    }
    Ok(Ended::Done)
}

fn state_word(state: &BatchState) -> &'static str {
    match state {
        BatchState::Committed => "committed",
        BatchState::Withdrawn { .. } => "withdrawn",
    }
}

/// Withdraws a batch; what it superseded comes back, and the models run on what it touched.
pub async fn withdraw(args: LedgerWithdrawArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let withdrawn = platform.withdraw(&actor, BatchNo(args.batch), &args.why).await?;
    let drained = platform.drain().await;
    if args.data.json {
        output::json(&json!({ "batch": args.batch, "removed": withdrawn.removed, "restored": withdrawn.restored }))?;
    } else {
        output::line(format!(
            "第 {} 批已撤回：去掉 {} 行，恢复 {} 行",
            args.batch, withdrawn.removed, withdrawn.restored
        ));
    }
    Ok(followed_up(drained, Ended::Done, lang))
}

async fn packs_of(args: &PacksArgs) -> Result<PackSet, Failure> {
    let folder = packs::find(args.packs.as_deref()).map_err(Failure::plain)?;
    Ok(load_packs(folder.path()).await?)
}

/// The schema of a ledger, or of a sheet of past casework.
pub(super) fn schema(packs: &PackSet, name: &str) -> Result<Ledger, Failure> {
    if let Some(sheet) = mingcha_casework::PastSheet::from_full_name(name) {
        return Ok(sheet.schema()?);
    }
    if let Some(ledger) = packs.ledger(name) {
        return Ok(ledger.clone());
    }
    let known: Vec<String> = packs.ledgers().map(Ledger::full_name).collect();
    let near = nearest(name, known.iter().map(String::as_str)).unwrap_or("-");
    Err(Failure::Told(Trouble::new("MC-CLI-004").with("name", name).with("near", near)))
}
