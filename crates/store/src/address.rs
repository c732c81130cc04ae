//! Where a store lives.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::StoreError;

/// A SQLite file (`sqlite:///data/mingcha.sqlite`) or a PostgreSQL database (`postgres://user@host/name`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StoreAddress {
    /// A file; made when it is missing.
    Sqlite(PathBuf),
    /// A database that exists already, as a connection address.
    Postgres(String),
}

impl StoreAddress {
    /// The store in this file.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        Self::Sqlite(path.to_path_buf())
    }
}

impl FromStr for StoreAddress {
    type Err = StoreError;
    fn from_str(text: &str) -> Result<Self, StoreError> {
        if let Some(path) = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:"))
            && !path.is_empty()
        {
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(StoreError::Address { text: without_password(text) })
    }
}

/// For people and logs: without the password.
impl fmt::Display for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return url.to_owned() };
    match user.split_once(':') {
        Some((name, _)) => format!("{scheme}://{name}:***@{host}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_file_or_a_database_and_nothing_else() {
        let file: StoreAddress = "sqlite:///data/m.sqlite".parse().expect("a file");
        assert_eq!(file, StoreAddress::Sqlite(PathBuf::from("/data/m.sqlite")));
        assert!("postgres://m@127.0.0.1/m".parse::<StoreAddress>().is_ok());
        for wrong in ["mysql://m@h/m", "sqlite://", "", "/data/m.sqlite"] {
            assert!(wrong.parse::<StoreAddress>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let address: StoreAddress = "postgres://m:p@ss:w0rd@127.0.0.1/m".parse().expect("a database");
        assert_eq!(address.to_string(), "postgres://m:***@127.0.0.1/m");
    }
}
