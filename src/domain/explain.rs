//! Why a number is what it is: the contributions, their weights, what was left out and why, and the division.

use super::cycle::Span;
use super::ids::NodeId;
use super::okr::State;
use super::pace::{Pace, PaceBounds};
use super::progress::{Ppm, Tally, Weight};
use super::rollup::LeftOut;
use super::workspace::Workspace;

/// Why the progress and the confidence of a node are what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// All that hangs under the node: key results first, then aligned objectives.
    pub contributions: Vec<ContributionRow>,
    /// Σ weight and Σ weight × ppm over what counts.
    pub tally: Tally,
    /// Their quotient, rounded half up. Differs from the node's progress only where that is frozen or comes from check-ins.
    pub progress: Option<Ppm>,
    /// Whether the node is closed and keeps the numbers that it closed with.
    pub frozen: bool,
    /// The contributions whose confidence is the lowest: the node's confidence is theirs.
    pub weakest: Vec<NodeId>,
}

/// One thing that hangs under a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContributionRow {
    /// What it is.
    pub node: NodeId,
    /// How much it counts.
    pub weight: Weight,
    /// Its progress that counts.
    pub progress: Option<Ppm>,
    /// Why it is left out; `None` where it counts.
    pub left_out: Option<LeftOut>,
}

/// What the pace of a node is compared from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceReason {
    /// The days of the cycle that the node is for.
    pub span: Span,
    /// The progress that counts.
    pub progress: Ppm,
    /// The gaps up to which it is on track and behind.
    pub bounds: PaceBounds,
    /// What comes of it today.
    pub pace: Pace,
}

/// Why a node has no pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPace {
    /// It is a draft.
    Draft,
    /// It is closed.
    Closed,
    /// Bounds hold or they do not.
    Hold,
    /// Its progress is unknown.
    Unknown,
    /// It is for no cycle, or for one whose days nobody has said.
    NoDays,
}

impl Workspace {
    /// Why the pace of a node is what it is.
    ///
    /// # Errors
    /// Why it has none.
    pub fn pace_reason(&self, node: NodeId) -> Result<PaceReason, NoPace> {
        match self.objective_of(node).map(|objective| objective.state) {
            Some(State::Closed) => return Err(NoPace::Closed),
            Some(State::Draft) => return Err(NoPace::Draft),
            _ => {}
        }
        if let NodeId::KeyResult(id) = node
            && self.key_result(id).is_some_and(|node| !node.key_result.measure.has_pace())
        {
            return Err(NoPace::Hold);
        }
        let progress = self.progress(node).ok_or(NoPace::Unknown)?;
        let span = self.span(node).ok_or(NoPace::NoDays)?;
        let bounds = self.settings.pace;
        Ok(PaceReason { span, progress, bounds, pace: bounds.pace(progress, span, self.today()) })
    }

    /// Explains the numbers of a node.
    #[must_use]
    pub fn explain(&self, node: NodeId) -> Explanation {
        let contributions: Vec<_> = self.children(node).filter_map(|child| self.contribution_row(child)).collect();
        let mut tally = Tally::default();
        for row in contributions.iter().filter(|row| row.left_out.is_none()) {
            if let Some(progress) = row.progress {
                tally.add(row.weight, progress);
            }
        }
        let counted = || contributions.iter().filter(|row| row.left_out.is_none());
        let lowest = counted().filter_map(|row| self.confidence(row.node)).min();
        let frozen = self.is_frozen(node);
        // Frozen confidence is that of the closing, whatever was said below it since.
        let weakest = counted()
            .filter(|_| !frozen)
            .filter(|row| lowest.is_some() && self.confidence(row.node) == lowest)
            .map(|row| row.node)
            .collect();
        Explanation { tally, progress: tally.progress(), frozen, weakest, contributions }
    }

    fn contribution_row(&self, node: NodeId) -> Option<ContributionRow> {
        Some(ContributionRow {
            node,
            weight: self.weight(node)?,
            progress: self.progress(node),
            left_out: self.left_out(node),
        })
    }

    fn is_frozen(&self, node: NodeId) -> bool {
        match node {
            NodeId::Objective(id) => self.objective(id).is_some_and(|node| node.objective.closing.is_some()),
            NodeId::KeyResult(id) => self.key_result(id).is_some_and(|node| node.key_result.closing.is_some()),
        }
    }

    /// Why a contribution is left out, in words.
    #[must_use]
    pub fn left_out_label(&self, node: NodeId, reason: LeftOut) -> &'static str {
        match reason {
            LeftOut::NoParent => "hangs under nothing",
            LeftOut::State => match self.objective_of(node).map(|objective| objective.state) {
                Some(State::Draft) => "draft, not counted",
                Some(State::Proposed) => "proposed, not counted",
                _ => "dropped, not counted",
            },
            LeftOut::Narrowed => "not of the kind that counts here",
            LeftOut::NotDriven => "this key result counts its check-ins",
            LeftOut::Unknown => "progress unknown",
            LeftOut::WeightZero => "weight 0",
        }
    }
}
