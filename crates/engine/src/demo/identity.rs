//! Identity numbers with right check digits that can be nobody's, and codes of organisations.

use mingcha_domain::{Day, Value, resident_id, uscc};

use super::{int, mix, text};

/// `33099x`: address codes below Zhoushan (3309) that GB/T 2260 has not assigned.
const ADDRESS_CODES: i64 = 10;
const ADDRESS_FIRST: i64 = 330_990;
/// Birth dates run over so many days from 1962-01-01 (to 2005-10-22): working age in 2023.
const BIRTH_DAYS: i64 = 16_000;
const BIRTH_FIRST: i32 = -2922;
/// Sequence numbers 001–999.
const SEQUENCES: i64 = 999;
/// Distinct numbers for one seed; every `n` below it has a number of its own.
const NUMBERS: i64 = ADDRESS_CODES * BIRTH_DAYS * SEQUENCES;
/// A prime that divides none of the factors above (2, 3, 5, 37), so that multiplying by it permutes the numbers.
const STRIDE: i64 = 104_729;

/// `fake_resident_id(seed, n)`, `(seed, n, born)`, `(seed, n, born, '男' | '女')`.
///
/// Different `n` give different numbers: up to 159,840,000 of them, with a birth date given up to 9,990 for each date
/// (half as many when the sex is given too).
pub(super) fn fake_resident_id(cells: &[Value]) -> Result<Value, String> {
    let (seed, n) = (int(cells, 0)?, int(cells, 1)?);
    let shift = (mix(seed, 0, 11) >> 2) as i64;
    let (address, born, sequence) = match cells.get(2) {
        None => {
            let k = (n.rem_euclid(NUMBERS) * STRIDE + shift % NUMBERS).rem_euclid(NUMBERS);
            let born = i32::try_from(k / SEQUENCES % BIRTH_DAYS).map_err(|error| error.to_string())?;
            let born = Day::from_days_since_epoch(BIRTH_FIRST + born).ok_or("no such day")?;
            (k / SEQUENCES / BIRTH_DAYS, born, k % SEQUENCES + 1)
        }
        Some(Value::Day(born)) => {
            let sequences = if cells.len() > 3 { SEQUENCES / 2 } else { SEQUENCES };
            let k = (n.rem_euclid(sequences * ADDRESS_CODES) + shift % (sequences * ADDRESS_CODES))
                .rem_euclid(sequences * ADDRESS_CODES);
            let sequence = match cells.get(3).map(|_| text(cells, 3)).transpose()? {
                None => k % sequences + 1,
                Some("男") => 2 * (k % sequences) + 1,
                Some("女") => 2 * (k % sequences) + 2,
                Some(other) => return Err(format!("the sex is 男 or 女, not {other}")),
            };
            (k / sequences, *born, sequence)
        }
        Some(other) => return Err(format!("{other} is no day")),
    };
    let first17 =
        format!("{:06}{:04}{:02}{:02}{sequence:03}", ADDRESS_FIRST + address, born.year(), born.month(), born.day());
    let check = resident_id::check_character(&first17).ok_or_else(|| format!("{first17} has no check character"))?;
    Ok(Value::Text(format!("{first17}{check}")))
}

/// `fake_uscc(kind, n)`: `kind` is the first two characters of the code, or its name.
pub(super) fn fake_uscc(cells: &[Value]) -> Result<Value, String> {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const DIGITS: usize = 8;
    let kind = text(cells, 0)?;
    let n = int(cells, 1)?;
    let prefix = match kind {
        "机关" => "11",
        "事业单位" => "12",
        "社会团体" => "51",
        "民办非企业单位" => "52",
        "基金会" => "53",
        "企业" => "91",
        "个体工商户" => "92",
        "农民专业合作社" => "93",
        two if matches!(two, "11" | "12" | "51" | "52" | "53" | "91" | "92" | "93") => two,
        other => return Err(format!("unknown kind of organisation {other}")),
    };
    // Eight characters from the number, the lowest last; a fixed stride keeps neighbours apart and distinct.
    let space = 31_i64.pow(DIGITS as u32);
    let mut rest = (n.rem_euclid(space) as i128 * 15_485_863 % space as i128) as i64;
    let mut organisation = [b'0'; DIGITS];
    for place in (0..DIGITS).rev() {
        organisation[place] = ALPHABET[(rest % 31) as usize];
        rest /= 31;
    }
    let organisation = String::from_utf8_lossy(&organisation);
    let first16 = format!("{prefix}{ADDRESS_FIRST}{organisation}");
    uscc::complete(&first16).map(Value::Text).ok_or_else(|| format!("{first16} cannot be completed"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn number(cells: &[Value]) -> String {
        fake_resident_id(cells).expect("a number").to_string()
    }

    #[test]
    fn identity_numbers_are_right_distinct_and_nobodys() {
        let mut seen = BTreeSet::new();
        for n in 0..5000 {
            let text = number(&[Value::Int(2023), Value::Int(n)]);
            mingcha_domain::ResidentId::parse(&text).expect("a right number");
            assert!(text.starts_with("33099"), "{text}");
            seen.insert(text);
        }
        assert_eq!(seen.len(), 5000);
    }

    #[test]
    fn birth_date_and_sex_can_be_given() {
        let born: Day = "1970-02-28".parse().expect("a day");
        let mut seen = BTreeSet::new();
        for n in 0..4000 {
            let text = number(&[Value::Int(1), Value::Int(n), Value::Day(born), Value::Text("女".into())]);
            let read = mingcha_domain::ResidentId::parse(&text).expect("a right number");
            assert_eq!((read.born(), read.sex()), (Some(born), Some(resident_id::Sex::Female)));
            seen.insert(text);
        }
        assert_eq!(seen.len(), 4000);
        assert!(fake_resident_id(&[Value::Int(1), Value::Int(1), Value::Day(born), Value::Text("x".into())]).is_err());
    }

    #[test]
    fn codes_of_organisations_are_right_and_distinct() {
        let mut seen = BTreeSet::new();
        for n in 0..3000 {
            let text = fake_uscc(&[Value::Text("民办非企业单位".into()), Value::Int(n)]).expect("a code").to_string();
            let code = mingcha_domain::Uscc::parse(&text).expect("a right code");
            assert_eq!(code.body(), uscc::BodyKind::PrivateNonEnterprise);
            seen.insert(text);
        }
        assert_eq!(seen.len(), 3000);
    }
}
