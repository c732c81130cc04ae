//! The router, built from the list of routes and nothing else.

use std::any::Any;
use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::header::CACHE_CONTROL;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use mingcha_wiring::Platform;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

use crate::api::{Guessing, token_gate};
use crate::config::{BytesMax, FORM_BYTES_MAX};
use crate::shell::{Failure, Reads, Site, Worked, from_our_own_pages, gate, render_failures, security_headers, visit};
use crate::{Body, Gate, Route, WebConfig, routes};

/// The pages over a platform.
pub fn router(platform: Arc<Platform>, config: WebConfig) -> Router {
    let site = Site {
        platform,
        config: Arc::new(config),
        guessing: Guessing::default(),
        worked: Worked::default(),
        reads: Reads::default(),
    };
    let mut router = Router::new();
    for route in routes() {
        router = router.route(route.path, guarded(route, &site));
    }
    router
        .fallback(|| async { Failure::not_found() })
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(from_our_own_pages))
        .layer(from_fn(render_failures))
        .layer(from_fn_with_state(site.clone(), visit))
        .layer(from_fn(security_headers))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(holds_no_secret)))
        .with_state(site)
}

fn guarded(route: &Route, site: &Site) -> axum::routing::MethodRouter<Site> {
    let bytes = match route.body {
        Body::Form => FORM_BYTES_MAX,
        Body::Evidence => site.config.evidence_bytes_max,
        Body::Sheet => site.config.sheet_bytes_max,
    };
    let limits = (DefaultBodyLimit::max(bytes), Extension(BytesMax(bytes)));
    let limited = (route.handler)().layer::<_, Infallible>(limits);
    match route.gate {
        Gate::Token(scope) => limited.layer(from_fn_with_state((site.clone(), scope), token_gate)),
        pages => limited.layer(from_fn_with_state(pages, gate)),
    }
}

/// A page that nobody may keep has a form's token in it; compressing that beside text from outside would let its length
/// betray it (BREACH).
fn holds_no_secret(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    headers.get(CACHE_CONTROL).is_none_or(|value| value != "no-store")
}

fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Failure::broken(format!("a handler panicked: {}", text.unwrap_or("no words"))).into_response()
}
