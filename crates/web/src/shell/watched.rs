//! A long deed whose page shows how far it is: the script gives the request a name and asks under it. Without the script
//! nothing is different.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use mingcha_access::Actor;
use mingcha_ledger::Ground;
use mingcha_wiring::imports::Told;

use super::{Site, Visit};

/// The header with the name that the script gave the request.
const HEADER: &str = "x-progress";
/// Most characters of such a name.
const NAME_CHARS_MAX: usize = 64;

/// Where a deed of this request tells how far it is, if its page asks.
pub(crate) struct Watched(Option<Told>);

impl Watched {
    /// What the ledger's use cases stand on, with somebody who waits.
    pub(crate) fn on<'a>(&'a self, ground: Ground<'a>) -> Ground<'a> {
        Ground { progress: self.0.as_ref().map(|told| &told.progress), ..ground }
    }
}

impl FromRequestParts<Site> for Watched {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        let name = parts.headers.get(HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let visit = Visit::from_request_parts(parts, site).await.ok();
        let actor = visit.as_ref().and_then(|visit| visit.actor().ok());
        Ok(Self(name.zip(actor).and_then(|(name, actor)| Some(site.platform.under_way.begin(known_as(actor, &name)?)))))
    }
}

/// The name under which only this person finds a deed.
pub(crate) fn known_as(actor: &Actor, name: &str) -> Option<String> {
    let fits = (8..=NAME_CHARS_MAX).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then(|| format!("page:{}:{name}", actor.account))
}
