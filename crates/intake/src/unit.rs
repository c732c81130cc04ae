//! Units that stand in headings: 金额（万元） over a column in yuan is a factor, 面积（亩） over square metres a refusal.
//!
//! Only what is exact and usual in a district's sheets is known; an unknown word in brackets (必填, 大写) is no unit.

use mingcha_pack::{Column, ColumnKind};
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use crate::cell::is_space;

/// How the numbers under a heading become those of the column it stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Scale {
    /// As they are.
    #[default]
    Same,
    /// Multiplied: the heading says 万元, the column is in 元.
    Times(Decimal),
    /// Not at all: the heading has another unit.
    Other,
}

/// A unit: what it measures, and how many of that measure's own unit it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Unit {
    measure: &'static str,
    factor: Decimal,
    /// Whether a word such as 万 stands before it.
    is_scaled: bool,
}

/// Name, measure, mantissa and decimals of the factor.
const UNITS: &[(&str, &str, i64, u32)] = &[
    ("元", MONEY, 1, 0),
    ("圆", MONEY, 1, 0),
    ("yuan", MONEY, 1, 0),
    ("rmb", MONEY, 1, 0),
    ("cny", MONEY, 1, 0),
    ("¥", MONEY, 1, 0),
    ("角", MONEY, 1, 1),
    ("分", MONEY, 1, 2),
    ("美元", "usd", 1, 0),
    ("usd", "usd", 1, 0),
    ("$", "usd", 1, 0),
    ("港元", "hkd", 1, 0),
    ("港币", "hkd", 1, 0),
    ("欧元", "eur", 1, 0),
    ("%", PER_CENT, 1, 0),
    ("百分比", PER_CENT, 1, 0),
    ("‰", "per mille", 1, 0),
    ("m2", "area", 1, 0),
    ("平方米", "area", 1, 0),
    ("平米", "area", 1, 0),
    ("公顷", "area", 10_000, 0),
    ("平方公里", "area", 1_000_000, 0),
    ("km2", "area", 1_000_000, 0),
    ("亩", "mu", 1, 0),
    ("克", "mass", 1, 3),
    ("g", "mass", 1, 3),
    ("两", "mass", 5, 2),
    ("斤", "mass", 5, 1),
    ("公斤", "mass", 1, 0),
    ("千克", "mass", 1, 0),
    ("kg", "mass", 1, 0),
    ("吨", "mass", 1_000, 0),
    ("t", "mass", 1_000, 0),
    ("毫升", "volume", 1, 3),
    ("ml", "volume", 1, 3),
    ("升", "volume", 1, 0),
    ("l", "volume", 1, 0),
    ("毫米", "length", 1, 3),
    ("mm", "length", 1, 3),
    ("厘米", "length", 1, 2),
    ("cm", "length", 1, 2),
    ("米", "length", 1, 0),
    ("m", "length", 1, 0),
    ("公里", "length", 1_000, 0),
    ("千米", "length", 1_000, 0),
    ("km", "length", 1_000, 0),
    ("秒", "seconds", 1, 0),
    ("分钟", "minutes", 1, 0),
    ("小时", "hours", 1, 0),
    ("课时", "lessons", 1, 0),
    ("学时", "lessons", 1, 0),
    ("天", "days", 1, 0),
    ("日", "days", 1, 0),
    ("周", "weeks", 1, 0),
    ("月", "months", 1, 0),
    ("个月", "months", 1, 0),
    ("年", "years", 1, 0),
    ("人", "persons", 1, 0),
    ("名", "persons", 1, 0),
    ("人次", "visits", 1, 0),
    ("户", "households", 1, 0),
    ("次", "times", 1, 0),
    ("个", "pieces", 1, 0),
    ("件", "pieces", 1, 0),
    ("份", "pieces", 1, 0),
];

const MONEY: &str = "money";
const PER_CENT: &str = "per cent";

/// Words before a unit, the longest first.
const SCALES: [(&str, i64); 8] = [
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("十万", 100_000),
    ("十", 10),
    ("百", 100),
    ("千", 1_000),
    ("万", 10_000),
    ("亿", 100_000_000),
];

impl Unit {
    /// The unit that a text is: 元, 人民币万元, ㎡, 万人.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let plain: String =
            text.nfkc().flat_map(char::to_lowercase).filter(|c| !is_space(*c) && !matches!(c, ':')).collect();
        let word = plain.strip_prefix("单位").unwrap_or(&plain);
        let word = word.strip_prefix("人民币").filter(|rest| !rest.is_empty()).unwrap_or(word);
        let known = |word: &str| UNITS.iter().find(|(name, ..)| *name == word);
        let unit = |(_, measure, mantissa, decimals): &(&str, &'static str, i64, u32), times: i64| {
            let factor = Decimal::new(*mantissa, *decimals).checked_mul(Decimal::from(times))?;
            Some(Self { measure, factor: factor.normalize(), is_scaled: times != 1 })
        };
        if let Some(found) = known(word) {
            return unit(found, 1);
        }
        SCALES.iter().find_map(|(scale, times)| {
            match word.strip_prefix(scale)? {
                // 金额（万）: of what, the column says.
                "" => Some(Self { measure: "", factor: Decimal::from(*times), is_scaled: true }),
                rest => known(rest).and_then(|found| unit(found, *times)),
            }
        })
    }

    /// The unit in the brackets of a heading; of several brackets the last that holds one.
    pub(crate) fn in_heading(heading: &str) -> Option<Self> {
        let plain: String = heading.nfkc().collect();
        let mut rest = plain.as_str();
        while let Some(open) = rest.rfind(['(', '[', '【']) {
            let inner = rest[open..].trim_start_matches(['(', '[', '【']);
            let inner = inner.split([')', ']', '】']).next().unwrap_or(inner);
            if let Some(unit) = inner.split([',', '、', ';', '/']).find_map(Self::of) {
                return Some(unit);
            }
            rest = &rest[..open];
        }
        None
    }

    /// What a column is measured in: the unit in the brackets of its titles, or yuan for money.
    pub(crate) fn of_column(column: &Column) -> Option<Self> {
        let said = || Self::in_heading(&column.title).or_else(|| Self::in_heading(&column.title_en));
        match column.kind {
            ColumnKind::Money => said().or_else(|| Self::of("元")),
            ColumnKind::Integer | ColumnKind::Decimal { .. } => said(),
            _ => None,
        }
    }

    pub(crate) fn is_per_cent(self) -> bool {
        self.measure == PER_CENT
    }

    pub(crate) fn is_money(self) -> bool {
        self.measure == MONEY
    }

    /// Whether an amount may be given in it, rightly or by mistake.
    fn is_money_like(self) -> bool {
        [MONEY, PER_CENT, "per mille", "usd", "hkd", "eur"].contains(&self.measure)
    }
}

/// How numbers in a unit become those of a column.
pub(crate) fn scale(unit: Unit, column: &Column) -> Scale {
    let is_number = matches!(column.kind, ColumnKind::Money | ColumnKind::Integer | ColumnKind::Decimal { .. });
    let times = match Unit::of_column(column) {
        _ if !is_number => return Scale::Same,
        Some(own) if unit.measure == own.measure => unit.factor.checked_div(own.factor),
        // An amount is never in months or persons: 金额（月） says what it is for, not what it is in.
        Some(own) if own.is_money() && !unit.is_money_like() && !unit.is_scaled => Some(Decimal::ONE),
        // 万 alone multiplies whatever the column is in, unless the column is in units of such words itself.
        Some(own) if unit.measure.is_empty() && !own.is_scaled => unit.factor.checked_div(Decimal::ONE),
        None if !unit.is_scaled => Some(Decimal::ONE),
        _ => None,
    };
    match times.map(|times| times.normalize()) {
        None => Scale::Other,
        Some(times) if times == Decimal::ONE => Scale::Same,
        Some(times) => Scale::Times(times),
    }
}

/// The unit of money that a row above the header tells for the whole sheet (单位：万元), with its words.
pub(crate) fn for_sheet<'a>(texts: impl Iterator<Item = &'a str>) -> Option<(Unit, String)> {
    let in_text = |text: &str| {
        let plain: String = text.nfkc().filter(|c| !is_space(*c)).collect();
        // 填报单位：区人社局 is none; several may stand in one line.
        let words =
            plain.split("单位:").skip(1).filter_map(|rest| rest.split([',', ';', '。', ')', ']', '】', '、']).next());
        words.filter_map(|word| Some((Unit::of(word).filter(|unit| unit.is_money())?, word.to_owned()))).last()
    };
    texts.filter_map(in_text).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(title: &str, kind: ColumnKind) -> Column {
        Column { title: title.into(), kind, ..Column::default() }
    }

    fn said(heading: &str, column: &Column) -> Scale {
        Unit::in_heading(heading).map_or(Scale::Same, |unit| scale(unit, column))
    }

    #[test]
    fn money_under_ten_thousands_is_multiplied_and_never_taken_as_it_is() {
        let money = column("补贴金额（元）", ColumnKind::Money);
        let times = |n: i64| Scale::Times(Decimal::from(n));
        for (heading, expected) in [
            ("金额（万元）", times(10_000)),
            ("金额（人民币：万元）", times(10_000)),
            ("金额【单位：千元】", times(1_000)),
            ("金额(百万元)", times(1_000_000)),
            ("金额（亿元）", times(100_000_000)),
            ("金额（万）", times(10_000)),
            ("金额（分）", Scale::Times(Decimal::new(1, 2))),
            ("金额（元）", Scale::Same),
            ("金额（RMB）", Scale::Same),
            ("金额（大写）", Scale::Same),
            ("金额（必填）（万元）", times(10_000)),
            ("金额（万元）（必填）", times(10_000)),
            ("金额（美元）", Scale::Other),
            ("金额（%）", Scale::Other),
            ("金额（万人）", Scale::Other),
            ("金额（月）", Scale::Same),
            ("金额（元/月）", Scale::Same),
            ("金额（万元/亩）", times(10_000)),
        ] {
            assert_eq!(said(heading, &money), expected, "{heading}");
        }
        let in_ten_thousands = column("投资额（万元）", ColumnKind::Decimal { scale: 4 });
        assert_eq!(said("投资额（元）", &in_ten_thousands), Scale::Times(Decimal::new(1, 4)));
        assert_eq!(said("投资额（万元）", &in_ten_thousands), Scale::Same);
        assert_eq!(said("投资额（万）", &in_ten_thousands), Scale::Other, "of what, nobody says");
    }

    #[test]
    fn another_measure_is_another_unit_and_an_unknown_column_takes_no_factor() {
        let area = column("面积（平方米）", ColumnKind::Decimal { scale: 2 });
        assert_eq!(said("面积（㎡）", &area), Scale::Same);
        assert_eq!(said("面积（公顷）", &area), Scale::Times(Decimal::from(10_000)));
        assert_eq!(said("面积（亩）", &area), Scale::Other, "no exact factor");
        let bare = column("预算", ColumnKind::Decimal { scale: 2 });
        assert_eq!(said("预算（元）", &bare), Scale::Same);
        assert_eq!(said("预算（万元）", &bare), Scale::Other, "the column does not say what it is in");
        let text = column("备注", ColumnKind::Text);
        assert_eq!(said("备注（万元）", &text), Scale::Same);
    }

    #[test]
    fn a_sheet_may_tell_its_unit_above_the_table() {
        let unit = |text: &str| for_sheet([text].into_iter()).map(|(unit, said)| (unit.factor, said));
        let ten_thousand = || Some((Decimal::from(10_000), "万元".to_owned()));
        assert_eq!(unit("单位：万元"), ten_thousand());
        assert_eq!(unit("（金额单位： 万 元）"), ten_thousand());
        assert_eq!(unit("填报单位：区人社局"), None);
        assert_eq!(unit("填报单位：区人社局  单位：元"), Some((Decimal::ONE, "元".to_owned())));
        assert_eq!(unit("2023年补贴发放表（单位：万元）"), ten_thousand());
        assert_eq!(unit("金额单位：万元，面积单位：亩"), ten_thousand());
        assert_eq!(unit("单位：人"), None, "only money is told for a whole sheet");
    }
}
