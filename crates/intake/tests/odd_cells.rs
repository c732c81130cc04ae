//! Odd cells through whole files: what Excel does to codes, times and percentages, and what no one can see.

mod support;

use mingcha_domain::Value;
use mingcha_intake::{CsvEncoding, ReadHow, parse, write_csv, write_xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet};
use support::{HEAD, ID, OTHER_ID, csv, good, head, ledger, problems, put, read_well, tampered, workbook};

/// The words about the one bad cell in a text file's second row.
#[track_caller]
fn check(line: &str, said: &str) {
    let parsed = read_well(&csv(&[line, &good("B9")]));
    assert_eq!(problems(&parsed), [said], "{line}");
    assert_eq!(parsed.rows.len(), 1, "the other row goes in");
}

fn one_row(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    workbook(|sheet| {
        head(sheet);
        put(sheet, 1, &["B1", "王小明", ID, "2023-11-05", "800"]);
        fill(sheet);
    })
}

fn number(row: u32, column: u16, value: f64, format: &str) -> impl FnOnce(&mut Worksheet) {
    move |sheet| {
        let format = Format::new().set_num_format(format);
        sheet.write_number_with_format(row, column, value, &format).expect("in range");
    }
}

#[test]
fn a_day_that_can_be_read_in_two_ways_is_refused_with_its_reason() {
    check(
        &format!("B1,王小明,{ID},1/5/2023,800"),
        "第 2 行“发放日期”写成了“1/5/2023”：年份写在了最后，分不清哪个是月、哪个是日。",
    );
    check(&format!("B1,王小明,{ID},5-Jan-23,800"), "第 2 行“发放日期”写成了“5-Jan-23”：年份只有两位。");
    check(&format!("B1,王小明,{ID},8:30,800"), "第 2 行“发放日期”写成了“8:30”：是时间，不是日期。");
    check(&format!("B1,王小明,{ID},########,800"), "第 2 行“发放日期”只有一串 #：原表的列太窄，导出时内容丢了。");
}

#[test]
fn an_odd_number_is_refused_with_its_reason() {
    check(&format!("B1,王小明,{ID},2023-11-05,\"1.234,50\""), "第 2 行“补贴金额（元）”写成了“1.234,50”：不是数字。");
    check(
        &format!("B1,王小明,{ID},2023-11-05,1.23457E+11"),
        "第 2 行“补贴金额（元）”写成了“1.23457E+11”：这是科学计数，后几位可能已经丢失。",
    );
    check(
        &format!("B1,王小明,{ID},2023-11-05,85%"),
        "第 2 行“补贴金额（元）”写成了“85%”：这是百分数，不知道该记作 85 还是 0.85 这样的数。",
    );
}

#[test]
fn an_error_of_a_formula_is_named_also_in_a_text_file() {
    for error in ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"] {
        check(&format!("B1,{error},{ID},2023-11-05,800"), &format!("第 2 行“姓名”是公式出错的结果 {error}。"));
    }
    for error in ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"] {
        let bytes = one_row(|sheet| put(sheet, 1, &["", "坏格"]));
        let bytes = tampered(&bytes, "xl/worksheets/sheet1.xml", |xml| {
            let at = xml.find("r=\"B2\"").expect("there");
            let end = at + xml[at..].find("</c>").expect("closed");
            format!("{}r=\"B2\" t=\"e\"><v>{error}</v>{}", &xml[..at], &xml[end..])
        });
        assert_eq!(problems(&read_well(&bytes)), [format!("第 2 行“姓名”是公式出错的结果 {error}。")]);
    }
}

#[test]
fn what_no_one_can_see_is_told_or_taken_out() {
    check(&format!("B1,王\u{7}明,{ID},2023-11-05,800"), "第 2 行“姓名”有看不见的控制字符（U+0007）。");
    let mut nul = csv(&[&good("B1"), &good("B2"), &good("B3")]);
    let long = "、".repeat(2_000);
    nul.extend(format!("B4,{long},{ID},2023-11-05,800\nB5,王\0明,{ID},2023-11-05,800\n").into_bytes());
    assert_eq!(problems(&read_well(&nul)), ["第 6 行“姓名”有看不见的控制字符（U+0000）。"]);
    let parsed = read_well(&csv(&[&format!(
        "\u{FEFF}B\u{200B}1,\u{202A}王\u{3000}明\u{A0},{}\u{200B},2023\u{A0}-11-05,\u{2060}800\u{3000}",
        "330902 19700115\u{A0}1231"
    )]));
    let row = &parsed.rows[0];
    assert_eq!(row.values[0], Value::Text("B1".into()));
    assert_eq!(row.values[1], Value::Text("王明".into()));
    assert_eq!(row.values[2], Value::Text(ID.into()));
    assert_eq!((row.values[3].to_string(), row.values[4].to_string()), ("2023-11-05".into(), "800.00".into()));
    assert_eq!(row.read_as.len(), 5, "all of it is shown: {:?}", row.read_as);
}

#[test]
fn what_an_earlier_program_lost_is_told() {
    for lost in ["王\u{FFFD}明", "锟斤拷锟斤拷", "???"] {
        check(&format!("B1,{lost},{ID},2023-11-05,800"), "第 2 行“姓名”有乱码，原来的字已经丢失。");
    }
    let parsed = read_well(&csv(&[&format!("B1,王明?,{ID},2023-11-05,800")]));
    assert_eq!(parsed.rows.len(), 1, "a question is no loss");
}

#[test]
fn a_cell_of_a_megabyte_is_refused_and_named_by_its_beginning() {
    let long = "长".repeat(350_000);
    let parsed = read_well(&csv(&[&format!("B1,{long},{ID},2023-11-05,800"), &good("B2")]));
    assert_eq!(problems(&parsed), ["第 2 行“姓名”有 350000 个字，超过上限 4000。"]);
    let problem = &parsed.rejects[0].problems[0];
    assert!(problem.trouble.facts.iter().all(|(_, fact)| fact.chars().count() < 100), "messages stay short");
    assert_eq!(problem.value.len(), long.len(), "the raw text is kept");
}

#[test]
fn times_are_no_days_and_no_numbers() {
    let day = |bytes: Vec<u8>| problems(&read_well(&bytes));
    assert_eq!(day(one_row(number(1, 3, 0.5, "h:mm"))), ["第 2 行“发放日期”写成了“12:00:00”：是时间，不是日期。"]);
    assert_eq!(day(one_row(number(1, 3, 1.5, "[h]:mm"))), ["第 2 行“发放日期”写成了“36:00:00”：是时间，不是日期。"]);
    assert_eq!(
        day(one_row(number(1, 4, 1.5, "[h]:mm"))),
        ["第 2 行“补贴金额（元）”写成了“36:00:00”：这是时间，不是数字。"]
    );
    assert_eq!(
        day(one_row(number(1, 3, 60.0, "yyyy/m/d"))),
        ["第 2 行“发放日期”写成了“1900-02-29”：Excel 里有这一天，历法上没有。"]
    );
}

#[test]
fn serials_before_march_1900_are_the_days_that_excel_shows() {
    let mut ledger = ledger();
    ledger.columns[3].min = None;
    let day = |serial: f64| {
        let parsed = parse(&one_row(number(1, 3, serial, "yyyy/m/d")), &ledger, &Default::default()).expect("read");
        parsed.rows[0].values[3].to_string()
    };
    assert_eq!((day(1.0), day(59.0), day(61.0)), ("1900-01-01".into(), "1900-02-28".into(), "1900-03-01".into()));
}

#[test]
fn texts_days_and_numbers_mix_in_one_column() {
    let date = Format::new().set_num_format("yyyy/m/d");
    let parsed = read_well(&workbook(|sheet| {
        head(sheet);
        for (row, no) in (1..=4).zip(["B1", "B2", "B3", "B4"]) {
            put(sheet, row, &[no, "王小明", ID, "", "800"]);
        }
        let day = ExcelDateTime::from_ymd(2023, 11, 5).expect("a day");
        sheet.write_datetime_with_format(1, 3, &day, &date).expect("in range");
        sheet.write_string(2, 3, "2023年11月5日").expect("in range");
        sheet.write_number(3, 3, 45_235).expect("in range");
        sheet.write_number(4, 3, 20_231_105).expect("in range");
    }));
    assert!(parsed.rows.iter().all(|row| row.values[3].to_string() == "2023-11-05"), "{:?}", problems(&parsed));
    let how: Vec<_> = parsed.rows.iter().map(|row| row.read_as.first().map(|read| read.how)).collect();
    assert_eq!(how, [None, Some(ReadHow::DateWriting), Some(ReadHow::DaySerial), Some(ReadHow::DateWriting)]);
}

#[test]
fn codes_stay_text() {
    for code in ["0033", "9e42", "1-2", "1/2", "00", "3E5", "+1", "007.50"] {
        let parsed = read_well(&csv(&[&format!("{code},王小明,{ID},2023-11-05,800")]));
        assert_eq!(parsed.rows[0].values[0], Value::Text(code.into()));
        let parsed = read_well(&one_row(|sheet| put(sheet, 1, &[code])));
        assert_eq!(parsed.rows[0].values[0], Value::Text(code.into()));
    }
}

#[test]
fn what_begins_like_a_formula_is_text_and_leaves_as_text() {
    for text in ["=1+1", "+86 13812341234", "-", "-5度", "@某人", "=cmd|' /C calc'!A0"] {
        let parsed = read_well(&csv(&[&format!("B1,{text},{ID},2023-11-05,800")]));
        assert_eq!(parsed.rows[0].values[1], Value::Text(text.into()), "read as it stands");
        let rows = || parsed.rows.iter().map(|row| row.values.clone());
        for bytes in [
            write_xlsx(&ledger(), rows()).expect("written"),
            write_csv(&ledger(), rows(), CsvEncoding::Utf8).expect("written"),
            write_csv(&ledger(), rows(), CsvEncoding::Gb18030).expect("written"),
        ] {
            assert_eq!(read_well(&bytes).rows[0].values[1], Value::Text(text.into()), "and comes in again the same");
        }
    }
}

#[test]
fn the_cards_of_residents_who_are_no_citizens_are_taken() {
    for first17 in ["81000019900101123", "82000019880229001", "83000019851112001", "93384019901231004"] {
        let check = mingcha_domain::resident_id::check_character(first17).expect("digits");
        let parsed = read_well(&csv(&[&format!("B1,王小明,{first17}{check},2023-11-05,800")]));
        assert_eq!(parsed.rows[0].values[2], Value::Text(format!("{first17}{check}")), "{:?}", problems(&parsed));
        assert!(parsed.rows[0].read_as.is_empty());
    }
    let parsed = read_well(&csv(&["B1,王小明,usa330190123112,2023-11-05,800"]));
    let said = support::message(&parsed.rows[0].read_as[0].said());
    assert_eq!(said, "旧版外国人永久居留证号，没有公开的校验规则，只核对了格式，读作 USA330190123112");
}

#[test]
fn a_merged_key_is_told_as_one_key_with_two_rows() {
    let parsed = read_well(&workbook(|sheet| {
        head(sheet);
        put(sheet, 1, &good("B1").split(',').collect::<Vec<_>>());
        put(sheet, 2, &["", "李四", OTHER_ID, "2023-11-05", "900"]);
        sheet.merge_range(1, 0, 2, 0, "B1", &Format::new()).expect("in range");
    }));
    assert!(problems(&parsed).iter().any(|said| said.contains("两行内容不一样")), "{:?}", problems(&parsed));
}

#[test]
fn a_column_that_is_not_the_ledgers_keeps_its_raw_text() {
    let parsed = read_well(format!("{HEAD},备注\n{},=A1\n", good("B1")).as_bytes());
    assert_eq!(parsed.rows[0].raw[5], "=A1");
}

#[test]
fn a_code_that_is_kept_as_a_number_is_read_as_it_is_shown() {
    let parsed = read_well(&one_row(number(1, 0, 33.0, "0000")));
    assert_eq!(parsed.rows[0].values[0], Value::Text("0033".into()));
    let parsed = read_well(&one_row(number(1, 4, 800.0, "00000")));
    assert_eq!(parsed.rows[0].values[4].to_string(), "800.00", "and a number stays one");
}
