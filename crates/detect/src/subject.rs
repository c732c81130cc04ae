//! Whom or what a finding is about, for lists: told by the kinds of the columns that the result shows.

use mingcha_domain::{Value, mask};
use mingcha_engine::model::Hit;
use mingcha_pack::{ColumnKind, Ledger, Model, PackSet};

/// A finding's subject.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Subject {
    /// In words, personal identifiers masked.
    pub text: Option<String>,
    /// The code of the organisation that it is about; never a person's.
    pub code: Option<String>,
}

/// Reads the subject of a hit: a person by the first result column that some ledger calls a resident's number, an
/// organisation by the first one that is an organisation's code, anything else by its first key.
pub(crate) fn subject(packs: &PackSet, model: &Model, hit: &Hit) -> Subject {
    let shown = || hit.key.iter().chain(&hit.columns);
    let first_of = |wanted: ColumnKind| {
        shown().find(|(name, value)| !value.is_null() && is_of_kind(packs, model, name, wanted)).map(|(_, value)| value)
    };
    let named = |name: &str| {
        shown().find(|(column, _)| column == name).and_then(|(_, value)| value.as_text()).map(str::to_owned)
    };
    let code = first_of(ColumnKind::Uscc).map(Value::to_string);
    if let Some(resident) = first_of(ColumnKind::ResidentId) {
        let resident = mask::identifier(&resident.to_string());
        let text = match named("name") {
            Some(name) => format!("{} {resident}", mask::name(&name)),
            None => resident,
        };
        return Subject { text: Some(text), code };
    }
    if let Some(code) = code {
        return Subject { text: Some(named("org_name").unwrap_or_else(|| code.clone())), code: Some(code) };
    }
    Subject { text: hit.key.first().map(|(_, value)| value.to_string()), code: None }
}

/// Whether a ledger that the model's pack can see has a column of this name and kind.
fn is_of_kind(packs: &PackSet, model: &Model, name: &str, kind: ColumnKind) -> bool {
    let visible = |ledger: &&Ledger| {
        ledger.pack == model.pack || packs.pack(&model.pack).is_some_and(|pack| pack.depends.contains(&ledger.pack))
    };
    packs.ledgers().filter(visible).any(|ledger| ledger.column(name).is_some_and(|column| column.kind == kind))
}
