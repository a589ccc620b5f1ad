//! Lines that are being written: a new one, or the title of one that is there.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use uuid::Uuid;

use super::Tree;
use crate::app::send;
use crate::domain::change::{Edit, Replaced};
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::{KeyResultId, MutationId, NodeId, ObjectiveId};
use crate::domain::line::{Line, LineId};
use crate::domain::okr::{KeyResultField, ObjectiveField};
use crate::domain::outliner::DraftPlace;
use crate::domain::text::{MAX_TITLE, check_title};
use crate::domain::tree_view::TreeQuery;

/// A line that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    place: DraftPlace,
    /// The line below which it shows, and how deep it hangs.
    below: LineId,
    depth: u16,
    /// Tells one from the next, so that each has a field of its own.
    number: u32,
}

/// The title of a line that is being changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Renaming {
    pub node: NodeId,
    was: String,
}

/// What somebody wants to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A line of the same kind after this one.
    Sibling,
    /// An objective under it.
    Objective,
    /// A key result under it.
    KeyResult,
}

/// Begins a new line.
pub(super) fn begin(tree: Tree, lines: &[Line], place: usize, wanted: Wanted) {
    let line = lines[place];
    let LineId::Node(node) = line.id else { return };
    let found = tree.memory.read(|workspace, _| match wanted {
        Wanted::Sibling => Some(workspace.sibling_place(node)),
        Wanted::Objective => workspace.child_place(node, true),
        Wanted::KeyResult => workspace.child_place(node, false),
    });
    match found {
        Some(Some(draft_place)) => show(tree, lines, draft_place),
        Some(None) => tree.memory.say("A key result has no key results of its own: align an objective under it."),
        None => {}
    }
}

/// Shows the field for a line at a place: below what stands before it, with all that hangs under that.
fn show(tree: Tree, lines: &[Line], place: DraftPlace) {
    if let Some(parent) = place.parent
        && let Some(line) = lines.iter().find(|line| line.id == LineId::Node(parent))
        && place.after.is_none()
        && line.below > 0
    {
        tree.expansion.update(|expansion| expansion.set_all([line], true));
    }
    let lines = tree.outline.with_untracked(|outline| {
        outline.as_ref().map(|outline| tree.expansion.with_untracked(|it| outline.visible(it)))
    });
    let lines = lines.unwrap_or_default();
    let last_of_branch = |of: NodeId| {
        let start = lines.iter().position(|line| line.id == LineId::Node(of))?;
        let depth = lines[start].depth;
        let end =
            lines[start + 1..].iter().position(|line| line.depth <= depth).map_or(lines.len(), |end| start + 1 + end);
        Some((lines[end - 1].id, depth))
    };
    let found = match (place.after, place.parent) {
        (Some(after), _) => last_of_branch(after),
        // A key result stands before what is aligned.
        (None, Some(parent)) if !place.is_objective => {
            let last = tree.memory.read(|workspace, _| {
                workspace.children(parent).filter(|child| !child.is_objective()).last().unwrap_or(parent)
            });
            last.and_then(|last| {
                let (below, depth) = if last == parent {
                    (LineId::Node(parent), depth_of(&lines, parent)?)
                } else {
                    last_of_branch(last)?
                };
                Some((below, if last == parent { depth + 1 } else { depth }))
            })
        }
        (None, Some(parent)) => last_of_branch(parent).map(|(below, depth)| (below, depth + 1)),
        (None, None) => lines.last().map(|line| (line.id, 0)),
    };
    if let Some((below, depth)) = found {
        let number = tree.draft.with_untracked(|draft| draft.as_ref().map_or(0, |draft| draft.number + 1));
        tree.renaming.set(None);
        tree.draft.set(Some(Draft { place, below, depth, number }));
    }
}

fn depth_of(lines: &[Line], node: NodeId) -> Option<u16> {
    lines.iter().find(|line| line.id == LineId::Node(node)).map(|line| line.depth)
}

/// Begins to change a title, or says why not.
pub(super) fn rename(tree: Tree, node: NodeId) {
    let Some((title, obstacle)) = tree
        .memory
        .read(|workspace, actor| Some((workspace.node_title(node)?.to_owned(), workspace.edit_obstacle(actor, node))))
        .flatten()
    else {
        return;
    };
    match obstacle {
        Some(Refusal { message, .. }) => tree.memory.say(message),
        None => {
            tree.draft.set(None);
            tree.memory.mark(node, None);
            tree.renaming.set(Some(Renaming { node, was: title }));
        }
    }
}

/// The new line, where one is written below this one.
#[component]
pub(super) fn DraftBelow(id: LineId) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let draft = Memo::new(move |_| tree.draft.with(|draft| draft.clone().filter(|draft| draft.below == id)));
    move || draft.get().map(|draft| view! { <DraftRow draft /> })
}

#[component]
fn DraftRow(draft: Draft) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let address = use_location().search;
    let Draft { place, below, depth, .. } = draft;
    let text = RwSignal::new(String::new());
    let label = if place.is_objective { "New objective" } else { "New key result" };
    let leave = move || {
        tree.draft.set(None);
        tree.cursor.go_to(below);
    };
    let turn = move |to: Option<DraftPlace>| match to {
        // What is typed goes along.
        Some(place) => {
            let typed = text.get_untracked();
            tree.typing.set_value(typed);
            show(tree, &[], place);
        }
        None => tree.memory.say("It cannot stand there: only objectives go deeper or higher."),
    };
    let save = move || {
        let typed = text.get_untracked();
        if typed.trim().is_empty() {
            return leave();
        }
        if let Err(problem) = check_title(&typed) {
            return tree.memory.say(format!("This cannot be a title: {problem}."));
        }
        let asked = TreeQuery::read(&address.get_untracked());
        let id = Uuid::now_v7();
        let commands = tree.memory.read(|workspace, actor| {
            let cycle = workspace.scope(&asked).cycle;
            workspace.write_line(place, &typed, cycle, actor, id)
        });
        let Some(Some(commands)) = commands else { return };
        match send::perform(tree.memory, MutationId(Uuid::now_v7()), commands, None) {
            Err(refusal) => {
                let why = refusal.map_or_else(|| "The tree is still loading.".to_owned(), |refusal| refusal.message);
                tree.memory.say(why);
            }
            Ok(()) => {
                let node: NodeId = if place.is_objective { ObjectiveId(id).into() } else { KeyResultId(id).into() };
                show(tree, &[], DraftPlace { after: Some(node), ..place });
            }
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let step = |higher: bool| {
            tree.memory
                .read(|workspace, _| if higher { workspace.higher_place(place) } else { workspace.deeper_place(place) })
        };
        match event.key().as_str() {
            "Enter" if !event.is_composing() => save(),
            "Escape" => leave(),
            "Tab" => turn(step(event.shift_key()).flatten()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    text.set(tree.typing.try_update_value(std::mem::take).unwrap_or_default());
    view! {
        <div class=format!("row draft-row depth-{}", depth.min(super::guides::DEEPEST)) role="row">
            <div class="cell name" role="gridcell" aria-colspan="7">
                <span class="indent" aria-hidden="true"></span>
                <TitleField label text on_key />
                <span class="hint draft-hint">
                    {if place.is_objective {
                        "Enter: save, and the next · Tab: deeper · Shift Tab: higher · Esc: done"
                    } else {
                        "Enter: save, and the next · Esc: done"
                    }}
                </span>
            </div>
        </div>
    }
    .into_any()
}

/// The field that a title is changed in.
#[component]
pub(super) fn TitleEditor(renaming: Renaming) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let Renaming { node, was } = renaming;
    let text = RwSignal::new(was.clone());
    let leave = move || {
        tree.renaming.set(None);
        tree.cursor.go_to(LineId::Node(node));
    };
    let save = move || {
        let is = text.get_untracked().trim().to_owned();
        if is == was {
            return leave();
        }
        if let Err(problem) = check_title(&is) {
            return tree.memory.say(format!("This cannot be a title: {problem}."));
        }
        let was = was.clone();
        let edit = match node {
            NodeId::Objective(id) => {
                Edit::Objective(id, Replaced { was: ObjectiveField::Title(was), is: ObjectiveField::Title(is) })
            }
            NodeId::KeyResult(id) => {
                Edit::KeyResult(id, Replaced { was: KeyResultField::Title(was), is: KeyResultField::Title(is) })
            }
        };
        leave();
        send::perform_at(tree.memory, node, Command::Edit(edit));
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Enter" if !event.is_composing() => save(),
            "Escape" => leave(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! { <TitleField label="Title" text on_key /> }
}

#[component]
fn TitleField(label: &'static str, text: RwSignal<String>, on_key: impl Fn(KeyboardEvent) + 'static) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that cannot take the focus leaves it where it is.
            let _ = field.focus();
            field.select();
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
            on:input=move |event| text.set(event_target_value(&event))
            on:keydown=on_key
        />
    }
    .into_any()
}
