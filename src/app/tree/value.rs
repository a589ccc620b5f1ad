//! A value, edited where it stands.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::Tree;
use super::element::element_of;
use super::field;
use super::state::Editing;
use crate::app::send;
use crate::domain::ids::{KeyResultId, NodeId};
use crate::domain::line::LineId;

/// Begins to edit the value of a node; `false` where it has none that whoever looks may edit.
pub(super) fn begin(tree: Tree, node: NodeId) -> bool {
    if tree.editing.with_untracked(|editing| editing.as_ref().is_some_and(|it| it.node == node)) {
        field::take_focus(tree);
        return true;
    }
    let label = tree.memory.row(node, None).and_then(|signals| signals.row.with_untracked(|row| row.value.clone()));
    match label {
        Some(label) if label.editable => {
            if field::finish(tree) {
                tree.memory.mark(node, None);
                tree.cursor.active.set(Some(LineId::Node(node)));
                tree.enters.set_value(true);
                tree.editing.set(Some(Editing { node, was: label.plain.clone(), text: label.plain }));
            }
            true
        }
        _ => false,
    }
}

/// Saves the value that is being typed, and closes its field.
///
/// # Errors
/// Why what was typed is no value.
pub(super) fn finish(tree: Tree) -> Result<(), String> {
    let Some(Editing { node: NodeId::KeyResult(id), was, text }) = tree.editing.get_untracked() else {
        return Ok(());
    };
    if text != was {
        match tree.memory.read(|workspace, _| workspace.read_typed(id, &text)) {
            Some(typed) => send::check_in(tree.memory, id, typed?.value),
            None => send::check_in_later(tree.memory, id, text),
        }
    }
    tree.editing.set(None);
    Ok(())
}

/// The field that a value is typed into, and a line that tells what it will be.
#[component]
pub(super) fn Editor(id: KeyResultId) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let field = NodeRef::<Input>::new();
    let text = move || tree.editing.with(|editing| editing.as_ref().map(|it| it.text.clone()).unwrap_or_default());
    // Stands in the field from the beginning, so that there is something to select.
    let initial = untrack(text);
    let is_untouched = tree.editing.with_untracked(|editing| editing.as_ref().is_some_and(Editing::is_untouched));
    // Followed: a value may be typed before the workspace is here, and `+3` adds to what somebody else said meanwhile.
    let reading = Memo::new(move |_| {
        tree.memory
            .follow_closely(|workspace, _| workspace.read_typed(id, &text()))
            .unwrap_or(Err("The tree is still loading.".to_owned()))
    });
    Effect::new(move |_| {
        if let Some(input) = field.get() {
            field::enter(tree, &input, is_untouched);
        }
    });
    let leave = move || {
        // First, since to give the focus a browser lays out whatever has changed by then.
        if let Some(row) = element_of(LineId::Node(id.into())) {
            tree.cursor.focus(&row);
        }
        tree.editing.set(None);
    };
    let save = move || match reading.get_untracked() {
        Ok(typed) => {
            leave();
            send::check_in(tree.memory, id, typed.value);
        }
        Err(_) if !tree.memory.is_loaded().get_untracked() => {
            let typed = untrack(text);
            tree.memory.say(format!("“{typed}” is kept, and counts as soon as the tree is here."));
            leave();
            send::check_in_later(tree.memory, id, typed);
        }
        Err(_) => {}
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        // The key belongs to what puts characters together.
        _ if event.is_composing() => {}
        "Enter" => {
            event.prevent_default();
            save();
        }
        "Escape" => {
            event.prevent_default();
            leave();
        }
        _ => {}
    };
    // By now, another value may be typed.
    let is_merely_opened = move || {
        tree.editing.with_untracked(|it| it.as_ref().is_some_and(|it| it.node == id.into() && it.is_untouched()))
    };
    // What was merely opened says what counts now, so that Enter says nothing older.
    Effect::new(move |_| {
        let Some(now) = tree.memory.follow_closely(|workspace, _| workspace.plain_value(id)) else { return };
        if is_merely_opened() && tree.editing.with_untracked(|editing| editing.as_ref().is_some_and(|it| it.was != now))
        {
            if let Some(input) = field.get_untracked() {
                // Before it is set, which would leave the caret behind it: what is typed shall replace it.
                input.set_value(&now);
                input.select();
            }
            tree.editing.set(Some(Editing { node: id.into(), was: now.clone(), text: now }));
        }
    });
    // What was typed stays until it is saved or left; what was merely opened goes.
    let on_blur = move |_| {
        if is_merely_opened() {
            tree.editing.set(None);
        }
    };
    view! {
        <input
            class="entry"
            node_ref=field
            type="text"
            inputmode="text"
            enterkeyhint="done"
            autocomplete="off"
            aria-label="Value"
            aria-describedby="reading"
            aria-invalid=move || reading.with(Result::is_err).then_some("true")
            value=initial
            prop:value=text
            on:input=move |event| {
                let text = event_target_value(&event);
                tree.editing.update(|editing| {
                    if let Some(editing) = editing {
                        editing.text = text;
                    }
                });
            }
            on:keydown=on_key
            on:blur=on_blur
        />
        <span class="remark" id="reading" class:refused=move || reading.with(Result::is_err) aria-live="polite">
            {move || match reading.get() {
                Ok(typed) => format!("{} → {}", typed.label, typed.percent),
                Err(why) => why,
            }}
        </span>
    }
}
