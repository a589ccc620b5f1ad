//! Moving a line: by a drag, by a key among its siblings, or by the name of what it shall hang under.

mod drag;
mod picker;

use leptos::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

pub(super) use self::drag::{Ghost, Hold, cancel, take_hold};
pub(super) use self::picker::MovePicker;
use super::Tree;
use crate::app::send;
use crate::domain::command::{Command, Move};
use crate::domain::ids::NodeId;
use crate::domain::line::LineId;

/// Where on a line something would be let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Before it.
    Before,
    /// After it.
    After,
    /// Under it.
    Under,
}

/// A move that is not made yet, and what it would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Preview {
    /// What would move.
    node: NodeId,
    /// The line that it is held over.
    over: Option<(LineId, Edge)>,
    /// The move, in words or why it is impossible.
    words: Result<String, String>,
    /// The numbers that would change, as they would be.
    numbers: FxHashMap<NodeId, String>,
}

impl Preview {
    /// The number of a node as it would be, where it would change.
    pub(super) fn number(&self, node: NodeId) -> Option<String> {
        self.numbers.get(&node).cloned()
    }

    /// How a line takes part in it, as a class of its row.
    pub(super) fn class(&self, id: LineId) -> &'static str {
        match self.over {
            _ if id == LineId::Node(self.node) => " dragged",
            Some((over, _)) if over == id && self.words.is_err() => " drop-refused",
            Some((over, Edge::Before)) if over == id => " drop-before",
            Some((over, Edge::After)) if over == id => " drop-after",
            Some((over, Edge::Under)) if over == id => " drop-under",
            _ => "",
        }
    }
}

/// What a move would do to numbers: each as it would be.
fn numbers_after(tree: Tree, wanted: Move) -> Result<FxHashMap<NodeId, String>, String> {
    let told = tree.memory.preview(&Command::Move(wanted)).unwrap_or(Ok(Vec::new()));
    told.map(|told| told.into_iter().map(|told| (told.node, told.is)).collect()).map_err(|refusal| refusal.message)
}

/// Makes a move, shows where the node is now, and says at its row why where it is refused.
pub(super) fn carry_out(tree: Tree, wanted: Move) {
    send::perform_at(tree.memory, wanted.node, Command::Move(wanted));
    let id = LineId::Node(wanted.node);
    tree.reveal(id);
    tree.cursor.go_to(id);
}

/// Moves a line by one place among those of its siblings that are in the tree that is shown.
pub(super) fn step(tree: Tree, id: LineId, up: bool) {
    let LineId::Node(node) = id else { return };
    let siblings: Option<FxHashSet<LineId>> = tree.outline.with_untracked(|outline| {
        outline.as_ref().map(|outline| outline.siblings(id).into_iter().map(|line| line.id).collect())
    });
    let Some(siblings) = siblings else { return };
    let shows = |sibling| siblings.contains(&LineId::Node(sibling));
    match tree.memory.read(|workspace, _| workspace.step_among_siblings(node, up, shows)).flatten() {
        Some(wanted) => carry_out(tree, wanted),
        None => tree.memory.say(format!("It is the {} of its siblings here.", if up { "first" } else { "last" })),
    }
}
