//! Why a number of a row is what it is: each number leads there.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Tree;
use super::panel::wants_more;
use crate::app::node::WhyBody;
use crate::app::past::node_address;
use crate::app::ui::dialog::Dialog;
use crate::app::ui::icon::Icon;
use crate::domain::ids::NodeId;
use crate::domain::outline::LineId;

/// A number of a row, which leads to its arithmetic.
#[component]
pub(super) fn Asked(
    /// Whose number it is.
    node: NodeId,
    /// The number.
    children: Children,
) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let ask = move |event: MouseEvent| {
        if !wants_more(&event) && tree.memory.seq().is_some() {
            event.prevent_default();
            tree.cursor.go_to(LineId::Node(node));
            tree.why.set(Some(node));
        }
    };
    view! {
        <a
            class="asked"
            href=format!("{}#why", node_address(node))
            title="Why?"
            draggable="false"
            tabindex=move || tree.is_live.get().then_some("-1")
            on:click=ask
        >
            {children()}
        </a>
    }
    .into_any()
}

/// The arithmetic of a row's numbers, where it was asked for.
#[component]
pub(super) fn WhyDialog() -> impl IntoView {
    let tree = expect_context::<Tree>();
    let is_open = RwSignal::new(false);
    Effect::new(move |_| is_open.set(tree.why.with(Option::is_some)));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = is_open.get();
        if was_open == Some(true) && !is_open {
            tree.why.set(None);
        }
        is_open
    });
    view! {
        <Dialog is_open label="Why" class="why-dialog">
            {move || tree.why.get().map(|node| view! { <WhyOf node is_open /> })}
        </Dialog>
    }
}

#[component]
fn WhyOf(node: NodeId, is_open: RwSignal<bool>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let shown = Memo::new(move |_| tree.memory.follow_closely(|workspace, _| workspace.why(node)));
    let title = tree.memory.title(node).unwrap_or_default();
    shown.get_untracked().map(|first| {
        let why = Memo::new(move |_| shown.get().unwrap_or_else(|| first.clone()));
        view! {
            <div class="dialog-head">
                <h2>{move || why.with(|why| format!("Why {}", why.percent))}</h2>
                <button class="close" type="button" aria-label="Close" on:click=move |_| is_open.set(false)>
                    <Icon name="close" />
                </button>
            </div>
            <p class="why-of">
                <a href=node_address(node)>
                    <bdi>{title}</bdi>
                </a>
            </p>
            <div class="why">
                <WhyBody why />
            </div>
        }
    })
}
