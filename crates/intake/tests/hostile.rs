//! Files that must be refused, each named by what is wrong with it, and what is said about it.

mod support;

use mingcha_domain::{Kind, Speaks};
use mingcha_intake::{FileKind, IntakeError, Limits, Options, parse, parse_file};
use support::{HEAD, csv, good, head, ledger, message, put, read, tampered, workbook, zipped};

/// A refusal names what the file is; nothing of it is kept.
#[track_caller]
fn refused(name: &str, bytes: &[u8], said: &str) {
    match read(bytes) {
        Err(error) => assert_eq!(message(&error.trouble()), said, "{name}"),
        Ok(parsed) => panic!("{name} was read: {parsed:?}"),
    }
}

fn ole(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(512, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

fn good_workbook() -> Vec<u8> {
    workbook(|sheet| {
        head(sheet);
        put(sheet, 1, &good("B1").split(',').collect::<Vec<_>>());
    })
}

#[test]
fn a_file_of_another_kind_is_refused_by_what_it_is() {
    let not_a_sheet = |what: &str| format!("这是{what}，不是可以导入的表格。");
    refused("actually_a_png.xlsx", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", &not_a_sheet("图片"));
    refused("actually_a_pdf.csv", b"%PDF-1.7\n%\xE2\xE3", &not_a_sheet("PDF 文件"));
    refused("actually_rar.xlsx", b"Rar!\x1A\x07\x01\0", &not_a_sheet("压缩包"));
    refused("some_json.csv", b"[{\"a\":1}]", &not_a_sheet("JSON 文件"));
    refused("a_program.csv", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0", &not_a_sheet("认不出的文件"));
    refused("photos.zip", &zipped(&[("photo.jpg", b"x")]), &not_a_sheet("压缩包"));
    refused(
        "actually_word.xlsx",
        &zipped(&[("[Content_Types].xml", b"x"), ("word/document.xml", b"x")]),
        &not_a_sheet("文字文档"),
    );
    refused("official.ofd", &zipped(&[("OFD.xml", b"x")]), &not_a_sheet("OFD 版式文件"));
    refused(
        "saved_page.xls",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
        &not_a_sheet("网页归档（.mht）"),
    );
    refused("feed.xml", b"<?xml version=\"1.0\"?><rss/>", &not_a_sheet("XML 文件"));
    refused("page_without_table.xls", b"<html><body><p>404", "这是网页，里面没有表格。");
    refused("password.xlsx", &ole("EncryptedPackage"), "工作簿设有打开密码，读不了。");
    refused("empty.xlsx", b"", "文件是空的。");
    refused("only_a_mark.csv", b"\xEF\xBB\xBF\r\n", "文件是空的。");
}

#[test]
fn every_refusal_names_a_remedy_and_no_one_is_thanked() {
    for error in [
        IntakeError::NotASheet { kind: FileKind::Pdf },
        IntakeError::NotASheet { kind: FileKind::Empty },
        IntakeError::NoRows { header_row: 1 },
    ] {
        let said = support::say(&error.trouble());
        assert!(said.ends_with('。') && !said.contains("请") && !said.contains("无效"), "{said}");
        assert_eq!(error.kind(), Kind::Invalid);
    }
}

#[test]
fn a_damaged_workbook_is_told_as_one() {
    let whole = good_workbook();
    for (name, bytes) in [
        ("half_an_upload.xlsx", whole[..whole.len() / 2].to_vec()),
        ("no_relations.xlsx", zipped(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")])),
        ("cut_off_xml.xlsx", tampered(&whole, "xl/worksheets/sheet1.xml", |xml| xml[..xml.len() / 2].to_owned())),
        ("no_sheet_data.xlsx", tampered(&whole, "xl/worksheets/sheet1.xml", |_| "<worksheet/>".to_owned())),
        (
            "string_that_is_not_there.xlsx",
            tampered(&whole, "xl/worksheets/sheet1.xml", |xml| xml.replace("<v>3</v>", "<v>999</v>")),
        ),
        (
            "column_of_many_letters.xlsx",
            tampered(&whole, "xl/worksheets/sheet1.xml", |xml| xml.replace("r=\"B2\"", "r=\"ZZZZZZZZZZ2\"")),
        ),
        (
            "rows_in_disorder.xlsx",
            tampered(&whole, "xl/worksheets/sheet1.xml", |xml| xml.replace("r=\"B2\"", "r=\"B1\"")),
        ),
    ] {
        match read(&bytes) {
            Err(IntakeError::Damaged { .. }) => {}
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let zeros = vec![b' '; 40 << 20];
    let bomb =
        zipped(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    let limits = Limits { unpacked_bytes: 10 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let error = parse(&bomb, &ledger(), &options).expect_err("a bomb");
    assert_eq!(message(&error.trouble()), "文件解压后至少有 40 MB，超过上限 10 MB。");
    assert_eq!(error.kind(), Kind::Limit);
}

#[test]
fn a_bomb_whose_directory_lies_is_counted() {
    let zeros = vec![b' '; 40 << 20];
    let mut bomb =
        zipped(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x"), ("xl/worksheets/sheet1.xml", &zeros)]);
    let size = u32::try_from(zeros.len()).expect("small").to_le_bytes();
    let mut lied = 0;
    for at in 0..bomb.len() - 4 {
        if bomb[at..at + 4] == size {
            bomb[at..at + 4].copy_from_slice(&1000u32.to_le_bytes());
            lied += 1;
        }
    }
    assert!(lied > 0, "the size stands in the directory");
    let limits = Limits { unpacked_bytes: 10 << 20, ..Limits::default() };
    let error = parse(&bomb, &ledger(), &Options { limits, ..Options::default() }).expect_err("a bomb");
    assert!(matches!(error, IntakeError::UnpacksTooLarge { .. } | IntakeError::Damaged { .. }), "{error:?}");
}

#[test]
fn every_limit_refuses_with_its_number() {
    let with = |limits| Options { limits, ..Options::default() };
    let sheet = csv(&[&good("B1"), &good("B2"), &good("B3")]);
    let check = |bytes: &[u8], options: &Options, said: &str| {
        let error = parse(bytes, &ledger(), options).expect_err(said);
        assert_eq!((message(&error.trouble()).as_str(), error.kind()), (said, Kind::Limit));
    };
    check(&sheet, &with(Limits { rows: 2, ..Limits::default() }), "有内容的行超过 2 行。");
    check(&sheet, &with(Limits { file_bytes: 10, ..Limits::default() }), "文件有 1 MB，超过上限 1 MB。");
    let wide = format!("{HEAD}{}\n{}{}x\n", ",".repeat(20), good("B1"), ",".repeat(20));
    check(wide.as_bytes(), &with(Limits { columns: 10, ..Limits::default() }), "第 2 行的内容超出了第 10 列。");
    let wide = workbook(|sheet| {
        head(sheet);
        sheet.write_string(5, 1200, "x").expect("in range");
    });
    check(&wide, &Options::default(), "第 6 行的内容超出了第 1000 列。");
}

#[test]
fn a_file_on_disk_is_measured_before_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sheet.csv");
    let file = std::fs::File::create(&path).expect("a file");
    file.set_len(3 << 30).expect("a hole of three gigabytes");
    let error = parse_file(&path, &ledger(), &Options::default()).expect_err("too large");
    assert_eq!(message(&error.trouble()), "文件有 3072 MB，超过上限 256 MB。");
    let error = parse_file(&folder.path().join("absent"), &ledger(), &Options::default()).expect_err("not there");
    assert!(matches!(error, IntakeError::Unreadable { .. }));
}

#[test]
fn a_text_that_cannot_be_decoded_or_split_is_refused_with_its_line() {
    let (gb, _, _) = encoding_rs::BIG5.encode("姓名,編號\n陳,1\n");
    assert!(read(&gb).is_err(), "Big5 is read as nonsense at best, and its headings are unknown");
    let mut broken = csv(&[&good("B1"), &good("B2")]);
    let at = broken.len() - 40;
    broken[at] = 0xFF;
    refused("damaged_on_its_way.csv", &broken, "第 3 行起有不属于 UTF-8 的字节，文件在传送中损坏了。");
    refused(
        "quote_never_closed.csv",
        &csv(&[&good("B1"), "B2,\"王小明,330902197001151231,2023-11-05,1"]),
        "第 3 行有一个英文引号只开不合，后面的内容分不成格。",
    );
}

#[test]
fn a_sheet_without_rows_is_told_apart_from_one_without_anything() {
    refused("only_a_header.csv", &csv(&[]), "表头在第 1 行，下面没有数据。");
    refused("blank_sheet.xlsx", &workbook(|_| {}), "表里一行内容也没有。");
    refused("only_a_total.csv", &csv(&["合计,,,,800.00"]), "表头在第 1 行，下面没有数据。");
}

#[test]
fn names_that_the_caller_made_up_are_answered_with_the_nearest() {
    let options = Options { sheet: Some("十二月".into()), ..Options::default() };
    let error = parse(&good_workbook(), &ledger(), &options).expect_err("no such sheet");
    assert_eq!(message(&error.trouble()), "没有叫“十二月”的工作表，现有：Sheet1。");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(200))]

    /// Whatever happens to a workbook on its way, the answer is rows or a refusal, never a crash.
    #[test]
    fn a_workbook_with_a_damaged_byte_never_crashes(at in 0.0f64..1.0, byte: u8) {
        let mut bytes = good_workbook();
        let at = (at * (bytes.len() - 1) as f64) as usize;
        bytes[at] = byte;
        let _ = read(&bytes);
    }

    #[test]
    fn a_worksheet_with_a_damaged_character_never_crashes(at in 0.0f64..1.0, with in "[ -~]{0,3}") {
        let bytes = tampered(&good_workbook(), "xl/worksheets/sheet1.xml", |xml| {
            let at = (at * (xml.len() - 1) as f64) as usize;
            if xml.is_char_boundary(at) && xml.is_char_boundary(at + 1) {
                format!("{}{with}{}", &xml[..at], &xml[at + 1..])
            } else {
                xml
            }
        });
        let _ = read(&bytes);
    }

    #[test]
    fn no_bytes_make_it_crash(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let _ = read(&bytes);
    }
}
