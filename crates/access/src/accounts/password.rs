//! Passwords: what is accepted, and how they are kept (argon2id, RFC 9106).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::{AccessError, Office};

/// Characters that a password has at least.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// Characters that a password has at most: hashing a book is an attack.
pub const PASSWORD_CHARS_MAX: usize = 128;

/// 19 MiB and two passes, the lesser of the two settings that OWASP recommends for argon2id: an office machine checks
/// one in about 30 ms.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// Checks that run at the same time: each takes 19 MiB, and a flood of sign-ins must not take them all.
static GATE: Semaphore = Semaphore::const_new(2);

/// Of no password: checked when the login is unknown, so that the answer takes as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bWluZ2NoYS1ub2JvZHktMQ$xIBVwJHb8nMDcUO0VTCIHE6nGqFCu2EGgTnFrHUpTdU";

/// Well-known passwords of ten and more characters, in lower case.
const WELL_KNOWN: &[&str] = &[
    "1234567890",
    "0123456789",
    "0987654321",
    "qwertyuiop",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "password123",
    "passw0rd123",
    "admin123456",
    "administrator",
    "abcd123456",
    "abc1234567",
    "iloveyou123",
    "woaini1314",
    "woaini5201314",
    "mingcha123",
    "mingcha2023",
    "zhoushan123",
    "dinghai123",
    "letmein123",
];

/// Whether a new password is accepted for this login.
pub(crate) fn accepted(login: &str, password: &str) -> Result<(), AccessError> {
    let count = password.chars().count();
    if !(PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX).contains(&count) {
        return Err(AccessError::PasswordLength { min: PASSWORD_CHARS_MIN, max: PASSWORD_CHARS_MAX });
    }
    let lower = password.to_lowercase();
    let kinds: std::collections::BTreeSet<char> = lower.chars().collect();
    if kinds.len() < 4 || lower.contains(&login.to_lowercase()) || WELL_KNOWN.contains(&lower.as_str()) {
        return Err(AccessError::PasswordGuessable);
    }
    Ok(())
}

/// Hashes a password into a PHC string, with a salt of 16 bytes.
pub(crate) async fn hash(password: &str, salt: [u8; 16]) -> Result<String, AccessError> {
    let password = password.to_owned();
    blocking(move || {
        hasher()?.hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string()).map_err(fault)
    })
    .await
}

/// Whether the password is the one that was hashed. Without a hash it takes as long and says no.
pub(crate) async fn fits(password: &str, hash: Option<&str>) -> Result<bool, AccessError> {
    let known = hash.is_some();
    let (password, hash) = (password.to_owned(), hash.unwrap_or(NOBODY).to_owned());
    let fits = blocking(move || {
        let parsed = PasswordHash::new(&hash).map_err(fault)?;
        Ok(hasher()?.verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await?;
    Ok(fits && known)
}

/// A password for handing out once: 20 letters and digits without those that look alike.
#[must_use]
pub fn random_password(office: &Office) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 20];
    office.fill(&mut bytes);
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

fn hasher() -> Result<Argon2<'static>, AccessError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(fault)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AccessError> + Send + 'static,
) -> Result<T, AccessError> {
    let _turn = GATE.acquire().await.map_err(fault)?;
    tokio::task::spawn_blocking(work).await.map_err(fault)?
}

fn fault(error: impl std::fmt::Display) -> AccessError {
    AccessError::PasswordHash { detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_guessable_passwords_are_refused() {
        assert!(accepted("wang.fang", "海风吹过十二个岛屿呀").is_ok());
        assert!(accepted("wang.fang", "correct horse").is_ok());
        let length = AccessError::PasswordLength { min: 10, max: 128 };
        assert_eq!(accepted("wang.fang", "short"), Err(length.clone()));
        assert_eq!(accepted("wang.fang", &"x1y2z".repeat(30)), Err(length));
        for guessable in ["1234567890", "aaaaaaaaaaaa", "WANG.FANG2023", "Password123"] {
            assert_eq!(accepted("wang.fang", guessable), Err(AccessError::PasswordGuessable), "{guessable}");
        }
    }

    #[tokio::test]
    async fn only_the_password_itself_fits() {
        let hash = hash("correct horse", [7; 16]).await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_eq!(fits("correct horse", Some(&hash)).await, Ok(true));
        assert_eq!(fits("correct horse ", Some(&hash)).await, Ok(false));
        assert_eq!(fits("correct horse", None).await, Ok(false));
    }
}
