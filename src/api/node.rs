//! Pages about one objective or key result, and the page for a new one.

use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Postcard};
use serde::{Deserialize, Serialize};

use super::ApiError;
use super::viewer::Viewer;
use crate::domain::activity::ActivityLine;
use crate::domain::form::Returned;
use crate::domain::ids::NodeId;
use crate::domain::node_link::NodeLink;
use crate::domain::node_view::{Choices, NodeView};

/// What a node's page shows, and to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodePage {
    /// Who looks.
    pub viewer: Viewer,
    /// What they see.
    pub view: NodeView,
    /// The past day that they see it on.
    pub day: Option<chrono::NaiveDate>,
    /// The form that came back, if one did.
    pub returned: Option<Returned>,
}

/// What the page for a new objective shows, and to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewObjectivePage {
    /// Who looks.
    pub viewer: Viewer,
    /// The organisation's name.
    pub workspace: String,
    /// What it shall hang under.
    pub parent: Option<NodeLink>,
    /// What can be chosen.
    pub choices: Choices,
    /// The cycle that is chosen at first: the parent's, or the current one.
    pub cycle: String,
    /// The form that came back, if it did.
    pub returned: Option<Returned>,
}

/// What a node's page shows.
#[server(endpoint = "node", prefix = "/api", input = Json, output = Postcard)]
pub async fn read_node(
    /// The id of the node, or its name in the table that it was imported from.
    name: String,
    /// The past day to show, as the address writes it.
    on: Option<String>,
) -> Result<NodePage, ApiError> {
    use super::status::refuse;

    let viewer = super::viewer::viewer()?;
    let past = super::past::on(on.as_deref(), &viewer).await?;
    let read = |workspace: &crate::domain::workspace::Workspace| {
        let node = workspace.node_named(&name)?;
        workspace.node_view(node, viewer.actor())
    };
    let view = match &past {
        Some(past) => read(past),
        None => expect_context::<crate::server::ledger::Ledger>().read(|workspace, _| read(workspace)),
    };
    Ok(NodePage {
        viewer,
        day: past.map(|past| past.today()),
        view: view.ok_or_else(|| refuse(ApiError::NotFound))?,
        returned: crate::server::pages::returned(),
    })
}

/// What happened to a node, the latest first.
#[server(endpoint = "activity", prefix = "/api", input = Json, output = Postcard)]
pub async fn read_activity(
    /// Which one.
    node: NodeId,
) -> Result<Vec<ActivityLine>, ApiError> {
    use super::status::refuse;
    use crate::domain::activity::MOST_TOLD;

    super::viewer::viewer()?;
    let ledger = expect_context::<crate::server::ledger::Ledger>();
    let entries = ledger.last_changes_to(node, MOST_TOLD).await.map_err(|error| {
        tracing::error!("cannot read what happened to a node: {error}");
        refuse(ApiError::Unavailable)
    })?;
    Ok(ledger.read(|workspace, _| workspace.activity(&entries)))
}

/// What the page for a new objective shows.
#[server(endpoint = "new-objective", prefix = "/api", input = Json, output = Postcard)]
pub async fn read_new_objective(
    /// What it shall hang under: an id, or a name in a table.
    parent: Option<String>,
) -> Result<NewObjectivePage, ApiError> {
    use super::status::refuse;

    let viewer = super::viewer::viewer()?;
    expect_context::<crate::server::ledger::Ledger>().read(|workspace, _| {
        let node = match parent.as_deref().filter(|parent| !parent.is_empty()) {
            Some(parent) => Some(workspace.node_named(parent).ok_or_else(|| refuse(ApiError::NotFound))?),
            None => None,
        };
        let cycle = node.and_then(|node| workspace.objective_of(node)?.cycle).or_else(|| workspace.current_cycle());
        Ok(NewObjectivePage {
            viewer,
            workspace: workspace.settings.name.clone(),
            parent: node.and_then(|node| workspace.node_link(node)),
            choices: workspace.choices(),
            cycle: cycle.map(|cycle| cycle.to_string()).unwrap_or_default(),
            returned: crate::server::pages::returned(),
        })
    })
}
