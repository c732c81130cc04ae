//! Text in the encodings and with the separators of this country's offices.

use encoding_rs::GB18030;

use super::family::Family;

fn utf_16(text: &str, big_endian: bool) -> Vec<u8> {
    let bytes = if big_endian { u16::to_be_bytes } else { u16::to_le_bytes };
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn hostile_encodings_are_found() {
    let mut family = Family::of_certificates();

    let sheet = family.sheet(2).with(2, "姓名", "喆𠀀").with(3, "姓名", "𬭎某");
    let bytes = GB18030.encode(&sheet.csv()).0.into_owned();
    family
        .hands_in("GB18030 with characters of four bytes", "证书.csv", bytes)
        .took(2, 0)
        .holds(2, "name", "喆𠀀")
        .holds(3, "name", "𬭎某")
        .done();

    for (what, big_endian, mark) in [
        ("UTF-16 little endian with its mark", false, true),
        ("UTF-16 little endian without a mark", false, false),
        ("UTF-16 big endian with its mark", true, true),
        ("UTF-16 big endian without a mark", true, false),
    ] {
        let sheet = family.sheet(2).with(3, "姓名", "阿依古丽·买买提");
        let text = if mark { "\u{feff}" } else { "" }.to_owned() + &sheet.csv().replace(',', "\t");
        family
            .hands_in(what, "证书.txt", utf_16(&text, big_endian))
            .took(2, 0)
            .holds(2, "certificate_no", sheet.rows[0][0].as_str())
            .holds(3, "name", "阿依古丽·买买提")
            .done();
    }

    let sheet = family.sheet(2);
    let bytes = "\u{feff}".to_owned() + &sheet.csv();
    family
        .hands_in("UTF-8 with a mark", "证书.csv", bytes)
        .took(2, 0)
        .holds(2, "certificate_no", sheet.rows[0][0].as_str())
        .done();

    // `copy a.csv+b.csv` leaves the second file's mark in the middle: nobody sees it.
    let sheet = family.sheet(3);
    let number = sheet.rows[1][0].clone();
    let bytes = sheet.csv().replace(&number, &format!("\u{feff}{number}"));
    family
        .hands_in("a byte order mark in the middle", "证书.csv", bytes)
        .took(3, 0)
        .holds(3, "certificate_no", number)
        .done();

    let sheet = family.sheet(300).with(3, "姓名", "一位姓名很长的持证人");
    let mut bytes = sheet.csv().into_bytes();
    let line = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(250).map(|(at, _)| at).expect("a line");
    bytes.splice(line + 3..line + 3, [0xFF, 0xFE]);
    family.hands_in("a byte in the middle that is no UTF-8", "证书.csv", bytes).refused(&[
        "MC-INTAKE-009",
        "第 252 行",
        "UTF-8",
    ]);

    let sheet = family.sheet(2);
    let mut bytes = sheet.csv().into_bytes();
    bytes.extend(
        GB18030.encode("S900,330999199001010013,李四,职业技能等级证书,养老护理员,四级,2023-04-18,,学校,80\n").0.iter(),
    );
    family.hands_in("UTF-8 with a line of GB18030 below", "证书.csv", bytes).refused(&["MC-INTAKE-009", "第 4 行"]);

    let (big5, ..) =
        encoding_rs::BIG5.encode("證書編號,姓名,發證機構\nS1,張三豐,臺北職業訓練學校\nS2,李四,高雄職業訓練學校\n");
    // Big5 cannot be told from GB18030 for certain: either the encoding is named, or the headings as they came out.
    family.hands_in("Big5 from across the strait", "证书.csv", big5).refused(&["MC-INTAKE-0", "。"]);

    let sheet = family.sheet(3).with(3, "姓名", "锟斤拷锟斤拷").with(4, "发证机构", "示例\u{fffd}\u{fffd}校");
    family
        .hands_in("names that were spoilt before they came", "证书.csv", sheet.csv())
        .took(1, 2)
        .gave_back(4, "发证机构", "MC-INTAKE-056", &["乱码", "对照原件"])
        .gave_back(3, "姓名", "MC-INTAKE-056", &["乱码", "对照原件"])
        .done();

    family.finish();
}

#[test]
fn hostile_separators_and_line_ends_are_found() {
    let mut family = Family::of_certificates();

    for (what, mark) in [("semicolons", ";"), ("tabs", "\t"), ("upright strokes", "|")] {
        let sheet = family.sheet(2);
        let text = sheet.csv().replace(',', mark);
        family.hands_in(what, "证书.csv", text).took(2, 0).holds(3, "issuer", "示例学校").done();
    }

    let sheet = family.sheet(3);
    let text = sheet.csv().replace('\n', "\r");
    family
        .hands_in("line ends of an old Macintosh", "证书.csv", text)
        .took(3, 0)
        .holds(4, "certificate_no", sheet.rows[2][0].as_str())
        .done();

    let sheet = family.sheet(2);
    let text = format!("sep=;\r\n{}", sheet.csv().replace(',', ";"));
    family.hands_in("a first line for Excel, sep=;", "证书.csv", text).took(2, 0).done();

    let sheet = family.sheet(3).with(3, "发证机构", "第一行\n第二行");
    family
        .hands_in("a line end within a cell", "证书.csv", sheet.csv())
        .took(3, 0)
        .holds(4, "certificate_no", sheet.rows[2][0].as_str())
        .done();

    let sheet = family.sheet(3);
    let text = sheet.csv().replacen("示例学校", "示例\"学校", 1);
    family
        .hands_in("a quotation mark within a cell", "证书.csv", text)
        .took(3, 0)
        .holds(2, "issuer", "示例\"学校")
        .done();

    let sheet = family.sheet(3);
    let text = sheet.csv().replacen("示例学校", "\"示例学校", 1);
    family.hands_in("a quotation mark that never closes", "证书.csv", text).refused(&[
        "MC-INTAKE-010",
        "第 2 行",
        "引号",
        "去掉引号",
    ]);

    let sheet = family.sheet(3);
    let text = sheet.csv().replacen("示例学校", "示例\0学校", 1);
    // What nobody sees is dropped and said, or given back; it is never stored.
    family
        .hands_in("a NUL within a cell", "证书.csv", text)
        .took(2, 1)
        .gave_back(2, "发证机构", "MC-INTAKE-088", &["控制字符"])
        .done();

    let sheet = family.sheet(3).with(3, "发证机构", &"某".repeat(350_000));
    family
        .hands_in("a cell of one megabyte", "证书.csv", sheet.csv())
        .took(2, 1)
        .gave_back(3, "发证机构", "MC-INTAKE-054", &["350000", "上限"])
        .done();

    let sheet = family.sheet(3);
    let text = sheet.csv().replacen("2023-04-18,", "2023-04-18,多出的一格,又一格,", 1);
    let answer = family.hands_in("a line with more cells than headings", "证书.csv", text).took(2, 1);
    answer.gave_back(2, "", "MC-INTAKE-058", &["表头只有 10 格", "引号"]).done();

    let sheet = family.sheet(3);
    let text = sheet.csv().trim_end().to_owned();
    let cut = text.rsplit_once(',').map(|(before, _)| before.rsplit_once(',').expect("cells").0).expect("cells");
    // The last line lost its end: a column that must be filled is empty there.
    family
        .hands_in("a last line that breaks off", "证书.csv", cut)
        .took(2, 1)
        .gave_back(4, "发证机构", "MC-INTAKE-030", &["没有填"])
        .done();

    family.finish();
}
