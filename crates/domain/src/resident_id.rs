//! Identity numbers of people: of citizens (公民身份号码, GB 11643-1999), and of residents who carry another card.
//!
//! - Residents from Hong Kong, Macao and Taiwan (港澳台居民居住证, 国办发〔2018〕81号): a number by GB 11643 whose address
//!   code begins with 81, 82 or 83.
//! - Foreigners with permanent residence, 2023 form (国家移民管理局, 新版外国人永久居留身份证机读信息规则): 18 characters, of
//!   which the first is 9; date and check character stand where GB 11643 has them and follow from the same rule.
//! - The same, older form (2004 and 2017 cards, still valid): three letters for the nationality, four digits for the
//!   place, the birth date as YYMMDD, two digits more. No rule for its last digit was ever published: it is not
//!   verified, and as the century is not written, such a number tells no birth day.
//!
//! Parsing is the only way in, so a check character is verified once. The first six digits are those of the first
//! issue: an abolished or unknown code is never refused here.

use std::fmt;
use std::str::FromStr;

use crate::{Day, DayError};

/// A number whose date exists and whose check character is right, or one of the foreigners' older form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ResidentId {
    number: String,
    original: Option<String>,
    born: Option<Day>,
}

/// Whose number it is, told by its first digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bearer {
    /// A resident of the mainland.
    Citizen,
    /// 港澳台居民居住证: the address code begins with 81, 82 or 83.
    HongKongMacaoTaiwan,
    /// 外国人永久居留身份证: the number begins with 9 (2023 form) or with three letters (older form).
    Foreigner,
}

/// Digit 17: odd is male, even is female.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

/// Why a text is no such number; the first reason in the order in which a clerk would look.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ResidentIdError {
    /// Neither 18 characters nor the 15 of the first generation.
    #[error("{0} characters instead of 18")]
    Length(usize),
    /// A character that cannot stand at this place (1-based); X may only be the last.
    #[error("character {at} is {found:?}")]
    Character {
        /// The place, counted from 1.
        at: usize,
        /// What stands there.
        found: char,
    },
    /// The birth date in the number does not exist.
    #[error("{written} is no date: {why}")]
    Date {
        /// The digits as written: eight (for the first generation with 19 before them), or six of an older card.
        written: String,
        /// What is wrong with it.
        why: DayError,
    },
    /// The last character does not follow from the first seventeen.
    #[error("the check character should be {expected}, it is {found}")]
    CheckCharacter {
        /// What it should be.
        expected: char,
        /// What it is.
        found: char,
    },
}

impl ResidentId {
    /// Reads a number. Small letters are raised; 15 digits of the first generation are converted and the original kept.
    pub fn parse(text: &str) -> Result<Self, ResidentIdError> {
        let length = text.chars().count();
        if length != 18 && length != 15 {
            return Err(ResidentIdError::Length(length));
        }
        if length == 15 && text.chars().take(3).all(|c| c.is_ascii_alphabetic()) {
            return Self::older_card(text);
        }
        for (i, found) in text.chars().enumerate() {
            let last_of_eighteen = i == 17 && matches!(found, 'X' | 'x');
            if !found.is_ascii_digit() && !last_of_eighteen {
                return Err(ResidentIdError::Character { at: i + 1, found });
            }
        }
        // From here on every character is one byte.
        if length == 15 {
            let first17 = format!("{}19{}", &text[..6], &text[6..]);
            let born = birth_day(&first17[6..14])?;
            let number = format!("{first17}{}", check_of(first17.as_bytes()));
            return Ok(Self { number, original: Some(text.to_owned()), born: Some(born) });
        }
        let number = text.to_ascii_uppercase();
        let born = birth_day(&number[6..14])?;
        let expected = check_of(&number.as_bytes()[..17]);
        let found = number.as_bytes()[17] as char;
        if expected != found {
            return Err(ResidentIdError::CheckCharacter { expected, found });
        }
        Ok(Self { number, original: None, born: Some(born) })
    }

    /// A foreigner's card of the older form, 15 characters of which the first three are letters.
    fn older_card(text: &str) -> Result<Self, ResidentIdError> {
        if let Some((i, found)) = text.chars().enumerate().skip(3).find(|(_, c)| !c.is_ascii_digit()) {
            return Err(ResidentIdError::Character { at: i + 1, found });
        }
        // From here on every character is one byte.
        let written = &text[7..13];
        let in_century = |century: &str| birth_day(&format!("{century}{written}"));
        if let (Err(ResidentIdError::Date { why, .. }), Err(_)) = (in_century("20"), in_century("19")) {
            return Err(ResidentIdError::Date { written: written.to_owned(), why });
        }
        Ok(Self { number: text.to_ascii_uppercase(), original: None, born: None })
    }

    /// The number with its letters in upper case: 18 characters, or 15 of a foreigner's older card.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// The 15 digits it was converted from, when it was a number of the first generation.
    #[must_use]
    pub fn original(&self) -> Option<&str> {
        self.original.as_deref()
    }

    /// The birth day written in the number; `None` for a foreigner's older card, which leaves out the century.
    #[must_use]
    pub fn born(&self) -> Option<Day> {
        self.born
    }

    /// The sex written in the number; `None` for a foreigner's older card.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        let digit = self.number.as_bytes().get(16)?;
        Some(if (digit - b'0').is_multiple_of(2) { Sex::Female } else { Sex::Male })
    }

    /// Whether its last character was verified: all but those of a foreigner's older card, which has no published rule.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.number.len() == 18
    }

    /// Whose kind of number it is.
    #[must_use]
    pub fn bearer(&self) -> Bearer {
        match self.number.as_bytes() {
            [b'8', b'1'..=b'3', ..] => Bearer::HongKongMacaoTaiwan,
            [b'9' | b'A'..=b'Z', ..] => Bearer::Foreigner,
            _ => Bearer::Citizen,
        }
    }
}

/// Returns the check character that follows from seventeen digits; `None` when they are not seventeen digits.
///
/// ISO 7064 MOD 11-2 as GB 11643-1999 writes it: weights 7 9 10 5 8 4 2 1 6 3 …, sum modulo 11 into `10X98765432`.
#[must_use]
pub fn check_character(first17: &str) -> Option<char> {
    (first17.len() == 17 && first17.bytes().all(|c| c.is_ascii_digit())).then(|| check_of(first17.as_bytes()))
}

fn check_of(first17: &[u8]) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let sum: u32 = first17.iter().zip(WEIGHTS).map(|(c, weight)| u32::from(c - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize] as char
}

fn birth_day(written: &str) -> Result<Day, ResidentIdError> {
    let number = |part: &str| part.bytes().fold(0, |n, c| n * 10 + u32::from(c - b'0'));
    let year = i32::try_from(number(&written[..4])).unwrap_or(0);
    Day::new(year, number(&written[4..6]), number(&written[6..]))
        .map_err(|why| ResidentIdError::Date { written: written.to_owned(), why })
}

impl FromStr for ResidentId {
    type Err = ResidentIdError;
    fn from_str(text: &str) -> Result<Self, ResidentIdError> {
        Self::parse(text)
    }
}

impl fmt::Display for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_pass() {
        for (number, sex) in [
            ("11010519491231002X", Sex::Female),
            ("440524188001010014", Sex::Male),
            ("330902197001151231", Sex::Male),
            ("330902195506300424", Sex::Female),
        ] {
            let id = ResidentId::parse(number).expect(number);
            assert_eq!((id.as_str(), id.sex(), id.original()), (number, Some(sex), None));
        }
    }

    #[test]
    fn a_lower_case_x_is_raised() {
        assert_eq!(ResidentId::parse("11010519491231002x").expect("valid").as_str(), "11010519491231002X");
    }

    #[test]
    fn a_wrong_number_says_which_part_is_wrong() {
        let wrong = |text: &str| ResidentId::parse(text).expect_err(text);
        assert_eq!(wrong("3309021970011512"), ResidentIdError::Length(16));
        assert_eq!(wrong("33090219700115l231"), ResidentIdError::Character { at: 15, found: 'l' });
        assert_eq!(wrong("X30902197001151231"), ResidentIdError::Character { at: 1, found: 'X' });
        assert_eq!(wrong("３30902197001151231"), ResidentIdError::Character { at: 1, found: '３' });
        assert_eq!(
            wrong("330902197013151231"),
            ResidentIdError::Date { written: "19701315".into(), why: DayError::Month(13) }
        );
        assert_eq!(
            wrong("330902197002301231"),
            ResidentIdError::Date {
                written: "19700230".into(),
                why: DayError::DayOfMonth { year: 1970, month: 2, day: 30 }
            }
        );
        assert_eq!(wrong("110105194912310023"), ResidentIdError::CheckCharacter { expected: 'X', found: '3' });
    }

    #[test]
    fn a_first_generation_number_is_converted_and_kept() {
        let id = ResidentId::parse("330902550630042").expect("valid");
        assert_eq!(id.as_str(), "330902195506300424");
        assert_eq!(id.original(), Some("330902550630042"));
        assert_eq!(id.born().expect("written in it").to_string(), "1955-06-30");
    }

    #[test]
    fn residence_permits_and_foreigners_are_no_errors() {
        for (first17, bearer) in [
            ("81000019900101123", Bearer::HongKongMacaoTaiwan),
            ("83000019851112001", Bearer::HongKongMacaoTaiwan),
            ("93384019901231004", Bearer::Foreigner),
            ("33090219900101123", Bearer::Citizen),
        ] {
            let number = format!("{first17}{}", check_character(first17).expect("digits"));
            assert_eq!(ResidentId::parse(&number).expect(&number).bearer(), bearer);
        }
    }

    #[test]
    fn a_foreigners_older_card_is_taken_by_its_form() {
        let id = ResidentId::parse("usa330190123112").expect("a card");
        assert_eq!((id.as_str(), id.bearer(), id.is_verified()), ("USA330190123112", Bearer::Foreigner, false));
        assert_eq!((id.born(), id.sex(), id.original()), (None, None, None), "its century is not written");
        assert!(ResidentId::parse("FRA310000022912").is_ok(), "2000 was a leap year");
        let wrong = |text: &str| ResidentId::parse(text).expect_err(text);
        let date = |written: &str, why| ResidentIdError::Date { written: written.into(), why };
        assert_eq!(wrong("USA330190133112"), date("901331", DayError::Month(13)));
        let february = DayError::DayOfMonth { year: 2001, month: 2, day: 29 };
        assert_eq!(wrong("USA330101022912"), date("010229", february));
        assert_eq!(wrong("USA33019O123112"), ResidentIdError::Character { at: 9, found: 'O' });
        assert_eq!(wrong("US3301901231123"), ResidentIdError::Character { at: 1, found: 'U' });
        assert_eq!(wrong("USA3301901231"), ResidentIdError::Length(13));
    }

    proptest::proptest! {
        #[test]
        fn one_wrong_digit_never_passes(first17 in "3309021[89][0-9]{2}0[1-9]1[0-9][0-9]{3}", at in 0usize..17, add in 1u8..10) {
            let good = format!("{first17}{}", check_character(&first17).expect("digits"));
            proptest::prop_assert!(ResidentId::parse(&good).is_ok());
            let mut bytes = good.into_bytes();
            bytes[at] = b'0' + (bytes[at] - b'0' + add) % 10;
            let bad = String::from_utf8(bytes).expect("digits");
            proptest::prop_assert!(ResidentId::parse(&bad).is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}|[A-Za-z]{3}\\PC{12}") {
            let _ = ResidentId::parse(&text);
        }
    }
}
