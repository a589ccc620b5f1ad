//! Keeps the address and what is open in step, in both directions.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::Tree;
use crate::domain::expansion::Expansion;
use crate::domain::ids::NodeId;
use crate::domain::tree_view::TreeQuery;

/// The address is written once the hand rests: browsers refuse to write it all the time.
const REST: Duration = Duration::from_millis(120);

/// Opens what the address says when it changes, and has the address say what is open.
///
/// `is_here` tells whether the address is still that of this tree.
pub(super) fn keep_in_step(tree: Tree, asked: Memo<TreeQuery>, is_here: Signal<bool>) {
    let open = Memo::new(move |_| asked.with(|asked| asked.open.clone()));
    Effect::new(move |before: Option<Option<String>>| {
        let now = open.get();
        tree.memory.is_loaded().track();
        let shown = tree.expansion.with_untracked(Expansion::to_string);
        let is_other = before.as_ref().is_some_and(|before| *before != now) && now.as_ref() != Some(&shown);
        if is_other && is_here.get_untracked() {
            match wanted(tree, &asked.get_untracked()) {
                Some(wanted) => tree.expansion.set(wanted),
                // A link that was followed before the workspace is here is followed once it is.
                None => return before.flatten(),
            }
        }
        now
    });

    let beside = Memo::new(move |_| asked.with(|asked| asked.node.clone()));
    Effect::new(move |before: Option<Option<String>>| {
        let now = beside.get();
        if before.is_some_and(|before| before != now) && is_here.get_untracked() {
            tree.panel.set(named(tree, now.as_deref()));
        }
        now
    });

    let navigate = use_navigate();
    let pending: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    let stop = move || {
        if let Some(pending) = pending.try_update_value(Option::take).flatten() {
            pending.clear();
        }
    };
    Effect::new(move |is_again: Option<bool>| {
        tree.expansion.track();
        tree.panel.track();
        stop();
        if is_again.is_some() {
            let navigate = navigate.clone();
            let write = move || {
                let asked = asked.get_untracked();
                let node = tree.panel.get_untracked().map(|node| node.to_string());
                let says = TreeQuery { node, ..asked.clone().opened(&tree.expansion.get_untracked()) };
                if says != asked && is_here.get_untracked() {
                    navigate(&says.address(), NavigateOptions { replace: true, scroll: false, ..Default::default() });
                }
            };
            pending.set_value(set_timeout_with_handle(write, REST).ok());
        }
        true
    });
    on_cleanup(stop);
}

/// The node that an address names.
fn named(tree: Tree, name: Option<&str>) -> Option<NodeId> {
    tree.memory.read(|workspace, _| name.and_then(|name| workspace.node_named(name))).flatten()
}

fn wanted(tree: Tree, asked: &TreeQuery) -> Option<Expansion> {
    let outline = tree.outline.read_untracked();
    tree.memory.read(|workspace, _| outline.as_ref().map(|outline| workspace.expansion(asked, outline))).flatten()
}
