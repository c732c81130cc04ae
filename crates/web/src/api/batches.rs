//! Batches: the list, and taking one out.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::Uri;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use mingcha_domain::BatchNo;
use mingcha_ledger::{Hindrance, batches};
use serde::Deserialize;

use super::paging::{self, batch_cursor};
use super::receive::header;
use super::wire::{Batch, BatchPage, Withdrawn};
use super::{Caller, failed};
use crate::config::{BytesMax, FORM_BYTES_MAX};
use crate::shell::{Answer, Failure, Site};

/// A page of batches, the newest first; of one ledger or of all that the caller sees.
pub(crate) async fn list(State(site): State<Site>, caller: Caller, uri: Uri) -> Answer {
    let asked = paging::asked(&uri, &["ledger", "cursor", "limit"])?;
    let limit = paging::limit(&asked)?;
    let before = asked.some("cursor").map(batch_cursor).transpose()?.map(BatchNo);
    let mut desk = caller.reading(&site).await?;
    if let Some(ledger) = asked.some("ledger")
        && !site.platform.sees_ledger(&mut desk, ledger).await?
    {
        return Err(Failure::of(&Hindrance::NoSuchLedger { ledger: ledger.to_owned(), near: None }));
    }
    let count = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = batches(&mut desk, asked.some("ledger"), before, count).await?;
    // A page that is full may be the last one: the next is empty then.
    let next = found.last().filter(|_| found.len() == limit).map(|last| format!("b{}", last.id));
    Ok(Json(BatchPage { batches: found.iter().map(Batch::of).collect(), next }).into_response())
}

/// Why a batch is taken out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    why: String,
}

/// Takes a batch out: its rows go, what they replaced comes back.
pub(crate) async fn withdraw(
    State(site): State<Site>,
    caller: Caller,
    Path(no): Path<String>,
    request: Request,
) -> Answer {
    paging::asked(request.uri(), &[])?;
    let no = no.parse().ok().filter(|no| *no > 0).map(BatchNo).ok_or_else(failed::nothing_here)?;
    let order: Order = json(&site, request).await?;
    let gone = site.platform.withdraw(caller.actor(), no, &order.why).await?;
    Ok(Json(Withdrawn::of(gone)).into_response())
}

async fn json<T: for<'de> Deserialize<'de>>(site: &Site, request: Request) -> Result<T, Failure> {
    let kind = header(request.headers(), &CONTENT_TYPE).unwrap_or_default().to_owned();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(failed::media_type(&kind));
    }
    let body = Bytes::from_request(request, site).await;
    let body = body.map_err(|_| Failure::too_large(BytesMax(FORM_BYTES_MAX).megabytes()))?;
    serde_json::from_slice(&body).map_err(|error| failed::body(error.to_string()))
}
