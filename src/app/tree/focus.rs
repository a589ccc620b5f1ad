//! A branch as the whole page: the way to it, and the way out.

use leptos::prelude::*;

use super::Tree;
use super::link::copy;
use crate::app::past::sight_address;
use crate::app::ui::icon::{Shape, icon};
use crate::domain::ids::NodeId;
use crate::domain::node_link::NodeLink;
use crate::domain::tree_view::TreeHead;

/// More steps than this are folded up in the middle.
const MOST_STEPS: usize = 5;

/// The way from the root to the branch that is the page; nothing where the whole tree is.
#[component]
pub(super) fn Way(head: Memo<TreeHead>) -> impl IntoView {
    let focus = Memo::new(move |_| head.with(|head| head.focus.clone()));
    move || {
        let mut way = focus.get();
        let last = way.pop()?;
        Some(view! { <WayTo way last /> })
    }
}

#[component]
fn WayTo(way: Vec<NodeLink>, last: NodeLink) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let (first, folded, nearest) = split(way);
    let own = tree.focus_address(Some(last.node));
    let step = move |link: NodeLink| {
        view! {
            <li>
                <Step title=link.title node=Some(link.node) />
            </li>
        }
    };
    view! {
        <nav class="way" aria-label="Way to this branch">
            <ol>
                <li>
                    <Step title="Whole tree".to_owned() node=None />
                </li>
                {first.into_iter().map(step).collect_view()}
                {(!folded.is_empty())
                    .then(|| {
                        let count = folded.len();
                        view! {
                            <li>
                                <details class="menu folded">
                                    <summary>{format!("{count} more")}</summary>
                                    <ol class="menu-panel">{folded.into_iter().map(step).collect_view()}</ol>
                                </details>
                            </li>
                        }
                    })}
                {nearest.into_iter().map(step).collect_view()}
                <li>
                    <bdi aria-current="page">{last.title}</bdi>
                </li>
            </ol>
            <span class="acts">
                <a class="button quiet" href=sight_address(last.node)>
                    "Line of sight"
                </a>
                <button class="button quiet scripted" type="button" on:click=move |_| copy(tree.memory, &own)>
                    "Copy link"
                </button>
                <a
                    class="button out"
                    href=tree.focus_address(None)
                    title="Back to the whole tree (Esc)"
                    on:click=move |_| tree.hold()
                >
                    {icon(Shape::CLOSE)}
                    <span class="visually-hidden">"Back to the whole tree"</span>
                </a>
            </span>
        </nav>
    }
    .into_any()
}

#[component]
fn Step(title: String, node: Option<NodeId>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let whole = title.clone();
    view! {
        <a href=tree.focus_address(node) title=whole on:click=move |_| tree.hold()>
            <bdi>{title}</bdi>
        </a>
    }
}

/// The root, what is folded up, and the nearest steps.
fn split(mut way: Vec<NodeLink>) -> (Vec<NodeLink>, Vec<NodeLink>, Vec<NodeLink>) {
    if way.len() <= MOST_STEPS {
        return (Vec::new(), Vec::new(), way);
    }
    let nearest = way.split_off(way.len() - 2);
    let folded = way.split_off(1);
    (way, folded, nearest)
}

/// Says that the branch that the address asks for is not here.
#[component]
pub(super) fn LostFocus() -> impl IntoView {
    view! {
        <p class="lost" role="status">
            "The branch that this link points at is not here: it was removed, or it belongs to another workspace. This is the whole tree."
        </p>
    }
}
