//! Who calls: the bearer of a token with the scope that the route asks for. Nobody else comes further.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mingcha_access::tokens::{self, Bearer, TokenScope};
use mingcha_access::{AccessError, Actor, Desk};

use crate::shell::{Failure, Site};

/// Who calls.
#[derive(Clone, Debug)]
pub(crate) struct Caller(Bearer);

impl Caller {
    /// As whom the call acts.
    pub(crate) fn actor(&self) -> &Actor {
        &self.0.actor
    }

    /// A read on the caller's behalf.
    pub(crate) async fn reading(&self, site: &Site) -> Result<Desk, Failure> {
        Ok(site.office().reading(self.actor()).await?)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Failure::of(&AccessError::NoToken))
    }
}

/// Lets through whoever has a token with this scope.
pub(crate) async fn token_gate(
    State((site, scope)): State<(Site, TokenScope)>,
    mut request: Request,
    next: Next,
) -> Response {
    // Taken out first: a request's body may not be shared between threads.
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    match bearer(&site, header.as_deref().unwrap_or_default(), from).await {
        Ok(bearer) => match bearer.may(scope) {
            Ok(()) => {
                request.extensions_mut().insert(Caller(bearer));
                next.run(request).await
            }
            Err(error) => Failure::of(&error).into_response(),
        },
        Err(failure) => failure.into_response(),
    }
}

async fn bearer(site: &Site, header: &str, from: Option<IpAddr>) -> Result<Bearer, Failure> {
    let token = match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => return Err(Failure::of(&AccessError::NoToken)),
    };
    let now = site.office().now();
    if let Some(seconds) = site.guessing.shut(from, token, now) {
        return Err(Failure::of(&AccessError::TooManyWrongTokens { seconds }));
    }
    match tokens::find(site.office(), token).await {
        Ok(bearer) => {
            site.guessing.right(token);
            Ok(bearer)
        }
        Err(error) => {
            if error == AccessError::NoToken
                && let Some(shut) = site.guessing.wrong(from, now)
            {
                tokens::note_guessing(site.office(), &shut.address, shut.wrong, shut.seconds).await?;
            }
            Err(Failure::of(&error))
        }
    }
}
