//! What did not go, as problem details (RFC 9457): the code, what happened and what to do in the caller's language, and the
//! place in the sheet where there is one.

use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use mingcha_domain::Trouble;
use mingcha_words::Lang;

use super::wire::{Place, Problem};
use crate::shell::Failure;

/// The answer to a call that did not go. `before` are the headers of the answer that it takes the place of.
pub(crate) fn problem(lang: Lang, request: &str, failure: &Failure, before: &HeaderMap) -> Response {
    let status = failure.status();
    let body = Problem {
        place: place(&failure.trouble),
        request: request.to_owned(),
        ..Problem::of(
            status,
            lang,
            failure.trouble.code,
            mingcha_words::message(lang, &failure.trouble),
            mingcha_words::remedy(lang, &failure.trouble),
        )
    };
    let mut response = answer(status, &body);
    let headers = response.headers_mut();
    if let Some(allowed) = before.get(ALLOW) {
        headers.insert(ALLOW, allowed.clone());
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"mingcha\""));
    }
    let seconds = failure.trouble.facts.iter().find(|(name, _)| *name == "seconds").map(|(_, seconds)| seconds);
    if let (StatusCode::TOO_MANY_REQUESTS, Some(Ok(seconds))) = (status, seconds.map(|text| text.parse())) {
        headers.insert(RETRY_AFTER, seconds);
    }
    response
}

/// Problem details as an answer.
pub(super) fn answer(status: StatusCode, body: &Problem) -> Response {
    match serde_json::to_vec(body) {
        Ok(text) => {
            (status, [(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))], text).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a problem that could not be told");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Row and column that a trouble is about.
fn place(trouble: &Trouble) -> Option<Place> {
    let fact = |name: &str| trouble.facts.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let place = Place { row: fact("row").and_then(|row| row.parse().ok()), column: fact("column") };
    (place != Place::default()).then_some(place)
}
