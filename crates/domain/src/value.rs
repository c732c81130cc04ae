//! One typed cell, as it travels between a sheet, the lake, a model's result and a page.

use std::fmt;

use rust_decimal::Decimal;

use crate::{Day, Instant};

/// A typed value of one cell.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Value {
    /// Nothing was given.
    #[default]
    Null,
    /// Text, also identifiers and codes.
    Text(String),
    /// A whole number.
    Int(i64),
    /// An exact decimal; money has scale 2.
    Decimal(Decimal),
    /// A calendar day.
    Day(Day),
    /// A moment.
    Instant(Instant),
    /// Yes or no.
    Bool(bool),
    /// References to ledger rows, packed as [`crate::RowRef`] does, sorted and distinct.
    Refs(Vec<i64>),
}

impl Value {
    /// Whether nothing was given.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text, when it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, when it is one.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The number as a decimal, when it is one.
    #[must_use]
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Decimal(number) => Some(*number),
            Self::Int(number) => Some(Decimal::from(*number)),
            _ => None,
        }
    }
}

/// The canonical text: what a key is made of and what a hash is taken over. Null is empty; a decimal keeps its scale.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Int(number) => number.fmt(f),
            Self::Decimal(number) => number.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Instant(at) => at.fmt(f),
            Self::Bool(yes) => yes.fmt(f),
            Self::Refs(refs) => {
                for (i, packed) in refs.iter().enumerate() {
                    if i > 0 {
                        f.write_str(" ")?;
                    }
                    packed.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}
