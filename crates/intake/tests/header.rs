//! Finding the header and its columns: titles above, any order, any name, two for one, none for one.

mod support;

use mingcha_domain::{Speaks, Value};
use mingcha_intake::{Assign, Heading, HeadingHow, IntakeError, Limits, Options, parse, recognise};
use mingcha_pack::Ledger;
use support::{HEAD, ID, OTHER_ID, csv, good, head, ledger, message, notes, put, read, read_well, workbook};

fn assign(heading: &str, column: Option<&str>) -> Assign {
    Assign { heading: Heading::Named(heading.into()), column: column.map(str::to_owned) }
}

#[test]
fn a_title_above_the_table_is_passed_over() {
    let bytes = workbook(|sheet| {
        let format = rust_xlsxwriter::Format::new();
        sheet.merge_range(0, 0, 0, 4, "十一月补贴发放表", &format).expect("in range");
        put(sheet, 1, &["填报单位：区人社局", "", "", "2023年11月"]);
        put(sheet, 2, &HEAD.split(',').collect::<Vec<_>>());
        put(sheet, 3, &good("B1").split(',').collect::<Vec<_>>());
    });
    let parsed = read_well(&bytes);
    assert_eq!((parsed.header_row, parsed.rows[0].row, parsed.rows.len()), (3, 4, 1));
    assert!(notes(&parsed).contains(&"表头在第 3 行。".to_owned()), "{:?}", notes(&parsed));
}

#[test]
fn columns_may_come_in_any_order_under_any_of_their_names() {
    let text = format!(
        "序号\tAmount (yuan)\t发放时间\t身份证号码\t备注\tGRANT_NO\t姓 名\n1\t800\t2023-11-05\t{ID}\t无\tB1\t王小明\n"
    );
    let parsed = read_well(text.as_bytes());
    let row = &parsed.rows[0];
    assert_eq!(row.values[0], Value::Text("B1".into()));
    assert_eq!(row.values[4].to_string(), "800.00");
    assert_eq!(row.raw, ["1", "800", "2023-11-05", ID, "无", "B1", "王小明"]);
    let how: Vec<_> = parsed.mapping.iter().map(|mapped| (mapped.letters.as_str(), mapped.how)).collect();
    assert_eq!(
        how,
        [
            ("A", None),
            ("B", Some(HeadingHow::English)),
            ("C", Some(HeadingHow::Alias)),
            ("D", Some(HeadingHow::Alias)),
            ("E", None),
            ("F", Some(HeadingHow::English)),
            ("G", Some(HeadingHow::Title)),
        ]
    );
    let said = notes(&parsed);
    for expected in [
        "“发放时间”认作“发放日期”。",
        "“身份证号码”认作“身份证号”。",
        "台账里没有“备注”这一列，没有读。",
        "文本编码 UTF-8，分隔符“Tab”。",
    ] {
        assert!(said.iter().any(|note| note == expected), "{expected} in {said:?}");
    }
    assert!(!said.iter().any(|note| note.contains("序号")), "a counting column is nothing to tell: {said:?}");
}

#[test]
fn a_missing_required_column_is_refused_with_both_lists_and_the_nearest_name() {
    let text = format!("发放编号,姓名,身份号,发放日期\nB1,王小明,{ID},2023-11-05\n");
    let error = read(text.as_bytes()).expect_err("two columns are missing");
    assert_eq!(
        message(&error.trouble()),
        "第 1 行表头缺少必填的列：身份证号（身份号？）、补贴金额（元）。表里现有：发放编号、姓名、身份号、发放日期。"
    );
    let IntakeError::Columns(columns) = error else { panic!("{error:?}") };
    assert_eq!(columns.mapping.len(), 4);
    assert_eq!(columns.sample, [["B1", "王小明", ID, "2023-11-05"]]);
}

#[test]
fn a_person_can_say_which_column_it_is() {
    let text = format!("发放编号,姓名,证件,发放日期,实发\nB1,王小明,{ID},2023-11-05,800\n");
    let options = Options {
        columns: vec![
            assign("证件", Some("resident_id")),
            Assign { heading: Heading::At(4), column: Some("补贴金额（元）".into()) },
        ],
        ..Options::default()
    };
    let parsed = parse(text.as_bytes(), &ledger(), &options).expect("assigned");
    assert_eq!(parsed.rows[0].values[2], Value::Text(ID.into()));
    assert_eq!(parsed.rows[0].values[4].to_string(), "800.00");
    assert!(notes(&parsed).contains(&"“证件”认作“身份证号”。".to_owned()));
    let options = Options { columns: vec![assign("证件", Some("resident"))], ..Options::default() };
    let error = parse(text.as_bytes(), &ledger(), &options).expect_err("no such column");
    assert_eq!(message(&error.trouble()), "没有叫“resident”的列，最接近的是“resident_id”。");
    let options = Options { columns: vec![assign("证件号", Some("resident_id"))], ..Options::default() };
    let error = parse(text.as_bytes(), &ledger(), &options).expect_err("no such heading");
    assert_eq!(message(&error.trouble()), "没有叫“证件号”的列，最接近的是“证件”。");
}

#[test]
fn two_headings_for_one_column_are_refused_until_one_is_chosen() {
    let text = format!("发放编号,姓名,身份证号,发放日期,补贴金额（元）,公民身份号码\n{},{OTHER_ID}\n", good("B1"));
    let error = read(text.as_bytes()).expect_err("twice, and they differ");
    assert_eq!(
        message(&error.trouble()),
        format!(
            "第 1 行表头有不止一列像“身份证号”：C“身份证号”、F“公民身份号码”；第 2 行里它们不一样：“{ID}”、“{OTHER_ID}”。"
        )
    );
    for chosen in [assign("公民身份号码", None), assign("公民身份号码", Some("resident_id"))] {
        let options = Options { columns: vec![chosen], ..Options::default() };
        let parsed = parse(text.as_bytes(), &ledger(), &options).expect("one was chosen");
        assert_eq!(parsed.rows.len(), 1);
        assert_eq!(parsed.mapping.iter().filter(|m| m.column.as_deref() == Some("resident_id")).count(), 1);
    }
}

#[test]
fn a_header_of_two_rows_is_read_at_its_second() {
    let bytes = workbook(|sheet| {
        let format = rust_xlsxwriter::Format::new();
        sheet.merge_range(0, 0, 1, 0, "发放编号", &format).expect("in range");
        sheet.merge_range(0, 1, 0, 2, "人员信息", &format).expect("in range");
        put(sheet, 1, &["", "姓名", "身份证号", "发放日期", "补贴金额（元）"]);
        put(sheet, 2, &good("B1").split(',').collect::<Vec<_>>());
    });
    let parsed = read_well(&bytes);
    assert_eq!((parsed.header_row, parsed.rows.len()), (2, 1));
    let bytes = workbook(|sheet| {
        let format = rust_xlsxwriter::Format::new().set_bold();
        for (i, heading) in HEAD.split(',').enumerate() {
            sheet.merge_range(0, i as u16, 1, i as u16, heading, &format).expect("in range");
        }
        put(sheet, 2, &good("B1").split(',').collect::<Vec<_>>());
    });
    let parsed = read_well(&bytes);
    assert_eq!(
        (parsed.header_row, parsed.rows.len(), parsed.rejects.len()),
        (2, 1, 0),
        "all headings merged over two rows"
    );
}

#[test]
fn the_sheet_whose_header_fits_is_read_and_the_others_are_named() {
    let mut book = rust_xlsxwriter::Workbook::new();
    put(book.add_worksheet().set_name("说明").expect("a name"), 0, &["填写说明", "姓名写全名"]);
    let sheet = book.add_worksheet().set_name("十一月").expect("a name");
    head(sheet);
    put(sheet, 1, &good("B1").split(',').collect::<Vec<_>>());
    let sheet = book.add_worksheet().set_name("十二月").expect("a name");
    head(sheet);
    put(sheet, 1, &good("B2").split(',').collect::<Vec<_>>());
    let bytes = book.save_to_buffer().expect("in memory");
    let parsed = read_well(&bytes);
    assert_eq!(parsed.sheet, "十一月");
    assert!(notes(&parsed).contains(&"读的是工作表“十一月”；没有读：说明、十二月。".to_owned()));
    let options = Options { sheet: Some("十二月".into()), ..Options::default() };
    let parsed = parse(&bytes, &ledger(), &options).expect("named");
    assert_eq!(parsed.rows[0].values[0], Value::Text("B2".into()));
}

#[test]
fn totals_remarks_and_blank_rows_are_left_out_and_told() {
    let bytes = csv(&[&good("B1"), ",,,,", &good("B2"), "合　计,,,,1600.00", "制表人：王,,审核人：李,,"]);
    let parsed = read_well(&bytes);
    assert_eq!(parsed.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 4]);
    assert!(parsed.rejects.is_empty());
    let said = notes(&parsed);
    for expected in ["跳过合计行：第 5 行。", "跳过表尾说明：第 6 行。", "跳过 1 个空行。"] {
        assert!(said.iter().any(|note| note == expected), "{expected} in {said:?}");
    }
}

#[test]
fn a_person_called_total_is_a_row_and_not_a_total() {
    let parsed = read_well(&csv(&[&format!("合计1,合计,{ID},2023-11-05,800")]));
    assert_eq!(parsed.rows.len(), 1);
}

#[test]
fn cells_beyond_the_header_are_a_mistake_in_text_and_told_in_a_workbook() {
    let parsed = read_well(&csv(&[&good("B1"), "B2,王小明,330902197001151231,2023-11-05,1,200.00"]));
    assert_eq!(support::problems(&parsed), ["第 3 行有 6 格，表头只有 5 格。"]);
    let bytes = workbook(|sheet| {
        head(sheet);
        put(sheet, 1, &good("B1").split(',').chain(["已核"]).collect::<Vec<_>>());
    });
    assert!(notes(&read_well(&bytes)).contains(&"这些列有内容却没有表头，没有读：F。".to_owned()));
}

#[test]
fn a_dropped_file_is_recognised_by_its_header() {
    let mut other = ledger();
    other.name = "training_org".into();
    other.columns.truncate(2);
    let candidates =
        recognise(&csv(&[&good("B1")]), [&other, &ledger()].into_iter(), &Limits::default()).expect("read");
    let names: Vec<_> = candidates.iter().map(|found| (found.ledger.as_str(), found.recognised)).collect();
    assert_eq!(names, [("vocational_training.training_subsidy", 5), ("vocational_training.training_org", 2)]);
    let none = recognise(b"a,b\n1,2\n", [&Ledger::default()].into_iter(), &Limits::default()).expect("read");
    assert!(none.is_empty());
}

#[test]
fn a_header_may_stand_far_down_and_a_row_that_is_none_is_told() {
    let notes: String = (1..60).map(|no| format!("{no}. 填报说明第 {no} 条，逐项填写\n")).collect();
    let text = format!("{notes}{HEAD}\n{}\n", good("B1"));
    let parsed = read_well(text.as_bytes());
    assert_eq!((parsed.header_row, parsed.rows.len()), (60, 1));
    let options = Options { header_row: Some(70), ..Options::default() };
    let error = parse(text.as_bytes(), &ledger(), &options).expect_err("no such row");
    assert_eq!(message(&error.trouble()), "第 70 行没有内容，或在前 100 行之外，不能作表头。");
}
