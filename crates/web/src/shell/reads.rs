//! What every model reads. Found once per process, when somebody first asks: the packs do not change while it runs.

use std::sync::Arc;

use mingcha_ledger::{ModelUses, model_uses};
use tokio::sync::OnceCell;

use super::Site;

/// What every model reads, once it is known.
#[derive(Clone, Default)]
pub(crate) struct Reads(Arc<OnceCell<ModelUses>>);

impl Site {
    /// What every model that is not retired reads.
    pub(crate) async fn model_uses(&self) -> &ModelUses {
        let packs = &self.platform.packs;
        self.reads.0.get_or_init(|| async { model_uses(packs, &mingcha_casework::ops_tables()).await }).await
    }
}
