//! The workspace's numbers as a document for other programs, each with its reasons.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::ids::{NodeId, PersonId, TeamId};
use super::progress::{Ppm, percent};
use super::workspace::Workspace;

impl Workspace {
    /// All objectives and key results from the roots down: each before what hangs under it, key results before
    /// aligned objectives.
    pub fn in_tree_order(&self) -> impl Iterator<Item = NodeId> {
        let mut open: Vec<NodeId> = self.roots().iter().rev().map(|id| (*id).into()).collect();
        std::iter::from_fn(move || {
            let node = open.pop()?;
            let end = open.len();
            open.extend(self.children(node));
            open[end..].reverse();
            Some(node)
        })
    }

    /// What tables call an objective or key result: its name in the table that it came from, else its id.
    #[must_use]
    pub fn table_name(&self, node: NodeId) -> String {
        let name = match node {
            NodeId::Objective(id) => self.objective(id).and_then(|node| node.objective.table_id.clone()),
            NodeId::KeyResult(id) => self.key_result(id).and_then(|node| node.key_result.table_id.clone()),
        };
        name.unwrap_or_else(|| node.to_string())
    }
}

/// Serialises as `{"today": …, "nodes": […]}`, node by node.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a>(pub &'a Workspace);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("Document", 2)?;
        document.serialize_field("today", &self.0.today())?;
        document.serialize_field("nodes", &Nodes(self.0))?;
        document.end()
    }
}

struct Nodes<'a>(&'a Workspace);

impl Serialize for Nodes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.in_tree_order().filter_map(|node| Node::new(self.0, node)))
    }
}

/// An objective or key result with its numbers and where they come from.
#[derive(Debug, Serialize)]
pub struct Node<'a> {
    kind: &'static str,
    id: String,
    title: &'a str,
    parent: Option<String>,
    /// Before rounding: 1.0 is the target. Of an objective the mean that is rounded to give `progress_ppm`.
    raw: Option<f64>,
    progress_ppm: Option<u32>,
    /// The text that people read.
    percent: String,
    not_started: bool,
    confidence: Option<u8>,
    /// The contributions that `confidence` is that of.
    weakest: Vec<String>,
    pace: Option<&'static str>,
    expected_ppm: Option<u32>,
    /// The days that `expected_ppm` divides; `None` where nothing has a pace.
    days: Option<Days>,
    stale: bool,
    state: Option<&'static str>,
    stance: Option<&'static str>,
    weight: u16,
    owner: Option<&'a str>,
    teams: Vec<&'a str>,
    cycle: Option<&'a str>,
    contributions: Vec<Contribution>,
    tally: Tally,
    why: Reasons,
}

/// One thing that hangs under a node.
#[derive(Debug, Serialize)]
struct Contribution {
    id: String,
    weight: u16,
    progress_ppm: Option<u32>,
    counted: bool,
    /// Why it is not counted.
    left_out: Option<&'static str>,
}

/// The days of the cycle, and how large the gap between expected progress and progress may be.
#[derive(Debug, Serialize)]
struct Days {
    gone: i64,
    all: i64,
    /// In percentage points.
    on_track_up_to: u8,
    behind_up_to: u8,
}

/// The arithmetic in words, as pages tell it.
#[derive(Debug, Serialize)]
struct Reasons {
    /// How check-ins give the progress, or that nothing does; `None` where contributions or a closing do.
    measured: Option<String>,
    pace: String,
    confidence: String,
}

/// Σ weight and Σ weight × ppm over what counts.
#[derive(Debug, Serialize)]
struct Tally {
    weight: u64,
    weighted: u64,
}

impl<'a> Node<'a> {
    /// The node of that id, as the workspace knows it.
    #[must_use]
    pub fn new(workspace: &'a Workspace, node: NodeId) -> Option<Self> {
        let name = |node| workspace.table_name(node);
        let explanation = workspace.explain(node);
        let tally = Tally { weight: explanation.tally.weight, weighted: explanation.tally.weighted };
        let contributions = explanation.contributions.iter().map(|row| Contribution {
            id: name(row.node),
            weight: row.weight.get(),
            progress_ppm: row.progress.map(Ppm::get),
            counted: row.left_out.is_none(),
            left_out: row.left_out.map(|reason| workspace.left_out_label(row.node, reason)),
        });
        let cycle = workspace.objective_of(node)?.cycle.and_then(|cycle| workspace.cycle(cycle));
        let common = Self {
            kind: "",
            id: name(node),
            title: "",
            parent: workspace.parent(node).map(name),
            raw: None,
            progress_ppm: workspace.progress(node).map(Ppm::get),
            percent: percent(workspace.shown_ppm(node)),
            not_started: false,
            confidence: workspace.confidence(node).map(|confidence| confidence.get()),
            weakest: explanation.weakest.iter().map(|node| name(*node)).collect(),
            pace: workspace.pace(node).map(|pace| pace.label()),
            expected_ppm: workspace.expected(node).map(Ppm::get),
            days: workspace.pace_reason(node).ok().map(|reason| Days {
                gone: reason.span.days_gone(workspace.today()),
                all: reason.span.days(),
                on_track_up_to: reason.bounds.on_track,
                behind_up_to: reason.bounds.behind,
            }),
            stale: false,
            state: None,
            stance: None,
            weight: workspace.weight(node)?.get(),
            owner: None,
            teams: Vec::new(),
            cycle: cycle.map(|cycle| cycle.name.as_str()),
            contributions: contributions.collect(),
            tally,
            why: Reasons {
                measured: workspace.measured_words(node, &explanation),
                pace: workspace.pace_words(node),
                confidence: workspace.confidence_words(node, &explanation),
            },
        };
        let owner = |id: Option<PersonId>| id.and_then(|id| Some(workspace.person(id)?.name.as_str()));
        let team = |id: &TeamId| workspace.team(*id).map(|team| team.name.as_str());
        Some(match node {
            NodeId::Objective(id) => {
                let objective = &workspace.objective(id)?.objective;
                let mean = || explanation.progress.map(|_| common.tally.mean());
                Self {
                    kind: "objective",
                    title: &objective.title,
                    raw: if explanation.frozen { workspace.progress(node).map(Ppm::fraction) } else { mean() },
                    state: Some(objective.state.name()),
                    stance: Some(objective.stance.name()),
                    owner: owner(objective.owner),
                    teams: objective.teams.iter().filter_map(team).collect(),
                    ..common
                }
            }
            NodeId::KeyResult(id) => {
                let key_result = &workspace.key_result(id)?.key_result;
                Self {
                    kind: "key_result",
                    title: &key_result.title,
                    raw: workspace.raw_progress(id),
                    not_started: workspace.is_not_started(id),
                    stale: workspace.is_stale(id),
                    owner: owner(key_result.owner),
                    teams: key_result.team.iter().filter_map(team).collect(),
                    ..common
                }
            }
        })
    }
}

impl Tally {
    /// The mean as a fraction, before it is rounded.
    fn mean(&self) -> f64 {
        self.weighted as f64 / self.weight as f64 / f64::from(Ppm::ONE.get())
    }
}
