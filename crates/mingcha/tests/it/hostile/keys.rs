//! The same row twice: in one file, in two files, with the same and with other values.

use super::family::Family;

#[test]
fn hostile_keys_that_come_twice_in_one_file() {
    let mut family = Family::of_certificates();

    let mut sheet = family.sheet(3);
    sheet.rows.push(sheet.rows[1].clone());
    family.hands_in("the same row twice", "证书.xlsx", sheet.xlsx()).took(3, 0).said(&["完全相同", "第 5 行"]).done();

    let mut sheet = family.sheet(3);
    let mut other = sheet.rows[1].clone();
    other[6] = "2023-05-20".to_owned();
    sheet.rows.push(other);
    family
        .hands_in("the same key with other values", "证书.xlsx", sheet.xlsx())
        .took(2, 2)
        .gave_back(3, "证书编号", "MC-INTAKE-", &["第 5 行", "只留一行"])
        .gave_back(5, "证书编号", "MC-INTAKE-059", &["第 3 行", "只留一行"])
        .done();

    let mut sheet = family.sheet(2);
    let mut other = sheet.rows[0].clone();
    other[0] = format!(" {}　", other[0]);
    sheet.rows.push(other);
    family.hands_in("the same key with spaces around", "证书.xlsx", sheet.xlsx()).took(2, 0).said(&["第 4 行"]).done();

    let mut sheet = family.sheet(2);
    let third = sheet.rows[0].clone();
    for day in ["2023-05-20", "2023-06-20"] {
        let mut other = third.clone();
        other[6] = day.to_owned();
        sheet.rows.push(other);
    }
    family
        .hands_in("the same key three times with three values", "证书.csv", sheet.csv())
        .took(1, 3)
        .gave_back(2, "证书编号", "MC-INTAKE-", &["第 4"])
        .gave_back(4, "证书编号", "MC-INTAKE-", &["第 2 行"])
        .gave_back(5, "证书编号", "MC-INTAKE-", &["第 "])
        .done();

    // A row that cannot be read takes no key away from one that can.
    let mut sheet = family.sheet(2);
    let mut other = sheet.rows[0].clone();
    other[6] = "不详".to_owned();
    sheet.rows.push(other);
    family
        .hands_in("the same key once right and once unreadable", "证书.csv", sheet.csv())
        .took(2, 1)
        .gave_back(4, "发证日期", "MC-INTAKE-036", &["不详"])
        .done();

    let sheet = family.sheet(3).with(3, "证书编号", "").with(4, "证书编号", "　");
    family
        .hands_in("rows without their key", "证书.csv", sheet.csv())
        .took(1, 2)
        .gave_back(3, "证书编号", "MC-INTAKE-030", &["没有填"])
        .gave_back(4, "证书编号", "MC-INTAKE-030", &["没有填"])
        .done();

    family.finish();
}

#[test]
fn hostile_keys_that_came_before() {
    let mut family = Family::of_certificates();

    let sheet = family.sheet(4);
    let first =
        family.hands_in("a first sheet", "十月.xlsx", sheet.xlsx()).took(4, 0).holds(4, "issued_on", "2023-04-18");
    let batch = first.batch();
    first.done();

    family.hands_in("the very same file again", "十月.xlsx", sheet.xlsx()).took(0, 0).counts("unchanged", 4).done();
    family
        .hands_in("the same rows in another format", "十月.csv", sheet.csv())
        .took(0, 0)
        .counts("unchanged", 4)
        .done();

    let mut again = sheet.clone();
    again.rows.swap(0, 3);
    let again = again.with(3, "发证日期", "2023年4月18日").with(4, "理论成绩", "８８．５０");
    family
        .hands_in("the same rows in other writings and another order", "十月.csv", again.csv())
        .took(0, 0)
        .counts("unchanged", 4)
        .done();

    let grown = sheet.clone().and(family.sheet(2)).with(3, "发证日期", "2023-05-01");
    family
        .hands_in("the whole sheet again, grown and changed", "十一月.xlsx", grown.xlsx())
        .took(3, 0)
        .counts("added", 2)
        .counts("superseded", 1)
        .counts("unchanged", 3)
        .holds(3, "issued_on", "2023-05-01")
        .done();
    family.superseded(batch, 1);

    let worse = grown.clone().with(2, "发证日期", "不详");
    family
        .hands_in("a known row that has become unreadable", "十二月.xlsx", worse.xlsx())
        .took(0, 1)
        .counts("unchanged", 5)
        .gave_back(2, "发证日期", "MC-INTAKE-036", &["不详"])
        .done();

    let narrow = grown.without("理论成绩").without("技能等级");
    family
        .hands_in("known rows without two columns", "证书.xlsx", narrow.xlsx())
        .took(0, 0)
        .counts("unchanged", 6)
        .said(&["保留不变"])
        .done();

    family.finish();
}
