//! Which nodes hang under which, each at its place among its siblings.

use super::super::effects::Effects;
use super::super::ids::{KeyResultId, NodeId, ObjectiveId};
use super::super::rank::Rank;
use super::super::workspace::Workspace;

/// Lists an id at its place by rank, and of equal ranks by id.
pub(super) fn list<Id: Eq + Copy, Place: Ord>(ids: &mut Vec<Id>, id: Id, place: impl Fn(Id) -> Place) {
    let own = place(id);
    let at = ids.partition_point(|other| place(*other) < own);
    if ids.get(at) != Some(&id) {
        ids.insert(at, id);
    }
}

pub(super) fn unlist<Id: Eq>(ids: &mut Vec<Id>, id: Id) {
    // What was listed last goes first when a change is taken back.
    if let Some(at) = ids.iter().rposition(|other| *other == id) {
        ids.remove(at);
    }
}

impl Workspace {
    pub(super) fn attach(&mut self, node: NodeId, parent: Option<NodeId>, effects: &mut Effects) {
        self.link(node, parent);
        effects.structure = true;
        effects.touch(node);
        if let Some(parent) = parent {
            let before = self.contribution(parent);
            let given = self.contribution(node);
            self.adjust_tally(parent, None, given);
            self.refresh_from(parent, before, effects);
        }
    }

    pub(super) fn detach(&mut self, node: NodeId, parent: Option<NodeId>, effects: &mut Effects) {
        effects.structure = true;
        effects.touch(node);
        match parent {
            None => self.unlink(node, None),
            Some(parent) => {
                let before = self.contribution(parent);
                let given = self.contribution(node);
                self.adjust_tally(parent, given, None);
                self.unlink(node, Some(parent));
                self.refresh_from(parent, before, effects);
            }
        }
    }

    /// Lists a node under its parent, at its place among its siblings.
    pub(super) fn link(&mut self, node: NodeId, parent: Option<NodeId>) {
        match node {
            NodeId::Objective(id) => {
                let Some(mut siblings) = self.aligned_mut(parent).map(std::mem::take) else { return };
                list(&mut siblings, id, |id| (self.objectives.get(&id).map(|node| &node.objective.rank), id));
                if let Some(aligned) = self.aligned_mut(parent) {
                    *aligned = siblings;
                }
            }
            NodeId::KeyResult(id) => {
                let Some(mut siblings) = self.key_results_mut(parent).map(std::mem::take) else { return };
                list(&mut siblings, id, |id| (self.key_results.get(&id).map(|node| &node.key_result.rank), id));
                if let Some(key_results) = self.key_results_mut(parent) {
                    *key_results = siblings;
                }
            }
        }
    }

    pub(super) fn unlink(&mut self, node: NodeId, parent: Option<NodeId>) {
        match node {
            NodeId::Objective(id) => {
                if let Some(aligned) = self.aligned_mut(parent) {
                    unlist(aligned, id);
                }
            }
            NodeId::KeyResult(id) => {
                if let Some(key_results) = self.key_results_mut(parent) {
                    unlist(key_results, id);
                }
            }
        }
    }

    /// The objectives that hang under a node, or under nothing.
    fn aligned_mut(&mut self, parent: Option<NodeId>) -> Option<&mut Vec<ObjectiveId>> {
        match parent {
            None => Some(&mut self.roots),
            Some(NodeId::Objective(parent)) => self.objectives.get_mut(&parent).map(|node| &mut node.aligned),
            Some(NodeId::KeyResult(parent)) => self.key_results.get_mut(&parent).map(|node| &mut node.aligned),
        }
    }

    /// The key results of an objective.
    fn key_results_mut(&mut self, parent: Option<NodeId>) -> Option<&mut Vec<KeyResultId>> {
        match parent {
            Some(NodeId::Objective(parent)) => self.objectives.get_mut(&parent).map(|node| &mut node.key_results),
            None | Some(NodeId::KeyResult(_)) => None,
        }
    }

    /// Lists every node under its parent, once all are here.
    pub(in crate::domain) fn list_children(&mut self) {
        let objectives = self.objectives.values().map(|node| &node.objective);
        let key_results = self.key_results.values().map(|node| &node.key_result);
        let mut links: Vec<(Rank, NodeId, Option<NodeId>)> = objectives
            .map(|objective| (objective.rank.clone(), objective.id.into(), objective.parent))
            .chain(key_results.map(|it| (it.rank.clone(), it.id.into(), Some(it.objective.into()))))
            .collect();
        // In the order of their places, so that each is listed at the end.
        links.sort_unstable();
        for (_, node, parent) in links {
            self.link(node, parent);
        }
    }
}
