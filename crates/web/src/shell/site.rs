//! What handlers are given: the platform and the settings.

use std::sync::Arc;

use mingcha_access::{AccessError, Desk, Office};
use mingcha_wiring::Platform;

use super::{Failure, Reads, Visit, Worked};
use crate::WebConfig;
use crate::api::Guessing;

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Site {
    /// The rooms put together.
    pub platform: Arc<Platform>,
    /// The settings.
    pub config: Arc<WebConfig>,
    /// Wrong tokens, by where they came from.
    pub guessing: Guessing,
    /// What the models' worked cases gave.
    pub worked: Worked,
    /// What every model reads.
    pub reads: Reads,
}

impl Site {
    /// The office.
    pub(crate) fn office(&self) -> &Office {
        &self.platform.office
    }

    /// A write on behalf of whoever is signed in.
    pub(crate) async fn desk(&self, visit: &Visit) -> Result<Desk, Failure> {
        Ok(self.office().desk(visit.actor()?).await?)
    }

    /// A read on behalf of whoever is signed in.
    pub(crate) async fn reading(&self, visit: &Visit) -> Result<Desk, Failure> {
        Ok(self.office().reading(visit.actor()?).await?)
    }
}

impl Visit {
    /// Who is signed in; a failure that leads to the door when nobody is.
    pub(crate) fn actor(&self) -> Result<&mingcha_access::Actor, Failure> {
        self.session.as_ref().map(|session| &session.actor).ok_or_else(|| Failure::of(&AccessError::NoSession))
    }
}
