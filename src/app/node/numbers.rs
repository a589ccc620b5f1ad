//! The form that changes how a node is measured and how much it counts, and nothing else of it.

use leptos::prelude::*;

use super::edit::{CountingFields, EDITED, MeasuringFields, Shown};
use crate::app::form::NodeForm;
use crate::domain::encoded::to_text;
use crate::domain::node_view::NodeView;

/// The form. It carries along what it showed, so that nobody's words are overwritten unseen.
#[component]
pub fn NumbersForm(
    /// What it is about, as it was when the form was opened.
    view: NodeView,
    /// What happens once it is done.
    on_done: Callback<()>,
) -> impl IntoView {
    let node = view.row.node;
    let NodeView { objective, key_result, .. } = view;
    let was = match &key_result {
        Some(key_result) => to_text(key_result),
        None => to_text(&objective),
    };
    view! {
        <NodeForm kind="numbers" node returned=None fields=EDITED on_done>
            <input type="hidden" name="was" value=was.unwrap_or_default() />
            <Shown />
            {match key_result {
                Some(key_result) => view! { <MeasuringFields form="numbers" key_result /> }.into_any(),
                None => view! { <CountingFields form="numbers" objective /> }.into_any(),
            }}
            <p class="actions">
                <button class="primary">"Save"</button>
            </p>
        </NodeForm>
    }
    .into_any()
}
