//! The answer yes: what writing queries take, so that nothing is written that was not asked for.

use mingcha_domain::AccountId;

use crate::{Action, Refused};

/// What is asked about: whose it is, whether the asker may know of it, and who must not be the one to do it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Subject<'a> {
    /// The unit it belongs to; none for what belongs to the house.
    pub unit: Option<&'a str>,
    /// Whether it is there and the asker may know of it. When not, the answer is that it does not exist.
    pub visible: bool,
    /// Who did the work that is now to be judged.
    pub done_by: Option<AccountId>,
}

impl<'a> Subject<'a> {
    /// Something of the house as a whole.
    #[must_use]
    pub fn house() -> Self {
        Self { unit: None, visible: true, done_by: None }
    }

    /// Something that belongs to a unit.
    #[must_use]
    pub fn of_unit(unit: &'a str) -> Self {
        Self { unit: Some(unit), ..Self::house() }
    }

    /// Something that may belong to a unit.
    #[must_use]
    pub fn of(unit: Option<&'a str>) -> Self {
        Self { unit, ..Self::house() }
    }

    /// Hides it from the asker unless this holds.
    #[must_use]
    pub fn visible_if(self, visible: bool) -> Self {
        Self { visible, ..self }
    }

    /// Two persons: whoever did the work may not be the one who judges it.
    #[must_use]
    pub fn not_by(self, account: AccountId) -> Self {
        Self { done_by: Some(account), ..self }
    }
}

/// A permission that was given: to this actor, for this action, about a thing of this unit. It cannot be made outside
/// this crate nor copied.
#[derive(PartialEq, Eq, Debug)]
pub struct Permit {
    pub(crate) action: Action,
    pub(crate) account: AccountId,
    pub(crate) unit: Option<String>,
}

impl Permit {
    /// What it is for.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// Whom it was given to.
    #[must_use]
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// The unit of the thing it is about.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// An error when it was given for something else; a writing query begins with this.
    pub fn for_action(&self, action: Action) -> Result<(), Refused> {
        if self.action == action { Ok(()) } else { Err(Refused::OtherPermit { given: self.action, needed: action }) }
    }
}
