//! Why the answer is no, in words for people.

use mingcha_domain::{Instant, Kind, Speaks, Trouble};
use mingcha_store::StoreError;

use crate::tokens::TokenScope;
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
    /// No token came with the call, or one that was never given out.
    #[error("no token")]
    NoToken,
    /// The token's time is over.
    #[error("the token expired at {at}")]
    TokenExpired {
        /// When.
        at: Instant,
    },
    /// The token was revoked.
    #[error("the token was revoked at {at}")]
    TokenRevoked {
        /// When.
        at: Instant,
    },
    /// The token is good, but not for this.
    #[error("the token has no scope {scope}")]
    ScopeMissing {
        /// What it would need.
        scope: TokenScope,
    },
    /// Too many wrong tokens came from one address.
    #[error("too many wrong tokens; again in {seconds} s")]
    TooManyWrongTokens {
        /// Until it may try again.
        seconds: u64,
    },
    /// A system's name is missing or too long.
    #[error("a system's name has 1 to {max} characters")]
    SystemName {
        /// At most so many characters.
        max: usize,
    },
    /// The system's account belongs to another unit.
    #[error("the system {system} belongs to another unit")]
    SystemOfOther {
        /// The name given.
        system: String,
    },
    /// A token without a scope opens nothing.
    #[error("no scope was given")]
    NoScope,
    /// There is no such scope.
    #[error("there is no scope {scope}")]
    NoSuchScope {
        /// What was given.
        scope: String,
    },
    /// A token is good for a number of days.
    #[error("a token is good for 1 to {max} days")]
    TokenDays {
        /// At most so many.
        max: i64,
    },
    /// There is no such token, or it was revoked already.
    #[error("there is no token {token}")]
    NoSuchToken {
        /// The number given.
        token: String,
    },
    /// Revoking says why.
    #[error("no reason was given")]
    WhyMissing,
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
            Self::NoToken => Trouble::new("MC-ACCESS-040"),
            Self::TokenExpired { at } => Trouble::new("MC-ACCESS-041").with("at", at.for_people()),
            Self::TokenRevoked { at } => Trouble::new("MC-ACCESS-042").with("at", at.for_people()),
            Self::ScopeMissing { scope } => Trouble::new("MC-ACCESS-043").with("scope", scope),
            Self::TooManyWrongTokens { seconds } => Trouble::new("MC-ACCESS-044").with("seconds", seconds),
            Self::SystemName { max } => Trouble::new("MC-ACCESS-045").with("max", max),
            Self::SystemOfOther { system } => Trouble::new("MC-ACCESS-046").with("system", system),
            Self::NoScope => Trouble::new("MC-ACCESS-047"),
            Self::NoSuchScope { scope } => Trouble::new("MC-ACCESS-048").with("scope", scope),
            Self::TokenDays { max } => Trouble::new("MC-ACCESS-049").with("max", max),
            Self::NoSuchToken { token } => Trouble::new("MC-ACCESS-050").with("token", token),
            Self::WhyMissing => Trouble::new("MC-ACCESS-051"),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Refused(refused) => refused.kind(),
            Self::Store(error) => error.kind(),
            Self::AccountClosed { .. }
            | Self::WrongPassword
            | Self::NoSession
            | Self::ForgedForm
            | Self::NoToken
            | Self::TokenExpired { .. }
            | Self::TokenRevoked { .. }
            | Self::ScopeMissing { .. } => Kind::Refused,
            Self::TooManyWrongTokens { .. } => Kind::Limit,
            Self::NoSuchAccount { .. } | Self::NoSuchToken { .. } => Kind::NotFound,
            Self::PasswordHash { .. } => Kind::Internal,
            _ => Kind::Invalid,
        }
    }
}
