//! Small files that are large inside: refused with the size and the limit, in bounded memory.

use super::bomb::{Part, bomb, deflated, overlapping};
use super::book::{Book, Page, one, sheet};
use super::family::Family;
use super::grid::{Grid, grid};
use super::open_document::{open_document_of, rows};
use super::weigh::weighed;
use crate::sheets::CERTIFICATE;

const GIB: u64 = 1 << 30;

/// Every part of a workbook but the sheet.
fn frame(shared: bool) -> Vec<Part> {
    let shared = shared.then(String::new);
    let book = Book { sheets: vec![Page::new("Sheet1", Vec::new())], shared, ..Book::default() };
    let plain = |(name, content): (String, Vec<u8>)| {
        let name: &'static str = Box::leak(name.into_boxed_str());
        let is_own = name.starts_with("xl/worksheets") || name.ends_with("sharedStrings.xml");
        (!is_own).then(|| Part::plain(name, &content))
    };
    book.parts().into_iter().filter_map(plain).collect()
}

/// The XML of a sheet in two halves: its rows so far, and its end.
fn halves(cells: Grid) -> (String, String) {
    let xml = sheet(&Page::new("Sheet1", cells));
    let (before, after) = xml.split_once("</sheetData>").expect("rows");
    (before.to_owned(), format!("</sheetData>{after}"))
}

fn sheet_with(cells: Grid, unit: &[u8], times: u64, claims: Option<u32>) -> Vec<u8> {
    let (before, after) = halves(cells);
    let honest = (before.len() + after.len()) as u64 + unit.len() as u64 * times;
    let claims = claims.unwrap_or_else(|| u32::try_from(honest).expect("the size that the file can tell"));
    let packed = deflated(before.as_bytes(), unit, times, after.as_bytes());
    let mut parts = frame(false);
    parts.push(Part::swollen("xl/worksheets/sheet1.xml", packed, claims));
    bomb(&parts)
}

#[test]
fn hostile_a_workbook_that_swells_is_refused() {
    let mut family = Family::of_certificates();
    let cells = grid(&family.sheet(2));

    let file = sheet_with(cells.clone(), b" ", 3 * GIB, None);
    weighed(&mut family, CERTIFICATE, "a sheet of three gigabytes of spaces", "炸.xlsx", file).refused(&[
        "MC-INTAKE-006",
        "上限",
        "拆成几份",
    ]);

    let file = sheet_with(cells.clone(), b" ", 3 * GIB, Some(1000));
    weighed(&mut family, CERTIFICATE, "a sheet of three gigabytes that claims to be small", "炸.xlsx", file)
        .refused(&["MC-INTAKE-0", "。"]);

    let (before, after) = halves(cells.clone());
    let strings = |unit: &[u8], times: u64, claims: u32| {
        let head = b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
        let mut parts = frame(true);
        parts.push(Part::plain("xl/worksheets/sheet1.xml", format!("{before}{after}").as_bytes()));
        parts.push(Part::swollen("xl/sharedStrings.xml", deflated(head, unit, times, b"</sst>"), claims));
        bomb(&parts)
    };
    let unit = b"<si><t>hostile text</t></si>";
    let file = strings(unit, 60_000_000, u32::try_from(unit.len() * 60_000_000).expect("small"));
    weighed(&mut family, CERTIFICATE, "sixty million shared strings", "炸.xlsx", file)
        .refused(&["MC-INTAKE-006", "上限"]);

    let file = strings(b"<si><t>hostile text</t></si>", 60_000_000, 500);
    weighed(&mut family, CERTIFICATE, "sixty million shared strings that claim to be few", "炸.xlsx", file)
        .refused(&["MC-INTAKE-0", "。"]);

    let mut parts = frame(false);
    parts.push(Part::plain("xl/worksheets/sheet1.xml", format!("{before}{after}").as_bytes()));
    let packed =
        Part::swollen("xl/media/image0.png", deflated(b"", b"a", GIB, b""), u32::try_from(GIB).expect("small"));
    let names = (1..60).map(|no| format!("xl/media/image{no}.png"));
    let file = overlapping(&parts, names, &packed);
    weighed(&mut family, CERTIFICATE, "sixty pictures on top of each other", "叠.xlsx", file).refused(&[
        "MC-INTAKE-006",
        "上限",
        "图片",
    ]);

    let many = (0..20_000).map(|no| (format!("xl/media/{no}.txt"), Vec::new())).collect();
    let book = Book { extra: many, ..one(Page::new("Sheet1", cells)) };
    weighed(&mut family, CERTIFICATE, "twenty thousand parts", "碎.xlsx", book.bytes()).refused(&["MC-INTAKE-0", "。"]);

    family.finish();
}

#[test]
fn hostile_a_sheet_with_far_corners_is_bounded() {
    let mut family = Family::of_certificates();

    let sheet = family.sheet(2);
    let (before, after) = halves(grid(&sheet));
    let far = |content: &str| {
        let xml = format!("{before}<row r=\"1048576\">{content}</row>{after}");
        one(Page { xml: Some(xml), ..Page::new("Sheet1", Vec::new()) }).bytes()
    };
    let blank = far("<c r=\"XFD1048576\" s=\"1\"/>");
    weighed(&mut family, CERTIFICATE, "a formatted blank cell in XFD1048576", "角.xlsx", blank)
        .took(2, 0)
        .holds(3, "name", "张三")
        .done();

    let text = far("<c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c>");
    weighed(&mut family, CERTIFICATE, "a letter in XFD1048576", "角.xlsx", text).refused(&[
        "MC-INTAKE-011",
        "第 1048576 行",
        "删去",
    ]);

    let outside = far("<c r=\"ZZZZ99999999\" t=\"inlineStr\"><is><t>x</t></is></c>");
    weighed(&mut family, CERTIFICATE, "a cell beyond what a sheet can have", "角.xlsx", outside)
        .refused(&["MC-INTAKE-0", "。"]);

    let sheet = family.sheet(2);
    let wide: String = sheet
        .csv()
        .lines()
        .enumerate()
        .map(|(at, line)| {
            format!("{line},{}\n", if at == 0 { vec!["列"; 20_000].join(",") } else { ",".repeat(19_999) })
        })
        .collect();
    weighed(&mut family, CERTIFICATE, "twenty thousand columns", "宽.csv", wide).refused(&[
        "MC-INTAKE-011",
        "1000 列",
        "删去",
    ]);

    let sheet = family.sheet(2);
    let empty = "<table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let file = open_document_of("", &(rows(&grid(&sheet)) + empty));
    weighed(&mut family, CERTIFICATE, "a million empty rows in an OpenDocument sheet", "空行.ods", file)
        .took(2, 0)
        .holds(2, "name", "张三")
        .done();

    let sheet = family.sheet(1);
    let again = rows(&grid(&sheet))
        .replacen("<table:table-row>", "<keep>", 1)
        .replace("<table:table-row>", "<table:table-row table:number-rows-repeated=\"50000\">")
        .replace("<keep>", "<table:table-row>");
    let file = open_document_of("", &again);
    // One row, fifty thousand times the same: it is one row, or too much; it is never so many.
    weighed(&mut family, CERTIFICATE, "a filled row fifty thousand times in an OpenDocument sheet", "重复.ods", file)
        .took(1, 0)
        .done();

    let sheet = family.sheet(2);
    let square = "<table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let file = open_document_of("", &(rows(&grid(&sheet)) + square));
    weighed(&mut family, CERTIFICATE, "every cell of an OpenDocument sheet filled", "满.ods", file)
        .refused(&["MC-INTAKE-0", "。"]);

    family.finish();
}
