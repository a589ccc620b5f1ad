//! A new line that is being written.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use uuid::Uuid;

use super::guides::DEEPEST;
use super::line::park;
use super::rename::{TitleField, checked};
use super::{Tree, field};
use crate::app::send;
use crate::domain::ids::{KeyResultId, MutationId, NodeId, ObjectiveId};
use crate::domain::line::{Line, LineId};
use crate::domain::outliner::DraftPlace;

/// A line that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub place: DraftPlace,
    /// What is typed.
    pub text: String,
    /// Tells one from the next, so that each has a field of its own.
    number: u32,
}

/// Where the line that is being written shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DraftSpot {
    pub number: u32,
    /// The line above it, and the place of that among those that show.
    below: LineId,
    pub place: usize,
    /// How deep it hangs.
    depth: u16,
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

/// Begins a new line, or says why not.
pub(super) fn begin(tree: Tree, node: NodeId, wanted: Wanted) {
    let found = tree.memory.read(|workspace, _| match wanted {
        Wanted::Sibling => Some(workspace.sibling_place(node)),
        Wanted::Objective => workspace.child_place(node, true),
        Wanted::KeyResult => workspace.child_place(node, false),
    });
    match found {
        Some(Some(place)) if !is_in_tree(tree, place) => tree.memory.say(
            "It would stand outside of this branch, which is all that shows: press Esc for the whole tree first."
                .to_owned(),
        ),
        Some(Some(place)) if field::finish(tree) => stand(tree, place, String::new()),
        Some(None) => tree.memory.say("A key result has no key results of its own: align an objective under it."),
        Some(Some(_)) | None => {}
    }
}

/// Whether what stands at a place is in this tree: where a branch is the whole page, what is beside it is not.
fn is_in_tree(tree: Tree, place: DraftPlace) -> bool {
    match place.parent {
        Some(parent) => tree.holds(LineId::Node(parent)),
        None => tree.query.with_value(|query| query.focus.is_none()),
    }
}

/// Has a line that is being written stand at a place, and opens what it hangs under.
fn stand(tree: Tree, place: DraftPlace, text: String) {
    if let Some(parent) = place.parent {
        tree.open(LineId::Node(parent));
    }
    tree.drafts.update_value(|drafts| *drafts = drafts.wrapping_add(1));
    tree.enters.set_value(true);
    tree.draft.set(Some(Draft { place, text, number: tree.drafts.get_value() }));
}

/// Saves the line that is being written, and closes its field.
///
/// # Errors
/// Why it cannot be written.
pub(super) fn finish(tree: Tree) -> Result<(), String> {
    if let Some(draft) = tree.draft.get_untracked() {
        if !draft.text.trim().is_empty() {
            write(tree, &draft)?;
        }
        tree.draft.set(None);
    }
    Ok(())
}

/// Writes the line, and opens what would hide it. Returns what it is now.
fn write(tree: Tree, draft: &Draft) -> Result<NodeId, String> {
    let place = draft.place;
    let title = checked(&draft.text)?;
    let id = Uuid::now_v7();
    let node: NodeId = if place.is_objective { ObjectiveId(id).into() } else { KeyResultId(id).into() };
    let still_loading = || "The tree is still loading.".to_owned();
    let commands = tree.memory.read(|workspace, actor| {
        let cycle = tree.query.with_value(|query| workspace.scope(query).cycle);
        workspace.write_line(place, title, cycle, actor, id)
    });
    let commands = commands.flatten().ok_or_else(still_loading)?;
    tree.finding.keep(LineId::Node(node));
    send::perform(tree.memory, MutationId(Uuid::now_v7()), commands, None)
        .map_err(|refusal| refusal.map_or_else(still_loading, |refusal| refusal.message))?;
    tree.reveal(LineId::Node(node));
    Ok(node)
}

/// Follows where the line that is being written shows among those that show; `None` while what it hangs under is hidden.
pub(super) fn spot(tree: Tree, lines: Memo<Arc<Vec<Line>>>) -> Memo<Option<DraftSpot>> {
    let written = Memo::new(move |_| tree.draft.with(|draft| draft.as_ref().map(|draft| (draft.number, draft.place))));
    Memo::new(move |_| {
        let (number, at) = written.get()?;
        lines.with(|lines| {
            let (place, depth) = spot_among(lines, at)?;
            Some(DraftSpot { number, below: lines.get(place)?.id, place, depth })
        })
    })
}

/// The place of the line that something new shows below, and how deep that hangs: below what stands before it, with all that
/// hangs under that, and where that does not show below what it hangs under.
fn spot_among(lines: &[Line], at: DraftPlace) -> Option<(usize, u16)> {
    let find = |node: NodeId| lines.iter().position(|line| line.id == LineId::Node(node));
    let last_of_branch = |start: usize| {
        let depth = lines[start].depth;
        lines[start + 1..].iter().position(|line| line.depth <= depth).map_or(lines.len() - 1, |length| start + length)
    };
    if let Some(before) = at.after.and_then(find) {
        return Some((last_of_branch(before), lines[before].depth));
    }
    let Some(parent) = at.parent else {
        return Some((lines.len().checked_sub(1)?, 0));
    };
    let parent = find(parent)?;
    let (end, depth) = (last_of_branch(parent), lines[parent].depth.saturating_add(1));
    // A key result stands before what is aligned.
    let is_aligned =
        |line: &Line| line.depth == depth && matches!(line.id, LineId::Node(NodeId::Objective(_))) && !at.is_objective;
    let place = lines[parent + 1..=end].iter().position(is_aligned).map_or(end, |length| parent + length);
    Some((place, depth))
}

/// The row that a new line is written in. `top` says where it stands if it is not among the rows of the window, in CSS pixels.
#[component]
pub(super) fn DraftRow(spot: Memo<Option<DraftSpot>>, top: Memo<Option<f64>>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let place = tree.draft.with_untracked(|draft| draft.as_ref().map(|draft| draft.place))?;
    let row = NodeRef::<Div>::new();
    // Before its field takes the focus, since the browser scrolls to that.
    Effect::new(move |_| {
        if let Some(row) = row.get() {
            park(&row, top.get());
        }
    });
    let text =
        Signal::derive(move || tree.draft.with(|draft| draft.as_ref().map(|it| it.text.clone()).unwrap_or_default()));
    let on_input = move |text| {
        tree.draft.update(|draft| {
            if let Some(draft) = draft {
                draft.text = text;
            }
        });
    };
    let label = if place.is_objective { "New objective" } else { "New key result" };
    let leave = move || {
        let below = spot.get_untracked().map(|spot| spot.below);
        tree.draft.set(None);
        if let Some(below) = below {
            tree.cursor.go_to(below);
        }
    };
    let turn = move |to: Option<DraftPlace>| match to {
        None => tree.memory.say("It cannot stand there: only objectives go deeper or higher."),
        Some(place) if !is_in_tree(tree, place) => {
            tree.memory.say("It cannot go higher here: that is outside of this branch, which is all that shows.");
        }
        // What is typed goes along.
        Some(place) => stand(tree, place, text.get_untracked()),
    };
    let save = move || {
        let Some(draft) = tree.draft.get_untracked() else { return };
        if draft.text.trim().is_empty() {
            return leave();
        }
        match write(tree, &draft) {
            Ok(node) if tree.holds(LineId::Node(node)) => {
                stand(tree, DraftPlace { after: Some(node), ..place }, String::new());
            }
            Ok(_) => {
                tree.memory.say(format!("“{}” is saved, and stands outside of what shows here.", draft.text.trim()));
                leave();
            }
            Err(why) => tree.memory.say(why),
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let step = |higher: bool| {
            tree.memory
                .read(|workspace, _| if higher { workspace.higher_place(place) } else { workspace.deeper_place(place) })
        };
        match event.key().as_str() {
            // The key belongs to what puts characters together.
            _ if event.is_composing() => return,
            "Enter" => save(),
            "Escape" => leave(),
            "Tab" => turn(step(event.shift_key()).flatten()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let class = move || {
        let depth = spot.get().map_or(0, |spot| spot.depth).min(DEEPEST);
        let parked = if top.get().is_some() { " parked" } else { "" };
        format!("row draft-row depth-{depth}{parked}")
    };
    let row = view! {
        <div class=class role="row" node_ref=row>
            <div class="cell name" role="gridcell" aria-colspan="7">
                <span class="indent" aria-hidden="true"></span>
                <TitleField label text is_untouched=false on_input on_key />
                <span class="hint draft-hint">
                    {if place.is_objective {
                        "Enter: save, and the next · Tab: deeper · Shift Tab: higher · Esc: done"
                    } else {
                        "Enter: save, and the next · Esc: done"
                    }}
                </span>
            </div>
        </div>
    };
    Some(row.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objective(number: u128) -> NodeId {
        ObjectiveId(Uuid::from_u128(number)).into()
    }

    fn key_result(number: u128) -> NodeId {
        KeyResultId(Uuid::from_u128(number)).into()
    }

    /// An objective with a key result that an objective is aligned under, and one more of each; then another objective.
    fn lines() -> Vec<Line> {
        let line = |(node, depth)| Line {
            id: LineId::Node(node),
            depth,
            position: 1,
            set_size: 1,
            below: 0,
            rails: 0,
            of_cycle: true,
            is_match: true,
        };
        let nodes = [
            (objective(1), 0),
            (key_result(2), 1),
            (objective(3), 2),
            (key_result(4), 1),
            (objective(5), 1),
            (objective(6), 0),
        ];
        nodes.map(line).to_vec()
    }

    #[test]
    fn a_new_line_shows_where_it_will_stand() {
        let spot = |is_objective, parent, after| spot_among(&lines(), DraftPlace { is_objective, parent, after });
        assert_eq!(spot(true, None, Some(objective(1))), Some((4, 0)), "below the whole branch");
        assert_eq!(spot(true, None, Some(objective(6))), Some((5, 0)));
        assert_eq!(spot(true, Some(objective(1)), None), Some((4, 1)));
        assert_eq!(spot(true, Some(objective(6)), None), Some((5, 1)));
        assert_eq!(spot(false, Some(objective(1)), None), Some((3, 1)), "before what is aligned");
        assert_eq!(spot(false, Some(objective(6)), None), Some((5, 1)));
        assert_eq!(spot(false, Some(objective(1)), Some(key_result(2))), Some((2, 1)));
        assert_eq!(spot(true, Some(key_result(2)), None), Some((2, 2)));
    }

    #[test]
    fn a_new_line_stays_where_the_one_before_it_is_gone() {
        let spot = |parent, after| spot_among(&lines(), DraftPlace { is_objective: true, parent, after });
        assert_eq!(spot(Some(objective(1)), Some(objective(9))), Some((4, 1)));
        assert_eq!(spot(None, Some(objective(9))), Some((5, 0)));
        assert_eq!(spot(Some(objective(9)), None), None);
        assert_eq!(spot_among(&[], DraftPlace { is_objective: true, parent: None, after: None }), None);
    }
}
