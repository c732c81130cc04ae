//! Personal data with its middle hidden, as pages, exports and bulletins show it when no purpose was given.

/// Hides the middle of an identity number, or of another long identifier: `330902********1234`.
///
/// Six characters at the front and four at the end stay when at least four are hidden between them; a shorter text
/// keeps its last four if that is at most half of it, and else nothing.
#[must_use]
pub fn identifier(text: &str) -> String {
    let length = text.chars().count();
    match length {
        14.. => hide(text, 6, length - 4),
        8.. => hide(text, 0, length - 4),
        _ => hide(text, 0, length),
    }
}

/// Keeps the first character of a name: `王**`. A double surname is not told apart, so that nothing more is shown.
#[must_use]
pub fn name(text: &str) -> String {
    hide(text, 1, text.chars().count())
}

/// Hides the middle of a telephone number: `138****1234`.
#[must_use]
pub fn phone(text: &str) -> String {
    let length = text.chars().count();
    if length >= 11 { hide(text, length - 8, length - 4) } else { identifier(text) }
}

/// Replaces the characters from `from` to before `to`, counted from 0, by asterisks.
fn hide(text: &str, from: usize, to: usize) -> String {
    text.chars().enumerate().map(|(i, c)| if (from..to).contains(&i) { '*' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_number_shows_its_district_and_its_end() {
        assert_eq!(identifier("330902197001151231"), "330902********1231");
        assert_eq!(identifier("330902700115123"), "330902*****5123");
    }

    #[test]
    fn a_short_identifier_shows_no_more_than_half() {
        assert_eq!(identifier("12345678"), "****5678");
        assert_eq!(identifier("1234567"), "*******");
        assert_eq!(identifier(""), "");
    }

    #[test]
    fn a_name_shows_its_first_character() {
        assert_eq!(name("王小明"), "王**");
        assert_eq!(name("李明"), "李*");
        assert_eq!(name("欧阳修文"), "欧***");
        assert_eq!(name(""), "");
    }

    #[test]
    fn a_telephone_number_hides_four_digits() {
        assert_eq!(phone("13812341234"), "138****1234");
        assert_eq!(phone("05801234"), "****1234");
    }
}
