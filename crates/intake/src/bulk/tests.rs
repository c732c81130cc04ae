//! The bulk lane means what the ordinary one means.

use std::collections::BTreeMap;
use std::sync::Mutex;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use mingcha_domain::{Day, Value};
use mingcha_pack::{Column, ColumnKind, Ledger};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::cutter::Cutter;
use super::*;
use crate::{Fingers, Parsed, Prints, RejectedRow, parse};

fn ledger(key: usize, required: usize) -> Ledger {
    let kinds = [
        ("no", "编号", ColumnKind::Text),
        ("day", "发放日期", ColumnKind::Date),
        ("amount", "金额", ColumnKind::Money),
        ("rate", "成绩", ColumnKind::Decimal { scale: 1 }),
        ("times", "次数", ColumnKind::Integer),
        ("id", "身份证号", ColumnKind::ResidentId),
        ("firm", "企业代码", ColumnKind::Uscc),
        ("kind", "种类", ColumnKind::Code),
        ("paid", "是否发放", ColumnKind::Boolean),
        ("name", "姓名", ColumnKind::Text),
    ];
    let columns = kinds.iter().enumerate().map(|(i, (name, title, kind))| Column {
        name: (*name).into(),
        title: (*title).into(),
        kind: *kind,
        required: i < required,
        values: if *kind == ColumnKind::Code { vec!["培训补贴".into(), "A1".into()] } else { Vec::new() },
        min: (*name == "times").then_some(Value::Int(0)),
        max: (*name == "rate").then(|| Value::Decimal(Decimal::new(1000, 1))),
        ..Column::default()
    });
    let columns: Vec<Column> = columns.collect();
    let key = columns.iter().take(key).map(|column| column.name.clone()).collect();
    Ledger { pack: "p".into(), name: "grant".into(), columns, key, ..Ledger::default() }
}

/// Cells as they come: plain ones, and what people write instead.
fn cell(column: usize) -> BoxedStrategy<String> {
    let some = |cells: &'static [&'static str]| proptest::sample::select(cells).prop_map(str::to_owned).boxed();
    let (plain, odd): (BoxedStrategy<String>, &'static [&'static str]) = match column {
        0 => (
            "[AB][0-2]{1,2}".boxed(),
            &["合计", "小计", "说明：无", "Total", "编号", "1. 一；二。", "'007", "3.3E+17", "=A1", "甲 乙", "１２"],
        ),
        1 => (
            some(&["2023-01-05", "2023-12-31", "1999-02-28"]),
            &["2023/1/5", "2023-02-30", "45235", "昨天", "2023-01-05 08:00", "2250-01-01", "2023-1-5"],
        ),
        2 => (
            some(&["800", "1234.5", "0.01", "-3.00", "0"]),
            &["1,234.50", "¥800", "1.005", "０.５", "(3.00)", "00.5", "1e3", "-0", "1.", "99999999999999999"],
        ),
        3 => (some(&["99.5", "100", "0"]), &["100.5", "1000", "9.55", "-", "无"]),
        4 => (some(&["3", "0", "12"]), &["-1", "3.0", "三", "007", "3次", "99999999999999999999"]),
        5 => (
            some(&["330902197001151231", "11010519491231002X"]),
            &[
                "330902197001151232",
                "11010519491231002x",
                "330902550630042",
                "3.30902E+17",
                " 330902197001151231",
                "810000199408230021",
                "33090219700230123X",
            ],
        ),
        6 => (some(&["91350100M000100Y43"]), &["91350100m000100y43", "91350100M000100Y44", "9135"]),
        7 => (some(&["培训补贴", "A1"]), &["培训补助", "a1", "Ａ1", "培训 补贴"]),
        8 => (some(&["是", "否"]), &["Y", "√", "可能", "是 "]),
        _ => (
            some(&["王明", "李（补）", "买买提·艾力", "Wang"]),
            &[
                "王　明",
                "姓名",
                "张\u{200B}三",
                "备注",
                "=1+1",
                "a\u{FFFD}",
                "+3",
                "a\u{7}b",
                "#N/A",
                "####",
                "#1",
                "锟斤拷",
                "??",
                "?",
            ],
        ),
    };
    prop_oneof![12 => plain, 2 => some(odd), 1 => Just(String::new()), 1 => Just(" ".to_owned())].boxed()
}

#[derive(Clone, Debug)]
enum Row {
    Cells(Vec<String>),
    /// A line as it is.
    Other(&'static str),
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let cells: Vec<BoxedStrategy<String>> = (0..10).map(cell).collect();
    let others: &'static [&'static str] = &[
        "",
        "合计,,800",
        "说明：本表一式两份。",
        "这是一句话。",
        "1、甲",
        "制表：王明,,审核：李四",
        "编号,发放日期,金额,成绩,次数,身份证号,企业代码,种类,是否发放,姓名",
        "A1,2023-01-05,800,99.5,3,330902197001151231,91350100M000100Y43,A1,是,王明,多一格",
        "\"A1\",\"2023-01-05\",\"800\",,,,,,,\"王\"\"明\"",
        "A2,2023-01-05,\"1,200\",,,,,,,\"两\n行\"",
    ];
    let row = prop_oneof![8 => cells.prop_map(Row::Cells), 1 => proptest::sample::select(others).prop_map(Row::Other)];
    proptest::collection::vec(row, 1..14)
}

fn text(rows: &[Row], width: usize, line_end: &str) -> String {
    let heading = "编号,发放日期,金额,成绩,次数,身份证号,企业代码,种类,是否发放,姓名";
    let mut text = heading.split(',').take(width).collect::<Vec<_>>().join(",");
    for row in rows {
        text.push_str(line_end);
        match row {
            Row::Cells(cells) => text.push_str(&cells[..width].join(",")),
            Row::Other(line) => text.push_str(line),
        }
    }
    text
}

fn value(array: &ArrayRef, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    if let Some(texts) = array.as_string_view_opt() {
        return Value::Text(texts.value(row).to_owned());
    }
    if let Some(numbers) = array.as_primitive_opt::<Int64Type>() {
        return Value::Int(numbers.value(row));
    }
    if let Some(numbers) = array.as_primitive_opt::<Decimal128Type>() {
        let scale = u32::try_from(numbers.scale()).expect("a scale");
        return Value::Decimal(Decimal::from_i128_with_scale(numbers.value(row), scale));
    }
    if let Some(days) = array.as_primitive_opt::<Date32Type>() {
        return Value::Day(Day::from_days_since_epoch(days.value(row)).expect("a day"));
    }
    Value::Bool(array.as_boolean().value(row))
}

/// What the bulk lane makes of a file: rows by line, rejects, how many repeat, notes.
type Read = (BTreeMap<u32, Vec<Value>>, Vec<RejectedRow>, u64, usize);

#[derive(Debug)]
struct Wrong(IntakeError);

impl From<IntakeError> for Wrong {
    fn from(error: IntakeError) -> Self {
        Self(error)
    }
}

fn in_bulk(text: &str, ledger: &Ledger, piece_bytes: usize) -> Result<Read, IntakeError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sheet");
    std::fs::write(&path, text).expect("written");
    let opened = open(&path, ledger, &Options::default())?;
    let fingers = Fingers::default();
    let prints = Mutex::new(Prints::new(folder.path()));
    let rows = Mutex::new(BTreeMap::new());
    let key: Vec<usize> = ledger.key.iter().filter_map(|name| ledger.position(name)).collect();
    let on = |chunk: Chunk| {
        let keys: Vec<ArrayRef> = key.iter().map(|place| chunk.columns[*place].clone()).collect();
        let mut some = Vec::new();
        if !keys.is_empty() {
            fingers.of_columns(&keys, &chunk.columns, |row| i64::from(chunk.rows[row]), &mut some);
        }
        prints.lock().expect("whole").extend(&some).expect("kept");
        for (row, line) in chunk.rows.iter().enumerate() {
            let values = chunk.columns.iter().map(|column| value(column, row)).collect();
            rows.lock().expect("whole").insert(*line, values);
        }
        Ok::<_, Wrong>(())
    };
    let Form::Text { coding, delimiter } = opened.form else { panic!("a text file") };
    let cutter = Cutter::new(coding.reader(&path)?, delimiter).with_piece_bytes(piece_bytes);
    let (tally, mut rejects) = text::read_pieces(&opened, cutter, delimiter, None, &on).map_err(|wrong| wrong.0)?;
    if tally.rows == 0 {
        return Err(IntakeError::NoRows { header_row: opened.header_row() });
    }
    let twice = prints.into_inner().expect("whole").twice().expect("read");
    rejects.extend(opened.must_differ(&twice)?);
    rejects.sort_by_key(|reject| reject.row);
    let mut rows = rows.into_inner().expect("whole");
    let others = twice.others();
    rows.retain(|line, _| !others.contains_key(line) && !twice.repeats.contains(line));
    let notes = opened.notes.len() + tally.notes().len() + usize::from(!twice.repeats.is_empty());
    Ok((rows, rejects, twice.repeats.len() as u64, notes))
}

fn ordinary(text: &str, ledger: &Ledger) -> Result<Read, IntakeError> {
    let Parsed { rows, rejects, duplicated, notes, .. } = parse(text.as_bytes(), ledger, &Options::default())?;
    let rows = rows.into_iter().map(|row| (row.row, row.values)).collect();
    Ok((rows, rejects, duplicated, notes.len()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_bulk_lane_reads_what_the_ordinary_one_reads(
        rows in rows(), width in 6..11_usize, key in 0..3_usize, required in 0..4_usize, piece in 30..400_usize,
        line_end in proptest::sample::select(&["\n", "\r\n", "\r"][..])
    ) {
        let text = text(&rows, width, line_end);
        let ledger = ledger(key, required);
        prop_assert_eq!(in_bulk(&text, &ledger, piece), ordinary(&text, &ledger), "{}", text);
    }

    #[test]
    fn a_plain_cell_is_what_the_ordinary_reader_takes_as_it_stands(
        column in 0..10_usize, cell in (0..10_usize).prop_flat_map(cell), typed in "\\PC{0,8}|[0-9.,¥元-]{0,10}|[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}"
    ) {
        let ledger = ledger(0, 0);
        let check = super::plain::Check::of(&ledger.columns[column]);
        for text in [cell, typed].iter().filter(|text| !text.is_empty()) {
            let Some(plain) = check.plain(text) else { continue };
            let mut builder = super::builder::Builder::of(&ledger.columns[column], true);
            builder.push(plain);
            let own = value(&builder.finish(), 0);
            let read = crate::read::read(&crate::cell::Cell::Text(text.clone()), &ledger.columns[column], Default::default());
            let read = read.map(|read| (read.value, read.how));
            prop_assert_eq!(read, Ok((own, None)), "{}", text);
        }
    }
}

#[test]
fn a_workbook_is_read_by_both_lanes_alike() {
    let ledger = ledger(1, 2);
    let rows = (0..300).map(|n| vec![Value::Text(format!("B{n}")), Value::Day("2023-01-05".parse().expect("a day"))]);
    let rows: Vec<Vec<Value>> = rows
        .map(|mut row| {
            row.resize(10, Value::Null);
            row
        })
        .collect();
    let bytes = crate::write_xlsx(&ledger, rows.clone()).expect("a workbook");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sheet");
    std::fs::write(&path, &bytes).expect("written");
    let opened = open(&path, &ledger, &Options::default()).expect("opened");
    let read = Mutex::new(BTreeMap::new());
    let on = |chunk: Chunk| {
        for (row, line) in chunk.rows.iter().enumerate() {
            let values: Vec<Value> = chunk.columns.iter().map(|column| value(column, row)).collect();
            read.lock().expect("whole").insert(*line, values);
        }
        Ok::<_, Wrong>(())
    };
    opened.read(None, &on).expect("read");
    let whole = parse(&bytes, &ledger, &Options::default()).expect("read");
    assert_eq!(read.into_inner().expect("whole"), whole.rows.into_iter().map(|row| (row.row, row.values)).collect());
    let three = opened.rows(&[5].into()).expect("read");
    assert!(matches!(three.get(&5), Some(Outcome::Row(row)) if row.raw[0] == "B2"));
}
