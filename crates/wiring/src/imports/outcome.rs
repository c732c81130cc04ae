//! What became of an import, as it was told: kept word for word in both languages, so that it can be told again.

use mingcha_domain::{Kind, Speaks, Trouble};
use mingcha_words::Lang;
use serde::{Deserialize, Serialize};

use crate::import::Imported;
use crate::{Platform, WiringError};

/// Most reasons that an outcome lists; the marked workbook has them all.
pub const REJECTS_MAX: usize = 1000;

/// A sentence in both languages: what happened, and what to do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Said {
    /// The code.
    pub code: String,
    zh: [String; 2],
    en: [String; 2],
}

impl Said {
    /// Says a trouble in both languages.
    #[must_use]
    pub fn of(trouble: &Trouble) -> Self {
        let both = |lang| [mingcha_words::message(lang, trouble), mingcha_words::remedy(lang, trouble)];
        Self { code: trouble.code.to_owned(), zh: both(Lang::Zh), en: both(Lang::En) }
    }

    /// What happened.
    #[must_use]
    pub fn message(&self, lang: Lang) -> &str {
        &self.words(lang)[0]
    }

    /// What to do now.
    #[must_use]
    pub fn remedy(&self, lang: Lang) -> &str {
        &self.words(lang)[1]
    }

    /// Both, as one text.
    #[must_use]
    pub fn whole(&self, lang: Lang) -> String {
        let [message, remedy] = self.words(lang);
        mingcha_words::joined(lang, message, remedy)
    }

    fn words(&self, lang: Lang) -> &[String; 2] {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// One thing that is wrong with one row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reject {
    /// The line of the sheet, 1-based.
    pub row: i64,
    /// The column's title; empty for the row as a whole.
    pub column: String,
    /// The column's name; empty for the row as a whole.
    pub name: String,
    /// What is wrong.
    pub said: Said,
}

/// A sheet that was taken in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Taken {
    /// The batch; none when nothing in it was new.
    pub batch: Option<i64>,
    /// New keys.
    pub added: usize,
    /// Known keys with other content.
    pub superseded: usize,
    /// Known keys with the same content.
    pub unchanged: usize,
    /// Rows that ended because the sheet no longer has them.
    pub ended: usize,
    /// Rows that stand in the file more than once.
    pub duplicated: usize,
    /// Rows that must be mended.
    pub rejected: usize,
    /// Why, the first [`REJECTS_MAX`].
    pub rejects: Vec<Reject>,
    /// Reasons that are not listed.
    pub rejects_left_off: usize,
    /// What was done with the sheet that its sender should know.
    pub notes: Vec<Said>,
}

/// Why nothing was taken in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Failed {
    /// The reason.
    pub said: Said,
    /// What kind of reason it is.
    #[serde(with = "kinds")]
    pub kind: Kind,
    /// Where in the sheet, if it is about one place: row and column.
    #[serde(default)]
    pub place: Vec<(String, String)>,
}

/// What became of it. A wire format (table `import_request`): fields are only ever added, with a default.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Its good rows are in.
    Taken(Taken),
    /// Nothing is in.
    Failed(Failed),
}

impl Failed {
    /// From what a room said.
    #[must_use]
    pub fn of(error: &impl Speaks) -> Self {
        let trouble = error.trouble();
        let place = trouble.facts.iter().filter(|(name, _)| ["row", "column", "sheet", "file"].contains(name));
        let place = place.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Self { said: Said::of(&trouble), kind: error.kind(), place }
    }

    /// Whether the same again may go better: the machine failed, not the file.
    #[must_use]
    pub fn may_go_again(&self) -> bool {
        matches!(self.kind, Kind::Internal | Kind::Limit | Kind::Stale)
    }
}

impl Platform {
    /// The outcome of an import of this ledger, in words.
    pub(crate) fn outcome_of(&self, ledger: &str, imported: Result<Imported, WiringError>) -> Outcome {
        let imported = match imported {
            Ok(imported) => imported,
            Err(error) => return Outcome::Failed(Failed::of(&error)),
        };
        let schema = self.packs.ledger(ledger);
        let title =
            |name: &str| schema.and_then(|ledger| ledger.column(name)).map_or("", |column| column.title.as_str());
        let told = |reject: &crate::ImportReject| Reject {
            row: reject.row,
            column: title(&reject.column).to_owned(),
            name: reject.column.clone(),
            said: Said::of(&reject.trouble),
        };
        let counts = imported.counts;
        Outcome::Taken(Taken {
            batch: imported.batch.map(|batch| batch.0),
            added: counts.added,
            superseded: counts.superseded,
            unchanged: counts.unchanged,
            ended: counts.ended,
            duplicated: counts.duplicated,
            rejected: counts.rejected,
            rejects_left_off: imported.rejects.len().saturating_sub(REJECTS_MAX),
            rejects: imported.rejects.iter().take(REJECTS_MAX).map(told).collect(),
            notes: imported.notes.iter().map(Said::of).collect(),
        })
    }
}

/// A kind by its name.
mod kinds {
    use mingcha_domain::Kind;
    use serde::{Deserialize, Deserializer, Serializer};

    const NAMES: [(Kind, &str); 6] = [
        (Kind::NotFound, "not_found"),
        (Kind::Refused, "refused"),
        (Kind::Stale, "stale"),
        (Kind::Invalid, "invalid"),
        (Kind::Limit, "limit"),
        (Kind::Internal, "internal"),
    ];

    pub(super) fn serialize<S: Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
        let name = NAMES.iter().find(|(known, _)| known == kind).map_or("internal", |(_, name)| *name);
        serializer.serialize_str(name)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
        let name = String::deserialize(deserializer)?;
        Ok(NAMES.iter().find(|(_, known)| *known == name).map_or(Kind::Internal, |(kind, _)| *kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_is_told_again_word_for_word() {
        let error = WiringError::NoFolder { folder: "/nowhere".into() };
        let mut told = Outcome::Failed(Failed::of(&error));
        let again: Outcome = serde_json::from_str(&serde_json::to_string(&told).expect("written")).expect("read");
        assert_eq!(again, told);
        let Outcome::Failed(failed) = &mut told else { panic!("it failed") };
        assert!(failed.said.message(Lang::Zh).contains("/nowhere") && failed.said.remedy(Lang::En).contains("init"));
        assert_eq!(failed.kind, Kind::Invalid);
    }

    #[test]
    fn an_outcome_that_an_earlier_version_wrote_can_be_read() {
        let read: Outcome = serde_json::from_str(r#"{"taken":{"batch":3,"added":2}}"#).expect("read");
        let Outcome::Taken(taken) = read else { panic!("it was taken in") };
        assert_eq!((taken.batch, taken.added, taken.rejected), (Some(3), 2, 0));
    }
}
