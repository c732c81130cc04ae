//! One bad or odd cell at a time, through whole files, with the very words a clerk reads.

mod support;

use mingcha_domain::Value;
use mingcha_intake::{ReadHow, parse};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet};
use support::{
    HEAD, ID, OTHER_ID, csv, good, head, ledger, message, notes, problems, put, read_well, tampered, workbook,
};

/// The words about the one bad cell in a text file's second row.
#[track_caller]
fn check(line: &str, said: &str) {
    let parsed = read_well(&csv(&[line, &good("B9")]));
    assert_eq!(problems(&parsed), [said], "{line}");
    assert_eq!(parsed.rows.len(), 1, "the other row goes in");
}

#[test]
fn a_bad_cell_is_told_with_place_and_reason() {
    check("B1,王小明,110105194912310023,2023-11-05,800", "第 2 行“身份证号”末位校验码应为 X，现为 3。");
    check("B1,王小明,330902197001,2023-11-05,800", "第 2 行“身份证号”应为 18 位，现有 12 位。");
    check("B1,王小明,33090219700115l231,2023-11-05,800", "第 2 行“身份证号”第 15 位是“l”，这一位不能用这个字。");
    check("B1,王小明,330902197013151231,2023-11-05,800", "第 2 行“身份证号”里的出生日期“19701315”不存在。");
    check("B1,王小明,3.30902E+17,2023-11-05,800", "第 2 行“身份证号”被 Excel 存成了数字“3.30902E+17”，后几位已丢失。");
    check(&format!("B1,王小明,{ID},2023-13-05,800"), "第 2 行“发放日期”写成了“2023-13-05”：没有 13 月。");
    check(&format!("B1,王小明,{ID},2023-02-30,800"), "第 2 行“发放日期”写成了“2023-02-30”：2023 年 2 月没有 30 日。");
    check(&format!("B1,王小明,{ID},23/1/5,800"), "第 2 行“发放日期”写成了“23/1/5”：年份只有两位。");
    check(&format!("B1,王小明,{ID},2023年11月,800"), "第 2 行“发放日期”写成了“2023年11月”：没有写到哪一日。");
    check(&format!("B1,王小明,{ID},去年,800"), "第 2 行“发放日期”写成了“去年”：不是日期。");
    check(
        &format!("B1,王小明,{ID},2014-12-31,800"),
        "第 2 行“发放日期”写成了“2014-12-31”：早于最早可填的 2015-01-01。",
    );
    check(&format!("B1,王小明,{ID},2023-11-05,八百"), "第 2 行“补贴金额（元）”写成了“八百”：不是数字。");
    check(&format!("B1,王小明,{ID},2023-11-05,1.005"), "第 2 行“补贴金额（元）”写成了“1.005”：小数多于 2 位。");
    check(&format!("B1,王小明,{ID},2023-11-05,0"), "第 2 行“补贴金额（元）”写成了“0”：小于下限 0.01。");
    check(
        &format!("B1,王小明,{ID},2023-11-05,100000.01"),
        "第 2 行“补贴金额（元）”写成了“100000.01”：大于上限 100000。",
    );
    check(&format!("B1,,{ID},2023-11-05,800"), "第 2 行“姓名”没有填。");
    check(&format!("B1,王\u{FFFD}明,{ID},2023-11-05,800"), "第 2 行“姓名”有乱码，原来的字已经丢失。");
    let long = "长".repeat(4001);
    check(&format!("B1,{long},{ID},2023-11-05,800"), "第 2 行“姓名”有 4001 个字，超过上限 4000。");
}

#[test]
fn optional_columns_have_their_words_too() {
    let sheet = |columns: &str, cells: &str| {
        let text = format!("{HEAD},{columns}\n{},{cells}\n", good("B1"));
        problems(&read_well(text.as_bytes()))
    };
    assert_eq!(sheet("补贴类别", "培训补助"), ["第 2 行“补贴类别”写成了“培训补助”：不在可选值里，是不是“培训补贴”。"]);
    assert_eq!(sheet("补贴类别", "XYZ"), ["第 2 行“补贴类别”写成了“XYZ”：不在可选值里。"]);
    assert_eq!(sheet("课时", "3.5"), ["第 2 行“课时”写成了“3.5”：不是整数。"]);
    assert_eq!(sheet("成绩", "85.55"), ["第 2 行“成绩”写成了“85.55”：小数多于 1 位。"]);
    assert_eq!(sheet("是否就业", "可能"), ["第 2 行“是否就业”写成了“可能”：看不出是还是否。"]);
    assert_eq!(sheet("培训机构代码", "91330902MA2DH12358"), ["第 2 行“培训机构代码”末位校验码应为 9，现为 8。"]);
    assert_eq!(sheet("培训机构代码", "9133O902MA2DH12359"), ["第 2 行“培训机构代码”第 5 位是“O”，代码里不用这个字。"]);
    assert!(sheet("课时,成绩,是否就业,培训机构代码,补贴类别", "-,/,—,无,").is_empty(), "a dash is an empty cell");
}

#[test]
fn all_that_is_wrong_with_a_row_is_told_at_once() {
    let parsed = read_well(&csv(&[&good("B1"), ",王小明,123,2023-13-05,x"]));
    let reject = &parsed.rejects[0];
    assert_eq!(reject.row, 3);
    assert_eq!(reject.raw, ["", "王小明", "123", "2023-13-05", "x"]);
    let places: Vec<_> = reject.problems.iter().map(|p| (p.column.as_str(), p.at, p.value.as_str())).collect();
    assert_eq!(
        places,
        [
            ("grant_no", Some(0), ""),
            ("resident_id", Some(2), "123"),
            ("granted_on", Some(3), "2023-13-05"),
            ("amount", Some(4), "x")
        ]
    );
}

#[test]
fn a_key_twice_in_one_sheet_is_mended_unless_the_rows_are_the_same() {
    let other = format!("B1,李四,{OTHER_ID},2023-11-06,900");
    let parsed = read_well(&csv(&[&good("B1"), &good("B1"), &other]));
    assert_eq!(parsed.rows.len(), 0, "nobody knows which of the two is right");
    assert_eq!(
        problems(&parsed),
        [
            "第 2 行“发放编号”与第 4 行的“B1”相同，但两行内容不一样。",
            "第 4 行“发放编号”与第 2 行的“B1”相同，但两行内容不一样。"
        ]
    );
    assert!(notes(&parsed).contains(&"有 1 行与前面的行完全相同，只收一次：第 3 行。".to_owned()));
}

#[test]
fn what_was_read_as_something_else_is_said() {
    let parsed = read_well(&csv(&[
        "Ｂ１,王　小明,11010519491231002x,2023年11月21日,９００",
        "B2,王小明,330902550630042,45235,\"¥1,234.50\"",
    ]));
    let said =
        |row: usize| -> Vec<String> { parsed.rows[row].read_as.iter().map(|read| message(&read.said())).collect() };
    assert_eq!(
        said(0),
        [
            "全角，读作 B1",
            "去掉空格，读作 王小明",
            "字母改大写，读作 11010519491231002X",
            "读作 2023-11-21",
            "全角，读作 900.00"
        ]
    );
    assert_eq!(said(1), ["15 位旧号，读作 330902195506300424", "日期序号，读作 2023-11-05", "读作 1234.50"]);
    assert_eq!(parsed.rows[0].raw[3], "2023年11月21日", "the raw text is kept");
}

fn one_row(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    workbook(|sheet| {
        head(sheet);
        put(sheet, 1, &["B1", "王小明", ID, "2023-11-05", "800"]);
        fill(sheet);
    })
}

#[test]
fn cells_of_a_workbook_are_read_by_what_they_hold() {
    let date = Format::new().set_num_format("yyyy/m/d");
    let parsed = read_well(&one_row(|sheet| {
        let day = ExcelDateTime::from_ymd(2023, 11, 5).expect("a day");
        sheet.write_datetime_with_format(1, 3, &day, &date).expect("in range");
        sheet.write_number(1, 4, 1234.5).expect("in range");
        sheet.write_number(1, 0, 20230001).expect("in range");
    }));
    let row = &parsed.rows[0];
    assert_eq!(row.values[0], Value::Text("20230001".into()));
    assert_eq!(row.values[3].to_string(), "2023-11-05");
    assert_eq!(row.values[4].to_string(), "1234.50");
    assert_eq!(row.raw, ["20230001", "王小明", ID, "2023-11-05", "1234.5"]);
    assert!(row.read_as.is_empty(), "{:?}", row.read_as);
}

#[test]
fn an_identity_number_kept_as_a_number_is_refused_with_how_to_mend_it() {
    let parsed = read_well(&one_row(|sheet| {
        sheet.write_number(1, 2, 330_902_197_001_151_231.0).expect("in range");
    }));
    let problem = &parsed.rejects[0].problems[0];
    assert_eq!(
        support::say(&problem.trouble),
        "第 2 行“身份证号”被 Excel 存成了数字“3.30902E+17”，后几位已丢失。先把整列的格式设为“文本”，再照证件重新填写；只改格式，丢了的数字回不来。"
    );
    assert_eq!(problem.trouble.code, "MC-INTAKE-045");
}

#[test]
fn formulas_give_their_result_or_are_told() {
    let parsed = read_well(&one_row(|sheet| {
        sheet.write_formula(1, 4, Formula::new("=400*2").set_result("800")).expect("in range");
    }));
    assert_eq!(parsed.rows[0].values[4].to_string(), "800.00");
    let error = one_row(|sheet| {
        sheet.write_formula(1, 4, Formula::new("=1/0").set_result("#DIV/0!")).expect("in range");
    });
    let error = tampered(&error, "xl/worksheets/sheet1.xml", |xml| xml.replace("t=\"str\"", "t=\"e\""));
    assert_eq!(problems(&read_well(&error)), ["第 2 行“补贴金额（元）”是公式出错的结果 #DIV/0!。"]);
    let uncomputed = one_row(|sheet| {
        sheet.write_formula(1, 4, Formula::new("=400*2").set_result("800")).expect("in range");
    });
    let uncomputed = tampered(&uncomputed, "xl/worksheets/sheet1.xml", |xml| xml.replace("<v>800</v>", ""));
    assert_eq!(problems(&read_well(&uncomputed)), ["第 2 行“补贴金额（元）”是还没有算出结果的公式。"]);
}

#[test]
fn a_workbook_that_counts_from_1904_has_the_same_days() {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let bytes = one_row(|sheet| {
        sheet.write_number_with_format(1, 3, 43_773.0, &date).expect("in range");
    });
    let bytes = tampered(&bytes, "xl/workbook.xml", |xml| xml.replace("<workbookPr", "<workbookPr date1904=\"1\""));
    let parsed = read_well(&bytes);
    assert_eq!(parsed.rows[0].values[3].to_string(), "2023-11-05");
    assert_eq!(parsed.rows[0].raw[3], "2023-11-05");
}

#[test]
fn a_number_dressed_as_a_date_is_not_taken_for_money() {
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let parsed = read_well(&one_row(|sheet| {
        sheet.write_number_with_format(1, 4, 800.0, &date).expect("in range");
    }));
    assert_eq!(problems(&parsed), ["第 2 行“补贴金额（元）”写成了“1902-03-10”：这是日期，不是数字。"]);
}

#[test]
fn a_merged_cell_is_meant_for_every_row_it_covers() {
    let format = Format::new();
    let parsed = read_well(&workbook(|sheet| {
        head(sheet);
        put(sheet, 1, &good("B1").split(',').collect::<Vec<_>>());
        put(sheet, 2, &["B2", "李四", OTHER_ID, "", "900"]);
        put(sheet, 3, &["B3", "赵五", ID, "", "700"]);
        sheet.merge_range(1, 3, 2, 3, "2023-11-05", &format).expect("in range");
    }));
    assert_eq!(parsed.rows[1].values[3].to_string(), "2023-11-05");
    assert_eq!(parsed.rows[1].read_as[0].how, ReadHow::Merged);
    assert_eq!(problems(&parsed), ["第 4 行“发放日期”没有填。"], "the area ends with row 3");
}

#[test]
fn text_that_looks_like_code_stays_text() {
    let parsed = read_well(&csv(&[&format!("B1,<script>alert(1)</script>,{ID},2023-11-05,800")]));
    assert_eq!(parsed.rows[0].values[1], Value::Text("<script>alert(1)</script>".into()));
    let formula = format!("B2,\"=HYPERLINK(\"\"x\"\")\",{ID},2023-11-05,800");
    let parsed = read_well(&csv(&[&formula]));
    assert_eq!(parsed.rows[0].values[1], Value::Text("=HYPERLINK(\"x\")".into()));
}

#[test]
fn the_same_reader_serves_a_sheet_without_a_key() {
    let mut ledger = ledger();
    ledger.key.clear();
    let parsed = parse(&csv(&[&good("B1"), &good("B1")]), &ledger, &Default::default()).expect("read");
    assert_eq!(parsed.rows.len(), 2, "without a key two equal rows are two rows");
}
