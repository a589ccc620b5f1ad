//! The command palette: everything that can be gone to or done, found by a few letters.

use super::command::Actor;
use super::filter::{Filter, MAX_TEXT, Part, Words, fold, is_word_start, percent_encoded};
use super::ids::{CycleId, NodeId, PersonId, TeamId, ViewId};
use super::pace::Pace;
use super::workspace::{KeyResultNode, ObjectiveNode, Workspace};

/// The most entries that are found at once.
pub const MAX_FOUND: usize = 40;

/// Something that the page does by itself, rather than leading somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Opens every line of the tree.
    ExpandAll,
    /// Closes every line of the tree.
    CollapseAll,
    /// Puts the cursor into the search field of the tree.
    Search,
    /// Names the filter of the tree, to come back to it.
    SaveView,
    /// Shows the keys.
    Keys,
    /// Ends the session.
    SignOut,
}

/// What an entry is, in the order in which equally good ones are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something to do or a page.
    Action,
    /// A saved view.
    View,
    /// A cycle.
    Cycle,
    /// A team.
    Team,
    /// A person.
    Person,
    /// An objective.
    Objective,
    /// A key result.
    KeyResult,
}

impl Kind {
    /// As a person reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Action => "Action",
            Self::View => "View",
            Self::Cycle => "Cycle",
            Self::Team => "Team",
            Self::Person => "Person",
            Self::Objective => "Objective",
            Self::KeyResult => "Key result",
        }
    }
}

/// What happens when an entry is chosen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The page does something.
    Do(Action),
    /// An address is gone to.
    Go(String),
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub title: String,
    /// What it belongs to, so that two of one name are told apart; may be empty.
    pub context: String,
    /// What happens when it is chosen.
    pub target: Target,
}

/// How a text fits a name, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is the name.
    Whole,
    /// The name begins with it.
    Start,
    /// Each of its words begins one of the name.
    Words,
    /// It is the first letters of the name's words: `cr` for *check-in rate*.
    Initials,
    /// Its words are somewhere in the name.
    Somewhere,
}

/// A text that is looked for, made ready to be compared with many names.
pub(super) struct Wanted {
    folded: String,
    pub(super) words: Words,
    /// Its letters without blanks, where they may be initials.
    initials: Option<String>,
}

impl Wanted {
    pub(super) fn new(text: &str) -> Self {
        let words = Words::new(text);
        let bounded: String = text.trim().chars().take(MAX_TEXT).collect();
        let folded = fold(&bounded);
        let letters: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
        let initials = (2..=8).contains(&letters.chars().count()).then_some(letters);
        Self { folded, words, initials }
    }

    pub(super) fn fit(&self, title: &str) -> Option<Fit> {
        let name = fold(title);
        if !self.words.are_in_folded(&name) {
            let mut firsts = starts_of_words(&name);
            let is_initials = self.initials.as_ref()?.chars().all(|letter| firsts.next() == Some(letter));
            return is_initials.then_some(Fit::Initials);
        }
        let begins = |word: &str| name.match_indices(word).any(|(place, _)| is_word_start(&name, place));
        Some(if name == self.folded {
            Fit::Whole
        } else if name.starts_with(&self.folded) {
            Fit::Start
        } else if self.folded.split_whitespace().all(begins) {
            Fit::Words
        } else {
            Fit::Somewhere
        })
    }
}

fn starts_of_words(name: &str) -> impl Iterator<Item = char> {
    name.char_indices().filter(|(place, c)| c.is_alphanumeric() && is_word_start(name, *place)).map(|(_, c)| c)
}

/// What an entry is made of. The ids order what fits equally well in the same way on every screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Page(usize),
    View(ViewId),
    Cycle(CycleId),
    Team(TeamId),
    Meeting(TeamId),
    Person(PersonId),
    Node(NodeId),
}

impl Workspace {
    /// What a palette offers for a text, the best first: at most [`MAX_FOUND`]. `actions` are what the page can do; with no
    /// text, they, the pages and the views are offered.
    #[must_use]
    pub fn palette(&self, text: &str, actor: Actor, actions: &[Action]) -> Vec<Entry> {
        let wanted = Wanted::new(text);
        let pages = self.pages(actor, actions);
        // How well it fits, then its kind, then the shorter name first.
        let mut found: Vec<(Fit, Kind, usize, Source)> = Vec::new();
        let mut offer = |kind, title: &str, source| {
            if let Some(fit) = wanted.fit(title) {
                let length = if wanted.words.is_empty() { 0 } else { title.len() };
                found.push((fit, kind, length, source));
            }
        };
        for (place, page) in pages.iter().enumerate() {
            offer(Kind::Action, &page.title, Source::Page(place));
        }
        for view in self.views().filter(|view| view.is_offered_to(actor)) {
            offer(Kind::View, &view.name, Source::View(view.id));
        }
        if !wanted.words.is_empty() {
            self.cycles().for_each(|cycle| offer(Kind::Cycle, &cycle.name, Source::Cycle(cycle.id)));
            self.teams().for_each(|team| offer(Kind::Team, &team.name, Source::Team(team.id)));
            self.teams().for_each(|team| offer(Kind::Action, &meeting_title(&team.name), Source::Meeting(team.id)));
            self.people().for_each(|person| offer(Kind::Person, &person.name, Source::Person(person.id)));
            for ObjectiveNode { objective, .. } in self.objectives() {
                offer(Kind::Objective, &objective.title, Source::Node(objective.id.into()));
            }
            for KeyResultNode { key_result, .. } in self.key_results() {
                offer(Kind::KeyResult, &key_result.title, Source::Node(key_result.id.into()));
            }
        }
        if found.len() > MAX_FOUND {
            found.select_nth_unstable(MAX_FOUND);
            found.truncate(MAX_FOUND);
        }
        found.sort_unstable();
        found.into_iter().filter_map(|(_, kind, _, source)| self.entry(kind, source, &pages)).collect()
    }

    /// What can be done, and the pages that always are there.
    fn pages(&self, actor: Actor, actions: &[Action]) -> Vec<Entry> {
        let entry =
            |title: &str, target| Entry { kind: Kind::Action, title: title.to_owned(), context: String::new(), target };
        let go = |title: &str, address: &str| entry(title, Target::Go(address.to_owned()));
        let mut pages = Vec::new();
        if self.may_write(actor) {
            pages.push(go("New objective", "/new-objective"));
        }
        pages.extend([
            go("Go to the tree", "/tree"),
            go("Check in", "/check-in"),
            entry("Show what is mine", look_for(Part::Mine)),
            entry("Show what is due for a check-in", look_for(Part::Stale)),
            entry("Show what is at risk", look_for(Part::Pace(Pace::AtRisk))),
            entry("Show what is unaligned", look_for(Part::Unaligned)),
            go("Show all cycles", "/tree?cycle=all"),
        ]);
        pages.extend(actions.iter().map(|action| entry(action.title(), Target::Do(*action))));
        pages
    }

    fn entry(&self, kind: Kind, source: Source, pages: &[Entry]) -> Option<Entry> {
        let (title, context, target) = match source {
            Source::Page(place) => return pages.get(place).cloned(),
            Source::View(id) => {
                let view = self.view(id)?;
                (view.name.as_str(), if view.shared { "Shared" } else { "" }, Target::Go(view.address()))
            }
            Source::Cycle(id) => {
                let name = self.cycle(id)?.name.as_str();
                (name, "", Target::Go(format!("/tree?cycle={}", percent_encoded(name))))
            }
            Source::Team(id) => {
                let team = self.team(id)?;
                let above = team.parent.and_then(|id| self.team(id)).map_or("", |team| team.name.as_str());
                (team.name.as_str(), above, look_for(Part::Team(id)))
            }
            Source::Meeting(id) => {
                let title = meeting_title(&self.team(id)?.name);
                let target = Target::Go(format!("/check-in/team/{id}"));
                return Some(Entry { kind, title, context: String::new(), target });
            }
            Source::Person(id) => {
                let person = self.person(id)?;
                (person.name.as_str(), person.email.as_deref().unwrap_or_default(), look_for(Part::Owner(id)))
            }
            Source::Node(node) => {
                let above = self.parent(node).and_then(|parent| self.node_title(parent)).unwrap_or_default();
                (self.node_title(node)?, above, Target::Go(format!("/node/{node}")))
            }
        };
        Some(Entry { kind, title: title.to_owned(), context: context.to_owned(), target })
    }
}

fn meeting_title(team: &str) -> String {
    format!("Meeting of {team}")
}

/// The tree with what a filter of one part finds.
fn look_for(part: Part) -> Target {
    Target::Go(format!("/tree?{}", Filter::default().with(part).query()))
}

impl Action {
    /// As a person reads it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::ExpandAll => "Expand all",
            Self::CollapseAll => "Collapse all",
            Self::Search => "Search in the tree",
            Self::SaveView => "Save this view",
            Self::Keys => "Show the keys",
            Self::SignOut => "Sign out",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, sample};
    use super::super::view::View;
    use super::*;

    const ACTIONS: [Action; 2] = [Action::ExpandAll, Action::SignOut];

    fn titles(workspace: &Workspace, text: &str, actor: Actor) -> Vec<String> {
        workspace.palette(text, actor, &ACTIONS).into_iter().map(|entry| entry.title).collect()
    }

    #[test]
    fn nothing_typed_offers_what_can_be_done() {
        let Sample { workspace, member, viewer, .. } = sample();
        let offered = titles(&workspace, "  ", Actor::Person(member));
        assert_eq!((offered[0].as_str(), offered.last().unwrap().as_str()), ("New objective", "Sign out"));
        assert_eq!(offered.len(), 10);
        assert_eq!(titles(&workspace, "", Actor::Person(viewer))[0], "Go to the tree");
    }

    #[test]
    fn everything_is_found_and_leads_somewhere() {
        let Sample { workspace, member, team, sell, .. } = sample();
        let first = |text: &str| workspace.palette(text, Actor::Person(member), &ACTIONS).into_iter().next().unwrap();
        let go = |address: String| Target::Go(address);
        assert_eq!(first("2026-q1").target, go("/tree?cycle=2026-Q1".to_owned()));
        assert_eq!(first("jonas").target, go(format!("/tree?owner={member}")));
        assert_eq!(first("SALES").target, go(format!("/tree?team={team}")));
        let found = first("sell");
        assert_eq!((found.kind, found.context.as_str()), (Kind::Objective, "Revenue"));
        assert_eq!(found.target, go(format!("/node/{sell}")));
        assert_eq!(first("expand").target, Target::Do(Action::ExpandAll));
        assert_eq!(first("so").target, Target::Do(Action::SignOut));
        assert!(workspace.palette("no such thing", Actor::Person(member), &ACTIONS).is_empty());
    }

    #[test]
    fn the_better_fit_comes_first() {
        let fit = |text: &str, name: &str| Wanted::new(text).fit(name);
        let fits: Vec<_> = ["Check-in", "Check-in rate", "Rate of check-in", "Recheck-in", "Other"]
            .map(|name| fit("check-in", name))
            .to_vec();
        assert_eq!(fits, [Some(Fit::Whole), Some(Fit::Start), Some(Fit::Words), Some(Fit::Somewhere), None]);
        assert_eq!(fit("cir", "Check-in rate"), Some(Fit::Initials));
        assert_eq!(fit("c i", "Check-in rate"), Some(Fit::Words));
        assert_eq!(fit("rx", "Check-in rate"), None);
        assert_eq!(fit("md", "Médiane débit"), Some(Fit::Initials));
        assert_eq!(fit("ق", "قهوة"), Some(Fit::Start));
        assert_eq!(fit(&"x".repeat(100_000), "x"), None);
    }

    #[test]
    fn an_own_view_is_offered_to_its_owner_alone() {
        let Sample { mut workspace, member, viewer, .. } = sample();
        let id = ViewId(uuid::Uuid::from_u128(500));
        let view = View { id, owner: member, shared: false, name: "Slow".to_owned(), query: "q=slow".to_owned() };
        workspace.views.insert(id, view);
        assert_eq!(titles(&workspace, "slow", Actor::Person(member)), ["Slow"]);
        assert!(titles(&workspace, "slow", Actor::Person(viewer)).is_empty());
        workspace.views.entry(id).and_modify(|view| view.shared = true);
        assert_eq!(titles(&workspace, "slow", Actor::Person(viewer)), ["Slow"]);
    }
}
