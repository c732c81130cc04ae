//! The office: where a desk is asked for. It holds what every use case needs and none may reach for by itself.

use std::sync::Arc;

use mingcha_domain::{Day, Instant};
use mingcha_store::{Store, StoreError, Tx};

use crate::desk::Desk;
use crate::{AccessError, Actor, accounts};

/// Time, handed in. The real one is made in the binary, a fixed one in tests.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Instant;
}

/// Chance, handed in: the system's in the binary, seeded in tests.
pub trait Chance: Send + Sync {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// Store, clock and chance. Cheap to clone.
#[derive(Clone)]
pub struct Office {
    store: Store,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
}

impl Office {
    /// Opens the office over a store.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Self {
        Self { store, clock, chance }
    }

    /// Begins a write on behalf of this actor, whose account is looked up afresh: a closed one, or one whose role was
    /// changed since, gets no further. It holds the store until committed or dropped.
    pub async fn desk(&self, actor: &Actor) -> Result<Desk, AccessError> {
        self.seat(self.store.begin().await?, actor).await
    }

    /// Begins a read of one consistent state on behalf of this actor.
    pub async fn reading(&self, actor: &Actor) -> Result<Desk, AccessError> {
        self.seat(self.store.read().await?, actor).await
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The business date: the setting `business_date` of a demo, otherwise the day in China.
    pub async fn today(&self) -> Result<Day, StoreError> {
        business_day(&mut self.store.read().await?, self.now()).await
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Sixteen random bytes, for an identifier.
    #[must_use]
    pub fn random(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.chance.fill(&mut bytes);
        bytes
    }

    /// Random bytes, as many as fit.
    pub fn fill(&self, bytes: &mut [u8]) {
        self.chance.fill(bytes);
    }

    async fn seat(&self, mut tx: Tx, actor: &Actor) -> Result<Desk, AccessError> {
        let now = self.now();
        let actor = accounts::active(&mut tx, actor.account)
            .await?
            .ok_or_else(|| AccessError::AccountClosed { login: actor.login.clone() })?;
        let today = business_day(&mut tx, now).await?;
        let action = tx.setting("action").await?.unwrap_or_else(|| today.year().to_string());
        Ok(Desk::new(tx, self.clone(), actor, now, today, action))
    }
}

async fn business_day(tx: &mut Tx, now: Instant) -> Result<Day, StoreError> {
    match tx.setting("business_date").await? {
        Some(text) => text.parse().map_err(|error| StoreError::Unreadable {
            what: "setting business_date",
            detail: format!("{text}: {error}"),
        }),
        None => Ok(now.day_in_china()),
    }
}
