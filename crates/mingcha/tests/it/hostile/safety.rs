//! Files that want the reader to look elsewhere, or to look for ever.

use std::net::TcpListener;

use super::bomb::{Part, bomb};
use super::book::{Book, Page, book, escaped, one, sheet};
use super::family::Family;
use super::grid::grid;
use super::open_document::{open_document_of, rows};
use super::weigh::weighed;
use crate::sheets::CERTIFICATE;

/// Ten entities, each ten times the one before: ten thousand million letters.
const LAUGHS: &str = "<!DOCTYPE lolz [<!ENTITY a0 \"哈哈哈哈哈哈哈哈哈哈\"><!ENTITY a1 \"&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;\"><!ENTITY a2 \"&a1;&a1;&a1;&a1;&a1;&a1;&a1;&a1;&a1;&a1;\"><!ENTITY a3 \"&a2;&a2;&a2;&a2;&a2;&a2;&a2;&a2;&a2;&a2;\"><!ENTITY a4 \"&a3;&a3;&a3;&a3;&a3;&a3;&a3;&a3;&a3;&a3;\"><!ENTITY a5 \"&a4;&a4;&a4;&a4;&a4;&a4;&a4;&a4;&a4;&a4;\"><!ENTITY a6 \"&a5;&a5;&a5;&a5;&a5;&a5;&a5;&a5;&a5;&a5;\"><!ENTITY a7 \"&a6;&a6;&a6;&a6;&a6;&a6;&a6;&a6;&a6;&a6;\"><!ENTITY a8 \"&a7;&a7;&a7;&a7;&a7;&a7;&a7;&a7;&a7;&a7;\">]>";

/// The sheet with a document type before it.
fn with_type(xml: &str, kind: &str) -> String {
    let (head, body) = xml.split_once("?>").expect("a head");
    format!("{head}?>{kind}{body}")
}

#[test]
fn hostile_entities_are_not_followed() {
    let mut family = Family::of_certificates();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("does not wait");
    let address = listener.local_addr().expect("an address");
    let mine = family.sheet(2).with(2, "姓名", "占位");
    let xml = sheet(&Page::new("Sheet1", grid(&mine)));
    let open_rows = rows(&grid(&mine));

    let kinds = [
        ("a billion laughs", LAUGHS.to_owned(), "&a8;"),
        ("an entity that names a file", "<!DOCTYPE t [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>".to_owned(), "&f;"),
        ("an entity that names an address", format!("<!DOCTYPE t [<!ENTITY f SYSTEM \"http://{address}/e\">]>"), "&f;"),
        ("a document type that names an address", format!("<!DOCTYPE t SYSTEM \"http://{address}/t.dtd\">"), "&lt;"),
    ];
    for (what, kind, entity) in &kinds {
        let xml = with_type(&xml, kind).replace("占位", entity);
        let file = one(Page { xml: Some(xml), ..Page::new("Sheet1", Vec::new()) }).bytes();
        weighed(&mut family, CERTIFICATE, &format!("{what}, in a workbook"), "实体.xlsx", file)
            .refused(&["MC-INTAKE-0", "。"]);

        let file = open_document_of(kind, &open_rows.replace("占位", entity));
        weighed(&mut family, CERTIFICATE, &format!("{what}, in an OpenDocument sheet"), "实体.ods", file)
            .refused(&["MC-INTAKE-0", "。"]);
    }

    let strings = format!(
        "{}<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>&a8;</t></si></sst>",
        with_type("<?xml version=\"1.0\"?>", LAUGHS)
    );
    let shared = xml.replace("占位", "实体");
    let file = Book { shared: Some(strings), ..one(Page { xml: Some(shared), ..Page::new("Sheet1", Vec::new()) }) };
    weighed(&mut family, CERTIFICATE, "a billion laughs in the shared strings", "实体.xlsx", file.bytes())
        .refused(&["MC-INTAKE-0", "。"]);

    assert!(listener.accept().is_err(), "nobody may be asked for anything while a sheet is read");
    family.finish();
}

#[test]
fn hostile_links_and_names_lead_nowhere() {
    let mut family = Family::of_certificates();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("does not wait");
    let address = listener.local_addr().expect("an address");

    let mine = family.sheet(2);
    let mut linked = one(Page::new("Sheet1", grid(&mine)));
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath\" Target=\"http://{address}/book.xlsx\" TargetMode=\"External\"/></Relationships>"
    );
    linked.extra.push(("xl/externalLinks/_rels/externalLink1.xml.rels".to_owned(), relations.clone().into_bytes()));
    linked.extra.push(("xl/worksheets/_rels/sheet1.xml.rels".to_owned(), relations.into_bytes()));
    weighed(&mut family, CERTIFICATE, "links to another machine's workbook", "链接.xlsx", linked.bytes())
        .took(2, 0)
        .done();

    let mine = family.sheet(2);
    let mut climbing = one(Page::new("Sheet1", grid(&mine)));
    for name in ["../../hostile.txt", "/hostile-1.txt", "..\\..\\hostile-2.txt", "xl/../../../hostile-3.txt"] {
        climbing.extra.push((name.to_owned(), b"hostile".to_vec()));
    }
    weighed(&mut family, CERTIFICATE, "parts with names that climb out of the file", "爬.xlsx", climbing.bytes())
        .took(2, 0)
        .done();
    assert!(!family.house.path("hostile.txt").exists() && !std::path::Path::new("/hostile.txt").exists());

    let twice = bomb(&[Part::plain("xl/workbook.xml", b"<workbook/>"), Part::plain("xl/workbook.xml", b"<other/>")]);
    weighed(&mut family, CERTIFICATE, "two parts of one name", "双.xlsx", twice).refused(&["MC-INTAKE-0", "。"]);

    let mine = family.sheet(2);
    let name = "..%2f..%2f<b>表\u{202e}xslx.csv";
    let file = name.replace("..%2f..%2f", "..").replace('/', "");
    weighed(&mut family, CERTIFICATE, "a file name with marks that turn it around", &file, mine.csv())
        .took(2, 0)
        .done();

    let mine = family.sheet(1);
    let deep = "<x>".repeat(200_000) + &"</x>".repeat(200_000);
    let xml = sheet(&Page::new("Sheet1", grid(&mine)))
        .replace("</sheetData>", &format!("</sheetData><extLst>{deep}</extLst>"));
    let file = one(Page { xml: Some(xml), ..Page::new("Sheet1", Vec::new()) }).bytes();
    // What stands behind the rows is nobody's business.
    weighed(&mut family, CERTIFICATE, "two hundred thousand elements within each other", "深.xlsx", file)
        .took(1, 0)
        .done();

    let mine = family.sheet(2);
    let deep = rows(&grid(&mine)).replacen("<text:p>", &"<text:p><text:span>".repeat(50_000), 1);
    weighed(&mut family, CERTIFICATE, "spans within spans that never close", "深.ods", open_document_of("", &deep))
        .refused(&["MC-INTAKE-007", "损坏"]);

    let mine =
        family.sheet(2).with(2, "发证机构", "<img src=x onerror=alert(1)>").with(3, "姓名", &escaped("<b>张三</b>"));
    weighed(&mut family, CERTIFICATE, "texts that would be a page's markup", "标记.xlsx", book(grid(&mine)))
        .took(2, 0)
        .holds(2, "issuer", "<img src=x onerror=alert(1)>")
        .holds(3, "name", "&lt;b&gt;张三&lt;/b&gt;")
        .done();

    assert!(listener.accept().is_err(), "nobody may be asked for anything while a sheet is read");
    family.finish();
}
