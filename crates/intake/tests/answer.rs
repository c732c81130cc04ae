//! The answer to a sheet: the sender's own workbook with the bad cells marked and nothing else changed.

mod support;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx};
use mingcha_intake::{Answer, AnswerWords, Answered, Mending, OUR_SHEET, Options, Parsed, Tally, answer, parse};
use mingcha_words::Lang;
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format, FormatBorder, Formula,
    Image, Note, Workbook,
};
use support::{ID, csv, good, head, ledger, message, put, read_well};

const SHEET: &str = "十一月's 补贴";

/// A workbook as a careful clerk makes them: a title, styles, a drop-down, a colour rule, a picture, a chart, notes, a
/// name, formulas, a second sheet. Rows 5, 6 and 8 are bad.
fn styled() -> Vec<u8> {
    let mut book = Workbook::new();
    let (border, money) = (Format::new().set_border(FormatBorder::Thin), Format::new().set_num_format("#,##0.00"));
    let yellow = Format::new().set_background_color(rust_xlsxwriter::Color::RGB(0xFF_FF_00)).set_italic();
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET).expect("a name");
    sheet.merge_range(0, 0, 0, 4, "十一月补贴发放表", &Format::new().set_bold()).expect("in range");
    put(sheet, 2, &support::HEAD.split(',').collect::<Vec<_>>());
    let rows = [
        ["B1", "王小明", ID, "2023-11-05", "800"],
        ["B2", "李四", "330902195506300425", "2023-13-05", "900"],
        ["B3", "", ID, "2023-11-05", "x"],
        ["B4", "赵五", ID, "2023-11-06", "700"],
        ["B5", "钱六", "123", "2023-11-06", "700"],
    ];
    for (i, row) in rows.iter().enumerate() {
        let at = i as u32 + 3;
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(number) if column == 4 => sheet.write_number_with_format(at, 4, number, &money),
                _ => sheet.write_string_with_format(
                    at,
                    column as u16,
                    *text,
                    if column == 3 { &yellow } else { &border },
                ),
            }
            .expect("in range");
        }
    }
    sheet.write_formula(8, 4, Formula::new("=SUM(E4:E8)").set_result("3100")).expect("in range");
    sheet.write_string(8, 0, "合计").expect("in range");
    sheet.set_column_width(1, 23.5).expect("in range");
    sheet.set_column_format(1, &yellow).expect("in range");
    let list = DataValidation::new().allow_list_strings(&["是", "否"]).expect("short");
    sheet.add_data_validation(3, 9, 20, 9, &list).expect("in range");
    let red = Format::new().set_font_color(rust_xlsxwriter::Color::Red);
    let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::GreaterThan(850)).set_format(red);
    sheet.add_conditional_format(3, 4, 7, 4, &rule).expect("in range");
    sheet.insert_note(3, 0, &Note::new("已电话核实").set_author("老王")).expect("in range");
    sheet
        .insert_note(4, 2, &Note::new("第一行\n看着不对").set_author("老王").add_author_prefix(false))
        .expect("in range");
    sheet.insert_image(12, 1, &Image::new_from_buffer(PNG).expect("a picture")).expect("in range");
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values((SHEET, 3, 4, 7, 4));
    sheet.insert_chart(12, 5, &chart).expect("in range");
    let other = book.add_worksheet();
    other.set_name("汇总").expect("a name");
    other.write_formula(0, 0, Formula::new("='十一月''s 补贴'!E9*2").set_result("6200")).expect("in range");
    other.insert_note(0, 0, &Note::new("另一张表的批注")).expect("in range");
    book.define_name("合计数", "='十一月''s 补贴'!$E$9").expect("a name");
    book.save_to_buffer().expect("in memory")
}

const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6,
    0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63, 0xF8, 0xCF, 0xC0, 0xF0,
    0x1F, 0, 5, 0, 1, 0xFF, 0x89, 0x99, 0x3D, 0x1D, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

fn answered(bytes: &[u8], parsed: &Parsed, mended: &[Mending]) -> Answered {
    let remedy = |trouble: &mingcha_domain::Trouble| mingcha_words::remedy(Lang::Zh, trouble);
    let in_cell = |trouble: &mingcha_domain::Trouble| {
        let key = format!("{}-cell", trouble.code);
        let facts: Vec<_> = trouble.facts.iter().map(|(name, value)| (*name, value.clone())).collect();
        mingcha_words::text_with(Lang::Zh, &key, &facts)
    };
    let tally = Tally { accepted: 2, rejected: parsed.rejects.len() as u64, ..Tally::default() };
    let words = AnswerWords { message: &message, in_cell: &in_cell, remedy: &remedy };
    let ledger = ledger();
    let (sheet, mapping, rejects) = (parsed.sheet.as_str(), &parsed.mapping, &parsed.rejects);
    answer(bytes, &Answer { ledger: &ledger, sheet, mapping, rejects, mended, tally, words }).expect("written")
}

fn parts(workbook: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut parts = BTreeMap::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("unpacked");
        assert!(parts.insert(name.clone(), bytes).is_none(), "{name} stands twice");
    }
    parts
}

fn part(workbook: &[u8], name: &str) -> String {
    String::from_utf8(parts(workbook).remove(name).unwrap_or_else(|| panic!("no {name}"))).expect("text")
}

/// The style of a cell of the first sheet, as its attribute says.
fn style(workbook: &[u8], cell: &str) -> usize {
    let sheet = part(workbook, "xl/worksheets/sheet1.xml");
    let tag =
        sheet.split("<c ").find(|tag| tag.contains(&format!("r=\"{cell}\""))).unwrap_or_else(|| panic!("no {cell}"));
    tag.split("s=\"").nth(1).and_then(|rest| rest.split('"').next()).map_or(0, |style| style.parse().expect("a number"))
}

/// A cell style's markup and the fill it names.
fn look(workbook: &[u8], style: usize) -> (String, String) {
    let styles = part(workbook, "xl/styles.xml");
    let list =
        |from: &str, to: &str| styles.split(from).nth(1).and_then(|rest| rest.split(to).next()).expect(from).to_owned();
    let cells = list("<cellXfs", "</cellXfs>");
    let xf = cells.split("<xf ").nth(style + 1).expect("a style").to_owned();
    let fill: usize = xf
        .split("fillId=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a fill")
        .parse()
        .expect("a number");
    let fills = list("<fills", "</fills>");
    (xf, fills.split("<fill>").nth(fill + 1).expect("the fill").to_owned())
}

#[test]
fn everything_that_is_not_marked_is_byte_for_byte_as_it_was() {
    let bytes = styled();
    let parsed = read_well(&bytes);
    assert_eq!((parsed.rows.len(), parsed.rejects.len()), (2, 3));
    let answered = answered(&bytes, &parsed, &[]);
    assert_eq!((answered.extension, answered.unpatchable), ("xlsx", None));
    let (before, after) = (parts(&bytes), parts(&answered.bytes));
    let changed: Vec<&str> = before
        .iter()
        .filter(|(name, content)| after.get(*name) != Some(*content))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "xl/comments1.xml",
            "xl/drawings/vmlDrawing1.vml",
            "xl/styles.xml",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
        ]
    );
    let added: Vec<&str> = after.keys().filter(|name| !before.contains_key(*name)).map(String::as_str).collect();
    assert_eq!(added, ["xl/worksheets/mingcha1.xml"]);
    for kept in
        ["dataValidation", "conditionalFormatting", "<f>SUM(E4:E8)</f>", "width=\"24.", "<drawing r:id", "mergeCell"]
    {
        assert!(part(&answered.bytes, "xl/worksheets/sheet1.xml").contains(kept), "{kept}");
    }
    assert!(part(&answered.bytes, "xl/workbook.xml").contains("合计数"));
}

#[test]
fn a_marked_cell_keeps_its_style_but_for_the_fill() {
    let bytes = styled();
    let parsed = read_well(&bytes);
    let marked = answered(&bytes, &parsed, &[]).bytes;
    for (cell, kept) in [("C5", "borderId=\"1\""), ("D5", "fontId=\"2\""), ("C8", "borderId=\"1\"")] {
        let (before, after) = (style(&bytes, cell), style(&marked, cell));
        assert_ne!(before, after, "{cell}");
        let ((old, _), (new, fill)) = (look(&bytes, before), look(&marked, after));
        assert!(fill.contains("fgColor rgb=\"FFF8C9C5\""), "{cell}: {fill}");
        assert!(new.contains(kept) && old.contains(kept), "{cell}: {old} became {new}");
        assert!(new.contains("applyFill=\"1\""), "{new}");
    }
    // A cell that the row did not have is added with the style of its column.
    let (added, _) = look(&marked, style(&marked, "B6"));
    let (of_column, _) = look(&bytes, style(&bytes, "D4"));
    assert_eq!(
        added.split("fontId").nth(1).map(|rest| &rest[..5]),
        of_column.split("fontId").nth(1).map(|rest| &rest[..5])
    );
    // Good cells are not touched.
    for cell in ["A4", "B4", "E4", "A5", "D7"] {
        assert_eq!(style(&bytes, cell), style(&marked, cell), "{cell}");
    }
}

#[test]
fn notes_say_what_is_wrong_and_stand_below_those_that_are_there() {
    let bytes = styled();
    let parsed = read_well(&bytes);
    let marked = answered(&bytes, &parsed, &[]).bytes;
    let notes = part(&marked, "xl/comments1.xml");
    assert!(notes.contains("已电话核实") && notes.contains("看着不对"), "{notes}");
    assert_eq!(notes.matches("<comment ").count(), 2 + 4, "two of hers, of which one is extended; four more: {notes}");
    let hers = notes.split("<comment ").find(|note| note.contains("ref=\"C5\"")).expect("her note");
    let (old, new) = (hers.find("看着不对").expect("hers"), hers.find("明察核对：").expect("ours"));
    assert!(old < new, "{hers}");
    let drawing = part(&marked, "xl/drawings/vmlDrawing1.vml");
    assert_eq!(drawing.matches("<x:Row>").count(), 6, "{drawing}");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&marked)).expect("still a workbook");
    assert_eq!(book.sheet_names(), [SHEET, "汇总", OUR_SHEET]);
    assert!(book.worksheet_range("汇总").is_ok());
}

#[test]
fn the_summary_counts_and_leads_to_every_bad_cell() {
    let bytes = styled();
    let parsed = read_well(&bytes);
    let mended = [Mending { row: 8, at: 2, raw: "123".into(), value: ID.into(), by: "王芳".into() }];
    let marked = answered(&bytes, &parsed, &mended).bytes;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&marked)).expect("a workbook");
    let summary = book.worksheet_range(OUR_SHEET).expect("the summary");
    let rows: Vec<Vec<String>> = summary.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let listed: Vec<String> = rows.iter().map(|row| row[..3].join("|")).collect();
    for expected in ["新收下（行）|2|", "待更正（行）|3|", "5|C|身份证号", "5|D|发放日期", "6|B|姓名", "8|C|身份证号"]
    {
        assert!(listed.iter().any(|line| line == expected), "{expected} in {listed:#?}");
    }
    assert!(rows.iter().any(|row| row[4].contains("没有 13 月") && !row[5].is_empty()), "{rows:#?}");
    assert!(rows.iter().any(|row| row[4].contains("已由王芳在网页上更正为")), "{rows:#?}");
    let sheet = part(&marked, "xl/worksheets/mingcha1.xml");
    assert!(sheet.contains("location=\"&apos;十一月&apos;&apos;s 补贴&apos;!D5\""), "{sheet}");
    assert!(!sheet.contains("<f>"));
}

#[test]
fn sent_again_the_summary_is_never_read_and_the_marks_follow_what_is_still_wrong() {
    let bytes = styled();
    let parsed = read_well(&bytes);
    let marked = answered(&bytes, &parsed, &[]).bytes;
    let again = read_well(&marked);
    assert_eq!(again.sheet, SHEET);
    assert_eq!((again.rows.len(), again.rejects.len()), (2, 3), "the same rows as before");
    assert!(!support::notes(&again).iter().any(|note| note.contains(OUR_SHEET)), "{:?}", support::notes(&again));
    let refused = parse(&marked, &ledger(), &Options { sheet: Some(OUR_SHEET.into()), ..Options::default() });
    assert!(matches!(refused, Err(mingcha_intake::IntakeError::NoSuchSheet { .. })), "{refused:?}");

    // Of the three rows one is still bad.
    let mut fewer = again.clone();
    fewer.rejects.retain(|reject| reject.row == 6);
    let second = answered(&marked, &fewer, &[]).bytes;
    for cell in ["C5", "D5", "C8"] {
        let ((old, old_fill), (now, now_fill)) =
            (look(&bytes, style(&bytes, cell)), look(&second, style(&second, cell)));
        assert_eq!(old_fill.contains("FFFFFF00"), now_fill.contains("FFFFFF00"), "{cell}: {old_fill} / {now_fill}");
        assert!(!now_fill.contains("F8C9C5"), "{cell} is marked no more");
        assert_eq!(
            old.split("borderId").nth(1).map(|r| &r[..4]),
            now.split("borderId").nth(1).map(|r| &r[..4]),
            "{cell}"
        );
    }
    assert_eq!(style(&marked, "B6"), style(&second, "B6"), "what is still wrong stays marked");
    let notes = part(&second, "xl/comments1.xml");
    assert_eq!(notes.matches("<comment ").count(), 2 + 2, "{notes}");
    assert_eq!(notes.matches("明察核对：").count(), 2, "{notes}");
    assert!(notes.contains("看着不对"), "her note is as she wrote it");
    assert_eq!(part(&second, "xl/drawings/vmlDrawing1.vml").matches("<x:Row>").count(), 4);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&second)).expect("a workbook");
    assert_eq!(book.sheet_names(), [SHEET, "汇总", OUR_SHEET], "the summary is not added twice");
    assert_eq!(book.worksheet_range(OUR_SHEET).expect("the summary").rows().filter(|row| row[0] == *"6").count(), 2);
}

#[test]
fn a_plain_workbook_gets_its_first_notes() {
    let bytes = support::workbook(|sheet| {
        head(sheet);
        put(sheet, 1, &["B1", "王小明", ID, "2023-11-05", "八百"]);
    });
    let marked = answered(&bytes, &read_well(&bytes), &[]).bytes;
    let sheet = part(&marked, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<legacyDrawing "), "{sheet}");
    assert!(sheet.find("<pageMargins").expect("there") < sheet.find("<legacyDrawing").expect("there"));
    let notes = part(&marked, "xl/mingchaComments1.xml");
    assert_eq!(notes.matches("<comment ").count(), 1, "{notes}");
    let again = read_well(&marked);
    assert_eq!(again.rejects.len(), 1);
}

/// The value of a merged cell is seen in the first of its cells, and that is where it must be mended.
#[test]
fn a_bad_value_of_a_merged_area_is_marked_where_it_is_seen() {
    let bytes = support::workbook(|sheet| {
        head(sheet);
        put(sheet, 1, &["B1", "王小明", ID, "", "800"]);
        put(sheet, 2, &["B2", "王小明", ID, "", "800"]);
        sheet.merge_range(1, 3, 2, 3, "2023-13-05", &Format::new()).expect("in range");
    });
    let parsed = read_well(&bytes);
    assert_eq!(parsed.rejects.len(), 2);
    let marked = answered(&bytes, &parsed, &[]).bytes;
    assert_ne!(style(&bytes, "D2"), style(&marked, "D2"));
    assert!(!part(&marked, "xl/worksheets/sheet1.xml").contains("r=\"D3\""), "what lies below is not seen");
    assert_eq!(part(&marked, "xl/mingchaComments1.xml").matches("<comment ").count(), 1);
}

/// Prefixes on every element, as some programs write them, and rows and cells that do not say where they are.
#[test]
fn a_workbook_of_another_make_is_patched_as_well() {
    let bytes = support::workbook(|sheet| {
        head(sheet);
        put(sheet, 1, &["B1", "王小明", ID, "2023-11-05", "八百"]);
        put(sheet, 2, &["B2", "王小明", ID, "2023-11-05"]);
    });
    let prefixed = |text: String| {
        let text = text.replace(
            "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml",
            "xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml",
        );
        let mut out = String::new();
        for (i, piece) in text.split('<').enumerate() {
            match piece.chars().next() {
                _ if i == 0 => out.push_str(piece),
                Some('?') => out.push_str(&format!("<{piece}")),
                Some('/') => out.push_str(&format!("</x:{}", &piece[1..])),
                _ => out.push_str(&format!("<x:{piece}")),
            }
        }
        out
    };
    let mut other = support::tampered(&bytes, "xl/styles.xml", prefixed);
    other = support::tampered(&other, "xl/workbook.xml", prefixed);
    other = support::tampered(&other, "xl/worksheets/sheet1.xml", |text| {
        let mut text = prefixed(text);
        for column in ["A", "B", "C", "D", "E"] {
            for row in 1..=3 {
                text = text.replace(&format!(" r=\"{column}{row}\""), "");
            }
        }
        text.replace(" r=\"1\"", "").replace(" r=\"2\"", "").replace(" r=\"3\"", "")
    });
    let mut parsed = read_well(&bytes);
    parsed.sheet = "Sheet1".into();
    let answered = answered(&other, &parsed, &[]);
    assert_eq!(answered.unpatchable, None);
    let sheet = part(&answered.bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<x:c r=\"E3\" s=\"1\"/>"), "{sheet}");
    assert!(sheet.contains("<x:legacyDrawing"), "{sheet}");
    let styles = part(&answered.bytes, "xl/styles.xml");
    assert!(styles.contains("<x:fgColor rgb=\"FFF8C9C5\"/>"), "{styles}");
    assert!(part(&answered.bytes, "xl/workbook.xml").contains("<x:sheet name=\"明察核对说明\""));
}

#[test]
fn a_table_of_another_form_comes_back_whole_as_text() {
    let sheet = csv(&[
        &good("B1"),
        "B2,=李四,330902195506300425,2023-13-05,900",
        "",
        &format!("B3,'赵五,{ID},2023-11-05,x"),
        "合计,,,,1700",
    ]);
    let parsed = read_well(&sheet);
    let answered = answered(&sheet, &parsed, &[]);
    assert_eq!((answered.extension, answered.unpatchable), ("xlsx", None));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&answered.bytes)).expect("a workbook");
    assert_eq!(book.sheet_names()[1], OUR_SHEET);
    let first = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&first).expect("the table");
    let cell = |row: u32, column: u32| range.get_value((row - 1, column)).map(ToString::to_string).unwrap_or_default();
    assert_eq!(
        (cell(3, 1).as_str(), cell(5, 1).as_str(), cell(6, 0).as_str()),
        ("=李四", "'赵五", "合计"),
        "each row where it was"
    );
    assert!(!part(&answered.bytes, "xl/worksheets/sheet1.xml").contains("<f>"), "nothing is a formula");
    assert_eq!(part(&answered.bytes, "xl/comments1.xml").matches("<comment ").count(), 3);

    let again = read_well(&answered.bytes);
    let values = |parsed: &Parsed| parsed.rows.iter().map(|row| (row.row, row.values.clone())).collect::<Vec<_>>();
    assert_eq!(values(&again), values(&parsed), "the good rows are read the same");
    let codes = |parsed: &Parsed| -> Vec<(u32, Vec<&str>)> {
        parsed.rejects.iter().map(|row| (row.row, row.problems.iter().map(|p| p.trouble.code).collect())).collect()
    };
    assert_eq!(codes(&again), codes(&parsed), "and the bad ones for the same reasons");
}
