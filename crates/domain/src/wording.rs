//! How official texts say a number: exactly, or rounded with 余 (and more), 约 (about), 左右 (more or less).
//!
//! A rounded number keeps two leading digits from a hundred on, one from ten on; below ten, and when rounding changes
//! nothing, it is said exactly, because "1500余" of exactly 1500 would be untrue.

use rust_decimal::{Decimal, RoundingStrategy};

/// A rule for saying a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Said {
    /// 1503
    #[default]
    Exact,
    /// 1500余: rounded down, and there is more.
    Yu,
    /// 约1500: rounded to the nearest.
    Yue,
    /// 1500左右: rounded to the nearest.
    Zuoyou,
}

impl Said {
    /// Reads the rule's name in a pack file: `exact`, `余`, `约`, `左右` (or `yu`, `yue`, `zuoyou`).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "exact" => Some(Self::Exact),
            "余" | "yu" => Some(Self::Yu),
            "约" | "yue" => Some(Self::Yue),
            "左右" | "zuoyou" => Some(Self::Zuoyou),
            _ => None,
        }
    }
}

/// Says a number without a unit: `1500余`, `约1500`, `1500左右`, `1503`.
#[must_use]
pub fn said(value: Decimal, rule: Said) -> String {
    said_with_unit(value, rule, "")
}

/// Says a number with its unit in the right place: `1500余条`, `5000余万元`, `约1500条`, `1500条左右`.
#[must_use]
pub fn said_with_unit(value: Decimal, rule: Said, unit: &str) -> String {
    let exact = || format!("{}{unit}", plain(value));
    let rounding = match rule {
        Said::Exact => return exact(),
        Said::Yu => RoundingStrategy::ToZero,
        Said::Yue | Said::Zuoyou => RoundingStrategy::MidpointAwayFromZero,
    };
    let Some(round) = rounded(value, rounding).filter(|round| *round != value) else { return exact() };
    let round = plain(round);
    match rule {
        Said::Exact => exact(),
        Said::Yu => format!("{round}余{unit}"),
        Said::Yue => format!("约{round}{unit}"),
        Said::Zuoyou => format!("{round}{unit}左右"),
    }
}

/// The number rounded to its leading digits; `None` below ten, and for a negative number, which is never rounded.
fn rounded(value: Decimal, rounding: RoundingStrategy) -> Option<Decimal> {
    if value < Decimal::TEN {
        return None;
    }
    let keep_below = if value < Decimal::ONE_HUNDRED { Decimal::TEN } else { Decimal::ONE_HUNDRED };
    let mut scale = Decimal::ONE;
    while value / scale >= keep_below {
        scale *= Decimal::TEN;
    }
    Some((value / scale).round_dp_with_strategy(0, rounding) * scale)
}

/// No trailing zeros after the point: 8.690 is 8.69, 42.0 is 42.
fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, rule: Said, unit: &str, expected: &str) {
        assert_eq!(said_with_unit(value.parse().expect(value), rule, unit), expected);
    }

    #[test]
    fn and_more_rounds_down() {
        check("1503", Said::Yu, "条", "1500余条");
        check("5012.6", Said::Yu, "万", "5000余万");
        check("1599", Said::Yu, "", "1500余");
        check("88", Said::Yu, "人", "80余人");
        check("100.5", Said::Yu, "万元", "100余万元");
    }

    #[test]
    fn about_rounds_to_the_nearest() {
        check("1550", Said::Yue, "条", "约1600条");
        check("1503", Said::Zuoyou, "条", "1500条左右");
        check("95", Said::Yue, "人", "约100人");
        check("999", Said::Zuoyou, "", "1000左右");
    }

    #[test]
    fn a_round_number_is_said_exactly() {
        check("1500", Said::Yu, "条", "1500条");
        check("1500.00", Said::Yue, "条", "1500条");
        check("90", Said::Zuoyou, "人", "90人");
    }

    #[test]
    fn small_and_negative_numbers_are_said_exactly() {
        check("8.690", Said::Yu, "万元", "8.69万元");
        check("0", Said::Yue, "件", "0件");
        check("-1503", Said::Yu, "", "-1503");
        check("1503", Said::Exact, "条", "1503条");
    }

    #[test]
    fn the_largest_number_ends() {
        assert!(said(Decimal::MAX, Said::Yu).ends_with('余'));
    }
}
