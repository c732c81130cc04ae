//! Columns by whatever they are called.

use super::book::book;
use super::family::Family;
use super::grid::{Cell, grid, number};
use crate::sheets::{SUBSIDY, Sheet};

const ENGLISH: [(&str, &str); 10] = [
    ("证书编号", "Certificate number"),
    ("身份证号", "Holder's resident identity number"),
    ("姓名", "Holder's name"),
    ("证书类别", "Kind of certificate"),
    ("职业（工种）", "Occupation"),
    ("技能等级", "Level"),
    ("发证日期", "Issued on"),
    ("发证机构代码", "Issuer's unified social credit code"),
    ("发证机构", "Issuer"),
    ("理论成绩", "Theory mark"),
];

const NAMES: [&str; 10] = [
    "certificate_no",
    "resident_id",
    "name",
    "kind",
    "occupation",
    "level",
    "issued_on",
    "issuer_uscc",
    "issuer",
    "theory_score",
];

fn all_renamed<'a>(sheet: Sheet, names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Sheet {
    names.into_iter().fold(sheet, |sheet, (from, to)| sheet.renamed(from, to))
}

#[test]
fn hostile_columns_are_known_by_title_name_and_alias() {
    let mut family = Family::of_certificates();

    let sheet = all_renamed(family.sheet(2), ENGLISH);
    family
        .hands_in("English headings", "certificates.csv", sheet.csv())
        .took(2, 0)
        .holds(2, "theory_score", "88.5")
        .done();

    let sheet = all_renamed(family.sheet(2), ENGLISH.map(|(title, _)| title).into_iter().zip(NAMES));
    family
        .hands_in("the ledger's own column names", "certificates.csv", sheet.csv())
        .took(2, 0)
        .holds(2, "issuer", "示例学校")
        .done();

    let shouted: Vec<String> = NAMES.iter().map(|name| name.to_uppercase()).collect();
    let sheet =
        all_renamed(family.sheet(2), ENGLISH.iter().map(|(title, _)| *title).zip(shouted.iter().map(String::as_str)));
    family.hands_in("column names in capitals", "CERT.CSV", sheet.csv()).took(2, 0).done();

    let aliases = [
        ("证书编号", "证书号码"),
        ("身份证号", "公民身份号码"),
        ("姓名", "持证人"),
        ("发证日期", "核发日期"),
        ("发证机构", "评价机构"),
    ];
    let sheet = all_renamed(family.sheet(2), aliases);
    family
        .hands_in("headings that are aliases", "证书.csv", sheet.csv())
        .took(2, 0)
        .said(&["“持证人”认作“姓名”"])
        .done();

    let dressed = [
        ("证书编号", "证 书 编 号 *"),
        ("身份证号", "身份证号\n（18位）"),
        ("姓名", "　姓　名　"),
        ("职业（工种）", "职业(工种)"),
        ("发证日期", "发证日期（年-月-日）"),
        ("理论成绩", "理论成绩："),
    ];
    let sheet = all_renamed(family.sheet(2), dressed);
    family
        .hands_in("headings with spaces, stars, line ends and remarks", "证书.xlsx", sheet.xlsx())
        .took(2, 0)
        .holds(2, "theory_score", "88.5")
        .holds(2, "occupation", "养老护理员")
        .done();

    let mut sheet = family.sheet(3);
    sheet.headings.reverse();
    sheet.rows.iter_mut().for_each(|row| row.reverse());
    family.hands_in("columns in another order", "证书.xlsx", sheet.xlsx()).took(3, 0).holds(4, "level", "四级").done();

    let mut cells = grid(&family.sheet(2));
    for (heading, fill) in [("备注", "无"), ("乡镇", "金塘镇")] {
        for (at, row) in cells.iter_mut().enumerate() {
            row.insert(2, if at == 0 { heading.into() } else { fill.into() });
        }
    }
    family
        .hands_in("columns that the ledger does not have", "证书.xlsx", book(cells))
        .took(2, 0)
        .said(&["备注", "乡镇", "没有读"])
        .done();

    family.finish();
}

#[test]
fn hostile_columns_are_not_guessed() {
    let mut family = Family::of_certificates();

    let sheet = family.sheet(2).without("姓名").without("发证日期");
    family.hands_in("required columns missing", "证书.xlsx", sheet.xlsx()).refused(&[
        "MC-INTAKE-015",
        "第 1 行",
        "姓名",
        "发证日期",
        "补上",
    ]);

    let mut sheet = family.sheet(2);
    sheet.headings.push("姓名".to_owned());
    sheet.rows.iter_mut().for_each(|row| row.push("李四".to_owned()));
    family.hands_in("the same column twice with other names", "证书.xlsx", sheet.xlsx()).refused(&[
        "MC-INTAKE-016",
        "姓名",
        "只留一列",
    ]);

    let sheet = family.sheet(2);
    let mut cells = grid(&sheet);
    cells.remove(0);
    family.hands_in("no header at all", "证书.xlsx", book(cells)).refused(&["MC-INTAKE-015", "证书编号", "补上"]);

    family.finish();

    let mut family = Family::of(SUBSIDY);
    let sheet = family.sheet(2).renamed("补贴金额（元）", "补贴金额（万元）");
    let cells: Vec<Vec<Cell>> = grid(&sheet)
        .into_iter()
        .enumerate()
        .map(|(at, mut row)| {
            if at > 0 {
                row[5] = number("0.08");
            }
            row
        })
        .collect();
    // The unit is in the heading: eight hundred yuan, not eight cents.
    family
        .hands_in("amounts in ten thousands of yuan", "补贴.xlsx", book(cells))
        .took(2, 0)
        .said(&["万元"])
        .holds(2, "amount", "800.00")
        .done();
    family.finish();
}
