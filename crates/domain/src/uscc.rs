//! Unified social credit codes (统一社会信用代码), GB 32100-2015: 18 characters with a check character, of which the
//! characters 9–17 are an organisation code with a check character of its own (GB 11714-1997).

use std::fmt;
use std::str::FromStr;

/// An 18-character code whose two check characters are right.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Uscc(String);

/// Why a text is no such code.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UsccError {
    /// Not 18 characters.
    #[error("{0} characters instead of 18")]
    Length(usize),
    /// A character outside the alphabet: digits and capital letters without I, O, S, V, Z.
    #[error("character {at} is {found:?}")]
    Character {
        /// The place, counted from 1.
        at: usize,
        /// What stands there.
        found: char,
    },
    /// Only the last character is wrong: it, or one of the first eight, was mistyped.
    #[error("the last character should be {expected}, it is {found}")]
    CheckCharacter {
        /// What the 18th character should be.
        expected: char,
        /// What it is.
        found: char,
    },
    /// Only character 17, the check character of the organisation code in characters 9–17, is wrong.
    #[error("character 17 should be {expected}, it is {found}")]
    OrganisationCode {
        /// What the 17th character should be.
        expected: char,
        /// What it is.
        found: char,
    },
    /// Both are wrong: most often one of the characters 9–16 was mistyped.
    #[error("characters 17 and 18 should be {organisation} and {whole}")]
    Both {
        /// What the 17th character should be.
        organisation: char,
        /// What the 18th character should be, with the 17th as it is.
        whole: char,
    },
}

/// What kind of body carries the code, by its first two characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BodyKind {
    /// 11 机关
    StateOrgan,
    /// 12 事业单位: public schools, hospitals, care homes.
    PublicInstitution,
    /// 51 社会团体
    SocialOrganisation,
    /// 52 民办非企业单位
    PrivateNonEnterprise,
    /// 53 基金会
    Foundation,
    /// 91 企业
    Enterprise,
    /// 92 个体工商户
    SoleTrader,
    /// 93 农民专业合作社
    FarmersCooperative,
    /// N1, N2, N3 农村集体经济组织 of group, village, township.
    RuralCollective,
    /// Anything else, Y1 among it.
    Other,
}

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl Uscc {
    /// Reads a code. Lower-case letters are raised.
    pub fn parse(text: &str) -> Result<Self, UsccError> {
        let length = text.chars().count();
        if length != 18 {
            return Err(UsccError::Length(length));
        }
        for (i, found) in text.chars().enumerate() {
            if !found.is_ascii() || !ALPHABET.contains(&(found.to_ascii_uppercase() as u8)) {
                return Err(UsccError::Character { at: i + 1, found });
            }
        }
        let code = text.to_ascii_uppercase();
        let bytes = code.as_bytes();
        let organisation = organisation_check(&bytes[8..16]);
        let whole = whole_check(&bytes[..17]);
        let (found17, found18) = (bytes[16] as char, bytes[17] as char);
        match (organisation == found17, whole == found18) {
            (true, true) => Ok(Self(code)),
            (true, false) => Err(UsccError::CheckCharacter { expected: whole, found: found18 }),
            (false, true) => Err(UsccError::OrganisationCode { expected: organisation, found: found17 }),
            (false, false) => Err(UsccError::Both { organisation, whole }),
        }
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of body it says it is.
    #[must_use]
    pub fn body(&self) -> BodyKind {
        match &self.0[..2] {
            "11" => BodyKind::StateOrgan,
            "12" => BodyKind::PublicInstitution,
            "51" => BodyKind::SocialOrganisation,
            "52" => BodyKind::PrivateNonEnterprise,
            "53" => BodyKind::Foundation,
            "91" => BodyKind::Enterprise,
            "92" => BodyKind::SoleTrader,
            "93" => BodyKind::FarmersCooperative,
            "N1" | "N2" | "N3" => BodyKind::RuralCollective,
            _ => BodyKind::Other,
        }
    }
}

/// Completes sixteen characters (registrar, kind, district, organisation code without its check) to a valid code.
///
/// `None` when they are not sixteen characters of the alphabet.
#[must_use]
pub fn complete(first16: &str) -> Option<String> {
    if first16.len() != 16 || !first16.bytes().all(|c| ALPHABET.contains(&c)) {
        return None;
    }
    let first17 = format!("{first16}{}", organisation_check(&first16.as_bytes()[8..]));
    let whole = whole_check(first17.as_bytes());
    Some(format!("{first17}{whole}"))
}

/// GB 11714-1997 over eight characters: weights 3 7 9 10 5 8 4 2, 11 − S mod 11, where 10 is X and 11 is 0.
fn organisation_check(eight: &[u8]) -> char {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let value = |c: u8| if c.is_ascii_digit() { u32::from(c - b'0') } else { u32::from(c - b'A') + 10 };
    let sum: u32 = eight.iter().zip(WEIGHTS).map(|(c, weight)| value(*c) * weight).sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => (b'0' + digit as u8) as char,
    }
}

/// GB 32100-2015 over seventeen characters: weights 3^(i−1) mod 31, (31 − S mod 31) mod 31 into the alphabet.
fn whole_check(seventeen: &[u8]) -> char {
    let mut sum = 0;
    let mut weight = 1;
    for c in seventeen {
        sum += ALPHABET.iter().position(|a| a == c).unwrap_or(0) * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET[(31 - sum % 31) % 31] as char
}

impl FromStr for Uscc {
    type Err = UsccError;
    fn from_str(text: &str) -> Result<Self, UsccError> {
        Self::parse(text)
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_and_invented_ones_pass() {
        for (code, body) in [
            ("91350100M000100Y43", BodyKind::Enterprise),
            ("12330902460123458T", BodyKind::PublicInstitution),
            ("N2330902MF7A1234XN", BodyKind::RuralCollective),
            ("91330902MA2DH12359", BodyKind::Enterprise),
        ] {
            assert_eq!(Uscc::parse(code).expect(code).body(), body);
            assert_eq!(complete(&code[..16]).as_deref(), Some(code));
        }
    }

    #[test]
    fn a_wrong_code_says_which_of_its_checks_failed() {
        let wrong = |text: &str| Uscc::parse(text).expect_err(text);
        assert_eq!(wrong("91350100M000100Y4"), UsccError::Length(17));
        assert_eq!(wrong("9135O100M000100Y43"), UsccError::Character { at: 5, found: 'O' });
        assert_eq!(wrong("91350100M000100Y4１"), UsccError::Character { at: 18, found: '１' });
        assert_eq!(wrong("91350100M000100Y44"), UsccError::CheckCharacter { expected: '3', found: '4' });
        assert_eq!(wrong("92350100M000100Y43"), UsccError::CheckCharacter { expected: '0', found: '3' });
        // The 17th mistyped and the 18th computed over the mistake.
        let over_the_mistake = format!("91350100M000100Y5{}", whole_check(b"91350100M000100Y5"));
        assert_eq!(wrong(&over_the_mistake), UsccError::OrganisationCode { expected: '4', found: '5' });
        assert!(matches!(wrong("91350100M000101Y43"), UsccError::Both { organisation: '0', .. }));
    }

    proptest::proptest! {
        #[test]
        fn what_was_completed_passes_and_one_wrong_character_does_not(
            first16 in "9[123]330902[0-9A-HJ-NP-RTUWXY]{8}", at in 0usize..18, add in 1usize..31
        ) {
            let good = complete(&first16).expect("of the alphabet");
            proptest::prop_assert!(Uscc::parse(&good).is_ok());
            let mut bytes = good.into_bytes();
            let value = ALPHABET.iter().position(|a| *a == bytes[at]).expect("of the alphabet");
            bytes[at] = ALPHABET[(value + add) % 31];
            proptest::prop_assert!(Uscc::parse(&String::from_utf8(bytes).expect("ascii")).is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}") {
            let _ = Uscc::parse(&text);
        }
    }
}
