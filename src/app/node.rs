//! The page of one objective or key result.

mod activity;
mod check_in;
mod closing;
mod conversation;
mod edit;
mod history;
mod initiatives;
mod numbers;
mod overview;
mod refused;
mod support;
mod why;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use self::activity::Activity;
use self::check_in::CheckInSection;
pub use self::check_in::StepsField;
use self::closing::{CloseSection, OutcomeSection};
use self::conversation::Conversation;
use self::edit::{EditSection, NewKeyResult, StateSection};
use self::history::History;
use self::initiatives::Initiatives;
pub use self::numbers::NumbersForm;
use self::overview::Overview;
use self::refused::{RefusedNote, returning};
use self::support::Support;
pub use self::why::WhyBody;
use self::why::WhySection;
use super::failure::Failure;
use super::form::Sent;
use super::frame::TopBar;
use super::past::{PastBanner, look_at, tree_address};
use super::query::query_value;
use super::state::Memory;
use crate::api::node::{NodePage, read_node};
use crate::api::wire::Postcard;
use crate::domain::form::Returned;
use crate::domain::ids::NodeId;
use crate::domain::node_view::NodeView;

/// The page of one objective or key result.
#[component]
pub fn NodeScreen() -> impl IntoView {
    let address = use_params_map();
    let name = Memo::new(move |_| address.with(|address| address.get("id").unwrap_or_default()));
    let memory = expect_context::<Memory>();
    let on = query_value("on");
    let page = Resource::<_, Postcard>::new_with_options(
        move || (name.get(), on.get()),
        // What is here whole needs no server, which may not know yet what was just made.
        move |(name, on)| async move {
            match memory.node_page(&name).filter(|_| on.is_none()) {
                Some(page) => Ok(page),
                None => read_node(name, on).await,
            }
        },
        false,
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <NodeOf page memory /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// What the page says now: as the server rendered it until the workspace is here, and live from then on.
#[must_use]
pub fn live(memory: Memory, shipped: NodeView) -> Memo<NodeView> {
    let node = shipped.row.node;
    let signals = memory.row(node, Some(&shipped.row));
    #[cfg(feature = "hydrate")]
    if let NodeId::KeyResult(id) = node {
        Effect::new(move |_| {
            let is_incomplete =
                memory.follow(|workspace, _| workspace.key_result(id).is_some_and(|node| node.incomplete));
            if is_incomplete == Some(true) {
                super::live::complete(memory, id);
            }
        });
    }
    Memo::new(move |_| {
        if let Some(signals) = &signals {
            signals.touched.track();
        }
        let now = memory
            .follow(|workspace, actor| workspace.is_whole(node).then(|| workspace.node_view(node, actor)).flatten());
        now.flatten().unwrap_or_else(|| shipped.clone())
    })
}

#[component]
fn NodeOf(page: NodePage, memory: Memory) -> impl IntoView {
    let NodePage { viewer, view: shipped, day, returned } = page;
    let memory = look_at(day, memory, &viewer);
    let workspace = shipped.workspace.clone();
    let title = shipped.row.title.clone();
    let view = live(memory, shipped);
    let is_done = query_value("done").get_untracked().is_some();
    // The head of the document outlives the page for a moment.
    let page_title =
        move || format!("{} – Trellis", view.try_with(|view| view.row.title.clone()).unwrap_or_else(|| title.clone()));
    view! {
        <Title text=page_title />
        <TopBar viewer workspace=Signal::stored(workspace)>
            <a class="button back" href=tree_address(None)>
                "Tree"
            </a>
        </TopBar>
        <main class="node">
            <PastBanner day since=None />
            <NodeBody view memory returned is_done is_page=true />
        </main>
    }
    .into_any()
}

/// A node beside the tree.
#[component]
pub fn NodePanel(
    /// What it says as far as is known here; the rest comes by itself.
    shipped: NodeView,
    /// Where that is remembered.
    memory: Memory,
) -> impl IntoView {
    let view = live(memory, shipped);
    view! { <NodeBody view memory returned=None is_done=false is_page=false /> }
}

/// Everything about a node.
#[component]
fn NodeBody(
    view: Memo<NodeView>,
    memory: Memory,
    returned: Option<Returned>,
    /// Whether something was just saved.
    is_done: bool,
    /// Whether it is a page of its own, rather than beside the tree.
    is_page: bool,
) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    let saves = RwSignal::new(u32::from(is_done));
    let on_done = Callback::new(move |()| saves.update(|saves| *saves += 1));
    let sent = Sent::default();
    provide_context(sent);
    let returned = returning(memory, node, sent, returned);
    // A form that comes back is made anew, and what is typed into others stays.
    let came_back = move |kind: &'static str| {
        Memo::new(move |_| returned.with(|it| it.clone().filter(|it| it.fields.get("form") == kind)))
    };
    let why = Memo::new(move |_| view.with(|view| view.why.clone()));
    let is_key_result = matches!(node, NodeId::KeyResult(_));
    let measured = is_key_result.then(|| {
        let (check_in, initiative) = (came_back("check-in"), came_back("new-initiative"));
        let correction = came_back("correct");
        view! {
            {move || view! { <CheckInSection view returned=check_in.get() on_done /> }}
            {move || view! { <History view returned=correction.get() on_done /> }}
            <WhySection why />
            {move || view! { <Initiatives view returned=initiative.get() on_done /> }}
        }
    });
    let aligned = (!is_key_result).then(|| {
        let (key_result, state, close) = (came_back("new-key-result"), came_back("state"), came_back("close"));
        view! {
            <OutcomeSection view />
            <WhySection why />
            <Support view />
            {move || view! { <NewKeyResult view returned=key_result.get() on_done /> }}
            {move || view! { <StateSection view returned=state.get() on_done /> }}
            {move || view! { <CloseSection view returned=close.get() on_done /> }}
        }
    });
    let edit = came_back("edit");
    view! {
        // An element for each save, since an animation runs once.
        <p role="status">
            <For
                each=move || Some(saves.get()).filter(|saves| *saves > 0)
                key=|saves| *saves
                children=|_| view! { <span class="saved">"Saved."</span> }
            />
        </p>
        <Overview view is_page />
        <RefusedNote node />
        <div class="sections">
            {measured} {aligned} {move || view! { <EditSection view returned=edit.get() on_done /> }}
            <Conversation view returned=came_back("comment") on_done /> <Activity node />
        </div>
    }
    .into_any()
}
