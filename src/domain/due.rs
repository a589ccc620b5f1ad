//! Which check-ins are due, from whom, and since when.
//!
//! A check-in falls due on the days of the team's cadence, for as long as the cycle runs, and until the end of that day.
//! From the next day on it is stale, and still due. Days are those of the workspace's time zone.

use chrono::NaiveDate;

use super::command::Actor;
use super::ids::{KeyResultId, NodeId, PersonId};
use super::okr::{KeyResult, State};
use super::rank::Rank;
use super::workspace::{KeyResultNode, Workspace};

impl Workspace {
    /// The due date that a key result lacks a check-in for: the latest up to today, where nobody has checked in since the
    /// due date before it.
    #[must_use]
    pub fn due(&self, id: KeyResultId) -> Option<NaiveDate> {
        self.lacking(id, self.today().succ_opt()?)
    }

    /// Whether a due date of an agreed key result has passed without a check-in since the due date before it.
    #[must_use]
    pub fn is_stale(&self, id: KeyResultId) -> bool {
        self.lacking(id, self.today()).is_some()
    }

    /// The latest due date before `end` that lacks a check-in.
    fn lacking(&self, id: KeyResultId, end: NaiveDate) -> Option<NaiveDate> {
        let node = self.key_result(id).filter(|node| self.is_tracked(node))?;
        let cadence = self.cadence(&node.key_result);
        let span = self.span(id.into());
        let end = span.and_then(|span| span.last().succ_opt()).map_or(end, |over| over.min(end));
        let due = cadence.due_before(end).filter(|due| span.is_none_or(|span| span.contains(*due)))?;
        let since = cadence.due_before(due);
        let is_checked_in = node
            .check_ins
            .iter()
            .any(|check_in| since.is_none_or(|since| check_in.day > since) && !node.is_corrected(check_in.id));
        (!is_checked_in).then_some(due)
    }

    /// Whether check-ins are expected at all: it is agreed, and its numbers come from people.
    fn is_tracked(&self, node: &KeyResultNode) -> bool {
        let objective = self.objective_of(node.key_result.id.into());
        objective.is_some_and(|objective| objective.state == State::Agreed) && !node.is_driven()
    }

    /// The key results that somebody shall check in, in the order of the tree, so that those of an objective come one after
    /// the other.
    #[must_use]
    pub fn due_from(&self, person: PersonId) -> Vec<KeyResultId> {
        let mut due: Vec<_> = self.owned_by(person).map(|key_result| key_result.id).collect();
        due.retain(|id| self.due(*id).is_some());
        due.sort_by_cached_key(|id| self.place_in_tree((*id).into()));
        due
    }

    /// How many key results somebody shall check in.
    #[must_use]
    pub fn count_due(&self, person: PersonId) -> usize {
        self.owned_by(person).filter(|key_result| self.due(key_result.id).is_some()).count()
    }

    /// The key results of somebody who may check them in.
    fn owned_by(&self, person: PersonId) -> impl Iterator<Item = &KeyResult> {
        let may_write = self.may_write(Actor::Person(person));
        let own = self.owned.get(&person).filter(|_| may_write).into_iter().flatten();
        own.filter_map(|id| Some(&self.key_result(*id)?.key_result))
    }

    /// The first of those cards that comes after another in the tree, whether or not that one is among them.
    #[must_use]
    pub fn card_after(&self, cards: &[KeyResultId], after: KeyResultId) -> Option<KeyResultId> {
        let place = self.place_in_tree(after.into());
        cards.iter().copied().find(|id| self.place_in_tree((*id).into()) > place)
    }

    /// Where a node stands in the tree when that is read from top to bottom.
    pub(super) fn place_in_tree(&self, node: NodeId) -> Vec<(bool, Rank, NodeId)> {
        let rank = |node| match node {
            NodeId::Objective(id) => self.objective(id).map(|node| node.objective.rank.clone()),
            NodeId::KeyResult(id) => self.key_result(id).map(|node| node.key_result.rank.clone()),
        };
        let up = std::iter::once(node).chain(self.ancestors(node));
        let mut way: Vec<_> =
            up.filter_map(|node| Some((matches!(node, NodeId::Objective(_)), rank(node)?, node))).collect();
        way.reverse();
        way
    }

    /// The next day after today on which anything of somebody falls due.
    #[must_use]
    pub fn next_due(&self, person: PersonId) -> Option<NaiveDate> {
        let tomorrow = self.today().succ_opt()?;
        let next = |key_result: &KeyResult| {
            self.key_result(key_result.id).filter(|node| self.is_tracked(node))?;
            let span = self.span(key_result.id.into());
            let from = span.map_or(tomorrow, |span| span.first().max(tomorrow));
            self.cadence(key_result).due_from(from).filter(|due| span.is_none_or(|span| span.contains(*due)))
        };
        self.owned_by(person).filter_map(next).min()
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::super::cadence::{Cadence, Rhythm};
    use super::super::change::{Edit, Replaced};
    use super::super::command::Command;
    use super::super::ids::{ObjectiveId, TeamId};
    use super::super::measure::Measure;
    use super::super::okr::{DrivenBy, KeyResultField, ObjectiveField};
    use super::super::people::{Role, TeamField};
    use super::super::testing::{Company, day, number, reach};
    use super::*;

    /// 4 May 2026 is a Monday.
    const MONDAY: &str = "2026-05-04";

    struct Setting {
        company: Company,
        ben: PersonId,
        objective: ObjectiveId,
    }

    fn setting(today: &str) -> Setting {
        let mut company = Company::on(today);
        let ben = company.person("Ben", Role::Member, &[]);
        let quarter = company.cycle("2026-Q2", "2026-04-01", "2026-06-30");
        let objective = company.objective(None);
        company.edit_objective(objective, ObjectiveField::Cycle(None), ObjectiveField::Cycle(Some(quarter)));
        Setting { company, ben, objective }
    }

    impl Setting {
        fn owned(&mut self, measure: Measure) -> KeyResultId {
            let id = self.company.key_result(self.objective, measure);
            self.company.edit_key_result(id, KeyResultField::Owner(None), KeyResultField::Owner(Some(self.ben)));
            id
        }

        fn due(&self) -> Vec<KeyResultId> {
            let due = self.company.workspace.due_from(self.ben);
            assert_eq!(due.len(), self.company.workspace.count_due(self.ben));
            due
        }
    }

    fn with_cadence(company: &mut Company, rhythm: Rhythm, weekday: Weekday) -> TeamId {
        let team = company.team("Dock");
        let fields = Replaced {
            was: TeamField::Cadence(Cadence::default()),
            is: TeamField::Cadence(Cadence { rhythm, weekday }),
        };
        company.run(&Command::Edit(Edit::Team(team, fields)));
        team
    }

    #[test]
    fn due_on_its_day_and_stale_from_the_next() {
        let mut monday = setting(MONDAY);
        let id = monday.owned(reach(0.0, 10.0));
        // Monday a week ago passed without a check-in, too.
        monday.company.check_in_on(id, "2026-04-28", number(1.0), None);
        assert_eq!(monday.due(), [], "checked in since the due date before");
        let workspace = &mut setting(MONDAY);
        let id = workspace.owned(reach(0.0, 10.0));
        workspace.company.check_in_on(id, "2026-04-27", number(1.0), None);
        let now = &workspace.company.workspace;
        assert_eq!((now.due(id), now.is_stale(id)), (Some(day(MONDAY)), false), "the day is not over");
        workspace.company.workspace.set_today(day("2026-05-05"));
        let now = &workspace.company.workspace;
        assert_eq!((now.due(id), now.is_stale(id)), (Some(day(MONDAY)), true));
        workspace.company.check_in(id, number(2.0));
        assert_eq!(workspace.due(), []);
        assert!(!workspace.company.workspace.is_stale(id));
        assert_eq!(workspace.company.workspace.next_due(workspace.ben), Some(day("2026-05-11")));
    }

    #[test]
    fn nobody_is_asked_for_what_cannot_be_checked_in() {
        let mut it = setting(MONDAY);
        let id = it.owned(reach(0.0, 10.0));
        let others = it.company.key_result(it.objective, reach(0.0, 1.0));
        assert_eq!(it.due(), [id], "nobody's key result is due from nobody");
        assert!(it.company.workspace.due(others).is_some());
        it.company.edit_key_result(
            id,
            KeyResultField::DrivenBy(DrivenBy::CheckIns),
            KeyResultField::DrivenBy(DrivenBy::Aligned),
        );
        assert_eq!((it.due(), it.company.workspace.next_due(it.ben)), (vec![], None));
        for state in [State::Proposed, State::Draft, State::Dropped] {
            let mut it = setting(MONDAY);
            it.owned(reach(0.0, 10.0));
            assert_eq!(it.due().len(), 1);
            it.company.set_state(it.objective, state);
            assert_eq!((it.due(), it.company.workspace.next_due(it.ben)), (vec![], None), "{state:?}");
        }
        let viewer = it.company.person("Vera", Role::Viewer, &[]);
        let id = it.company.key_result(it.objective, reach(0.0, 1.0));
        it.company.edit_key_result(id, KeyResultField::Owner(None), KeyResultField::Owner(Some(viewer)));
        assert_eq!(it.company.workspace.due_from(viewer), []);
    }

    #[test]
    fn a_cycle_has_its_days() {
        let mut before = setting("2026-03-30");
        let id = before.owned(reach(0.0, 10.0));
        assert_eq!(before.due(), [], "it begins on Wednesday");
        assert_eq!(before.company.workspace.next_due(before.ben), Some(day("2026-04-06")));
        before.company.workspace.set_today(day("2026-07-14"));
        assert_eq!(before.company.workspace.due(id), Some(day("2026-06-29")), "its last check-in is missing for good");
        assert_eq!(before.company.workspace.next_due(before.ben), None);
    }

    #[test]
    fn the_cadence_is_that_of_the_team() {
        let mut it = setting("2026-05-06");
        let team = with_cadence(&mut it.company, Rhythm::Monthly, Weekday::Wed);
        let id = it.owned(reach(0.0, 10.0));
        assert_eq!(it.company.workspace.due(id), Some(day(MONDAY)));
        it.company.edit_key_result(id, KeyResultField::Team(None), KeyResultField::Team(Some(team)));
        assert_eq!(it.company.workspace.due(id), Some(day("2026-05-06")));
        it.company.check_in_on(id, "2026-04-02", number(1.0), None);
        assert_eq!(it.company.workspace.due(id), None, "after the first Wednesday of April");
        assert_eq!(it.company.workspace.next_due(it.ben), Some(day("2026-06-03")));
    }

    #[test]
    fn cards_come_in_the_order_of_the_tree() {
        let mut it = setting(MONDAY);
        let first = it.owned(reach(0.0, 10.0));
        let quarter = it.company.workspace.objective(it.objective).unwrap().objective.cycle;
        let below = it.company.objective(Some(first.into()));
        it.company.edit_objective(below, ObjectiveField::Cycle(None), ObjectiveField::Cycle(quarter));
        let top = std::mem::replace(&mut it.objective, below);
        let deep = it.owned(reach(0.0, 10.0));
        it.objective = top;
        let last = it.owned(reach(0.0, 10.0));
        let due = it.due();
        assert_eq!(due, [first, deep, last]);
        it.company.check_in(first, number(1.0));
        let due = it.due();
        assert_eq!(it.company.workspace.card_after(&due, first), Some(deep));
        assert_eq!(it.company.workspace.card_after(&due, deep), Some(last));
        assert_eq!(it.company.workspace.card_after(&due, last), None);
    }
}
