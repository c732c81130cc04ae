//! Identity numbers and credit codes. A number cell cannot hold eighteen digits: Excel keeps fifteen, and the rest is
//! gone, so that such a cell is refused with the way to mend it rather than read as another person's number.

use mingcha_domain::{ResidentId, ResidentIdError, Trouble, Uscc, Value};

use crate::cell::{Cell, Epoch};
use crate::read::Reading;
use crate::read::number_text::is_exponential;
use crate::read::text::{half_width, is_scientific, unmarked, without_spaces, write_number};
use crate::{ReadHow, problem};

pub(super) fn resident_id(cell: &Cell, epoch: Epoch) -> Result<Reading, Trouble> {
    let Written { raw, compact, how } = written(cell, epoch)?;
    let id = ResidentId::parse(&compact).map_err(|error| match error {
        // Fifteen digits and three zeros: it went through a number cell on its way here.
        ResidentIdError::CheckCharacter { .. } | ResidentIdError::Date { .. } if compact.ends_with("000") => {
            problem::digits_lost()
        }
        error => problem::resident_id(&error),
    })?;
    let how = if id.original().is_some() {
        Some(ReadHow::FirstGeneration)
    } else if !id.is_verified() {
        Some(ReadHow::Unverified)
    } else {
        how.or((id.as_str() != raw.trim()).then_some(ReadHow::UpperCase))
    };
    Ok(Reading { value: Value::Text(id.as_str().to_owned()), how })
}

pub(super) fn uscc(cell: &Cell, epoch: Epoch) -> Result<Reading, Trouble> {
    let Written { raw, compact, how } = written(cell, epoch)?;
    let code = Uscc::parse(&compact).map_err(|error| problem::uscc(&error))?;
    let how = how.or((code.as_str() != raw.trim()).then_some(ReadHow::UpperCase));
    Ok(Reading { value: Value::Text(code.as_str().to_owned()), how })
}

struct Written {
    raw: String,
    /// Half-width, without any space.
    compact: String,
    how: Option<ReadHow>,
}

fn written(cell: &Cell, epoch: Epoch) -> Result<Written, Trouble> {
    let raw = match cell {
        Cell::Number(number) | Cell::Serial(number) => write_number(*number)?,
        cell => cell.raw(epoch),
    };
    let bare = unmarked(raw.trim());
    let narrow = half_width(bare);
    // In an identity number or credit code no `.` and no `+` ever stands.
    if is_scientific(&narrow) || (narrow.contains('.') && is_exponential(&narrow)) {
        return Err(problem::digits_lost());
    }
    let compact = without_spaces(&narrow);
    let how = if bare != raw.trim() {
        Some(ReadHow::Unwrapped)
    } else if narrow != bare {
        Some(ReadHow::FullWidth)
    } else if compact != bare {
        Some(ReadHow::Spaces)
    } else {
        None
    };
    Ok(Written { compact, how, raw })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(cell: Cell) -> Result<(String, Option<ReadHow>), &'static str> {
        resident_id(&cell, Epoch::default())
            .map(|reading| (reading.value.to_string(), reading.how))
            .map_err(|trouble| trouble.code)
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn an_identity_number_is_read_through_what_people_do_to_it() {
        let good = "330902197001151231".to_owned();
        assert_eq!(id(text("330902197001151231")), Ok((good.clone(), None)));
        assert_eq!(id(text(" 330902 19700115 1231 ")), Ok((good.clone(), Some(ReadHow::Spaces))));
        assert_eq!(id(text("３３０９０２１９７００１１５１２３１")), Ok((good.clone(), Some(ReadHow::FullWidth))));
        assert_eq!(id(text("'330902197001151231")), Ok((good.clone(), Some(ReadHow::Unwrapped))));
        assert_eq!(id(text("=\"330902197001151231\"")), Ok((good, Some(ReadHow::Unwrapped))));
        assert_eq!(id(text("11010519491231002x")), Ok(("11010519491231002X".into(), Some(ReadHow::UpperCase))));
        let old = Ok(("330902195506300424".into(), Some(ReadHow::FirstGeneration)));
        assert_eq!(id(text("330902550630042")), old);
        assert_eq!(id(Cell::Number(330_902_550_630_042.0)), old, "fifteen digits fit in a number cell");
    }

    #[test]
    fn the_cards_of_residents_who_are_no_citizens_are_read() {
        // 港澳台居民居住证 and the foreigners' card of 2023 follow GB 11643; the older one has a form of its own.
        for number in ["810000199001011237", "83000019851112001X", "933840199012310048"] {
            let first17 = &number[..17];
            let check = mingcha_domain::resident_id::check_character(first17).expect("digits");
            let number = format!("{first17}{check}");
            assert_eq!(id(text(&number)), Ok((number.clone(), None)));
        }
        assert_eq!(id(text("usa330190123112")), Ok(("USA330190123112".into(), Some(ReadHow::Unverified))));
        assert_eq!(id(text("USA330190133112")), Err("MC-INTAKE-043"));
    }

    #[test]
    fn lost_digits_are_told_as_such() {
        assert_eq!(id(Cell::Number(330_902_197_001_151_231.0)), Err("MC-INTAKE-045"));
        for lost in ["3.30902E+17", "3.30902e+17", "3.30902E17", "３．３０９０２Ｅ＋１７", "'3.30902E+17"] {
            assert_eq!(id(text(lost)), Err("MC-INTAKE-045"), "{lost}");
        }
        assert_eq!(id(text("330902197001151000")), Err("MC-INTAKE-045"));
        assert_eq!(id(text("330902197001151232")), Err("MC-INTAKE-044"));
        assert_eq!(uscc(&Cell::Number(9.133e17), Epoch::default()), Err(problem::digits_lost()));
    }

    #[test]
    fn a_credit_code_in_small_letters_is_raised() {
        let reading = uscc(&text("91350100m000100y43"), Epoch::default()).expect("valid");
        assert_eq!((reading.value.to_string().as_str(), reading.how), ("91350100M000100Y43", Some(ReadHow::UpperCase)));
    }
}
