//! What surrounds every page: the language, who is looking, where they are, what has just happened.

use std::fmt::Display;

use mingcha_words::{Lang, text, text_with};

use crate::assets;
use crate::parts::Notice;

/// Who is signed in, as the top bar shows them.
#[derive(Clone, Debug)]
pub struct Me {
    /// Name of the account's holder.
    pub name: String,
    /// The role in words.
    pub role: String,
    /// The unit's name, for those who act for one.
    pub unit: Option<String>,
}

/// The places of the office, in the order of the rail. Only what exists stands here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// 我的待办.
    Overview,
    /// 疑点.
    Findings,
    /// 问题整改.
    Problems,
    /// 检查.
    Inspections,
    /// 台账.
    Ledgers,
    /// 模型.
    Models,
    /// 成果通报.
    Results,
    /// 设置.
    Settings,
    /// Public pages.
    Public,
}

impl Place {
    /// The places of the rail, from the top.
    pub const RAIL: [Self; 8] = [
        Self::Overview,
        Self::Findings,
        Self::Problems,
        Self::Inspections,
        Self::Ledgers,
        Self::Models,
        Self::Results,
        Self::Settings,
    ];

    /// Where its first page is.
    #[must_use]
    pub fn href(self) -> &'static str {
        match self {
            Self::Overview => "/office",
            Self::Findings => "/office/findings",
            Self::Problems => "/office/problems",
            Self::Inspections => "/office/inspections",
            Self::Ledgers => "/office/ledgers",
            Self::Models => "/office/models",
            Self::Results => "/office/results",
            Self::Settings => "/office/settings",
            Self::Public => "/",
        }
    }

    /// The key of its name in the message files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Overview => "web-place-overview",
            Self::Findings => "web-place-findings",
            Self::Problems => "web-place-problems",
            Self::Inspections => "web-place-inspections",
            Self::Ledgers => "web-place-ledgers",
            Self::Models => "web-place-models",
            Self::Results => "web-place-results",
            Self::Settings => "web-place-settings",
            Self::Public => "web-place-public",
        }
    }
}

/// One line of the rail.
#[derive(Clone, Debug)]
pub struct Rail {
    /// The place.
    pub place: Place,
    /// How many things wait there; nothing when none or not counted.
    pub count: Option<u64>,
}

/// What surrounds a page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language of the page.
    pub lang: Lang,
    /// The title of the window, without the product's name.
    pub title: String,
    /// Path and query of this page, for the other language's link.
    pub here: String,
    /// The name of the district, on the public side's masthead.
    pub district: String,
    /// The year of the action (专项治理行动).
    pub year: String,
    /// The fixed business date of a demonstration, else nothing.
    pub demo_date: Option<String>,
    /// The token that every form carries. Empty for those not signed in and without a form.
    pub csrf: String,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The place whose page this is.
    pub place: Place,
    /// The rail's lines that this role has.
    pub rail: Vec<Rail>,
    /// What has just happened, said once.
    pub notice: Option<Notice>,
}

impl Frame {
    /// The text of a key in the page's language.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        text(self.lang, key)
    }

    /// The text of a key with one variable.
    #[must_use]
    pub fn say1(&self, key: &str, name: &str, value: impl Display) -> String {
        text_with(self.lang, key, &[(name, value.to_string())])
    }

    /// The text of a key with two variables.
    #[must_use]
    pub fn say2(&self, key: &str, a: &str, is: impl Display, b: &str, and: impl Display) -> String {
        text_with(self.lang, key, &[(a, is.to_string()), (b, and.to_string())])
    }

    /// The versioned address of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> &'static str {
        assets::address(name)
    }

    /// Whether this line of the rail is where the reader is.
    #[must_use]
    pub fn is_at(&self, place: &Place) -> bool {
        self.place == *place
    }

    /// The lines that fit into the bar at a phone's bottom.
    #[must_use]
    pub fn bar(&self) -> &[Rail] {
        &self.rail[..self.rail.len().min(4)]
    }

    /// The lines behind “more” on a phone.
    #[must_use]
    pub fn more(&self) -> &[Rail] {
        &self.rail[self.rail.len().min(4)..]
    }

    /// This page in the other language.
    #[must_use]
    pub fn other_language(&self) -> String {
        let (path, query) = self.here.split_once('?').unwrap_or((&self.here, ""));
        let mut kept = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "lang") {
            kept.append_pair(&name, &value);
        }
        kept.append_pair("lang", if self.lang == Lang::Zh { "en" } else { "zh" });
        format!("{path}?{}", kept.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_language_keeps_the_rest_of_the_address() {
        let mut frame = Frame {
            lang: Lang::Zh,
            title: String::new(),
            here: "/office/findings?unit=区人社局&lang=zh&late=1".into(),
            district: String::new(),
            year: String::new(),
            demo_date: None,
            csrf: String::new(),
            me: None,
            place: Place::Findings,
            rail: Vec::new(),
            notice: None,
        };
        let other = frame.other_language();
        assert!(other.starts_with("/office/findings?unit=%E5%8C%BA"), "{other}");
        assert!(other.ends_with("&late=1&lang=en"), "{other}");
        frame.here = "/".into();
        assert_eq!(frame.other_language(), "/?lang=en");
    }
}
