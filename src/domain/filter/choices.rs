//! What can be looked for, and what is, in words.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::{Filter, Matcher, Part};
use crate::domain::command::Actor;
use crate::domain::ids::{NodeId, PersonId, TeamId};
use crate::domain::line::LineId;
use crate::domain::okr::{ConfidenceBand, Stance};
use crate::domain::outline::Outline;
use crate::domain::pace::Pace;
use crate::domain::workspace::Workspace;

/// The most teams, and the most people, that are offered.
const MAX_OFFERED: usize = 60;

/// The most ways out of having found nothing.
const MAX_LOOSENED: usize = 4;

/// Something to look for, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What it is.
    pub part: Part,
    /// Its name among others of its kind: `Platform`, `at risk`.
    pub label: String,
}

/// What can be looked for in a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterChoices {
    /// The teams of what is in the tree, and those that they are part of, by name.
    pub teams: Vec<Choice>,
    /// Those who own something in the tree, by name.
    pub owners: Vec<Choice>,
    /// Whether there are more teams or people than are offered.
    pub has_more: bool,
}

/// What is looked for, and how much was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterView {
    /// What is looked for.
    pub filter: Filter,
    /// Its parts in words.
    pub parts: Vec<Choice>,
    /// What the address asks for and is not here.
    pub unknown: Vec<String>,
    /// How many nodes match.
    pub matches: u32,
    /// Where nothing matches, what to leave out to find something, the most helpful first.
    pub loosened: Vec<Loosened>,
}

/// A filter with less to ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loosened {
    /// What is left out; `None` for the text.
    pub without: Option<Choice>,
    /// What is still asked for.
    pub filter: Filter,
    /// How many nodes match then.
    pub matches: u32,
}

impl FilterChoices {
    /// The stances.
    #[must_use]
    pub fn stances() -> Vec<Choice> {
        Stance::ALL.map(|stance| Choice { part: Part::Stance(stance), label: stance.name().to_owned() }).to_vec()
    }

    /// The paces.
    #[must_use]
    pub fn paces() -> Vec<Choice> {
        [Pace::OnTrack, Pace::Behind, Pace::AtRisk]
            .map(|pace| Choice { part: Part::Pace(pace), label: pace.label().to_owned() })
            .to_vec()
    }

    /// The bands of confidence.
    #[must_use]
    pub fn bands() -> Vec<Choice> {
        [ConfidenceBand::OnTrack, ConfidenceBand::AtRisk, ConfidenceBand::OffTrack]
            .map(|band| Choice { part: Part::Confidence(band), label: band.label().to_owned() })
            .to_vec()
    }
}

impl Choice {
    /// What tells it from others, in a list of them.
    #[must_use]
    pub fn key(&self) -> (&'static str, String, String) {
        let (name, value) = self.part.name_and_value();
        (name, value, self.label.clone())
    }

    /// With what kind of thing it is: `Team: Platform`.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self.part.kind() {
            "" => self.label.clone(),
            kind => format!("{kind}: {}", self.label),
        }
    }
}

impl Part {
    /// What kind of thing it is, in front of its name: `Team`, `Pace`; nothing for what speaks for itself.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Team(_) => "Team",
            Self::Owner(_) => "Owner",
            Self::Stance(_) => "Stance",
            Self::Pace(_) => "Pace",
            Self::Confidence(_) => "Confidence",
            Self::Stale | Self::Unaligned | Self::Mine => "",
        }
    }
}

impl Workspace {
    /// What can be looked for in a tree.
    #[must_use]
    pub fn filter_choices(&self, outline: &Outline) -> FilterChoices {
        let (mut teams, mut owners) = (FxHashSet::<TeamId>::default(), FxHashSet::<PersonId>::default());
        for line in outline.lines() {
            let LineId::Node(node) = line.id else { continue };
            owners.extend(self.node_owner(node));
            match node {
                NodeId::Objective(id) => {
                    teams.extend(self.objective(id).into_iter().flat_map(|node| node.objective.teams.iter().copied()));
                }
                NodeId::KeyResult(id) => teams.extend(self.key_result(id).and_then(|node| node.key_result.team)),
            }
        }
        for mut team in teams.clone() {
            // What is here already has those above it here, or will have.
            while let Some(above) = self.team(team).and_then(|team| team.parent).filter(|above| teams.insert(*above)) {
                team = above;
            }
        }
        let has_more = teams.len() > MAX_OFFERED || owners.len() > MAX_OFFERED;
        FilterChoices {
            teams: self.by_name(teams.into_iter().map(Part::Team)),
            owners: self.by_name(owners.into_iter().map(Part::Owner)),
            has_more,
        }
    }

    fn by_name(&self, parts: impl Iterator<Item = Part>) -> Vec<Choice> {
        let mut choices: Vec<(String, Choice)> = parts
            .map(|part| Choice { part, label: self.part_label(part) })
            .map(|choice| (super::fold(&choice.label), choice))
            .collect();
        choices.sort_by(|(one, first), (other, second)| one.cmp(other).then(first.part.cmp(&second.part)));
        choices.into_iter().take(MAX_OFFERED).map(|(_, choice)| choice).collect()
    }

    /// A part of a filter in words: `Platform`, `at risk`.
    #[must_use]
    pub fn part_label(&self, part: Part) -> String {
        let own = |name: &str| name.to_owned();
        match part {
            Part::Team(id) => self.team(id).map_or_else(|| own("a team that is gone"), |team| team.name.clone()),
            Part::Owner(id) => {
                self.person(id).map_or_else(|| own("somebody who is gone"), |person| person.name.clone())
            }
            Part::Stance(stance) => own(stance.name()),
            Part::Pace(pace) => own(pace.label()),
            Part::Confidence(band) => own(band.label()),
            Part::Stale => own("Check-in due"),
            Part::Unaligned => own("Unaligned"),
            Part::Mine => own("Mine"),
        }
    }

    /// What is looked for in words, and how much of a tree it is.
    #[must_use]
    pub fn filter_view(
        &self,
        filter: &Filter,
        unknown: Vec<String>,
        whole: &Outline,
        found: &Outline,
        actor: Actor,
    ) -> FilterView {
        let matches = found.matches();
        FilterView {
            parts: filter.parts().iter().map(|part| self.choice(*part)).collect(),
            loosened: if matches == 0 { self.loosened(filter, whole, actor) } else { Vec::new() },
            filter: filter.clone(),
            unknown,
            matches,
        }
    }

    fn choice(&self, part: Part) -> Choice {
        Choice { part, label: self.part_label(part) }
    }

    fn loosened(&self, filter: &Filter, whole: &Outline, actor: Actor) -> Vec<Loosened> {
        let without_text = (!filter.text().trim().is_empty()).then(|| (None, filter.clone().with_text("")));
        let without_parts = filter.parts().iter().map(|part| (Some(self.choice(*part)), filter.clone().without(*part)));
        let mut loosened: Vec<Loosened> = without_text
            .into_iter()
            .chain(without_parts)
            .filter(|(_, filter)| filter.is_on())
            .map(|(without, filter)| {
                let matcher = Matcher::new(&filter, self, actor);
                let nodes =
                    whole.lines().iter().filter(|line| matches!(line.id, LineId::Node(node) if matcher.matches(node)));
                let matches = nodes.count() as u32;
                Loosened { without, filter, matches }
            })
            .filter(|loosened| loosened.matches > 0)
            .collect();
        loosened.sort_by_key(|loosened| std::cmp::Reverse(loosened.matches));
        loosened.truncate(MAX_LOOSENED);
        loosened
    }
}

impl Outline {
    /// The lines that match, with what leads to them. `kept` stay, dimmed, though they do not match (any more).
    #[must_use]
    pub fn filtered(&self, matcher: &Matcher<'_>, kept: &FxHashSet<LineId>) -> Self {
        self.narrowed(
            |id| match id {
                LineId::Node(node) => matcher.matches(node),
                LineId::Unaligned => false,
            },
            kept,
        )
    }
}
