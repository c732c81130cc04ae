//! `mingcha pack check`: every fault of a packs folder, at once.

use std::io::IsTerminal;

use mingcha_wiring::{check_packs, spoken};
use mingcha_words::Lang;

use crate::args::PackCheckArgs;
use crate::output::{self, Ended, Failure, Outcome};
use crate::packs;

/// Checks packs: syntax, SQL, locality.
pub async fn check(args: PackCheckArgs, lang: Lang) -> Outcome {
    let folder = packs::find(args.folder.as_deref()).map_err(Failure::plain)?;
    let loaded = check_packs(folder.path()).await;
    if args.json {
        let faults: Vec<_> =
            loaded.faults.iter().map(|fault| fault.json(&loaded.sources, &spoken(lang, fault))).collect();
        output::json(&faults)?;
    } else {
        let styled = std::io::stdout().is_terminal();
        for fault in &loaded.faults {
            output::line(fault.render(&loaded.sources, &spoken(lang, fault), styled));
        }
        let count = loaded.faults.len();
        let packs = loaded.set.packs.len();
        output::line(match lang {
            Lang::Zh => format!("{packs} 个专题包，{count} 处问题"),
            Lang::En => format!("{packs} packs, {count} faults"),
        });
    }
    Ok(if loaded.faults.is_empty() { Ended::Done } else { Ended::No })
}
