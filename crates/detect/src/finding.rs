//! A finding (疑点): what one model says about the data under one key.

use mingcha_access::persons::Sight;
use mingcha_domain::{Day, FindingId, Instant, RowRef, RunId, Value};
use mingcha_pack::{Model, Unmasked};
use mingcha_store::Row;

use crate::stored::{columns_read, refs_read};
use crate::{DetectError, VanishedCause};

/// Whether the data still says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FindingState {
    /// 在列: the data says it.
    Seen,
    /// 已消失: it did, and no longer does.
    Vanished(VanishedCause),
    /// 再现: it had vanished, and the data says it again.
    Returned,
}

impl FindingState {
    /// The code in the store and in the message files (`detect-state-…`).
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Vanished(_) => "vanished",
            Self::Returned => "returned",
        }
    }

    /// Whether the data says it now.
    #[must_use]
    pub fn is_there(self) -> bool {
        !matches!(self, Self::Vanished(_))
    }
}

/// A finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Its random identifier.
    pub id: FindingId,
    /// Its place in the order in which findings appeared, from 1.
    pub number: i64,
    /// Full name of the model.
    pub model: String,
    /// The key as one text, by which it is found again.
    pub key_text: String,
    /// The key's columns.
    pub key: Vec<(String, Value)>,
    /// The other columns of the result.
    pub columns: Vec<(String, Value)>,
    /// The pack, which is the project.
    pub pack: String,
    /// Code of the project's lead unit, when there is one.
    pub unit: Option<String>,
    /// What it is about, as the model says: `person`, `organisation` …
    pub subject: Option<String>,
    /// Whom or what it is about, personal identifiers masked.
    pub subject_text: Option<String>,
    /// Code of the organisation it is about.
    pub subject_code: Option<String>,
    /// What it asks for: 提示, 核查 or 暂停支付.
    pub effect: String,
    /// The sentence, masked.
    pub sentence: String,
    /// Whether the data still says it.
    pub state: FindingState,
    /// The rows it rests on, the first [`crate::EVIDENCE_MAX`] of them.
    pub evidence: Vec<RowRef>,
    /// How many they are.
    pub evidence_count: i64,
    /// The snapshot of the lake at which it was last evaluated with another outcome than before: its rows are there.
    pub snapshot: i64,
    /// The business date of that evaluation.
    pub as_of: Day,
    /// The model's version of that evaluation.
    pub model_version: String,
    /// The run that found it first.
    pub first_run: RunId,
    /// The run that changed it last.
    pub last_run: RunId,
    /// When it was found first.
    pub first_seen_at: Instant,
    /// When a run that changed it last saw it there.
    pub last_seen_at: Instant,
    /// When it changed last.
    pub changed_at: Instant,
}

impl Finding {
    /// The sentence by the page's wording as it is now, masked or in full.
    #[must_use]
    pub fn say(&self, model: &Model, sight: Sight) -> String {
        let columns: Vec<(String, Value)> = self.key.iter().chain(&self.columns).cloned().collect();
        model.wording.say(&columns, Unmasked(sight.is_clear()))
    }

    pub(crate) fn read(row: &Row) -> Result<Self, DetectError> {
        let code = row.text("state")?;
        let cause = row.opt_text("vanished_cause")?;
        let state = match (code, cause) {
            ("seen", None) => FindingState::Seen,
            ("returned", None) => FindingState::Returned,
            ("vanished", Some(cause)) => {
                FindingState::Vanished(VanishedCause::from_code(cause).ok_or_else(|| DetectError::Unreadable {
                    what: "finding.vanished_cause",
                    detail: cause.to_owned(),
                })?)
            }
            _ => {
                let detail = format!("{code} {cause:?}");
                return Err(DetectError::Unreadable { what: "finding.state", detail });
            }
        };
        Ok(Self {
            id: row.get("id")?,
            number: row.int("number")?,
            model: row.get("model")?,
            key_text: row.get("key_text")?,
            key: columns_read(row.text("finding_key")?)?,
            columns: columns_read(row.text("details")?)?,
            pack: row.get("pack")?,
            unit: row.get("unit")?,
            subject: row.get("subject")?,
            subject_text: row.get("subject_text")?,
            subject_code: row.get("subject_code")?,
            effect: row.get("effect")?,
            sentence: row.get("sentence")?,
            state,
            evidence: refs_read(row.text("evidence")?)?,
            evidence_count: row.int("evidence_count")?,
            snapshot: row.int("snapshot")?,
            as_of: row.get("as_of")?,
            model_version: row.get("model_version")?,
            first_run: row.get("first_run")?,
            last_run: row.get("last_run")?,
            first_seen_at: row.get("first_seen_at")?,
            last_seen_at: row.get("last_seen_at")?,
            changed_at: row.get("changed_at")?,
        })
    }
}
