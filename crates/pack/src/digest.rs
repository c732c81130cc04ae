//! SM3 over fields that cannot run into one another.

use sm3::{Digest as _, Sm3};

/// A digest over a list of texts, each preceded by its length.
pub(crate) struct Digest(Sm3);

impl Digest {
    /// Starts a digest for one purpose, so that digests of different things never agree.
    pub(crate) fn new(purpose: &str) -> Self {
        let mut digest = Self(Sm3::new());
        digest.field(purpose);
        digest
    }

    /// Adds a text. Line ends count as `\n`, so that a checkout on another system gives the same digest.
    pub(crate) fn field(&mut self, text: &str) -> &mut Self {
        let text = text.replace("\r\n", "\n");
        self.0.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.update(text.as_bytes());
        self
    }

    /// The digest in hex.
    pub(crate) fn hex(self) -> String {
        hex::encode(self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_into_one_another() {
        let digest = |fields: &[&str]| {
            let mut digest = Digest::new("test");
            for field in fields {
                digest.field(field);
            }
            digest.hex()
        };
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_eq!(digest(&["a\r\nb"]), digest(&["a\nb"]));
        assert_eq!(digest(&[]).len(), 64);
    }
}
