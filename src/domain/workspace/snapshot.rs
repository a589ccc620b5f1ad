//! A whole workspace, to be stored or sent.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{KpiNode, Workspace};
use crate::domain::cycle::Cycle;
use crate::domain::day::Day;
use crate::domain::ids::{KeyResultId, WorkspaceId};
use crate::domain::kpi::{Kpi, KpiReading};
use crate::domain::okr::{CheckIn, Comment, Initiative, KeyResult, Objective};
use crate::domain::people::{Person, Team};
use crate::domain::settings::Settings;
use crate::domain::view::View;

/// How much of the check-ins a [`Snapshot`] holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// All of them.
    Full,
    /// For each key result those that its numbers need.
    Current,
}

/// A whole workspace, to be stored or sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The workspace.
    pub id: WorkspaceId,
    /// The day it is.
    pub today: Day,
    /// Whether it is how things were on that day, seen from a later one.
    pub past: bool,
    /// The settings.
    pub settings: Settings,
    /// All teams.
    pub teams: Vec<Team>,
    /// All people.
    pub people: Vec<Person>,
    /// All cycles.
    pub cycles: Vec<Cycle>,
    /// All objectives.
    pub objectives: Vec<Objective>,
    /// All key results.
    pub key_results: Vec<KeyResult>,
    /// Check-ins in the order of their recording.
    pub check_ins: Vec<CheckIn>,
    /// The key results of which earlier check-ins were left out.
    pub incomplete: Vec<KeyResultId>,
    /// All initiatives.
    pub initiatives: Vec<Initiative>,
    /// All KPIs.
    pub kpis: Vec<Kpi>,
    /// All readings of KPIs, in the order of their recording.
    pub kpi_readings: Vec<KpiReading>,
    /// What was said about nodes, in the order of its saying.
    pub comments: Vec<Comment>,
    /// All saved views.
    pub views: Vec<View>,
}

impl Snapshot {
    /// Nothing in it yet.
    #[must_use]
    pub fn empty(id: WorkspaceId, today: impl Into<Day>) -> Self {
        Self {
            id,
            today: today.into(),
            past: false,
            settings: Settings::default(),
            teams: Vec::new(),
            people: Vec::new(),
            cycles: Vec::new(),
            objectives: Vec::new(),
            key_results: Vec::new(),
            check_ins: Vec::new(),
            incomplete: Vec::new(),
            initiatives: Vec::new(),
            kpis: Vec::new(),
            kpi_readings: Vec::new(),
            comments: Vec::new(),
            views: Vec::new(),
        }
    }
}

impl Workspace {
    /// A workspace with nothing in it.
    #[must_use]
    pub fn empty(id: WorkspaceId, today: impl Into<Day>) -> Self {
        Self::from_snapshot(Snapshot::empty(id, today))
    }

    /// The workspace of a snapshot, with every number computed from the ground up. What names something that is not
    /// in the snapshot is left out.
    #[must_use]
    pub fn from_snapshot(snapshot: Snapshot) -> Self {
        let mut workspace = Self {
            id: snapshot.id,
            settings: snapshot.settings,
            today: snapshot.today,
            past: snapshot.past,
            teams: snapshot.teams.into_iter().map(|team| (team.id, team)).collect(),
            people: snapshot.people.into_iter().map(|person| (person.id, person)).collect(),
            cycles: snapshot.cycles.into_iter().map(|cycle| (cycle.id, cycle)).collect(),
            objectives: FxHashMap::default(),
            key_results: FxHashMap::default(),
            roots: Vec::new(),
            owned: BTreeMap::new(),
            table_ids: FxHashMap::default(),
            check_ins: FxHashMap::default(),
            initiatives: BTreeMap::new(),
            comments: FxHashMap::default(),
            kpis: snapshot.kpis.into_iter().map(|kpi| (kpi.id, KpiNode { kpi, readings: Vec::new() })).collect(),
            views: snapshot.views.into_iter().map(|view| (view.id, view)).collect(),
        };
        for objective in snapshot.objectives {
            workspace.insert_objective(objective);
        }
        for key_result in snapshot.key_results {
            workspace.insert_key_result(key_result);
        }
        for check_in in snapshot.check_ins {
            workspace.insert_check_in(check_in);
        }
        for id in snapshot.incomplete {
            if let Some(node) = workspace.key_results.get_mut(&id) {
                node.incomplete = true;
            }
        }
        for initiative in snapshot.initiatives {
            workspace.insert_initiative(initiative);
        }
        for comment in snapshot.comments {
            workspace.insert_comment(comment);
        }
        for reading in snapshot.kpi_readings {
            if let Some(node) = workspace.kpis.get_mut(&reading.kpi) {
                node.readings.push(reading);
            }
        }
        workspace.list_children();
        workspace.roll_up_everything();
        workspace
    }

    /// Everything that is here, in an order that depends on nothing but what is here.
    #[must_use]
    pub fn snapshot(&self, history: History) -> Snapshot {
        let mut objectives: Vec<_> = self.objectives.values().map(|node| node.objective.clone()).collect();
        objectives.sort_by_key(|objective| objective.id);
        let mut nodes: Vec<_> = self.key_results.values().collect();
        nodes.sort_by_key(|node| node.key_result.id);
        let mut comments: Vec<_> = self.comments.values().flatten().cloned().collect();
        comments.sort_by_key(|comment| (comment.at, comment.id));
        let mut snapshot = Snapshot {
            comments,
            past: self.past,
            settings: self.settings.clone(),
            teams: self.teams.values().cloned().collect(),
            people: self.people.values().cloned().collect(),
            cycles: self.cycles.values().cloned().collect(),
            objectives,
            initiatives: self.initiatives.values().cloned().collect(),
            kpis: self.kpis.values().map(|node| node.kpi.clone()).collect(),
            kpi_readings: self.kpis.values().flat_map(|node| node.readings.iter().cloned()).collect(),
            views: self.views.values().cloned().collect(),
            ..Snapshot::empty(self.id, self.today)
        };
        for node in nodes {
            snapshot.key_results.push(node.key_result.clone());
            if history == History::Full || node.key_result.measure.counts_share() {
                snapshot.check_ins.extend(node.check_ins.iter().cloned());
            } else {
                let (current, latest) = (node.current(), node.valid_check_ins().last().copied());
                // What was said of another measure gives no number any more, but tells that it is not due.
                let other = latest.filter(|latest| current.is_none_or(|current| current.id != latest.id));
                let known: Vec<CheckIn> = current.into_iter().chain(other).cloned().collect();
                if node.check_ins.len() > known.len() || node.incomplete {
                    snapshot.incomplete.push(node.key_result.id);
                }
                snapshot.check_ins.extend(known);
            }
        }
        snapshot
    }
}
