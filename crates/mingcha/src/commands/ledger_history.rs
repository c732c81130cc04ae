//! `mingcha ledger uploads | changes`: what was handed in, and what differs between two versions.

use mingcha_engine::lake::{ChangeAsk, ChangeKind};
use mingcha_ledger::{Fate, PastUpload, Undo, UploadQuery, changes, undo_of, uploads, versions};
use mingcha_web::wire::cell;
use serde_json::{Map, Value as Json, json};

use super::ledger::schema;
use crate::args::{LedgerChangesArgs, LedgerUploadsArgs};
use crate::opening::acting;
use crate::output::{self, Ended, Outcome};

/// Everything that was handed in, the newest first.
pub async fn list(args: LedgerUploadsArgs) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let mut desk = platform.office.reading(&actor).await?;
    let sources = platform.sources();
    let ground = platform.ledger_ground(&sources);
    let mut query = UploadQuery { ledger: args.ledger, fate: None, before: None, limit: 100 };
    let mut told = Vec::new();
    loop {
        let page = uploads(&mut desk, &query).await?;
        let batches: Vec<_> = page.uploads.iter().filter_map(|past| past.batch.clone()).collect();
        let undo = undo_of(&mut desk, ground, &batches).await?;
        for past in &page.uploads {
            let undo = past.batch.as_ref().and_then(|batch| undo.get(&batch.id));
            if args.data.json {
                told.push(upload_json(past, undo));
            } else {
                let (upload, fate) = (&past.upload, past.fate.name());
                let (at, by) = (upload.handed_in_at.for_people(), &upload.handed_in_by_name);
                output::line(format!("{at}\t{by}\t{}\t{}\t{fate}", upload.ledger, upload.file_name));
            }
        }
        match page.next {
            Some(next) => query.before = Some(next),
            None => break,
        }
    }
    if args.data.json {
        output::json(&told)?;
    }
    Ok(Ended::Done)
}

fn upload_json(past: &PastUpload, undo: Option<&Undo>) -> Json {
    let PastUpload { upload, batch, fate } = past;
    let counts = batch.as_ref().map(|batch| batch.counts);
    let later = match undo {
        Some(Undo::Touched { later: Some((later, _)), .. }) => Some(later.0),
        _ => None,
    };
    json!({
        "upload": upload.id.to_string(), "ledger": upload.ledger, "file": upload.file_name, "sm3": upload.sm3,
        "at": upload.handed_in_at.to_string(), "by": upload.handed_in_by_name, "state": fate.name(),
        "batch": batch.as_ref().map(|batch| batch.id.0), "sheet": batch.as_ref().map(|batch| batch.sheet.clone()),
        "added": counts.map(|c| c.added), "superseded": counts.map(|c| c.superseded),
        "unchanged": counts.map(|c| c.unchanged), "ended": counts.map(|c| c.ended),
        "rejected": counts.map(|c| c.rejected), "duplicated": counts.map(|c| c.duplicated),
        "can_withdraw": *fate == Fate::InUse && undo == Some(&Undo::Can), "hindered_by": later,
    })
}

/// What differs between two versions of a ledger, one JSON object a line with `--json`.
pub async fn differ(args: LedgerChangesArgs) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let ledger = schema(&platform.packs, &args.ledger)?;
    let mut desk = platform.office.reading(&actor).await?;
    let sources = platform.sources();
    let ground = platform.ledger_ground(&sources);
    let newest = versions(&mut desk, ground, &args.ledger).await?.first().map_or(0, |version| version.snapshot);
    let between = (args.from, args.to.unwrap_or(newest));
    let mut ask = ChangeAsk { kind: None, after: None, limit: 200 };
    loop {
        let page = changes(&mut desk, ground, &args.ledger, between, &ask).await?;
        if ask.after.is_none() && !args.data.json {
            let counts = page.counts;
            output::line(format!("新增 {}，改动 {}，去掉 {}", counts.added, counts.changed, counts.removed));
        }
        for change in &page.changes {
            let kind = match change.kind {
                ChangeKind::Added => "added",
                ChangeKind::Changed => "changed",
                ChangeKind::Removed => "removed",
            };
            let side = |row: &Option<mingcha_engine::LakeRow>| {
                row.as_ref().map(|row| {
                    let sight = mingcha_access::persons::Sight::masked();
                    let cells = ledger.columns.iter().zip(&row.values);
                    let mut object: Map<String, Json> =
                        cells.map(|(column, value)| (column.name.clone(), cell(column, value, sight))).collect();
                    object.insert("_batch".to_owned(), json!(row.at.batch.0));
                    object.insert("_row".to_owned(), json!(row.at.row));
                    object
                })
            };
            output::json_line(&json!({ "change": kind, "old": side(&change.old), "new": side(&change.new) }))?;
        }
        match page.next {
            Some(next) => ask.after = Some(next),
            None => return Ok(Ended::Done),
        }
    }
}
