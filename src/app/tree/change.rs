//! What stands in the cells of a line besides its title and value, changed where it stands: owner, teams and state by
//! choosing, measure and weight in a small form.

use leptos::prelude::*;

use super::Tree;
use super::act::Changed;
use crate::app::node::NumbersForm;
use crate::app::send;
use crate::app::ui::chooser::{Chooser, Offer};
use crate::app::ui::dialog::{Dialog, open_while};
use crate::app::ui::icon::{Shape, icon};
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::NodeId;
use crate::domain::line::LineId;
use crate::domain::possibility::{ChosenField, Possibility};
use crate::domain::words::quoted;

/// Asks what something of a line shall be, or says why it cannot be changed.
pub(super) fn ask(tree: Tree, node: NodeId, what: Changed) {
    match tree.memory.read(|workspace, actor| workspace.edit_obstacle(actor, node)) {
        Some(Some(Refusal { message, .. })) => tree.memory.say(message),
        Some(None) => {
            tree.memory.mark(node, None);
            tree.cursor.go_to(LineId::Node(node));
            tree.changed.set(Some((node, what)));
        }
        None => {}
    }
}

/// The dialogs that ask, where one is open.
#[component]
pub(super) fn ChangeDialogs() -> impl IntoView {
    let tree = expect_context::<Tree>();
    let is_choosing = open_while(tree.changed, |(_, what)| matches!(what, Changed::Field(_)));
    let is_measuring = open_while(tree.changed, |(_, what)| *what == Changed::Numbers);
    let choice = move || match tree.changed.get()? {
        (node, Changed::Field(field)) => Some(view! { <Choice node field is_open=is_choosing /> }),
        (_, Changed::Numbers) => None,
    };
    let numbers = move || match tree.changed.get()? {
        (node, Changed::Numbers) => Some(view! { <Numbers node is_open=is_measuring /> }),
        (_, Changed::Field(_)) => None,
    };
    view! {
        <Dialog is_open=is_choosing label="Change" class="palette move-picker">
            {choice}
        </Dialog>
        <Dialog is_open=is_measuring label="Measure and weight" class="numbers-dialog">
            {numbers}
        </Dialog>
    }
}

#[component]
fn Choice(node: NodeId, field: ChosenField, is_open: RwSignal<bool>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let text = RwSignal::new(String::new());
    let found: Memo<Option<Vec<Possibility>>> = Memo::new(move |_| {
        text.with(|text| {
            tree.memory.follow_closely(|workspace, actor| workspace.possibilities(node, field, text, actor))
        })
    });
    let on_choose = Callback::new(move |place: usize| {
        let edit = found.with_untracked(|found| Some(found.as_ref()?.get(place)?.edit.clone()));
        is_open.set(false);
        let Some(edit) = edit else { return };
        send::perform_at(tree.memory, node, Command::Edit(edit));
    });
    let offer = |it: &Possibility| Offer {
        kind: "",
        title: it.title.clone(),
        context: it.context.clone(),
        obstacle: it.obstacle.clone(),
    };
    let (what, label, placeholder) = match field {
        ChosenField::Owner => ("The owner of ", "Owner", "Who answers for it"),
        ChosenField::Teams => ("The teams of ", "Teams", "A team that shares it"),
        ChosenField::State => ("The state of ", "State", "How far it has come"),
    };
    view! {
        <p class="move-of">{what} {quoted(tree.memory.title(node).as_deref())}</p>
        <Chooser
            label
            placeholder
            text
            offers=Signal::derive(move || found.with(|found| found.as_ref().map(|found| found.iter().map(offer).collect())))
            chosen=RwSignal::new(0)
            on_choose
            on_close=Callback::new(move |()| is_open.set(false))
        />
    }
}

#[component]
fn Numbers(node: NodeId, is_open: RwSignal<bool>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let view = tree.memory.read(|workspace, actor| workspace.node_view(node, actor)).flatten()?;
    let title = view.row.title.clone();
    let on_done = Callback::new(move |()| is_open.set(false));
    Some(view! {
        <div class="dialog-head">
            <h2>{if node.is_objective() { "How it counts" } else { "Measure and weight" }}</h2>
            <button class="close" type="button" aria-label="Close" on:click=move |_| is_open.set(false)>
                {icon(Shape::CLOSE)}
            </button>
        </div>
        <p class="why-of">
            <bdi>{title}</bdi>
        </p>
        <NumbersForm view on_done />
    })
}
