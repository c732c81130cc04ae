//! Days in every usual writing, and what looks like one.

use super::book::{Page, book, one};
use super::family::Family;
use super::grid::{Cell, Shown, altered, number, shown};

const DAY: &str = "发证日期";

#[test]
fn hostile_days_are_read_as_they_were_meant() {
    let mut family = Family::of_certificates();

    let writings = [
        "2023/4/18",
        "2023.4.18",
        "2023年4月18日",
        "20230418",
        "2023年04月18号",
        "２０２３－０４－１８",
        "二〇二三年四月十八日",
        "2023-04-18 10:30:00",
        "2023-04-18T00:00:00",
        " 2023-4-18 ",
        "2023/04/18 上午9:05",
    ];
    let count = u32::try_from(writings.len()).expect("few");
    let sheet = writings.iter().zip(2..).fold(family.sheet(count), |sheet, (day, line)| sheet.with(line, DAY, day));
    let answer = family.hands_in("days in every usual writing", "证书.csv", sheet.csv()).took(u64::from(count), 0);
    writings.iter().zip(2..).fold(answer, |answer, (_, line)| answer.holds(line, "issued_on", "2023-04-18")).done();

    let sheet = family.sheet(4);
    let cells = altered(
        &sheet,
        [
            (2, DAY, shown("45034", Shown::Day)),
            (3, DAY, number("45034")),
            (4, DAY, "2023年4月18日".into()),
            (5, DAY, shown("45034.4375", Shown::Moment)),
        ],
    );
    (2..6)
        .fold(
            family.hands_in("serials, days and texts in one column", "证书.xlsx", book(cells)).took(4, 0),
            |answer, line| answer.holds(line, "issued_on", "2023-04-18"),
        )
        .done();

    let sheet = family.sheet(2);
    let cells = altered(&sheet, [(2, DAY, shown("43572", Shown::Day)), (3, DAY, shown("43572.75", Shown::Moment))]);
    let mut since_1904 = one(Page::new("Sheet1", cells));
    since_1904.since_1904 = true;
    family
        .hands_in("a workbook of the 1904 calendar", "证书.xlsx", since_1904.bytes())
        .took(2, 0)
        .holds(2, "issued_on", "2023-04-18")
        .holds(3, "issued_on", "2023-04-18")
        .done();

    // Before the day that there was not, serials count one less.
    let sheet = family.sheet(3);
    let cells = altered(
        &sheet,
        [(2, DAY, shown("59", Shown::Day)), (3, DAY, shown("61", Shown::Day)), (4, DAY, shown("1", Shown::Day))],
    );
    family
        .hands_in("serials around the 29 February 1900", "证书.xlsx", book(cells))
        .took(3, 0)
        .holds(2, "issued_on", "1900-02-28")
        .holds(3, "issued_on", "1900-03-01")
        .holds(4, "issued_on", "1900-01-01")
        .done();

    let sheet = family.sheet(2).with(2, DAY, "2024-02-29").with(3, DAY, "2000年2月29日");
    family
        .hands_in("leap days that there were", "证书.csv", sheet.csv())
        .took(2, 0)
        .holds(2, "issued_on", "2024-02-29")
        .done();

    family.finish();
}

/// A cell in the column of days that must come back, as it came and with these words.
struct Wrong(Cell, &'static [&'static str]);

#[test]
fn hostile_what_is_no_day_comes_back() {
    let mut family = Family::of_certificates();
    let wrong = [
        // the 29 February 1900 of the serials
        Wrong(shown("60", Shown::Day), &["1900-02-29"]),
        // a time of day
        Wrong(shown("0.4375", Shown::TimeOfDay), &["不是日期"]),
        // a duration
        Wrong(shown("1.5", Shown::Duration), &["不是日期"]),
        // a plain small number
        Wrong(number("12"), &["日期"]),
        // a fraction
        Wrong(number("0.5"), &["日期"]),
        // a negative serial
        Wrong(number("-3"), &["日期"]),
        // a year alone
        Wrong("二〇二三年".into(), &["二〇二三年", "哪一日"]),
        // a month alone
        Wrong("2023年4月".into(), &["2023年4月", "哪一日"]),
        // day or month first, nobody knows
        Wrong("1/5/2023".into(), &["1/5/2023", "2023-11-05"]),
        // a year of two digits
        Wrong("23-4-18".into(), &["年份"]),
        // the thirtieth of February
        Wrong("2023-02-30".into(), &["2023 年 2 月没有 30 日"]),
        // a leap day that there was not
        Wrong("2023年2月29日".into(), &["2023 年 2 月没有 29 日"]),
        // a thirteenth month
        Wrong("2023-13-01".into(), &["没有 13 月"]),
        // a year far away
        Wrong("3023-04-18".into(), &["3023"]),
        // a word
        Wrong("长期".into(), &["长期", "不是日期"]),
        // two days
        Wrong("2023-04-18至2023-05-18".into(), &["2023-04-18至2023-05-18"]),
        // a truth value
        Wrong(Cell::Truth(true), &["日期"]),
    ];
    let count = wrong.len();
    let sheet = family.sheet(u32::try_from(count).expect("few") + 1);
    let cells = altered(&sheet, wrong.iter().zip(2..).map(|(Wrong(cell, _), line)| (line, DAY, cell.clone())));
    let answer = family.hands_in("what is no day", "证书.xlsx", book(cells)).took(1, count as u64);
    wrong
        .iter()
        .zip(2..)
        .fold(answer, |answer, (Wrong(_, words), line)| answer.gave_back(line, DAY, "MC-INTAKE-0", words))
        .done();

    family.finish();
}
