//! Texts and codes that a sheet program would like to compute with.

use super::book::book;
use super::family::Family;
use super::grid::{Cell, Computed, Shown, altered, number, shown};
use super::open_document::open_document;

#[test]
fn hostile_texts_and_codes_stay_what_they_are() {
    let mut family = Family::of_subsidies();
    const CLASS: &str = "班期编号";
    let with_class = |family: &mut Family, count: u32, classes: &[&str]| {
        let mut sheet = family.sheet(count);
        sheet.headings.push(CLASS.to_owned());
        for (at, row) in sheet.rows.iter_mut().enumerate() {
            row.push((*classes.get(at).unwrap_or(&"")).to_owned());
        }
        sheet
    };

    let codes =
        ["0033", "9e42", "1-2", "3/4", "00", "TRUE", "1E5", "2023-01", "010", "1_000", "NaN", "null", "0x1F", "１２"];
    let count = codes.len();
    let sheet = with_class(&mut family, u32::try_from(count).expect("few"), &codes);
    let what = "codes that look like numbers, days and truths";
    let answer = family.hands_in(what, "补贴.csv", sheet.csv().into_bytes()).took(count as u64, 0);
    let stays = codes.iter().zip(2..).filter(|(code, _)| **code != "１２");
    stays.fold(answer, |answer, (code, line)| answer.holds(line, "class_no", *code)).done();

    let formulas = [
        "=cmd|' /C calc'!A0",
        "+86 580 2022222",
        "-见附件",
        "@x",
        "=1+1",
        "=HYPERLINK(\"http://127.0.0.1/\",\"点这里\")",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "'; DROP TABLE rows; --",
    ];
    let count = formulas.len();
    let sheet = with_class(&mut family, u32::try_from(count).expect("few"), &formulas);
    let answer = family.hands_in("texts that begin as formulas do", "补贴.xlsx", sheet.xlsx()).took(count as u64, 0);
    // A leading apostrophe is Excel's mark of a text; what begins with a quotation is not told from it.
    let stays = formulas.iter().zip(2..).filter(|(text, _)| !text.starts_with('\''));
    stays.fold(answer, |answer, (text, line)| answer.holds(line, "class_no", *text)).done();

    let sheet = with_class(&mut family, 6, &[]);
    let cells = altered(
        &sheet,
        [
            (2, CLASS, shown("33", Shown::FourDigits)),
            (3, CLASS, number("13800138000")),
            (4, CLASS, number("20230001")),
            (5, CLASS, number("12.5")),
            (6, CLASS, Cell::Formula("A1&B1", Some(Computed::Text("甲班-3")))),
            (7, CLASS, Cell::Truth(true)),
        ],
    );
    family
        .hands_in("numbers in a column of texts", "补贴.xlsx", book(cells))
        .took(6, 0)
        // As it stands on the clerk's screen.
        .holds(2, "class_no", "0033")
        .holds(3, "class_no", "13800138000")
        .holds(4, "class_no", "20230001")
        .holds(5, "class_no", "12.5")
        .holds(6, "class_no", "甲班-3")
        .holds(7, "class_no", "TRUE")
        .done();

    // 2023-1 became the first of January in Excel; a serial number would mean nothing to anybody.
    let sheet = with_class(&mut family, 2, &[]);
    let cells = altered(&sheet, [(2, CLASS, shown("44927", Shown::Day))]);
    family
        .hands_in("a class number that Excel made a day of", "补贴.xlsx", book(cells))
        .took(2, 0)
        .holds(2, "class_no", "2023-01-01")
        .done();

    let sheet = with_class(&mut family, 3, &[]);
    let cells = altered(
        &sheet,
        [(2, CLASS, Cell::Error("#N/A")), (3, CLASS, Cell::Formula("B1", None)), (4, CLASS, Cell::Error("#REF!"))],
    );
    family
        .hands_in("errors and unfinished formulas in a column of texts", "补贴.xlsx", book(cells.clone()))
        .took(0, 3)
        .gave_back(2, CLASS, "MC-INTAKE-053", &["#N/A", "改好公式"])
        .gave_back(3, CLASS, "MC-INTAKE-057", &["保存一次"])
        .gave_back(4, CLASS, "MC-INTAKE-053", &["#REF!"])
        .done();

    let sheet = family.sheet(2);
    let cells = altered(&sheet, [(2, "补贴金额（元）", Cell::Error("#N/A"))]);
    family
        .hands_in("an error in an OpenDocument sheet", "补贴.ods", open_document(&cells))
        .took(1, 1)
        .gave_back(2, "补贴金额（元）", "MC-INTAKE-0", &["#N/A"])
        .done();

    family.finish();
}

#[test]
fn hostile_spaces_that_nobody_sees_are_taken_away() {
    let mut family = Family::of_certificates();
    let names = [
        ("张三 ", "张三"),
        ("　张三", "张三"),
        ("\u{a0}张三\u{a0}", "张三"),
        ("张\u{200b}三", "张三"),
        ("张三\u{feff}", "张三"),
        ("\t张三\n", "张三"),
        ("\u{2003}张三\u{2009}", "张三"),
        ("张\u{200e}三", "张三"),
    ];
    let count = u32::try_from(names.len()).expect("few");
    let sheet =
        names.iter().zip(2..).fold(family.sheet(count), |sheet, ((cell, _), line)| sheet.with(line, "姓名", cell));
    let answer =
        family.hands_in("names with spaces that nobody sees", "证书.xlsx", sheet.xlsx()).took(u64::from(count), 0);
    names.iter().zip(2..).fold(answer, |answer, ((_, name), line)| answer.holds(line, "name", *name)).done();

    let blanks = ["\u{3000}", "\u{a0}", " ", "\u{200b}", "\t", "'"];
    let count = u32::try_from(blanks.len()).expect("few");
    let sheet =
        blanks.iter().zip(2..).fold(family.sheet(count + 1), |sheet, (cell, line)| sheet.with(line, "姓名", cell));
    let answer = family.hands_in("names of nothing but spaces", "证书.xlsx", sheet.xlsx()).took(1, u64::from(count));
    (2..2 + u64::from(count))
        .fold(answer, |answer, line| answer.gave_back(line, "姓名", "MC-INTAKE-030", &["没有填", "补上"]))
        .done();

    let levels = [(" 四级 ", "四级"), ("四　级", "四级"), ("４级", "四级"), ("四级\u{200b}", "四级"), ("4级", "四级")];
    let sheet = levels
        .iter()
        .take(2)
        .zip(2..)
        .fold(family.sheet(2), |sheet, ((cell, _), line)| sheet.with(line, "技能等级", cell));
    family
        .hands_in("a listed value with spaces", "证书.xlsx", sheet.xlsx())
        .took(2, 0)
        .holds(2, "level", "四级")
        .holds(3, "level", "四级")
        .done();

    let sheet =
        family.sheet(3).with(2, "技能等级", "4级").with(3, "技能等级", "高级工").with(4, "证书类别", "职业技能证书");
    family
        .hands_in("values that are not in the list", "证书.xlsx", sheet.xlsx())
        .took(0, 3)
        .gave_back(2, "技能等级", "MC-INTAKE-051", &["4级", "四级"])
        .gave_back(3, "技能等级", "MC-INTAKE-051", &["高级工", "三级"])
        .gave_back(4, "证书类别", "MC-INTAKE-051", &["职业技能证书", "是不是"])
        .done();

    let sheet = family.sheet(2).with(2, "姓名", &"某".repeat(5000));
    family
        .hands_in("a name of five thousand characters", "证书.xlsx", sheet.xlsx())
        .took(1, 1)
        .gave_back(2, "姓名", "MC-INTAKE-054", &["5000", "4000"])
        .done();

    family.finish();
}
