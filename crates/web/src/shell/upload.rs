//! A form with files. The token comes first, so that nothing of a foreign form is written to disk; each file goes into
//! a temporary one piece by piece, never as a whole into memory.

use std::io::Write;

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;
use mingcha_domain::{Kind, Trouble};
use tempfile::NamedTempFile;

use super::{Failure, Fields, Site, Visit};
use crate::config::BytesMax;

/// A file that was handed in.
pub(crate) struct HandedIn {
    /// The name it had, without any folder.
    pub name: String,
    /// Its bytes, in a file that vanishes with this value.
    pub file: NamedTempFile,
}

/// A form with files that one of our pages sent.
pub(crate) struct Upload {
    /// What was typed.
    pub fields: Fields,
    /// The files with their fields' names. A file field that was left empty is not among them.
    pub files: Vec<(String, HandedIn)>,
}

impl Upload {
    /// The first file, or what to say when there is none.
    pub(crate) fn one(self) -> Result<(Fields, HandedIn), Failure> {
        let Self { fields, files } = self;
        let missing = || Failure { trouble: Trouble::new("MC-WEB-009"), kind: Kind::Invalid, log: "no file".into() };
        files.into_iter().next().map(|(_, file)| (fields, file)).ok_or_else(missing)
    }
}

impl FromRequest<Site> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, site).await?;
        let max = parts.extensions.get::<BytesMax>().map_or(0, |max| max.megabytes());
        let mut multipart = Multipart::from_request(Request::from_parts(parts, body), site)
            .await
            .map_err(|_| Failure::bad_form("multipart"))?;
        let mut upload = Self { fields: Fields::default(), files: Vec::new() };
        let mut ours = false;
        while let Some(mut field) = multipart.next_field().await.map_err(|error| cut_off(&error, max))? {
            let name = field.name().unwrap_or_default().to_owned();
            let Some(file_name) = field.file_name().map(bare_name) else {
                let value = field.text().await.map_err(|error| cut_off(&error, max))?;
                if name == "csrf" {
                    visit.check_form(&value)?;
                    ours = true;
                }
                upload.fields.0.push((name, value));
                continue;
            };
            if !ours {
                return Err(Failure::foreign_form());
            }
            let mut file = NamedTempFile::new().map_err(|error| disk(&error))?;
            while let Some(piece) = field.chunk().await.map_err(|error| cut_off(&error, max))? {
                file.write_all(&piece).map_err(|error| disk(&error))?;
            }
            file.flush().map_err(|error| disk(&error))?;
            if !file_name.is_empty() {
                upload.files.push((name, HandedIn { name: file_name, file }));
            }
        }
        if ours { Ok(upload) } else { Err(Failure::foreign_form()) }
    }
}

/// The last part of a path, whichever way its system writes paths.
pub(crate) fn bare_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect()
}

fn cut_off(error: &MultipartError, max_megabytes: usize) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::too_large(max_megabytes)
    } else {
        let trouble = Trouble::new("MC-WEB-010");
        Failure { trouble, kind: Kind::Invalid, log: format!("upload cut off: {error}") }
    }
}

/// A file that could not be written.
pub(crate) fn disk(error: &std::io::Error) -> Failure {
    let full = matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded);
    if full {
        Failure { trouble: Trouble::new("MC-WEB-011"), kind: Kind::Limit, log: error.to_string() }
    } else {
        Failure::broken(format!("a temporary file: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_and_loses_its_folders() {
        assert_eq!(bare_name("C:\\台账\\十一月.xlsx"), "十一月.xlsx");
        assert_eq!(bare_name("../../etc/passwd"), "passwd");
        assert_eq!(bare_name("a\r\nb.csv"), "ab.csv");
    }
}
