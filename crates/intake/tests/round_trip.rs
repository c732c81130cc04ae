//! What is written is read the same, from every format; and the workbooks that go back to people come in again.

mod support;

use std::io::{Cursor, Read};

use mingcha_domain::{Day, Value};
use mingcha_intake::{CsvEncoding, Options, Parsed, marked, parse, template, write_csv, write_mended, write_xlsx};
use mingcha_pack::ColumnKind;
use proptest::prelude::*;
use rust_decimal::Decimal;
use support::{ID, OTHER_ID, USCC, csv, good, ledger, message, notes, problems, read, read_well, say};

fn value(kind: ColumnKind, values: Vec<String>) -> BoxedStrategy<Value> {
    match kind {
        // Whatever text, so long as it has no outer or double spaces: those are taken out on purpose.
        ColumnKind::Text => "[王李=+@'a-zA-Z0-9<>\",;（）]{1,8}"
            .prop_filter("digits with an exponent are refused on purpose", |text| !text.contains(['e', 'E']))
            .prop_map(Value::Text)
            .boxed(),
        ColumnKind::Integer => any::<i64>().prop_map(Value::Int).boxed(),
        ColumnKind::Decimal { scale } => {
            (0i64..1_000_000).prop_map(move |n| Value::Decimal(Decimal::new(n, scale))).boxed()
        }
        ColumnKind::Money => (1i64..10_000_000).prop_map(|fen| Value::Decimal(Decimal::new(fen, 2))).boxed(),
        ColumnKind::Date => (16_436i32..30_000)
            .prop_map(|days| Value::Day(Day::from_days_since_epoch(days).expect("in the calendar")))
            .boxed(),
        ColumnKind::ResidentId => prop_oneof![Just(ID), Just(OTHER_ID)].prop_map(|id| Value::Text(id.into())).boxed(),
        ColumnKind::Uscc => Just(Value::Text(USCC.into())).boxed(),
        ColumnKind::Code => proptest::sample::select(values).prop_map(Value::Text).boxed(),
        ColumnKind::Boolean => any::<bool>().prop_map(Value::Bool).boxed(),
    }
}

fn rows() -> impl Strategy<Value = Vec<Vec<Value>>> {
    let columns: Vec<BoxedStrategy<Value>> = ledger()
        .columns
        .into_iter()
        .map(|column| {
            let some = value(column.kind, column.values.clone());
            if column.required { some } else { prop_oneof![1 => Just(Value::Null), 3 => some].boxed() }
        })
        .collect();
    proptest::collection::vec(columns, 1..8).prop_map(|mut rows| {
        for (i, row) in rows.iter_mut().enumerate() {
            row[0] = Value::Text(format!("B-{i}"));
        }
        rows
    })
}

#[track_caller]
fn same(parsed: &Parsed, rows: &[Vec<Value>]) -> Result<(), TestCaseError> {
    prop_assert_eq!(&parsed.rejects, &vec![]);
    let read: Vec<_> = parsed.rows.iter().map(|row| row.values.clone()).collect();
    prop_assert_eq!(read, rows.to_vec());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_written_as_xlsx_is_read_the_same(rows in rows()) {
        let bytes = write_xlsx(&ledger(), rows.clone()).expect("written");
        same(&read_well(&bytes), &rows)?;
    }

    #[test]
    fn what_is_written_as_csv_is_read_the_same(rows in rows()) {
        for encoding in [CsvEncoding::Utf8, CsvEncoding::Utf8Marked, CsvEncoding::Gb18030] {
            let bytes = write_csv(&ledger(), rows.clone(), encoding).expect("written");
            same(&read_well(&bytes), &rows)?;
        }
    }
}

#[test]
fn the_same_rows_make_the_same_bytes() {
    let rows = || vec![read_well(&csv(&[&good("B1")])).rows.remove(0).values];
    assert_eq!(write_xlsx(&ledger(), rows()).expect("written"), write_xlsx(&ledger(), rows()).expect("written"));
}

#[test]
fn no_written_cell_is_a_formula() {
    let mut row = read_well(&csv(&[&good("B1")])).rows.remove(0).values;
    for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "=cmd|'/C calc'!A0", "＝1+1", "－2", "'=1"] {
        row[1] = Value::Text(text.into());
        let xlsx = write_xlsx(&ledger(), [row.clone()]).expect("written");
        assert!(!part(&xlsx, "xl/worksheets/sheet1.xml").contains("<f>"), "{text}");
        let csv = write_csv(&ledger(), [row.clone()], CsvEncoding::Utf8).expect("written");
        assert!(String::from_utf8(csv.clone()).expect("text").contains(&format!("'{text}")), "{text}");
        let small = write_mended(&ledger(), &[0, 1, 2, 3, 4], &[(17, &row)], false).expect("written");
        assert!(String::from_utf8(small.clone()).expect("text").contains(&format!("'{text}")), "{text}");
        for bytes in [xlsx, csv, small] {
            let read = &read_well(&bytes).rows[0].values[1];
            // Outer spaces and line breaks go, and full-width signs are as they were.
            assert_eq!(read, &Value::Text(text.trim().into()), "{text:?} comes back the same");
        }
    }
}

/// Three bad rows of different kinds, sent back, mended and sent again.
#[test]
fn the_marked_workbook_holds_the_bad_rows_and_comes_in_again() {
    let sheet = csv(&[
        &good("B1"),
        "B2,李四,330902195506300425,2023-11-05,900",
        &format!("B3,=赵五,{ID},2023-13-05,x"),
        &format!("B4,,{OTHER_ID},2023-11-05,800"),
    ]);
    let parsed = read_well(&sheet);
    assert_eq!((parsed.rows.len(), parsed.rejects.len()), (1, 3));
    let bytes = marked(&ledger(), &parsed.mapping, &parsed.rejects, &say).expect("written");

    let again = read_well(&bytes);
    assert_eq!(again.header_row, 1);
    assert_eq!(again.rejects.len(), 3, "unmended it is refused for the same reasons");
    let codes = |parsed: &Parsed| -> Vec<Vec<&str>> {
        parsed.rejects.iter().map(|row| row.problems.iter().map(|p| p.trouble.code).collect()).collect()
    };
    assert_eq!(codes(&again), codes(&parsed));
    assert!(
        !notes(&again).iter().any(|note| note.contains("原表行") || note.contains("要改什么")),
        "{:?}",
        notes(&again)
    );

    let comments = part(&bytes, "xl/comments1.xml");
    for problem in problems(&parsed) {
        assert!(comments.contains(&problem), "{problem} in {comments}");
    }
    assert_eq!(comments.matches("<comment ").count(), 4);
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("FFF8C9C4"), "bad cells are filled: {styles}");
    let cells = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!cells.contains("<f>"), "nothing is a formula");
    assert!(part(&bytes, "xl/sharedStrings.xml").contains(">=赵五<"));

    // A marked workbook that was marked again does not grow columns.
    let twice = marked(&ledger(), &again.mapping, &again.rejects, &say).expect("written");
    assert_eq!(read_well(&twice).mapping.len(), again.mapping.len());
}

#[test]
fn the_template_is_empty_knows_its_columns_and_keeps_digits() {
    let bytes = template(&ledger(), &message).expect("written");
    let error = read(&bytes).expect_err("nothing is filled in yet");
    assert_eq!(message(&mingcha_domain::Speaks::trouble(&error)), "表头在第 1 行，下面没有数据。");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("培训补贴,技能提升补贴"), "codes are a drop-down: {sheet}");
    let notes = part(&bytes, "xl/comments1.xml");
    assert!(notes.contains("必填") && notes.contains(&format!("例：{ID}")), "{notes}");
    assert!(part(&bytes, "xl/workbook.xml").contains("填写说明"));
}

#[test]
fn a_long_list_of_codes_stands_on_a_sheet_of_its_own() {
    let mut ledger = ledger();
    ledger.columns[5].values = (0..100).map(|i| format!("第{i}类补贴")).collect();
    let bytes = template(&ledger, &message).expect("written");
    assert!(part(&bytes, "xl/workbook.xml").contains("选项"));
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("'选项'!$A$1:$A$100"));
    let error = parse(&bytes, &ledger, &Options::default()).expect_err("nothing is filled in yet");
    assert!(matches!(error, mingcha_intake::IntakeError::NoRows { .. }), "{error:?}");
}

fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}
