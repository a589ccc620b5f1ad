//! Why a number of a row is what it is: each number leads there.

use leptos::prelude::*;

use super::Tree;
use crate::app::node::WhyBody;
use crate::app::past::node_address;
use crate::app::ui::dialog::{Dialog, open_while};
use crate::app::ui::icon::{Shape, icon};
use crate::domain::ids::NodeId;
use crate::domain::line::LineId;

/// Explains the numbers of a row.
pub(super) fn ask(tree: Tree, node: NodeId) {
    tree.cursor.go_to(LineId::Node(node));
    tree.why.set(Some(node));
}

/// The arithmetic of a row's numbers, where it was asked for.
#[component]
pub(super) fn WhyDialog() -> impl IntoView {
    let tree = expect_context::<Tree>();
    let is_open = open_while(tree.why, |_| true);
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
                    {icon(Shape::CLOSE)}
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
