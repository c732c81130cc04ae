//! A ledger of every kind of column, and sheets made by code.
#![allow(dead_code, reason = "each test file uses its part")]

use std::io::{Cursor, Read, Write};

use mingcha_domain::{Trouble, Value};
use mingcha_intake::{IntakeError, Options, Parsed, parse};
use mingcha_pack::{Column, ColumnKind, Ledger};
use mingcha_words::Lang;
use rust_xlsxwriter::{Workbook, Worksheet};

/// Valid numbers that belong to nobody.
pub const ID: &str = "330902197001151231";
pub const OTHER_ID: &str = "330902195506300424";
pub const USCC: &str = "91330902MA2DH12359";

fn column(name: &str, title: &str, title_en: &str, kind: ColumnKind) -> Column {
    Column { name: name.into(), title: title.into(), title_en: title_en.into(), kind, ..Column::default() }
}

#[must_use]
pub fn ledger() -> Ledger {
    let required = |column: Column| Column { required: true, ..column };
    Ledger {
        pack: "vocational_training".into(),
        name: "training_subsidy".into(),
        title: "职业培训补贴发放台账".into(),
        title_en: "Training subsidies paid".into(),
        columns: vec![
            required(column("grant_no", "发放编号", "Grant number", ColumnKind::Text)),
            required(column("name", "姓名", "Name", ColumnKind::Text)),
            Column {
                aliases: vec!["身份证号码".into(), "公民身份号码".into()],
                example: ID.into(),
                ..required(column("resident_id", "身份证号", "Resident identity number", ColumnKind::ResidentId))
            },
            Column {
                aliases: vec!["发放时间".into()],
                min: Some(Value::Day("2015-01-01".parse().expect("a day"))),
                ..required(column("granted_on", "发放日期", "Granted on", ColumnKind::Date))
            },
            Column {
                min: Some(Value::Decimal("0.01".parse().expect("a number"))),
                max: Some(Value::Int(100_000)),
                ..required(column("amount", "补贴金额（元）", "Amount (yuan)", ColumnKind::Money))
            },
            Column {
                values: vec!["培训补贴".into(), "技能提升补贴".into()],
                ..column("subsidy_kind", "补贴类别", "Kind", ColumnKind::Code)
            },
            column("org_code", "培训机构代码", "Organisation code", ColumnKind::Uscc),
            column("hours", "课时", "Hours", ColumnKind::Integer),
            column("score", "成绩", "Score", ColumnKind::Decimal { scale: 1 }),
            column("employed", "是否就业", "Employed", ColumnKind::Boolean),
        ],
        key: vec!["grant_no".into()],
        ..Ledger::default()
    }
}

/// The required headings, and one good row below them.
pub const HEAD: &str = "发放编号,姓名,身份证号,发放日期,补贴金额（元）";

#[must_use]
pub fn good(no: &str) -> String {
    format!("{no},王小明,{ID},2023-11-05,800.00")
}

/// A text file of the usual headings with these lines below.
#[must_use]
pub fn csv(lines: &[&str]) -> Vec<u8> {
    format!("{HEAD}\n{}\n", lines.join("\n")).into_bytes()
}

pub fn read(bytes: &[u8]) -> Result<Parsed, IntakeError> {
    parse(bytes, &ledger(), &Options::default())
}

#[track_caller]
#[must_use]
pub fn read_well(bytes: &[u8]) -> Parsed {
    match read(bytes) {
        Ok(parsed) => parsed,
        Err(error) => panic!("refused: {error}"),
    }
}

/// A workbook with one sheet that is filled by the closure.
#[must_use]
pub fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("in memory")
}

/// Writes texts into one row of a worksheet.
pub fn put(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (i, text) in texts.iter().enumerate() {
        if !text.is_empty() {
            sheet.write_string(row, i as u16, *text).expect("in range");
        }
    }
}

/// The usual headings in the first row of a worksheet.
pub fn head(sheet: &mut Worksheet) {
    put(sheet, 0, &HEAD.split(',').collect::<Vec<_>>());
}

/// A workbook with one part changed; what cannot be made with a writer of good workbooks.
#[must_use]
pub fn tampered(workbook: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut changed = false;
    for i in 0..from.len() {
        let mut file = from.by_index(i).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("in memory");
        if name == part {
            changed = true;
            content = change(String::from_utf8(content).expect("text")).into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).expect("in memory");
        to.write_all(&content).expect("in memory");
    }
    assert!(changed, "no part {part}");
    to.finish().expect("in memory").into_inner()
}

/// A ZIP file of these parts.
#[must_use]
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // Small parts are stored as they are, like the type of an OpenDocument file.
        let method =
            if content.len() < 100 { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        to.start_file(*name, options).expect("in memory");
        to.write_all(content).expect("in memory");
    }
    to.finish().expect("in memory").into_inner()
}

#[must_use]
pub fn say(trouble: &Trouble) -> String {
    mingcha_words::say(Lang::Zh, trouble)
}

#[must_use]
pub fn message(trouble: &Trouble) -> String {
    mingcha_words::message(Lang::Zh, trouble)
}

/// The notes in Chinese.
#[must_use]
pub fn notes(parsed: &Parsed) -> Vec<String> {
    parsed.notes.iter().map(message).collect()
}

/// Row and message of every problem.
#[must_use]
pub fn problems(parsed: &Parsed) -> Vec<String> {
    parsed.rejects.iter().flat_map(|row| &row.problems).map(|problem| message(&problem.trouble)).collect()
}
