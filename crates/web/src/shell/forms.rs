//! An ordinary form. Extracting it checks its token, so that no handler can forget to.

use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use mingcha_domain::{Day, Yuan};

use super::{Failure, Visit};
use crate::config::{BytesMax, FORM_BYTES_MAX};

/// What a form says, as text.
#[derive(Clone, Default, Debug)]
pub(crate) struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// Reads a query or the body of a form.
    pub(crate) fn parse(text: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(text).into_owned().collect())
    }

    /// A field, without the spaces around it; empty when it is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// A field that may be empty.
    pub(crate) fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Every value of a field that can come several times.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(field, value)| field == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
    }

    /// A field that our own pages fill in: an identifier, a version.
    pub(crate) fn ours<T: FromStr>(&self, name: &'static str) -> Result<T, Failure> {
        self.text(name).parse().map_err(|_| Failure::bad_form(name))
    }

    /// A day.
    pub(crate) fn day(&self, name: &'static str) -> Result<Day, Failure> {
        self.text(name).parse().map_err(|_| {
            let mut failure = Failure::bad_form(name);
            failure.trouble = mingcha_domain::Trouble::new("MC-WEB-007").with("text", self.text(name));
            failure
        })
    }

    /// An amount in yuan, with or without thousands separators.
    pub(crate) fn money(&self, name: &'static str) -> Result<Yuan, Failure> {
        let text: String = self.text(name).chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '元')).collect();
        text.parse().map_err(|_| {
            let mut failure = Failure::bad_form(name);
            failure.trouble = mingcha_domain::Trouble::new("MC-WEB-008").with("text", self.text(name));
            failure
        })
    }
}

/// A form that one of our pages sent.
pub(crate) struct Posted(pub Fields);

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, state).await?;
        let body = Bytes::from_request(Request::from_parts(parts, body), state)
            .await
            .map_err(|_| Failure::too_large(BytesMax(FORM_BYTES_MAX).megabytes()))?;
        let fields = Fields::parse(&body);
        visit.check_form(fields.text("csrf"))?;
        Ok(Self(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let fields = Fields::parse("amount=1,234.50+元".as_bytes());
        assert_eq!(fields.money("amount").map(Yuan::fen).ok(), Some(123_450));
        assert!(Fields::parse(b"amount=many").money("amount").is_err());
    }

    #[test]
    fn a_field_can_come_several_times_and_empty_ones_do_not_count() {
        let fields = Fields::parse(b"case=a&case=&case=b");
        assert_eq!(fields.all("case").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(fields.some("none"), None);
    }
}
