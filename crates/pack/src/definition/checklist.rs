//! Checklists of supervision indicators: what an inspection asks on site.

/// One checklist in one version.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checklist {
    /// The pack it belongs to.
    pub pack: String,
    /// The file's name without `.toml`.
    pub key: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Version, counted up by hand when an item changes; an answer names the version it was given to.
    pub version: i64,
    /// The indicators, in order.
    pub items: Vec<Item>,
}

impl Checklist {
    /// `pack.checklist`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}.{}", self.pack, self.key)
    }
}

/// One indicator.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Item {
    /// Number within the checklist, from 1.
    pub no: i64,
    /// What is asked.
    pub title: String,
    /// In English.
    pub title_en: String,
    /// How to check it on site.
    pub how: String,
}
