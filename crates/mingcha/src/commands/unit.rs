//! `mingcha unit`: units.

use mingcha_access::units::{self, UnitsImportError};
use mingcha_domain::Speaks;
use mingcha_words::Lang;
use serde_json::json;

use crate::args::UnitImportArgs;
use crate::opening::acting;
use crate::output::{self, Ended, Failure, Outcome};

/// Imports units from CSV, all of them or none.
pub async fn import(args: UnitImportArgs, lang: Lang) -> Outcome {
    let (platform, actor) = acting(&args.data).await?;
    let text = std::fs::read_to_string(&args.file)
        .map_err(|error| Failure::plain(anyhow::anyhow!("{}: {error}", args.file.display())))?;
    let desk = platform.office.desk(&actor).await?;
    let done = match units::import(desk, &text).await {
        Ok(done) => done,
        Err(UnitsImportError::Faults(faults)) => {
            let lines = faults.iter().map(|fault| mingcha_words::say(lang, &fault.trouble())).collect();
            return Err(Failure::Listed(lines));
        }
        Err(error) => return Err(Failure::Told(error.trouble())),
    };
    if args.data.json {
        output::json(&json!({ "added": done.added, "changed": done.changed, "unchanged": done.unchanged }))?;
    } else {
        output::line(format!("新增 {} · 更改 {} · 不变 {}", done.added, done.changed, done.unchanged));
    }
    Ok(Ended::Done)
}
