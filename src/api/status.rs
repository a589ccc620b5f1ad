//! What an answer says to the browser besides its content.

#[cfg(feature = "ssr")]
pub(crate) use server::refuse;

/// The page is about nothing that exists: its status is 404.
pub fn not_found() {
    #[cfg(feature = "ssr")]
    server::set(axum::http::StatusCode::NOT_FOUND);
}

#[cfg(feature = "ssr")]
mod server {
    use axum::http::StatusCode;
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    use crate::api::ApiError;

    /// Gives the answer the status of the error that it brings; otherwise every error would pass for a fault of the server.
    pub(crate) fn refuse(error: ApiError) -> ApiError {
        set(match error {
            ApiError::SignedOut => StatusCode::UNAUTHORIZED,
            ApiError::NotFound | ApiError::NoSuchDay(_) => StatusCode::NOT_FOUND,
            ApiError::Rejected(status) => StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST),
            ApiError::Unavailable | ApiError::Connection(_) => StatusCode::SERVICE_UNAVAILABLE,
        });
        error
    }

    pub(super) fn set(status: StatusCode) {
        if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(status);
        }
    }
}
