//! What the browser may ask of the server: each function parses, calls the server and maps errors, and nothing else.

pub mod check_in;
pub mod node;
#[cfg(feature = "ssr")]
mod past;
pub mod session;
pub mod sight;
pub mod status;
pub mod tree;
pub mod viewer;
pub mod wire;

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why the server gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ApiError {
    /// Nobody is signed in (any more).
    #[error("You are signed out. Sign in again to go on; what you typed is kept here until then.")]
    SignedOut,
    /// There is no such thing.
    #[error("There is no such thing here (any more).")]
    NotFound,
    /// A day that has no past here, and why.
    #[error("{0}")]
    NoSuchDay(String),
    /// The server cannot keep anything just now.
    #[error("The server cannot do this just now. Nothing was changed; try again in a moment.")]
    Unavailable,
    /// The server does not take the request, and would not take it later: by the status of its answer.
    #[error(
        "The server does not take this ({0}): it is too long, or this page is older than the server. Load the page again."
    )]
    Rejected(u16),
    /// The request or its answer did not make it.
    #[error("The connection failed. Try again in a moment.")]
    Connection(String),
}

impl ApiError {
    /// What a failure means, by the status of the answer: whoever answered may not have been Trellis.
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        match status {
            401 => Self::SignedOut,
            404 => Self::NotFound,
            // Too slow, too early, too often.
            408 | 425 | 429 => Self::Unavailable,
            400..=499 => Self::Rejected(status),
            _ => Self::Unavailable,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        // On the server only a request is read, and one that cannot be read now never can.
        #[cfg(feature = "ssr")]
        if let ServerFnErrorErr::Deserialization(_) | ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) =
            error
        {
            return status::refuse(Self::Rejected(400));
        }
        Self::Connection(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_help_is_told_from_an_outage() {
        for status in [400, 403, 405, 413, 415, 422] {
            assert_eq!(ApiError::of_status(status), ApiError::Rejected(status));
        }
        for status in [408, 425, 429, 500, 502, 503, 504, 302] {
            assert_eq!(ApiError::of_status(status), ApiError::Unavailable);
        }
        assert_eq!(ApiError::of_status(401), ApiError::SignedOut);
    }
}
