//! Where nodes hang and stand: moves, and the end of a list for what is new.

use super::replace;
use crate::domain::change::{Change, Edit, Record, Replaced};
use crate::domain::command::{Actor, Move, Refusal};
use crate::domain::ids::{KeyResultId, NodeId, ObjectiveId};
use crate::domain::okr::{KeyResultField, ObjectiveField};
use crate::domain::rank::Rank;
use crate::domain::workspace::Workspace;

impl Workspace {
    pub(super) fn decide_move(&self, actor: Actor, wanted: &Move) -> Result<Vec<Change>, Refusal> {
        match wanted.node {
            NodeId::Objective(id) => self.move_objective(actor, id, wanted),
            NodeId::KeyResult(id) => self.move_key_result(actor, id, wanted),
        }
    }

    fn move_objective(&self, actor: Actor, id: ObjectiveId, wanted: &Move) -> Result<Vec<Change>, Refusal> {
        let objective = &self.objective(id).ok_or_else(|| Refusal::not_found("objective"))?.objective;
        let fields = Replaced { was: ObjectiveField::Parent(wanted.from), is: ObjectiveField::Parent(wanted.to) };
        let mut changes = if objective.parent == wanted.to {
            self.require(actor, self.may_edit_this_objective(actor, objective), "objective")?;
            Vec::new()
        } else {
            self.check_new_parent(actor, id, wanted.to)?;
            replace(&fields, ObjectiveField::Parent(objective.parent), |fields| Edit::Objective(id, fields))?
        };
        changes.extend(self.rank_objective(id, wanted.to, wanted.before));
        Ok(changes)
    }

    fn move_key_result(&self, actor: Actor, id: KeyResultId, wanted: &Move) -> Result<Vec<Change>, Refusal> {
        let key_result = &self.key_result(id).ok_or_else(|| Refusal::not_found("key result"))?.key_result;
        self.require(actor, self.may_edit_this_key_result(actor, key_result), "key result")?;
        if wanted.to != Some(key_result.objective.into()) {
            return Err(Refusal::invalid(
                "parent",
                "a key result stays with its objective, and moves only among the key results there",
            ));
        }
        let rank = self.rank_before(wanted.node, wanted.to, wanted.before);
        Ok(rank.and_then(|rank| self.rerank(wanted.node, rank)).into_iter().collect())
    }

    /// Whether an objective may hang under a node, or under nothing.
    pub(super) fn check_new_parent(
        &self,
        actor: Actor,
        id: ObjectiveId,
        parent: Option<NodeId>,
    ) -> Result<(), Refusal> {
        let objective = &self.objective(id).ok_or_else(|| Refusal::not_found("objective"))?.objective;
        self.require(actor, self.may_edit_this_objective(actor, objective), "objective")?;
        self.require_open(id)?;
        self.check_parent(id, parent)
    }

    /// The change that puts an objective before another of those under a node, or after all of them.
    pub(super) fn rank_objective(
        &self,
        id: ObjectiveId,
        parent: Option<NodeId>,
        before: Option<NodeId>,
    ) -> Option<Change> {
        self.rerank(id.into(), self.rank_before(id.into(), parent, before)?)
    }

    /// The change that gives a node another place among its siblings.
    fn rerank(&self, node: NodeId, is: Rank) -> Option<Change> {
        let was = self.rank(node)?.clone();
        Some(Change::Edited(match node {
            NodeId::Objective(id) => {
                Edit::Objective(id, Replaced { was: ObjectiveField::Rank(was), is: ObjectiveField::Rank(is) })
            }
            NodeId::KeyResult(id) => {
                Edit::KeyResult(id, Replaced { was: KeyResultField::Rank(was), is: KeyResultField::Rank(is) })
            }
        }))
    }

    /// The change that puts a node after the sibling that has its rank, since nothing could be put between the two; `None` where
    /// no other has it.
    pub(in crate::domain) fn part_from_twin(&self, node: NodeId) -> Option<Change> {
        let own = self.rank(node)?;
        let siblings = self.siblings(node, self.parent(node));
        let others = || siblings.iter().filter(|sibling| **sibling != node).filter_map(|sibling| self.rank(*sibling));
        others().find(|rank| *rank == own)?;
        self.rerank(node, Rank::between(Some(own), others().filter(|rank| *rank > own).min()))
    }

    /// The rank that puts a node before another of those of its kind under a parent, or, where the other is not (any
    /// more) there, after all of them; `None` where it stands there already.
    fn rank_before(&self, node: NodeId, parent: Option<NodeId>, before: Option<NodeId>) -> Option<Rank> {
        let siblings = self.siblings(node, parent);
        let others: Vec<NodeId> = siblings.iter().copied().filter(|sibling| *sibling != node).collect();
        let place = before.and_then(|before| others.iter().position(|other| *other == before)).unwrap_or(others.len());
        if self.parent(node) == parent && siblings.iter().position(|sibling| *sibling == node) == Some(place) {
            return None;
        }
        let rank = |place: usize| others.get(place).and_then(|other| self.rank(*other));
        Some(Rank::between(place.checked_sub(1).and_then(rank), rank(place)))
    }

    /// What hangs under a parent and is of the same kind as a node, in order.
    pub(in crate::domain) fn siblings(&self, node: NodeId, parent: Option<NodeId>) -> Vec<NodeId> {
        let under: Vec<NodeId> = match parent {
            None => self.roots().iter().map(|id| (*id).into()).collect(),
            Some(parent) => self.children(parent).collect(),
        };
        under.into_iter().filter(|other| other.is_objective() == node.is_objective()).collect()
    }

    fn rank(&self, node: NodeId) -> Option<&Rank> {
        match node {
            NodeId::Objective(id) => self.objective(id).map(|node| &node.objective.rank),
            NodeId::KeyResult(id) => self.key_result(id).map(|node| &node.key_result.rank),
        }
    }

    /// Something new, and where it is a node, after all of its siblings.
    pub(super) fn at_the_end(&self, mut record: Record) -> Record {
        match &mut record {
            Record::Objective(objective) => {
                let last = match objective.parent {
                    None => self.roots().last(),
                    Some(NodeId::Objective(id)) => self.objective(id).and_then(|node| node.aligned.last()),
                    Some(NodeId::KeyResult(id)) => self.key_result(id).and_then(|node| node.aligned.last()),
                };
                objective.rank = Rank::between(last.and_then(|id| self.rank((*id).into())), None);
            }
            Record::KeyResult(key_result) => {
                let last = self.objective(key_result.objective).and_then(|node| node.key_results.last());
                key_result.rank = Rank::between(last.and_then(|id| self.rank((*id).into())), None);
            }
            _ => {}
        }
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::{Command, Reason};
    use crate::domain::okr::State;
    use crate::domain::people::Role;
    use crate::domain::testing::{Company, reach};

    fn company() -> (Company, ObjectiveId, [ObjectiveId; 3]) {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        let under = [(); 3].map(|()| company.objective(Some(top.into())));
        (company, top, under)
    }

    fn moved(node: impl Into<NodeId>, from: ObjectiveId, to: ObjectiveId, before: Option<NodeId>) -> Command {
        Command::Move(Move { node: node.into(), from: Some(from.into()), to: Some(to.into()), before })
    }

    #[test]
    fn what_is_new_comes_last_and_what_is_moved_stands_where_it_was_put() {
        let (mut company, top, [one, two, three]) = company();
        let order = |company: &Company| company.workspace.objective(top).unwrap().aligned.clone();
        assert_eq!(order(&company), [one, two, three]);
        company.run(&moved(three, top, top, Some(one.into())));
        assert_eq!(order(&company), [three, one, two]);
        company.run(&moved(one, top, top, None));
        assert_eq!(order(&company), [three, two, one]);
        let four = company.objective(Some(top.into()));
        assert_eq!(order(&company), [three, two, one, four]);
        let log = company.log.len();
        company.run(&moved(two, top, top, Some(one.into())));
        assert_eq!(company.log.len(), log, "it stands there already");
    }

    #[test]
    fn an_objective_moves_under_another_and_to_its_place_there() {
        let (mut company, top, [one, two, three]) = company();
        company.run(&moved(one, top, two, None));
        company.run(&moved(three, top, two, Some(one.into())));
        assert_eq!(company.workspace.objective(two).unwrap().aligned, [three, one]);
        let refusal = company.workspace.decide(Actor::Operator, noon(&company), &moved(two, top, one, None));
        assert_eq!(refusal.unwrap_err().message, "This would put the objective under itself.");
        company.run(&Command::Move(Move { node: one.into(), from: Some(two.into()), to: None, before: None }));
        assert_eq!(company.workspace.roots(), [top, one]);
    }

    #[test]
    fn whoever_saw_it_elsewhere_is_told_where_it_is() {
        let (mut company, top, [one, two, three]) = company();
        company.run(&moved(one, top, two, None));
        let late = company.workspace.decide(Actor::Operator, noon(&company), &moved(one, top, three, None));
        assert!(matches!(late.unwrap_err().reason, Reason::Conflict(_)));
        let same = company.workspace.decide(Actor::Operator, noon(&company), &moved(one, top, two, None));
        assert_eq!(same.unwrap(), [], "both wanted the same");
    }

    #[test]
    fn of_two_who_move_two_under_each_other_the_second_is_refused() {
        let (mut company, top, [one, two, _]) = company();
        company.run(&moved(one, top, two, None));
        let second = company.workspace.decide(Actor::Operator, noon(&company), &moved(two, top, one, None));
        assert_eq!(second.unwrap_err().field.as_deref(), Some("parent"));
    }

    #[test]
    fn a_key_result_moves_among_its_own() {
        let (mut company, top, [one, ..]) = company();
        let [first, second] = [(); 2].map(|()| company.key_result(top, reach(0.0, 1.0)));
        company.run(&moved(second, top, top, Some(first.into())));
        assert_eq!(company.workspace.objective(top).unwrap().key_results, [second, first]);
        let refusal = company.workspace.decide(Actor::Operator, noon(&company), &moved(first, top, one, None));
        assert!(refusal.unwrap_err().message.contains("stays with its objective"));
    }

    #[test]
    fn only_whoever_may_edit_it_moves_it() {
        let (mut company, top, [one, two, three]) = company();
        let member = company.person("Mia", Role::Member, &[]);
        let owner = company.person("Otto", Role::Member, &[]);
        company.edit_objective(one, ObjectiveField::Owner(None), ObjectiveField::Owner(Some(owner)));
        for wanted in [moved(one, top, top, None), moved(one, top, two, None)] {
            let refusal = company.workspace.decide(Actor::Person(member), noon(&company), &wanted);
            assert_eq!(refusal.unwrap_err().reason, Reason::NotAllowed);
            assert!(company.workspace.decide(Actor::Person(owner), noon(&company), &wanted).is_ok());
        }
        company.set_state(three, State::Dropped);
        let frozen = company.workspace.decide(Actor::Operator, noon(&company), &moved(three, top, two, None));
        assert_eq!(frozen.unwrap_err().reason, Reason::NotAllowed);
    }

    fn noon(company: &Company) -> chrono::DateTime<chrono::Utc> {
        crate::domain::testing::noon(company.workspace.today())
    }
}
