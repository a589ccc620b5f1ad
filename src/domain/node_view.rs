//! Everything about one objective or key result, as its page shows it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::closing_view::{Outcome, ToScore};
use super::command::Actor;
use super::conversation::CommentLine;
use super::cycle::Span;
use super::ids::{CheckInId, CycleId, InitiativeId, NodeId, PersonId, TeamId};
use super::measure::{Bounds, Measure, Share, Value};
use super::node_link::NodeLink;
use super::okr::{CheckIn, Confidence, KeyResult, Objective, State};
use super::row::{Age, PersonLabel, Row};
use super::tree_view::CycleLabel;
use super::why::Why;
use super::workspace::{KeyResultNode, Workspace};

/// The most check-ins that a page lists; the line is drawn through all of them.
const LISTED: usize = 100;

/// Everything about one objective or key result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeView {
    /// The organisation's name.
    pub workspace: String,
    /// What its line in the tree says.
    pub row: Row,
    /// The way down to it from the root.
    pub path: Vec<NodeLink>,
    /// The objective that it is, or that it belongs to.
    pub objective: Objective,
    /// The key result that it is.
    pub key_result: Option<KeyResult>,
    /// The cycle that it is for.
    pub cycle: Option<CycleLabel>,
    /// Why its number is what it is.
    pub why: Why,
    /// Its check-ins, the latest first.
    pub check_ins: Vec<CheckInLine>,
    /// The current value of milestones: the steps that are done.
    pub steps_done: Option<Value>,
    /// Its values over time.
    pub chart: Option<Chart>,
    /// The work that shall move it.
    pub initiatives: Vec<InitiativeLine>,
    /// What was said about it, in the order of its saying.
    pub conversation: Vec<CommentLine>,
    /// Whether whoever looks may say something.
    pub may_comment: bool,
    /// The objectives that it also helps.
    pub supports: Vec<NodeLink>,
    /// The objectives that also help it.
    pub supported_by: Vec<NodeLink>,
    /// The check-in of a key result that holds.
    pub current: Option<CheckInId>,
    /// Why whoever looks cannot check it in; `None` where they can, and for an objective.
    pub no_check_in: Option<String>,
    /// What can be chosen in its forms, where whoever looks may edit it.
    pub choices: Option<Choices>,
    /// The states that whoever looks may bring the objective to.
    pub next_states: Vec<State>,
    /// The key results to score, where whoever looks may close the objective now.
    pub to_score: Option<Vec<ToScore>>,
    /// How the objective that it is ended.
    pub outcome: Option<Outcome>,
}

/// A check-in as a page lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckInLine {
    /// Which one.
    pub id: CheckInId,
    /// The value with its unit.
    pub value: String,
    /// The owner's forecast.
    pub confidence: Option<Confidence>,
    /// Why.
    pub note: String,
    /// Who said it; `None` for a table.
    pub by: Option<PersonLabel>,
    /// The day it is for.
    pub day: NaiveDate,
    /// How long ago that is.
    pub age: Age,
    /// What corrects it and who did, in words; `None` where it stands.
    pub corrected: Option<String>,
}

/// An initiative as a page lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InitiativeLine {
    /// Which one.
    pub id: InitiativeId,
    /// What is done.
    pub title: String,
    /// Who does it.
    pub owner: Option<PersonLabel>,
    /// Whether it is done.
    pub done: bool,
}

/// A line through the check-ins, in parts of the drawing: x from 0 (left) to 1, y from 0 (bottom) to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// The check-ins in the order of their days.
    pub points: Vec<(f64, f64)>,
    /// Whether the expected pace runs from the lower left to the upper right.
    pub has_pace: bool,
    /// The heights of bounds to hold.
    pub bounds: Vec<f64>,
    /// Where today is.
    pub today: Option<f64>,
    /// The first and the last day.
    pub days: (NaiveDate, NaiveDate),
}

/// What can be chosen in forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// People by name.
    pub people: Vec<(PersonId, String)>,
    /// Teams by name.
    pub teams: Vec<(TeamId, String)>,
    /// Cycles, the latest first.
    pub cycles: Vec<(CycleId, String)>,
}

impl Workspace {
    /// The node of an address: its id, or its name in the table that it was imported from.
    #[must_use]
    pub fn node_named(&self, name: &str) -> Option<NodeId> {
        name.parse().ok().and_then(|id| self.node(id)).or_else(|| self.by_table_id(name))
    }

    /// Everything about a node, as somebody sees it.
    #[must_use]
    pub fn node_view(&self, node: NodeId, actor: Actor) -> Option<NodeView> {
        let objective = self.objective_of(node)?;
        let key_result = match node {
            NodeId::Objective(_) => None,
            NodeId::KeyResult(id) => self.key_result(id),
        };
        let objective_id = match node {
            NodeId::Objective(id) => Some(id),
            NodeId::KeyResult(_) => None,
        };
        let mut path = self.way_to(node);
        path.pop();
        let may_edit = match node {
            NodeId::Objective(id) => self.may_edit_objective(actor, id),
            NodeId::KeyResult(id) => self.may_edit_key_result(actor, id),
        };
        let next_states = match node {
            NodeId::Objective(_) if may_edit => {
                let states = State::ALL.into_iter().filter(|next| *next != State::Closed);
                states.filter(|next| objective.state.may_become(*next)).collect()
            }
            _ => Vec::new(),
        };
        let initiatives = key_result.map(|node| node.initiatives.as_slice()).unwrap_or_default();
        Some(NodeView {
            workspace: self.settings.name.clone(),
            row: self.row(node, actor)?,
            path,
            objective: objective.clone(),
            key_result: key_result.map(|node| node.key_result.clone()),
            cycle: objective.cycle.and_then(|cycle| self.cycle_label(cycle)),
            why: self.why(node),
            check_ins: key_result.map(|node| self.check_in_lines(node)).unwrap_or_default(),
            steps_done: key_result
                .and_then(KeyResultNode::current)
                .map(|check_in| check_in.value.clone())
                .filter(|value| matches!(value, Value::Steps(_))),
            chart: key_result.and_then(|node| self.chart(node)),
            initiatives: initiatives.iter().filter_map(|id| self.initiative_line(*id)).collect(),
            conversation: self.conversation(node),
            may_comment: self.may_write(actor),
            supports: objective_id.map(|id| self.links(self.supported(id))).unwrap_or_default(),
            supported_by: objective_id.map(|id| self.links(self.supporters(id))).unwrap_or_default(),
            current: key_result.and_then(KeyResultNode::current).map(|check_in| check_in.id),
            no_check_in: key_result
                .and_then(|node| self.check_in_obstacle(actor, node.key_result.id))
                .map(|refusal| refusal.message),
            choices: (may_edit && objective.state.is_open()).then(|| self.choices()),
            next_states,
            to_score: objective_id.and_then(|id| self.to_score(actor, id)),
            outcome: objective_id.and_then(|id| self.outcome(id)),
        })
    }

    /// What can be chosen in forms.
    #[must_use]
    pub fn choices(&self) -> Choices {
        let mut people: Vec<_> = self.people().map(|person| (person.id, person.name.clone())).collect();
        let mut teams: Vec<_> = self.teams().map(|team| (team.id, team.name.clone())).collect();
        let mut cycles: Vec<_> = self.cycles().collect();
        people.sort_by(|one, other| one.1.cmp(&other.1));
        teams.sort_by(|one, other| one.1.cmp(&other.1));
        cycles.sort_by_key(|cycle| std::cmp::Reverse(cycle.span.map(|span| (span.last(), span.first()))));
        Choices { people, teams, cycles: cycles.into_iter().map(|cycle| (cycle.id, cycle.name.clone())).collect() }
    }

    fn check_in_lines(&self, node: &KeyResultNode) -> Vec<CheckInLine> {
        let KeyResult { measure, unit, .. } = &node.key_result;
        let mut check_ins: Vec<&CheckIn> = node.check_ins.iter().collect();
        check_ins.sort_by_key(|check_in| check_in.at);
        check_ins
            .into_iter()
            .rev()
            .take(LISTED)
            .map(|check_in| CheckInLine {
                id: check_in.id,
                value: with_unit(&check_in.value.short(measure), unit),
                confidence: check_in.confidence,
                note: check_in.note.clone(),
                by: check_in.by.and_then(|id| self.person_label(id)),
                day: check_in.day,
                age: self.age(check_in.day),
                corrected: self.correction(node, check_in.id),
            })
            .collect()
    }

    /// What corrects a check-in and who did, in words.
    fn correction(&self, node: &KeyResultNode, id: CheckInId) -> Option<String> {
        let correction = node.check_ins.iter().find(|other| other.replaces == Some(id))?;
        let KeyResult { measure, unit, .. } = &node.key_result;
        let value = with_unit(&correction.value.short(measure), unit);
        let by = correction.by.and_then(|id| self.person(id)).map(|person| format!(" by {}", person.name));
        Some(format!("corrected to {value}{}", by.unwrap_or_default()))
    }

    pub(super) fn initiative_line(&self, id: InitiativeId) -> Option<InitiativeLine> {
        let initiative = self.initiative(id)?;
        let owner = initiative.owner.and_then(|owner| self.person_label(owner));
        Some(InitiativeLine { id, title: initiative.title.clone(), owner, done: initiative.done })
    }

    fn chart(&self, node: &KeyResultNode) -> Option<Chart> {
        let valid = node.valid_check_ins();
        let span = self.span(node.key_result.id.into());
        let (first, last) = match span {
            Some(span) => (span.first(), span.last()),
            None => (valid.first()?.day, valid.last()?.day.max(self.today())),
        };
        let days = Span::new(first, last)?;
        let x = |day: NaiveDate| ((day - first).num_days() as f64 / (days.days() - 1).max(1) as f64).clamp(0.0, 1.0);
        let (heights, bounds) = heights(&node.key_result.measure, &valid)?;
        let points = valid.iter().zip(heights).map(|(check_in, y)| (x(check_in.day), y)).collect();
        let has_pace = span.is_some() && node.key_result.measure.has_pace();
        let today = days.contains(self.today()).then(|| x(self.today()));
        Some(Chart { points, has_pace, bounds, today, days: (first, last) })
    }
}

/// A value and its unit.
fn with_unit(value: &str, unit: &str) -> String {
    if unit.is_empty() { value.to_owned() } else { format!("{value}\u{a0}{unit}") }
}

/// How high each check-in lies, and the bounds: by progress, or, for what shall hold, by the value itself.
fn heights(measure: &Measure, check_ins: &[&CheckIn]) -> Option<(Vec<f64>, Vec<f64>)> {
    let Measure::Hold { bounds, .. } = measure else {
        let progress = |check_in: &&CheckIn| measure.raw_progress(Some(&check_in.value), Share::default());
        let heights: Option<Vec<f64>> = check_ins.iter().map(progress).collect();
        return Some((heights?.into_iter().map(|height| height.clamp(0.0, 1.0)).collect(), Vec::new()));
    };
    let bounds: Vec<f64> = match bounds {
        Bounds::AtLeast(bound) | Bounds::AtMost(bound) => bound.iter().map(|bound| bound.get()).collect(),
        Bounds::Between(low, high) => [low, high].into_iter().flatten().map(|bound| bound.get()).collect(),
    };
    let values: Vec<f64> = check_ins
        .iter()
        .map(|check_in| match check_in.value {
            Value::Number(value) => Some(value.get()),
            Value::Steps(_) | Value::Grade(_) => None,
        })
        .collect::<Option<_>>()?;
    let all = || values.iter().chain(&bounds).copied();
    let (low, high) = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
    // Halves, since the difference of the largest doubles overflows.
    let height = |value: f64| if high > low { (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0) } else { 0.5 };
    Some((values.iter().map(|value| height(*value)).collect(), bounds.iter().map(|bound| height(*bound)).collect()))
}

#[cfg(test)]
mod tests {
    use super::super::number::Finite;
    use super::super::sample::{Sample, sample};
    use super::*;

    #[test]
    fn tells_everything() {
        let Sample { workspace, viewer, member, company, sell, calls, .. } = sample();
        let view = workspace.node_view(calls.into(), Actor::Person(member)).unwrap();
        let titles: Vec<_> = view.path.iter().map(|link| link.title.as_str()).collect();
        assert_eq!(titles, ["Company", "Revenue", "Sell"]);
        assert_eq!(view.no_check_in, None);
        assert!(view.choices.is_some_and(|choices| choices.people.len() == 3));
        assert_eq!(view.chart.unwrap().points, []);
        let view = workspace.node_view(company.into(), Actor::Person(viewer)).unwrap();
        assert_eq!((view.choices, view.next_states), (None, Vec::new()));
        assert_eq!(view.why.contributions.len(), 3);
        assert_eq!(view.why.division.clone().unwrap().replace('\u{a0}', " "), "0 / 2 = 0 %");
        assert_eq!(view.why.contributions[2].left_out.as_deref(), Some("progress unknown"));
        let view = workspace.node_view(sell.into(), Actor::Person(member)).unwrap();
        assert_eq!(view.next_states, [State::Proposed, State::Dropped]);
        assert_eq!(workspace.node_named("sell"), Some(sell.into()));
        assert_eq!(workspace.node_named(&sell.to_string()), Some(sell.into()));
        assert_eq!(workspace.node_named("nobody"), None);
    }

    #[test]
    fn a_chart_of_bounds_is_scaled_by_values() {
        let measure = Measure::Hold {
            bounds: Bounds::AtMost(Finite::new(10.0)),
            counting: super::super::measure::HoldCounting::Latest,
        };
        assert_eq!(heights(&measure, &[]), Some((Vec::new(), vec![0.5])));
    }
}
