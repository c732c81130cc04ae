//! What part of a list a person sees.

/// The rows that a list, a figure or an export may take into account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// All of them.
    All,
    /// Those of this unit.
    Unit(String),
    /// None.
    Nothing,
}

impl Scope {
    /// Two values for SQL: `WHERE ($1 = 1 OR unit = $2)`. No unit has the empty code, so that an empty scope finds
    /// nothing.
    #[must_use]
    pub fn unit_filter(&self) -> (i64, &str) {
        match self {
            Self::All => (1, ""),
            Self::Unit(unit) => (0, unit),
            Self::Nothing => (0, ""),
        }
    }

    /// Whether something of this unit is within; what belongs to no unit is only within [`Scope::All`].
    #[must_use]
    pub fn covers(&self, unit: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Unit(own) => unit == Some(own),
            Self::Nothing => false,
        }
    }
}
