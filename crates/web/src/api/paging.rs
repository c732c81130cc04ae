//! Lists in pages: how many, and from where. A cursor is what the page before gave; what is in it is ours to change.

use axum::http::Uri;
use mingcha_domain::RowRef;

use super::failed;
use crate::shell::{Failure, Fields};

/// Entries of a page when nothing is said.
pub(super) const LIMIT: usize = 100;
/// Most entries of a page.
pub(super) const LIMIT_MAX: usize = 200;

/// The parameters of an address. One that the interface does not know, or that says nothing, is refused: a misspelt
/// `as_off` must not answer with today's rows.
pub(super) fn asked(uri: &Uri, known: &[&str]) -> Result<Fields, Failure> {
    let fields = Fields::parse(uri.query().unwrap_or_default().as_bytes());
    let misread = |(name, value): &(String, String)| value.is_empty() || !known.contains(&name.as_str());
    match fields.0.iter().find(|field| misread(field)) {
        Some((name, value)) => Err(failed::parameter(name, value)),
        None => Ok(fields),
    }
}

/// How many entries: `limit`.
pub(super) fn limit(asked: &Fields) -> Result<usize, Failure> {
    let Some((_, text)) = asked.0.iter().find(|(name, _)| name == "limit") else { return Ok(LIMIT) };
    text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit)).ok_or_else(|| failed::parameter("limit", text))
}

/// A whole number that may be left out.
pub(super) fn number(asked: &Fields, name: &str) -> Result<Option<i64>, Failure> {
    let Some((_, text)) = asked.0.iter().find(|(known, _)| known == name) else { return Ok(None) };
    text.parse().ok().filter(|number| *number >= 0).map(Some).ok_or_else(|| failed::parameter(name, text))
}

/// Where a page of rows begins: after a row of one version of the ledger, so that pages of one walk are of one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct RowCursor {
    pub version: i64,
    pub after: RowRef,
}

impl RowCursor {
    pub(super) fn write(self) -> String {
        format!("v{}r{}", self.version, self.after.packed())
    }

    pub(super) fn read(text: &str) -> Result<Self, Failure> {
        let parts = text.strip_prefix('v').and_then(|rest| rest.split_once('r'));
        let number = |text: &str| text.parse::<i64>().ok().filter(|number| *number >= 0);
        let read = parts.and_then(|(version, after)| Some((number(version)?, number(after)?)));
        let (version, after) = read.ok_or_else(|| failed::parameter("cursor", text))?;
        Ok(Self { version, after: RowRef::unpack(after) })
    }
}

/// Where a page of batches begins: below a batch.
pub(super) fn batch_cursor(text: &str) -> Result<i64, Failure> {
    let read = text.strip_prefix('b').and_then(|number| number.parse().ok()).filter(|number| *number > 0);
    read.ok_or_else(|| failed::parameter("cursor", text))
}

#[cfg(test)]
mod tests {
    use mingcha_domain::BatchNo;

    use super::*;

    #[test]
    fn a_cursor_that_was_given_is_read_again_and_nothing_else_is() {
        let cursor = RowCursor { version: 12, after: RowRef { batch: BatchNo(3), row: 45 } };
        assert_eq!(RowCursor::read(&cursor.write()).expect("read"), cursor);
        for forged in ["", "v", "v1", "r1", "v-1r1", "v1r-1", "v1r1x", "' OR 1=1", "v99999999999999999999r1"] {
            assert!(RowCursor::read(forged).is_err(), "{forged}");
        }
        assert_eq!(batch_cursor("b7").expect("read"), 7);
        assert!(batch_cursor("7").is_err() && batch_cursor("b0").is_err() && batch_cursor("b-3").is_err());
    }

    #[test]
    fn a_misspelt_parameter_is_refused() {
        let uri: Uri = "/api/v1/batches?as_off=3".parse().expect("an address");
        assert_eq!(asked(&uri, &["as_of"]).expect_err("refused").trouble.code, "MC-API-004");
        let uri: Uri = "/api/v1/batches?cursor=".parse().expect("an address");
        assert!(asked(&uri, &["cursor"]).is_err(), "an empty one says nothing");
        let uri: Uri = "/api/v1/batches?limit=0".parse().expect("an address");
        assert!(limit(&asked(&uri, &["limit"]).expect("known")).is_err());
    }
}
