//! Every fault that a pack's files can have, built by a function named by the problem, so that its facts have one home.
//! The words stand in `crates/words/locales/*/pack.ftl`.

use mingcha_domain::Trouble;

use crate::near::nearest;
use crate::{At, Fault};

/// Adds the nearest known name and the list of names: `has_near` tells the words whether there is one.
fn known_names<'a>(trouble: Trouble, written: &str, known: impl Iterator<Item = &'a str> + Clone) -> Trouble {
    const NAMES_SHOWN_MAX: usize = 20;
    let near = nearest(written, known.clone());
    // What is nameless because its own name is a fault helps nobody here.
    let mut names: Vec<&str> = known.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let more = if names.len() > NAMES_SHOWN_MAX { " …" } else { "" };
    names.truncate(NAMES_SHOWN_MAX);
    trouble
        .with("has_near", if near.is_some() { "yes" } else { "no" })
        .with("near", near.unwrap_or_default())
        .with("known", format!("{}{more}", names.join(", ")))
}

pub(crate) fn unreadable(at: At, reason: &std::io::Error) -> Fault {
    let file = at.file.clone();
    Fault::new(at, Trouble::new("MC-PACK-001").with("file", file).with("reason", reason))
}

pub(crate) fn not_toml(at: At, reason: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-002").with("reason", reason))
}

pub(crate) fn unknown_key(at: At, key: &str, known: &[&str]) -> Fault {
    let trouble = Trouble::new("MC-PACK-003").with("key", key);
    Fault::new(at, known_names(trouble, key, known.iter().copied()))
}

pub(crate) fn missing_key(at: At, key: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-004").with("key", key))
}

/// `expected` is a key of the words: text, integer, number, boolean, date, list, table, scalar.
pub(crate) fn wrong_type(at: At, key: &str, expected: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-005").with("key", key).with("expected", expected))
}

pub(crate) fn unknown_word<'a>(
    at: At,
    key: &str,
    written: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Fault {
    let trouble = Trouble::new("MC-PACK-006").with("key", key).with("value", written);
    Fault::new(at, known_names(trouble, written, known))
}

pub(crate) fn bad_name(at: At, name: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-007").with("name", name))
}

pub(crate) fn twice(at: At, name: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-008").with("name", name))
}

pub(crate) fn unknown_column<'a>(
    at: At,
    column: &str,
    ledger: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Fault {
    let trouble = Trouble::new("MC-PACK-009").with("column", column).with("ledger", ledger);
    Fault::new(at, known_names(trouble, column, known))
}

pub(crate) fn key_not_required(at: At, column: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-010").with("column", column))
}

pub(crate) fn unknown_ledger<'a>(at: At, ledger: &str, known: impl Iterator<Item = &'a str> + Clone) -> Fault {
    Fault::new(at, known_names(Trouble::new("MC-PACK-011").with("ledger", ledger), ledger, known))
}

pub(crate) fn other_format(at: At, format: i64) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-012").with("format", format))
}

pub(crate) fn key_is_not_the_folder(at: At, key: &str, folder: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-013").with("key", key).with("folder", folder))
}

pub(crate) fn missing_file(at: At, file: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-014").with("file", file))
}

pub(crate) fn no_front_matter(at: At) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-015"))
}

pub(crate) fn missing_section(at: At, heading: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-016").with("heading", heading))
}

pub(crate) fn not_one_sql(at: At, count: usize) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-017").with("count", count))
}

pub(crate) fn open_braces(at: At) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-018"))
}

/// `lacking` is `hit` or `silent`.
pub(crate) fn no_case(at: At, lacking: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-019").with("lacking", lacking))
}

/// `line` is what announces a table: ``given `ledger` `` or `then`.
pub(crate) fn table_missing(at: At, line: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-020").with("line", line))
}

pub(crate) fn ragged_row(at: At, cells: usize, columns: usize) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-021").with("cells", cells).with("columns", columns))
}

/// `shape` is a key of the words: text, integer, decimal, date, code, boolean.
pub(crate) fn wrong_cell(at: At, column: &str, value: &str, shape: &str, allowed: &str) -> Fault {
    let trouble = Trouble::new("MC-PACK-022").with("column", column).with("value", value).with("shape", shape);
    Fault::new(at, trouble.with("allowed", allowed))
}

pub(crate) fn no_then(at: At, case: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-023").with("case", case))
}

pub(crate) fn unknown_row<'a>(at: At, label: &str, known: impl Iterator<Item = &'a str> + Clone) -> Fault {
    Fault::new(at, known_names(Trouble::new("MC-PACK-024").with("label", label), label, known))
}

pub(crate) fn values_and_kind(at: At, column: &str, kind: &str) -> Fault {
    let code = if kind == "code" { "yes" } else { "no" };
    Fault::new(at, Trouble::new("MC-PACK-025").with("column", column).with("kind", kind).with("is_code", code))
}

pub(crate) fn limit_and_kind(at: At, key: &str, kind: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-026").with("key", key).with("kind", kind))
}

pub(crate) fn locality_unclear(at: At) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-027"))
}

pub(crate) fn upside_down(at: At, low: &str, high: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-028").with("low", low).with("high", high))
}

pub(crate) fn pack_not_in_depends(at: At, pack: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-029").with("pack", pack))
}

pub(crate) fn unknown_pack<'a>(at: At, pack: &str, known: impl Iterator<Item = &'a str> + Clone) -> Fault {
    Fault::new(at, known_names(Trouble::new("MC-PACK-030").with("pack", pack), pack, known))
}

pub(crate) fn word_of_guilt(at: At, word: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-031").with("word", word))
}

pub(crate) fn unknown_model<'a>(at: At, model: &str, known: impl Iterator<Item = &'a str> + Clone) -> Fault {
    Fault::new(at, known_names(Trouble::new("MC-PACK-032").with("model", model), model, known))
}

pub(crate) fn out_of_range(at: At, key: &str, min: i64, max: i64) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-033").with("key", key).with("min", min).with("max", max))
}

pub(crate) fn other_keys(at: At, param: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-034").with("param", param))
}

pub(crate) fn unknown_figure<'a>(at: At, figure: &str, known: impl Iterator<Item = &'a str> + Clone) -> Fault {
    Fault::new(at, known_names(Trouble::new("MC-PACK-035").with("figure", figure), figure, known))
}

pub(crate) fn bad_template(at: At, reason: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-036").with("reason", reason))
}

pub(crate) fn stray_file<'a>(at: At, known: impl Iterator<Item = &'a str> + Clone) -> Fault {
    let file = at.file.clone();
    let name = file.rsplit('/').next().unwrap_or_default().to_owned();
    Fault::new(at, known_names(Trouble::new("MC-PACK-037").with("file", file), &name, known))
}

pub(crate) fn no_packs(at: At) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-038"))
}

pub(crate) fn empty(at: At, key: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-039").with("key", key))
}

pub(crate) fn bad_aggregate(at: At, written: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-040").with("value", written))
}

pub(crate) fn table_unannounced(at: At) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-041"))
}

pub(crate) fn unknown_variable<'a>(at: At, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Fault {
    Fault::new(at, known_names(Trouble::new("MC-PACK-042").with("name", name), name, known))
}

pub(crate) fn no_blank_line(at: At, line: &str) -> Fault {
    Fault::new(at, Trouble::new("MC-PACK-043").with("line", line))
}
