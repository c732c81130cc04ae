//! Headers on two rows, headings in another unit, and two headings for one column.

mod support;

use mingcha_domain::{Speaks, Value};
use mingcha_intake::{Assign, Heading, IntakeError, Options, Scale, fitting_sheets, parse};
use rust_decimal::Decimal;
use rust_xlsxwriter::Format;
use support::{HEAD, ID, OTHER_ID, good, head, ledger, message, notes, put, read, read_well, workbook};

fn options(columns: Vec<Assign>) -> Options {
    Options { columns, ..Options::default() }
}

fn assign(heading: &str, column: Option<&str>) -> Assign {
    Assign { heading: Heading::Named(heading.into()), column: column.map(str::to_owned) }
}

/// A table whose 补贴 stands over 金额 and 日期; neither row names the columns alone.
fn grouped() -> Vec<u8> {
    workbook(|sheet| {
        let format = Format::new();
        put(sheet, 0, &["十一月补贴发放表"]);
        for (i, heading) in ["发放编号", "姓名", "身份证号"].iter().enumerate() {
            sheet.merge_range(1, i as u16, 2, i as u16, heading, &format).expect("in range");
        }
        sheet.merge_range(1, 3, 1, 4, "补贴", &format).expect("in range");
        put(sheet, 2, &["", "", "", "金额", "日期"]);
        put(sheet, 3, &["B1", "王小明", ID, "800", "2023-11-05"]);
    })
}

fn grouped_ledger() -> mingcha_pack::Ledger {
    let mut ledger = ledger();
    ledger.columns[3].aliases = vec!["补贴日期".into()];
    ledger.columns[4].aliases = vec!["金额".into()];
    ledger
}

#[test]
fn a_group_above_and_the_heading_below_name_a_column_together() {
    let parsed = parse(&grouped(), &grouped_ledger(), &Options::default()).expect("both rows are the header");
    let headings: Vec<&str> = parsed.mapping.iter().map(|mapped| mapped.heading.as_str()).collect();
    assert_eq!(headings, ["发放编号", "姓名", "身份证号", "补贴/金额", "补贴/日期"]);
    assert_eq!((parsed.header_row, parsed.rows.len(), parsed.rows[0].row), (3, 1, 4));
    assert_eq!(parsed.rows[0].values[3].to_string(), "2023-11-05");
    assert_eq!(parsed.rows[0].values[4].to_string(), "800.00");
    let said = notes(&parsed);
    assert!(said.contains(&"表头在第 2、3 两行，上下合起来认。".to_owned()), "{said:?}");
    assert!(said.contains(&"“补贴/日期”认作“发放日期”。".to_owned()), "{said:?}");
}

#[test]
fn a_text_file_leaves_the_cells_beside_a_group_empty() {
    let text = format!("发放编号,姓名,身份证号,补贴,\n,,,金额,日期\nB1,王小明,{ID},800,2023-11-05\n");
    let parsed = parse(text.as_bytes(), &grouped_ledger(), &Options::default()).expect("read");
    assert_eq!((parsed.header_row, parsed.rows.len()), (2, 1));
    assert_eq!(parsed.rows[0].values[4].to_string(), "800.00");
}

#[test]
fn two_groups_over_the_same_headings_are_told_apart() {
    let text = format!(
        "发放编号,本人,,配偶,,发放日期,补贴金额\n,姓名,身份证号,姓名,身份证号,,\nB1,王小明,{ID},李四,{OTHER_ID},2023-11-05,800\n"
    );
    let error = read(text.as_bytes()).expect_err("two names that differ");
    assert_eq!(
        message(&error.trouble()),
        "第 2 行表头有不止一列像“姓名”：B“本人/姓名”、D“配偶/姓名”；第 3 行里它们不一样：“王小明”、“李四”。"
    );
    let chosen = options(vec![assign("配偶/姓名", None), assign("配偶/身份证号", None)]);
    let parsed = parse(text.as_bytes(), &ledger(), &chosen).expect("chosen");
    assert_eq!(parsed.rows[0].values[1], Value::Text("王小明".into()));
    assert_eq!(parsed.rows[0].values[2], Value::Text(ID.into()));
}

#[test]
fn the_first_row_of_data_is_no_second_row_of_headings() {
    let mut ledger = ledger();
    ledger.columns[1].aliases = vec!["名称".into()];
    let text = format!("{HEAD},备注\n{},名称\n", good("B1"));
    let parsed = parse(text.as_bytes(), &ledger, &Options::default()).expect("read");
    assert_eq!((parsed.header_row, parsed.rows.len()), (1, 1));
}

#[test]
fn a_heading_in_ten_thousands_is_converted_and_said() {
    let text = format!(
        "发放编号,姓名,身份证号,发放日期,补贴金额（万元）\nB1,王小明,{ID},2023-11-05,8.69\nB2,王小明,{ID},2023-11-05,900元\n"
    );
    let parsed = read_well(text.as_bytes());
    let amount = |row: usize| parsed.rows[row].values[4].to_string();
    assert_eq!((amount(0), amount(1)), ("86900.00".into(), "900.00".into()));
    assert_eq!(parsed.mapping[4].scale, Scale::Times(Decimal::from(10_000)));
    let said = notes(&parsed);
    let expected = "“补贴金额（万元）”与“补贴金额（元）”单位不同，已换算：每格乘以 10000。";
    assert!(said.iter().any(|note| note == expected), "{said:?}");
    assert_eq!(message(&parsed.rows[0].read_as[0].said()), "换算单位，读作 86900.00");
    assert_eq!(parsed.rows[0].raw[4], "8.69", "the raw text is kept");
}

#[test]
fn a_unit_above_the_table_is_meant_for_its_money() {
    let text =
        format!("发放表,,,,单位：万元\n发放编号,姓名,身份证号,发放日期,补贴金额\nB1,王小明,{ID},2023-11-05,8.69\n");
    let parsed = read_well(text.as_bytes());
    assert_eq!(parsed.rows[0].values[4].to_string(), "86900.00");
    let expected = "表头上方写着“单位：万元”，这些列照此换算：补贴金额。";
    assert!(notes(&parsed).iter().any(|note| note == expected), "{:?}", notes(&parsed));
    let own = text.replace("补贴金额", "补贴金额（元）").replace("8.69", "900");
    let parsed = read_well(own.as_bytes());
    assert_eq!(parsed.rows[0].values[4].to_string(), "900.00", "a heading with its own unit keeps it");
}

#[test]
fn a_heading_in_a_unit_that_cannot_be_converted_is_refused_with_words() {
    let text = format!("发放编号,姓名,身份证号,发放日期,补贴金额（美元）\nB1,王小明,{ID},2023-11-05,100\n");
    let error = read(text.as_bytes()).expect_err("another currency");
    assert_eq!(
        message(&error.trouble()),
        "第 1 行表头“补贴金额（美元）”与台账“补贴金额（元）”单位不同，不能照原数读。"
    );
    let given = options(vec![assign("补贴金额（美元）", Some("amount"))]);
    let parsed = parse(text.as_bytes(), &ledger(), &given).expect("a person said so");
    assert_eq!(parsed.rows[0].values[4].to_string(), "100.00");
    let expected = "“补贴金额（美元）”与台账“补贴金额（元）”单位不同，照指定的对应读了，数字没有换算。";
    assert!(notes(&parsed).iter().any(|note| note == expected), "{:?}", notes(&parsed));
    let optional = format!("{HEAD},课时（天）\n{},3\n", good("B1"));
    let mut ledger = ledger();
    ledger.columns[7].title = "课时（小时）".into();
    let parsed = parse(optional.as_bytes(), &ledger, &Options::default()).expect("an optional column is left out");
    assert_eq!(parsed.rows[0].values[7], Value::Null);
    let expected = "“课时（天）”与台账“课时（小时）”单位不同，换算不了，没有读。";
    assert!(notes(&parsed).iter().any(|note| note == expected), "{:?}", notes(&parsed));
}

#[test]
fn two_headings_for_one_column_are_read_as_one_while_they_say_the_same() {
    let text = format!(
        "{HEAD},公民身份号码,金额（万元）\n{},{ID},\nB2,王小明,,2023-11-05,800.00,{ID},\nB3,王小明,{ID},2023-11-05,800,,\n",
        good("B1")
    );
    let parsed = read_well(text.as_bytes());
    assert_eq!((parsed.rows.len(), parsed.rejects.len()), (3, 0));
    assert!(parsed.rows.iter().all(|row| row.values[2] == Value::Text(ID.into())));
    let expected =
        "“身份证号”有不止一列：C“身份证号”、F“公民身份号码”。各行内容没有不同，合起来读；一列空着就取另一列。";
    assert!(notes(&parsed).iter().any(|note| note == expected), "{:?}", notes(&parsed));
}

#[test]
fn two_headings_that_mean_the_same_amount_in_two_units_agree() {
    let mut ledger = ledger();
    ledger.columns[4].aliases = vec!["金额".into()];
    let text = format!("{HEAD},金额（万元）\n{},0.08\n", good("B1"));
    let parsed = parse(text.as_bytes(), &ledger, &Options::default()).expect("0.08 万元 are 800 元");
    assert_eq!(parsed.rows[0].values[4].to_string(), "800.00");
    let text = format!("{HEAD},金额（万元）\n{},0.09\n", good("B1"));
    assert!(matches!(parse(text.as_bytes(), &ledger, &Options::default()), Err(IntakeError::Columns(_))));
}

#[test]
fn the_sheets_that_fit_are_listed_and_said() {
    let mut book = rust_xlsxwriter::Workbook::new();
    put(book.add_worksheet().set_name("说明").expect("a name"), 0, &["填写说明", "姓名写全名"]);
    for (name, no) in [("十一月", "B1"), ("十二月", "B2")] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        head(sheet);
        put(sheet, 1, &good(no).split(',').collect::<Vec<_>>());
    }
    put(book.add_worksheet().set_name("名册").expect("a name"), 2, &["姓名", "身份证号"]);
    let bytes = book.save_to_buffer().expect("in memory");
    let fits = fitting_sheets(&bytes, &ledger(), &Default::default()).expect("read");
    let told: Vec<_> = fits.iter().map(|fit| (fit.sheet.as_str(), fit.header_row, fit.recognised, fit.fits)).collect();
    assert_eq!(told, [("十一月", 1, 5, true), ("十二月", 1, 5, true), ("名册", 3, 2, false)]);
    let expected = "工作表“十二月”也能读：表头在第 1 行，认得 5 列。要读它，改选工作表再读。";
    let said = notes(&read_well(&bytes));
    assert!(said.iter().any(|note| note == expected), "{said:?}");
    assert_eq!(said.iter().filter(|note| note.contains("也能读")).count(), 1, "a sheet that lacks columns is not told");
}

#[test]
fn blank_columns_between_make_no_difference() {
    let parsed = read_well(
        format!("发放编号,,姓名,,身份证号,发放日期,,补贴金额\nB1,,王小明,,{ID},2023-11-05,,800\n").as_bytes(),
    );
    assert_eq!((parsed.rows.len(), parsed.rows[0].values[4].to_string()), (1, "800.00".into()));
}

#[test]
fn when_no_sheet_fits_the_one_with_a_table_is_named() {
    let mut book = rust_xlsxwriter::Workbook::new();
    put(book.add_worksheet().set_name("封面").expect("a name"), 0, &["封面"]);
    let sheet = book.add_worksheet().set_name("汇总").expect("a name");
    put(sheet, 0, &["月份", "人数"]);
    put(sheet, 1, &["十月", "120"]);
    let error = read(&book.save_to_buffer().expect("in memory")).expect_err("nothing fits");
    assert_eq!(
        message(&error.trouble()),
        "工作表“汇总”第 1 行表头缺少必填的列：发放编号、姓名、身份证号、发放日期、补贴金额（元）。表里现有：月份、人数。"
    );
}

#[test]
fn what_is_hidden_is_read_and_said() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("十一月").expect("a name");
    head(sheet);
    for row in 1..=3 {
        put(sheet, row, &good(&format!("B{row}")).split(',').collect::<Vec<_>>());
    }
    sheet.set_row_hidden(2).expect("in range");
    sheet.set_column_hidden(4).expect("in range");
    let old = book.add_worksheet().set_name("旧数据").expect("a name");
    put(old, 0, &["姓名"]);
    old.set_hidden(true);
    let parsed = read_well(&book.save_to_buffer().expect("in memory"));
    assert_eq!(parsed.rows.len(), 3);
    let said = notes(&parsed);
    for expected in [
        "读的是工作表“十一月”；没有读：旧数据（隐藏）。",
        "原表里隐藏的 1 行也读了：第 3 行。不要的，先在原表里删去。",
        "原表里隐藏的列也读了：E“补贴金额（元）”。",
    ] {
        assert!(said.iter().any(|note| note == expected), "{expected} in {said:?}");
    }
}
