//! Imports: a file is sent, its progress asked for, its marked workbook fetched.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use mingcha_domain::{ImportId, Trouble, UploadId};
use mingcha_wiring::imports::{Begun, Import, ImportError, ImportSeen, NewImport, Outcome};
use mingcha_words::Lang;

use super::problem::answer;
use super::receive::{Received, receive};
use super::wire::{self, ImportResult, failed_problem};
use super::{Caller, ROOT, failed, paging};
use crate::shell::{Answer, Failure, Site, Visit};

/// Most characters of an idempotency key.
pub(super) const KEY_CHARS_MAX: usize = 200;
/// How long a call waits for its import before it is answered where to ask.
const WAIT_SECONDS: u64 = 20;
/// The longest that a caller may ask to wait.
const WAIT_SECONDS_MAX: u64 = 60;
/// The name of a file that came without one.
const NAMELESS: &str = "upload";

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
const PREFER: HeaderName = HeaderName::from_static("prefer");
const APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// A file for a ledger. Answered when it is in, or with 202 and where to ask when that takes long.
pub(crate) async fn send(
    State(site): State<Site>,
    caller: Caller,
    visit: Visit,
    Path(ledger): Path<String>,
    request: Request,
) -> Answer {
    let asked = paging::asked(request.uri(), &["file_name"])?;
    let key = key(request.headers())?;
    let wait = wait(request.headers());
    // Before a byte of the file is received.
    site.platform.may_import(caller.actor(), &ledger).await?;
    let name = asked.some("file_name").map(crate::shell::bare_name).filter(|name| !name.is_empty());
    let received = receive(&site, request, name.as_deref().unwrap_or(NAMELESS)).await?;
    let new = NewImport {
        ledger: &ledger,
        file_name: &received.name,
        bytes: received.bytes,
        sm3: &received.sm3,
        key: key.as_deref(),
    };
    match site.platform.begin_import(caller.actor(), new).await? {
        Begun::Known(import) => {
            let mut response = ended(visit.lang, &visit.request, &import)?;
            response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
            Ok(response)
        }
        Begun::Run(import) => {
            let id = import.id;
            let running = run(&site, &caller, import, received);
            match tokio::time::timeout(wait.unwrap_or(Duration::from_secs(WAIT_SECONDS)), running).await {
                Ok(run) => ended(visit.lang, &visit.request, &run.map_err(broken)??),
                Err(_) => later(&site, &caller, visit.lang, id, wait).await,
            }
        }
    }
}

/// Runs it whether or not the caller stays on the line.
fn run(
    site: &Site,
    caller: &Caller,
    import: Import,
    received: Received,
) -> tokio::task::JoinHandle<Result<Import, ImportError>> {
    let (platform, actor) = (Arc::clone(&site.platform), caller.actor().clone());
    tokio::spawn(async move { platform.run_import_apart(&actor, &import, received.file.path()).await })
}

fn broken(error: tokio::task::JoinError) -> Failure {
    Failure::broken(format!("an import broke: {error}"))
}

/// What became of it: the counts, or the problem.
fn ended(lang: Lang, request: &str, import: &Import) -> Answer {
    let mut response = match &import.outcome {
        Some(Outcome::Taken(taken)) => {
            let status = if taken.batch.is_some() { StatusCode::CREATED } else { StatusCode::OK };
            (status, Json(ImportResult::of(lang, import, taken))).into_response()
        }
        Some(Outcome::Failed(failed)) => {
            let (status, mut body) = failed_problem(lang, failed);
            request.clone_into(&mut body.request);
            answer(status, &body)
        }
        None => return Err(Failure::broken(format!("import {} ended without an outcome", import.id))),
    };
    at(&mut response, import.id);
    Ok(response)
}

async fn later(site: &Site, caller: &Caller, lang: Lang, id: ImportId, wait: Option<Duration>) -> Answer {
    let seen = site.platform.import_seen(caller.actor(), id).await?;
    let mut response = (StatusCode::ACCEPTED, Json(wire::Import::of(lang, &seen))).into_response();
    at(&mut response, id);
    if wait == Some(Duration::ZERO) {
        response.headers_mut().insert(APPLIED, HeaderValue::from_static("respond-async"));
    }
    Ok(response)
}

fn at(response: &mut Response, id: ImportId) {
    if let Ok(address) = HeaderValue::from_str(&format!("{ROOT}/imports/{id}")) {
        response.headers_mut().insert(LOCATION, address);
    }
}

/// The request's key, with or without the quotes that the draft standard puts around it.
fn key(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let text = value.to_str().map_err(|_| failed::key())?.trim();
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let fits = (1..=KEY_CHARS_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
    if fits { Ok(Some(text.to_owned())) } else { Err(failed::key()) }
}

/// How long the caller would wait (RFC 7240), if it says so.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let asked = headers.get_all(PREFER).iter().filter_map(|value| value.to_str().ok());
    let mut wait = None;
    for preference in asked.flat_map(|value| value.split([',', ';'])).map(str::trim) {
        if preference.eq_ignore_ascii_case("respond-async") {
            return Some(Duration::ZERO);
        }
        if let Some(("wait", seconds)) = preference.split_once('=') {
            wait = seconds.trim().parse::<u64>().ok().map(|seconds| Duration::from_secs(seconds.min(WAIT_SECONDS_MAX)));
        }
    }
    wait
}

/// How far an import is, or what became of it.
pub(crate) async fn show(
    State(site): State<Site>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<String>,
    uri: Uri,
) -> Answer {
    paging::asked(&uri, &[])?;
    let seen = seen(&site, &caller, &id).await?;
    Ok(Json(wire::Import::of(visit.lang, &seen)).into_response())
}

/// The sheet again with the bad cells marked.
pub(crate) async fn marked(
    State(site): State<Site>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<String>,
    uri: Uri,
) -> Answer {
    paging::asked(&uri, &[])?;
    let seen = seen(&site, &caller, &id).await?;
    let upload = to_mend(&seen).ok_or_else(|| nothing_to_mend(&id))?;
    let mut desk = caller.reading(&site).await?;
    crate::office::uploads::answered(&site, &visit, &mut desk, upload, &seen.import.file_name).await
}

/// The file of an import whose rows were kept back.
fn to_mend(seen: &ImportSeen) -> Option<UploadId> {
    match &seen.import.outcome {
        Some(Outcome::Taken(taken)) if taken.rejected > 0 => seen.import.upload,
        _ => None,
    }
}

fn nothing_to_mend(id: &str) -> Failure {
    let trouble = Trouble::new("MC-API-008").with("import", id);
    Failure { trouble, kind: mingcha_domain::Kind::NotFound, log: "nothing to mend".into() }
}

async fn seen(site: &Site, caller: &Caller, id: &str) -> Result<ImportSeen, Failure> {
    let number: ImportId = id.parse().map_err(|_| ImportError::NoSuchImport { import: id.to_owned() })?;
    Ok(site.platform.import_seen(caller.actor(), number).await?)
}
