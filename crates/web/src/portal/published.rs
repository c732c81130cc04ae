//! The newest published edition and its figures, as public pages say them. Nothing else is public.

use mingcha_domain::Day;
use mingcha_pages::parts::{Empty, Link};
use mingcha_pages::portal::Counted;
use mingcha_publish::{Edition, FigureValue, PublishedFigure};
use mingcha_store::{StoreError, Tx};
use mingcha_words::Lang;
use rust_decimal::Decimal;

use crate::shell::Visit;

/// An edition with its figures.
pub(crate) struct Published {
    /// The edition.
    pub edition: Edition,
    /// Its figures, in the bulletin's order.
    pub figures: Vec<PublishedFigure>,
}

impl Published {
    /// The newest one.
    pub(crate) async fn newest(tx: &mut Tx) -> Result<Option<Self>, StoreError> {
        let Some(edition) = mingcha_publish::newest(tx).await? else { return Ok(None) };
        let figures = mingcha_publish::figures_of(tx, edition.id).await?;
        Ok(Some(Self { edition, figures }))
    }

    /// The figures of a project.
    pub(crate) fn of<'a>(&'a self, project: &'a str) -> impl Iterator<Item = &'a PublishedFigure> {
        self.figures.iter().filter(move |known| known.figure.project == project)
    }

    /// The edition in words, with its page.
    pub(crate) fn link(&self, visit: &Visit) -> Link {
        let words = [("no", self.edition.no.to_string()), ("as_of", self.edition.as_of.to_string())];
        Link::new(bulletin_address(self.edition.no), visit.say_with("web-portal-edition", &words))
    }
}

/// What is said before the first edition.
pub(crate) fn unpublished(visit: &Visit) -> Empty {
    Empty::new(visit.say("web-portal-unpublished"), visit.say("web-portal-unpublished-how"), None)
}

/// Where an edition is read.
pub(crate) fn bulletin_address(no: i64) -> String {
    format!("/bulletins/{no}")
}

/// Where a figure is read.
pub(crate) fn figure_address(figure: &FigureValue) -> String {
    format!("/projects/{}/{}", figure.project, figure.key)
}

/// The title of a figure in the visitor's language.
pub(crate) fn figure_title(visit: &Visit, figure: &FigureValue) -> String {
    let english = visit.lang == Lang::En && !figure.title_en.is_empty();
    if english { figure.title_en.clone() } else { figure.title.clone() }
}

/// A figure as a number that can be opened.
pub(crate) fn counted(visit: &Visit, figure: &FigureValue) -> Counted {
    let (n, unit) = apart(figure);
    let exact = [("value", grouped(figure.value)), ("unit", figure.unit.clone()), ("count", figure.count.to_string())];
    Counted {
        href: figure_address(figure),
        n,
        unit,
        of: figure_title(visit, figure),
        exact: visit.say_with("web-portal-exact", &exact),
    }
}

/// Number and unit apart, so that the number can be large: `5000余` and `万元`, `1500` and `条左右`.
pub(crate) fn apart(figure: &FigureValue) -> (String, String) {
    let cut = Some(figure.unit.as_str()).filter(|unit| !unit.is_empty());
    match cut.and_then(|unit| figure.said_with_unit.split_once(unit)) {
        Some((number, after)) if !number.is_empty() => (number.to_owned(), format!("{}{after}", figure.unit)),
        _ => (figure.said.clone(), String::new()),
    }
}

/// A number with its thousands apart: `86,900.5`.
pub(crate) fn grouped(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut said = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    if let Some(fraction) = fraction {
        said.push('.');
        said.push_str(fraction);
    }
    said
}

/// A month of a year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Month {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        Some(Self { year: year.parse().ok()?, month })
    }

    fn next(self) -> Self {
        if self.month == 12 { Self { year: self.year + 1, month: 1 } } else { Self { month: self.month + 1, ..self } }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A figure's months in their order. `whole` says that a month without records is a zero rather than nothing: then no
/// month is left out between the beginning of the year and `as_of`.
pub(crate) fn months(by_month: &[(String, Decimal)], as_of: Day, whole: bool) -> Vec<(Month, Decimal)> {
    let known: Vec<(Month, Decimal)> =
        by_month.iter().filter_map(|(month, value)| Some((Month::parse(month)?, *value))).collect();
    let (Some(first), Some(last)) = (known.iter().map(|known| known.0).min(), known.iter().map(|known| known.0).max())
    else {
        return Vec::new();
    };
    if !whole {
        return known;
    }
    let mut at = first.min(Month { year: as_of.year(), month: 1 });
    let end = last.max(Month { year: as_of.year(), month: as_of.month() });
    let mut months = Vec::new();
    while at <= end {
        let value = known.iter().find(|known| known.0 == at).map_or(Decimal::ZERO, |known| known.1);
        months.push((at, value));
        at = at.next();
    }
    months
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn figure(said: &str, said_with_unit: &str, unit: &str) -> FigureValue {
        FigureValue {
            project: "training".to_owned(),
            key: "problems".to_owned(),
            title: "整改问题".to_owned(),
            title_en: "Problems rectified".to_owned(),
            unit: unit.to_owned(),
            value: Decimal::new(22, 0),
            said: said.to_owned(),
            said_with_unit: said_with_unit.to_owned(),
            definition: "销号的问题数。".to_owned(),
            definition_hash: "ab".repeat(32),
            count: 22,
        }
    }

    fn split(said: &str, said_with_unit: &str, unit: &str) -> (String, String) {
        apart(&figure(said, said_with_unit, unit))
    }

    #[test]
    fn the_number_is_large_and_its_unit_small_however_it_is_worded() {
        let pair = |number: &str, unit: &str| (number.to_owned(), unit.to_owned());
        assert_eq!(split("8.69", "8.69万元", "万元"), pair("8.69", "万元"));
        assert_eq!(split("5000余", "5000余万元", "万元"), pair("5000余", "万元"));
        assert_eq!(split("1500左右", "1500条左右", "条"), pair("1500", "条左右"));
        assert_eq!(split("42", "42", ""), pair("42", ""));
    }

    #[test]
    fn thousands_stand_apart() {
        let said = ["0", "999", "1000", "86900.50", "-1234567.8"].map(|text| grouped(text.parse().expect(text)));
        assert_eq!(said, ["0", "999", "1,000", "86,900.5", "-1,234,567.8"]);
    }

    fn known(months: &[(&str, i64)]) -> Vec<(String, Decimal)> {
        months.iter().map(|(month, value)| ((*month).to_owned(), Decimal::from(*value))).collect()
    }

    #[test]
    fn a_month_without_records_is_a_zero_and_the_year_begins_in_january() {
        let as_of: Day = "2023-05-20".parse().expect("a day");
        let all = months(&known(&[("2023-02", 3), ("2023-04", 1)]), as_of, true);
        let said: Vec<String> = all.iter().map(|(month, value)| format!("{month}={value}")).collect();
        assert_eq!(said, ["2023-01=0", "2023-02=3", "2023-03=0", "2023-04=1", "2023-05=0"]);
    }

    #[test]
    fn a_mean_has_no_zero_months_and_no_days_have_no_months() {
        let as_of: Day = "2023-12-29".parse().expect("a day");
        assert_eq!(months(&known(&[("2023-02", 3), ("2023-04", 1)]), as_of, false).len(), 2);
        assert_eq!(months(&[], as_of, true), Vec::new());
        assert_eq!(months(&known(&[("2022-11", 1)]), as_of, true).len(), 14, "from the first record on");
    }
}
