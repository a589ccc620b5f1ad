//! The first screen of the tree: what the server renders, and what the browser begins with.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::command::Actor;
use super::cycle::Phase;
use super::expansion::Expansion;
use super::filter::{Filter, FilterChoices, FilterView, Matcher, told};
use super::ids::{CycleId, NodeId};
use super::line::{Line, LineId};
use super::node_link::NodeLink;
use super::outline::{Outline, Scope};
use super::pace::expected;
use super::progress::{Ppm, percent_of};
use super::row::Row;
use super::view_label::ViewLabel;
use super::workspace::Workspace;

/// The most rows that are sent at once: what a large screen shows. More would be painted later.
pub const PAGE_ROWS: usize = 30;

/// Levels are opened without being asked as long as no more lines than this show.
const OPEN_ROWS: usize = 300;

/// What an address asks to see, each part as it is written there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeQuery {
    /// The name of a cycle, or `all`.
    pub cycle: Option<String>,
    /// The id of the objective or key result whose branch is the whole page, or its name in an imported table.
    pub focus: Option<String>,
    /// What is open, as [`Expansion`] writes it.
    pub open: Option<String>,
    /// How many rows come before the first one.
    pub from: Option<String>,
    /// The past day to show.
    pub on: Option<String>,
    /// The day to compare with.
    pub since: Option<String>,
    /// The id of the objective or key result that is shown beside the tree.
    pub node: Option<String>,
    /// What is looked for, as a [`Filter`] writes it.
    pub filter: String,
}

/// The first screen of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeView {
    /// What surrounds the rows.
    pub head: TreeHead,
    /// Whether the address asks for a branch that is not here.
    pub lost_focus: bool,
    /// What is looked for.
    pub filter: FilterView,
    /// What can be looked for.
    pub choices: FilterChoices,
    /// The saved views.
    pub views: Vec<ViewLabel>,
    /// Which lines are open.
    pub expansion: Expansion,
    /// Which lines are open once nothing is looked for any more.
    pub resting: Expansion,
    /// How many lines show before the first one of `rows`.
    pub from: u32,
    /// How many lines show in all.
    pub showing: u32,
    /// The lines, and what those of nodes say.
    pub rows: Vec<(Line, Option<Row>)>,
}

/// What surrounds the rows of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeHead {
    /// The organisation's name.
    pub workspace: String,
    /// The cycles to choose from, the latest first.
    pub cycles: Vec<CycleLabel>,
    /// The chosen one; `None` for all.
    pub cycle: Option<CycleLabel>,
    /// The branch that is the whole page, after what it hangs under, the root first; empty for the whole tree.
    pub focus: Vec<NodeLink>,
    /// How many levels the tree has.
    pub levels: u16,
    /// How many objectives are in the tree.
    pub objectives: u32,
    /// How many key results are in the tree.
    pub key_results: u32,
    /// Whether the workspace has no objective at all.
    pub is_empty: bool,
    /// Whether whoever looks may write objectives.
    pub may_write: bool,
}

/// A cycle as a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleLabel {
    /// Its id.
    pub id: CycleId,
    /// Its name.
    pub name: String,
    /// How much of it is gone by, as a person reads it, and as a part; `None` where its days are not known.
    pub gone: Option<(String, Ppm)>,
    /// How far it has come.
    pub phase: Phase,
}

impl TreeHead {
    /// The name of the chosen cycle.
    #[must_use]
    pub fn cycle_name(&self) -> &str {
        self.cycle.as_ref().map_or("All cycles", |cycle| cycle.name.as_str())
    }
}

impl TreeView {
    /// Which part of the tree it is of.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope {
            cycle: self.head.cycle.as_ref().map(|cycle| cycle.id),
            focus: self.head.focus.last().map(|link| link.node),
        }
    }

    /// The address of that part of the tree, without what is open.
    #[must_use]
    pub fn query(&self) -> TreeQuery {
        let cycle = self.head.cycle.as_ref().map(|cycle| cycle.name.as_str());
        TreeQuery::of_cycle(cycle).focused(self.scope().focus)
    }
}

impl Workspace {
    /// The first screen of the tree as somebody sees it.
    #[must_use]
    pub fn tree_view(&self, query: &TreeQuery, actor: Actor) -> TreeView {
        let scope = self.scope(query);
        let whole = Outline::new(self, &scope);
        let (head, choices) = (self.tree_head(&whole, &scope, actor), self.filter_choices(&whole));
        let resting = self.expansion(&TreeQuery { filter: String::new(), ..query.clone() }, &whole);
        let (outline, filter) = self.looked_for(whole, query, actor);
        let expansion = self.expansion(query, &outline);
        let visible = outline.visible(&expansion);
        let from = query.from.as_deref().and_then(|from| from.parse().ok()).unwrap_or(0).min(visible.len());
        let rows = visible.iter().skip(from).take(PAGE_ROWS).map(|line| (*line, self.line_row(line, actor))).collect();
        TreeView {
            head,
            lost_focus: query.focus.is_some() && scope.focus.is_none(),
            filter,
            choices,
            views: self.view_labels(actor),
            expansion,
            resting,
            from: from as u32,
            showing: visible.len() as u32,
            rows,
        }
    }

    /// Which part of the tree an address asks for.
    #[must_use]
    pub fn scope(&self, query: &TreeQuery) -> Scope {
        let focus = query.focus.as_deref().and_then(|name| self.node_named(name));
        let cycle = match (&query.cycle, focus.and_then(|node| self.objective_of(node)?.cycle)) {
            (None, Some(own)) => Some(own),
            (name, _) => self.chosen_cycle(name.as_deref()),
        };
        Scope { cycle, focus }
    }

    fn looked_for(&self, outline: Outline, query: &TreeQuery, actor: Actor) -> (Outline, FilterView) {
        let mut read = Filter::read(&query.filter, self);
        let is_unknown = |name: &&String| *name != "all" && self.cycle_named(name).is_none();
        read.unknown.extend(query.cycle.as_ref().filter(is_unknown).map(|name| told(name)));
        if !read.filter.is_on() {
            let view = self.filter_view(&read.filter, read.unknown, &outline, &outline, actor);
            return (outline, view);
        }
        let found = outline.filtered(&Matcher::new(&read.filter, self, actor), &FxHashSet::default());
        let view = self.filter_view(&read.filter, read.unknown, &outline, &found, actor);
        (found, view)
    }

    /// What an address says is open; where it says nothing, as many levels as can be taken in. Whoever looks for something
    /// sees all of what is found.
    #[must_use]
    pub fn expansion(&self, query: &TreeQuery, outline: &Outline) -> Expansion {
        if Filter::read(&query.filter, self).filter.is_on() {
            return Expansion::all();
        }
        let read = query.open.as_deref().and_then(Expansion::read);
        read.unwrap_or_else(|| Expansion::of_levels(outline.levels_within(OPEN_ROWS)))
    }

    /// What surrounds the rows of a tree.
    #[must_use]
    pub fn tree_head(&self, outline: &Outline, scope: &Scope, actor: Actor) -> TreeHead {
        let mut cycles: Vec<_> = self.cycles().collect();
        cycles.sort_by_key(|cycle| std::cmp::Reverse(cycle.span.map(|span| (span.last(), span.first()))));
        let (objectives, key_results) = outline.counts();
        TreeHead {
            workspace: self.settings.name.clone(),
            cycles: cycles.into_iter().filter_map(|cycle| self.cycle_label(cycle.id)).collect(),
            cycle: scope.cycle.and_then(|cycle| self.cycle_label(cycle)),
            focus: scope.focus.map(|node| self.way_to(node)).unwrap_or_default(),
            levels: outline.levels(),
            objectives,
            key_results,
            is_empty: self.objectives().next().is_none(),
            may_write: self.may_write(actor),
        }
    }

    /// The cycle that an address names: of that name, none for `all`, and else the current one.
    #[must_use]
    pub fn chosen_cycle(&self, name: Option<&str>) -> Option<CycleId> {
        match name {
            Some("all") => None,
            name => name.and_then(|name| self.cycle_named(name)).or_else(|| self.current_cycle()),
        }
    }

    fn cycle_named(&self, name: &str) -> Option<CycleId> {
        self.cycles().find(|cycle| cycle.name == name).map(|cycle| cycle.id)
    }

    /// A cycle as a choice.
    #[must_use]
    pub fn cycle_label(&self, id: CycleId) -> Option<CycleLabel> {
        let cycle = self.cycle(id)?;
        let gone = cycle.span.map(|span| expected(span, self.today()));
        let gone = gone.map(|gone| (percent_of(Some(gone)), gone));
        Some(CycleLabel { id, name: cycle.name.clone(), gone, phase: cycle.phase })
    }

    /// A node after what it hangs under, the root first.
    #[must_use]
    pub fn way_to(&self, node: NodeId) -> Vec<NodeLink> {
        let up = std::iter::once(node).chain(self.ancestors(node));
        let mut way: Vec<_> = up.filter_map(|node| self.node_link(node)).collect();
        way.reverse();
        way
    }

    fn line_row(&self, line: &Line, actor: Actor) -> Option<Row> {
        match line.id {
            LineId::Node(node) => self.row(node, actor),
            LineId::Unaligned => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, sample};
    use super::*;

    fn query(cycle: Option<&str>, open: Option<&str>, from: Option<&str>) -> TreeQuery {
        let own = |text: Option<&str>| text.map(str::to_owned);
        TreeQuery { cycle: own(cycle), open: own(open), from: own(from), ..TreeQuery::default() }
    }

    #[test]
    fn an_address_says_what_shows() {
        let Sample { workspace, viewer, .. } = sample();
        let view = |query: TreeQuery| workspace.tree_view(&query, Actor::Person(viewer));
        let all = view(query(Some("all"), None, None));
        assert_eq!((all.showing, all.from, all.rows.len()), (8, 0, 8));
        assert_eq!((all.head.objectives, all.head.key_results), (4, 3));
        assert!(!all.head.is_empty && !all.head.may_write);
        let current = view(query(None, None, None));
        assert_eq!(current.head.cycle.map(|cycle| cycle.name).as_deref(), Some("2026-Q1"));
        assert_eq!(current.showing, 7);
        let rest = view(query(Some("all"), None, Some("6")));
        assert_eq!((rest.from, rest.rows.len()), (6, 2));
        assert_eq!(view(query(Some("all"), Some("0"), None)).showing, 2);
        let nonsense = view(query(Some("no such"), Some("-1"), Some("99999999999999999999")));
        assert_eq!((nonsense.showing, nonsense.filter.unknown), (7, vec!["no such".to_owned()]));
        assert_eq!(all.filter.unknown, Vec::<String>::new());
        assert_eq!(view(query(None, None, Some("1000"))).rows.len(), 0);
    }

    #[test]
    fn an_address_may_ask_for_a_branch() {
        let Sample { workspace, viewer, sell, .. } = sample();
        let view = |cycle: Option<&str>, focus: &str| {
            let query = TreeQuery { focus: Some(focus.to_owned()), ..query(cycle, None, None) };
            workspace.tree_view(&query, Actor::Person(viewer))
        };
        let branch = view(None, &sell.to_string());
        assert_eq!((branch.showing, branch.lost_focus), (2, false));
        let way: Vec<_> = branch.head.focus.iter().map(|link| link.title.as_str()).collect();
        assert_eq!(way, ["Company", "Revenue", "Sell"]);
        assert_eq!(view(None, "old").head.cycle.map(|cycle| cycle.name).as_deref(), Some("2025-Q4"), "its own cycle");
        assert_eq!(view(Some("2026-Q1"), "sell"), view(Some("2026-Q1"), &sell.to_string()));
        for lost in ["x", "00000000-0000-0000-0000-0000000fffff", "../../etc", &"9".repeat(5_000)] {
            let whole = view(None, lost);
            assert_eq!((whole.showing, whole.lost_focus), (7, true), "{lost}");
            assert!(whole.head.focus.is_empty());
        }
    }

    #[test]
    fn an_address_says_what_is_looked_for() {
        let Sample { workspace, viewer, member, .. } = sample();
        let view = |filter: &str| {
            let query =
                TreeQuery { filter: filter.to_owned(), open: Some("0".to_owned()), ..query(Some("all"), None, None) };
            workspace.tree_view(&query, Actor::Person(viewer))
        };
        let found = view("q=CALL&owner=jonas%20maria%20silva");
        assert_eq!((found.showing, found.filter.matches, found.head.key_results), (4, 1, 3));
        assert_eq!(found.rows.iter().filter(|(line, _)| line.is_match).count(), 1);
        assert_eq!(found.filter.parts[0].label, "Jonas Maria Silva");
        assert_eq!(found.choices.teams.len(), 1);
        assert_eq!(
            found.choices.owners.iter().map(|choice| choice.label.as_str()).collect::<Vec<_>>(),
            ["Ada King", "Jonas Maria Silva"]
        );
        let nothing = view(&format!("owner={member}&q=company"));
        assert_eq!((nothing.showing, nothing.filter.matches), (0, 0));
        let ways: Vec<_> = nothing.filter.loosened.iter().map(|way| (way.without.is_none(), way.matches)).collect();
        assert_eq!(ways, [(true, 5), (false, 1)]);
        let unknown = view("team=Nobody");
        assert_eq!((unknown.showing, unknown.filter.unknown.len(), unknown.filter.filter.is_on()), (2, 1, false));
    }

    #[test]
    fn a_cycle_says_how_much_of_it_is_gone() {
        let Sample { workspace, quarter, .. } = sample();
        let (gone, part) = workspace.cycle_label(quarter).unwrap().gone.unwrap();
        assert_eq!((gone.replace('\u{a0}', " ").as_str(), part.get()), ("50 %", 500_000));
    }
}
