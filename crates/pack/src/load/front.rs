//! The front matter of a model's page.

use std::collections::BTreeMap;

use mingcha_domain::Value;

use super::fields::Fields;
use super::names::{Scope, check_distinct, check_name};
use super::pack_file;
use crate::digest::Digest;
use crate::{Effect, Locality, Param, Spanned, Status, Text, faults};

const EFFECTS: [(&str, Effect); 3] =
    [("提示", Effect::Hint), ("核查", Effect::Verify), ("暂停支付", Effect::HoldPayment)];

const STATUSES: [(&str, Status); 4] =
    [("draft", Status::Draft), ("trial", Status::Trial), ("live", Status::Live), ("retired", Status::Retired)];

/// What the front matter says.
pub(super) struct Front {
    pub(super) title: Spanned<String>,
    pub(super) title_en: String,
    pub(super) effect: Effect,
    pub(super) key: Vec<Spanned<String>>,
    pub(super) locality: Locality,
    pub(super) subject: String,
    pub(super) basis: Vec<String>,
    pub(super) status: Status,
    pub(super) params: Vec<Param>,
}

impl Front {
    /// SM3 over what decides the outcome; prose, wording and cases do not.
    pub(super) fn version(&self, sql: &Text) -> String {
        let mut digest = Digest::new("mingcha-model-1");
        digest.field(&sql.value);
        for column in &self.key {
            digest.field("key").field(&column.value);
        }
        for param in &self.params {
            digest.field("param").field(&param.name).field(&typed(&param.value));
            for (name, value) in &param.keys {
                digest.field("by").field(name).field(&typed(value));
            }
            for day in [param.valid_from, param.valid_to] {
                digest.field(&day.map(|day| day.to_string()).unwrap_or_default());
            }
        }
        if let Locality::Local { by } = &self.locality {
            for (ledger, by) in by {
                digest.field("local").field(ledger).field(&by.value);
            }
        }
        digest.hex()
    }
}

/// Reads the fields between the two lines `+++`.
pub(super) fn read(scope: &Scope<'_>, fields: &Fields<'_>) -> Front {
    pack_file::check_format(fields);
    let key = fields.texts("key");
    if key.is_empty() {
        fields.missing("key");
    }
    key.iter().for_each(|name| check_name(name, scope.faults));
    check_distinct(key.iter(), scope.faults);
    let basis = fields.texts("basis");
    if basis.is_empty() {
        fields.missing("basis");
    }
    let title = fields.need_text("title");
    let title_en = fields.need_text("title_en").value;
    fields.need_text("effect");
    let params = fields.named_tables("params", param);
    check_params(scope, &params);
    Front {
        title,
        title_en,
        effect: fields.word("effect", &EFFECTS).unwrap_or_default(),
        key,
        locality: locality(scope, fields),
        subject: fields.need_text("subject").value,
        basis: basis.into_iter().map(|basis| basis.value).collect(),
        status: fields.word("status", &STATUSES).unwrap_or_default(),
        params,
    }
}

fn locality(scope: &Scope<'_>, fields: &Fields<'_>) -> Locality {
    let whole = fields.boolean("whole_ledger");
    let mut by = BTreeMap::new();
    for (ledger, expression) in fields.scalars("local_by") {
        let Some(text) = expression.value.as_text() else {
            scope.faults.tell(faults::wrong_type(expression.at, &ledger.value, "text"));
            continue;
        };
        if let Some(ledger) = scope.ledger(&ledger) {
            let at = expression.at.part(1..expression.at.span().len().saturating_sub(1));
            by.insert(ledger.full_name(), Spanned { value: text.to_owned(), at });
        }
    }
    if whole == fields.has("local_by") {
        scope.faults.tell(faults::locality_unclear(fields.place("local_by")));
    }
    if whole || by.is_empty() { Locality::WholeLedger } else { Locality::Local { by } }
}

fn param(name: &Spanned<String>, fields: &Fields<'_>) -> Param {
    check_name(name, fields.faults());
    if !fields.has("value") {
        fields.missing("value");
    }
    let value = fields.scalar("value").map(|value| value.value).unwrap_or_default();
    let (from, to) = (fields.day("valid_from"), fields.day("valid_to"));
    if let (Some(from), Some(to)) = (&from, &to)
        && from.value > to.value
    {
        let (low, high) = (from.value.to_string(), to.value.to_string());
        fields.faults().tell(faults::upside_down(to.at.clone(), &low, &high));
    }
    Param {
        name: name.value.clone(),
        value,
        keys: fields.scalars("keys").into_iter().map(|(name, value)| (name.value, value.value)).collect(),
        source: fields.need_text("source").value,
        level: fields.need_text("level").value,
        valid_from: from.map(|day| day.value),
        valid_to: to.map(|day| day.value),
        at: fields.at.clone(),
    }
}

/// All rows of one parameter have the same key columns: they become one table.
fn check_params(scope: &Scope<'_>, params: &[Param]) {
    let columns = |param: &Param| param.keys.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    for (first, next) in params.iter().zip(params.iter().skip(1)) {
        if first.name == next.name && columns(first) != columns(next) {
            scope.faults.tell(faults::other_keys(next.at.clone(), &next.name));
        }
    }
}

/// The text `3` and the number 3 are different parameters.
fn typed(value: &Value) -> String {
    let kind = if value.as_text().is_some() { "text" } else { "" };
    format!("{kind}:{value}")
}
