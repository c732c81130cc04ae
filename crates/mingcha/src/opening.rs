//! Opens a data folder for a command, with the real clock and chance.

use std::path::Path;
use std::sync::Arc;

use mingcha_access::Actor;
use mingcha_wiring::{Platform, WiringError};

use crate::args::DataArgs;
use crate::clock::{RealChance, RealClock};

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
