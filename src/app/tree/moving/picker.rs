//! Choosing by name what a line shall hang under.

use leptos::prelude::*;

use super::{carry_out, numbers_after};
use crate::app::tree::Tree;
use crate::app::ui::chooser::{Chooser, Offer};
use crate::app::ui::dialog::{Dialog, open_while};
use crate::domain::command::Move;
use crate::domain::destination::Destination;
use crate::domain::ids::NodeId;
use crate::domain::words::quoted;

/// The most numbers that are told of a move.
const MOST_TOLD: usize = 4;

/// The dialog that asks where a line shall go, where it is open.
#[component]
pub(in crate::app::tree) fn MovePicker() -> impl IntoView {
    let tree = expect_context::<Tree>();
    let is_open = open_while(tree.moves, |_| true);
    view! {
        <Dialog is_open label="Move under" class="palette move-picker">
            {move || tree.moves.get().map(|node| view! { <Picker node is_open /> })}
        </Dialog>
    }
}

#[component]
fn Picker(node: NodeId, is_open: RwSignal<bool>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let memory = tree.memory;
    let text = RwSignal::new(String::new());
    let chosen = RwSignal::new(0);
    let found: Memo<Option<Vec<Destination>>> = Memo::new(move |_| {
        text.with(|text| memory.follow(|workspace, actor| workspace.destinations(node, text, actor, memory.now())))
    });
    let wanted = move |place: usize| {
        let to = found.with(|found| found.as_ref()?.get(place).map(|destination| destination.to))?;
        let from = memory.read(|workspace, _| workspace.parent(node)).flatten();
        Some(Move { node, from, to, before: None })
    };
    let on_choose = Callback::new(move |place: usize| {
        let wanted = untrack(|| wanted(place));
        is_open.set(false);
        if let Some(wanted) = wanted {
            carry_out(tree, wanted);
        }
    });
    let offer = |destination: &Destination| Offer {
        kind: match destination.to {
            Some(NodeId::Objective(_)) => "Objective",
            Some(NodeId::KeyResult(_)) => "Key result",
            None => "",
        },
        title: destination.title.clone(),
        context: destination.context.clone(),
        obstacle: destination.obstacle.clone(),
    };
    let title = memory.read(|workspace, _| workspace.node_title(node).map(str::to_owned)).flatten();
    let told = move || {
        let Some(wanted) = wanted(chosen.get()) else { return String::new() };
        match numbers_after(tree, wanted) {
            Err(why) => why,
            Ok(numbers) if numbers.is_empty() => "No number changes.".to_owned(),
            Ok(numbers) => told_of(tree, numbers.into_iter().collect()),
        }
    };
    view! {
        <p class="move-of">"Move " {quoted(title.as_deref())} " under"</p>
        <Chooser
            label="Move under"
            placeholder="The objective or key result that it shall hang under"
            text
            offers=Signal::derive(move || found.with(|found| found.as_ref().map(|found| found.iter().map(offer).collect())))
            chosen
            on_choose
            on_close=Callback::new(move |()| is_open.set(false))
        />
        <p class="move-told" aria-live="polite">
            {told}
        </p>
    }
}

/// The numbers as they are and as they would be, the nearest to the root first.
fn told_of(tree: Tree, numbers: Vec<(NodeId, String)>) -> String {
    let mut told: Vec<(usize, String)> = numbers
        .into_iter()
        .filter_map(|(node, is)| {
            let was = tree.memory.row(node, None)?.row.with_untracked(|row| row.percent.clone());
            tree.memory.read(|workspace, _| {
                let title = quoted(workspace.node_title(node));
                (workspace.ancestors(node).count(), format!("{title} {was} → {is}"))
            })
        })
        .collect();
    told.sort();
    let more = told.len().saturating_sub(MOST_TOLD);
    let mut words = told.into_iter().take(MOST_TOLD).map(|(_, words)| words).collect::<Vec<_>>().join(", ");
    if more > 0 {
        words += &format!(", and {more} more");
    }
    words
}
