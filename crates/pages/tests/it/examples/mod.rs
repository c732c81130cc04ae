//! Named examples: what the pages look like with the demo year, with nothing, and with trouble.

mod cases;
mod office;
mod portal;
mod sheets;

use mingcha_pages::{Frame, Me, Place, Rail};
use mingcha_words::Lang;

/// A rendered example.
pub struct Example {
    /// Its name; the file it is written to.
    pub name: String,
    /// The page.
    pub html: String,
    /// Whether it is one for everybody, without a script.
    pub public: bool,
}

/// Every example, in both languages.
pub fn all() -> Vec<Example> {
    let mut all = Vec::new();
    for lang in [Lang::Zh, Lang::En] {
        let tag = if lang == Lang::Zh { "zh" } else { "en" };
        let mut add = |name: &str, public: bool, html: String| {
            all.push(Example { name: format!("{name}-{tag}"), html, public });
        };
        office::examples(lang, &mut |name, html| add(name, false, html));
        cases::examples(lang, &mut |name, html| add(name, false, html));
        sheets::examples(lang, &mut |name, html| add(name, false, html));
        portal::examples(lang, &mut |name, html| add(name, true, html));
    }
    all
}

/// The frame of an office page.
pub fn frame(lang: Lang, place: Place, title: &str) -> Frame {
    let count = |place| match place {
        Place::Overview => Some(7),
        Place::Findings => Some(12),
        Place::Problems => Some(3),
        _ => None,
    };
    Frame {
        lang,
        title: title.to_owned(),
        here: format!("{}?x=1", place.href()),
        district: "定海区".into(),
        year: "2023".into(),
        demo_date: Some("2023-12-29".into()),
        csrf: "forms-token".into(),
        me: (place != Place::Public).then(|| Me { name: "周明".into(), role: "监督员".into(), unit: None }),
        place,
        rail: Place::RAIL.into_iter().map(|place| Rail { place, count: count(place) }).collect(),
        notice: None,
    }
}
