//! The parts of a workbook's package, and how they refer to each other.

use std::io::{BufReader, Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;

use super::Unpatchable;
use super::xml::{attribute, before_end, begins, local, look, text};

/// Bytes of a part that is read as a whole; the sheet itself never is.
const PART_BYTES_MAX: u64 = 64 << 20;

impl From<zip::result::ZipError> for Unpatchable {
    fn from(why: zip::result::ZipError) -> Self {
        Self(why.to_string())
    }
}

/// A workbook's package.
pub(super) struct Package<'a> {
    pub(super) archive: ZipArchive<Cursor<&'a [u8]>>,
    pub(super) names: Vec<String>,
}

/// One part's reference to another.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    kind: String,
    /// The part's name in the package.
    pub(super) target: String,
}

impl Relation {
    /// Whether it is of that kind: the last word of its type.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unpatchable> {
        let archive = ZipArchive::new(Cursor::new(bytes))?;
        let names = archive.file_names().map(|name| Ok(name?.into_owned())).collect::<Result<_, Unpatchable>>()?;
        Ok(Self { archive, names })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|has| has.eq_ignore_ascii_case(name))
    }

    fn at(&self, name: &str) -> Result<usize, Unpatchable> {
        let found = self.names.iter().position(|has| has.eq_ignore_ascii_case(name));
        found.ok_or_else(|| Unpatchable(format!("no part {name}")))
    }

    /// A part as it is unpacked.
    pub(super) fn stream(&mut self, name: &str) -> Result<BufReader<impl Read>, Unpatchable> {
        let at = self.at(name)?;
        Ok(BufReader::with_capacity(1 << 16, self.archive.by_index(at)?))
    }

    /// A part in memory; only for small ones.
    pub(super) fn whole(&mut self, name: &str) -> Result<Vec<u8>, Unpatchable> {
        let mut bytes = Vec::new();
        self.stream(name)?.take(PART_BYTES_MAX + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > PART_BYTES_MAX {
            return Err(Unpatchable(format!("{name} is large")));
        }
        Ok(bytes)
    }

    /// To which parts a part refers; the package itself has the empty name.
    pub(super) fn relations(&mut self, of: &str) -> Result<Vec<Relation>, Unpatchable> {
        let name = relations_name(of);
        if !self.has(&name) {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        look(self.whole(&name)?.as_slice(), |event: &Event<'_>, _| {
            let Some(element) = begins(event).filter(|element| local(element) == "Relationship") else { return Ok(()) };
            let is_external = attribute(element, "TargetMode").is_some_and(|mode| mode == "External");
            if let (Some(id), Some(kind), Some(target), false) =
                (attribute(element, "Id"), attribute(element, "Type"), attribute(element, "Target"), is_external)
            {
                found.push(Relation { id, kind, target: resolved(of, &target) });
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// A name that no part has yet: `before`, a number, `after`.
    pub(super) fn free(&self, before: &str, after: &str) -> String {
        let mut number = 1;
        loop {
            let name = format!("{before}{number}{after}");
            if !self.has(&name) {
                return name;
            }
            number += 1;
        }
    }
}

/// Where the relations of a part stand.
pub(super) fn relations_name(of: &str) -> String {
    let (folder, file) = of.rsplit_once('/').map_or(("", of), |(folder, file)| (folder, file));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

/// The name of the part that a target means, seen from a part.
fn resolved(of: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = of.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A relation to be added.
pub(super) struct NewRelation<'a> {
    pub(super) id: &'a str,
    pub(super) kind: &'a str,
    /// The part's name in the package.
    pub(super) target: &'a str,
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The relations of a part with some more; from nothing when it had none.
pub(super) fn with_relations(had: Option<&[u8]>, new: &[NewRelation<'_>]) -> Result<Vec<u8>, Unpatchable> {
    let empty = b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
        <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";
    before_end(had.unwrap_or(empty), |prefix| {
        let one = |new: &NewRelation<'_>| {
            let NewRelation { id, kind, target } = new;
            format!("<{prefix}Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"/{}\"/>", text(target))
        };
        new.iter().map(one).collect()
    })
}

/// An id that no relation has yet.
pub(super) fn free_id(relations: &[Relation], wanted: &str) -> String {
    let mut number = 1;
    loop {
        let id = format!("{wanted}{number}");
        if !relations.iter().any(|relation| relation.id == id) {
            return id;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_seen_from_the_part_that_names_it() {
        assert_eq!(resolved("xl/worksheets/sheet1.xml", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl/workbook.xml", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(relations_name("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!(relations_name(""), "_rels/.rels");
    }
}
