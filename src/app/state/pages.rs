//! Pages made of what is here, which need no server.

use leptos::prelude::*;

use super::Memory;
use crate::api::check_in::CheckInPage;
use crate::api::node::NodePage;
use crate::api::sight::SightPage;
use crate::api::tree::TreePage;
use crate::domain::tree_view::TreeQuery;

impl Memory {
    /// The first screen of the tree, once the workspace is here.
    #[must_use]
    pub fn tree_page(self, query: &TreeQuery) -> Option<TreePage> {
        let viewer = self.viewer.get_untracked()?;
        let view = self.read(|workspace, actor| workspace.tree_view(query, actor))?;
        let today = self.read(|workspace, _| workspace.today())?;
        Some(TreePage { viewer, view, today, day: None, since: None, returned: None })
    }

    /// The page of a node, where all of it is here.
    #[must_use]
    pub fn node_page(self, name: &str) -> Option<NodePage> {
        let viewer = self.viewer.get_untracked()?;
        let view = self.read(|workspace, actor| {
            let node = workspace.node_named(name)?;
            workspace.node_view(node, actor).filter(|_| workspace.is_whole(node))
        })??;
        Some(NodePage { viewer, view, day: None, returned: None })
    }

    /// The line of sight of a node, where that is here.
    #[must_use]
    pub fn sight_page(self, name: &str) -> Option<SightPage> {
        let viewer = self.viewer.get_untracked()?;
        let view = self.read(|workspace, actor| workspace.sight(workspace.node_named(name)?, actor)).flatten()?;
        Some(SightPage { viewer, view, day: None })
    }

    /// The page for check-ins, once the workspace is here.
    #[must_use]
    pub fn check_in_page(self, card: Option<&str>, after: Option<&str>) -> Option<CheckInPage> {
        let viewer = self.viewer.get_untracked()?;
        let view = self.read(|workspace, _| workspace.check_in_view_named(viewer.id(), card, after))??;
        Some(CheckInPage { viewer, view, returned: None })
    }
}
