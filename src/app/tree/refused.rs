//! Why what was done at a row is undone, told at the row; of a conflict both versions, of which either can be taken.

use leptos::prelude::*;

use super::Tree;
use crate::app::send;
use crate::app::state::Memory;
use crate::domain::command::{Command, Conflict, Reason, Refusal};
use crate::domain::ids::NodeId;

/// The remark at a row.
#[component]
pub(super) fn Refused(node: NodeId, refusal: Refusal) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let Refusal { reason, message, .. } = refusal;
    let (told, edit) = match reason {
        Reason::Conflict(conflict) => (told_of(tree.memory, &conflict), Some(conflict.now)),
        Reason::NotAllowed => (format!("{message} What counts is shown again."), None),
        _ => (format!("{message} What you did is undone; what counts is shown again."), None),
    };
    let is_conflict = edit.is_some();
    view! {
        <span class="remark refused" role="alert">
            {told}
            " "
            {edit
                .map(|edit| {
                    view! {
                        <button type="button" class="plain" on:click=move |_| {
                            tree.memory.mark(node, None);
                            send::understood(tree.memory, node);
                            // In sight of what stands there now.
                            send::perform_at(tree.memory, node, Command::Edit(edit.clone()));
                        }>
                            "Write mine over it"
                        </button>
                        " "
                    }
                })}
            <button type="button" class="plain" on:click=move |_| {
                tree.memory.mark(node, None);
                send::understood(tree.memory, node);
            }>
                {if is_conflict { "Keep theirs" } else { "Understood" }}
            </button>
        </span>
    }
}

fn told_of(memory: Memory, conflict: &Conflict) -> String {
    let told = memory.read(|workspace, _| {
        let words = workspace.field_words(&conflict.now);
        let author = conflict.by.and_then(|by| workspace.person(by)).map(|person| person.name.clone());
        (words, author)
    });
    let Some((words, author)) = told else { return String::new() };
    let told = match author {
        Some(author) => format!("{author} has changed the {} meanwhile", words.what),
        // Where the rules refused it here, the log tells who it was.
        None => {
            memory.author(&conflict.now).unwrap_or_else(|| format!("Somebody has changed the {} meanwhile", words.what))
        }
    };
    match (words.was, words.is) {
        (Some(theirs), Some(mine)) => format!("{told}: {theirs}. Yours was {mine}."),
        _ => format!("{told}."),
    }
}
