//! `mingcha ledger compact`: small files are merged.

use mingcha_words::Lang;
use serde_json::{Value as Json, json};

use crate::args::LedgerCompactArgs;
use crate::opening::{acting, followed_up};
use crate::output::{self, Ended, Outcome, Progress};

/// Merges the small files of one ledger or of all, and says what was merged.
pub async fn compact(args: LedgerCompactArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let progress = Progress::start("合并小文件 / merging small files");
    let merged = platform.compact(&actor, args.ledger.as_deref()).await?;
    drop(progress);
    let drained = platform.drain().await;
    if args.data.json {
        let told: Vec<Json> = merged
            .iter()
            .map(|each| {
                json!({ "ledger": each.ledger, "merged": each.files, "files": each.into, "rows": each.rows,
                        "version": each.readable })
            })
            .collect();
        output::json(&told)?;
    } else if merged.is_empty() {
        output::line("没有可合并的小文件 / no small files to merge");
    }
    for each in merged.iter().filter(|_| !args.data.json) {
        output::line(format!(
            "{}：{} 个文件合并为 {} 个，{} 行；原文件保留，供查看以前的版本",
            each.ledger, each.files, each.into, each.rows
        ));
    }
    Ok(followed_up(drained, Ended::Done, lang))
}
