//! Who did something: an account that signed in here, or a name that an imported sheet gives.

use mingcha_domain::AccountId;

/// A person who acted on a case or a problem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Who {
    /// The account, when the deed was done in this system; absent for deeds told by a sheet.
    pub account: Option<AccountId>,
    /// The name, as shown beside the deed.
    pub name: String,
}

impl Who {
    /// A person known by name only, from a sheet of past casework.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { account: None, name: name.into() }
    }

    /// Whether both are, for the rule of two persons, one and the same.
    ///
    /// Two accounts are compared as accounts. When one is known by name only, an equal name counts as the same person:
    /// the rule would rather ask for a third person than let somebody check their own work.
    #[must_use]
    pub fn is_same_person_as(&self, other: &Self) -> bool {
        match (self.account, other.account) {
            (Some(one), Some(two)) => one == two,
            _ => self.name.trim() == other.name.trim(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_accounts_of_one_name_are_two_persons_and_a_bare_name_is_whoever_bears_it() {
        let one = Who { account: Some(AccountId::from_random([1; 16])), name: "王芳".into() };
        let two = Who { account: Some(AccountId::from_random([2; 16])), name: "王芳".into() };
        assert!(!one.is_same_person_as(&two));
        assert!(one.is_same_person_as(&one.clone()));
        assert!(one.is_same_person_as(&Who::named("王芳 ")));
        assert!(!one.is_same_person_as(&Who::named("李强")));
    }
}
