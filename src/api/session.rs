//! What the pages for signing in show.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::sign_in::{SetUpView, SignInView};

/// What `/sign-in` shows.
///
/// # Errors
/// When the server cannot be reached.
#[server(endpoint = "sign_in_page", input = GetUrl, output = Postcard)]
pub async fn sign_in_page() -> Result<SignInView, ServerFnError> {
    let (workspace, people) = expect_context::<crate::server::ledger::Ledger>()
        .read(|workspace, _| (workspace.settings.name.clone(), crate::server::session::example::people(workspace)));
    Ok(SignInView { workspace, people, problem: crate::server::session::forms::problem() })
}

/// What `/set-up/…` shows; `None` where the link holds no more.
///
/// # Errors
/// When the database fails.
#[server(endpoint = "set_up_page", input = GetUrl, output = Postcard)]
pub async fn set_up_page(
    /// The secret in the link.
    token: String,
) -> Result<Option<SetUpView>, ServerFnError> {
    let sessions = expect_context::<crate::server::session::Sessions>();
    let invitation = sessions.invitation(&token).await.map_err(|error| {
        tracing::error!("a set-up link could not be looked up: {error}");
        ServerFnError::new("Trellis could not look this link up. Please try again.")
    })?;
    if invitation.is_none() {
        expect_context::<leptos_axum::ResponseOptions>().set_status(axum::http::StatusCode::GONE);
    }
    Ok(invitation.map(|invitation| SetUpView {
        workspace: invitation.workspace.unwrap_or_default(),
        person: invitation.person.map(|person| (person.name, person.email.unwrap_or_default())),
        problem: crate::server::session::forms::problem(),
    }))
}
