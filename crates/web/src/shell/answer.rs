//! How a handler answers.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use mingcha_pages::Template;

use super::{Answer, Failure};

/// A page.
pub(crate) fn page(page: impl Template) -> Answer {
    match page.render() {
        Ok(html) => Ok(Html(html).into_response()),
        Err(error) => Err(Failure::broken(format!("a page was not drawn: {error}"))),
    }
}

/// After a deed: to the page that shows its outcome.
pub(crate) fn see_other(to: &str) -> Answer {
    Ok(Redirect::to(to).into_response())
}

/// After a deed: to the page that shows its outcome, which says once what was done. `what` ends a key
/// `web-done-WHAT` of the message files.
pub(crate) fn done(to: &str, what: &str) -> Answer {
    let join = if to.contains('?') { '&' } else { '?' };
    see_other(&format!("{to}{join}done={what}"))
}

/// A file to take away. The name is given twice, since older programs read only ASCII.
pub(crate) fn download(name: &str, media_type: &'static str, bytes: impl Into<Body>) -> Answer {
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
    let disposition = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    let mut response = Response::new(bytes.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
