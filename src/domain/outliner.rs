//! Writing objectives and key results line by line, as in an outliner.

use uuid::Uuid;

use super::change::Record;
use super::command::{Actor, Command};
use super::ids::{CycleId, KeyResultId, NodeId, ObjectiveId};
use super::measure::Measure;
use super::okr::{KeyResult, Objective, State};
use super::workspace::Workspace;

/// A line that is being written: what it will be and where it will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftPlace {
    /// Whether it will be an objective, rather than a key result.
    pub is_objective: bool,
    /// What it will hang under.
    pub parent: Option<NodeId>,
    /// The sibling that it will stand after; `None` for the last place.
    pub after: Option<NodeId>,
}

impl Workspace {
    /// The place for a sibling of the same kind right after a node.
    #[must_use]
    pub fn sibling_place(&self, node: NodeId) -> DraftPlace {
        DraftPlace { is_objective: node.is_objective(), parent: self.parent(node), after: Some(node) }
    }

    /// The place for an objective or a key result under a node, after what hangs there; `None` for a key result under a key
    /// result.
    #[must_use]
    pub fn child_place(&self, node: NodeId, is_objective: bool) -> Option<DraftPlace> {
        (is_objective || node.is_objective()).then_some(DraftPlace { is_objective, parent: Some(node), after: None })
    }

    /// A place one level deeper: under the sibling that it would follow. Only objectives move so.
    #[must_use]
    pub fn deeper_place(&self, place: DraftPlace) -> Option<DraftPlace> {
        let siblings = || match place.parent {
            Some(parent) => self.children(parent).filter(|node| node.is_objective()).last(),
            None => self.roots().last().map(|id| (*id).into()),
        };
        let above = place.after.or_else(siblings).filter(|above| above.is_objective())?;
        place.is_objective.then_some(DraftPlace { parent: Some(above), after: None, ..place })
    }

    /// A place one level up: after what it would hang under. Only objectives move so.
    #[must_use]
    pub fn higher_place(&self, place: DraftPlace) -> Option<DraftPlace> {
        let parent = place.parent?;
        let above = self.parent(parent);
        // After a key result there is no place for an objective: it stands after the objectives there.
        let after = Some(parent).filter(|parent| parent.is_objective());
        place.is_objective.then_some(DraftPlace { parent: above, after, ..place })
    }

    /// The commands that write a line at a place: something new, and its move where it is not to be the last. Where the
    /// sibling that it was to follow has gone meanwhile, it is the last.
    #[must_use]
    pub fn write_line(
        &self,
        place: DraftPlace,
        title: &str,
        cycle: Option<CycleId>,
        actor: Actor,
        id: Uuid,
    ) -> Option<Vec<Command>> {
        let title = title.trim().to_owned();
        let (node, record) = if place.is_objective {
            let id = ObjectiveId(id);
            (id.into(), Record::Objective(self.drafted_objective(place, title, cycle, actor, id)))
        } else {
            let Some(NodeId::Objective(objective)) = place.parent else { return None };
            let id = KeyResultId(id);
            (NodeId::from(id), Record::KeyResult(drafted_key_result(objective, title, actor, id)))
        };
        let siblings = self.siblings(node, place.parent);
        let after = place.after.filter(|after| siblings.contains(after) && siblings.last() != Some(after));
        let moved = after.map(|after| {
            let spot = super::destination::Spot::After(after);
            let wanted = self.move_to(node, spot);
            Command::Move(super::command::Move { from: place.parent, to: place.parent, ..wanted })
        });
        Some(std::iter::once(Command::Add(record)).chain(moved).collect())
    }

    fn drafted_objective(
        &self,
        place: DraftPlace,
        title: String,
        cycle: Option<CycleId>,
        actor: Actor,
        id: ObjectiveId,
    ) -> Objective {
        let like = match place.after {
            Some(NodeId::Objective(sibling)) => self.objective(sibling).map(|node| &node.objective),
            _ => None,
        };
        let above = place.parent.and_then(|parent| self.objective_of(parent));
        Objective {
            id,
            table_id: None,
            title,
            description: String::new(),
            owner: actor.person(),
            teams: like.or(above).map(|it| it.teams.clone()).unwrap_or_default(),
            cycle: cycle.or_else(|| like.or(above)?.cycle),
            parent: place.parent,
            rank: Default::default(),
            company: place.parent.is_none() && like.is_some_and(|like| like.company),
            supports: Vec::new(),
            stance: Default::default(),
            state: State::Draft,
            weight: Default::default(),
            counts: Default::default(),
            closing: None,
        }
    }
}

/// A key result whose measure is still to be said: its progress is unknown until then.
fn drafted_key_result(objective: ObjectiveId, title: String, actor: Actor, id: KeyResultId) -> KeyResult {
    KeyResult {
        id,
        table_id: None,
        objective,
        rank: Default::default(),
        title,
        description: String::new(),
        owner: actor.person(),
        team: None,
        measure: Measure::Reach { baseline: None, target: None },
        unit: String::new(),
        weight: Default::default(),
        driven_by: Default::default(),
        closing: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{Company, reach};

    fn write(company: &mut Company, place: DraftPlace, title: &str) -> Uuid {
        let id = company.id();
        let commands = company.workspace.write_line(place, title, None, Actor::Operator, id).unwrap();
        commands.iter().for_each(|command| company.run(command));
        id
    }

    fn place_under(parent: ObjectiveId) -> DraftPlace {
        DraftPlace { is_objective: true, parent: Some(parent.into()), after: None }
    }

    #[test]
    fn lines_stand_where_they_are_written() {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        let [one, two] = [(); 2].map(|()| company.objective(Some(top.into())));
        let place = company.workspace.sibling_place(one.into());
        let new = ObjectiveId(write(&mut company, place, "  Between  "));
        assert_eq!(company.workspace.objective(top).unwrap().aligned, [one, new, two]);
        let written = &company.workspace.objective(new).unwrap().objective;
        assert_eq!((written.title.as_str(), written.state), ("Between", State::Draft));

        let place = company.workspace.sibling_place(two.into());
        let deeper = company.workspace.deeper_place(place).unwrap();
        let under = ObjectiveId(write(&mut company, deeper, "Under"));
        assert_eq!(company.workspace.objective(two).unwrap().aligned, [under]);
        let place = company.workspace.higher_place(company.workspace.sibling_place(under.into())).unwrap();
        assert_eq!(place, DraftPlace { is_objective: true, parent: Some(top.into()), after: Some(two.into()) });
        let root = company.workspace.higher_place(company.workspace.sibling_place(one.into())).unwrap();
        assert_eq!((root.parent, root.after), (None, Some(top.into())));
        assert_eq!(company.workspace.higher_place(root), None);
        let root = ObjectiveId(write(&mut company, root, "Another"));
        assert!(company.workspace.objective(root).unwrap().objective.company, "like the one before it");

        let after_what_left = DraftPlace { after: Some(under.into()), ..place_under(top) };
        let last = ObjectiveId(write(&mut company, after_what_left, "Last"));
        assert_eq!(company.workspace.objective(top).unwrap().aligned, [one, new, two, last]);
    }

    #[test]
    fn key_results_stand_among_their_own_and_are_unknown_at_first() {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        let [one, two] = [(); 2].map(|()| company.key_result(top, reach(0.0, 1.0)));
        let place = company.workspace.sibling_place(one.into());
        let new = KeyResultId(write(&mut company, place, "Riders"));
        assert_eq!(company.workspace.objective(top).unwrap().key_results, [one, new, two]);
        assert_eq!(company.percent(new), "–");
        assert_eq!(company.workspace.deeper_place(place), None);
        assert_eq!(company.workspace.higher_place(place), None);
        assert_eq!(company.workspace.child_place(one.into(), false), None);
        let place = company.workspace.child_place(one.into(), true).unwrap();
        let aligned = ObjectiveId(write(&mut company, place, "Aligned"));
        assert_eq!(company.workspace.parent(aligned.into()), Some(one.into()));
    }
}
