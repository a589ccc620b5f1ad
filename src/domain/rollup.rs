//! How numbers travel up: a changed contribution sends its difference to the parent, and
//! the walk stops where the parent's own contribution did not change.

use rustc_hash::FxHashSet;

use super::effects::Effects;
use super::ids::{CheckInId, KeyResultId, NodeId};
use super::measure::{Measure, Share, Value};
use super::number::Finite;
use super::okr::{CheckIn, Confidence, Counts, DrivenBy};
use super::progress::{Ppm, Weight};
use super::workspace::{KeyResultNode, Rollup, Workspace};

/// What a node gives to its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Contribution {
    pub weight: Weight,
    pub progress: Ppm,
    pub confidence: Option<Confidence>,
}

impl Rollup {
    /// Counts a contribution to it in.
    fn add(&mut self, given: Contribution) {
        self.tally.add(given.weight, given.progress);
        self.confidences.add(given.confidence);
    }

    /// Takes out a contribution that was counted in.
    fn remove(&mut self, given: Contribution) {
        self.tally.remove(given.weight, given.progress);
        self.confidences.remove(given.confidence);
    }
}

impl KeyResultNode {
    pub(super) fn is_driven(&self) -> bool {
        self.key_result.driven_by == DrivenBy::Aligned
    }

    /// What was said and not corrected, by the time that it is for; of equal times, as it was recorded.
    pub(super) fn valid_check_ins(&self) -> Vec<&CheckIn> {
        let replaced: FxHashSet<_> = self.check_ins.iter().filter_map(|check_in| check_in.replaces).collect();
        let mut valid: Vec<_> = self.check_ins.iter().filter(|check_in| !replaced.contains(&check_in.id)).collect();
        valid.sort_by_key(|check_in| check_in.at);
        valid
    }

    /// Whether a check-in was corrected by another.
    pub(super) fn is_corrected(&self, id: CheckInId) -> bool {
        self.check_ins.iter().any(|other| other.replaces == Some(id))
    }

    pub(super) fn find_current(&mut self) {
        let replaced: FxHashSet<_> = self.check_ins.iter().filter_map(|check_in| check_in.replaces).collect();
        // `max_by_key` keeps the last of equals, which is the later recorded.
        self.current = self
            .check_ins
            .iter()
            .enumerate()
            .filter(|(_, check_in)| fits(&self.key_result.measure, &check_in.value) && !replaced.contains(&check_in.id))
            .max_by_key(|(_, check_in)| check_in.at)
            .map(|(place, _)| place);
    }
}

/// Whether the value is of the measure's kind. Steps beyond the last one count nothing, but the others still do.
fn fits(measure: &Measure, value: &Value) -> bool {
    matches!((measure, value), (Measure::Milestones { .. }, Value::Steps(_))) || measure.check_value(value).is_ok()
}

impl Workspace {
    /// Computes every number from the ground up, children before parents.
    pub(super) fn roll_up_everything(&mut self) {
        let mut order: Vec<NodeId> = self.roots.iter().map(|id| (*id).into()).collect();
        let mut next = 0;
        while let Some(node) = order.get(next).copied() {
            order.extend(self.children(node));
            next += 1;
        }
        for node in order.into_iter().rev() {
            self.tally_again(node);
            self.recompute(node);
        }
    }

    pub(super) fn rollup(&self, node: NodeId) -> Option<&Rollup> {
        match node {
            NodeId::Objective(id) => self.objectives.get(&id).map(|node| &node.rollup),
            NodeId::KeyResult(id) => self.key_results.get(&id).map(|node| &node.rollup),
        }
    }

    fn rollup_mut(&mut self, node: NodeId) -> Option<&mut Rollup> {
        match node {
            NodeId::Objective(id) => self.objectives.get_mut(&id).map(|node| &mut node.rollup),
            NodeId::KeyResult(id) => self.key_results.get_mut(&id).map(|node| &mut node.rollup),
        }
    }

    /// What a node gives to its parent; `None` where it is left out.
    pub(super) fn contribution(&self, node: NodeId) -> Option<Contribution> {
        if self.left_out(node).is_some() {
            return None;
        }
        let rollup = self.rollup(node)?;
        Some(Contribution { weight: self.weight(node)?, progress: rollup.progress?, confidence: rollup.confidence })
    }

    /// How much a node counts beside its siblings.
    #[must_use]
    pub fn weight(&self, node: NodeId) -> Option<Weight> {
        match node {
            NodeId::Objective(id) => self.objectives.get(&id).map(|node| node.objective.weight),
            NodeId::KeyResult(id) => self.key_results.get(&id).map(|node| node.key_result.weight),
        }
    }

    /// Why a node does not count in its parent; `None` where it counts.
    #[must_use]
    pub fn left_out(&self, node: NodeId) -> Option<LeftOut> {
        let parent = self.parent(node);
        if let NodeId::Objective(id) = node {
            match self.objectives.get(&id)?.objective.state {
                state if !state.contributes() => return Some(LeftOut::State),
                _ => {}
            }
        }
        let parent_counts = match parent {
            None => return Some(LeftOut::NoParent),
            Some(NodeId::Objective(parent)) => match (self.objectives.get(&parent)?.objective.counts, node) {
                (Counts::KeyResults, NodeId::Objective(_)) | (Counts::Aligned, NodeId::KeyResult(_)) => {
                    Err(LeftOut::Narrowed)
                }
                _ => Ok(()),
            },
            Some(NodeId::KeyResult(parent)) if self.key_results.get(&parent)?.is_driven() => Ok(()),
            Some(NodeId::KeyResult(_)) => Err(LeftOut::NotDriven),
        };
        match parent_counts {
            Err(reason) => Some(reason),
            Ok(()) if self.rollup(node)?.progress.is_none() => Some(LeftOut::Unknown),
            Ok(()) if self.weight(node)?.get() == 0 => Some(LeftOut::WeightZero),
            Ok(()) => None,
        }
    }

    pub(super) fn adjust_tally(&mut self, node: NodeId, before: Option<Contribution>, after: Option<Contribution>) {
        if let Some(rollup) = self.rollup_mut(node) {
            if let Some(before) = before {
                rollup.remove(before);
            }
            if let Some(after) = after {
                rollup.add(after);
            }
        }
    }

    pub(super) fn tally_again(&mut self, node: NodeId) {
        let mut counted = Rollup::default();
        self.children(node).filter_map(|child| self.contribution(child)).for_each(|given| counted.add(given));
        if let Some(rollup) = self.rollup_mut(node) {
            (rollup.tally, rollup.confidences) = (counted.tally, counted.confidences);
        }
    }

    /// Recomputes a node's own numbers and sends the difference up, given what it contributed before.
    pub(super) fn refresh_from(&mut self, mut node: NodeId, mut before: Option<Contribution>, effects: &mut Effects) {
        loop {
            self.recompute(node);
            effects.touch(node);
            let after = self.contribution(node);
            let Some(parent) = self.parent(node).filter(|_| after != before) else {
                return;
            };
            let parent_before = self.contribution(parent);
            self.adjust_tally(parent, before, after);
            (node, before) = (parent, parent_before);
        }
    }

    /// Recomputes a node's own progress and confidence from its tally or its check-ins.
    pub(super) fn recompute(&mut self, node: NodeId) {
        if let NodeId::KeyResult(id) = node
            && let Some(node) = self.key_results.get_mut(&id)
        {
            node.find_current();
        }
        let (progress, confidence) = match node {
            NodeId::Objective(id) => match self.objectives.get(&id).map(|node| (&node.objective.closing, &node.rollup))
            {
                Some((Some(closing), _)) => (closing.progress, closing.confidence),
                Some((None, rollup)) => (rollup.tally.progress(), rollup.confidences.weakest()),
                None => return,
            },
            NodeId::KeyResult(id) => (self.raw_progress(id).map(Ppm::from_raw), self.key_result_confidence(id)),
        };
        if let Some(rollup) = self.rollup_mut(node) {
            rollup.progress = progress;
            rollup.confidence = confidence;
        }
    }

    fn key_result_confidence(&self, id: KeyResultId) -> Option<Confidence> {
        let node = self.key_results.get(&id)?;
        match &node.key_result.closing {
            Some(closing) => closing.confidence,
            None if node.is_driven() => node.rollup.confidences.weakest(),
            None => node.current()?.confidence,
        }
    }

    /// Raw progress of a key result: 1.0 is the target; below 0 and above 1 stay. `None` is unknown.
    #[must_use]
    pub fn raw_progress(&self, id: KeyResultId) -> Option<f64> {
        let node = self.key_results.get(&id)?;
        if let Some(closing) = &node.key_result.closing {
            return closing.raw.map(Finite::get);
        }
        if node.is_driven() {
            return node.rollup.tally.progress().map(Ppm::fraction);
        }
        let share = if node.key_result.measure.counts_share() { self.share(node) } else { Share::default() };
        node.key_result.measure.raw_progress(node.current().map(|check_in| &check_in.value), share)
    }

    /// The due dates so far, and those whose check-in held. A check-in counts for the first due date on or after its
    /// day, the latest of a stretch for all of it; today falls due once it has its check-in, or is over.
    #[must_use]
    pub fn share(&self, node: &KeyResultNode) -> Share {
        let Measure::Hold { bounds, .. } = &node.key_result.measure else {
            return Share::default();
        };
        let valid = node.valid_check_ins();
        let Some(first) =
            self.span(node.key_result.id.into()).map(|span| span.first()).or_else(|| Some(valid.first()?.day))
        else {
            return Share::default();
        };
        let last = self.span(node.key_result.id.into()).map_or(self.today(), |span| span.last().min(self.today()));
        let cadence = self.cadence(&node.key_result);
        let mut share = Share::default();
        // What was said before the due date before the first one is about another stretch.
        let mut after = cadence.due_from(first).and_then(|due| cadence.due_before(due));
        for due in cadence.due_dates(first, last) {
            let latest = valid
                .iter()
                .rev()
                .find(|check_in| check_in.day <= due && after.is_none_or(|after| check_in.day > after));
            let held = latest.is_some_and(
                |check_in| matches!(check_in.value, Value::Number(value) if bounds.holds(value) == Some(true)),
            );
            if due < self.today() || latest.is_some() {
                share.due += 1;
                share.held += u32::from(held);
            }
            after = Some(due);
        }
        share
    }

    /// Brings every number up to date that depends on the day, a cadence or a cycle. Whoever calls this says that the
    /// structure changed, so which nodes it touched need not be told.
    pub(super) fn refresh_shares(&mut self) {
        let shares: Vec<KeyResultId> = self
            .key_results
            .values()
            .filter(|node| node.key_result.measure.counts_share())
            .map(|node| node.key_result.id)
            .collect();
        for id in shares {
            let before = self.contribution(id.into());
            self.refresh_from(id.into(), before, &mut Effects::default());
        }
    }
}

/// Why a node does not count in its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It hangs under nothing.
    NoParent,
    /// It is a draft, proposed or dropped.
    State,
    /// The parent counts only key results, or only aligned objectives.
    Narrowed,
    /// It hangs under a key result that is driven by its check-ins.
    NotDriven,
    /// Its progress is unknown.
    Unknown,
    /// Its weight is 0.
    WeightZero,
}
