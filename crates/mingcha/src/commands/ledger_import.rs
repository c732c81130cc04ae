//! `mingcha ledger import`: a sheet goes in, or comes back with every bad cell named.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use mingcha_casework::PastSheet;
use mingcha_domain::Trouble;
use mingcha_intake::{Assign, Heading, Options};
use mingcha_ledger::{HandInPath, Step};
use mingcha_words::Lang;
use serde_json::{Value as Json, json};

use super::ledger_rejects;
use crate::args::LedgerImportArgs;
use crate::opening::{acting, followed_up};
use crate::output::{self, Ended, Failure, Outcome, Progress};

/// Reasons that are printed; the page of the upload and the marked workbook have them all.
const REJECTS_MAX: usize = 10_000;

/// Imports a sheet into a ledger, or one of past casework.
pub async fn import(args: LedgerImportArgs, lang: Lang) -> Outcome {
    let columns = mapping(&args.mapping)?;
    let (platform, actor) = acting(&args.data).await?;
    let file = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let progress = Progress::start(&format!("读取 / reading {file}"));
    if let Some(sheet) = PastSheet::from_full_name(&args.ledger) {
        let bytes = read(&args.file)?;
        let options = Options { columns, sheet: args.sheet.clone(), ..Options::default() };
        let taken = platform.take_past(&actor, sheet, &file, &bytes, &options).await?;
        let drained = platform.drain().await;
        drop(progress);
        let schema = sheet.schema()?;
        let rejects: Vec<Json> = taken
            .rejected
            .iter()
            .map(|reject| {
                told(
                    lang,
                    reject.row,
                    schema.column(&reject.column).map_or("", |column| &column.title),
                    &reject.column,
                    &reject.trouble,
                )
            })
            .collect();
        notes(lang, &taken.notes);
        let rejected = distinct_rows(taken.rejected.iter().map(|reject| reject.row));
        let ended = answer(
            args.data.json,
            json!({
                "accepted": taken.accepted, "unchanged": taken.unchanged, "rejected": rejected, "batch": taken.import, "rejects": rejects,
            }),
        )?;
        return Ok(followed_up(drained, ended, lang));
    }
    measure(&args.file)?;
    let options = Options { columns, sheet: args.sheet.clone(), ..Options::default() };
    let hand_in = HandInPath { ledger: &args.ledger, file_name: &file, path: &args.file, options };
    let how_far = Arc::new(mingcha_ledger::Progress::default());
    let imported = telling(&progress, &how_far, platform.import_path(&actor, hand_in, args.preview, &how_far)).await?;
    let drained = if args.preview { Ok(0) } else { platform.drain().await };
    drop(progress);
    notes(lang, &imported.notes);
    let schema = platform.packs.ledger(&args.ledger);
    let title =
        |name: &str| schema.and_then(|ledger| ledger.column(name)).map_or(String::new(), |column| column.title.clone());
    let rejects: Vec<Json> = imported
        .rejects
        .iter()
        .take(REJECTS_MAX)
        .map(|reject| told(lang, reject.row, &title(&reject.column), &reject.column, &reject.trouble))
        .collect();
    let counts = imported.counts;
    if let Some(to) = args.marked.as_ref().filter(|_| counts.rejected > 0) {
        let mut desk = platform.office.reading(&actor).await?;
        let bytes = ledger_rejects::bytes(&platform, &mut desk, imported.upload, false, lang).await?;
        ledger_rejects::write(to, bytes)?;
    }
    let ended = answer(
        args.data.json,
        json!({
            "accepted": counts.added + counts.superseded, "added": counts.added, "superseded": counts.superseded,
            "unchanged": counts.unchanged, "ended": counts.ended, "rejected": counts.rejected,
            "duplicated": counts.duplicated, "batch": imported.batch.map(|batch| batch.0), "preview": args.preview,
            "upload": imported.upload.to_string(), "rejects": rejects, "rejects_left_off": imported.rejects.len().saturating_sub(REJECTS_MAX),
        }),
    )?;
    Ok(followed_up(drained, ended, lang))
}

/// Waits, and says meanwhile how far it is.
async fn telling<T>(progress: &Progress, how_far: &mingcha_ledger::Progress, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    tick.tick().await;
    loop {
        tokio::select! {
            done = &mut work => return done,
            _ = tick.tick() => {
                let (step, rows) = how_far.now();
                let doing = match step {
                    Step::Received => "收取 / receiving",
                    Step::Reading => "读取 / reading",
                    Step::Checking => "核对 / checking",
                    Step::Writing => "写入 / writing",
                };
                progress.now(&format!("{doing} {rows}"));
            }
        }
    }
}

/// Refuses a file that is too large before it is copied.
fn measure(path: &Path) -> Result<(), Failure> {
    let unreadable = |error: &std::io::Error| {
        Failure::Told(Trouble::new("MC-CLI-001").with("file", path.display()).with("detail", error))
    };
    let mut start = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| unreadable(&error))?;
    let length = file.metadata().map_err(|error| unreadable(&error))?.len();
    file.take(4096).read_to_end(&mut start).map_err(|error| unreadable(&error))?;
    let limits = mingcha_intake::Limits::default();
    let is_text = mingcha_intake::FileKind::of(&start) == mingcha_intake::FileKind::Text;
    let limit = if is_text { limits.text_bytes } else { limits.file_bytes };
    if length > limit {
        let trouble =
            Trouble::new("MC-CLI-002").with("file", path.display()).with("bytes", length).with("limit", limit);
        return Err(Failure::Told(trouble));
    }
    Ok(())
}

fn read(path: &std::path::Path) -> Result<Vec<u8>, Failure> {
    let unreadable =
        |detail: &str| Failure::Told(Trouble::new("MC-CLI-001").with("file", path.display()).with("detail", detail));
    let length = std::fs::metadata(path).map_err(|error| unreadable(&error.to_string()))?.len();
    let limit = mingcha_intake::Limits::default().file_bytes;
    if length > limit {
        let trouble =
            Trouble::new("MC-CLI-002").with("file", path.display()).with("bytes", length).with("limit", limit);
        return Err(Failure::Told(trouble));
    }
    std::fs::read(path).map_err(|error| unreadable(&error.to_string()))
}

/// `列=column`: the sheet's heading and the ledger's column; nothing after `=` leaves the heading out.
fn mapping(given: &[String]) -> Result<Vec<Assign>, Failure> {
    let one = |text: &String| {
        let (heading, column) =
            text.split_once('=').ok_or_else(|| Failure::Told(Trouble::new("MC-CLI-003").with("given", text)))?;
        let column = Some(column.trim()).filter(|column| !column.is_empty()).map(ToOwned::to_owned);
        Ok(Assign { heading: Heading::Named(heading.trim().to_owned()), column })
    };
    given.iter().map(one).collect()
}

fn told(lang: Lang, row: i64, title: &str, name: &str, trouble: &Trouble) -> Json {
    json!({
        "row": row, "column": if title.is_empty() { name } else { title }, "name": name,
        "code": trouble.code, "message": mingcha_words::say(lang, trouble),
    })
}

fn notes(lang: Lang, notes: &[Trouble]) {
    notes.iter().for_each(|note| output::notice(mingcha_words::message(lang, note)));
}

fn distinct_rows(rows: impl Iterator<Item = i64>) -> usize {
    rows.collect::<std::collections::BTreeSet<_>>().len()
}

fn answer(as_json: bool, told: Json) -> Outcome {
    let rejected = told["rejected"].as_u64().unwrap_or_default();
    if as_json {
        output::json(&told)?;
    } else {
        for reject in told["rejects"].as_array().into_iter().flatten() {
            output::line(reject["message"].as_str().unwrap_or_default());
        }
        output::line(format!(
            "收下 {} 行，不变 {} 行，退回 {rejected} 行{}{}",
            told["accepted"],
            told["unchanged"],
            match told["duplicated"].as_u64() {
                Some(count @ 1..) => format!("，重复 {count} 行"),
                _ => String::new(),
            },
            if told["batch"].is_null() { String::new() } else { format!("；第 {} 批", told["batch"]) }
        ));
    }
    Ok(if rejected > 0 { Ended::WithRejects } else { Ended::Done })
}
