//! `mingcha verify`, `backup`, `restore`: nothing altered, nothing lost.

use std::path::Path;

use mingcha_store::audit::Head;
use mingcha_words::Lang;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::args::{BackupArgs, RestoreArgs, VerifyArgs};
use crate::opening::{acting, platform};
use crate::output::{self, Ended, Failure, Outcome, Progress};

/// A head that is kept elsewhere.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptHead {
    format: u32,
    /// `SIZE:ROOT`.
    head: String,
}

/// Checks the folder against its audit trail and, if given, a kept head.
pub async fn verify(args: VerifyArgs, lang: Lang) -> Outcome {
    let kept = args.head.as_deref().map(read_head).transpose()?;
    let platform = platform(&args.data.data).await?;
    let progress = Progress::start("核对 / verifying");
    let verified = platform.verify(kept).await?;
    drop(progress);
    if let Some(path) = &args.write_head {
        write_head(path, verified.head)?;
    }
    let altered: Vec<_> = verified
        .altered
        .iter()
        .map(|trouble| json!({ "code": trouble.code, "message": mingcha_words::message(lang, trouble) }))
        .collect();
    if args.data.json {
        output::json(&json!({
            "ok": altered.is_empty(), "altered": altered, "entries": verified.head.size,
            "head": verified.head.to_string(),
        }))?;
    } else if altered.is_empty() {
        output::line(format!("一致：{} 条存证；树头 {}", verified.head.size, verified.head));
    } else {
        for trouble in &verified.altered {
            output::line(mingcha_words::say(lang, trouble));
        }
    }
    Ok(if altered.is_empty() { Ended::Done } else { Ended::No })
}

fn read_head(path: &Path) -> Result<Head, Failure> {
    let unreadable = |detail: String| Failure::plain(anyhow::anyhow!("{}: {detail}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let kept: KeptHead = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
    kept.head.parse().map_err(|_| unreadable("不是树头 / not a head".to_owned()))
}

fn write_head(path: &Path, head: Head) -> Result<(), Failure> {
    let text = serde_json::to_string(&KeptHead { format: 1, head: head.to_string() }).map_err(Failure::plain)?;
    std::fs::write(path, text).map_err(|error| Failure::plain(anyhow::anyhow!("{}: {error}", path.display())))
}

/// Writes a backup, also while the server runs.
pub async fn backup(args: BackupArgs) -> Outcome {
    let (platform, _) = acting(&args.data).await?;
    let progress = Progress::start("备份 / backing up");
    let done = mingcha_wiring::backup(&platform, &args.out).await?;
    drop(progress);
    if args.data.json {
        output::json(&json!({ "archive": done.archive, "files": done.files, "bytes": done.bytes }))?;
    } else {
        output::line(format!("{}：{} 个文件，{} 字节", done.archive.display(), done.files, done.bytes));
    }
    Ok(Ended::Done)
}

/// Restores a backup into a new folder.
pub async fn restore(args: RestoreArgs) -> Outcome {
    let done = mingcha_wiring::restore(&args.archive, &args.data)?;
    // Opening it resolves what the lake had beyond the store at the moment of the copy.
    drop(platform(&args.data).await?);
    if args.json {
        output::json(&json!({ "data": args.data, "files": done.files, "bytes": done.bytes }))?;
    } else {
        output::line(format!("{}：{} 个文件已恢复，可用 mingcha verify 核对", args.data.display(), done.files));
    }
    Ok(Ended::Done)
}
