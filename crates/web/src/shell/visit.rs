//! One visit: the language, the number of the request, who is signed in. Found once per request, before anything else.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use mingcha_access::sessions::{self, Session};
use mingcha_access::{AccessError, Office};
use mingcha_words::Lang;

use super::{Failure, Site};

const LANGUAGE_COOKIE: &str = "lang";
/// Guards the one form that is sent before a session exists, signing in.
const DOOR_COOKIE: &str = "door";

/// The facts of one request.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    /// The language of the page.
    pub lang: Lang,
    /// Path and query.
    pub here: String,
    /// The number of the request, also in the log.
    pub request: String,
    /// Who is signed in.
    pub session: Option<Session>,
    /// What a form carries that is sent without a session.
    pub door: String,
}

impl Visit {
    /// The text of a key in the visitor's language.
    pub(crate) fn say(&self, key: &str) -> String {
        mingcha_words::text(self.lang, key)
    }

    /// The text of a key with variables.
    pub(crate) fn say_with(&self, key: &str, variables: &[(&str, String)]) -> String {
        mingcha_words::text_with(self.lang, key, variables)
    }

    /// The token that this visitor's forms carry.
    pub(crate) fn csrf(&self) -> &str {
        self.session.as_ref().map_or(&self.door, |session| &session.csrf)
    }

    /// An error unless a form carries this visitor's token.
    pub(crate) fn check_form(&self, csrf: &str) -> Result<(), Failure> {
        match &self.session {
            Some(session) => Ok(session.check_form(csrf)?),
            None if !self.door.is_empty() && self.door == csrf => Ok(()),
            None => Err(Failure::of(&AccessError::ForgedForm)),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let found = parts.extensions.get::<Arc<Self>>();
        found.map(|visit| Self::clone(visit)).ok_or_else(|| Failure::broken("a request without its visit"))
    }
}

/// The session's cookie: not for scripts, not from other sites, over HTTPS only where so configured.
pub(crate) struct SessionCookie;

impl SessionCookie {
    fn name(secure: bool) -> &'static str {
        if secure { "__Host-mingcha" } else { "mingcha" }
    }

    /// The token in a request's cookies.
    pub(crate) fn read(jar: &CookieJar, secure: bool) -> Option<String> {
        jar.get(Self::name(secure)).map(|cookie| cookie.value().to_owned())
    }

    /// The cookie that holds this token until the browser is closed.
    pub(crate) fn write(token: String, secure: bool) -> Cookie<'static> {
        own_cookie(Self::name(secure), token, secure)
    }

    /// The cookie that ends it.
    pub(crate) fn end(secure: bool) -> Cookie<'static> {
        let mut cookie = own_cookie(Self::name(secure), String::new(), secure);
        cookie.make_removal();
        cookie
    }
}

fn own_cookie(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(secure).build()
}

/// Finds the facts of the request and passes them on; on the way out sets the cookies that it asked for.
pub(crate) async fn visit(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let secure = site.config.secure_cookies;
    let asked = asked_language(request.uri().query());
    let session = match SessionCookie::read(&jar, secure) {
        Some(token) => sessions::find(site.office(), &token).await.ok(),
        None => None,
    };
    let known_door = jar.get(DOOR_COOKIE).map(|cookie| cookie.value().to_owned()).filter(|door| door.len() == 64);
    let new_door = known_door.is_none() && session.is_none();
    let visit = Visit {
        lang: asked.unwrap_or_else(|| language(&jar, request.headers())),
        here: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        request: random_hex(site.office(), 4),
        session,
        door: known_door.unwrap_or_else(|| if new_door { random_hex(site.office(), 32) } else { String::new() }),
    };
    let at_the_door = new_door && request.uri().path() == "/sign-in";
    let (door, number) = (visit.door.clone(), visit.request.clone());
    request.extensions_mut().insert(Arc::new(visit));
    let mut response = next.run(request).await;
    if let Some(lang) = asked {
        set_cookie(&mut response, &language_cookie(lang, secure));
    }
    if at_the_door {
        set_cookie(&mut response, &own_cookie(DOOR_COOKIE, door, secure));
    }
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert("x-request-id", number);
    }
    response
}

fn asked_language(query: Option<&str>) -> Option<Lang> {
    url::form_urlencoded::parse(query?.as_bytes())
        .find(|(name, _)| name == LANGUAGE_COOKIE)
        .and_then(|(_, value)| Lang::from_tag(&value))
}

/// The cookie's language, else the browser's first one that we speak, else Chinese.
fn language(jar: &CookieJar, headers: &HeaderMap) -> Lang {
    let kept = jar.get(LANGUAGE_COOKIE).and_then(|cookie| Lang::from_tag(cookie.value()));
    let spoken = || {
        let header = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        header.split(',').find_map(|tag| Lang::from_tag(tag.split(';').next().unwrap_or_default().trim()))
    };
    kept.or_else(spoken).unwrap_or_default()
}

fn language_cookie(lang: Lang, secure: bool) -> Cookie<'static> {
    let mut cookie = own_cookie(LANGUAGE_COOKIE, lang.tag().to_owned(), secure);
    cookie.make_permanent();
    cookie
}

fn set_cookie(response: &mut Response, cookie: &Cookie<'_>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.encoded().to_string()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

fn random_hex(office: &Office, bytes: usize) -> String {
    let mut buffer = vec![0; bytes];
    office.fill(&mut buffer);
    hex::encode(buffer)
}
