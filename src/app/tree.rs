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
mod field;
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
mod rename;
mod stack;
mod state;
mod value;
mod why;
mod window;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use self::empty::EmptyWorkspace;
use self::filter::{FilterBar, NothingFound, Views};
use self::focus::{LostFocus, Way};
use self::grid::Grid;
use self::head::{CycleChooser, PaperHeading, Toolbar};
use self::panel::Panel;
use self::state::Tree;
use super::failure::Failure;
use super::frame::TopBar;
use super::overlay::Overlays;
use super::past::{self, DayMenu, PastBanner};
use super::state::Memory;
use crate::api::tree::{TreePage, read_tree};
use crate::api::wire::Postcard;
use crate::domain::expansion::Expansion;
use crate::domain::filter::FilterChoices;
use crate::domain::line::LineId;
use crate::domain::outline::{Outline, Scope};
use crate::domain::palette::Action;
use crate::domain::tree_view::{TreeHead, TreeQuery};
use crate::domain::view_label::ViewLabel;
use crate::domain::workspace::Workspace;

/// How many cells a line has.
const COLUMNS: usize = 7;

/// The place of the cell with the value.
const VALUE_COLUMN: usize = 2;

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
    let is_here = Signal::derive({
        let page = asked.get_untracked().page();
        move || asked.with(|asked| asked.clone().page() == page)
    });
    let query =
        asked.with_untracked(|asked| TreeQuery { on: asked.on.clone(), since: asked.since.clone(), ..view.query() });
    let tree = Tree::new(memory, &view, query, day, held, whole, is_here);
    address::keep_in_step(tree, asked, is_here);
    field::close_with_its_line(tree);
    Effect::new(move |_| tree.is_live.set(true));
    provide_context(tree);
    let head = follow_head(memory, whole, scope, view.head.clone());
    let finding = tree.finding;
    let found = finding.view(whole, tree.outline, view.filter.clone());
    let choices = follow_choices(memory, whole, view.choices.clone());
    let views = follow_views(memory, view.views.clone());
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
            <PaperHeading head day=day.unwrap_or(today) />
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

/// What can be looked for; `shipped` is what the server said of it, for as long as the workspace is not here.
fn follow_choices(memory: Memory, whole: Memo<Option<Outline>>, shipped: FilterChoices) -> Memo<FilterChoices> {
    Memo::new(move |_| {
        let now = memory
            .follow(|workspace, _| whole.with(|whole| whole.as_ref().map(|whole| workspace.filter_choices(whole))));
        now.flatten().unwrap_or_else(|| shipped.clone())
    })
}

/// The saved views; `shipped` is what the server said of them, for as long as the workspace is not here.
fn follow_views(memory: Memory, shipped: Vec<ViewLabel>) -> Memo<Vec<ViewLabel>> {
    Memo::new(move |_| memory.follow(Workspace::view_labels).unwrap_or_else(|| shipped.clone()))
}

/// What the palette can do with the tree.
fn offer_actions(tree: Tree) {
    let open = move |expansion: fn() -> Expansion| Callback::new(move |()| tree.expansion.set(expansion()));
    expect_context::<Overlays>().offer(vec![
        (Action::ExpandAll, open(Expansion::all)),
        (Action::CollapseAll, open(|| Expansion::of_levels(0))),
    ]);
}
