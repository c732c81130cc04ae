//! Opens a data folder for a command, with the real clock and chance.

use std::path::Path;
use std::sync::Arc;

use mingcha_access::Actor;
use mingcha_domain::{Speaks, Trouble};
use mingcha_wiring::{Platform, WiringError};
use mingcha_words::Lang;

use crate::args::DataArgs;
use crate::clock::{RealChance, RealClock};
use crate::output::{self, Ended};

/// Opens a data folder.
pub async fn platform(root: &Path) -> Result<Platform, WiringError> {
    Platform::open(root, Arc::new(RealClock), Arc::new(RealChance)).await
}

/// Opens a data folder and finds the account that acts.
pub async fn acting(data: &DataArgs) -> Result<(Platform, Actor), WiringError> {
    let platform = platform(&data.data).await?;
    let actor = platform.actor(data.acting.as_deref()).await?;
    Ok((platform, actor))
}

/// What a command that changed something ends with, once the jobs it caused were tried: what it did stands, and was told
/// before, also when one of them failed.
pub fn followed_up(drained: Result<usize, WiringError>, ended: Ended, lang: Lang) -> Ended {
    match drained {
        Ok(_) => ended,
        Err(error) => {
            tell(Trouble::new("MC-CLI-005"), &error, lang);
            Ended::No
        }
    }
}

/// Does what is due before a command reads. A job that failed does not keep anybody from reading; it is told.
pub async fn caught_up(platform: &Platform, lang: Lang) {
    if let Err(error) = platform.drain().await {
        tell(Trouble::new("MC-CLI-006"), &error, lang);
    }
}

fn tell(trouble: Trouble, cause: &WiringError, lang: Lang) {
    let cause = mingcha_words::message(lang, &cause.trouble());
    let trouble = trouble.with("cause", cause);
    output::notice(format!("{}: {}", trouble.code, mingcha_words::say(lang, &trouble)));
}
