//! Identity numbers and credit codes: what they are, and what Excel makes of them.

use super::book::book;
use super::family::Family;
use super::grid::{Cell, Computed, Shown, altered, number, shown};
use super::old_book::old_book;
use crate::sheets::{USCC, resident_id};

const PERSON: &str = "身份证号";
const ISSUER: &str = "发证机构代码";

/// The number with its eighteenth character (GB 11643).
fn checked(seventeen: &str) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = seventeen.bytes().zip(WEIGHTS).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{seventeen}{}", char::from(b"10X98765432"[sum % 11]))
}

/// A number that ends in X.
fn with_x() -> String {
    (0..1000).map(resident_id).find(|number| number.ends_with('X')).expect("one in eleven")
}

fn wide(text: &str) -> String {
    text.chars().map(|sign| char::from_u32(u32::from(sign) + 0xFEE0).expect("a wide sign")).collect()
}

#[test]
fn hostile_numbers_of_persons_are_read_as_they_were_meant() {
    let mut family = Family::of_certificates();
    let plain = resident_id(500);
    let old = format!("{}{}", &plain[..6], &plain[8..17]);
    let writings: Vec<(String, String)> = vec![
        (with_x().to_lowercase(), with_x()),
        (wide(&with_x()), with_x()),
        (old, plain.clone()),
        (format!("\u{a0}{plain}\u{200b}"), plain.clone()),
        (format!("\u{3000}{} {}　{}", &plain[..6], &plain[6..14], &plain[14..]), plain.clone()),
        (format!("'{plain}"), plain.clone()),
        (format!("‘{plain}"), plain.clone()),
        (format!("{plain}\t"), plain.clone()),
        (format!("\u{202a}{plain}\u{202c}"), plain.clone()),
        // Residence permits of Hong Kong, Macao and Taiwan residents, a foreigner's card of the form of 2023.
        (checked("81000019900101001"), checked("81000019900101001")),
        (checked("82000019900101001"), checked("82000019900101001")),
        (checked("83000019900101001"), checked("83000019900101001")),
        (checked("91112419810303005"), checked("91112419810303005")),
        // An address code that was abolished long ago stays the code at first issue.
        (checked("13240119650101001"), checked("13240119650101001")),
    ];
    let count = u32::try_from(writings.len()).expect("few");
    let sheet =
        writings.iter().zip(2..).fold(family.sheet(count), |sheet, ((cell, _), line)| sheet.with(line, PERSON, cell));
    let answer =
        family.hands_in("identity numbers in every usual writing", "证书.xlsx", sheet.xlsx()).took(u64::from(count), 0);
    writings
        .iter()
        .zip(2..)
        .fold(answer, |answer, ((_, value), line)| answer.holds(line, "resident_id", value.as_str()))
        .done();

    // "=""…""" is what systems write so that Excel keeps the digits.
    let sheet = family.sheet(2).with(2, PERSON, &format!("=\"{plain}\"")).with(3, PERSON, &format!("\t{plain}"));
    family
        .hands_in("identity numbers dressed for Excel", "证书.csv", sheet.csv())
        .took(2, 0)
        .holds(2, "resident_id", plain.as_str())
        .holds(3, "resident_id", plain.as_str())
        .done();

    let sheet = family.sheet(2).with(2, ISSUER, &USCC.to_lowercase()).with(3, ISSUER, &wide(USCC));
    family
        .hands_in("a credit code in small and in wide letters", "证书.xlsx", sheet.xlsx())
        .took(2, 0)
        .holds(2, "issuer_uscc", USCC)
        .holds(3, "issuer_uscc", USCC)
        .done();

    family.finish();
}

#[test]
fn hostile_numbers_that_are_not_right_come_back() {
    let mut family = Family::of_certificates();
    let plain = resident_id(600);
    let body = &plain[..17];
    let wrong_check = format!("{body}{}", if plain.ends_with('3') { '4' } else { '3' });
    let permit = checked("81000019900101001");
    let wrong_permit = format!("{}{}", &permit[..17], if permit.ends_with('3') { '4' } else { '3' });
    let wrong: [(Cell, &str, &[&str]); 14] = [
        (number(&plain.replace('X', "0")), "MC-INTAKE-045", &["数字", "丢失", "文本"]),
        (shown("330999199001010000", Shown::Whole), "MC-INTAKE-045", &["丢失", "文本"]),
        ("3.30902E+17".into(), "MC-INTAKE-045", &["3.30902E+17", "丢失", "文本"]),
        ("330902199000000000".into(), "MC-INTAKE-04", &["19900000"]),
        (wrong_check.as_str().into(), "MC-INTAKE-044", &["末位校验码应为", "现为", "逐位核对"]),
        (wrong_permit.as_str().into(), "MC-INTAKE-044", &["末位校验码应为"]),
        (plain[..16].into(), "MC-INTAKE-041", &["应为 18 位", "现有 16 位"]),
        ("33099919901301004X".into(), "MC-INTAKE-043", &["19901301"]),
        (format!("{}O{}", &plain[..10], &plain[11..]).as_str().into(), "MC-INTAKE-042", &["第 11 位是“O”"]),
        // What people write for nothing is nothing.
        ("无".into(), "MC-INTAKE-030", &["没有填"]),
        (format!("{plain},{plain}").as_str().into(), "MC-INTAKE-04", &["应为 18 位"]),
        ("330999********1237".into(), "MC-INTAKE-04", &["*"]),
        ("330999990101001".replace("990101", "991301").as_str().into(), "MC-INTAKE-043", &["1301"]),
        (Cell::Formula("VLOOKUP(A1,X:Y,2)", Some(Computed::Number("330999199001011237"))), "MC-INTAKE-045", &["丢失"]),
    ];
    let count = wrong.len();
    let sheet = family.sheet(u32::try_from(count).expect("few") + 1);
    let cells = altered(&sheet, wrong.iter().zip(2..).map(|((cell, ..), line)| (line, PERSON, cell.clone())));
    let answer =
        family.hands_in("identity numbers that are not right", "证书.xlsx", book(cells.clone())).took(1, count as u64);
    wrong
        .iter()
        .zip(2..)
        .fold(answer, |answer, ((_, code, words), line)| answer.gave_back(line, PERSON, code, words))
        .done();

    let sheet = family.sheet(2);
    let cells = altered(&sheet, [(2, PERSON, number("330999199001011237"))]);
    family
        .hands_in("an identity number as a number in an old workbook", "证书.xls", old_book(&cells))
        .took(1, 1)
        .gave_back(2, PERSON, "MC-INTAKE-045", &["丢失", "文本"])
        .done();

    let sheet = family.sheet(4).with(2, ISSUER, "91330900MA2A00018N").with(3, ISSUER, "91330900MA2AO0018M").with(
        4,
        ISSUER,
        "330902000001234",
    );
    family
        .hands_in("credit codes that are not right", "证书.xlsx", sheet.xlsx())
        .took(1, 3)
        .gave_back(2, ISSUER, "MC-INTAKE-04", &["校验码应为", "现为 N"])
        .gave_back(3, ISSUER, "MC-INTAKE-047", &["第 13 位是“O”"])
        .gave_back(4, ISSUER, "MC-INTAKE-046", &["应为 18 位，现有 15 位"])
        .done();

    family.finish();
}
