//! Which version of a ledger's columns a template was made for, and what a sheet lacks that was made from an older one.

use std::io::{Cursor, Read};

use mingcha_domain::Trouble;
use mingcha_pack::Ledger;

use crate::header::Header;
use crate::{FileKind, note};

/// The document property of a template; Excel and WPS keep it when the workbook is saved.
pub(crate) const PROPERTY: &str = "明察模板";
/// Bytes of the part in which such properties stand; more than that is none of ours.
const PART_BYTES_MAX: u64 = 64 << 10;

/// The version of a ledger's columns: eight digits that differ when a column comes, goes or is another.
#[must_use]
pub fn schema_version(ledger: &Ledger) -> String {
    // FNV-1a: it tells versions apart and guards nothing.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    add(&ledger.full_name());
    for column in &ledger.columns {
        let must = column.required || ledger.key.contains(&column.name);
        [&column.name, &column.title, &column.kind.to_string(), &must.to_string()]
            .into_iter()
            .for_each(|text| add(text));
        column.values.iter().for_each(|value| add(value));
    }
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}

/// What a template of a ledger carries: its name and version.
pub(crate) fn property(ledger: &Ledger) -> String {
    format!("{}#{}", ledger.full_name(), schema_version(ledger))
}

/// What the sender of a sheet should know that was made from an older template: the columns that came since.
pub(crate) fn note_of(bytes: &[u8], ledger: &Ledger, header: &Header) -> Option<Trouble> {
    let (of, version) = property_of(bytes)?;
    if of != ledger.full_name() || version == schema_version(ledger) {
        return None;
    }
    let columns = ledger.columns.iter().zip(&header.places).filter(|(_, place)| place.is_none());
    let new: Vec<&str> = columns.map(|(column, _)| column.title.as_str()).collect();
    Some(note::template_of_old(&new))
}

/// Ledger and version of the template that a workbook was made from.
fn property_of(bytes: &[u8]) -> Option<(String, String)> {
    if FileKind::of(bytes) != FileKind::Xlsx {
        return None;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut part = String::new();
    archive.by_name("docProps/custom.xml").ok()?.take(PART_BYTES_MAX).read_to_string(&mut part).ok()?;
    let (_, property) = part.split_once(&format!("name=\"{PROPERTY}\""))?;
    let (_, value) = property.split_once("lpwstr>")?;
    let (of, version) = value.split('<').next()?.split_once('#')?;
    Some((of.to_owned(), version.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_pack::Column;

    #[test]
    fn a_version_is_another_when_a_column_is() {
        let column = |name: &str| Column { name: name.into(), title: name.into(), ..Column::default() };
        let of = |columns: Vec<Column>| {
            schema_version(&Ledger { pack: "a".into(), name: "b".into(), columns, ..Ledger::default() })
        };
        let both = of(vec![column("x"), column("y")]);
        assert_eq!(both, of(vec![column("x"), column("y")]));
        assert_eq!(both.len(), 8);
        let others = [
            of(vec![column("x")]),
            of(vec![column("y"), column("x")]),
            of(vec![column("x"), Column { required: true, ..column("y") }]),
            of(vec![column("x"), Column { values: vec!["1".into()], ..column("y") }]),
        ];
        others.iter().for_each(|other| assert_ne!(&both, other));
    }
}
