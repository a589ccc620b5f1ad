//! The table of a workspace: every objective, key result and check-in that is not replaced by another.
//!
//! What a table has no column for stays behind: replaced check-ins, those that do not fit the measure any more, who
//! checked in, initiatives, KPIs, scores and lessons, the days of cycles and the cadence of teams. A back-up has it all.

use std::io::Write;

use chrono::TimeZone;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Column;
use super::cell::guarded;
use super::import::NO_CYCLE;
use super::measure::{MeasureCells, write_value};
use super::row::hold_name;
use super::when::written;
use crate::domain::decide::is_email;
use crate::domain::ids::{NodeId, ObjectiveId, PersonId};
use crate::domain::measure::HoldCounting;
use crate::domain::okr::{CheckIn, KeyResult, Objective};
use crate::domain::workspace::{KeyResultNode, Workspace};

/// Writes the table as CSV (RFC 4180), from the roots down, each key result before its check-ins. Text that a
/// spreadsheet would run as a formula gets an apostrophe, which reading takes away again.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(workspace: &Workspace, zone: &impl TimeZone, out: impl Write) -> Result<(), csv::Error> {
    let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    file.write_record(Column::ALL.map(Column::name))?;
    let mut people: FxHashMap<&str, usize> = FxHashMap::default();
    for person in workspace.people() {
        *people.entry(&person.name).or_default() += 1;
    }
    let writer = Writer { workspace, zone, people };
    for node in workspace.in_tree_order() {
        match node {
            NodeId::Objective(id) => {
                if let Some(node) = workspace.objective(id) {
                    file.write_record(&writer.objective(&node.objective).0)?;
                }
            }
            NodeId::KeyResult(id) => {
                if let Some(node) = workspace.key_result(id) {
                    file.write_record(&writer.key_result(&node.key_result).0)?;
                    for row in writer.check_ins(node) {
                        file.write_record(&row.0)?;
                    }
                }
            }
        }
    }
    file.flush()?;
    Ok(())
}

/// The cells of a row, in the order of [`Column::ALL`].
struct Cells([String; Column::ALL.len()]);

impl Cells {
    fn new(kind: &str, id: String, parent: Option<String>) -> Self {
        let mut cells = Self(Default::default());
        cells.set(Column::Kind, kind);
        cells.set(Column::Id, &id);
        cells.set(Column::Parent, &parent.unwrap_or_default());
        cells
    }

    fn set(&mut self, column: Column, text: &str) {
        let text = if column.is_text() { guarded(text) } else { text.into() };
        self.0[column as usize] = text.into_owned();
    }
}

struct Writer<'a, Zone> {
    workspace: &'a Workspace,
    zone: &'a Zone,
    /// How many people have a name.
    people: FxHashMap<&'a str, usize>,
}

impl<Zone: TimeZone> Writer<'_, Zone> {
    fn objective(&self, objective: &Objective) -> Cells {
        let name = |id| self.workspace.table_name(id);
        let id = name(objective.id.into());
        let mut cells = Cells::new("objective", id, objective.parent.map(name));
        cells.set(Column::Title, &objective.title);
        cells.set(Column::Description, &objective.description);
        let teams = objective.teams.iter().filter_map(|id| self.workspace.team(*id));
        cells.set(Column::Team, &teams.map(|team| team.name.as_str()).collect::<Vec<_>>().join("\n"));
        cells.set(Column::Owner, self.owner(objective.owner));
        cells.set(Column::Cycle, self.cycle(objective));
        cells.set(Column::Stance, objective.stance.name());
        cells.set(Column::State, objective.state.name());
        cells.set(Column::Weight, &objective.weight.get().to_string());
        cells.set(Column::Counts, objective.counts.name());
        cells.set(Column::Company, if objective.company { "yes" } else { "no" });
        let supports = objective.supports.iter().map(|id: &ObjectiveId| name((*id).into()));
        cells.set(Column::Supports, &supports.collect::<Vec<_>>().join("\n"));
        cells
    }

    fn cycle(&self, objective: &Objective) -> &str {
        if let Some(cycle) = objective.cycle.and_then(|id| self.workspace.cycle(id)) {
            return &cycle.name;
        }
        let above = objective.parent.and_then(|parent| self.workspace.objective_of(parent)?.cycle);
        if above.is_some() { NO_CYCLE } else { "" }
    }

    fn owner(&self, owner: Option<PersonId>) -> &str {
        let Some(person) = owner.and_then(|id| self.workspace.person(id)) else {
            return "";
        };
        let tells = self.people.get(person.name.as_str()) == Some(&1) && !is_email(&person.name);
        if tells { &person.name } else { person.email.as_ref().unwrap_or(&person.name) }
    }

    fn key_result(&self, key_result: &KeyResult) -> Cells {
        let name = |id| self.workspace.table_name(id);
        let id = name(key_result.id.into());
        let mut cells = Cells::new("key_result", id, Some(name(key_result.objective.into())));
        cells.set(Column::Title, &key_result.title);
        cells.set(Column::Description, &key_result.description);
        let team = key_result.team.and_then(|id| self.workspace.team(id));
        cells.set(Column::Team, team.map_or("", |team| &team.name));
        cells.set(Column::Owner, self.owner(key_result.owner));
        cells.set(Column::Unit, &key_result.unit);
        cells.set(Column::Weight, &key_result.weight.get().to_string());
        cells.set(Column::DrivenBy, key_result.driven_by.name());
        cells.measure(MeasureCells::of(&key_result.measure));
        cells
    }

    fn check_ins(&self, node: &KeyResultNode) -> impl Iterator<Item = Cells> {
        let replaced: FxHashSet<_> = node.check_ins.iter().filter_map(|check_in| check_in.replaces).collect();
        let valid = node.check_ins.iter().filter(move |check_in| !replaced.contains(&check_in.id));
        valid.filter_map(|check_in| self.check_in(&node.key_result, check_in))
    }

    fn check_in(&self, key_result: &KeyResult, check_in: &CheckIn) -> Option<Cells> {
        let (current, steps) = write_value(&key_result.measure, &check_in.value)?;
        let id = check_in.table_id.clone().unwrap_or_else(|| check_in.id.to_string());
        let mut cells = Cells::new("check_in", id, Some(self.workspace.table_name(key_result.id.into())));
        cells.set(Column::Current, &current);
        cells.set(Column::Steps, &steps);
        if let Some(confidence) = check_in.confidence {
            cells.set(Column::Confidence, &confidence.get().to_string());
        }
        cells.set(Column::Date, &written(check_in.at, self.zone));
        cells.set(Column::Note, &check_in.note);
        Some(cells)
    }
}

impl Cells {
    fn measure(&mut self, measure: MeasureCells) {
        self.set(Column::Measure, measure.measure.unwrap_or_default());
        for (column, number) in [(Column::Baseline, measure.baseline), (Column::Target, measure.target)] {
            if let Some(number) = number.flatten() {
                self.set(column, &number.to_string());
            }
        }
        self.set(Column::Grades, measure.grades.as_deref().unwrap_or_default());
        self.set(Column::Steps, measure.steps.as_deref().unwrap_or_default());
        if let Some(counting @ HoldCounting::Share) = measure.hold {
            self.set(Column::Hold, hold_name(counting));
        }
    }
}
