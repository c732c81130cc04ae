//! Personal identifiers: hidden unless a purpose was given and is in the audit trail.

use mingcha_domain::mask;
use mingcha_store::AuditSeq;
use serde_json::json;

use crate::{AccessError, Action, Desk, Record, Subject};

/// How identifiers are shown: masked, or clear after [`unmask`]. There is no other way to a clear one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sight {
    clear: bool,
}

impl Sight {
    /// With the middle hidden.
    #[must_use]
    pub fn masked() -> Self {
        Self { clear: false }
    }

    /// Whether identifiers are shown in full.
    #[must_use]
    pub fn is_clear(self) -> bool {
        self.clear
    }

    /// An identity number or another personal identifier: `330902********1234`.
    #[must_use]
    pub fn identifier(self, text: &str) -> String {
        if self.clear { text.to_owned() } else { mask::identifier(text) }
    }

    /// A person's name: `王**`.
    #[must_use]
    pub fn name(self, text: &str) -> String {
        if self.clear { text.to_owned() } else { mask::name(text) }
    }

    /// A telephone number: `138****1234`.
    #[must_use]
    pub fn phone(self, text: &str) -> String {
        if self.clear { text.to_owned() } else { mask::phone(text) }
    }
}

/// Lets the actor see identifiers of this subject in full, and records it with the purpose. The caller commits, before
/// anything is shown.
pub async fn unmask(
    desk: &mut Desk,
    of: Subject<'_>,
    subject: &str,
    purpose: &str,
) -> Result<(Sight, AuditSeq), AccessError> {
    let permit = desk.ask(Action::PersonUnmask, of)?;
    let purpose = purpose.trim();
    if purpose.is_empty() {
        return Err(AccessError::PurposeMissing);
    }
    let record =
        Record { verb: "person.unmask", subject, why: Some(purpose), touched: &[], facts: json!({ "unit": of.unit }) };
    let seq = desk.record(&permit, record).await?;
    Ok((Sight { clear: true }, seq))
}
