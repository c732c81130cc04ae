//! `mingcha ledger rejects` and `mingcha ledger marked`: rows that were kept back, and the sheet to mend them in.

use mingcha_domain::{BatchNo, Trouble, UploadId};
use mingcha_ledger::{End, KeptRow, QuarantineError, UploadQuery};
use mingcha_wiring::Platform;
use mingcha_words::Lang;
use serde_json::{Value as Json, json};

use crate::args::{LedgerMarkedArgs, LedgerRejectsArgs, SheetArgs};
use crate::opening::acting;
use crate::output::{self, Ended, Failure, Outcome};

/// Uploads that are read at once.
const PAGE: usize = 100;

/// Lists rows that were kept back, each cell with what is wrong; with `--open` only those that wait.
pub async fn list(args: LedgerRejectsArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let mut desk = platform.office.reading(&actor).await?;
    let sheets = match given(&mut desk, &args.sheet).await? {
        Some(upload) => vec![upload],
        None if args.open => {
            let waiting = mingcha_ledger::waiting_sheets(&mut desk, args.ledger.as_deref()).await?;
            waiting.into_iter().map(|sheet| sheet.upload).collect()
        }
        None => every(&mut desk, args.ledger.as_deref()).await?,
    };
    let mut listed = Vec::new();
    for upload in sheets {
        let known = mingcha_ledger::upload(&mut desk, upload).await?;
        let ledger = platform.packs.ledger(&known.ledger);
        for kept in mingcha_ledger::kept_rows(&mut desk, upload).await? {
            if args.open && kept.end.is_some() {
                continue;
            }
            let title = |name: &str| ledger.and_then(|ledger| ledger.column(name)).map_or("", |column| &column.title);
            let row = told(lang, &known, &kept, title);
            if args.data.json {
                listed.push(row);
            } else {
                print(&known.file_name, &kept, &row);
            }
        }
    }
    if args.data.json {
        output::json(&listed)?;
    }
    Ok(Ended::Done)
}

fn told<'a>(lang: Lang, known: &mingcha_ledger::Upload, kept: &KeptRow, title: impl Fn(&str) -> &'a str) -> Json {
    let problems: Vec<Json> = kept
        .reject
        .problems
        .iter()
        .map(|problem| {
            json!({
                "column": title(&problem.column), "name": problem.column, "value": problem.value,
                "code": problem.trouble.code, "message": mingcha_words::say(lang, &problem.trouble),
            })
        })
        .collect();
    json!({
        "upload": known.id.to_string(), "ledger": known.ledger, "file": known.file_name,
        "batch": known.batch.map(|batch| batch.0), "row": kept.reject.row, "problems": problems,
        "end": kept.end.as_ref().map(end),
    })
}

fn end(end: &End) -> Json {
    json!({
        "how": end.how.name(), "at": end.at.to_string(), "by": end.by_name, "why": end.why,
        "upload": end.sheet.map(|(upload, _)| upload.to_string()), "row": end.sheet.map(|(_, row)| row),
        "batch": end.batch.map(|batch| batch.0),
    })
}

fn print(file: &str, kept: &KeptRow, row: &Json) {
    let ended = kept.end.as_ref().map(|end| format!("\t{} {}", end.how.name(), end.by_name)).unwrap_or_default();
    for problem in row["problems"].as_array().into_iter().flatten() {
        output::line(format!("{file}\t{}{ended}", problem["message"].as_str().unwrap_or_default()));
    }
}

/// Writes the sheet back with its bad cells marked, or only the rows to be mended.
pub async fn marked(args: LedgerMarkedArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let mut desk = platform.office.reading(&actor).await?;
    let upload = given(&mut desk, &args.sheet).await?;
    let upload = upload.ok_or_else(|| Failure::Told(Trouble::new("MC-LEDGER-046")))?;
    let bytes = bytes(&platform, &mut desk, upload, args.only_rows, lang).await?;
    write(&args.out, bytes)
}

/// The sheet of an upload with its bad cells marked, or only the rows to be mended.
pub async fn bytes(
    platform: &Platform,
    desk: &mut mingcha_access::Desk,
    upload: UploadId,
    only_rows: bool,
    lang: Lang,
) -> Result<Vec<u8>, QuarantineError> {
    if only_rows {
        return platform.rows_to_mend(desk, upload, lang).await;
    }
    Ok(platform.answer_sheet(desk, upload, lang).await?.bytes)
}

/// Writes a workbook where it was asked for.
pub fn write(to: &std::path::Path, bytes: Vec<u8>) -> Outcome {
    std::fs::write(to, bytes).map_err(|error| Failure::plain(anyhow::anyhow!("{}: {error}", to.display())))?;
    output::notice(to.display().to_string());
    Ok(Ended::Done)
}

/// The upload that was named, by itself or by its batch.
async fn given(desk: &mut mingcha_access::Desk, args: &SheetArgs) -> Result<Option<UploadId>, Failure> {
    if let Some(batch) = args.batch {
        return Ok(Some(mingcha_ledger::batch(desk, BatchNo(batch)).await?.upload));
    }
    let Some(text) = &args.upload else { return Ok(None) };
    let upload = text.parse().map_err(|_| Failure::Told(Trouble::new("MC-LEDGER-002").with("upload", text)))?;
    Ok(Some(upload))
}

async fn every(desk: &mut mingcha_access::Desk, ledger: Option<&str>) -> Result<Vec<UploadId>, Failure> {
    let mut all = Vec::new();
    let mut before = None;
    loop {
        let query = UploadQuery { ledger: ledger.map(str::to_owned), fate: None, before, limit: PAGE };
        let page = mingcha_ledger::uploads(desk, &query).await?;
        all.extend(page.uploads.iter().map(|past| past.upload.id));
        before = page.next;
        if before.is_none() {
            return Ok(all);
        }
    }
}
