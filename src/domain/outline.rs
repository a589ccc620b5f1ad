//! The alignment tree as a list of lines: which there are in a cycle, and which of them show.

#[cfg(test)]
mod tests;

use rustc_hash::FxHashSet;

use super::cycle::Phase;
use super::expansion::Expansion;
use super::ids::{CycleId, NodeId, ObjectiveId};
use super::line::{Line, LineId};
use super::okr::Objective;
use super::workspace::Workspace;

/// All lines of a cycle's tree: each before what hangs under it, key results before aligned objectives, and the
/// unaligned objectives last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    lines: Vec<Line>,
}

/// Which part of the tree is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The objectives of this cycle and what leads to them; `None` for all.
    pub cycle: Option<CycleId>,
    /// The branch that is the whole page; `None` for all.
    pub focus: Option<NodeId>,
}

impl Outline {
    /// The tree of a cycle, or of all of them: the objectives of the cycle, of those that it lies in and of those that
    /// lie in it, those without a cycle, and whatever lies on the way to them. A branch that is the whole page is always
    /// there itself.
    #[must_use]
    pub fn new(workspace: &Workspace, scope: &Scope) -> Self {
        let Scope { cycle, focus } = *scope;
        let kept = cycle.map(|cycle| kept(workspace, cycle));
        let is_kept = |node: &NodeId| kept.as_ref().is_none_or(|kept| kept.contains(node));
        let (unaligned, aligned): (Vec<ObjectiveId>, Vec<ObjectiveId>) =
            workspace.roots().iter().filter(|id| is_kept(&(**id).into())).partition(|id| workspace.is_unaligned(**id));
        let roots: Vec<LineId> = match focus {
            Some(node) => vec![LineId::Node(node)],
            None => {
                let aligned = aligned.into_iter().map(|id| LineId::Node(id.into()));
                aligned.chain((!unaligned.is_empty()).then_some(LineId::Unaligned)).collect()
            }
        };
        let below = |id: LineId| -> Vec<LineId> {
            match id {
                LineId::Unaligned => unaligned.iter().map(|id| LineId::Node((*id).into())).collect(),
                LineId::Node(node) => workspace.children(node).filter(is_kept).map(LineId::Node).collect(),
            }
        };
        let of_cycle = |id: LineId| match (id, cycle) {
            (LineId::Node(node), Some(cycle)) => {
                workspace.objective_of(node).is_some_and(|objective| is_of(workspace, objective, cycle))
            }
            _ => true,
        };
        Self { lines: lay_out(roots, below, of_cycle) }
    }

    /// All lines, open or not.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many objectives and key results there are.
    #[must_use]
    pub fn counts(&self) -> (u32, u32) {
        let count = |of: fn(&NodeId) -> bool| {
            let nodes = self.lines.iter().filter_map(|line| match line.id {
                LineId::Node(node) => Some(node),
                LineId::Unaligned => None,
            });
            nodes.filter(of).count() as u32
        };
        (count(|node| matches!(node, NodeId::Objective(_))), count(|node| matches!(node, NodeId::KeyResult(_))))
    }

    /// How many levels there are.
    #[must_use]
    pub fn levels(&self) -> u16 {
        self.lines.iter().map(|line| line.depth).max().map_or(0, |depth| depth.saturating_add(1))
    }

    /// The lines of a branch, itself first; none where there is no such line.
    #[must_use]
    pub fn branch(&self, id: LineId) -> &[Line] {
        let Some(start) = self.lines.iter().position(|line| line.id == id) else {
            return &[];
        };
        &self.lines[start..start + 1 + self.lines[start].below as usize]
    }

    /// The lines that hang under the same line as this one, itself included.
    #[must_use]
    pub fn siblings(&self, id: LineId) -> Vec<Line> {
        let Some(place) = self.lines.iter().position(|line| line.id == id) else {
            return Vec::new();
        };
        let parent = above(&self.lines, place).next();
        let (mut next, end) = match parent {
            Some(parent) => (parent + 1, parent + 1 + self.lines[parent].below as usize),
            None => (0, self.lines.len()),
        };
        let mut siblings = Vec::new();
        while next < end {
            siblings.push(self.lines[next]);
            next += 1 + self.lines[next].below as usize;
        }
        siblings
    }

    /// Opens whatever hides a line.
    pub fn reveal(&self, id: LineId, expansion: &mut Expansion) {
        if let Some(place) = self.lines.iter().position(|line| line.id == id) {
            expansion.set_all(above(&self.lines, place).map(|place| &self.lines[place]), true);
        }
    }

    /// How many nodes match.
    #[must_use]
    pub fn matches(&self) -> u32 {
        self.lines.iter().filter(|line| line.is_match && line.id != LineId::Unaligned).count() as u32
    }

    /// The lines that match or are to be kept, and those that they hang under, counted anew.
    #[must_use]
    pub fn narrowed(&self, matches: impl Fn(LineId) -> bool, kept: &FxHashSet<LineId>) -> Self {
        // The places of the lines that lead to the one that is looked at, and whether each of them stays.
        let mut stays = vec![false; self.lines.len()];
        let mut is_match = vec![false; self.lines.len()];
        let mut way: Vec<usize> = Vec::new();
        for (place, line) in self.lines.iter().enumerate() {
            way.truncate(line.depth.into());
            way.push(place);
            is_match[place] = matches(line.id);
            if is_match[place] || kept.contains(&line.id) {
                for above in way.iter().rev() {
                    if std::mem::replace(&mut stays[*above], true) {
                        break;
                    }
                }
            }
        }
        let staying = self.lines.iter().zip(is_match).zip(stays).filter(|(_, stays)| *stays);
        let lines = staying.map(|((line, is_match), _)| Line { is_match, ..*line }).collect();
        Self { lines: count_anew(lines) }
    }

    /// The lines that show.
    #[must_use]
    pub fn visible(&self, expansion: &Expansion) -> Vec<Line> {
        let mut visible = Vec::new();
        let mut next = 0;
        while let Some(line) = self.lines.get(next) {
            visible.push(*line);
            next += 1;
            if !expansion.is_open(line) {
                next += line.below as usize;
            }
        }
        visible
    }

    /// As many levels as may be open with at most so many lines showing; at least one.
    #[must_use]
    pub fn levels_within(&self, limit: usize) -> u16 {
        let mut counts: Vec<usize> = Vec::new();
        for line in &self.lines {
            let depth = usize::from(line.depth);
            if counts.len() <= depth {
                counts.resize(depth + 1, 0);
            }
            counts[depth] += 1;
        }
        let mut showing = 0;
        let fitting = counts.iter().take_while(|count| {
            showing += **count;
            showing <= limit
        });
        u16::try_from(fitting.count()).unwrap_or(u16::MAX).max(1)
    }
}

/// The places of the lines that a line hangs under, the nearest first. The lines may be all or those that show.
pub fn above(lines: &[Line], place: usize) -> impl Iterator<Item = usize> {
    let mut depth = lines.get(place).map_or(0, |line| line.depth);
    let mut next = place;
    std::iter::from_fn(move || {
        if depth == 0 {
            return None;
        }
        next = lines[..next].iter().rposition(|line| line.depth < depth)?;
        depth = lines[next].depth;
        Some(next)
    })
}

fn lay_out(roots: Vec<LineId>, below: impl Fn(LineId) -> Vec<LineId>, of_cycle: impl Fn(LineId) -> bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    // Siblings that are still to be laid out, how many there are of them, and the line that they hang under.
    let mut open: Vec<(std::vec::IntoIter<LineId>, u32, Option<usize>)> = vec![siblings(roots, None)];
    while let Some((waiting, set_size, parent)) = open.last_mut() {
        let Some(id) = waiting.next() else {
            if let Some(parent) = *parent {
                lines[parent].below = (lines.len() - parent - 1) as u32;
            }
            open.pop();
            continue;
        };
        let (position, set_size) = (*set_size - waiting.len() as u32, *set_size);
        let outer = parent.map_or(0, |parent| lines[parent].rails);
        let depth = u16::try_from(open.len() - 1).unwrap_or(u16::MAX);
        let rails = outer | own_rail(depth, position, set_size);
        let of_cycle = of_cycle(id);
        lines.push(Line { id, depth, position, set_size, below: 0, rails, of_cycle, is_match: true });
        open.push(siblings(below(id), Some(lines.len() - 1)));
    }
    lines
}

/// The guide that runs from a line to its next sibling, where there is one.
fn own_rail(depth: u16, position: u32, set_size: u32) -> u64 {
    if position < set_size { 1_u64.checked_shl(depth.into()).unwrap_or(0) } else { 0 }
}

fn siblings(ids: Vec<LineId>, parent: Option<usize>) -> (std::vec::IntoIter<LineId>, u32, Option<usize>) {
    let set_size = ids.len() as u32;
    (ids.into_iter(), set_size, parent)
}

/// Gives each line its place among its siblings, how many those are, how much hangs under it, and its guides.
fn count_anew(mut lines: Vec<Line>) -> Vec<Line> {
    // From the last to the first: for each depth how many siblings have been met, and which lines they are.
    let mut siblings: Vec<Vec<usize>> = Vec::new();
    let mut below: Vec<u32> = Vec::new();
    for place in (0..lines.len()).rev() {
        let depth = usize::from(lines[place].depth);
        if siblings.len() < depth + 2 {
            siblings.resize(depth + 2, Vec::new());
            below.resize(depth + 2, 0);
        }
        number(&mut lines, &std::mem::take(&mut siblings[depth + 1]));
        lines[place].below = std::mem::take(&mut below[depth + 1]);
        below[depth] += lines[place].below + 1;
        siblings[depth].push(place);
    }
    if let Some(roots) = siblings.first() {
        number(&mut lines, roots);
    }
    let mut outer: Vec<u64> = Vec::new();
    for line in &mut lines {
        outer.truncate(line.depth.into());
        line.rails = outer.last().copied().unwrap_or(0) | own_rail(line.depth, line.position, line.set_size);
        outer.push(line.rails);
    }
    lines
}

/// Numbers siblings, given from the last to the first.
fn number(lines: &mut [Line], siblings: &[usize]) {
    let set_size = siblings.len() as u32;
    for (position, place) in (1..).zip(siblings.iter().rev()) {
        (lines[*place].position, lines[*place].set_size) = (position, set_size);
    }
}

/// The nodes of a cycle's tree.
fn kept(workspace: &Workspace, cycle: CycleId) -> FxHashSet<NodeId> {
    let mut kept = FxHashSet::default();
    for node in workspace.objectives().filter(|node| is_of(workspace, &node.objective, cycle)) {
        let id = NodeId::from(node.objective.id);
        kept.extend(node.key_results.iter().map(|id| NodeId::from(*id)));
        for above in std::iter::once(id).chain(workspace.ancestors(id)) {
            // What is kept already has its way up kept, except for the key results that came with their objective.
            if !kept.insert(above) && matches!(above, NodeId::Objective(_)) {
                break;
            }
        }
    }
    kept
}

fn is_of(workspace: &Workspace, objective: &Objective, cycle: CycleId) -> bool {
    let Some(own) = objective.cycle else {
        return true;
    };
    let span = |id| workspace.cycle(id).and_then(|cycle| cycle.span);
    own == cycle
        || match (span(own), span(cycle)) {
            (Some(own), Some(cycle)) => own.encloses(cycle) || cycle.encloses(own),
            _ => false,
        }
}

impl Workspace {
    /// The cycle that somebody who does not say wants to see: the shortest that is under way today, else the one that
    /// ended last, else the last one made.
    #[must_use]
    pub fn current_cycle(&self) -> Option<CycleId> {
        let spans = || self.cycles().filter_map(|cycle| cycle.span.map(|span| (cycle, span)));
        let today = self.today();
        spans()
            .filter(|(_, span)| span.contains(today))
            .min_by_key(|(cycle, span)| (cycle.phase != Phase::Active, span.days()))
            .or_else(|| spans().filter(|(_, span)| span.last() < today).max_by_key(|(_, span)| span.last()))
            .map(|(cycle, _)| cycle.id)
            .or_else(|| self.cycles().last().map(|cycle| cycle.id))
    }
}
