//! `pack.toml`: who the pack is.

use super::Faults;
use super::fields::{Fields, Toml};
use super::folder::{File, Folder};
use super::names::{Pending, check_name};
use crate::{At, Pack, Project, Spanned, faults};

/// Reads a pack's own description; a pack without it keeps its folder's name.
pub(super) fn read(folder: &Folder, pending: &mut Pending, faults: &Faults) -> Pack {
    let Some(file) = folder.file("pack.toml") else {
        let at = At { file: format!("{}/pack.toml", folder.name), ..At::default() };
        faults.tell(faults::missing_file(at, "pack.toml"));
        return Pack { key: folder.name.clone(), ..Pack::default() };
    };
    toml(file, faults).read(|fields| {
        check_format(fields);
        let key = fields.need_text("key");
        check_name(&key, faults);
        if !key.value.is_empty() && key.value != folder.name {
            faults.tell(faults::key_is_not_the_folder(key.at.clone(), &key.value, &folder.name));
        }
        pending.depends = fields.texts("depends");
        Pack {
            key: folder.name.clone(),
            title: fields.need_text("title").value,
            title_en: fields.need_text("title_en").value,
            order: fields.need_integer("order").value,
            project: fields.table("project", project),
            depends: pending.depends.iter().map(|pack| pack.value.clone()).collect(),
            ..Pack::default()
        }
    })
}

fn project(fields: &Fields<'_>) -> Project {
    Project {
        title: fields.need_text("title").value,
        title_en: fields.need_text("title_en").value,
        lead_unit: fields.need_text("lead_unit").value,
        goal: fields.need_text("goal").value,
    }
}

/// A whole file as TOML.
pub(super) fn toml<'a>(file: &'a File, faults: &'a Faults) -> Toml<'a> {
    Toml { file: &file.path, shift: 0, text: &file.text, faults }
}

/// Every file says which format it is written in; there is one so far.
pub(super) fn check_format(fields: &Fields<'_>) {
    let format: Spanned<i64> = fields.need_integer("format");
    if format.value != 1 && format.at != fields.at {
        fields.faults().tell(faults::other_format(format.at, format.value));
    }
}
