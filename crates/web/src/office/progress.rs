//! How far a long deed of one's own page is, in words. Asked by the script, again and again.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use mingcha_ledger::Step;
use serde_json::json;

use crate::api::wire::step_word;
use crate::shell::{Answer, Failure, Site, Visit, known_as};

/// The stage, the rows so far, and the sentence of both. Empty when nothing of that name is under way.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, Path(name): Path<String>) -> Answer {
    let name = known_as(visit.actor()?, &name).ok_or_else(Failure::not_found)?;
    let Some(progress) = site.platform.under_way.find(&name) else {
        return Ok(Json(json!({ "stage": null, "rows": 0, "said": "" })).into_response());
    };
    let (step, rows) = progress.now();
    let stage = step_word(step);
    let counted = if rows > 0 && step != Step::Received { "-rows" } else { "" };
    let key = format!("web-progress-{stage}{counted}");
    let said = visit.say_with(&key, &[("rows", rows.to_string())]);
    Ok(Json(json!({ "stage": stage, "rows": rows, "said": said })).into_response())
}
