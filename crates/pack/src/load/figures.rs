//! `figures.toml`: the numbers of the bulletin.

use mingcha_domain::wording::Said;

use super::fields::Fields;
use super::folder::{File, Folder};
use super::names::{check_distinct, check_name, is_name};
use super::{Faults, pack_file};
use crate::{Aggregate, Figure, Spanned, faults};

const SAYINGS: [(&str, Said); 4] =
    [("exact", Said::Exact), ("余", Said::Yu), ("约", Said::Yue), ("左右", Said::Zuoyou)];

/// Decimals that a figure may have; more would pretend to an exactness that no bulletin has.
const DECIMALS_MAX: i64 = 6;

/// A figure in units of ten thousand times a hundred million is as large as any budget.
const DIVIDE_MAX: i64 = 1_000_000_000_000;

/// Reads the figures, in the file's order.
pub(super) fn read(folder: &Folder, file: &File, faults: &Faults) -> Vec<Figure> {
    pack_file::toml(file, faults).read(|fields| {
        pack_file::check_format(fields);
        let mut keys = Vec::new();
        let figures = fields.tables("figure", |fields| figure(fields, &folder.name, &mut keys));
        if figures.is_empty() {
            fields.missing("figure");
        }
        check_distinct(keys.iter(), faults);
        figures
    })
}

fn figure(fields: &Fields<'_>, pack: &str, keys: &mut Vec<Spanned<String>>) -> Figure {
    let key = fields.need_text("key");
    check_name(&key, fields.faults());
    keys.push(key.clone());
    Figure {
        pack: pack.to_owned(),
        key: key.value,
        title: fields.need_text("title").value,
        title_en: fields.need_text("title_en").value,
        unit: fields.need_text("unit").value,
        definition: fields.need_text("definition").value,
        records: fields.need_text("records"),
        aggregate: aggregate(fields),
        divide: number(fields, "divide", 1, 1, DIVIDE_MAX),
        decimals: u32::try_from(number(fields, "decimals", 0, 0, DECIMALS_MAX)).unwrap_or_default(),
        said: fields.word("said", &SAYINGS).unwrap_or_default(),
        order: keys.len() - 1,
    }
}

fn number(fields: &Fields<'_>, key: &'static str, default: i64, min: i64, max: i64) -> i64 {
    let Some(written) = fields.integer(key) else { return default };
    if !(min..=max).contains(&written.value) {
        fields.faults().tell(faults::out_of_range(written.at, key, min, max));
        return default;
    }
    written.value
}

fn aggregate(fields: &Fields<'_>) -> Aggregate {
    let written = fields.need_text("aggregate");
    let text = written.value.trim();
    let column = |function: &str| {
        let inner = text.strip_prefix(function)?.trim().strip_prefix('(')?.strip_suffix(')')?.trim();
        is_name(inner).then(|| inner.to_owned())
    };
    if text == "count" {
        return Aggregate::Count;
    }
    let found = column("count_distinct")
        .map(Aggregate::CountDistinct)
        .or_else(|| column("sum").map(Aggregate::Sum))
        .or_else(|| column("mean").map(Aggregate::Mean));
    if found.is_none() && !text.is_empty() {
        fields.faults().tell(faults::bad_aggregate(written.at.clone(), text));
    }
    found.unwrap_or_default()
}
