//! A workbook with some of its cells marked and a sheet added, everything else as it was.
//!
//! The package is patched, not read and written anew: a library that writes workbooks loses what it does not know
//! (pictures, drop-downs, charts, macros). Parts that do not change are copied as they are packed. The sheet is streamed,
//! so that memory does not grow with its rows.

mod drawing;
mod notes;
mod package;
mod sheet;
mod styles;
mod summary;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::OUR_SHEET;
use crate::write::summary::Summary;
use drawing::Drawing;
use package::{NewRelation, Package, Relation, free_id, relations_name, with_relations};
use sheet::Place;
use styles::Styles;
use xml::{attribute, before_end, begins, local, look, number, text};

/// Why a workbook cannot be patched; it is then answered with a workbook of ours.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unpatchable(pub(super) String);

/// Notes in cells; beyond, cells are marked and listed. Excel becomes slow with more.
const NOTES_MAX: usize = 10_000;

/// A workbook that was patched.
pub(super) struct Patched {
    pub(super) bytes: Vec<u8>,
    /// What its name must end with: a workbook with macros is none without.
    pub(super) extension: &'static str,
}

/// The parts that matter here.
struct Parts {
    workbook: String,
    sheet: String,
    styles: Option<String>,
    /// Our sheet of an earlier time.
    summary: Option<String>,
    sheet_id_max: u32,
    of_workbook: Vec<Relation>,
    of_sheet: Vec<Relation>,
}

/// Marks the cells of a sheet and adds the summary.
pub(super) fn patch(
    bytes: &[u8],
    sheet: &str,
    marks: &BTreeMap<Place, String>,
    summary: &Summary,
) -> Result<Patched, Unpatchable> {
    let mut package = Package::open(bytes)?;
    let parts = Parts::find(&mut package, sheet)?;
    let facts = sheet::facts(package.stream(&parts.sheet)?)?;
    let seen_at = facts.seen_at(marks.keys().copied());
    let seen = |place: &Place| seen_at.get(place).copied().unwrap_or(*place);
    let mut said: BTreeMap<Place, String> = BTreeMap::new();
    for (place, words) in marks {
        let note = said.entry(seen(place)).or_default();
        if !note.contains(words.as_str()) {
            note.push_str(if note.is_empty() { "" } else { "\n" });
            note.push_str(words);
        }
    }
    let marked: BTreeSet<Place> = said.keys().copied().collect();
    while said.len() > NOTES_MAX {
        said.pop_last();
    }
    let mut styles = match &parts.styles {
        Some(name) => Styles::read(package.whole(name)?)?,
        None => Styles::read(styles::MINIMAL.as_bytes().to_vec())?,
    };
    let new = New::of(&mut package, &parts, &facts, &said)?;
    let summary = summary::markup(summary, sheet, &seen);

    let extension = extension(&package.whole("[Content_Types].xml")?);
    let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + bytes.len() / 8)));
    let packed = SimpleFileOptions::default();
    let mut written = BTreeSet::new();
    for name in package.names.clone() {
        let is = |part: &str| part.eq_ignore_ascii_case(&name);
        if parts.styles.as_deref().is_some_and(is) || parts.summary.as_deref().is_some_and(is) {
            continue;
        }
        if is(&parts.sheet) {
            to.start_file(name.as_str(), packed)?;
            let out = BufWriter::with_capacity(1 << 16, &mut to);
            let drawing = new.drawing_id.as_deref();
            sheet::patch(package.stream(&parts.sheet)?, out, &marked, &mut styles, drawing)?.flush()?;
        } else if let Some((_, content)) = new.parts.iter().find(|(part, _)| is(part)) {
            to.start_file(name.as_str(), packed)?;
            to.write_all(content)?;
        } else {
            let at = package.archive.index_for_name(&name).ok_or_else(|| Unpatchable(format!("no part {name}")))?;
            to.raw_copy_file(package.archive.by_index_raw(at)?)?;
        }
        written.insert(name.to_ascii_lowercase());
    }
    for (name, content) in new.parts.iter().filter(|(name, _)| !written.contains(&name.to_ascii_lowercase())) {
        to.start_file(name.as_str(), packed)?;
        to.write_all(content)?;
    }
    to.start_file(new.styles.as_str(), packed)?;
    to.write_all(&styles.write()?)?;
    to.start_file(new.summary.as_str(), packed)?;
    to.write_all(summary.as_bytes())?;
    Ok(Patched { bytes: to.finish()?.into_inner(), extension })
}

impl Parts {
    fn find(package: &mut Package<'_>, sheet: &str) -> Result<Self, Unpatchable> {
        let missing = |what: &str| Unpatchable(format!("no {what}"));
        let root = package.relations("")?;
        let workbook = root.into_iter().find(|relation| relation.is("officeDocument"));
        let workbook = workbook.ok_or_else(|| missing("workbook"))?.target;
        let of_workbook = package.relations(&workbook)?;
        let (mut found, mut summary, mut sheet_id_max, mut is_strict) = (None, None, 0, false);
        look(package.whole(&workbook)?.as_slice(), |event, depth| {
            let Some(element) = begins(event) else { return Ok(()) };
            if depth == 1 {
                is_strict = element.contains("http://purl.oclc.org/ooxml/");
            }
            if depth == 3 && local(element) == "sheet" {
                sheet_id_max = sheet_id_max.max(number(element, "sheetId").unwrap_or(0));
                let id = attribute(element, "id").unwrap_or_default();
                let part =
                    of_workbook.iter().find(|relation| relation.id == id).map(|relation| relation.target.clone());
                match attribute(element, "name") {
                    Some(name) if name == sheet => found = part,
                    Some(name) if name == OUR_SHEET => summary = part,
                    _ => {}
                }
            }
            Ok(())
        })?;
        if is_strict {
            return Err(Unpatchable("a workbook of the strict kind".to_owned()));
        }
        let sheet = found.ok_or_else(|| missing("sheet of that name"))?;
        let styles = of_workbook.iter().find(|relation| relation.is("styles")).map(|relation| relation.target.clone());
        let of_sheet = package.relations(&sheet)?;
        Ok(Self { workbook, sheet, styles, summary, sheet_id_max, of_workbook, of_sheet })
    }

    fn of_sheet(&self, kind: &str) -> Option<&str> {
        self.of_sheet.iter().find(|relation| relation.is(kind)).map(|relation| relation.target.as_str())
    }
}

/// The parts that are written anew, but for the sheet, the styles and the summary.
struct New {
    parts: Vec<(String, Vec<u8>)>,
    styles: String,
    summary: String,
    /// The relation that the sheet must name.
    drawing_id: Option<String>,
}

impl New {
    fn of(
        package: &mut Package<'_>,
        parts: &Parts,
        facts: &sheet::Facts,
        said: &BTreeMap<Place, String>,
    ) -> Result<Self, Unpatchable> {
        let mut new = Self {
            parts: Vec::new(),
            styles: parts.styles.clone().unwrap_or_else(|| package.free("xl/mingchaStyles", ".xml")),
            summary: parts.summary.clone().unwrap_or_else(|| package.free("xl/worksheets/mingcha", ".xml")),
            drawing_id: None,
        };
        let mut types: Vec<(String, &str)> = Vec::new();
        let mut of_workbook = Vec::new();
        let summary_id = free_id(&parts.of_workbook, "rIdMingcha");
        if parts.summary.is_none() {
            types.push((new.summary.clone(), "spreadsheetml.worksheet+xml"));
            of_workbook.push(NewRelation { id: &summary_id, kind: "worksheet", target: &new.summary });
        }
        let styles_id = free_id(&parts.of_workbook, "rIdMingchaStyles");
        if parts.styles.is_none() {
            types.push((new.styles.clone(), "spreadsheetml.styles+xml"));
            of_workbook.push(NewRelation { id: &styles_id, kind: "styles", target: &new.styles });
        }
        if !of_workbook.is_empty() {
            let name = relations_name(&parts.workbook);
            new.parts.push((name.clone(), with_relations(Some(&package.whole(&name)?), &of_workbook)?));
        }
        if parts.summary.is_none() {
            let workbook = package.whole(&parts.workbook)?;
            new.parts.push((parts.workbook.clone(), with_sheet(&workbook, parts.sheet_id_max + 1, &summary_id)?));
        }
        types.extend(new.notes(package, parts, facts, said)?);
        if !types.is_empty() {
            let content_types = package.whole("[Content_Types].xml")?;
            new.parts.push(("[Content_Types].xml".to_owned(), with_types(&content_types, &types)?));
        }
        Ok(new)
    }

    /// The notes and their drawing, and what they are.
    fn notes(
        &mut self,
        package: &mut Package<'_>,
        parts: &Parts,
        facts: &sheet::Facts,
        said: &BTreeMap<Place, String>,
    ) -> Result<Vec<(String, &'static str)>, Unpatchable> {
        let had_notes = parts.of_sheet("comments").map(str::to_owned);
        if said.is_empty() && had_notes.is_none() {
            return Ok(Vec::new());
        }
        let old = had_notes.as_deref().map(|name| package.whole(name)).transpose()?;
        let notes::Notes { document, gone } = notes::patch(old.as_deref(), said)?;
        let mut types = Vec::new();
        let mut of_sheet = Vec::new();
        let notes_name = had_notes.clone().unwrap_or_else(|| package.free("xl/mingchaComments", ".xml"));
        let notes_id = free_id(&parts.of_sheet, "rIdMingchaNotes");
        if had_notes.is_none() {
            types.push((notes_name.clone(), "spreadsheetml.comments+xml"));
            of_sheet.push(NewRelation { id: &notes_id, kind: "comments", target: &notes_name });
        }
        self.parts.push((notes_name.clone(), document));

        let named = facts.notes_drawing.as_ref();
        let drawn = named.and_then(|id| parts.of_sheet.iter().find(|relation| relation.id == *id));
        let had_drawing = drawn.map(|relation| relation.target.clone());
        let mut block = 0;
        for name in package.names.clone().iter().filter(|name| name.ends_with(".vml")) {
            block = block.max(drawing::last_block(&package.whole(name)?));
        }
        let old = had_drawing.as_deref().map(|name| package.whole(name)).transpose()?;
        let drawing = Drawing::read(old)?.write(said.keys().copied(), &gone, block + 1)?;
        let drawing_name = had_drawing.clone().unwrap_or_else(|| package.free("xl/drawings/mingchaNotes", ".vml"));
        let drawing_id = free_id(&parts.of_sheet, "rIdMingchaDrawing");
        if had_drawing.is_none() {
            types.push((drawing_name.clone(), "vmlDrawing"));
            of_sheet.push(NewRelation { id: &drawing_id, kind: "vmlDrawing", target: &drawing_name });
            self.drawing_id = Some(drawing_id.clone());
        }
        self.parts.push((drawing_name.clone(), drawing));
        if !of_sheet.is_empty() {
            let name = relations_name(&parts.sheet);
            let old = if package.has(&name) { Some(package.whole(&name)?) } else { None };
            self.parts.push((name, with_relations(old.as_deref(), &of_sheet)?));
        }
        Ok(types)
    }
}

fn with_sheet(workbook: &[u8], id: u32, relation: &str) -> Result<Vec<u8>, Unpatchable> {
    use quick_xml::events::Event;
    const NAMESPACE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    xml::each(workbook, Vec::with_capacity(workbook.len() + 256), |event, depth, writer| {
        if let Event::End(end) = event
            && depth == 2
            && xml::ends(end) == "sheets"
        {
            let p = xml::prefix_of(end.name().into_inner());
            let named = format!(
                "<{p}sheet name=\"{OUR_SHEET}\" sheetId=\"{id}\" xmlns:r=\"{NAMESPACE}\" r:id=\"{relation}\"/>"
            );
            xml::put(writer, &named)?;
        }
        Ok(xml::Pass::AsIs)
    })
}

fn with_types(types: &[u8], new: &[(String, &str)]) -> Result<Vec<u8>, Unpatchable> {
    const OFFICE: &str = "application/vnd.openxmlformats-officedocument";
    before_end(types, |p| {
        let one = |(name, kind): &(String, &str)| {
            format!("<{p}Override PartName=\"/{}\" ContentType=\"{OFFICE}.{kind}\"/>", text(name))
        };
        new.iter().map(one).collect()
    })
}

fn extension(types: &[u8]) -> &'static str {
    let types = String::from_utf8_lossy(types);
    if types.contains("template.macroEnabled") {
        "xltm"
    } else if types.contains("sheet.macroEnabled") {
        "xlsm"
    } else if types.contains("spreadsheetml.template.main") {
        "xltx"
    } else {
        "xlsx"
    }
}
