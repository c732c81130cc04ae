//! `checklists/NAME.toml`: the indicators of an inspection.

use super::fields::Fields;
use super::folder::{File, Folder};
use super::names::check_name;
use super::{Faults, pack_file};
use crate::{Checklist, Item, Spanned, faults};

/// Reads a checklist.
pub(super) fn read(folder: &Folder, file: &File, faults: &Faults) -> Checklist {
    check_name(&Spanned { value: file.stem().to_owned(), at: file.start() }, faults);
    pack_file::toml(file, faults).read(|fields| {
        pack_file::check_format(fields);
        let mut numbers = Vec::new();
        let items = fields.tables("item", |fields| item(fields, &mut numbers));
        if items.is_empty() {
            fields.missing("item");
        }
        Checklist {
            pack: folder.name.clone(),
            key: file.stem().to_owned(),
            title: fields.need_text("title").value,
            title_en: fields.need_text("title_en").value,
            version: fields.need_integer("version").value,
            items,
        }
    })
}

fn item(fields: &Fields<'_>, numbers: &mut Vec<i64>) -> Item {
    let no = fields.need_integer("no");
    if numbers.contains(&no.value) {
        fields.faults().tell(faults::twice(no.at, &no.value.to_string()));
    }
    numbers.push(no.value);
    Item {
        no: no.value,
        title: fields.need_text("title").value,
        title_en: fields.need_text("title_en").value,
        how: fields.need_text("how").value,
    }
}
