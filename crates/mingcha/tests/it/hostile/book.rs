//! Workbooks written part by part, so that each part can be wrong.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::grid::{Cell, Computed, Grid, Shown};

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// A workbook in the making.
#[derive(Clone, Default)]
pub struct Book {
    pub sheets: Vec<Page>,
    pub since_1904: bool,
    /// The part of shared strings, whole.
    pub shared: Option<String>,
    /// Parts beside those of a workbook.
    pub extra: Vec<(String, Vec<u8>)>,
}

/// A sheet of it.
#[derive(Clone, Default)]
pub struct Page {
    pub name: &'static str,
    pub grid: Grid,
    pub is_hidden: bool,
    /// Lines, the first of which is 1.
    pub hidden_rows: Vec<usize>,
    /// Columns, the first of which is 1.
    pub hidden_columns: Vec<usize>,
    pub merged: Vec<&'static str>,
    /// The sheet's XML whole, in place of one made from the cells.
    pub xml: Option<String>,
}

impl Page {
    pub fn new(name: &'static str, grid: Grid) -> Self {
        Self { name, grid, ..Self::default() }
    }
}

/// A workbook of one sheet.
pub fn book(grid: Grid) -> Vec<u8> {
    one(Page::new("Sheet1", grid)).bytes()
}

/// A workbook of one sheet, to be made worse.
pub fn one(page: Page) -> Book {
    Book { sheets: vec![page], ..Book::default() }
}

impl Book {
    /// As a file.
    pub fn bytes(&self) -> Vec<u8> {
        zipped(&self.parts())
    }

    /// Its parts in the order of the file.
    pub fn parts(&self) -> Vec<(String, Vec<u8>)> {
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), self.content_types()),
            ("_rels/.rels".to_owned(), relations(&[(1, "officeDocument".to_owned(), "xl/workbook.xml".to_owned())])),
            ("xl/workbook.xml".to_owned(), self.workbook()),
            ("xl/_rels/workbook.xml.rels".to_owned(), self.workbook_relations()),
            ("xl/styles.xml".to_owned(), styles()),
        ];
        parts.extend(self.shared.iter().map(|xml| ("xl/sharedStrings.xml".to_owned(), xml.clone().into_bytes())));
        for (at, page) in self.sheets.iter().enumerate() {
            let xml = page.xml.clone().unwrap_or_else(|| sheet(page));
            parts.push((format!("xl/worksheets/sheet{}.xml", at + 1), xml.into_bytes()));
        }
        parts.extend(self.extra.clone());
        parts
    }

    fn content_types(&self) -> Vec<u8> {
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        let mut xml = format!(
            r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>"#
        );
        if self.shared.is_some() {
            let _ =
                write!(xml, r#"<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>"#);
        }
        for at in 1..=self.sheets.len() {
            let _ = write!(
                xml,
                r#"<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{kind}.worksheet+xml"/>"#
            );
        }
        (xml + "</Types>").into_bytes()
    }

    fn workbook(&self) -> Vec<u8> {
        let mut xml = format!(r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships">"#);
        if self.since_1904 {
            xml += r#"<workbookPr date1904="1"/>"#;
        }
        xml += "<sheets>";
        for (at, page) in self.sheets.iter().enumerate() {
            let state = if page.is_hidden { r#" state="hidden""# } else { "" };
            let _ = write!(xml, r#"<sheet name="{}" sheetId="{}"{state} r:id="rId{}"/>"#, page.name, at + 1, at + 1);
        }
        (xml + "</sheets></workbook>").into_bytes()
    }

    fn workbook_relations(&self) -> Vec<u8> {
        let sheets = self.sheets.len();
        let mut all: Vec<_> =
            (1..=sheets).map(|at| (at, "worksheet".to_owned(), format!("worksheets/sheet{at}.xml"))).collect();
        all.push((sheets + 1, "styles".to_owned(), "styles.xml".to_owned()));
        if self.shared.is_some() {
            all.push((sheets + 2, "sharedStrings".to_owned(), "sharedStrings.xml".to_owned()));
        }
        relations(&all)
    }
}

/// A ZIP file with these parts.
pub fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // The kind of an OpenDocument file stands first and in plain sight.
        let method = if name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(name.as_str(), options).expect("a part");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("a file").into_inner()
}

/// The XML of a sheet.
pub fn sheet(page: &Page) -> String {
    let mut xml = format!(r#"{HEAD}<worksheet xmlns="{MAIN}">"#);
    if !page.hidden_columns.is_empty() {
        xml += "<cols>";
        for at in &page.hidden_columns {
            let _ = write!(xml, r#"<col min="{at}" max="{at}" width="0" hidden="1" customWidth="1"/>"#);
        }
        xml += "</cols>";
    }
    xml += "<sheetData>";
    for (at, cells) in page.grid.iter().enumerate() {
        let line = at + 1;
        let hidden = if page.hidden_rows.contains(&line) { r#" hidden="1""# } else { "" };
        let _ = write!(xml, r#"<row r="{line}"{hidden}>"#);
        for (column, cell) in cells.iter().enumerate() {
            put(&mut xml, &format!("{}{line}", letters(column)), cell);
        }
        xml += "</row>";
    }
    xml += "</sheetData>";
    if !page.merged.is_empty() {
        xml += "<mergeCells>";
        for range in &page.merged {
            let _ = write!(xml, r#"<mergeCell ref="{range}"/>"#);
        }
        xml += "</mergeCells>";
    }
    xml + "</worksheet>"
}

fn put(xml: &mut String, at: &str, cell: &Cell) {
    let written = match cell {
        Cell::Blank => return,
        Cell::Text(text) => {
            format!(r#"<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#, escaped(text))
        }
        Cell::Number(value, shown) => format!(r#"<c r="{at}" s="{}"><v>{value}</v></c>"#, shown.style()),
        Cell::Formula(formula, None) => format!(r#"<c r="{at}"><f>{}</f></c>"#, escaped(formula)),
        Cell::Formula(formula, Some(Computed::Text(value))) => {
            format!(r#"<c r="{at}" t="str"><f>{}</f><v>{}</v></c>"#, escaped(formula), escaped(value))
        }
        Cell::Formula(formula, Some(Computed::Number(value))) => {
            format!(r#"<c r="{at}"><f>{}</f><v>{value}</v></c>"#, escaped(formula))
        }
        Cell::Error(value) => format!(r#"<c r="{at}" t="e"><v>{value}</v></c>"#),
        Cell::Truth(value) => format!(r#"<c r="{at}" t="b"><v>{}</v></c>"#, u8::from(*value)),
    };
    xml.push_str(&written);
}

/// The letters of a column, the first of which is 0.
pub fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).expect("a letter"));
    if column < 26 { last.to_string() } else { format!("{}{last}", letters(column / 26 - 1)) }
}

/// Text as XML has it.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn relations(all: &[(usize, String, String)]) -> Vec<u8> {
    let mut xml = format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">"#);
    for (id, kind, target) in all {
        let _ = write!(xml, r#"<Relationship Id="rId{id}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>"#);
    }
    (xml + "</Relationships>").into_bytes()
}

fn styles() -> Vec<u8> {
    let mut xml = format!(
        r#"{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0000"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="{}">"#,
        Shown::ALL.len()
    );
    for shown in Shown::ALL {
        let _ = write!(
            xml,
            r#"<xf numFmtId="{}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
            shown.format()
        );
    }
    (xml + "</cellXfs></styleSheet>").into_bytes()
}
