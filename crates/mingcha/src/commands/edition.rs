//! `mingcha edition`: what the public sees.

use mingcha_publish::editions;
use mingcha_words::Lang;
use serde_json::json;

use crate::args::{EditionListArgs, EditionPublishArgs};
use crate::opening::acting;
use crate::output::{self, Ended, Outcome};

/// How many editions are listed at most.
const LIST_MAX: i64 = 200;

/// Publishes the working figures and the bulletin.
pub async fn publish(args: EditionPublishArgs, _lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    platform.drain().await?;
    let published = platform.publish(&actor, &args.note).await?;
    if args.data.json {
        output::json(&json!({ "edition": published.no, "figures": published.figures }))?;
    } else {
        output::line(format!(
            "已发布第 {} 期，{} 个数 / edition {} published",
            published.no, published.figures, published.no
        ));
    }
    Ok(Ended::Done)
}

/// Lists editions, newest first.
pub async fn list(args: EditionListArgs) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let mut desk = platform.office.reading(&actor).await?;
    let all = editions(desk.tx(), None, LIST_MAX).await?;
    let rows: Vec<_> = all
        .iter()
        .map(|edition| {
            json!({
                "edition": edition.no, "title": edition.title, "note": edition.note,
                "as_of": edition.as_of.to_string(), "published_at": edition.published_at.to_string(),
            })
        })
        .collect();
    if args.data.json {
        output::json(&rows)?;
    } else {
        for edition in &all {
            output::line(format!("第 {} 期\t{}\t{}\t{}", edition.no, edition.as_of, edition.title, edition.note));
        }
    }
    Ok(Ended::Done)
}
