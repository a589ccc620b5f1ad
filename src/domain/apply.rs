//! How changes are applied.

mod siblings;

use self::siblings::{list, unlist};
use super::change::{Change, Edit, Record};
use super::day::Day;
use super::effects::Effects;
use super::ids::{KeyResultId, NodeId, ObjectiveId};
use super::okr::{CheckIn, Comment, Initiative, KeyResult, KeyResultField, Objective, ObjectiveField};
use super::workspace::{KeyResultNode, KpiNode, ObjectiveNode, Rollup, Workspace};

impl Workspace {
    /// Applies a change. It cannot fail: a change that names what is not here does nothing.
    pub fn apply(&mut self, change: &Change) -> Effects {
        let mut effects = Effects::default();
        match change {
            Change::Added(record) => self.add(record, &mut effects),
            Change::Removed(record) => self.remove(record, &mut effects),
            Change::Edited(edit) => self.edit(edit, &mut effects),
        }
        effects
    }

    /// Another day has begun.
    pub fn set_today(&mut self, today: impl Into<Day>) -> Effects {
        self.today = today.into();
        self.refresh_shares();
        Effects { structure: true, ..Effects::default() }
    }

    /// Takes in all check-ins of a key result that was held incompletely.
    pub fn complete(&mut self, id: KeyResultId, check_ins: Vec<CheckIn>) -> Effects {
        let mut effects = Effects::default();
        let before = self.contribution(id.into());
        if let Some(node) = self.key_results.get_mut(&id) {
            self.check_ins.extend(check_ins.iter().map(|check_in| (check_in.id, id)));
            node.check_ins = check_ins;
            node.incomplete = false;
            self.refresh_from(id.into(), before, &mut effects);
        }
        effects
    }

    fn add(&mut self, record: &Record, effects: &mut Effects) {
        match record {
            Record::Team(team) => {
                self.teams.insert(team.id, team.clone());
            }
            Record::Person(person) => {
                self.people.insert(person.id, person.clone());
            }
            Record::Cycle(cycle) => {
                self.cycles.insert(cycle.id, cycle.clone());
            }
            Record::Objective(objective) => {
                self.insert_objective(objective.clone());
                self.recompute(objective.id.into());
                self.attach(objective.id.into(), objective.parent, effects);
            }
            Record::KeyResult(key_result) => {
                self.insert_key_result(key_result.clone());
                self.recompute(key_result.id.into());
                self.attach(key_result.id.into(), Some(key_result.objective.into()), effects);
            }
            Record::CheckIn(check_in) => {
                self.change_check_ins(check_in, effects, |workspace| workspace.insert_check_in(check_in.clone()))
            }
            Record::Initiative(initiative) => {
                self.insert_initiative(initiative.clone());
                effects.touch(initiative.key_result.into());
            }
            Record::Comment(comment) => {
                self.insert_comment(comment.clone());
                effects.touch(comment.node);
            }
            Record::Kpi(kpi) => {
                self.kpis.insert(kpi.id, KpiNode { kpi: kpi.clone(), readings: Vec::new() });
            }
            Record::KpiReading(reading) => {
                if let Some(node) = self.kpis.get_mut(&reading.kpi) {
                    node.readings.push(reading.clone());
                }
            }
            Record::View(view) => {
                self.views.insert(view.id, view.clone());
                effects.structure = true;
            }
        }
    }

    fn remove(&mut self, record: &Record, effects: &mut Effects) {
        match record {
            Record::Team(team) => {
                self.teams.remove(&team.id);
            }
            Record::Person(person) => {
                self.people.remove(&person.id);
            }
            Record::Cycle(cycle) => {
                self.cycles.remove(&cycle.id);
            }
            Record::Objective(objective) => {
                self.detach(objective.id.into(), objective.parent, effects);
                self.objectives.remove(&objective.id);
                self.forget_table_id(objective.table_id.as_deref());
            }
            Record::KeyResult(key_result) => {
                self.detach(key_result.id.into(), Some(key_result.objective.into()), effects);
                self.key_results.remove(&key_result.id);
                self.disown(key_result);
                self.forget_table_id(key_result.table_id.as_deref());
            }
            Record::CheckIn(check_in) => self.change_check_ins(check_in, effects, |workspace| {
                workspace.check_ins.remove(&check_in.id);
                if let Some(node) = workspace.key_results.get_mut(&check_in.key_result) {
                    node.check_ins.retain(|other| other.id != check_in.id);
                }
            }),
            Record::Initiative(initiative) => {
                self.initiatives.remove(&initiative.id);
                if let Some(node) = self.key_results.get_mut(&initiative.key_result) {
                    unlist(&mut node.initiatives, initiative.id);
                }
                effects.touch(initiative.key_result.into());
            }
            Record::Comment(comment) => {
                self.remove_comment(comment);
                effects.touch(comment.node);
            }
            Record::Kpi(kpi) => {
                self.kpis.remove(&kpi.id);
            }
            Record::KpiReading(reading) => {
                if let Some(node) = self.kpis.get_mut(&reading.kpi) {
                    node.readings.retain(|other| other.id != reading.id);
                }
            }
            Record::View(view) => {
                self.views.remove(&view.id);
                effects.structure = true;
            }
        }
    }

    fn edit(&mut self, edit: &Edit, effects: &mut Effects) {
        match edit {
            Edit::Settings(fields) => {
                self.settings.set(&fields.is);
                effects.structure = true;
            }
            Edit::Team(id, fields) => {
                if let Some(team) = self.teams.get_mut(id) {
                    team.set(&fields.is);
                    effects.structure = true;
                    self.refresh_shares();
                }
            }
            Edit::Person(id, fields) => {
                if let Some(person) = self.people.get_mut(id) {
                    person.set(&fields.is);
                    effects.structure = true;
                }
            }
            Edit::Cycle(id, fields) => {
                if let Some(cycle) = self.cycles.get_mut(id) {
                    cycle.set(&fields.is);
                    effects.structure = true;
                    self.refresh_shares();
                }
            }
            Edit::Objective(id, fields) => self.edit_objective(*id, &fields.is, effects),
            Edit::KeyResult(id, fields) => self.edit_key_result(*id, &fields.is, effects),
            Edit::Initiative(id, fields) => {
                if let Some(initiative) = self.initiatives.get_mut(id) {
                    initiative.set(&fields.is);
                    effects.touch(initiative.key_result.into());
                }
            }
            Edit::Kpi(id, fields) => {
                if let Some(node) = self.kpis.get_mut(id) {
                    node.kpi.set(&fields.is);
                }
            }
            Edit::View(id, fields) => {
                if let Some(view) = self.views.get_mut(id) {
                    view.set(&fields.is);
                    effects.structure = true;
                }
            }
        }
    }

    fn edit_objective(&mut self, id: ObjectiveId, field: &ObjectiveField, effects: &mut Effects) {
        let node = NodeId::from(id);
        let before = self.contribution(node);
        let Some(old_parent) = self.objectives.get(&id).map(|node| node.objective.parent) else {
            return;
        };
        match field {
            ObjectiveField::Parent(parent) => {
                self.detach(node, old_parent, effects);
                self.set_objective(id, field);
                self.attach(node, *parent, effects);
            }
            ObjectiveField::Rank(_) => {
                self.unlink(node, old_parent);
                self.set_objective(id, field);
                self.link(node, old_parent);
                effects.touch(node);
            }
            ObjectiveField::Counts(_) => {
                self.set_objective(id, field);
                self.tally_again(node);
                self.refresh_from(node, before, effects);
            }
            ObjectiveField::Teams(_) | ObjectiveField::Cycle(_) => {
                self.set_objective(id, field);
                effects.touch(node);
                for key_result in self.objectives.get(&id).map(|node| node.key_results.clone()).unwrap_or_default() {
                    let before = self.contribution(key_result.into());
                    self.refresh_from(key_result.into(), before, effects);
                }
            }
            _ => {
                self.set_objective(id, field);
                self.refresh_from(node, before, effects);
            }
        }
        // A state decides whether the rows below have a pace.
        effects.structure |= matches!(
            field,
            ObjectiveField::State(_) | ObjectiveField::Cycle(_) | ObjectiveField::Company(_) | ObjectiveField::Rank(_)
        );
    }

    fn set_objective(&mut self, id: ObjectiveId, field: &ObjectiveField) {
        if let Some(node) = self.objectives.get_mut(&id) {
            node.objective.set(field);
        }
    }

    fn edit_key_result(&mut self, id: KeyResultId, field: &KeyResultField, effects: &mut Effects) {
        let before = self.contribution(id.into());
        match field {
            KeyResultField::Rank(_) => return self.rank_key_result(id, field, effects),
            KeyResultField::Owner(_) => return self.hand_over(id, field, effects),
            _ => {}
        }
        let Some(node) = self.key_results.get_mut(&id) else {
            return;
        };
        node.key_result.set(field);
        if node.incomplete && matches!(field, KeyResultField::Measure(_)) {
            // Earlier check-ins may fit the new measure.
            effects.incomplete.push(id);
        }
        if matches!(field, KeyResultField::DrivenBy(_)) {
            self.tally_again(id.into());
        }
        self.refresh_from(id.into(), before, effects);
    }

    fn hand_over(&mut self, id: KeyResultId, field: &KeyResultField, effects: &mut Effects) {
        let Some(mut key_result) = self.key_results.get(&id).map(|node| node.key_result.clone()) else { return };
        self.disown(&key_result);
        key_result.set(field);
        self.own(&key_result);
        if let Some(node) = self.key_results.get_mut(&id) {
            node.key_result = key_result;
        }
        effects.touch(id.into());
    }

    fn rank_key_result(&mut self, id: KeyResultId, field: &KeyResultField, effects: &mut Effects) {
        let parent = self.parent(id.into());
        self.unlink(id.into(), parent);
        if let Some(node) = self.key_results.get_mut(&id) {
            node.key_result.set(field);
            self.link(id.into(), parent);
            effects.touch(id.into());
            effects.structure = true;
        }
    }

    fn change_check_ins(&mut self, check_in: &CheckIn, effects: &mut Effects, change: impl FnOnce(&mut Self)) {
        let id = check_in.key_result;
        let before = self.contribution(id.into());
        let Some(node) = self.key_results.get(&id) else {
            return;
        };
        let is_held = |id| node.check_ins.iter().any(|held| held.id == id);
        // Taking one away, or replacing one, may bring to light an earlier one.
        let uncovers = is_held(check_in.id) || check_in.replaces.is_some();
        if node.incomplete && uncovers {
            effects.incomplete.push(id);
        }
        change(self);
        self.refresh_from(id.into(), before, effects);
    }

    pub(super) fn insert_objective(&mut self, objective: Objective) {
        if let Some(table_id) = &objective.table_id {
            self.table_ids.insert(table_id.clone(), objective.id.into());
        }
        let node = ObjectiveNode { objective, key_results: Vec::new(), aligned: Vec::new(), rollup: Rollup::default() };
        self.objectives.insert(node.objective.id, node);
    }

    pub(super) fn insert_key_result(&mut self, key_result: KeyResult) {
        if let Some(table_id) = &key_result.table_id {
            self.table_ids.insert(table_id.clone(), key_result.id.into());
        }
        self.own(&key_result);
        let node = KeyResultNode {
            key_result,
            check_ins: Vec::new(),
            incomplete: false,
            aligned: Vec::new(),
            initiatives: Vec::new(),
            rollup: Rollup::default(),
            current: None,
        };
        self.key_results.insert(node.key_result.id, node);
    }

    fn own(&mut self, key_result: &KeyResult) {
        if let Some(owner) = key_result.owner {
            self.owned.entry(owner).or_default().insert(key_result.id);
        }
    }

    fn disown(&mut self, key_result: &KeyResult) {
        if let Some(owner) = key_result.owner
            && let Some(owned) = self.owned.get_mut(&owner)
        {
            owned.remove(&key_result.id);
            if owned.is_empty() {
                self.owned.remove(&owner);
            }
        }
    }

    pub(super) fn insert_check_in(&mut self, check_in: CheckIn) {
        if let Some(node) = self.key_results.get_mut(&check_in.key_result) {
            self.check_ins.insert(check_in.id, check_in.key_result);
            node.check_ins.push(check_in);
        }
    }

    pub(super) fn insert_initiative(&mut self, initiative: Initiative) {
        if let Some(node) = self.key_results.get_mut(&initiative.key_result) {
            list(&mut node.initiatives, initiative.id, |id| id);
            self.initiatives.insert(initiative.id, initiative);
        }
    }

    /// Comments stand in the order of their saying, whatever the order in which they arrive.
    pub(super) fn insert_comment(&mut self, comment: Comment) {
        let comments = self.comments.entry(comment.node).or_default();
        let place = comments.partition_point(|other| (other.at, other.id) < (comment.at, comment.id));
        comments.insert(place, comment);
    }

    fn remove_comment(&mut self, comment: &Comment) {
        if let Some(comments) = self.comments.get_mut(&comment.node) {
            comments.retain(|other| other.id != comment.id);
            if comments.is_empty() {
                self.comments.remove(&comment.node);
            }
        }
    }

    fn forget_table_id(&mut self, table_id: Option<&str>) {
        if let Some(table_id) = table_id {
            self.table_ids.remove(table_id);
        }
    }
}
