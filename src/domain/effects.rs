//! What a change did, for whoever shows the workspace.

use super::ids::{KeyResultId, NodeId};

/// What a change did, for whoever shows the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The nodes whose row may read otherwise now, from the changed one up.
    pub nodes: Vec<NodeId>,
    /// Whether nodes came, went or moved, or all of them may read otherwise.
    pub structure: bool,
    /// Key results whose number now needs check-ins that are not held here.
    pub incomplete: Vec<KeyResultId>,
}

impl Effects {
    pub(super) fn touch(&mut self, node: NodeId) {
        if !self.nodes.contains(&node) {
            self.nodes.push(node);
        }
    }

    /// Takes in what another change did.
    pub fn merge(&mut self, other: Self) {
        for node in other.nodes {
            self.touch(node);
        }
        self.structure |= other.structure;
        self.incomplete.extend(other.incomplete);
    }
}
