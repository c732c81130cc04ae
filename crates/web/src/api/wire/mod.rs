//! The shapes that leave this house as JSON: through the interface, and on the command line, which shows ledgers and rows
//! in the same ones. A field is never renamed nor taken away within `v1`; new ones may come.
//!
//! Each is described in `schemas.json` under its own name; a test holds the two together.

mod batch;
mod import;
mod ledger;

pub use batch::{Batch, BatchPage, Withdrawn};
pub use import::{Import, ImportResult, Reject};
pub(crate) use import::{failed_problem, step_word};
pub use ledger::{Column, Ledger, LedgerList, RowPage, cell, row};

use axum::http::StatusCode;
use mingcha_words::Lang;
use serde::Serialize;

/// Problem details (RFC 9457).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Problem {
    /// Names the kind of problem; the code is its last part.
    pub r#type: String,
    /// The status in words.
    pub title: String,
    /// The status.
    pub status: u16,
    /// What happened.
    pub detail: String,
    /// What to do now.
    pub remedy: String,
    /// The code.
    pub code: String,
    /// Where in the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The number of the request, also in the log.
    pub request: String,
}

/// A place in a sheet.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Place {
    /// The line, 1-based.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<i64>,
    /// The column's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl Problem {
    /// What happened and what to do, under a status.
    pub(crate) fn of(status: StatusCode, lang: Lang, code: &str, detail: String, remedy: String) -> Self {
        let number = status.as_u16();
        let key = match number {
            401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 => format!("api-status-{number}"),
            _ if status.is_server_error() => "api-status-500".to_owned(),
            _ => "api-status-400".to_owned(),
        };
        Self {
            r#type: format!("urn:mingcha:problem:{code}"),
            title: mingcha_words::text(lang, &key),
            status: number,
            detail,
            remedy,
            code: code.to_owned(),
            place: None,
            request: String::new(),
        }
    }
}
