//! The work that shall move a key result.

use leptos::prelude::*;

use crate::app::form::NodeForm;
use crate::app::form::field::{SelectField, TextField, optional};
use crate::domain::form::Returned;
use crate::domain::node_view::{InitiativeLine, NodeView};

/// The initiatives, and a form for another one.
#[component]
pub(super) fn Initiatives(view: Memo<NodeView>, returned: Option<Returned>, on_done: Callback<()>) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    let lines = move || {
        let (initiatives, may_edit) = view.with(|view| (view.initiatives.clone(), view.choices.is_some()));
        initiatives.into_iter().map(|line| initiative(line, may_edit, node, on_done)).collect_view()
    };
    let is_empty = move || view.with(|view| view.initiatives.is_empty());
    let choices = view.with_untracked(|view| view.choices.clone());
    let came_back = returned.as_ref().is_some_and(|returned| returned.fields.get("form") == "new-initiative");
    view! {
        <section class="card">
            <h2>"Initiatives"</h2>
            <Show when=is_empty>
                <p class="hint">"The work that shall move it. It never counts in a number."</p>
            </Show>
            <ul class="initiatives">{lines}</ul>
            {choices
                .map(|choices| {
                    view! {
                        <details open=came_back>
                            <summary>"Add an initiative"</summary>
                            <NodeForm kind="new-initiative" node returned fields=&["title", "owner"] on_done>
                                <TextField name="title" form="new-initiative" label="What is done" required=true />
                                <SelectField
                                    name="owner"
                                    form="new-initiative"
                                    label="Who does it"
                                    options=optional("nobody yet", &choices.people)
                                />
                                <p class="actions">
                                    <button class="primary">"Add"</button>
                                </p>
                            </NodeForm>
                        </details>
                    }
                })}
        </section>
    }
    .into_any()
}

fn initiative(
    line: InitiativeLine,
    may_edit: bool,
    node: crate::domain::ids::NodeId,
    on_done: Callback<()>,
) -> impl IntoView {
    let InitiativeLine { id, title, owner, done } = line;
    let owner = owner.map(|owner| view! { <span class="hint">{owner.name}</span> });
    let button = may_edit.then(|| {
        view! {
            <NodeForm kind="initiative" node returned=None fields=&[] on_done>
                <input type="hidden" name="initiative" value=id.to_string() />
                <input type="hidden" name="done" value=(!done).to_string() />
                <button class="chip">{if done { "Reopen" } else { "Done" }}</button>
            </NodeForm>
        }
    });
    view! {
        <li class:done=done>
            <span class="what">{title} {done.then(|| view! { <span class="visually-hidden">" (done)"</span> })}</span>
            {owner}
            {button}
        </li>
    }
}
