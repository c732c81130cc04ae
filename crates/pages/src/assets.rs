//! The style sheet, the script and the mark, embedded from `assets/dist` (made by `npm run build` in `assets/`).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../assets/dist"]
struct Dist;

/// What is served, with its media type. A file that stands in the folder but not here is not served.
const SERVED: &[(&str, &str)] = &[
    ("mingcha.css", "text/css; charset=utf-8"),
    ("office.js", "text/javascript; charset=utf-8"),
    ("mark.svg", "image/svg+xml"),
];

/// One embedded file.
pub struct Asset {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub media_type: &'static str,
}

static ADDRESSES: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let mut addresses = BTreeMap::new();
    for (name, _) in SERVED {
        if let Some(file) = Dist::get(name) {
            let hash = file.metadata.sha256_hash();
            let version: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
            addresses.insert(*name, format!("/assets/{name}?v={version}"));
        }
    }
    addresses
});

/// The address of a file with its version, so that it can be kept for ever by the browser.
#[must_use]
pub fn address(name: &str) -> &'static str {
    ADDRESSES.get(name).map_or("", String::as_str)
}

/// The file of that name, when it is one of those served.
#[must_use]
pub fn get(name: &str) -> Option<Asset> {
    let (_, media_type) = SERVED.iter().find(|(served, _)| *served == name)?;
    Dist::get(name).map(|file| Asset { bytes: file.data, media_type })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_served_file_is_there_and_nothing_else_is_given() {
        for (name, _) in SERVED {
            assert!(
                get(name).is_some_and(|file| !file.bytes.is_empty()),
                "{name} is missing: run npm run build in assets/"
            );
            assert!(address(name).contains("?v="), "{name} has no version");
        }
        assert!(get(".stamp").is_none());
        assert!(get("../package.json").is_none());
    }
}
