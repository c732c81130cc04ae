//! Whether a model's worked cases come out as written. They run on small tables in memory, once per model and process:
//! a model's page does not change while the program runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use mingcha_engine::cases;
use mingcha_pack::Model;
use tokio::sync::Mutex;

use super::Site;

/// What each model's cases gave, by the model's full name.
#[derive(Clone, Default)]
pub(crate) struct Worked(Arc<Mutex<BTreeMap<String, Vec<bool>>>>);

impl Site {
    /// For each worked case of a model, in the page's order, whether it is fulfilled.
    pub(crate) async fn worked(&self, model: &Model) -> Vec<bool> {
        let mut known = self.worked.0.lock().await;
        if let Some(outcomes) = known.get(&model.full_name()) {
            return outcomes.clone();
        }
        let outcomes: Vec<bool> =
            cases::run(&self.platform.packs, model).await.iter().map(cases::CaseOutcome::passed).collect();
        known.insert(model.full_name(), outcomes.clone());
        outcomes
    }
}
