//! Why the answer is no, in words for people.

use mingcha_domain::{Kind, Speaks, Trouble};
use mingcha_store::StoreError;

use crate::{Action, Role};

/// The answer no.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refused {
    /// It does not exist, or this actor may not know that it does.
    #[error("not found")]
    Invisible,
    /// This role never does that.
    #[error("{role} may not {action}")]
    Role {
        /// The asker's role.
        role: Role,
        /// What was asked for.
        action: Action,
    },
    /// The role does that, but only in its own unit.
    #[error("{role} may {action} only in the own unit")]
    OtherUnit {
        /// The asker's role.
        role: Role,
        /// What was asked for.
        action: Action,
    },
    /// Who did the work may not judge it.
    #[error("the same person may not {action}")]
    SamePerson {
        /// What was asked for.
        action: Action,
    },
    /// A permit for one thing was used for another: a fault of the program.
    #[error("a permit for {given} was used for {needed}")]
    OtherPermit {
        /// What it was given for.
        given: Action,
        /// What it was used for.
        needed: Action,
    },
}

impl Speaks for Refused {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Invisible => Trouble::new("MC-ACCESS-001"),
            Self::Role { role, action } => Trouble::new("MC-ACCESS-002").with("role", role).with("action", action),
            Self::OtherUnit { role, action } => Trouble::new("MC-ACCESS-003").with("role", role).with("action", action),
            Self::SamePerson { action } => Trouble::new("MC-ACCESS-004").with("action", action),
            Self::OtherPermit { given, needed } => {
                Trouble::new("MC-ACCESS-005").with("given", given).with("needed", needed)
            }
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Invisible => Kind::NotFound,
            Self::OtherPermit { .. } => Kind::Internal,
            _ => Kind::Refused,
        }
    }
}

/// Why something about accounts, sessions or units did not go.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AccessError {
    /// The answer was no.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The account was closed, or never was.
    #[error("the account {login} is closed")]
    AccountClosed {
        /// Its login.
        login: String,
    },
    /// Login and password do not fit, or the account is locked for a while after too many wrong ones. One answer for
    /// all, also when there is no such login, so that nobody can find out which logins exist.
    #[error("login and password do not fit")]
    WrongPassword,
    /// There is no such session, or it has ended.
    #[error("no session")]
    NoSession,
    /// The form does not carry this session's token: it was not our page that sent it.
    #[error("the form's token is not that of the session")]
    ForgedForm,
    /// A new password is too short or too long.
    #[error("a password has {min} to {max} characters")]
    PasswordLength {
        /// At least so many characters.
        min: usize,
        /// At most so many.
        max: usize,
    },
    /// A new password is too easy to guess: the login, one character repeated, or a well-known one.
    #[error("the password is easy to guess")]
    PasswordGuessable,
    /// A login has another form.
    #[error("a login is 2 to 32 of a-z, 0-9, dot, hyphen")]
    LoginForm {
        /// What was given.
        login: String,
    },
    /// The login is taken.
    #[error("the login {login} is taken")]
    LoginTaken {
        /// What was given.
        login: String,
    },
    /// A name is missing.
    #[error("no name")]
    NameMissing,
    /// A clerk acts for a unit; this one has none.
    #[error("the role {role} needs a unit")]
    UnitMissing {
        /// The role.
        role: Role,
    },
    /// There is no such unit.
    #[error("there is no unit {unit}")]
    NoSuchUnit {
        /// What was given.
        unit: String,
    },
    /// There is no such account.
    #[error("there is no account {login}")]
    NoSuchAccount {
        /// What was given.
        login: String,
    },
    /// There is no such role.
    #[error("there is no role {role}")]
    NoSuchRole {
        /// What was given.
        role: String,
    },
    /// Whoever wants to see clear identifiers says what for.
    #[error("no purpose was given")]
    PurposeMissing,
    /// A password could not be hashed or checked: a fault of the program or its store.
    #[error("password hash: {detail}")]
    PasswordHash {
        /// The reason.
        detail: String,
    },
}

impl Speaks for AccessError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::Refused(refused) => refused.trouble(),
            Self::Store(error) => error.trouble(),
            Self::AccountClosed { login } => Trouble::new("MC-ACCESS-011").with("login", login),
            Self::WrongPassword => Trouble::new("MC-ACCESS-012")
                .with("wrong", crate::accounts::WRONG_PASSWORDS_MAX)
                .with("minutes", crate::accounts::LOCK_OUT_MINUTES),
            Self::NoSession => Trouble::new("MC-ACCESS-013"),
            Self::ForgedForm => Trouble::new("MC-ACCESS-014"),
            Self::PasswordLength { min, max } => Trouble::new("MC-ACCESS-015").with("min", min).with("max", max),
            Self::PasswordGuessable => Trouble::new("MC-ACCESS-016"),
            Self::LoginForm { login } => Trouble::new("MC-ACCESS-017").with("login", login),
            Self::LoginTaken { login } => Trouble::new("MC-ACCESS-018").with("login", login),
            Self::NameMissing => Trouble::new("MC-ACCESS-019"),
            Self::UnitMissing { role } => Trouble::new("MC-ACCESS-020").with("role", role),
            Self::NoSuchUnit { unit } => Trouble::new("MC-ACCESS-021").with("unit", unit),
            Self::NoSuchAccount { login } => Trouble::new("MC-ACCESS-022").with("login", login),
            Self::NoSuchRole { role } => Trouble::new("MC-ACCESS-023").with("role", role),
            Self::PurposeMissing => Trouble::new("MC-ACCESS-024"),
            Self::PasswordHash { detail } => Trouble::new("MC-ACCESS-025").with("detail", detail),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Refused(refused) => refused.kind(),
            Self::Store(error) => error.kind(),
            Self::AccountClosed { .. } | Self::WrongPassword | Self::NoSession | Self::ForgedForm => Kind::Refused,
            Self::NoSuchAccount { .. } => Kind::NotFound,
            Self::PasswordHash { .. } => Kind::Internal,
            _ => Kind::Invalid,
        }
    }
}
