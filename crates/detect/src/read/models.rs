//! What each model's last run gave.

use mingcha_access::{Action, Desk};
use mingcha_domain::{Day, Instant, RunId};
use mingcha_store::params;

use crate::DetectError;

/// A model's last run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelState {
    /// Full name.
    pub model: String,
    /// The run.
    pub run: RunId,
    /// Its number.
    pub run_number: i64,
    /// Code of how much was evaluated (`detect-how-…`).
    pub how: String,
    /// The snapshot of the lake.
    pub snapshot: i64,
    /// The business date.
    pub as_of: Day,
    /// When it ended.
    pub ended_at: Instant,
    /// Hits in what was evaluated.
    pub hits: i64,
    /// Code of the trouble it met.
    pub trouble_code: Option<String>,
}

/// The last run of every model that ever ran, by full name.
pub async fn model_states(desk: &mut Desk) -> Result<Vec<ModelState>, DetectError> {
    let scope = desk.scope(Action::ModelSee);
    let (all, _) = scope.unit_filter();
    let rows = desk
        .tx()
        .all(
            "SELECT r.model, r.run, r.run_number, r.how, r.snapshot, m.as_of, m.ended_at, r.hits, r.trouble \
             FROM model_result r JOIN model_run m ON m.id = r.run \
             WHERE $1 = 1 AND r.run_number = (SELECT MAX(n.run_number) FROM model_result n WHERE n.model = r.model) \
             ORDER BY r.model",
            params![all],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let trouble =
                row.opt_text("trouble")?.and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
            Ok(ModelState {
                model: row.get("model")?,
                run: row.get("run")?,
                run_number: row.int("run_number")?,
                how: row.get("how")?,
                snapshot: row.int("snapshot")?,
                as_of: row.get("as_of")?,
                ended_at: row.get("ended_at")?,
                hits: row.int("hits")?,
                trouble_code: trouble.and_then(|trouble| trouble["code"].as_str().map(str::to_owned)),
            })
        })
        .collect()
}
