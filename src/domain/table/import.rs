//! From a table to the commands that make a workspace what the table says, or to everything that is wrong with it.
//!
//! The commands stand in an order in which each may be carried out: people, teams and cycles; closed objectives that
//! something changes in are reopened; objectives and key results from the roots down; support links; check-ins; and
//! last the states that freeze numbers, from the leaves up.

mod check_ins;
mod directory;
mod place;
mod states;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use self::directory::Directory;
use self::place::Places;
use super::measure::{MeasureCells, missing_measure};
use super::row::{KeyResultRow, ObjectiveRow, Row, RowThing};
use super::{Column, Defect, Defects, Table};
use crate::domain::change::{Edit, Record, Replaced};
use crate::domain::command::Command;
use crate::domain::cycle::Span;
use crate::domain::ids::{CycleId, KeyResultId, NodeId, ObjectiveId};
use crate::domain::measure::Measure;
use crate::domain::okr::{KeyResult, KeyResultField, Objective, ObjectiveField, State};
use crate::domain::workspace::Workspace;

/// The cell that says: no cycle, whatever the objective above has.
pub(super) const NO_CYCLE: &str = "none";

/// When and where an import happens.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a, Zone> {
    /// The time.
    pub now: DateTime<Utc>,
    /// The day of the import, which `current` is dated with.
    pub today: NaiveDate,
    /// The workspace's time zone.
    pub zone: &'a Zone,
}

/// What an import does.
#[derive(Debug, Default)]
pub struct Import {
    /// What is to be carried out, all of it or nothing; empty where the workspace is as the table says.
    pub commands: Vec<Command>,
    /// What a person should know, though nothing is wrong.
    pub warnings: Vec<String>,
    /// What the commands amount to.
    pub summary: Summary,
}

/// How many of each there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Objectives.
    pub objectives: Counts,
    /// Key results.
    pub key_results: Counts,
    /// Check-ins, `current` of key results among them.
    pub check_ins: Counts,
    /// New teams.
    pub teams: usize,
    /// New people.
    pub people: usize,
    /// New cycles.
    pub cycles: usize,
}

/// How many things of one kind are new, other than they were, and as they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Made by the import.
    pub added: usize,
    /// Known, and changed by it.
    pub changed: usize,
    /// Known, and as the table says.
    pub unchanged: usize,
}

impl Counts {
    fn count(&mut self, new: bool, changed: bool) {
        match (new, changed) {
            (true, _) => self.added += 1,
            (false, true) => self.changed += 1,
            (false, false) => self.unchanged += 1,
        }
    }
}

/// Plans the import of a table. `cycle_days` gives days to cycles by name; ids from `new_id` must rise, since
/// siblings stand in the order of their ids.
///
/// # Errors
/// Everything that is wrong with the table, in the order of its rows.
pub fn import<Zone: TimeZone>(
    table: Table,
    workspace: &Workspace,
    moment: &Moment<'_, Zone>,
    cycle_days: &BTreeMap<String, Span>,
    new_id: &mut dyn FnMut() -> Uuid,
) -> Result<Import, Vec<Defect>> {
    let Table { rows, mut defects, warnings } = table;
    let places = Places::find(&rows, workspace, new_id, &mut defects);
    let mut plan = Plan {
        workspace,
        moment,
        directory: Directory::new(workspace, moment.today, cycle_days),
        rows: &rows,
        places,
        defects,
        new_id,
        nodes: Vec::new(),
        links: Vec::new(),
        check_ins: Vec::new(),
        states: FxHashMap::default(),
        touched: FxHashSet::default(),
        measures: FxHashMap::default(),
        cycles: FxHashMap::default(),
        summary: Summary::default(),
        warnings,
    };
    plan.plan_nodes();
    plan.plan_check_ins();
    plan.finish()
}

struct Plan<'a, Zone> {
    workspace: &'a Workspace,
    moment: &'a Moment<'a, Zone>,
    directory: Directory<'a>,
    rows: &'a [Row],
    places: Places<'a>,
    defects: Defects,
    new_id: &'a mut dyn FnMut() -> Uuid,
    nodes: Vec<Command>,
    links: Vec<Command>,
    check_ins: Vec<Command>,
    /// What objectives of the table shall be in the end.
    states: FxHashMap<ObjectiveId, State>,
    /// Objectives in which something changes, so that they must be open meanwhile.
    touched: FxHashSet<ObjectiveId>,
    /// How the key results of the table are measured.
    measures: FxHashMap<KeyResultId, Measure>,
    /// The cycles of the objectives of the table.
    cycles: FxHashMap<ObjectiveId, Option<CycleId>>,
    summary: Summary,
    warnings: Vec<String>,
}

impl<'a, Zone: TimeZone> Plan<'a, Zone> {
    /// Objectives and key results, parents before children.
    fn plan_nodes(&mut self) {
        for place in std::mem::take(&mut self.places.order) {
            let rows: &'a [Row] = self.rows;
            let Some(row) = rows.get(place) else { continue };
            match (&row.thing, self.places.node(place)) {
                (RowThing::Objective(cells), Some(NodeId::Objective(id))) => self.plan_objective(row, cells, id),
                (RowThing::KeyResult(cells), Some(NodeId::KeyResult(id))) => self.plan_key_result(row, cells, id),
                _ => {}
            }
        }
    }

    fn plan_objective(&mut self, row: &'a Row, cells: &'a ObjectiveRow, id: ObjectiveId) {
        let known = self.workspace.objective(id).map(|node| &node.objective);
        let parent = self.places.parent(self.workspace, id.into());
        if known.is_none() && cells.title.is_none() {
            self.defects.cell(row.number, Column::Title, MISSING);
        }
        let mut wanted = known.cloned().unwrap_or_else(|| new_objective(id, &row.id));
        wanted.parent = parent;
        set(&mut wanted.title, &cells.title);
        set(&mut wanted.description, &cells.description);
        set(&mut wanted.stance, &cells.stance);
        set(&mut wanted.weight, &cells.weight);
        set(&mut wanted.counts, &cells.counts);
        if let Some(teams) = &cells.teams {
            wanted.teams = teams.iter().map(|name| self.directory.team(name, self.new_id)).collect();
        }
        if let Some(owner) = &cells.owner {
            wanted.owner = self.directory.person(owner, wanted.owner, self.new_id);
        }
        wanted.cycle = match cells.cycle.as_deref() {
            None if known.is_some() => wanted.cycle,
            None | Some("") => parent.and_then(|parent| self.cycle_of(parent)),
            Some(NO_CYCLE) => None,
            Some(name) => Some(self.directory.cycle(name, self.new_id)),
        };
        self.cycles.insert(id, wanted.cycle);
        wanted.company = match cells.company {
            Some(Some(company)) => company,
            None if known.is_some() => wanted.company,
            None | Some(None) => parent.is_none() && self.places.has_aligned(id),
        };
        if let Some(supports) = &cells.supports {
            wanted.supports = supports.iter().filter_map(|other| self.supported(row, id, other)).collect();
        }
        wanted.state = cells.state.unwrap_or(wanted.state);
        self.emit_objective(known, wanted);
    }

    fn emit_objective(&mut self, known: Option<&Objective>, wanted: Objective) {
        let id = wanted.id;
        let is = known.map_or(State::default(), |known| known.state);
        self.states.insert(id, wanted.state);
        let mut changed = wanted.state != is;
        match known {
            None => {
                let state = if wanted.state.is_open() { wanted.state } else { State::default() };
                if !wanted.supports.is_empty() {
                    let (was, is) =
                        (ObjectiveField::Supports(Vec::new()), ObjectiveField::Supports(wanted.supports.clone()));
                    self.links.push(Command::Edit(Edit::Objective(id, Replaced { was, is })));
                }
                self.touch_parent(wanted.parent);
                let bare = Objective { supports: Vec::new(), state, ..wanted };
                self.nodes.push(Command::Add(Record::Objective(bare)));
            }
            Some(known) => {
                for is in objective_fields(&wanted) {
                    let was = known.get(&is);
                    if was == is {
                        continue;
                    }
                    changed = true;
                    self.touched.insert(id);
                    let is_link = matches!(is, ObjectiveField::Supports(_));
                    if matches!(is, ObjectiveField::Parent(_)) {
                        self.touch_parent(wanted.parent);
                    }
                    let edit = Command::Edit(Edit::Objective(id, Replaced { was, is }));
                    if is_link { self.links.push(edit) } else { self.nodes.push(edit) }
                }
            }
        }
        self.summary.objectives.count(known.is_none(), changed);
    }

    fn touch_parent(&mut self, parent: Option<NodeId>) {
        if let Some(objective) = parent.and_then(|parent| self.objective_of(parent)) {
            self.touched.insert(objective);
        }
    }

    fn plan_key_result(&mut self, row: &'a Row, cells: &'a KeyResultRow, id: KeyResultId) {
        let known = self.workspace.key_result(id).map(|node| &node.key_result);
        let Some(NodeId::Objective(objective)) = self.places.parent(self.workspace, id.into()) else {
            return;
        };
        if known.is_none() && cells.title.is_none() {
            self.defects.cell(row.number, Column::Title, MISSING);
        }
        if known.is_some_and(|known| known.objective != objective) {
            self.defects.cell(
                row.number,
                Column::Parent,
                "a key result stays with its objective; give it a new id to move it",
            );
        }
        let Some(measure) = self.measure(row, &cells.measure, known.map(|known| &known.measure)) else {
            return;
        };
        self.measures.insert(id, measure.clone());
        let mut wanted = known.cloned().unwrap_or_else(|| new_key_result(id, &row.id, objective, measure.clone()));
        wanted.measure = measure;
        set(&mut wanted.title, &cells.title);
        set(&mut wanted.description, &cells.description);
        set(&mut wanted.unit, &cells.unit);
        set(&mut wanted.weight, &cells.weight);
        set(&mut wanted.driven_by, &cells.driven_by);
        match cells.team.as_deref() {
            None => {}
            Some("") => wanted.team = None,
            Some(name) => wanted.team = Some(self.directory.team(name, self.new_id)),
        }
        if let Some(owner) = &cells.owner {
            wanted.owner = self.directory.person(owner, wanted.owner, self.new_id);
        }
        self.emit_key_result(known, wanted);
    }

    fn emit_key_result(&mut self, known: Option<&KeyResult>, wanted: KeyResult) {
        let (id, objective) = (wanted.id, wanted.objective);
        let before = self.nodes.len();
        match known {
            None => self.nodes.push(Command::Add(Record::KeyResult(wanted))),
            Some(known) => {
                let fields = key_result_fields(&wanted).into_iter().map(|is| Replaced { was: known.get(&is), is });
                let edits = fields.filter(|fields| fields.was != fields.is);
                self.nodes.extend(edits.map(|fields| Command::Edit(Edit::KeyResult(id, fields))));
            }
        }
        let changed = self.nodes.len() > before;
        if changed {
            self.touched.insert(objective);
        }
        self.summary.key_results.count(known.is_none(), changed);
    }

    fn measure(&mut self, row: &Row, cells: &MeasureCells, known: Option<&Measure>) -> Option<Measure> {
        if cells.measure.is_none() && known.is_none() {
            self.defects.cell(row.number, Column::Measure, missing_measure());
            return None;
        }
        let built = cells.clone().build(known);
        built.map_err(|(column, message)| self.defects.cell(row.number, column, message)).ok()
    }

    fn supported(&mut self, row: &Row, id: ObjectiveId, other: &str) -> Option<ObjectiveId> {
        match self.places.look_up(self.workspace, other) {
            Some(NodeId::Objective(supported)) if supported == id => {
                self.defects.cell(row.number, Column::Supports, "an objective cannot support itself");
                None
            }
            Some(NodeId::Objective(supported)) => Some(supported),
            Some(NodeId::KeyResult(_)) | None => {
                let message = format!("there is no objective {}", super::cell::quoted(other));
                self.defects.cell(row.number, Column::Supports, message);
                None
            }
        }
    }

    fn objective_of(&self, node: NodeId) -> Option<ObjectiveId> {
        match node {
            NodeId::Objective(id) => Some(id),
            NodeId::KeyResult(_) => match self.places.parent(self.workspace, node) {
                Some(NodeId::Objective(id)) => Some(id),
                _ => None,
            },
        }
    }

    fn cycle_of(&self, node: NodeId) -> Option<CycleId> {
        let id = self.objective_of(node)?;
        match self.cycles.get(&id) {
            Some(cycle) => *cycle,
            None => self.workspace.objective(id)?.objective.cycle,
        }
    }

    fn finish(mut self) -> Result<Import, Vec<Defect>> {
        if !self.defects.list.is_empty() {
            return Err(self.defects.into_sorted());
        }
        let (reopened, last) = self.plan_states();
        let Directory { commands: mut all, warnings, teams, people, cycles, .. } = self.directory;
        self.summary = Summary { teams, people, cycles, ..self.summary };
        self.warnings.extend(warnings);
        for commands in [reopened, self.nodes, self.links, self.check_ins, last] {
            all.extend(commands);
        }
        Ok(Import { commands: all, warnings: self.warnings, summary: self.summary })
    }
}

const MISSING: &str = "this is empty, and must not be";

fn set<T: Clone>(field: &mut T, cell: &Option<T>) {
    if let Some(value) = cell {
        field.clone_from(value);
    }
}

fn new_objective(id: ObjectiveId, table_id: &str) -> Objective {
    Objective {
        id,
        table_id: Some(table_id.to_owned()),
        title: String::new(),
        description: String::new(),
        owner: None,
        teams: Vec::new(),
        cycle: None,
        parent: None,
        rank: Default::default(),
        company: false,
        supports: Vec::new(),
        stance: Default::default(),
        state: State::default(),
        weight: Default::default(),
        counts: Default::default(),
        closing: None,
    }
}

fn new_key_result(id: KeyResultId, table_id: &str, objective: ObjectiveId, measure: Measure) -> KeyResult {
    KeyResult {
        id,
        table_id: Some(table_id.to_owned()),
        objective,
        title: String::new(),
        description: String::new(),
        owner: None,
        team: None,
        measure,
        unit: String::new(),
        weight: Default::default(),
        rank: Default::default(),
        driven_by: Default::default(),
        closing: None,
    }
}

/// What a table can change of an objective, besides its state.
fn objective_fields(objective: &Objective) -> [ObjectiveField; 11] {
    [
        ObjectiveField::Parent(objective.parent),
        ObjectiveField::Title(objective.title.clone()),
        ObjectiveField::Description(objective.description.clone()),
        ObjectiveField::Owner(objective.owner),
        ObjectiveField::Teams(objective.teams.clone()),
        ObjectiveField::Cycle(objective.cycle),
        ObjectiveField::Company(objective.company),
        ObjectiveField::Stance(objective.stance),
        ObjectiveField::Weight(objective.weight),
        ObjectiveField::Counts(objective.counts),
        ObjectiveField::Supports(objective.supports.clone()),
    ]
}

/// What a table can change of a key result.
fn key_result_fields(key_result: &KeyResult) -> [KeyResultField; 8] {
    [
        KeyResultField::Title(key_result.title.clone()),
        KeyResultField::Description(key_result.description.clone()),
        KeyResultField::Owner(key_result.owner),
        KeyResultField::Team(key_result.team),
        KeyResultField::Measure(key_result.measure.clone()),
        KeyResultField::Unit(key_result.unit.clone()),
        KeyResultField::Weight(key_result.weight),
        KeyResultField::DrivenBy(key_result.driven_by),
    ]
}
