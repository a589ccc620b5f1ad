//! The field that is open in the rows: for a value, for a title or for a new line, and at most one. What is typed is kept in
//! [`Tree`] until it is saved or left, whatever becomes of the row.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, HtmlInputElement};

use super::{Tree, draft, rename, value};
use crate::domain::ids::NodeId;
use crate::domain::line::LineId;

/// Closes the field, since something else begins, and saves what was typed, as a spreadsheet does. `false` where that cannot be
/// saved: the field stays, has the focus, and why is told.
pub(super) fn finish(tree: Tree) -> bool {
    let done = value::finish(tree).and_then(|()| rename::finish(tree)).and_then(|()| draft::finish(tree));
    let Err(why) = done else { return true };
    if let Some((node, typed)) = typing(tree) {
        if !tree.holds(LineId::Node(node)) {
            close(tree);
            tree.memory.say(format!("Its line does not show here, so it is not saved: “{typed}”. {why}"));
            return true;
        }
        // A new line stands under what it hangs under, everything else in its own.
        match tree.draft.with_untracked(Option::is_some) {
            true => tree.open(LineId::Node(node)),
            false => tree.reveal(LineId::Node(node)),
        }
    }
    tree.memory.say(format!("What you typed is kept, but cannot be saved. {why} Mend it, or press Esc to leave it."));
    tree.enters.set_value(true);
    take_focus(tree);
    false
}

fn close(tree: Tree) {
    tree.editing.set(None);
    tree.renaming.set(None);
    tree.draft.set(None);
}

/// Goes back to the field that is open.
pub(super) fn take_focus(tree: Tree) {
    // Otherwise the line would have it a moment later.
    tree.cursor.takes_focus.set(false);
    let field = document().query_selector(".rows input").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = field.focus();
    }
}

/// Gives the focus to a field that was begun and has just come. What stands there untouched is selected, to be typed over; what
/// somebody typed is not. A field that comes back with a row that was hidden leaves the focus where somebody may be typing.
pub(super) fn enter(tree: Tree, field: &HtmlInputElement, is_untouched: bool) {
    if !tree.enters.try_update_value(std::mem::take).unwrap_or_default() {
        return;
    }
    // An element that cannot take the focus leaves it where it is.
    let _ = field.focus();
    if is_untouched {
        field.select();
    } else {
        // Beyond the end counts as the end. Fails for nothing but a field without text.
        let _ = field.set_selection_range(u32::MAX, u32::MAX);
    }
}

/// Follows which line has an open field.
pub(super) fn line(tree: Tree) -> Memo<Option<LineId>> {
    Memo::new(move |_| {
        let edited = tree.editing.with(|editing| editing.as_ref().map(|it| it.node));
        let renamed = || tree.renaming.with(|renaming| renaming.as_ref().map(|it| it.node));
        edited.or_else(renamed).map(LineId::Node)
    })
}

/// Closes the field where its line is removed, or what a new line was to hang under, and tells what was typed.
pub(super) fn close_with_its_line(tree: Tree) {
    Effect::new(move |_| {
        let lost =
            tree.memory.follow(|workspace, _| typing(tree).filter(|(node, _)| workspace.node_title(*node).is_none()));
        let Some((_, typed)) = lost.flatten() else { return };
        close(tree);
        if !typed.trim().is_empty() {
            tree.memory.say(format!("The line that this was for is removed, so it is not saved: “{typed}”"));
        }
    });
}

/// The node that must be there for the open field to be saved, and what is typed.
fn typing(tree: Tree) -> Option<(NodeId, String)> {
    let edited = tree.editing.with_untracked(|editing| editing.as_ref().map(|it| (it.node, it.text.clone())));
    let renamed = || tree.renaming.with_untracked(|renaming| renaming.as_ref().map(|it| (it.node, it.text.clone())));
    let written =
        || tree.draft.with_untracked(|draft| draft.as_ref().and_then(|it| Some((it.place.parent?, it.text.clone()))));
    edited.or_else(renamed).or_else(written)
}
