//! Secrets that stand for a person: random, shown once, and kept only as a hash.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The bits of chance in a token, in bytes.
const LENGTH: usize = 32;

/// A secret of 256 random bits, as 43 characters that are safe in a cookie and in an address.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// What is kept of a [`Token`]: its SHA-256. Nobody can tell the token from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenHash(pub(crate) String);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// When the machine has no random numbers.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The token that a request brought; `None` where the text cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == LENGTH).then(|| Self(text.to_owned()))
    }

    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0)))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_long_random_and_kept_as_a_hash() {
        let (one, other) = (Token::random().unwrap(), Token::random().unwrap());
        assert_eq!(one.reveal().len(), 43);
        assert_ne!(one, other);
        assert_eq!(Token::parse(one.reveal()), Some(one.clone()));
        assert_ne!(one.hash(), other.hash());
        assert_ne!(one.hash().0, one.reveal());
        assert!(!format!("{one:?}").contains(one.reveal()));
    }

    #[test]
    fn what_cannot_be_a_token_is_none() {
        let short = URL_SAFE_NO_PAD.encode([0; 31]);
        let long = "A".repeat(100_000);
        for text in ["", "x", &short, &long, "ä", "' OR 1=1 --"] {
            assert_eq!(Token::parse(text), None);
        }
    }
}
