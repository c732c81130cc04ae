//! Style sheet, script, mark; and a word for whoever watches the machine.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::shell::{Answer, Failure, Site};

/// One embedded file; its address changes with its content, so it is kept for a year.
pub(crate) async fn show(Path(name): Path<String>) -> Answer {
    let asset = mingcha_pages::assets::get(&name).ok_or_else(Failure::not_found)?;
    let mut response = Response::new(Body::from(asset.bytes.into_owned()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}

/// `ok` when the store answers.
pub(crate) async fn health(State(site): State<Site>) -> Answer {
    site.office().today().await?;
    Ok("ok\n".into_response())
}
