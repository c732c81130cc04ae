//! `demo/plan.toml` and `demo/near_misses.md`: the sheets of the demo year.

use super::fields::Fields;
use super::folder::{File, Folder};
use super::names::{Scope, check_distinct};
use super::{cases, pack_file, page};
use crate::{At, Demo, DemoSheet, NearMiss, PlantedFindings, SheetFormat, Spanned, Text, faults};

const FORMATS: [(&str, SheetFormat); 3] =
    [("xlsx", SheetFormat::Xlsx), ("csv", SheetFormat::Csv), ("csv-gb18030", SheetFormat::CsvGb18030)];

/// Past casework is handed in as sheets too; their columns belong to `casework`.
const CASEWORK: &str = "ops.";

/// Reads the plan. `models` are the names of the pack's own models.
pub(super) fn read(scope: &Scope<'_>, folder: &Folder, file: &File, models: &[String]) -> Demo {
    pack_file::toml(file, scope.faults).read(|fields| {
        pack_file::check_format(fields);
        let mut names = Vec::new();
        let mut sheets = fields.tables("sheet", |fields| sheet(scope, folder, fields, &mut names));
        sheets.sort_by_key(|sheet| sheet.order);
        check_distinct(names.iter(), scope.faults);
        Demo {
            sheets,
            expected: fields.tables("expected", |fields| expected(scope, folder, fields, models)),
            near_misses: folder.file("demo/near_misses.md").map(|file| near_misses(scope, file)).unwrap_or_default(),
        }
    })
}

fn sheet(scope: &Scope<'_>, folder: &Folder, fields: &Fields<'_>, names: &mut Vec<Spanned<String>>) -> DemoSheet {
    let ledger = fields.need_text("ledger");
    if !ledger.value.is_empty() && !ledger.value.starts_with(CASEWORK) {
        scope.ledger(&ledger);
    }
    let file = fields.need_text("file");
    names.push(file.clone());
    fields.need_text("format");
    DemoSheet {
        ledger: scope.full_name(&ledger.value),
        file: file.value,
        format: fields.word("format", &FORMATS).unwrap_or_default(),
        sql: sql(scope, folder, fields),
        rows: fields.need_integer("rows").value,
        scales: fields.boolean("scales"),
        order: fields.need_integer("order").value,
    }
}

fn expected(scope: &Scope<'_>, folder: &Folder, fields: &Fields<'_>, models: &[String]) -> PlantedFindings {
    let model = fields.need_text("model");
    let full = scope.full_name(&model.value);
    let is_known = models.iter().any(|known| scope.full_name(known) == full);
    if !model.value.is_empty() && !is_known {
        let known = models.iter().map(String::as_str);
        scope.faults.tell(faults::unknown_model(model.at, &model.value, known));
    }
    PlantedFindings { model: full, sql: sql(scope, folder, fields) }
}

/// The SQL file that a table of the plan names.
fn sql(scope: &Scope<'_>, folder: &Folder, fields: &Fields<'_>) -> Text {
    let path = fields.need_text("sql");
    if path.value.is_empty() {
        return Text::default();
    }
    match folder.file(&path.value) {
        Some(file) => {
            let at = At { file: file.path.clone(), start: 0, end: file.text.len() };
            Spanned { value: file.text.clone(), at }
        }
        None => {
            scope.faults.tell(faults::missing_file(path.at, &path.value));
            Text::default()
        }
    }
}

fn near_misses(scope: &Scope<'_>, file: &File) -> Vec<NearMiss> {
    let page = page::read(&file.text, 0);
    let stories = page.sections.iter().map(|section| (section, cases::read(scope, file, section)));
    stories
        .filter(|(_, story)| !story.given.is_empty())
        .map(|(section, story)| NearMiss { title: section.heading.clone(), given: story.given })
        .collect()
}
