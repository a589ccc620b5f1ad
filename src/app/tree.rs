//! The alignment tree.

mod act;
mod address;
mod cell;
mod change;
mod click;
mod cursor;
mod draft;
mod early;
mod element;
mod empty;
mod filter;
mod focus;
mod grid;
mod guides;
mod head;
mod inset;
pub mod keys;
mod levels;
mod line;
mod link;
mod menu;
mod moving;
mod panel;
mod refused;
mod stack;
mod value;
mod why;
mod window;

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_navigate};
use rustc_hash::FxHashSet;

use self::act::Changed;
use self::cursor::Cursor;
use self::draft::{Draft, Renaming};
use self::empty::EmptyWorkspace;
use self::filter::{FilterBar, Finding, NothingFound, Views};
use self::focus::{LostFocus, Way};
use self::grid::Grid;
use self::head::{CycleChooser, Toolbar};
use self::menu::OpenMenu;
use self::moving::{Hold, Preview};
use self::panel::Panel;
use super::failure::Failure;
use super::frame::TopBar;
use super::overlay::Overlays;
use super::past::{self, DayMenu, PastBanner};
use super::state::Memory;
use crate::api::tree::{TreePage, read_tree};
use crate::api::wire::Postcard;
use crate::domain::expansion::Expansion;
use crate::domain::filter::Filter;
use crate::domain::ids::NodeId;
use crate::domain::line::LineId;
use crate::domain::outline::{Outline, Scope};
use crate::domain::palette::Action;
use crate::domain::tree_view::{TreeHead, TreeQuery, TreeView};
use crate::domain::type_ahead::TypeAhead;
use crate::domain::workspace::Workspace;

/// How many cells a line has.
const COLUMNS: usize = 7;

/// The place of the cell with the value.
const VALUE_COLUMN: usize = 2;

/// What the parts of the tree share. Copies share it.
#[derive(Clone, Copy)]
struct Tree {
    memory: Memory,
    /// The lines of the chosen cycle that are found, once the workspace is here.
    outline: Memo<Option<Outline>>,
    /// What is looked for.
    finding: Finding,
    /// Which of them are open.
    expansion: RwSignal<Expansion>,
    /// Where the keyboard is.
    cursor: Cursor,
    /// The line that shall have the focus in the tree that is shown next.
    held: StoredValue<Option<LineId>>,
    /// The address of this cycle and branch, without what is open.
    query: StoredValue<TreeQuery>,
    /// What is being typed of a title.
    typed: StoredValue<TypeAhead>,
    /// A move that is not made yet, and what it would do.
    preview: RwSignal<Option<Preview>>,
    /// The pointer that holds a line.
    hold: StoredValue<Option<Hold>>,
    /// What the pointer or the keyboard is on.
    looked_at: RwSignal<Option<NodeId>>,
    /// The objectives that it is linked with by support.
    linked: Memo<FxHashSet<NodeId>>,
    /// What is shown beside the tree.
    panel: RwSignal<Option<NodeId>>,
    /// What a place is chosen for by name.
    moves: RwSignal<Option<NodeId>>,
    /// What is being changed of a line.
    changed: RwSignal<Option<(NodeId, Changed)>>,
    /// Whose numbers are being explained.
    why: RwSignal<Option<NodeId>>,
    /// The menu of a line, where one is open.
    menu: RwSignal<Option<OpenMenu>>,
    /// What was done that shows nowhere else, in words.
    said: RwSignal<String>,
    /// The line that is being written.
    draft: RwSignal<Option<Draft>>,
    /// What was typed of it before it went to another level.
    typing: StoredValue<String>,
    /// The title that is being changed.
    renaming: RwSignal<Option<Renaming>>,
    /// The value that is being typed.
    editing: RwSignal<Option<Editing>>,
    /// Whether the script runs, so that arrow keys replace the tab key.
    is_live: RwSignal<bool>,
    /// The past day that the tree is of.
    day: Option<NaiveDate>,
}

impl Tree {
    /// The address of what is shown, without what is open.
    fn asked(self) -> TreeQuery {
        TreeQuery { filter: self.finding.filter.with_untracked(Filter::query), ..self.query.get_value() }
    }

    /// The address of a branch of this tree as the whole page, or of the whole tree.
    fn focus_address(self, focus: Option<NodeId>) -> String {
        self.query.with_value(|query| query.clone().focused(focus).address())
    }

    /// The pointer or the keyboard came to a line.
    fn look_at(self, id: LineId) {
        if let LineId::Node(node) = id
            && self.looked_at.get_untracked() != Some(node)
        {
            self.looked_at.set(Some(node));
        }
    }

    /// Has the active line take the focus in the tree that is shown next.
    fn hold(self) {
        self.held.set_value(self.cursor.active.get_untracked());
    }

    /// Makes the whole tree the page again where a branch was.
    fn leave_focus(self) {
        if self.query.with_value(|query| query.focus.is_some()) {
            self.hold();
            use_navigate()(&self.focus_address(None), Default::default());
        }
    }

    /// Whether a line is open, once the workspace is here.
    fn is_open(self, id: LineId) -> bool {
        self.outline.with_untracked(|outline| {
            let line = outline.as_ref().and_then(|outline| outline.branch(id).first());
            line.is_some_and(|line| self.expansion.with_untracked(|expansion| expansion.is_open(line)))
        })
    }

    /// Opens or closes everything under a line.
    fn turn_branch(self, id: LineId, open: bool) {
        self.outline.with_untracked(|outline| {
            if let Some(outline) = outline {
                self.expansion.update(|expansion| expansion.set_all(outline.branch(id), open));
            }
        });
    }
}

/// A value that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Editing {
    node: NodeId,
    text: String,
}

/// The page of the tree.
#[component]
pub fn TreeScreen() -> impl IntoView {
    let memory = expect_context::<Memory>();
    let address = use_location().search;
    let held = StoredValue::new(None);
    let asked = Memo::new(move |_| address.with(|address| TreeQuery::read(address)));
    let page_of = Memo::new(move |_| asked.get().page());
    let page = Resource::<_, Postcard>::new_with_options(
        move || page_of.get(),
        move |_| {
            let asked = asked.get_untracked();
            async move {
                match memory.tree_page(&asked).filter(|_| asked.is_of_now()) {
                    Some(page) => Ok(page),
                    None => read_tree(asked).await,
                }
            }
        },
        false,
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <TreeOf page asked held live=memory /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn TreeOf(page: TreePage, asked: Memo<TreeQuery>, held: StoredValue<Option<LineId>>, live: Memory) -> impl IntoView {
    let TreePage { viewer, view, today, day, since, returned } = page;
    let memory = past::look_at(day, live, &viewer);
    past::bring_in(memory, day, &viewer);
    let compared = since.as_ref().map(|since| since.day);
    past::compare_with(since);
    let scope = StoredValue::new(view.scope());
    let whole =
        Memo::new(move |_| memory.follow(|workspace, _| scope.with_value(|scope| Outline::new(workspace, scope))));
    let (cursor, expansion) = arrive(held, whole, &view);
    let expansion = RwSignal::new(expansion);
    let is_here = Signal::derive({
        let page = asked.get_untracked().page();
        move || asked.with(|asked| asked.clone().page() == page)
    });
    let finding = Finding::new(memory, &view.filter, expansion, view.resting.clone(), is_here);
    let looked_at = RwSignal::new(None);
    let tree = Tree {
        memory,
        looked_at,
        linked: linked(memory, looked_at),
        outline: finding.found(whole),
        finding,
        expansion,
        cursor,
        held,
        query: StoredValue::new(asked.with_untracked(|asked| TreeQuery {
            on: asked.on.clone(),
            since: asked.since.clone(),
            ..view.query()
        })),
        typed: StoredValue::default(),
        preview: RwSignal::new(None),
        hold: StoredValue::new(None),
        panel: RwSignal::new(None),
        moves: RwSignal::new(None),
        changed: RwSignal::new(None),
        why: RwSignal::new(None),
        menu: RwSignal::new(None),
        said: RwSignal::new(String::new()),
        draft: RwSignal::new(None),
        typing: StoredValue::default(),
        renaming: RwSignal::new(None),
        editing: RwSignal::new(None),
        is_live: RwSignal::new(false),
        day,
    };
    address::keep_in_step(tree, asked, is_here);
    Effect::new(move |_| tree.is_live.set(true));
    provide_context(tree);
    let head = follow_head(memory, whole, scope, view.head.clone());
    let found = finding.view(whole, tree.outline, view.filter.clone());
    let shipped = view.choices.clone();
    let choices = Memo::new(move |_| {
        let now = memory
            .follow(|workspace, _| whole.with(|whole| whole.as_ref().map(|whole| workspace.filter_choices(whole))));
        now.flatten().unwrap_or_else(|| shipped.clone())
    });
    let shipped = view.views.clone();
    let views = Memo::new(move |_| memory.follow(Workspace::view_labels).unwrap_or_else(|| shipped.clone()));
    let all = Signal::derive(move || head.with(|head| head.objectives + head.key_results));
    let shows_nothing =
        move || tree.outline.with(|outline| outline.as_ref().is_none_or(|outline| outline.lines().is_empty()));
    let finds_nothing =
        Memo::new(move |_| found.with(|found| found.filter.is_on() && found.matches == 0) && shows_nothing());
    offer_actions(tree);
    let is_empty = Memo::new(move |_| head.with(|head| head.is_empty));
    let may_write = view.head.may_write;
    let lost_focus = view.lost_focus;
    let title = Memo::new(move |_| head.with(|head| head.focus.last().map(|link| link.title.clone())));
    // The head of the document outlives the page for a moment.
    let page_title = move || format!("{} – Trellis", title.try_get().flatten().unwrap_or_else(|| "Tree".to_owned()));
    // Until the script runs, the address tells.
    let with_panel = move || match tree.is_live.get() {
        true => tree.panel.with(Option::is_some),
        false => asked.with(|asked| asked.node.is_some()),
    };
    let heading = move || match title.get() {
        Some(title) => format!("Alignment tree: {title}"),
        None => "Alignment tree".to_owned(),
    };
    view! {
        <Title text=page_title />
        <TopBar viewer workspace=Signal::derive(move || head.with(|head| head.workspace.clone()))>
            <CycleChooser head />
            <DayMenu day today />
        </TopBar>
        <main class="tree" class:comparing=compared.is_some() class:with-panel=with_panel>
            <h1 class="visually-hidden">{heading}</h1>
            <PastBanner day since=compared />
            {lost_focus.then(|| view! { <LostFocus /> })}
            <Way head />
            {move || {
                if is_empty.get() {
                    view! { <EmptyWorkspace may_write /> }.into_any()
                } else {
                    let (view, returned) = (view.clone(), returned.clone());
                    view! {
                        <Toolbar head />
                        <FilterBar finding found choices all>
                            <Views finding views may_share=may_write returned />
                        </FilterBar>
                        {move || {
                            if finds_nothing.get() {
                                view! { <NothingFound finding found /> }.into_any()
                            } else {
                                view! { <Grid view=view.clone() /> }.into_any()
                            }
                        }}
                    }
                    .into_any()
                }
            }}
            <Panel asked />
        </main>
    }
}

/// The objectives that what is looked at supports, and that support it.
fn linked(memory: Memory, looked_at: RwSignal<Option<NodeId>>) -> Memo<FxHashSet<NodeId>> {
    Memo::new(move |_| match looked_at.get() {
        Some(NodeId::Objective(id)) => memory
            .follow(|workspace, _| {
                let both = workspace.supported(id).chain(workspace.supporters(id));
                both.map(NodeId::from).collect()
            })
            .unwrap_or_default(),
        _ => FxHashSet::default(),
    })
}

/// What stands above the tree; `shipped` is what the server said of it, for as long as the workspace is not here.
fn follow_head(
    memory: Memory,
    whole: Memo<Option<Outline>>,
    scope: StoredValue<Scope>,
    shipped: TreeHead,
) -> Memo<TreeHead> {
    Memo::new(move |_| {
        let now = whole.with(|whole| {
            let whole = whole.as_ref()?;
            memory.follow(|workspace, actor| scope.with_value(|scope| workspace.tree_head(whole, scope, actor)))
        });
        now.unwrap_or_else(|| shipped.clone())
    })
}

/// Sets the keyboard on the line that was held, if it is in this tree, and on the first line otherwise; and opens, besides
/// what the page says, what hides a held line.
fn arrive(held: StoredValue<Option<LineId>>, outline: Memo<Option<Outline>>, view: &TreeView) -> (Cursor, Expansion) {
    let mut expansion = view.expansion.clone();
    let held = held.try_update_value(Option::take).flatten();
    let found = outline.with_untracked(|outline| {
        let outline = outline.as_ref()?;
        held.filter(|id| !outline.branch(*id).is_empty()).inspect(|id| outline.reveal(*id, &mut expansion))
    });
    let active = found.or_else(|| view.rows.first().map(|(line, _)| line.id));
    (Cursor::new(active, held.is_some()), expansion)
}

/// What the palette can do with the tree.
fn offer_actions(tree: Tree) {
    let open = move |expansion: fn() -> Expansion| Callback::new(move |()| tree.expansion.set(expansion()));
    expect_context::<Overlays>().offer(vec![
        (Action::ExpandAll, open(Expansion::all)),
        (Action::CollapseAll, open(|| Expansion::of_levels(0))),
    ]);
}
