//! The line of sight.

use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Postcard};
use serde::{Deserialize, Serialize};

use super::ApiError;
use super::viewer::Viewer;
use crate::domain::sight::Sight;

/// What the page of a line of sight shows, and to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SightPage {
    /// Who looks.
    pub viewer: Viewer,
    /// What they see.
    pub view: Sight,
    /// The past day that they see it on.
    pub day: Option<chrono::NaiveDate>,
}

/// The way from an objective or a key result to the top.
#[server(endpoint = "sight", prefix = "/api", input = Json, output = Postcard)]
pub async fn read_sight(
    /// The id of the node, or its name in the table that it was imported from.
    name: String,
    /// The past day to show, as the address writes it.
    on: Option<String>,
) -> Result<SightPage, ApiError> {
    use super::status::refuse;

    let viewer = super::viewer::viewer()?;
    let past = super::past::on(on.as_deref(), &viewer).await?;
    let read = |workspace: &crate::domain::workspace::Workspace| {
        let node = workspace.node_named(&name)?;
        workspace.sight(node, viewer.actor())
    };
    let view = match &past {
        Some(past) => read(past),
        None => expect_context::<crate::server::ledger::Ledger>().read(|workspace, _| read(workspace)),
    };
    let view = view.ok_or_else(|| refuse(ApiError::NotFound))?;
    Ok(SightPage { viewer, view, day: past.map(|past| past.today()) })
}
