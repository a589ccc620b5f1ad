//! A title, changed where it stands.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::{Tree, field};
use crate::app::send;
use crate::domain::change::{Edit, Replaced};
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::NodeId;
use crate::domain::line::LineId;
use crate::domain::okr::{KeyResultField, ObjectiveField};
use crate::domain::text::{MAX_TITLE, check_title};

/// The title of a line that is being changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Renaming {
    pub node: NodeId,
    was: String,
    /// What is typed.
    pub text: String,
}

/// Begins to change a title, or says why not.
pub(super) fn begin(tree: Tree, node: NodeId) {
    if tree.renaming.with_untracked(|renaming| renaming.as_ref().is_some_and(|it| it.node == node)) {
        return field::take_focus(tree);
    }
    let Some((title, obstacle)) = tree
        .memory
        .read(|workspace, actor| Some((workspace.node_title(node)?.to_owned(), workspace.edit_obstacle(actor, node))))
        .flatten()
    else {
        return;
    };
    match obstacle {
        Some(Refusal { message, .. }) => tree.memory.say(message),
        None if field::finish(tree) => {
            tree.memory.mark(node, None);
            tree.enters.set_value(true);
            tree.renaming.set(Some(Renaming { node, was: title.clone(), text: title }));
        }
        None => {}
    }
}

/// Saves the title that is being changed, and closes its field.
///
/// # Errors
/// Why what was typed is no title.
pub(super) fn finish(tree: Tree) -> Result<(), String> {
    let Some(Renaming { node, was, text }) = tree.renaming.get_untracked() else {
        return Ok(());
    };
    let is = checked(&text)?.trim().to_owned();
    tree.renaming.set(None);
    if is != was {
        let edit = match node {
            NodeId::Objective(id) => {
                Edit::Objective(id, Replaced { was: ObjectiveField::Title(was), is: ObjectiveField::Title(is) })
            }
            NodeId::KeyResult(id) => {
                Edit::KeyResult(id, Replaced { was: KeyResultField::Title(was), is: KeyResultField::Title(is) })
            }
        };
        send::perform_at(tree.memory, node, Command::Edit(edit));
    }
    Ok(())
}

/// A title as it was typed, or why it cannot be one.
pub(super) fn checked(typed: &str) -> Result<&str, String> {
    check_title(typed).map(|()| typed).map_err(|problem| format!("This cannot be a title: {problem}."))
}

/// The field that a title is changed in.
#[component]
pub(super) fn TitleEditor(node: NodeId) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let text = Signal::derive(move || {
        tree.renaming.with(|renaming| renaming.as_ref().map(|it| it.text.clone()).unwrap_or_default())
    });
    let is_untouched = tree.renaming.with_untracked(|renaming| renaming.as_ref().is_some_and(|it| it.text == it.was));
    let on_input = move |text| {
        tree.renaming.update(|renaming| {
            if let Some(renaming) = renaming {
                renaming.text = text;
            }
        });
    };
    let leave = move || tree.cursor.go_to(LineId::Node(node));
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            // The key belongs to what puts characters together.
            _ if event.is_composing() => return,
            "Enter" => match finish(tree) {
                Ok(()) => leave(),
                Err(why) => tree.memory.say(why),
            },
            "Escape" => {
                tree.renaming.set(None);
                leave();
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! { <TitleField label="Title" text is_untouched on_input on_key /> }
}

/// A field for a title.
#[component]
pub(super) fn TitleField(
    label: &'static str,
    /// What is typed.
    text: Signal<String>,
    /// Whether that is what stood there before, to be typed over.
    is_untouched: bool,
    on_input: impl Fn(String) + 'static,
    on_key: impl Fn(KeyboardEvent) + 'static,
) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(input) = field.get() {
            field::enter(tree, &input, is_untouched);
        }
    });
    let initial = text.get_untracked();
    view! {
        <input
            class="title-entry"
            type="text"
            node_ref=field
            dir="auto"
            aria-label=label
            placeholder=label
            autocomplete="off"
            maxlength=MAX_TITLE
            value=initial
            prop:value=move || text.get()
            on:input=move |event| on_input(event_target_value(&event))
            on:keydown=on_key
        />
    }
    .into_any()
}
