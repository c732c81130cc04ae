//! Money in yuan (元), exact to the fen. Never a float.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// An amount in yuan with at most two decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Yuan(Decimal);

/// Why a text or number is no amount of money.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum YuanError {
    /// Not a decimal number.
    #[error("not a number")]
    NotANumber,
    /// More than two decimals: the fen is the smallest unit.
    #[error("more than two decimals")]
    TooFine,
    /// Beyond DECIMAL(18,2).
    #[error("too large")]
    TooLarge,
}

impl Yuan {
    /// Takes an amount of whole fen (分).
    #[must_use]
    pub fn from_fen(fen: i64) -> Self {
        Self(Decimal::new(fen, 2))
    }

    /// Takes a decimal with at most two decimals and sixteen digits before the point.
    pub fn from_decimal(amount: Decimal) -> Result<Self, YuanError> {
        if amount.normalize().scale() > 2 {
            return Err(YuanError::TooFine);
        }
        if amount.abs() >= Decimal::new(10_000_000_000_000_000, 0) {
            return Err(YuanError::TooLarge);
        }
        let mut amount = amount.normalize();
        amount.rescale(2);
        Ok(Self(amount))
    }

    /// The amount in fen; always whole.
    #[must_use]
    pub fn fen(self) -> i64 {
        (self.0 * Decimal::ONE_HUNDRED).to_i64().unwrap_or(i64::MAX)
    }

    /// The amount as a decimal with scale 2.
    #[must_use]
    pub fn decimal(self) -> Decimal {
        let mut amount = self.0;
        amount.rescale(2);
        amount
    }
}

impl FromStr for Yuan {
    type Err = YuanError;
    fn from_str(text: &str) -> Result<Self, YuanError> {
        text.parse::<Decimal>().map_err(|_| YuanError::NotANumber).and_then(Self::from_decimal)
    }
}

impl Add for Yuan {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sum for Yuan {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

/// `3,200.00`, as people read it.
impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.decimal().abs().to_string();
        let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
        if self.0.is_sign_negative() && !self.0.is_zero() {
            f.write_str("-")?;
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ".{cents}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_thousands_and_fen() {
        assert_eq!(Yuan::from_fen(320_000).to_string(), "3,200.00");
        assert_eq!(Yuan::from_fen(-123_456_789).to_string(), "-1,234,567.89");
        assert_eq!(Yuan::from_fen(5).to_string(), "0.05");
    }

    #[test]
    fn a_third_decimal_is_refused_and_a_zero_one_is_not() {
        assert_eq!("1.005".parse::<Yuan>(), Err(YuanError::TooFine));
        assert_eq!("1.500".parse::<Yuan>().map(Yuan::fen), Ok(150));
    }
}
