//! A line of the alignment tree.

use serde::{Deserialize, Serialize};

use super::ids::NodeId;

/// What a line of the tree stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineId {
    /// An objective or a key result.
    Node(NodeId),
    /// The branch of the objectives that hang under nothing and ought to hang under something.
    Unaligned,
}

/// A line of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it stands for.
    pub id: LineId,
    /// How many lines it hangs under; 0 for a root.
    pub depth: u16,
    /// Its place among its siblings, from 1.
    pub position: u32,
    /// How many siblings there are, itself included.
    pub set_size: u32,
    /// How many lines hang under it, on whatever level.
    pub below: u32,
    /// Where guides run past it: a bit for each level at which a later sibling follows, of the line itself or of one that
    /// it hangs under. Levels from the 64th on have none.
    pub rails: u64,
    /// Whether it belongs to the cycle, rather than being on the way to something that does.
    pub of_cycle: bool,
    /// Whether it is what somebody looks for, rather than being on the way to that; without a filter, everything is.
    pub is_match: bool,
}
