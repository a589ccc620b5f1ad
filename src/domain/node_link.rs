//! An objective or a key result as a link.

use serde::{Deserialize, Serialize};

use super::ids::{NodeId, ObjectiveId};
use super::workspace::Workspace;

/// A node as a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NodeLink {
    /// Which one.
    pub node: NodeId,
    /// Its title.
    pub title: String,
}

impl Workspace {
    /// A node as a link.
    #[must_use]
    pub fn node_link(&self, node: NodeId) -> Option<NodeLink> {
        Some(NodeLink { node, title: self.node_title(node)?.to_owned() })
    }

    /// Objectives as links.
    pub(super) fn links(&self, objectives: impl IntoIterator<Item = ObjectiveId>) -> Vec<NodeLink> {
        objectives.into_iter().filter_map(|id| self.node_link(id.into())).collect()
    }
}
