//! The workspace as it is now, held in memory by the server and by every browser.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::cadence::Cadence;
use super::cycle::{Cycle, Span};
use super::day::Day;
use super::ids::{
    CheckInId, CycleId, InitiativeId, KeyResultId, KpiId, NodeId, ObjectiveId, PersonId, TeamId, ViewId, WorkspaceId,
};
use super::kpi::{Kpi, KpiReading};
use super::okr::{CheckIn, Comment, Confidence, ConfidenceTally, Initiative, KeyResult, Objective};
use super::pace::{Pace, expected};
use super::people::{Person, Team};
use super::progress::{Ppm, Tally, unclamped_ppm};
use super::settings::Settings;
use super::view::View;

mod snapshot;

pub use snapshot::{History, Snapshot};

/// One organisation's workspace as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// What holds for all of it.
    pub settings: Settings,
    pub(super) today: Day,
    /// Whether it is how things were on a past day, which is read and not changed.
    pub(super) past: bool,
    pub(super) teams: BTreeMap<TeamId, Team>,
    pub(super) people: BTreeMap<PersonId, Person>,
    pub(super) cycles: BTreeMap<CycleId, Cycle>,
    pub(super) objectives: FxHashMap<ObjectiveId, ObjectiveNode>,
    pub(super) key_results: FxHashMap<KeyResultId, KeyResultNode>,
    /// Objectives without a parent, in order.
    pub(super) roots: Vec<ObjectiveId>,
    /// The key results of each person who owns any.
    pub(super) owned: BTreeMap<PersonId, BTreeSet<KeyResultId>>,
    pub(super) table_ids: FxHashMap<String, NodeId>,
    pub(super) check_ins: FxHashMap<CheckInId, KeyResultId>,
    pub(super) initiatives: BTreeMap<InitiativeId, Initiative>,
    pub(super) comments: FxHashMap<NodeId, Vec<Comment>>,
    pub(super) kpis: BTreeMap<KpiId, KpiNode>,
    pub(super) views: BTreeMap<ViewId, View>,
}

/// An objective and what hangs under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectiveNode {
    /// The objective.
    pub objective: Objective,
    /// Its key results, in order.
    pub key_results: Vec<KeyResultId>,
    /// The objectives aligned directly under it, in order.
    pub aligned: Vec<ObjectiveId>,
    pub(super) rollup: Rollup,
}

/// A key result, its check-ins and what hangs under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyResultNode {
    /// The key result.
    pub key_result: KeyResult,
    /// Its check-ins in the order of their recording.
    pub check_ins: Vec<CheckIn>,
    /// Whether earlier check-ins exist that are not held here, as in a browser.
    pub incomplete: bool,
    /// The objectives aligned under it, in order.
    pub aligned: Vec<ObjectiveId>,
    /// The initiatives that shall move it, in order.
    pub initiatives: Vec<InitiativeId>,
    pub(super) rollup: Rollup,
    /// The place in `check_ins` of the one that holds now.
    pub(super) current: Option<usize>,
}

/// The numbers of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rollup {
    /// Over what contributes to it.
    pub tally: Tally,
    /// Over the same.
    pub confidences: ConfidenceTally,
    /// Its own progress.
    pub progress: Option<Ppm>,
    /// Its own confidence.
    pub confidence: Option<Confidence>,
}

/// A KPI and its readings, in the order of their recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KpiNode {
    /// The KPI.
    pub kpi: Kpi,
    /// Its readings.
    pub readings: Vec<KpiReading>,
}

impl KeyResultNode {
    /// The check-in that holds: the latest by the time it is for (equal times: the later recorded) that no other
    /// replaces and whose value fits the measure.
    #[must_use]
    pub fn current(&self) -> Option<&CheckIn> {
        self.current.and_then(|place| self.check_ins.get(place))
    }
}

impl Workspace {
    /// The day in the workspace's time zone.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.today.date
    }

    /// The same, with the moment at which it ends.
    #[must_use]
    pub fn day(&self) -> Day {
        self.today
    }

    /// Whether it is how things were on a past day.
    #[must_use]
    pub fn is_past(&self) -> bool {
        self.past
    }

    /// A team.
    #[must_use]
    pub fn team(&self, id: TeamId) -> Option<&Team> {
        self.teams.get(&id)
    }

    /// All teams, in the order of their making.
    pub fn teams(&self) -> impl Iterator<Item = &Team> {
        self.teams.values()
    }

    /// A person.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// All people, in the order of their making.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// The person with that e-mail address, compared without case.
    #[must_use]
    pub fn person_by_email(&self, email: &str) -> Option<&Person> {
        let email = email.trim().to_lowercase();
        self.people.values().find(|person| person.email.as_ref().is_some_and(|known| known.to_lowercase() == email))
    }

    /// A cycle.
    #[must_use]
    pub fn cycle(&self, id: CycleId) -> Option<&Cycle> {
        self.cycles.get(&id)
    }

    /// All cycles, in the order of their making.
    pub fn cycles(&self) -> impl Iterator<Item = &Cycle> {
        self.cycles.values()
    }

    /// An objective.
    #[must_use]
    pub fn objective(&self, id: ObjectiveId) -> Option<&ObjectiveNode> {
        self.objectives.get(&id)
    }

    /// A key result.
    #[must_use]
    pub fn key_result(&self, id: KeyResultId) -> Option<&KeyResultNode> {
        self.key_results.get(&id)
    }

    /// All objectives, in no particular order.
    pub fn objectives(&self) -> impl Iterator<Item = &ObjectiveNode> {
        self.objectives.values()
    }

    /// All key results, in no particular order.
    pub fn key_results(&self) -> impl Iterator<Item = &KeyResultNode> {
        self.key_results.values()
    }

    /// Objectives without a parent, in order.
    #[must_use]
    pub fn roots(&self) -> &[ObjectiveId] {
        &self.roots
    }

    /// The objective or key result of that name in imported tables.
    #[must_use]
    pub fn by_table_id(&self, table_id: &str) -> Option<NodeId> {
        self.table_ids.get(table_id).copied()
    }

    /// The objective or key result with that id.
    #[must_use]
    pub fn node(&self, id: uuid::Uuid) -> Option<NodeId> {
        let (objective, key_result) = (ObjectiveId(id), KeyResultId(id));
        if self.objectives.contains_key(&objective) {
            Some(objective.into())
        } else {
            self.key_results.contains_key(&key_result).then(|| key_result.into())
        }
    }

    /// The key result that a check-in is about.
    #[must_use]
    pub fn key_result_of(&self, check_in: CheckInId) -> Option<KeyResultId> {
        self.check_ins.get(&check_in).copied()
    }

    /// An initiative.
    #[must_use]
    pub fn initiative(&self, id: InitiativeId) -> Option<&Initiative> {
        self.initiatives.get(&id)
    }

    /// A KPI.
    #[must_use]
    pub fn kpi(&self, id: KpiId) -> Option<&KpiNode> {
        self.kpis.get(&id)
    }

    /// All KPIs, in the order of their making.
    pub fn kpis(&self) -> impl Iterator<Item = &KpiNode> {
        self.kpis.values()
    }

    /// A saved view.
    #[must_use]
    pub fn view(&self, id: ViewId) -> Option<&View> {
        self.views.get(&id)
    }

    /// All saved views, in the order of their making.
    pub fn views(&self) -> impl Iterator<Item = &View> {
        self.views.values()
    }

    /// Whether everything about a node is held here, its history as well.
    #[must_use]
    pub fn is_whole(&self, node: NodeId) -> bool {
        match node {
            NodeId::Objective(id) => self.objectives.contains_key(&id),
            NodeId::KeyResult(id) => self.key_results.get(&id).is_some_and(|node| !node.incomplete),
        }
    }

    /// What a node hangs under.
    #[must_use]
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        match node {
            NodeId::Objective(id) => self.objectives.get(&id)?.objective.parent,
            NodeId::KeyResult(id) => Some(self.key_results.get(&id)?.key_result.objective.into()),
        }
    }

    /// The way up from a node to its root, without the node itself.
    pub fn ancestors(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.parent(node), |above| self.parent(*above))
    }

    /// What hangs directly under a node: key results first, then aligned objectives, each in order.
    pub fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let (key_results, aligned): (&[KeyResultId], &[ObjectiveId]) = match node {
            NodeId::Objective(id) => match self.objectives.get(&id) {
                Some(node) => (&node.key_results, &node.aligned),
                None => (&[], &[]),
            },
            NodeId::KeyResult(id) => (&[], self.key_results.get(&id).map_or(&[], |node| &node.aligned)),
        };
        key_results.iter().map(|id| (*id).into()).chain(aligned.iter().map(|id| (*id).into()))
    }

    /// The objective that a node is or belongs to.
    #[must_use]
    pub fn objective_of(&self, node: NodeId) -> Option<&Objective> {
        let id = match node {
            NodeId::Objective(id) => id,
            NodeId::KeyResult(id) => self.key_results.get(&id)?.key_result.objective,
        };
        self.objectives.get(&id).map(|node| &node.objective)
    }

    /// Whether an objective hangs under nothing and ought to hang under something.
    #[must_use]
    pub fn is_unaligned(&self, id: ObjectiveId) -> bool {
        self.objectives.get(&id).is_some_and(|node| node.objective.parent.is_none() && !node.objective.company)
    }

    /// The progress that counts; `None` is unknown.
    #[must_use]
    pub fn progress(&self, node: NodeId) -> Option<Ppm> {
        self.rollup(node)?.progress
    }

    /// The confidence: of the current check-in, or of the weakest contribution.
    #[must_use]
    pub fn confidence(&self, node: NodeId) -> Option<Confidence> {
        self.rollup(node)?.confidence
    }

    /// Progress in parts per million as the node's own row shows it: a key result's may lie below 0 and above 1 000 000.
    #[must_use]
    pub fn shown_ppm(&self, node: NodeId) -> Option<i64> {
        match node {
            NodeId::Objective(_) => self.progress(node).map(|ppm| i64::from(ppm.get())),
            NodeId::KeyResult(id) => self.raw_progress(id).map(unclamped_ppm),
        }
    }

    /// Whether a key result is measurable and merely has no check-in yet.
    #[must_use]
    pub fn is_not_started(&self, id: KeyResultId) -> bool {
        self.key_results.get(&id).is_some_and(|node| {
            node.current.is_none()
                && !node.is_driven()
                && node.key_result.closing.is_none()
                && node.key_result.measure.is_measurable()
        })
    }

    /// The days of the cycle that a node is for.
    #[must_use]
    pub fn span(&self, node: NodeId) -> Option<Span> {
        self.cycles.get(&self.objective_of(node)?.cycle?)?.span
    }

    /// The progress that the days gone by would have, where the node has a pace.
    #[must_use]
    pub fn expected(&self, node: NodeId) -> Option<Ppm> {
        self.pace_reason(node).ok().map(|reason| expected(reason.span, self.today()))
    }

    /// How progress compares with the days gone by. Nothing of a closed or draft objective, no hold measure and no
    /// unknown progress has a pace.
    #[must_use]
    pub fn pace(&self, node: NodeId) -> Option<Pace> {
        self.pace_reason(node).ok().map(|reason| reason.pace)
    }

    /// When the check-ins of a key result fall due.
    #[must_use]
    pub fn cadence(&self, key_result: &KeyResult) -> Cadence {
        let team =
            key_result.team.or_else(|| self.objectives.get(&key_result.objective)?.objective.teams.first().copied());
        team.and_then(|team| self.teams.get(&team)).map(|team| team.cadence).unwrap_or_default()
    }
}
