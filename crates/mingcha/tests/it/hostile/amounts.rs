//! Money and counts as people write them.

use super::book::book;
use super::family::Family;
use super::grid::{Cell, Computed, Shown, altered, number, shown};

const AMOUNT: &str = "补贴金额（元）";
const HOURS: &str = "培训课时";

#[test]
fn hostile_amounts_are_read_as_they_were_meant() {
    let mut family = Family::of_subsidies();

    let writings = [
        ("¥800", "800.00"),
        ("￥1,234.50", "1234.50"),
        ("800元", "800.00"),
        ("800.5 元", "800.50"),
        ("1,234.50", "1234.50"),
        ("1，234.50", "1234.50"),
        ("１２３．５", "123.50"),
        ("1e3", "1000.00"),
        ("1.5E+3", "1500.00"),
        ("+800", "800.00"),
        (" 800 ", "800.00"),
        ("\u{a0}800\u{3000}", "800.00"),
        ("0", "0.00"),
        ("'900", "900.00"),
        ("人民币800元", "800.00"),
        ("12,345,678.90", "12345678.90"),
        ("0.08万元", "800.00"),
    ];
    let count = u32::try_from(writings.len()).expect("few");
    let sheet =
        writings.iter().zip(2..).fold(family.sheet(count), |sheet, ((cell, _), line)| sheet.with(line, AMOUNT, cell));
    let answer = family.hands_in("amounts in every usual writing", "补贴.xlsx", sheet.xlsx()).took(u64::from(count), 0);
    writings.iter().zip(2..).fold(answer, |answer, ((_, value), line)| answer.holds(line, "amount", *value)).done();

    // Programs write a number with all digits that its binary form has.
    let sheet = family.sheet(5);
    let cells = altered(
        &sheet,
        [
            (2, AMOUNT, number("800.10000000000002")),
            (3, AMOUNT, number("0.30000000000000004")),
            (4, AMOUNT, number("1.2345E3")),
            (5, HOURS, number("39.999999999999993")),
            (6, AMOUNT, shown("800", Shown::FourDigits)),
        ],
    );
    family
        .hands_in("numbers with the dust of binary fractions", "补贴.xlsx", book(cells))
        .took(5, 0)
        .holds(2, "amount", "800.10")
        .holds(3, "amount", "0.30")
        .holds(4, "amount", "1234.50")
        .holds(5, "hours", 40)
        .holds(6, "amount", "800.00")
        .done();

    let sheet = family.sheet(3);
    let cells = altered(
        &sheet,
        [
            (2, AMOUNT, Cell::Formula("500+300", Some(Computed::Number("800")))),
            (3, AMOUNT, Cell::Formula("TEXT(900,\"0.00\")", Some(Computed::Text("900.00")))),
            (4, HOURS, Cell::Formula("8*5", Some(Computed::Number("40")))),
        ],
    );
    family
        .hands_in("formulas that were computed", "补贴.xlsx", book(cells))
        .took(3, 0)
        .holds(2, "amount", "800.00")
        .holds(3, "amount", "900.00")
        .holds(4, "hours", 40)
        .done();

    family.finish();
}

#[test]
fn hostile_what_is_no_amount_comes_back() {
    let mut family = Family::of_subsidies();
    let wrong: [(Cell, &str, &[&str]); 16] = [
        ("-100".into(), "MC-INTAKE-034", &["-100", "小于下限 0"]),
        (number("-0.01"), "MC-INTAKE-034", &["-0.01"]),
        ("八百元".into(), "MC-INTAKE-0", &["八百元", "1234.50"]),
        ("约800".into(), "MC-INTAKE-031", &["约800", "不是数字"]),
        ("800元/人".into(), "MC-INTAKE-031", &["800元/人"]),
        ("1.234,50".into(), "MC-INTAKE-031", &["1.234,50"]),
        ("1,2,3".into(), "MC-INTAKE-031", &["1,2,3"]),
        ("800.005".into(), "MC-INTAKE-033", &["小数多于 2 位"]),
        ("NaN".into(), "MC-INTAKE-031", &["NaN"]),
        ("1e400".into(), "MC-INTAKE-0", &["1e400"]),
        ("123456789012345678901234567890".into(), "MC-INTAKE-055", &["太大"]),
        ("800 900".into(), "MC-INTAKE-031", &["800 900"]),
        (Cell::Error("#N/A"), "MC-INTAKE-053", &["#N/A", "公式"]),
        (Cell::Error("#DIV/0!"), "MC-INTAKE-053", &["#DIV/0!"]),
        (Cell::Formula("SUM(A1:A9)", None), "MC-INTAKE-057", &["没有算出结果", "保存一次"]),
        (shown("45034", Shown::Day), "MC-INTAKE-060", &["日期，不是数字"]),
    ];
    let count = wrong.len();
    let sheet = family.sheet(u32::try_from(count).expect("few") + 1);
    let cells = altered(&sheet, wrong.iter().zip(2..).map(|((cell, ..), line)| (line, AMOUNT, cell.clone())));
    let answer = family.hands_in("what is no amount", "补贴.xlsx", book(cells)).took(1, count as u64);
    wrong
        .iter()
        .zip(2..)
        .fold(answer, |answer, ((_, code, words), line)| answer.gave_back(line, AMOUNT, code, words))
        .done();

    let sheet = family.sheet(4);
    let cells = altered(
        &sheet,
        [(2, HOURS, "40.5".into()), (3, HOURS, "四十".into()), (4, HOURS, "20001".into()), (5, HOURS, "40课时".into())],
    );
    family
        .hands_in("what is no count of hours", "补贴.xlsx", book(cells))
        .took(0, 4)
        .gave_back(2, HOURS, "MC-INTAKE-032", &["不是整数"])
        .gave_back(3, HOURS, "MC-INTAKE-03", &["四十"])
        .gave_back(4, HOURS, "MC-INTAKE-035", &["大于上限 2000"])
        .gave_back(5, HOURS, "MC-INTAKE-03", &["40课时"])
        .done();

    family.finish();
}
