//! A file that comes with a call: as the body itself, or as a part of a form. It goes to disk piece by piece, never as a
//! whole into memory, and is hashed on the way.

use std::error::Error;
use std::io::Write;

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::{BoxError, RequestExt};
use futures::{Stream, StreamExt};
use http_body_util::LengthLimitError;
use sm3::{Digest, Sm3};
use tempfile::NamedTempFile;

use super::failed;
use crate::config::BytesMax;
use crate::shell::{Failure, Site, bare_name, disk};

/// A file that was received.
pub(super) struct Received {
    /// Its bytes, in a file that vanishes with this value.
    pub file: NamedTempFile,
    /// The name it came with.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its SM3.
    pub sm3: String,
}

/// Media types of a body that is the file itself. What the file is, its content decides.
const FILES: &[&str] = &[
    "application/octet-stream",
    "text/csv",
    "text/tab-separated-values",
    "text/plain",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.apache.parquet",
];

/// Receives the file of a call. `name` is what its sender calls it, if the body has no name of its own.
pub(super) async fn receive(site: &Site, request: Request, name: &str) -> Result<Received, Failure> {
    let max = request.extensions().get::<BytesMax>().copied().unwrap_or(BytesMax(0));
    let declared = header(request.headers(), &CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if declared.is_some_and(|length| length > max.0) {
        return Err(Failure::too_large(max.megabytes()));
    }
    let full = header(request.headers(), &CONTENT_TYPE).unwrap_or("application/octet-stream").to_owned();
    let kind = full.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind == "multipart/form-data" {
        return of_form(site, request, max).await;
    }
    if !FILES.contains(&kind.as_str()) {
        return Err(failed::media_type(&full));
    }
    let pieces = request.into_limited_body().into_data_stream();
    let received = kept(site, pieces, name, max).await?;
    if received.bytes == 0 { Err(failed::no_file()) } else { Ok(received) }
}

async fn of_form(site: &Site, request: Request, max: BytesMax) -> Result<Received, Failure> {
    let mut form = Multipart::from_request(request, site).await.map_err(|error| failed::body(error.body_text()))?;
    loop {
        let field = form.next_field().await.map_err(|error| form_broken(&error, max))?;
        let Some(field) = field else { return Err(failed::no_file()) };
        if let Some(name) = field.file_name().map(bare_name).filter(|name| !name.is_empty()) {
            let received = kept(site, field, &name, max).await?;
            return if received.bytes == 0 { Err(failed::no_file()) } else { Ok(received) };
        }
    }
}

fn form_broken(error: &axum::extract::multipart::MultipartError, max: BytesMax) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::too_large(max.megabytes())
    } else {
        failed::body(error.body_text())
    }
}

async fn kept<E: Into<BoxError>>(
    site: &Site,
    pieces: impl Stream<Item = Result<Bytes, E>>,
    name: &str,
    max: BytesMax,
) -> Result<Received, Failure> {
    let folder = site.platform.folder.incoming();
    std::fs::create_dir_all(&folder).map_err(|error| disk(&error))?;
    let mut file = NamedTempFile::new_in(&folder).map_err(|error| disk(&error))?;
    let (mut bytes, mut digest) = (0_u64, Sm3::new());
    let mut pieces = std::pin::pin!(pieces);
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| cut_off(error.into().as_ref(), max))?;
        digest.update(&piece);
        bytes += piece.len() as u64;
        file.write_all(&piece).map_err(|error| disk(&error))?;
    }
    file.flush().map_err(|error| disk(&error))?;
    Ok(Received { file, name: name.to_owned(), bytes, sm3: hex::encode(digest.finalize()) })
}

/// A body that is too long, or a line that broke.
fn cut_off(error: &(dyn Error + 'static), max: BytesMax) -> Failure {
    let mut cause = Some(error);
    while let Some(inner) = cause {
        let too_long = inner.is::<LengthLimitError>()
            || inner
                .downcast_ref::<axum::extract::multipart::MultipartError>()
                .is_some_and(|error| error.status() == StatusCode::PAYLOAD_TOO_LARGE);
        if too_long {
            return Failure::too_large(max.megabytes());
        }
        cause = inner.source();
    }
    failed::body(error.to_string())
}

/// A header as text.
pub(super) fn header<'a>(headers: &'a HeaderMap, name: &axum::http::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
