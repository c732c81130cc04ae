//! What a file is decides, not its name.

use super::bomb::{Part, bomb};
use super::book::{Book, Page, book, zipped};
use super::compound::encrypted;
use super::family::Family;
use super::grid::{Shown, altered, grid, shown};
use super::old_book::{OldBook, old_book};
use super::open_document::open_document;

fn parts(names: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<_> = names.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    zipped(&parts)
}

#[test]
fn hostile_a_file_is_known_by_its_content() {
    let mut family = Family::of_certificates();

    let sheet = family.sheet(2);
    family
        .hands_in("comma separated text named .xls", "证书.xls", sheet.csv())
        .took(2, 0)
        .holds(2, "issued_on", "2023-04-18")
        .done();

    let sheet = family.sheet(2);
    let tabbed = sheet.csv().replace(',', "\t");
    family
        .hands_in("tab separated text named .xlsx", "证书.xlsx", tabbed)
        .took(2, 0)
        .holds(3, "theory_score", "88.5")
        .done();

    let sheet = family.sheet(2);
    family.hands_in("a new workbook named .csv", "证书.csv", sheet.xlsx()).took(2, 0).holds(2, "name", "张三").done();

    let sheet = family.sheet(2);
    family.hands_in("a new workbook named .xls", "证书.xls", sheet.xlsx()).took(2, 0).done();

    let sheet = family.sheet(3);
    let cells =
        altered(&sheet, [(3, "发证日期", shown("45034", Shown::Day)), (4, "理论成绩", shown("91.5", Shown::General))]);
    family
        .hands_in("an old workbook named .xlsx", "证书.xlsx", old_book(&cells))
        .took(3, 0)
        .holds(2, "resident_id", sheet.rows[0][1].as_str())
        .holds(3, "issued_on", "2023-04-18")
        .holds(4, "theory_score", "91.5")
        .done();

    let sheet = family.sheet(2);
    let cells = altered(&sheet, [(2, "发证日期", shown("43572", Shown::Day))]);
    let old = OldBook { grid: &cells, since_1904: true, has_password: false };
    family
        .hands_in("an old workbook of the 1904 calendar", "证书.xls", old.bytes())
        .took(2, 0)
        .holds(2, "issued_on", "2023-04-18")
        .done();

    let sheet = family.sheet(2);
    let cells = altered(&sheet, [(2, "发证日期", shown("2023-04-18", Shown::Day))]);
    family
        .hands_in("an OpenDocument sheet named .xlsx", "证书.xlsx", open_document(&cells))
        .took(2, 0)
        .holds(2, "issued_on", "2023-04-18")
        .done();

    let sheet = family.sheet(2);
    let table = |rows: &[Vec<String>], cell: &str| -> String {
        rows.iter()
            .map(|row| format!("<tr><{cell}>{}</{cell}></tr>", row.join(&format!("</{cell}><{cell}>"))))
            .collect()
    };
    let (head, body) = (table(std::slice::from_ref(&sheet.headings), "th"), table(&sheet.rows, "td"));
    let page = format!(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=\"utf-8\"></head><body><table border=1>{head}{body}</table></body></html>"
    );
    family
        .hands_in("an HTML table named .xls", "证书.xls", page)
        .took(2, 0)
        .holds(2, "resident_id", sheet.rows[0][1].as_str())
        .holds(3, "theory_score", "88.5")
        .done();

    let sheet = family.sheet(2);
    let row = |cells: &Vec<String>| -> String {
        let cells: String =
            cells.iter().map(|cell| format!("<Cell><Data ss:Type=\"String\">{cell}</Data></Cell>")).collect();
        format!("<Row>{cells}</Row>")
    };
    let rows: String = std::iter::once(&sheet.headings).chain(&sheet.rows).map(row).collect();
    let spreadsheet = format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Sheet1\"><Table>{rows}</Table></Worksheet></Workbook>"
    );
    family
        .hands_in("an XML Spreadsheet of 2003 named .xls", "证书.xls", spreadsheet)
        .took(2, 0)
        .holds(2, "issuer", "示例学校")
        .done();

    family.finish();
}

#[test]
fn hostile_what_is_no_table_is_called_what_it_is() {
    let mut family = Family::of_certificates();
    let sheet = family.sheet(2);

    let story = "<!DOCTYPE html><html><body><p>通知：请各单位于月底前上报。</p></body></html>";
    family.hands_in("a web page without a table, named .xls", "通知.xls", story).refused(&["MC-INTAKE-0", "网页"]);

    family
        .hands_in("an XML document that is no table", "证书.xml", "<?xml version=\"1.0\"?><root><a>1</a></root>")
        .refused(&["MC-INTAKE-001", "XML"]);

    let archive = parts(&[("证书.csv", &sheet.csv()), ("说明.txt", "见附件")]);
    family.hands_in("a ZIP archive named .csv", "证书.csv", archive).refused(&["MC-INTAKE-001", "压缩包"]);

    let picture = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0; 64]].concat();
    family.hands_in("a PNG picture named .xlsx", "证书.xlsx", picture).refused(&["MC-INTAKE-001", "图片"]);

    let scan = [b"\xFF\xD8\xFF\xE0\0\x10JFIF\0".as_slice(), &[0x5A; 64]].concat();
    family.hands_in("a JPEG scan named .csv", "证书.csv", scan).refused(&["MC-INTAKE-001", "图片"]);

    family
        .hands_in("a PDF named .xlsx", "证书.xlsx", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<<>>\nendobj\n%%EOF")
        .refused(&["MC-INTAKE-001", "PDF"]);

    family.hands_in("a workbook with a password", "证书.xlsx", encrypted()).refused(&[
        "MC-INTAKE-003",
        "密码",
        "去掉密码",
    ]);

    let cells = grid(&sheet);
    let locked = OldBook { grid: &cells, since_1904: false, has_password: true }.bytes();
    family.hands_in("an old workbook with a password", "证书.xls", locked).refused(&["MC-INTAKE-003", "密码"]);

    let letter = parts(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", "<w:document xmlns:w=\"urn:w\"><w:body/></w:document>"),
    ]);
    family.hands_in("a text document named .xlsx", "证书.xlsx", letter).refused(&["MC-INTAKE-001", "文字文档"]);

    let slides = parts(&[("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")]);
    family.hands_in("slides named .xlsx", "证书.xlsx", slides).refused(&["MC-INTAKE-001", "演示文稿"]);

    let binary = parts(&[
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.bin", "\u{1}"),
        ("xl/worksheets/sheet1.bin", "\u{1}"),
    ]);
    family.hands_in("a binary workbook with nothing in it", "证书.xlsb", binary).refused(&[
        "MC-INTAKE-007",
        "损坏",
        ".xlsx",
    ]);

    family
        .hands_in("a JSON document named .csv", "证书.csv", r#"{"rows": [{"证书编号": "S1", "姓名": "张三"}]}"#)
        .refused(&["MC-INTAKE-001", "JSON"]);

    let database = [b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20".as_slice(), &[0; 4096]].concat();
    family.hands_in("a database named .csv", "证书.csv", database).refused(&["MC-INTAKE-001", "数据库"]);

    family
        .hands_in("a program named .xlsx", "证书.xlsx", [b"MZ\x90\0\x03\0\0\0".as_slice(), &[0; 600]].concat())
        .refused(&["MC-INTAKE-001"]);

    family.finish();
}

#[test]
fn hostile_what_is_broken_off_or_empty_is_told_so() {
    let mut family = Family::of_certificates();
    let sheet = family.sheet(200);

    family.hands_in("nothing at all", "空.xlsx", "").refused(&["MC-INTAKE-002", "空的"]);
    family.hands_in("a byte order mark and nothing else", "空.csv", "\u{feff}").refused(&["MC-INTAKE-0", "看看"]);
    family.hands_in("blank lines only", "空.csv", " \r\n\t\r\n \r\n").refused(&["MC-INTAKE-002", "空的"]);

    let whole = sheet.xlsx();
    let half = &whole[..whole.len() / 2];
    family.hands_in("half a workbook", "半份.xlsx", half).refused(&["MC-INTAKE-007", "损坏", "另存"]);

    let end = whole.windows(4).rposition(|four| four == b"PK\x05\x06").expect("an end");
    family
        .hands_in("a workbook cut off in its directory", "半份.xlsx", &whole[..end - 20])
        .refused(&["MC-INTAKE-007", "损坏"]);

    let mut spoilt = whole.clone();
    let middle = whole.len() / 2;
    spoilt[middle..middle + 64].fill(0x55);
    family.hands_in("a workbook with spoilt bytes in it", "坏.xlsx", &spoilt).refused(&["MC-INTAKE-007", "损坏"]);

    let old = old_book(&grid(&sheet));
    family.hands_in("half an old workbook", "半份.xls", &old[..old.len() / 2]).refused(&["MC-INTAKE-007", "损坏"]);

    let open = open_document(&grid(&sheet));
    family
        .hands_in("half an OpenDocument sheet", "半份.ods", &open[..open.len() / 2])
        .refused(&["MC-INTAKE-007", "损坏"]);

    family
        .hands_in("a workbook without a sheet", "无表.xlsx", Book::default().bytes())
        .refused(&["MC-INTAKE-0", "另存"]);

    let cut = Page {
        xml: Some(super::book::sheet(&Page::new("", grid(&sheet))).split_at(6000).0.to_owned()),
        ..Page::new("Sheet1", Vec::new())
    };
    family
        .hands_in("a sheet whose XML breaks off", "断.xlsx", super::book::one(cut).bytes())
        .refused(&["MC-INTAKE-007", "损坏"]);

    let missing: Vec<_> = super::book::one(Page::new("Sheet1", grid(&sheet)))
        .parts()
        .into_iter()
        .filter(|(name, _)| !name.starts_with("xl/worksheets"))
        .collect();
    family
        .hands_in("a workbook whose sheet is not in the file", "缺.xlsx", zipped(&missing))
        .refused(&["MC-INTAKE-007", "损坏"]);

    let lonely =
        bomb(&[Part::plain("[Content_Types].xml", b"<Types/>"), Part::plain("xl/workbook.xml", b"<workbook/>")]);
    family.hands_in("a workbook without its links", "缺.xlsx", lonely).refused(&["MC-INTAKE-", "。"]);

    family
        .hands_in("a workbook with an empty sheet", "空表.xlsx", book(Vec::new()))
        .refused(&["MC-INTAKE-013", "工作表"]);

    family.finish();
}
