//! What did not go, on its way to a page. A room's error becomes a [`Failure`]; the page is drawn once, outside the
//! handlers, in the visitor's language. The log gets the technical text under the same number as the page.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::header::REFERER;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mingcha_domain::{Kind, Speaks, Trouble};
use mingcha_pages::errors::ErrorPage;
use mingcha_pages::parts::{Link, Notice};
use mingcha_pages::{Frame, Place};

use super::{Visit, page};
use crate::api;

/// What a handler gives.
pub(crate) type Answer = Result<Response, Failure>;

/// Something that did not go.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// What is told.
    pub trouble: Trouble,
    /// What kind of answer it is.
    pub kind: Kind,
    /// For the log.
    pub log: String,
}

impl Failure {
    /// From what a room said.
    pub(crate) fn of(error: &impl Speaks) -> Self {
        Self { trouble: error.trouble(), kind: error.kind(), log: error.to_string() }
    }

    /// There is no such page, or not for this visitor.
    pub(crate) fn not_found() -> Self {
        Self { trouble: Trouble::new("MC-WEB-001"), kind: Kind::NotFound, log: "not found".into() }
    }

    /// This role does not have this page.
    pub(crate) fn refused() -> Self {
        Self { trouble: Trouble::new("MC-WEB-002"), kind: Kind::Refused, log: "refused by the gate".into() }
    }

    /// A form came from another site, or without its token.
    pub(crate) fn foreign_form() -> Self {
        Self { trouble: Trouble::new("MC-WEB-003"), kind: Kind::Refused, log: "a form that is not ours".into() }
    }

    /// A form is not as our pages send it.
    pub(crate) fn bad_form(what: impl Into<String>) -> Self {
        let what = what.into();
        Self { trouble: Trouble::new("MC-WEB-004").with("what", &what), kind: Kind::Invalid, log: what }
    }

    /// A sheet whose columns are those of no ledger.
    pub(crate) fn bad_sheet(file: &str) -> Self {
        let trouble = Trouble::new("MC-WEB-013").with("file", file);
        Self { trouble, kind: Kind::Invalid, log: "a sheet of no ledger".into() }
    }

    /// More was sent than is taken.
    pub(crate) fn too_large(megabytes: usize) -> Self {
        let trouble = Trouble::new("MC-WEB-005").with("max", megabytes);
        Self { trouble, kind: Kind::Limit, log: "body too large".into() }
    }

    /// Our fault.
    pub(crate) fn broken(what: impl Into<String>) -> Self {
        Self { trouble: Trouble::new("MC-WEB-006"), kind: Kind::Internal, log: what.into() }
    }

    /// Whether whoever typed can mend it on the same page.
    pub(crate) fn can_be_mended(&self) -> bool {
        matches!(self.kind, Kind::Invalid | Kind::Stale | Kind::Refused | Kind::Limit)
    }

    /// As a notice on a page.
    pub(crate) fn notice(&self, visit: &Visit) -> Notice {
        let (text, remedy) =
            (mingcha_words::message(visit.lang, &self.trouble), mingcha_words::remedy(visit.lang, &self.trouble));
        Notice::bad(text, remedy, Some(self.trouble.code.to_owned()))
    }

    /// As one sentence in a panel.
    pub(crate) fn sentence(&self, visit: &Visit) -> String {
        mingcha_words::say(visit.lang, &self.trouble)
    }

    /// The status of the answer.
    pub(crate) fn status(&self) -> StatusCode {
        status_of(self.trouble.code, self.kind)
    }
}

/// The status of a code, or else of its kind.
pub(crate) fn status_of(code: &str, kind: Kind) -> StatusCode {
    match (code, kind) {
        (NO_SESSION | "MC-ACCESS-040" | "MC-ACCESS-041" | "MC-ACCESS-042", _) => StatusCode::UNAUTHORIZED,
        ("MC-ACCESS-044", _) => StatusCode::TOO_MANY_REQUESTS,
        ("MC-API-001", _) => StatusCode::METHOD_NOT_ALLOWED,
        ("MC-API-003", _) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        // Somebody else is writing, or the disk is full: the same may go later.
        ("MC-ENGINE-101", _) => StatusCode::SERVICE_UNAVAILABLE,
        ("MC-ENGINE-102" | "MC-WEB-011" | "MC-LEDGER-013", _) => StatusCode::INSUFFICIENT_STORAGE,
        (_, Kind::NotFound) => StatusCode::NOT_FOUND,
        (_, Kind::Refused) => StatusCode::FORBIDDEN,
        (_, Kind::Stale) => StatusCode::CONFLICT,
        (_, Kind::Invalid) => StatusCode::UNPROCESSABLE_ENTITY,
        (_, Kind::Limit) => StatusCode::PAYLOAD_TOO_LARGE,
        (_, Kind::Internal) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The code of a page that is not there.
const NOT_FOUND: &str = "MC-WEB-001";
/// The code of a session that is not, or no longer, there.
const NO_SESSION: &str = "MC-ACCESS-013";

impl<E: Speaks> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::of(&error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Draws the page of a failure that a handler or the router left behind.
pub(crate) async fn render_failures(request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Arc<Visit>>().cloned();
    let from = page_of_the_form(request.headers());
    let response = next.run(request).await;
    let Some(visit) = visit else { return response };
    let called = visit.here.starts_with(api::ROOT) && visit.here != api::ROOT;
    let failure = match response.extensions().get::<Failure>() {
        Some(failure) if called && failure.trouble.code == NOT_FOUND => api::nothing_here(),
        Some(failure) => failure.clone(),
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED && called => api::wrong_method(),
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED => Failure::not_found(),
        None => return response,
    };
    if failure.kind == Kind::Internal {
        tracing::error!(request = visit.request, code = failure.trouble.code, "{}", failure.log);
    } else {
        tracing::info!(request = visit.request, code = failure.trouble.code, "{}", failure.log);
    }
    if called {
        return api::problem(visit.lang, &visit.request, &failure, response.headers());
    }
    let mut drawn = draw(&visit, &failure, from).unwrap_or_else(IntoResponse::into_response);
    *drawn.status_mut() = failure.status();
    drawn
}

/// Path and query of the page that a form was on: whoever has to sign in again comes back to it. The door lets only
/// addresses of the office through.
fn page_of_the_form(headers: &HeaderMap) -> Option<String> {
    let from = url::Url::parse(headers.get(REFERER)?.to_str().ok()?).ok()?;
    let mut kept = url::form_urlencoded::Serializer::new(String::new());
    kept.extend_pairs(from.query_pairs().filter(|(name, _)| name != "done"));
    let query = kept.finish();
    Some(if query.is_empty() { from.path().to_owned() } else { format!("{}?{query}", from.path()) })
}

fn draw(visit: &Visit, failure: &Failure, from: Option<String>) -> Answer {
    let signed_in = visit.session.is_some();
    let mut ways = Vec::new();
    if failure.trouble.code == NO_SESSION {
        let next: String = url::form_urlencoded::byte_serialize(from.unwrap_or_default().as_bytes()).collect();
        ways.push(Link::new(format!("/sign-in?next={next}"), visit.say("web-sign-in")));
    } else if signed_in {
        ways.push(Link::new("/office", visit.say("web-way-office")));
    }
    ways.push(Link::new("/", visit.say("web-way-home")));
    page(ErrorPage {
        frame: Frame {
            lang: visit.lang,
            title: mingcha_words::message(visit.lang, &failure.trouble),
            here: visit.here.clone(),
            district: String::new(),
            year: String::new(),
            demo_date: None,
            csrf: String::new(),
            me: None,
            place: Place::Public,
            rail: Vec::new(),
            notice: None,
        },
        heading: mingcha_words::message(visit.lang, &failure.trouble),
        remedy: mingcha_words::remedy(visit.lang, &failure.trouble),
        code: Some(failure.trouble.code.to_owned()),
        request: visit.request.clone(),
        ways,
    })
}
