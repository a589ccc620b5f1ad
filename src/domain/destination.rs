//! Where a node can be moved to: by a drop on a line, by a step among its siblings, or by a name.

use chrono::{DateTime, Utc};

use super::command::{Actor, Command, Move};
use super::ids::NodeId;
use super::palette::{MAX_FOUND, Wanted};
use super::workspace::Workspace;

/// Where something is let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Before a node, as its sibling.
    Before(NodeId),
    /// After a node, as its sibling.
    After(NodeId),
    /// Under a node, after all that hangs there.
    Under(NodeId),
    /// Under nothing.
    Top,
}

/// A place that something can be moved under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// What it would hang under; `None` for nothing.
    pub to: Option<NodeId>,
    /// The title of that.
    pub title: String,
    /// What that hangs under itself; may be empty.
    pub context: String,
    /// Why it cannot hang there; `None` where it can.
    pub obstacle: Option<String>,
}

impl Workspace {
    /// The move that brings a node to a spot. Whether it is allowed is decided when it is made.
    #[must_use]
    pub fn move_to(&self, node: NodeId, spot: Spot) -> Move {
        let from = self.parent(node);
        let (to, before) = match spot {
            Spot::Before(other) => (self.parent(other), Some(other)),
            Spot::After(other) => (self.parent(other), self.next_sibling(other, node)),
            Spot::Under(parent) => (Some(parent), None),
            Spot::Top => (None, None),
        };
        Move { node, from, to, before }
    }

    /// The move past the nearest of its siblings that shows, up or down; `None` where none shows on that side.
    #[must_use]
    pub fn step_among_siblings(&self, node: NodeId, up: bool, shows: impl Fn(NodeId) -> bool) -> Option<Move> {
        let siblings = self.siblings(node, self.parent(node));
        let place = siblings.iter().position(|sibling| *sibling == node)?;
        let spot = if up {
            Spot::Before(*siblings[..place].iter().rev().find(|sibling| shows(**sibling))?)
        } else {
            Spot::After(*siblings[place + 1..].iter().find(|sibling| shows(**sibling))?)
        };
        Some(self.move_to(node, spot))
    }

    /// The sibling that follows a node, `moving` being taken away.
    fn next_sibling(&self, node: NodeId, moving: NodeId) -> Option<NodeId> {
        let siblings = self.siblings(node, self.parent(node));
        let mut following = siblings.into_iter().skip_while(|sibling| *sibling != node).skip(1);
        following.find(|sibling| *sibling != moving)
    }

    /// The objectives and key results whose titles fit a text, as places to move a node under: those that are possible
    /// first, and of these the best fit first; at most [`MAX_FOUND`].
    #[must_use]
    pub fn destinations(&self, node: NodeId, text: &str, actor: Actor, now: DateTime<Utc>) -> Vec<Destination> {
        let wanted = Wanted::new(text);
        let from = self.parent(node);
        let objectives = self.objectives().map(|it| NodeId::from(it.objective.id));
        let key_results = self.key_results().map(|it| NodeId::from(it.key_result.id));
        let mut found: Vec<_> = objectives
            .chain(key_results)
            .filter(|other| *other != node)
            .filter_map(|other| {
                let title = self.node_title(other)?;
                let length = if wanted.words.is_empty() { 0 } else { title.len() };
                Some((wanted.fit(title)?, length, other))
            })
            .collect();
        found.sort_unstable();
        let destination = |to: Option<NodeId>| {
            let command = Command::Move(Move { node, from, to, before: None });
            let obstacle = match self.decide(actor, now, &command) {
                _ if to == from => Some("It hangs there already.".to_owned()),
                Ok(_) => None,
                Err(refusal) => Some(refusal.message),
            };
            let context = to.and_then(|to| self.parent(to)).and_then(|above| self.node_title(above));
            let title = to.map_or(Some(NOTHING), |to| self.node_title(to)).unwrap_or_default();
            Destination { to, title: title.to_owned(), context: context.unwrap_or_default().to_owned(), obstacle }
        };
        // Whatever is found beyond the limit is not decided, which would be slow where there is much.
        let top = wanted.fit(NOTHING).map(|_| destination(None));
        let mut destinations: Vec<Destination> =
            found.into_iter().take(MAX_FOUND).map(|(.., other)| destination(Some(other))).chain(top).collect();
        destinations.sort_by_key(|destination| destination.obstacle.is_some());
        destinations
    }
}

/// What stands for no parent.
const NOTHING: &str = "No parent: a branch of its own";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ObjectiveId;
    use crate::domain::testing::{Company, noon};

    fn company() -> (Company, ObjectiveId, [ObjectiveId; 3]) {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        let under = [(); 3].map(|()| company.objective(Some(top.into())));
        (company, top, under)
    }

    fn order(company: &Company, parent: ObjectiveId) -> Vec<ObjectiveId> {
        company.workspace.objective(parent).unwrap().aligned.clone()
    }

    #[test]
    fn a_drop_is_a_move() {
        let (mut company, top, [one, two, three]) = company();
        let mut drop = |node: ObjectiveId, spot| {
            let wanted = company.workspace.move_to(node.into(), spot);
            company.run(&Command::Move(wanted));
            order(&company, top)
        };
        assert_eq!(drop(three, Spot::Before(one.into())), [three, one, two]);
        assert_eq!(drop(three, Spot::After(one.into())), [one, three, two]);
        assert_eq!(drop(one, Spot::After(one.into())), [one, three, two], "where it is");
        assert_eq!(drop(one, Spot::After(two.into())), [three, two, one]);
        assert_eq!(drop(one, Spot::Under(two.into())), [three, two]);
        assert_eq!(drop(one, Spot::Top), [three, two]);
        assert_eq!(company.workspace.roots(), [top, one]);
    }

    #[test]
    fn a_step_goes_past_one_sibling() {
        let (mut company, top, [one, two, three]) = company();
        let step =
            |company: &Company, node: ObjectiveId, up| company.workspace.step_among_siblings(node.into(), up, |_| true);
        assert_eq!((step(&company, one, true), step(&company, three, false)), (None, None));
        let wanted = step(&company, one, false).unwrap();
        company.run(&Command::Move(wanted));
        assert_eq!(order(&company, top), [two, one, three]);
        let wanted = step(&company, three, true).unwrap();
        company.run(&Command::Move(wanted));
        assert_eq!(order(&company, top), [two, three, one]);
    }

    #[test]
    fn a_step_passes_what_does_not_show() {
        let (mut company, top, [one, two, three]) = company();
        let shows = |node: NodeId| node != NodeId::from(two);
        let step = |company: &Company, up| company.workspace.step_among_siblings(one.into(), up, shows);
        let wanted = step(&company, false).unwrap();
        company.run(&Command::Move(wanted));
        assert_eq!(order(&company, top), [two, three, one]);
        assert_eq!(step(&company, false), None);
        let wanted = step(&company, true).unwrap();
        company.run(&Command::Move(wanted));
        assert_eq!(order(&company, top), [two, one, three]);
        assert_eq!(step(&company, true), None, "what does not show is not stepped over by itself");
    }

    #[test]
    fn what_is_impossible_comes_last_and_says_why() {
        let (company, top, [one, ..]) = company();
        let found = company.workspace.destinations(one.into(), "", Actor::Operator, noon(company.workspace.today()));
        assert_eq!(found.len(), 4);
        assert_eq!(found.last().unwrap().to, Some(top.into()));
        assert_eq!(found.last().unwrap().obstacle.as_deref(), Some("It hangs there already."));
        assert!(found[..3].iter().all(|destination| destination.obstacle.is_none()));
        let found =
            company.workspace.destinations(top.into(), "ride", Actor::Operator, noon(company.workspace.today()));
        assert!(
            found.iter().all(
                |destination| destination.obstacle.as_deref() == Some("This would put the objective under itself.")
            )
        );
        assert!(
            company
                .workspace
                .destinations(one.into(), "no such thing", Actor::Operator, noon(company.workspace.today()))
                .is_empty()
        );
    }
}
