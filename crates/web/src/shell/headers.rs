//! Headers of every answer, and the check that a form comes from a page of ours.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Failure;

/// Everything from here, nothing inline, nowhere framed, forms only to us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Sets them.
pub(crate) async fn security_headers(request: Request, next: Next) -> Response {
    let private =
        ["/office", "/sign-in", "/sign-out", "/api/"].iter().any(|path| request.uri().path().starts_with(path));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert("permissions-policy", HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    if !headers.contains_key(CACHE_CONTROL) {
        let kept = if private { "no-store" } else { "private, no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
        headers.append(VARY, HeaderValue::from_static("cookie, accept-language"));
    }
    response
}

/// Refuses what changes something and comes from a page of another site. The token in the form is the second lock.
pub(crate) async fn from_our_own_pages(request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && is_foreign(request.headers()) {
        return Failure::foreign_form().into_response();
    }
    next.run(request).await
}

/// Whether the browser says that the request was made by another site's page. A request that says nothing about it is
/// no browser's; it still needs the token.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |value: Option<&HeaderValue>| value.and_then(|value| value.to_str().ok()).map(str::to_ascii_lowercase);
    if let Some(from) = text(headers.get("sec-fetch-site")) {
        return from != "same-origin" && from != "none";
    }
    match (text(headers.get(ORIGIN)), text(headers.get(HOST))) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, from)| from != host),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().expect("a name"), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_form_from_another_site_is_foreign_and_ours_is_not() {
        assert!(is_foreign(&headers(&[("sec-fetch-site", "cross-site"), ("host", "mingcha.gov.cn")])));
        assert!(is_foreign(&headers(&[("sec-fetch-site", "same-site"), ("host", "mingcha.gov.cn")])));
        assert!(is_foreign(&headers(&[("origin", "https://evil.example"), ("host", "mingcha.gov.cn")])));
        assert!(is_foreign(&headers(&[("origin", "null"), ("host", "mingcha.gov.cn")])));
        assert!(!is_foreign(&headers(&[("origin", "https://mingcha.gov.cn"), ("host", "mingcha.gov.cn")])));
        assert!(!is_foreign(&headers(&[("origin", "http://127.0.0.1:12388"), ("host", "127.0.0.1:12388")])));
        assert!(!is_foreign(&headers(&[("sec-fetch-site", "same-origin"), ("host", "127.0.0.1:12388")])));
        assert!(!is_foreign(&headers(&[("host", "127.0.0.1:12388")])));
    }
}
