//! `ledgers/NAME.toml`: the columns of a ledger.

use mingcha_domain::Value;
use rust_decimal::Decimal;

use super::fields::{Fields, Toml};
use super::folder::{File, Folder};
use super::names::{Pending, check_distinct, check_name};
use super::{Faults, pack_file};
use crate::{Column, ColumnKind, Ledger, Load, Privacy, Rhythm, Spanned, faults};

const LOADS: [(&str, Load); 3] = [("merge", Load::Merge), ("append", Load::Append), ("snapshot", Load::Snapshot)];

const RHYTHMS: [(&str, Rhythm); 5] = [
    ("day", Rhythm::Day),
    ("week", Rhythm::Week),
    ("month", Rhythm::Month),
    ("quarter", Rhythm::Quarter),
    ("year", Rhythm::Year),
];

const PRIVACIES: [(&str, Privacy); 4] = [
    ("public", Privacy::Public),
    ("internal", Privacy::Internal),
    ("personal", Privacy::Personal),
    ("sensitive", Privacy::Sensitive),
];

/// Column names that the ledgers of every pack have already.
const RESERVED: [&str; 3] = ["_batch", "_row", "_ref"];

/// Reads a ledger; its references to other ledgers are looked up later.
pub(super) fn read(folder: &Folder, file: &File, pending: &mut Pending, faults: &Faults) -> Ledger {
    check_name(&Spanned { value: file.stem().to_owned(), at: file.start() }, faults);
    pack_file::toml(file, faults).read(|fields| named(fields, &folder.name, file.stem(), pending))
}

/// Reads a schema that is no pack's; what it references is not looked up.
pub(super) fn parse(schema: &str, name: &str, file: &str, text: &str, faults: &Faults) -> Ledger {
    let toml = Toml { file, shift: 0, text, faults };
    toml.read(|fields| named(fields, schema, name, &mut Pending::default()))
}

fn named(fields: &Fields<'_>, pack: &str, name: &str, pending: &mut Pending) -> Ledger {
    let mut names = Vec::new();
    let ledger = ledger(fields, pack, name.to_owned(), &mut names, pending);
    check_distinct(names.iter(), fields.faults());
    ledger
}

fn ledger(
    fields: &Fields<'_>,
    pack: &str,
    name: String,
    names: &mut Vec<Spanned<String>>,
    pending: &mut Pending,
) -> Ledger {
    pack_file::check_format(fields);
    let key = fields.texts("key");
    if key.is_empty() {
        fields.missing("key");
    }
    let mut ledger = Ledger {
        pack: pack.to_owned(),
        name,
        title: fields.need_text("title").value,
        title_en: fields.need_text("title_en").value,
        note: fields.text("note").unwrap_or_default().value,
        columns: Vec::new(),
        key: key.iter().map(|column| column.value.clone()).collect(),
        load: fields.word("load", &LOADS).unwrap_or_default(),
        reference: fields.boolean("reference"),
        every: fields.word("every", &RHYTHMS),
    };
    ledger.columns = fields.tables("column", |fields| column(fields, pack, names, pending));
    if ledger.columns.is_empty() {
        fields.missing("column");
    }
    check_key(&ledger, &key, fields.faults());
    ledger
}

fn check_key(ledger: &Ledger, key: &[Spanned<String>], faults: &Faults) {
    for name in key {
        match ledger.column(&name.value) {
            None => {
                let known = ledger.columns.iter().map(|column| column.name.as_str());
                faults.tell(faults::unknown_column(name.at.clone(), &name.value, &ledger.name, known));
            }
            Some(column) if !column.required => {
                faults.tell(faults::key_not_required(name.at.clone(), &name.value));
            }
            Some(_) => {}
        }
    }
    check_distinct(key.iter(), faults);
}

fn column(fields: &Fields<'_>, pack: &str, names: &mut Vec<Spanned<String>>, pending: &mut Pending) -> Column {
    let name = fields.need_text("name");
    if !RESERVED.contains(&name.value.as_str()) {
        check_name(&name, fields.faults());
    } else {
        fields.faults().tell(faults::twice(name.at.clone(), &name.value));
    }
    names.push(name.clone());
    let kind = kind(fields);
    let values = values(fields, &name.value, kind);
    let references = fields.text("references");
    pending.references.extend(references.clone());
    let column = Column {
        name: name.value,
        title: fields.need_text("title").value,
        title_en: fields.need_text("title_en").value,
        aliases: fields.texts("aliases").into_iter().map(|alias| alias.value).collect(),
        kind,
        required: fields.boolean("required"),
        privacy: fields.word("privacy", &PRIVACIES).unwrap_or_default(),
        values,
        min: limit(fields, "min", kind),
        max: limit(fields, "max", kind),
        references: references.map(|name| match name.value.contains('.') {
            true => name.value,
            false => format!("{pack}.{}", name.value),
        }),
        note: fields.text("note").unwrap_or_default().value,
        example: fields.text("example").unwrap_or_default().value,
    };
    if let (Some(min), Some(max)) = (&column.min, &column.max)
        && min > max
    {
        fields.faults().tell(faults::upside_down(fields.place("max"), &min.to_string(), &max.to_string()));
    }
    column
}

fn kind(fields: &Fields<'_>) -> ColumnKind {
    const KINDS: [(&str, ColumnKind); 9] = [
        ("text", ColumnKind::Text),
        ("integer", ColumnKind::Integer),
        ("decimal(2)", ColumnKind::Decimal { scale: 2 }),
        ("money", ColumnKind::Money),
        ("date", ColumnKind::Date),
        ("resident_id", ColumnKind::ResidentId),
        ("uscc", ColumnKind::Uscc),
        ("code", ColumnKind::Code),
        ("boolean", ColumnKind::Boolean),
    ];
    let written = fields.need_text("kind");
    let decimal = written.value.strip_prefix("decimal(").and_then(|rest| rest.strip_suffix(')'));
    if let Some(scale) = decimal.and_then(|scale| scale.parse().ok()).filter(|scale| (1..=9).contains(scale)) {
        return ColumnKind::Decimal { scale };
    }
    if let Some((_, kind)) = KINDS.iter().find(|(word, _)| *word == written.value) {
        return *kind;
    }
    if !written.value.is_empty() {
        let known = KINDS.iter().map(|(word, _)| *word);
        fields.faults().tell(faults::unknown_word(written.at, "kind", &written.value, known));
    }
    ColumnKind::default()
}

fn values(fields: &Fields<'_>, column: &str, kind: ColumnKind) -> Vec<String> {
    let values = fields.texts("values");
    if (kind == ColumnKind::Code) == values.is_empty() {
        fields.faults().tell(faults::values_and_kind(fields.place("values"), column, &kind.to_string()));
    }
    check_distinct(values.iter(), fields.faults());
    values.into_iter().map(|value| value.value).collect()
}

/// A smallest or largest value, in the type of the column's cells.
fn limit(fields: &Fields<'_>, key: &'static str, kind: ColumnKind) -> Option<Value> {
    let written = fields.scalar(key)?;
    let fits = match (kind, written.value) {
        (ColumnKind::Integer, Value::Int(number)) => Some(Value::Int(number)),
        (ColumnKind::Decimal { scale }, number) => exact(number, scale),
        (ColumnKind::Money, number) => exact(number, 2),
        (ColumnKind::Date, Value::Day(day)) => Some(Value::Day(day)),
        _ => None,
    };
    if fits.is_none() {
        fields.faults().tell(faults::limit_and_kind(written.at, key, &kind.to_string()));
    }
    fits
}

/// The number with exactly so many decimals, when it has no more of them.
fn exact(number: Value, scale: u32) -> Option<Value> {
    let mut decimal: Decimal = number.as_decimal()?.normalize();
    if decimal.scale() > scale {
        return None;
    }
    decimal.rescale(scale);
    Some(Value::Decimal(decimal))
}
