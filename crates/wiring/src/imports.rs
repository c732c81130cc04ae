//! Imports that somebody asked for and waits for: another system through the interface, or the watched folder. Each has a
//! number under which its progress and its outcome can be asked, and may carry the sender's own key, by which the same
//! request sent twice is one import.
//!
//! An import is [`begin`](crate::Platform::begin_import) → run → outcome. The outcome is written down once and told again
//! word for word. A process that ends in between leaves an import that is running for nobody: the next server resolves it
//! ([`crate::Platform::resolve_imports`]) by looking whether its batch went in. What it did to the ledger is never half
//! done; that is the ledger room's promise.

mod begin;
mod find;
mod outcome;
mod queries;
mod resolve;
mod run;

pub use begin::{Begun, NewImport};
pub use find::ImportSeen;
pub use outcome::{Failed, Outcome, Reject, Said, Taken};
pub use queries::{Import, ImportState};

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use mingcha_domain::{ImportId, Kind, Speaks, Trouble};
use mingcha_ledger::Progress;

use crate::WiringError;

/// Days for which an import and its key are remembered; a key is promised for seven.
pub const IMPORT_DAYS: i64 = 30;

/// Why an import was not begun.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The key was used for another file or another ledger.
    #[error("the key {key} was used for something else")]
    KeyOfOther {
        /// The key.
        key: String,
    },
    /// The first request with this key is still under way.
    #[error("import {import} is under way")]
    UnderWay {
        /// Its number.
        import: ImportId,
    },
    /// There is no such import, or the actor may not know of it.
    #[error("no import {import}")]
    NoSuchImport {
        /// The number given.
        import: String,
    },
    /// The platform could not.
    #[error(transparent)]
    Wiring(#[from] WiringError),
}

macro_rules! through_wiring {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for ImportError {
            fn from(error: $error) -> Self {
                Self::Wiring(error.into())
            }
        }
    )+};
}

through_wiring!(mingcha_access::AccessError, mingcha_store::StoreError);

impl Speaks for ImportError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::KeyOfOther { key } => Trouble::new("MC-API-010").with("key", key),
            Self::UnderWay { import } => Trouble::new("MC-API-011").with("import", import),
            Self::NoSuchImport { import } => Trouble::new("MC-API-013").with("import", import),
            Self::Wiring(error) => error.trouble(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::KeyOfOther { .. } => Kind::Invalid,
            Self::UnderWay { .. } => Kind::Stale,
            Self::NoSuchImport { .. } => Kind::NotFound,
            Self::Wiring(error) => error.kind(),
        }
    }
}

/// What is under way in this process, by a name that whoever waits knows.
#[derive(Clone, Debug, Default)]
pub struct UnderWay(Arc<Mutex<HashMap<String, Arc<Progress>>>>);

impl UnderWay {
    /// Begins to tell how far something is; ends when the answer is dropped.
    #[must_use]
    pub fn begin(&self, name: String) -> Told {
        let progress = Arc::new(Progress::default());
        self.lock().insert(name.clone(), Arc::clone(&progress));
        Told { under_way: self.clone(), name, progress }
    }

    /// How far it is, while it is under way.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Arc<Progress>> {
        self.lock().get(name).map(Arc::clone)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Progress>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something under way that tells how far it is.
#[derive(Debug)]
pub struct Told {
    under_way: UnderWay,
    name: String,
    /// Where it tells it.
    pub progress: Arc<Progress>,
}

impl Drop for Told {
    fn drop(&mut self) {
        let mut all = self.under_way.lock();
        // A second one of the same name has taken its place, and goes on.
        if all.get(&self.name).is_some_and(|known| Arc::ptr_eq(known, &self.progress)) {
            all.remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_way_is_found_until_it_ends() {
        let all = UnderWay::default();
        let first = all.begin("a".to_owned());
        let second = all.begin("a".to_owned());
        drop(first);
        assert!(all.find("a").is_some(), "the second goes on");
        drop(second);
        assert!(all.find("a").is_none());
    }
}
