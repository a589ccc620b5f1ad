//! What the pages for signing in show.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use serde::{Deserialize, Serialize};

use crate::domain::ids::PersonId;
use crate::domain::people::Role;

/// Why a form came back, and what was typed into it, except for the password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormProblem {
    /// What is wrong, and what to do.
    pub message: String,
    /// Which field it is about.
    pub field: Option<FormField>,
    /// The e-mail address as it was typed.
    pub email: String,
    /// The organisation's name as it was typed.
    pub organisation: String,
    /// The name as it was typed.
    pub name: String,
    /// Where to go on to afterwards.
    pub next: String,
}

/// A field of the forms for signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormField {
    /// The organisation's name.
    Organisation,
    /// A person's name.
    Name,
    /// Their e-mail address.
    Email,
    /// Their password.
    Password,
}

/// What `/sign-in` shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInView {
    /// The organisation's name.
    pub workspace: String,
    /// The people of the example company, the interesting ones first; nobody elsewhere.
    pub people: Vec<ExamplePerson>,
    /// Why the form came back.
    pub problem: Option<FormProblem>,
}

/// Somebody of the example company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamplePerson {
    /// Who it is.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their first team.
    pub team: Option<String>,
    /// What is special about them; empty for most.
    pub hint: String,
}

/// What `/set-up/…` shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpView {
    /// The organisation's name; empty where it has none yet.
    pub workspace: String,
    /// Whose password is chosen: their name and e-mail address. `None`: whoever becomes the first admin.
    pub person: Option<(String, String)>,
    /// Why the form came back.
    pub problem: Option<FormProblem>,
}

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
