//! The message files, embedded and parsed once per language.

use std::sync::LazyLock;

use fluent_templates::LanguageIdentifier;
use fluent_templates::fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use crate::Lang;

/// Every message file of both languages: room, Chinese, English. A new room's file is added here.
macro_rules! rooms {
    ($($room:literal),+ $(,)?) => {
        pub(crate) const ROOMS: &[(&str, &str, &str)] = &[$((
            $room,
            include_str!(concat!("../locales/zh-CN/", $room, ".ftl")),
            include_str!(concat!("../locales/en/", $room, ".ftl")),
        )),+];
    };
}

rooms!(
    "access", "api", "casework", "cli", "detect", "engine", "intake", "ledger", "ledgers", "mend", "pack", "publish",
    "results", "store", "web", "wiring"
);

static ZH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::Zh));
static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::En));

/// The message under a key with its variables; `None` when the key has none. A variable that was not given stays
/// visible as `{$name}`.
pub(crate) fn format<'a>(lang: Lang, key: &str, variables: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let bundle = match lang {
        Lang::Zh => &*ZH,
        Lang::En => &*EN,
    };
    let pattern = bundle.get_message(key)?.value()?;
    let mut arguments = FluentArgs::new();
    for (name, value) in variables {
        // Always as text: as a number, an identifier of 18 digits would lose its last ones.
        arguments.set(name, value.to_owned());
    }
    Some(bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned())
}

/// Parses one language. A file with faults gives what could be parsed; the tests of this crate refuse such a file.
fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag = lang.tag().parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    for (_, zh, en) in ROOMS {
        let text = if lang == Lang::Zh { zh } else { en };
        let resource = match FluentResource::try_new((*text).to_owned()) {
            Ok(resource) => resource,
            Err((partly, _)) => partly,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}
