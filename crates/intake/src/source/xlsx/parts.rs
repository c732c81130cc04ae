//! Which part of a workbook holds which sheet.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor};

use quick_xml::events::Event;
use zip::ZipArchive;

use crate::IntakeError;
use crate::source::guard::damaged;
use crate::source::unpacked::{HELD_PART_BYTES_MAX, find};
use crate::source::xml::{Xml, attribute};

/// A worksheet as the workbook names it.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    /// Where its part stands in the archive; `None` when it is not there.
    pub part: Option<usize>,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The worksheets, in the order of the workbook; chart sheets are left out.
pub(crate) fn sheets(archive: &mut Archive<'_>) -> Result<Vec<Sheet>, IntakeError> {
    let package = relations(archive, "_rels/.rels")?;
    let office = package.values().find(|(kind, _)| kind.ends_with("/officeDocument"));
    let office = office.ok_or_else(|| damaged(&"no workbook in it"))?.1.trim_start_matches('/').to_owned();
    let (folder, file) = office.rsplit_once('/').map_or(("", office.as_str()), |(folder, file)| (folder, file));
    let within = |path: &str| match path.strip_prefix('/') {
        Some(from_root) => from_root.to_owned(),
        None if folder.is_empty() => path.to_owned(),
        None => format!("{folder}/{path}"),
    };
    let relations = relations(archive, &within(&format!("_rels/{file}.rels")))?;
    let mut sheets = Vec::new();
    each_tag(archive, &office, "sheet", |tag| {
        let Some((kind, target)) = attribute(tag, "id").and_then(|id| relations.get(&id)) else { return };
        if kind.ends_with("/worksheet") {
            let name = attribute(tag, "name").unwrap_or_default();
            let is_hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
            sheets.push((name, is_hidden, within(target)));
        }
    })?;
    let part = |path: &str| find(archive, path);
    Ok(sheets.into_iter().map(|(name, is_hidden, path)| Sheet { name, is_hidden, part: part(&path) }).collect())
}

/// Kind and target of each relation, by its name.
fn relations(archive: &mut Archive<'_>, path: &str) -> Result<BTreeMap<String, (String, String)>, IntakeError> {
    let mut relations = BTreeMap::new();
    each_tag(archive, path, "Relationship", |tag| {
        if let (Some(id), Some(kind), Some(target)) =
            (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target"))
        {
            relations.insert(id, (kind, target));
        }
    })?;
    Ok(relations)
}

/// Hands over each tag of this name in a part.
pub(crate) fn each_tag(
    archive: &mut Archive<'_>,
    path: &str,
    name: &str,
    mut on: impl FnMut(&quick_xml::events::BytesStart<'_>),
) -> Result<(), IntakeError> {
    let index = find(archive, path).ok_or_else(|| damaged(&format!("no part {path}")))?;
    let part = archive.by_index(index).map_err(|why| damaged(&why))?;
    let mut xml = Xml::new(BufReader::new(part), path, HELD_PART_BYTES_MAX);
    while let Some(event) = xml.next()? {
        if let Event::Start(tag) = event
            && tag.local_name().as_ref() == name
        {
            on(&tag);
        }
    }
    Ok(())
}
