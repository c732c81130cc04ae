//! What a clerk may hand in by mistake: each gets a message with place, reason and remedy, and nothing is lost.

use serde_json::Value;

use crate::house::{House, Ran};
use crate::sheets::{CERTIFICATE, SUBSIDY, Sheet};

/// Nothing is there: no batch, no row, and the folder agrees with its own trail.
fn nothing_went_in(house: &House) {
    assert_eq!(house.batches(), Vec::<Value>::new());
    assert_eq!(house.rows(CERTIFICATE), Vec::<Value>::new());
    house.verifies();
}

fn refused(content: impl AsRef<[u8]>, name: &str, words: &[&str]) {
    let house = House::new();
    let ran = house.import(CERTIFICATE, name, content);
    ran.says(words);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.stdout, "", "nothing on standard output when a file is refused");
    nothing_went_in(&house);
}

#[test]
fn files_of_another_kind_are_refused_by_what_they_are_and_told_what_is_taken() {
    let house = House::new();
    let mut old_workbook = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    old_workbook.resize(1024, 0);
    old_workbook.extend("Workbook".encode_utf16().flat_map(u16::to_le_bytes));
    old_workbook.resize(2048, 0);
    let kinds: &[(&[u8], &str, &[&str])] = &[
        (b"\x89PNG\r\n\x1a\n0000000000", "证书.xlsx", &["MC-INTAKE-001", "图片", ".xlsx", ".csv"]),
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "证书.csv", &["MC-INTAKE-001", "PDF", ".xlsx"]),
        (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "证书.xlsx", &["MC-INTAKE-001", "压缩包"]),
        (b"<!DOCTYPE html><html><p>404</p></html>", "证书.xls", &["MC-INTAKE-072", "网页"]),
        (b"SQLite format 3\0\x10\0", "证书.csv", &["MC-INTAKE-001", "数据库"]),
        (&old_workbook, "证书.xls", &["MC-INTAKE-007", "损坏"]),
    ];
    for (content, name, words) in kinds {
        house.import(CERTIFICATE, name, content).says(words);
    }
    nothing_went_in(&house);
}

#[test]
fn an_empty_file_is_refused() {
    refused(b"", "空.csv", &["MC-INTAKE-002", "空的"]);
    refused(b" \r\n \r\n", "空白.csv", &["MC-INTAKE-"]);
}

#[test]
fn a_header_without_rows_is_refused() {
    let sheet = Sheet::certificates(0);
    refused(sheet.csv(), "只有表头.csv", &["MC-INTAKE-014", "第 1 行", "下面没有数据"]);
    refused(sheet.xlsx(), "只有表头.xlsx", &["MC-INTAKE-014"]);
}

#[test]
fn an_encrypted_workbook_is_refused_with_the_way_out() {
    // A compound file that holds a stream named EncryptedPackage, as Excel writes when a password is set.
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(1024, 0);
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    ole.resize(2048, 0);
    refused(ole, "加密.xlsx", &["MC-INTAKE-003", "密码", "去掉密码"]);
}

#[test]
fn half_a_workbook_is_refused_as_damaged() {
    let whole = Sheet::certificates(50).xlsx();
    refused(&whole[..whole.len() / 2], "半份.xlsx", &["MC-INTAKE-007", "损坏"]);
}

#[test]
fn missing_columns_are_named_with_what_was_there_instead() {
    let sheet = Sheet::certificates(2).renamed("发证日期", "发正日期").without("身份证号");
    refused(sheet.csv(), "证书.csv", &["MC-INTAKE-015", "身份证号", "发证日期", "发正日期？", "证书编号", "表头补上"]);
}

#[test]
fn two_headings_for_one_column_are_not_guessed_between() {
    let sheet = Sheet::certificates(2).renamed("姓名", "证件号码");
    refused(sheet.csv(), "证书.csv", &["MC-INTAKE-016", "身份证号", "证件号码"]);
}

#[test]
fn an_unknown_column_is_told_with_the_nearest_one_and_the_rest_goes_in() {
    let house = House::new();
    let sheet = Sheet::certificates(1).renamed("理论成绩", "理轮成绩");
    let ran = house.import(CERTIFICATE, "证书.csv", sheet.csv()).ok();
    for words in ["理轮成绩", "没有读", "理论成绩"] {
        assert!(ran.stderr.contains(words), "missing “{words}” in: {}", ran.stderr);
    }
    assert_eq!(house.rows(CERTIFICATE)[0]["theory_score"], Value::Null);
}

#[test]
fn a_heading_that_nobody_could_know_is_assigned_by_hand() {
    let house = House::new();
    let file = house.file("证书.csv", Sheet::certificates(1).renamed("证书编号", "代号").csv());
    let file = file.display().to_string();
    let import = |map: &str| house.run(["ledger", "import", "--json", CERTIFICATE, &file, "--map", map]);
    import("代号").says(&["MC-CLI-003", "--map"]);
    import("代号=certificate_number").says(&["MC-INTAKE-018", "certificate_no"]);
    import("带号=certificate_no").says(&["MC-INTAKE-018", "代号"]);
    nothing_went_in(&house);
    assert_eq!(import("代号=certificate_no").ok().json()["accepted"], 1);
    assert_eq!(house.rows(CERTIFICATE)[0]["certificate_no"], "S000001");
}

#[test]
fn an_unknown_ledger_is_answered_with_the_nearest_one() {
    let house = House::new();
    let ran = house.import("vocational_training.certificat", "a.csv", "a\n1\n");
    ran.says(&["vocational_training.certificate"]);
    assert_eq!(ran.code, 1);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let house = House::new();
    house.run(["ledger", "import", CERTIFICATE, "不在.xlsx"]).says(&["MC-CLI-001", "不在.xlsx"]);
}

#[test]
fn a_file_of_two_gigabytes_is_refused_before_it_is_read() {
    let house = House::new();
    let path = house.path("很大.csv");
    std::fs::File::create(&path).and_then(|file| file.set_len(2 << 30)).expect("a sparse file");
    let ran = house.run(["ledger", "import", CERTIFICATE, &path.display().to_string()]);
    ran.says(&["MC-CLI-002", "很大.csv", "2147483648", "分成几张"]);
    nothing_went_in(&house);
}

/// Line, heading, cell, code, and words of the message: one wrong cell of each type.
type Wrong = (usize, &'static str, &'static str, &'static str, &'static [&'static str]);

fn wrong_cells(ledger: &str, right: Sheet, wrong: &[Wrong]) {
    let house = House::new();
    let count = right.rows.len();
    let sheet = wrong.iter().fold(right, |sheet, (line, heading, cell, ..)| sheet.with(*line, heading, cell));
    for (name, content) in [("表.csv", sheet.csv().into_bytes()), ("表.xlsx", sheet.xlsx())] {
        let ran = house.import(ledger, name, content).ends(2);
        let answer = ran.json();
        assert_eq!(answer["rejected"], wrong.len(), "{name}: {answer:#}");
        let rejects = answer["rejects"].as_array().expect("rejects");
        assert_eq!(rejects.len(), wrong.len(), "one reason for each wrong cell: {answer:#}");
        for (reject, (line, heading, cell, code, words)) in rejects.iter().zip(wrong) {
            assert_eq!(reject["row"], *line, "{reject:#}");
            assert_eq!(reject["column"], *heading, "{reject:#}");
            assert_eq!(reject["code"], *code, "{cell}: {reject:#}");
            let message = reject["message"].as_str().expect("a message");
            assert!(message.contains(&format!("第 {line} 行“{heading}”")), "{message}");
            words.iter().for_each(|words| assert!(message.contains(words), "missing “{words}” in: {message}"));
        }
        assert_eq!(house.rows(ledger).len(), count - wrong.len(), "the right rows are in");
    }
    house.verifies();
}

#[test]
fn a_wrong_cell_of_each_type_is_named_with_line_column_reason_and_remedy() {
    let certificates: &[Wrong] = &[
        (2, "证书编号", "", "MC-INTAKE-030", &["没有填", "补上"]),
        (3, "身份证号", "330999199001010042", "MC-INTAKE-044", &["末位校验码应为", "现为 2", "逐位核对"]),
        (4, "身份证号", "33099919900101", "MC-INTAKE-041", &["应为 18 位", "现有 14 位"]),
        (5, "身份证号", "330999199013010059", "MC-INTAKE-043", &["19901301"]),
        (6, "证书类别", "职业技能等级证", "MC-INTAKE-051", &["职业技能等级证书", "国家职业资格证书"]),
        (7, "发证日期", "2023-13-05", "MC-INTAKE-037", &["2023-13-05", "没有 13 月", "2023-11-05"]),
        (8, "发证日期", "2023-02-30", "MC-INTAKE-038", &["2023 年 2 月没有 30 日"]),
        (9, "发证日期", "去年春天", "MC-INTAKE-036", &["去年春天", "不是日期"]),
        (10, "发证机构代码", "91330900MA2A00018N", "MC-INTAKE-048", &["校验码应为 M", "现为 N"]),
        (11, "理论成绩", "优秀", "MC-INTAKE-031", &["优秀", "不是数字"]),
        (12, "理论成绩", "88.55", "MC-INTAKE-033", &["小数多于 1 位"]),
        (13, "理论成绩", "101", "MC-INTAKE-035", &["大于上限 100"]),
        (14, "理论成绩", "-1", "MC-INTAKE-034", &["小于下限 0"]),
    ];
    wrong_cells(CERTIFICATE, Sheet::certificates(14), certificates);
    let subsidies: &[Wrong] = &[
        (2, "补贴金额（元）", "八百块", "MC-INTAKE-031", &["八百块"]),
        (3, "补贴金额（元）", "800.005", "MC-INTAKE-033", &["小数多于 2 位"]),
        (4, "培训课时", "40.5", "MC-INTAKE-032", &["不是整数"]),
        (5, "培训课时", "2001", "MC-INTAKE-035", &["大于上限 2000"]),
    ];
    wrong_cells(SUBSIDY, Sheet::subsidies(1, 6), subsidies);
}

#[test]
fn the_same_is_said_in_english_when_asked() {
    let house = House::new();
    let file = house.file("a.csv", Sheet::certificates(2).with(3, "发证日期", "2023-13-05").csv());
    let ran: Ran = house.run(["--lang", "en", "ledger", "import", "--json", CERTIFICATE, &file.display().to_string()]);
    let answer = ran.ends(2).json();
    let message = answer["rejects"][0]["message"].as_str().expect("a message").to_owned();
    assert!(message.starts_with("Row 3, “发证日期”") && message.contains("there is no month 13"), "{message}");
    let file = house.file("空.csv", "").display().to_string();
    house.run(["--lang", "en", "ledger", "import", CERTIFICATE, &file]).says(&["MC-INTAKE-002", "The file is empty."]);
}

#[test]
fn a_sheet_without_a_right_row_says_so_and_keeps_the_ledger_as_it_was() {
    let house = House::new();
    let answer =
        house.import(CERTIFICATE, "证书.csv", Sheet::certificates(1).with(2, "发证日期", "无").csv()).ends(2).json();
    assert_eq!((&answer["accepted"], &answer["rejected"]), (&Value::from(0), &Value::from(1)), "{answer:#}");
    assert_eq!(house.rows(CERTIFICATE), Vec::<Value>::new());
    house.verifies();
}
