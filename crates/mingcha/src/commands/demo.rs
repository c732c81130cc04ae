//! `mingcha demo generate`: the demo year as files.

use mingcha_domain::Day;
use mingcha_wiring::{Size, generate as generate_year, load_packs};
use serde_json::json;

use crate::args::DemoGenerateArgs;
use crate::output::{self, Ended, Failure, Outcome, Progress};
use crate::packs;

/// The business date of the demo year.
pub fn business_date() -> Result<Day, Failure> {
    Day::new(2023, 12, 29).map_err(Failure::plain)
}

/// Writes the sheets of every pack's plan, and the list of what is to be found in them.
pub async fn generate(args: DemoGenerateArgs) -> Outcome {
    let folder = packs::find(args.packs.packs.as_deref()).map_err(Failure::plain)?;
    let packs = load_packs(folder.path()).await?;
    let size = Size { rows: args.rows, seed: args.seed, as_of: business_date()? };
    let progress = Progress::start("生成示例表 / generating sheets");
    let made = generate_year(&packs, &mingcha_wiring::casework_sheets()?, &args.out, size, |sheet| progress.now(sheet))
        .await?;
    drop(progress);
    if args.json {
        let sheets: Vec<_> = made
            .sheets
            .iter()
            .map(|sheet| json!({ "ledger": sheet.ledger, "file": sheet.path, "rows": sheet.rows }))
            .collect();
        let planted: Vec<_> =
            made.planted.iter().map(|planted| json!({ "model": planted.model, "key": planted.key })).collect();
        output::json(&json!({ "sheets": sheets, "planted": planted, "near_misses": made.near_misses }))?;
    } else {
        for sheet in &made.sheets {
            output::line(format!("{}\t{}\t{} 行", sheet.ledger, sheet.path.display(), sheet.rows));
        }
        let (planted, near) = (made.planted.len(), made.near_misses.len());
        output::line(format!("种植 {planted} 条疑点（planted.csv），{near} 组近似而不应报的"));
    }
    Ok(Ended::Done)
}
