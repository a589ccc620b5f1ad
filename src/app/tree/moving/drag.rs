//! Dragging a line with a mouse, a pen or a finger.

use std::time::Duration;

use leptos::ev::PointerEvent;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement};

use super::{Edge, Preview, carry_out, numbers_after};
use crate::app::tree::Tree;
use crate::app::tree::element::line_of;
use crate::domain::destination::Spot;
use crate::domain::ids::NodeId;
use crate::domain::line::LineId;
use crate::domain::words::quoted;

/// A pointer that moved less than this, in CSS pixels, only clicks.
const STILL: f64 = 6.0;

/// So near to the edge of the screen, in CSS pixels, the page scrolls.
const NEAR_EDGE: f64 = 64.0;

/// How far it scrolls at a time, in CSS pixels, and how often.
const SCROLLED: f64 = 14.0;
const SCROLLS_EVERY: Duration = Duration::from_millis(30);

/// A pointer that is down on a line.
#[derive(Clone, Copy, Debug)]
pub(in crate::app::tree) struct Hold {
    node: NodeId,
    pointer: i32,
    start: (f64, f64),
    now: (f64, f64),
    scrolling: Option<IntervalHandle>,
}

/// A pointer came down in the rows: a mouse may drag a line by its title and whatever else is no field, a finger by its
/// sign, since elsewhere it scrolls.
pub(in crate::app::tree) fn take_hold(event: &PointerEvent, tree: Tree) {
    let target: Element = event_target(event);
    let is_in = |selector: &str| target.closest(selector).is_ok_and(|found| found.is_some());
    let is_mouse = event.pointer_type() == "mouse";
    let is_grip = if is_mouse { !is_in("button, input, .value, .remark") } else { is_in(".grip") };
    if !(is_grip && event.button() == 0 && event.is_primary() && tree.day.is_none()) {
        return;
    }
    if let Some(LineId::Node(node)) = line_of(&target) {
        let start = (f64::from(event.client_x()), f64::from(event.client_y()));
        tree.hold.set_value(Some(Hold { node, pointer: event.pointer_id(), start, now: start, scrolling: None }));
    }
}

/// The pointer moved: a drag begins, or goes on.
fn follow(event: &PointerEvent, tree: Tree, grid: NodeRef<Div>) {
    let Some(mut hold) = tree.hold.get_value().filter(|hold| hold.pointer == event.pointer_id()) else { return };
    hold.now = (f64::from(event.client_x()), f64::from(event.client_y()));
    let is_dragged = tree.preview.with_untracked(Option::is_some);
    if !is_dragged {
        let (x, y) = (hold.now.0 - hold.start.0, hold.now.1 - hold.start.1);
        if x.hypot(y) < STILL {
            return;
        }
        // From here on the pointer clicks nothing.
        if let Some(grid) = grid.get_untracked() {
            // Fails for nothing but a pointer that is gone.
            let _ = grid.set_pointer_capture(hold.pointer);
        }
        hold.scrolling = set_interval_with_handle(move || scroll(tree), SCROLLS_EVERY).ok();
    }
    event.prevent_default();
    tree.hold.set_value(Some(hold));
    look(tree, hold);
}

/// Scrolls while the pointer is near the edge of the screen.
fn scroll(tree: Tree) {
    let Some(hold) = tree.hold.try_get_value().flatten() else { return };
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    let by = if hold.now.1 < NEAR_EDGE {
        -SCROLLED
    } else if hold.now.1 > height - NEAR_EDGE {
        SCROLLED
    } else {
        return;
    };
    window().scroll_by_with_x_and_y(0.0, by);
    look(tree, hold);
}

/// Tells what would happen if it were let go here.
fn look(tree: Tree, hold: Hold) {
    let over = over(tree, hold.node, hold.now);
    let is_same = tree.preview.with_untracked(|preview| preview.as_ref().is_some_and(|preview| preview.over == over));
    if is_same {
        return;
    }
    let wanted = over.and_then(|over| tree.memory.read(|workspace, _| workspace.move_to(hold.node, spot(over))));
    let told = wanted.map(|wanted| numbers_after(tree, wanted).map(|numbers| (words(tree, wanted.to), numbers)));
    let (words, numbers) = match told {
        None => (Ok("Let go over a line".to_owned()), Default::default()),
        Some(Ok((words, numbers))) => (Ok(words), numbers),
        Some(Err(why)) => (Err(why), Default::default()),
    };
    tree.preview.set(Some(Preview { node: hold.node, over, words, numbers }));
}

fn words(tree: Tree, to: Option<NodeId>) -> String {
    let title =
        to.and_then(|to| tree.memory.read(|workspace, _| workspace.node_title(to).map(str::to_owned))).flatten();
    title.map_or_else(|| "Under nothing".to_owned(), |title| format!("Under {}", quoted(Some(&title))))
}

/// The line that shows at a place of the screen, and where on it a node would be let go; `None` on its own line.
fn over(tree: Tree, node: NodeId, (x, y): (f64, f64)) -> Option<(LineId, Edge)> {
    let element = document().element_from_point(x as f32, y as f32)?;
    let id = line_of(&element).filter(|id| *id != LineId::Node(node))?;
    let edge = match (id, element.closest(".row").ok().flatten()) {
        (LineId::Node(over), Some(row)) => edge(tree, node, over, part_of(&row, y)),
        // What stands in the stack, or holds the unaligned, has no neighbours there.
        _ => Edge::Under,
    };
    Some((id, edge))
}

/// Where on the row of another node, of which the pointer is at that part from above, a node would be let go.
fn edge(tree: Tree, node: NodeId, over: NodeId, part: f64) -> Edge {
    match (node, over) {
        // Key results stand among key results, and objectives among objectives.
        (NodeId::KeyResult(_), NodeId::KeyResult(_)) if part < 0.5 => Edge::Before,
        (NodeId::KeyResult(_), NodeId::KeyResult(_)) => Edge::After,
        (NodeId::Objective(_), NodeId::Objective(_)) if part < 0.25 => Edge::Before,
        // What follows an open line is what hangs under it.
        (NodeId::Objective(_), NodeId::Objective(_)) if part > 0.75 && !is_open(tree, over) => Edge::After,
        _ => Edge::Under,
    }
}

/// Whether something shows under a node.
fn is_open(tree: Tree, node: NodeId) -> bool {
    tree.outline.with_untracked(|outline| {
        let line = outline.as_ref().and_then(|outline| outline.branch(LineId::Node(node)).first());
        line.is_some_and(|line| line.below > 0 && tree.expansion.with_untracked(|expansion| expansion.is_open(line)))
    })
}

/// How far down in a row a height of the screen is, from 0 to 1.
#[cfg(feature = "hydrate")]
fn part_of(row: &Element, y: f64) -> f64 {
    let place = row.get_bounding_client_rect();
    (y - place.top()) / place.height()
}

/// Nothing is anywhere on the server.
#[cfg(not(feature = "hydrate"))]
fn part_of(_row: &Element, _y: f64) -> f64 {
    0.0
}

fn spot((id, edge): (LineId, Edge)) -> Spot {
    match (id, edge) {
        (LineId::Unaligned, _) => Spot::Top,
        (LineId::Node(node), Edge::Before) => Spot::Before(node),
        (LineId::Node(node), Edge::After) => Spot::After(node),
        (LineId::Node(node), Edge::Under) => Spot::Under(node),
    }
}

/// Lets go: makes the move, where it is possible.
fn let_go(tree: Tree) {
    let preview = tree.preview.get_untracked();
    cancel(tree);
    let Some(Preview { node, over: Some(over), words, .. }) = preview else { return };
    match words {
        Err(why) => tree.memory.say(why),
        Ok(_) => {
            if let Some(wanted) = tree.memory.read(|workspace, _| workspace.move_to(node, spot(over))) {
                carry_out(tree, wanted);
            }
        }
    }
}

/// Ends a drag, and moves nothing. Returns whether there was one.
pub(in crate::app::tree) fn cancel(tree: Tree) -> bool {
    let hold = tree.hold.try_update_value(Option::take).flatten();
    if let Some(scrolling) = hold.and_then(|hold| hold.scrolling) {
        scrolling.clear();
    }
    let is_dragged = tree.preview.try_with_untracked(Option::is_some) == Some(true);
    if is_dragged {
        tree.preview.set(None);
    }
    is_dragged
}

/// What follows the pointer: what is dragged, and what would become of it.
#[component]
pub(in crate::app::tree) fn Ghost(
    /// Where the lines are.
    grid: NodeRef<Div>,
) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let element = NodeRef::<Div>::new();
    Effect::new(move |_| {
        let moved = window_event_listener(leptos::ev::pointermove, move |event| {
            follow(&event, tree, grid);
            if let Some(element) = element.try_get_untracked().flatten() {
                place(&element, &event);
            }
        });
        // Another finger may come and go meanwhile.
        let holds = move |event: &PointerEvent| {
            tree.hold.try_get_value().flatten().is_some_and(|hold| hold.pointer == event.pointer_id())
        };
        let released = window_event_listener(leptos::ev::pointerup, move |event| {
            if holds(&event) {
                let_go(tree);
            }
        });
        let lost = window_event_listener(leptos::ev::pointercancel, move |event| {
            if holds(&event) {
                cancel(tree);
            }
        });
        on_cleanup(move || {
            moved.remove();
            released.remove();
            lost.remove();
            cancel(tree);
        });
    });
    move || {
        tree.preview.with(|preview| {
            let Preview { node, words, .. } = preview.as_ref()?;
            let title = tree.memory.read(|workspace, _| workspace.node_title(*node).map(str::to_owned)).flatten();
            let is_refused = words.is_err();
            let words = match words {
                Ok(words) | Err(words) => words.clone(),
            };
            Some(view! {
                <div class="drag-ghost" class:refused=is_refused node_ref=element aria-hidden="true">
                    <bdi class="title">{title}</bdi>
                    <span class="to">{words}</span>
                </div>
            })
        })
    }
}

fn place(ghost: &HtmlElement, event: &PointerEvent) {
    for (property, value) in [("--x", event.client_x()), ("--y", event.client_y())] {
        // Fails for nothing but a property that is read-only.
        let _ = HtmlElement::style(ghost).set_property(property, &format!("{value}px"));
    }
}
