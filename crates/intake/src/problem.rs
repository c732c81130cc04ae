//! What can be wrong with a cell, each built by a function named by the problem, so that a code has one home.
//!
//! The facts `row`, `column` and `value` are added by whoever knows the place.

use mingcha_domain::{DayError, ResidentIdError, Trouble, UsccError, Value};

pub(crate) fn required() -> Trouble {
    Trouble::new("MC-INTAKE-030")
}

pub(crate) fn not_a_number() -> Trouble {
    Trouble::new("MC-INTAKE-031")
}

pub(crate) fn not_whole() -> Trouble {
    Trouble::new("MC-INTAKE-032")
}

pub(crate) fn too_fine(decimals_max: u32) -> Trouble {
    Trouble::new("MC-INTAKE-033").with("decimals", decimals_max)
}

pub(crate) fn below(min: &Value) -> Trouble {
    Trouble::new("MC-INTAKE-034").with("min", min).with("kind", kind(min))
}

pub(crate) fn above(max: &Value) -> Trouble {
    Trouble::new("MC-INTAKE-035").with("max", max).with("kind", kind(max))
}

/// Of a day one says that it is early or late.
fn kind(limit: &Value) -> &'static str {
    if matches!(limit, Value::Day(_)) { "day" } else { "number" }
}

pub(crate) fn not_a_date() -> Trouble {
    Trouble::new("MC-INTAKE-036")
}

pub(crate) fn no_such_day(why: &DayError) -> Trouble {
    match why {
        DayError::Month(month) => Trouble::new("MC-INTAKE-037").with("month", month),
        DayError::DayOfMonth { year, month, day } => {
            Trouble::new("MC-INTAKE-038").with("year", year).with("month", month).with("day", day)
        }
        DayError::Form => not_a_date(),
    }
}

pub(crate) fn short_year() -> Trouble {
    Trouble::new("MC-INTAKE-039")
}

pub(crate) fn no_day_given() -> Trouble {
    Trouble::new("MC-INTAKE-040")
}

pub(crate) fn improbable_year(year: i32) -> Trouble {
    Trouble::new("MC-INTAKE-061").with("year", year)
}

pub(crate) fn resident_id(error: &ResidentIdError) -> Trouble {
    match error {
        ResidentIdError::Length(length) => Trouble::new("MC-INTAKE-041").with("length", length),
        ResidentIdError::Character { at, found } => Trouble::new("MC-INTAKE-042").with("at", at).with("found", found),
        ResidentIdError::Date { written, .. } => Trouble::new("MC-INTAKE-043").with("written", written),
        ResidentIdError::CheckCharacter { expected, found } => {
            Trouble::new("MC-INTAKE-044").with("expected", expected).with("found", found)
        }
    }
}

pub(crate) fn digits_lost() -> Trouble {
    Trouble::new("MC-INTAKE-045")
}

pub(crate) fn uscc(error: &UsccError) -> Trouble {
    match error {
        UsccError::Length(length) => Trouble::new("MC-INTAKE-046").with("length", length),
        UsccError::Character { at, found } => Trouble::new("MC-INTAKE-047").with("at", at).with("found", found),
        UsccError::CheckCharacter { expected, found } => {
            Trouble::new("MC-INTAKE-048").with("expected", expected).with("found", found)
        }
        UsccError::OrganisationCode { expected, found } => {
            Trouble::new("MC-INTAKE-049").with("expected", expected).with("found", found)
        }
        UsccError::Both { organisation, whole } => {
            Trouble::new("MC-INTAKE-050").with("organisation", organisation).with("whole", whole)
        }
    }
}

pub(crate) fn unknown_code(values: &[String], near: Option<&str>) -> Trouble {
    Trouble::new("MC-INTAKE-051").with("values", crate::note::list(values)).with("near", near.unwrap_or("none"))
}

pub(crate) fn not_yes_or_no() -> Trouble {
    Trouble::new("MC-INTAKE-052")
}

pub(crate) fn error_cell() -> Trouble {
    Trouble::new("MC-INTAKE-053")
}

pub(crate) fn too_long(length: usize, length_max: usize) -> Trouble {
    Trouble::new("MC-INTAKE-054").with("length", length).with("limit", length_max)
}

pub(crate) fn too_large() -> Trouble {
    Trouble::new("MC-INTAKE-055")
}

pub(crate) fn unreadable() -> Trouble {
    Trouble::new("MC-INTAKE-056")
}

pub(crate) fn uncomputed() -> Trouble {
    Trouble::new("MC-INTAKE-057")
}

pub(crate) fn too_many_cells(cells: usize, headings: usize) -> Trouble {
    Trouble::new("MC-INTAKE-058").with("cells", cells).with("headings", headings)
}

pub(crate) fn key_twice(first_row: u32) -> Trouble {
    Trouble::new("MC-INTAKE-059").with("first", first_row)
}

pub(crate) fn a_date_for_a_number() -> Trouble {
    Trouble::new("MC-INTAKE-060")
}

pub(crate) fn month_or_day() -> Trouble {
    Trouble::new("MC-INTAKE-080")
}

pub(crate) fn phantom_day() -> Trouble {
    Trouble::new("MC-INTAKE-081")
}

pub(crate) fn no_day_but_time() -> Trouble {
    Trouble::new("MC-INTAKE-082")
}

pub(crate) fn a_time_for_a_number() -> Trouble {
    Trouble::new("MC-INTAKE-083")
}

pub(crate) fn exponent() -> Trouble {
    Trouble::new("MC-INTAKE-084")
}

pub(crate) fn per_cent() -> Trouble {
    Trouble::new("MC-INTAKE-086")
}

pub(crate) fn hashes() -> Trouble {
    Trouble::new("MC-INTAKE-087")
}

pub(crate) fn control_character(found: char) -> Trouble {
    Trouble::new("MC-INTAKE-088").with("found", format!("U+{:04X}", u32::from(found)))
}
