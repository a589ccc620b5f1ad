//! The forms of the pages, for browsers without script: a form that did what it is for leads on to a page, and one that
//! did not comes back with what was typed.

use axum::extract::{Path, Query, RawQuery, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Form};
use leptos::prelude::use_context;
use serde::Deserialize;
use uuid::Uuid;

use super::ServerState;
use super::ledger::{Submission, SubmitError};
use super::refusal::Refusal;
use super::session::Viewer;
use super::session::access::go_on_to;
use crate::domain::change::Record;
use crate::domain::command::{Actor, Command};
use crate::domain::form::{Fields, Moment, Problem, Returned, commands};
use crate::domain::ids::{MutationId, NodeId, TeamId};

/// The form on the page that is being rendered that came back, if one did.
#[must_use]
pub fn returned() -> Option<Returned> {
    use_context::<Parts>()?.extensions.get::<Returned>().cloned()
}

/// `POST /node/ID`: any form of a node's page.
pub async fn on_node(
    State(state): State<ServerState>,
    Extension(viewer): Extension<Viewer>,
    Path(name): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    match state.ledger.read(|workspace, _| workspace.node_named(&name)) {
        Some(node) => carry_out(&state, &viewer, Some(node), fields, "/tree").await,
        None => Refusal::NOT_FOUND.into_response(),
    }
}

/// `POST /tree`: a form about saved views. It leads back to where it was sent from.
pub async fn on_tree(
    State(state): State<ServerState>,
    Extension(viewer): Extension<Viewer>,
    RawQuery(query): RawQuery,
    Form(fields): Form<Fields>,
) -> Response {
    let back = query.map_or_else(|| "/tree".to_owned(), |query| format!("/tree?{query}"));
    carry_out(&state, &viewer, None, fields, &back).await
}

/// `POST /new-objective`.
pub async fn on_new_objective(
    State(state): State<ServerState>,
    Extension(viewer): Extension<Viewer>,
    Form(fields): Form<Fields>,
) -> Response {
    carry_out(&state, &viewer, None, fields, "/tree").await
}

/// A card that a form is about.
#[derive(Deserialize)]
pub struct OfCard {
    card: String,
}

/// `POST /check-in?card=ID`: a card of the page for check-ins. It leads on to the next one.
pub async fn on_check_in(
    State(state): State<ServerState>,
    Extension(viewer): Extension<Viewer>,
    Query(OfCard { card }): Query<OfCard>,
    Form(fields): Form<Fields>,
) -> Response {
    let Some(node) = state.ledger.read(|workspace, _| workspace.node_named(&card)) else {
        return Refusal::NOT_FOUND.into_response();
    };
    let next = format!("/check-in?after={node}&done={}", fields.get("form"));
    match submit(&state, &viewer, Some(node), fields).await {
        Ok(_) => go_on_to(&next),
        Err(returned) => *returned,
    }
}

/// `POST /check-in/team/ID`: the cadence of a team.
pub async fn on_meeting(
    State(state): State<ServerState>,
    Extension(viewer): Extension<Viewer>,
    Path(team): Path<TeamId>,
    Form(fields): Form<Fields>,
) -> Response {
    carry_out(&state, &viewer, None, fields, &format!("/check-in/team/{team}")).await
}

/// Carries a form out and leads on: to what was made or changed, else to `back`.
async fn carry_out(state: &ServerState, viewer: &Viewer, node: Option<NodeId>, fields: Fields, back: &str) -> Response {
    let form = fields.get("form");
    match submit(state, viewer, node, fields).await {
        Ok(made) => match made.or(node) {
            Some(node) => go_on_to(&format!("/node/{node}?done={form}")),
            None => go_on_to(back),
        },
        Err(returned) => *returned,
    }
}

/// Does what a form is for. Returns the objective that it made, if it made one.
///
/// # Errors
/// The page with the form again.
async fn submit(
    state: &ServerState,
    viewer: &Viewer,
    node: Option<NodeId>,
    fields: Fields,
) -> Result<Option<NodeId>, Box<Response>> {
    let actor = Actor::Person(viewer.person);
    let now = state.ledger.clock().now();
    let read = state
        .ledger
        .read(|workspace, _| commands(workspace, node, &fields, &mut Moment { now, actor, new_id: &mut Uuid::now_v7 }));
    let commands = match read {
        Ok(commands) => commands,
        Err(problem) => {
            return Err(Box::new(come_back(state, StatusCode::UNPROCESSABLE_ENTITY, fields, problem).await));
        }
    };
    let made = commands.iter().find_map(|command| match command {
        Command::Add(Record::Objective(objective)) => Some(objective.id.into()),
        _ => None,
    });
    let mutation = MutationId(Uuid::now_v7());
    let (status, problem) = match state.ledger.submit(Submission { mutation, actor, commands }).await {
        Ok(_) => return Ok(made),
        Err(SubmitError::Refused(refusal)) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::from(refusal)),
        Err(error @ (SubmitError::OtherBody | SubmitError::Unavailable)) => {
            (StatusCode::SERVICE_UNAVAILABLE, Problem::general(error.to_string()))
        }
    };
    Err(Box::new(come_back(state, status, fields, problem).await))
}

/// Shows the form again, with the names of those who wrote what it clashes with.
async fn come_back(state: &ServerState, status: StatusCode, fields: Fields, mut problem: Problem) -> Response {
    for clash in &mut problem.clashes {
        match state.ledger.last_set(&clash.edit).await {
            Ok(author) => {
                clash.author = author.map(|(by, at)| state.ledger.read(|workspace, _| workspace.author(by, at)));
            }
            Err(error) => tracing::warn!("cannot tell who set a field: {error}"),
        }
    }
    let mut response = (status, format!("{}\n", problem.message)).into_response();
    response.extensions_mut().insert(Returned { fields, problem });
    response
}
