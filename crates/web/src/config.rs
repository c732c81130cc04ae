//! What can be set about the pages.

/// Settings of the web face. The defaults are for one machine that serves itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WebConfig {
    /// Whether cookies are sent over HTTPS only. Off for a plain `http://127.0.0.1`; on behind any proxy with TLS.
    pub secure_cookies: bool,
    /// Most bytes of a sheet that is handed in.
    pub sheet_bytes_max: usize,
    /// Most bytes of one piece of evidence with its form.
    pub evidence_bytes_max: usize,
}

/// Most bytes of an ordinary form.
pub(crate) const FORM_BYTES_MAX: usize = 1024 * 1024;

/// Most bytes of the body of the request at hand; set by the router, said by whoever refuses more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BytesMax(pub usize);

impl BytesMax {
    /// In megabytes, for people.
    pub(crate) fn megabytes(self) -> usize {
        self.0 / (1024 * 1024)
    }
}

impl Default for WebConfig {
    fn default() -> Self {
        Self { secure_cookies: false, sheet_bytes_max: 200 * 1024 * 1024, evidence_bytes_max: 24 * 1024 * 1024 }
    }
}
