//! A data folder, opened: the one thing that both faces hold.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mingcha_access::{Actor, Chance, Clock, Office, accounts};
use mingcha_engine::Lake;
use mingcha_pack::PackSet;
use mingcha_store::Store;
use tokio::sync::Mutex;

use crate::day::models_by_day;
use crate::imports::UnderWay;
use crate::{DataFolder, WiringError, packs};

/// The platform over one data folder. Cheap to share behind an `Arc`.
pub struct Platform {
    /// Where everything lies.
    pub folder: DataFolder,
    /// Who asks, and what time it is.
    pub office: Office,
    /// The ledgers.
    pub lake: Lake,
    /// The definitions.
    pub packs: Arc<PackSet>,
    /// The command line's own account.
    pub console: Actor,
    /// Who acts when jobs run by themselves.
    pub system: Actor,
    /// What whoever waits can see the progress of.
    pub under_way: UnderWay,
    /// Models that run again when the business day turns.
    pub(crate) models_by_day: Vec<String>,
    /// Held while jobs run, so that one process runs them one after the other.
    pub(crate) running: Mutex<()>,
}

impl Platform {
    /// Opens a data folder that [`DataFolder::create`] made. What a crash left between lake and store is resolved before
    /// anything is read.
    pub async fn open(root: &Path, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Result<Self, WiringError> {
        let folder = DataFolder::find(root)?;
        let packs = Arc::new(packs::load(&folder.packs()).await?);
        let store = Store::open(&folder.store()?).await?;
        let office = Office::new(store, clock, chance);
        let built_in = accounts::built_in(&office).await?;
        let lake = Lake::open(&folder.lake()).await?;
        mingcha_ledger::recover(&office, &lake).await.map_err(|error| WiringError::room(&error))?;
        Ok(Self {
            folder,
            office,
            lake,
            under_way: UnderWay::default(),
            models_by_day: models_by_day(&packs),
            packs,
            console: built_in.console,
            system: built_in.system,
            running: Mutex::new(()),
        })
    }

    /// Files that were handed in.
    #[must_use]
    pub fn sources(&self) -> PathBuf {
        self.folder.sources()
    }

    /// Pieces of evidence.
    #[must_use]
    pub fn evidence(&self) -> PathBuf {
        self.folder.evidence()
    }

    /// The account with this login, for a command that acts as a named person.
    pub async fn actor(&self, login: Option<&str>) -> Result<Actor, WiringError> {
        let Some(login) = login else { return Ok(self.console.clone()) };
        let mut tx = self.office.store().read().await?;
        let found = accounts::by_login(&mut tx, login).await?;
        found.ok_or_else(|| mingcha_access::AccessError::NoSuchAccount { login: login.to_owned() }.into())
    }
}
