//! `mingcha figures`: the figures, and what each is computed from.

use mingcha_access::persons::Sight;
use mingcha_domain::Speaks;
use mingcha_publish::{figures_of, newest, working};
use mingcha_words::Lang;
use serde_json::json;

use crate::args::FiguresArgs;
use crate::opening::{acting, caught_up};
use crate::output::{self, Ended, Outcome};

/// Prints the working figures, the published ones, or opens one.
pub async fn figures(args: FiguresArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    caught_up(&platform, lang).await;
    let mut desk = platform.office.reading(&actor).await?;
    if let Some(name) = &args.explain {
        let trace = platform.trace(&mut desk, name, Sight::masked()).await?;
        if args.data.json {
            output::json(&trace.json())?;
        } else {
            let figure = &trace.explanation.figure;
            output::line(format!("{} {}", figure.title, figure.said_with_unit));
            output::line(&figure.definition);
            output::line(format!("{} 条记录；摘要 {}", figure.count, trace.explanation.root));
            for (record, rests) in trace.explanation.records.iter().zip(&trace.rests_on) {
                let mark = rests.recheck.as_deref().map(|_| "  （需复核）").unwrap_or_default();
                output::line(format!("- {}{mark}", record.reference));
                for row in rests.findings.iter().filter_map(|id| trace.findings.get(id)).flat_map(|f| &f.evidence) {
                    let line = trace.lines.get(row);
                    let file = line.map_or("?", |line| line.file.as_str());
                    output::line(format!("    第 {} 批 {file} 第 {} 行", row.batch, row.row));
                }
            }
            if trace.hidden > 0 {
                output::line(format!("另有 {} 条记录属于其他单位，不在您的查看范围。", trace.hidden));
            }
            if trace.recheck_count() > 0 {
                output::line(format!("其中 {} 条所依据的疑点已变化或不在数据里，需复查。", trace.recheck_count()));
            }
        }
        return Ok(Ended::Done);
    }
    if args.published {
        let Some(edition) = newest(desk.tx()).await? else {
            output::notice("还没有发布过 / nothing has been published yet");
            return Ok(Ended::No);
        };
        let figures = figures_of(desk.tx(), edition.id).await?;
        let rows: Vec<_> = figures
            .iter()
            .map(|published| {
                let mut row = published.figure.json();
                row["edition"] = json!(edition.no);
                row
            })
            .collect();
        output::json(&rows)?;
        return Ok(Ended::Done);
    }
    let moment = platform.moment(&mut desk).await?;
    let working = working(&desk, moment.ground(&platform.packs), None).await?;
    if args.data.json {
        output::json(&working.figures.iter().map(mingcha_publish::FigureValue::json).collect::<Vec<_>>())?;
    } else {
        for figure in &working.figures {
            output::line(format!("{}\t{}\t{}", figure.full_name(), figure.said_with_unit, figure.title));
        }
    }
    for failed in &working.failed {
        output::notice(format!("{}: {}", failed.figure, mingcha_words::say(lang, &failed.error.trouble())));
    }
    Ok(if working.failed.is_empty() { Ended::Done } else { Ended::No })
}
