//! What a password must be. Length is what keeps it safe; rules about its characters only make people write it down.

use thiserror::Error;

/// The fewest characters of a password.
pub const MIN_PASSWORD: usize = 12;
/// The most characters of a password.
pub const MAX_PASSWORD: usize = 200;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// Too easy to guess.
    #[error("A password has at least {MIN_PASSWORD} characters. A few words in a row are easy to remember.")]
    TooShort,
    /// More than anybody types.
    #[error("A password has at most {MAX_PASSWORD} characters.")]
    TooLong,
}

/// Checks a password that somebody chooses.
///
/// # Errors
/// When it has too few or too many characters.
pub fn check_password(password: &str) -> Result<(), PasswordError> {
    match password.chars().count() {
        ..MIN_PASSWORD => Err(PasswordError::TooShort),
        MIN_PASSWORD..=MAX_PASSWORD => Ok(()),
        _ => Err(PasswordError::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_length_counts() {
        assert_eq!(check_password("elf zeichen"), Err(PasswordError::TooShort));
        assert_eq!(check_password("zwölf zeiche"), Ok(()));
        assert_eq!(check_password(&"🦀".repeat(MAX_PASSWORD)), Ok(()));
        assert_eq!(check_password(&"x".repeat(MAX_PASSWORD + 1)), Err(PasswordError::TooLong));
    }
}
