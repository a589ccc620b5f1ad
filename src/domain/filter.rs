//! What somebody looks for in the tree: a text, and parts such as a team or a pace.
//!
//! Parts of the same kind widen what is found (behind *or* at risk), and different kinds narrow it (of that team *and*
//! stale).

mod address;
mod choices;
mod words;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub(super) use self::address::told;
pub use self::address::{Read, filter_pairs, other_pairs, pairs, percent_encoded};
pub use self::choices::{Choice, FilterChoices, FilterView, Loosened};
pub use self::words::{MAX_TEXT, Words, fold, is_word_start};
use super::command::Actor;
use super::ids::{NodeId, PersonId, TeamId};
use super::okr::{ConfidenceBand, Stance};
use super::pace::Pace;
use super::workspace::Workspace;

/// The most parts of a filter; more are passed over.
pub const MAX_PARTS: usize = 40;

/// One thing that a filter asks for besides the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Of a team or one of its sub-teams.
    Team(TeamId),
    /// Of a person.
    Owner(PersonId),
    /// An objective of that stance, or a key result of one.
    Stance(Stance),
    /// Of that pace.
    Pace(Pace),
    /// With a confidence of that band.
    Confidence(ConfidenceBand),
    /// A key result whose check-in is missing.
    Stale,
    /// In a branch that leads to nothing above it.
    Unaligned,
    /// Of whoever looks.
    Mine,
}

/// What somebody looks for. The empty one finds everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    text: String,
    /// Sorted, each once.
    parts: Vec<Part>,
}

impl Filter {
    /// Looks for a text, of which at most [`MAX_TEXT`] characters count.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.text = text.chars().take(MAX_TEXT).map(|c| if c.is_control() { ' ' } else { c }).collect();
        self
    }

    /// With one more part, unless there are too many.
    #[must_use]
    pub fn with(mut self, part: Part) -> Self {
        if let Err(place) = self.parts.binary_search(&part)
            && self.parts.len() < MAX_PARTS
        {
            self.parts.insert(place, part);
        }
        self
    }

    /// Without a part.
    #[must_use]
    pub fn without(mut self, part: Part) -> Self {
        self.parts.retain(|kept| *kept != part);
        self
    }

    /// The text, as it was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The parts, sorted.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether it asks for a part.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.parts.binary_search(&part).is_ok()
    }

    /// Whether it leaves anything out.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.parts.is_empty() || !self.text.trim().is_empty()
    }
}

/// A filter made ready to be asked about many nodes.
pub struct Matcher<'a> {
    workspace: &'a Workspace,
    actor: Actor,
    words: Words,
    parts: &'a [Part],
    /// The teams that are asked for, and all that are part of them.
    teams: FxHashSet<TeamId>,
}

impl<'a> Matcher<'a> {
    /// Makes a filter ready, for whoever looks.
    #[must_use]
    pub fn new(filter: &'a Filter, workspace: &'a Workspace, actor: Actor) -> Self {
        let asked = |team| filter.has(Part::Team(team));
        let is_inside = |id: TeamId| {
            let above = std::iter::successors(workspace.team(id), |team| workspace.team(team.parent?));
            above.take(workspace.teams.len()).any(|team| asked(team.id))
        };
        let teams = match filter.parts.first() {
            Some(Part::Team(_)) => workspace.teams().map(|team| team.id).filter(|id| is_inside(*id)).collect(),
            _ => FxHashSet::default(),
        };
        Self { workspace, actor, words: Words::new(&filter.text), parts: &filter.parts, teams }
    }

    /// Whether a node is what somebody looks for.
    #[must_use]
    pub fn matches(&self, node: NodeId) -> bool {
        let alike = |one: &Part, other: &Part| std::mem::discriminant(one) == std::mem::discriminant(other);
        self.parts.chunk_by(alike).all(|kind| kind.iter().any(|part| self.holds(*part, node)))
            && self.workspace.node_title(node).is_some_and(|title| self.words.are_in(title))
    }

    fn holds(&self, part: Part, node: NodeId) -> bool {
        let workspace = self.workspace;
        match part {
            Part::Team(_) => self.is_of_teams(node),
            Part::Owner(owner) => workspace.node_owner(node) == Some(owner),
            Part::Mine => self.actor.person().is_some() && workspace.node_owner(node) == self.actor.person(),
            Part::Stance(stance) => workspace.objective_of(node).is_some_and(|objective| objective.stance == stance),
            Part::Pace(pace) => workspace.pace(node) == Some(pace),
            Part::Confidence(band) => workspace.confidence(node).is_some_and(|confidence| confidence.band() == band),
            Part::Stale => matches!(node, NodeId::KeyResult(id) if workspace.is_stale(id)),
            Part::Unaligned => workspace.is_in_unaligned_branch(node),
        }
    }

    /// A key result without a team of its own is of its objective's.
    fn is_of_teams(&self, node: NodeId) -> bool {
        let own = match node {
            NodeId::KeyResult(id) => self.workspace.key_result(id).and_then(|node| node.key_result.team),
            NodeId::Objective(_) => None,
        };
        match own {
            Some(team) => self.teams.contains(&team),
            None => self
                .workspace
                .objective_of(node)
                .is_some_and(|objective| objective.teams.iter().any(|team| self.teams.contains(team))),
        }
    }
}

impl Workspace {
    fn node_owner(&self, node: NodeId) -> Option<PersonId> {
        match node {
            NodeId::Objective(id) => self.objective(id)?.objective.owner,
            NodeId::KeyResult(id) => self.key_result(id)?.key_result.owner,
        }
    }

    fn is_in_unaligned_branch(&self, node: NodeId) -> bool {
        match self.ancestors(node).last().unwrap_or(node) {
            NodeId::Objective(root) => self.is_unaligned(root),
            NodeId::KeyResult(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, sample};
    use super::*;
    use crate::domain::change::{Change, Record};
    use crate::domain::people::Team;
    use uuid::Uuid;

    /// The titles that a filter finds, sorted.
    fn found(workspace: &Workspace, filter: &Filter, actor: Actor) -> Vec<String> {
        let matcher = Matcher::new(filter, workspace, actor);
        let objectives = workspace.objectives().map(|node| NodeId::from(node.objective.id));
        let key_results = workspace.key_results().map(|node| NodeId::from(node.key_result.id));
        let mut titles: Vec<_> = objectives
            .chain(key_results)
            .filter(|node| matcher.matches(*node))
            .filter_map(|node| workspace.node_title(node).map(str::to_owned))
            .collect();
        titles.sort();
        titles
    }

    fn only(part: Part) -> Filter {
        Filter::default().with(part)
    }

    #[test]
    fn each_part_finds_its_own() {
        let Sample { workspace, admin, member, team, .. } = sample();
        let found = |filter: &Filter| found(&workspace, filter, Actor::Person(admin));
        assert_eq!(found(&Filter::default()).len(), 7);
        assert_eq!(found(&only(Part::Owner(member))), ["Calls", "Churn", "Loner", "Revenue", "Sell"]);
        assert_eq!(found(&only(Part::Mine)), ["Company", "Old"]);
        assert_eq!(found(&only(Part::Team(team))).len(), 7);
        assert_eq!(found(&only(Part::Unaligned)), ["Loner"]);
        assert_eq!(found(&only(Part::Stance(Stance::Aspirational))), Vec::<String>::new());
        assert_eq!(found(&only(Part::Stance(Stance::Committed))).len(), 7);
        assert_eq!(found(&only(Part::Pace(Pace::AtRisk))), ["Calls", "Sell"]);
        assert_eq!(found(&only(Part::Confidence(ConfidenceBand::AtRisk))), Vec::<String>::new());
        assert_eq!(found(&only(Part::Stale)), ["Calls", "Churn", "Revenue"]);
    }

    #[test]
    fn nobody_is_the_operator() {
        let Sample { workspace, .. } = sample();
        assert!(found(&workspace, &only(Part::Mine), Actor::Operator).is_empty());
    }

    #[test]
    fn the_same_kind_widens_and_others_narrow() {
        let Sample { workspace, admin, member, .. } = sample();
        let found = |filter: &Filter| found(&workspace, filter, Actor::Person(admin));
        let both = only(Part::Owner(admin)).with(Part::Owner(member));
        assert_eq!(found(&both).len(), 7);
        assert_eq!(found(&both.clone().with(Part::Stale).with_text("ca")), ["Calls"]);
        assert_eq!(found(&both.without(Part::Owner(member)).with(Part::Stale)), Vec::<String>::new());
    }

    #[test]
    fn a_team_includes_the_teams_in_it() {
        let Sample { mut workspace, admin, team, .. } = sample();
        let above = Team {
            id: TeamId(Uuid::from_u128(900)),
            name: "Everybody".to_owned(),
            parent: None,
            cadence: Default::default(),
        };
        let filter = only(Part::Team(above.id));
        assert!(found(&workspace, &filter, Actor::Person(admin)).is_empty());
        let mut inside = workspace.team(team).unwrap().clone();
        inside.parent = Some(above.id);
        workspace.apply(&Change::Added(Record::Team(above)));
        workspace.apply(&Change::Added(Record::Team(inside)));
        assert_eq!(found(&workspace, &filter, Actor::Person(admin)).len(), 7);
    }

    #[test]
    fn teams_in_a_circle_end_all_the_same() {
        let Sample { mut workspace, admin, team, .. } = sample();
        let mut circular = workspace.team(team).unwrap().clone();
        circular.parent = Some(team);
        workspace.apply(&Change::Added(Record::Team(circular)));
        assert_eq!(found(&workspace, &only(Part::Team(team)), Actor::Person(admin)).len(), 7);
        assert!(found(&workspace, &only(Part::Team(TeamId(Uuid::nil()))), Actor::Person(admin)).is_empty());
    }

    #[test]
    fn a_filter_is_bounded() {
        let long = "ä".repeat(100_000);
        let filter = Filter::default().with_text(&long);
        assert_eq!(filter.text().chars().count(), MAX_TEXT);
        let many = (0..1_000).fold(filter, |filter, id| filter.with(Part::Team(TeamId(Uuid::from_u128(id)))));
        assert_eq!(many.parts().len(), MAX_PARTS);
        assert_eq!(many.clone().with(many.parts()[3]), many);
        assert!(!Filter::default().with_text(" \n\t").is_on());
    }
}
