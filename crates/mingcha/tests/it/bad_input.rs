//! What a clerk may hand in by mistake: each gets a message with place, reason and remedy, and nothing is lost.

use crate::house::House;

const LEDGER: &str = "vocational_training.certificate";

fn header() -> &'static str {
    "证书编号,姓名,身份证号,职业（工种）,级别,发证日期"
}

fn import(house: &House, name: &str, content: &[u8]) -> crate::house::Ran {
    let file = house.file(name, content);
    house.run(["ledger", "import", "--json", LEDGER, &file.display().to_string()])
}

fn batches(house: &House) -> usize {
    house.run(["ledger", "batches", "--json"]).ok().json().as_array().expect("a list").len()
}

#[test]
fn a_picture_is_refused_by_what_it_is_not_by_its_name() {
    let house = House::new();
    import(&house, "证书.xlsx", b"\x89PNG\r\n\x1a\n0000000000").says(&["MC-INTAKE-", "XLSX"]);
    assert_eq!(batches(&house), 0, "nothing half-committed");
}

#[test]
fn an_empty_file_is_refused() {
    let house = House::new();
    import(&house, "空.csv", b"").says(&["MC-INTAKE-"]);
    assert_eq!(batches(&house), 0);
}

#[test]
fn an_encrypted_workbook_is_refused_with_the_way_out() {
    let house = House::new();
    // A compound file that holds a stream named EncryptedPackage, as Excel writes when a password is set.
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(1024, 0);
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    ole.resize(2048, 0);
    import(&house, "加密.xlsx", &ole).says(&["密码"]);
    assert_eq!(batches(&house), 0);
}

#[test]
fn missing_columns_are_named_with_what_was_there_instead() {
    let house = House::new();
    import(&house, "证书.csv", "证书编码,姓名\nS1,王芳\n".as_bytes()).says(&["身份证号", "证书编码"]);
    assert_eq!(batches(&house), 0);
}

#[test]
fn an_unknown_ledger_is_answered_with_the_nearest_one() {
    let house = House::new();
    let file = house.file("a.csv", "a\n1\n");
    house
        .run(["ledger", "import", "vocational_training.certificat", &file.display().to_string()])
        .says(&["vocational_training.certificate"]);
}

#[test]
fn good_rows_go_in_and_bad_ones_wait_with_row_column_and_reason() {
    let house = House::new();
    let rows = format!(
        "{}\nS000099900230001,王芳,330999199001011231,育婴员,五级,2023-13-05\n",
        header()
    );
    let ran = import(&house, "证书.csv", rows.as_bytes());
    let answer = ran.json();
    assert_eq!(ran.code, 2, "{answer:#}");
    assert_eq!(answer["accepted"], 0);
    assert_eq!(answer["rejected"], 1);
    let rejects = answer["rejects"].as_array().expect("rejects");
    assert!(rejects.iter().any(|reject| reject["row"] == 2
        && reject["column"] == "发证日期"
        && reject["code"].as_str().is_some_and(|code| code.starts_with("MC-INTAKE-"))
        && reject["message"].as_str().is_some_and(|words| words.contains("13"))), "{answer:#}");
}
