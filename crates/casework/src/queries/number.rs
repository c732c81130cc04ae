//! Numbers for people: `2023-定海-0001`, counted in one series per kind, year and district.

use mingcha_access::Permit;
use mingcha_store::{StoreError, Tx, params};

/// What is numbered. Each kind has its own mark and table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Series {
    Case,
    Problem,
    Recovery,
    Inspection,
}

impl Series {
    fn mark(self) -> &'static str {
        match self {
            Self::Case => "",
            Self::Problem => "问",
            Self::Recovery => "追",
            Self::Inspection => "检",
        }
    }

    fn is_taken_sql(self) -> &'static str {
        match self {
            Self::Case => "SELECT id FROM case_file WHERE number = $1",
            Self::Problem => "SELECT id FROM problem WHERE number = $1",
            Self::Recovery => "SELECT id FROM recovery WHERE number = $1",
            Self::Inspection => "SELECT id FROM inspection WHERE number = $1",
        }
    }
}

/// Takes the next free number. A sheet of past casework brings numbers of its own; those are stepped over.
pub(crate) async fn number_take(tx: &mut Tx, _: &Permit, series: Series, action: &str) -> Result<String, StoreError> {
    let prefix = prefix(series, action, tx.setting("district").await?.as_deref());
    loop {
        tx.run(
            "INSERT INTO case_serial (series, last_number) VALUES ($1, 1) \
             ON CONFLICT (series) DO UPDATE SET last_number = case_serial.last_number + 1",
            params![&prefix],
        )
        .await?;
        let row = tx.one("SELECT last_number FROM case_serial WHERE series = $1", params![&prefix]).await?;
        let number = format!("{prefix}{:04}", row.map(|row| row.int("last_number")).transpose()?.unwrap_or(1));
        if tx.one(series.is_taken_sql(), params![&number]).await?.is_none() {
            return Ok(number);
        }
    }
}

/// `2023-定海-问`: the district without the word for its kind, so that the number stays short.
fn prefix(series: Series, action: &str, district: Option<&str>) -> String {
    let place = district.unwrap_or_default().trim();
    let short = place.strip_suffix(['区', '县', '市']).filter(|short| short.chars().count() >= 2).unwrap_or(place);
    if short.is_empty() { format!("{action}-{}", series.mark()) } else { format!("{action}-{short}-{}", series.mark()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_names_year_and_district() {
        assert_eq!(prefix(Series::Case, "2023", Some("定海区")), "2023-定海-");
        assert_eq!(prefix(Series::Problem, "2023", Some("定海区")), "2023-定海-问");
        assert_eq!(prefix(Series::Case, "2023", Some("黟县")), "2023-黟县-");
        assert_eq!(prefix(Series::Recovery, "2023", None), "2023-追");
    }
}
