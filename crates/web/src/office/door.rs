//! Signing in and out.

use axum::extract::{RawQuery, State};
use axum::response::IntoResponse;
use axum_extra::extract::cookie::CookieJar;
use mingcha_access::{AccessError, accounts, sessions};
use mingcha_pages::Place;
use mingcha_pages::office::SignInPage;

use crate::shell::{Answer, Failure, Fields, Posted, SessionCookie, Site, Visit, page, see_other};

/// The door. Who is signed in already is led in.
pub(crate) async fn show(State(site): State<Site>, visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let next = own_address(Fields::parse(query.unwrap_or_default().as_bytes()).text("next"));
    if visit.session.is_some() { see_other(&next) } else { draw(&site, &visit, String::new(), next, None).await }
}

/// Opens a session and leads to where one wanted to go.
pub(crate) async fn sign_in(State(site): State<Site>, visit: Visit, Posted(fields): Posted) -> Answer {
    let next = own_address(fields.text("next"));
    match accounts::sign_in(site.office(), fields.text("login"), fields.text("password")).await {
        Ok(opened) => {
            let cookie = SessionCookie::write(opened.token, site.config.secure_cookies);
            Ok((CookieJar::new().add(cookie), see_other(&next)?).into_response())
        }
        Err(wrong @ AccessError::WrongPassword) => {
            let failure = Failure::of(&wrong);
            let mut response = draw(&site, &visit, fields.text("login").to_owned(), next, Some(&failure)).await?;
            *response.status_mut() = axum::http::StatusCode::UNAUTHORIZED;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends the session.
pub(crate) async fn sign_out(State(site): State<Site>, jar: CookieJar, _: Posted) -> Answer {
    let secure = site.config.secure_cookies;
    if let Some(token) = SessionCookie::read(&jar, secure) {
        sessions::close(site.office(), &token).await?;
    }
    Ok((CookieJar::new().add(SessionCookie::end(secure)), see_other("/")?).into_response())
}

async fn draw(site: &Site, visit: &Visit, login: String, next: String, failed: Option<&Failure>) -> Answer {
    let mut frame = site.frame(visit, Place::Public, visit.say("web-sign-in-heading")).await?;
    frame.here = "/sign-in".into();
    page(SignInPage { frame, login, next, failed: failed.map(|failure| failure.notice(visit)) })
}

/// An address of the office; whatever else was asked for becomes the overview.
fn own_address(next: &str) -> String {
    let own = next == "/office" || next.starts_with("/office/") || next.starts_with("/office?");
    if own && !next.contains('\\') && !next.chars().any(char::is_control) { next.to_owned() } else { "/office".into() }
}

#[cfg(test)]
mod tests {
    use super::own_address;

    #[test]
    fn signing_in_leads_nowhere_but_into_the_office() {
        assert_eq!(own_address("/office/findings?late=1"), "/office/findings?late=1");
        for foreign in ["https://evil.example", "//evil.example", "/office\\evil", "/officer", "/office/\r\nx: y", ""] {
            assert_eq!(own_address(foreign), "/office", "{foreign}");
        }
    }
}
