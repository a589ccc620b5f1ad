//! The rows, of which about two screens exist at a time.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use rustc_hash::FxHashMap;

use super::change::ChangeDialogs;
use super::draft::{DraftRow, DraftSpot};
use super::element::line_of;
use super::line::{Parked, Places, TreeLine};
use super::menu::RowMenu;
use super::moving::{Ghost, MovePicker, take_hold};
use super::stack::Stack;
use super::why::WhyDialog;
use super::window::{FEWEST, Measured, window, window_to_screen_end};
use super::{COLUMNS, Tree, click, cursor, draft, early, field, keys};
use crate::domain::line::{Line, LineId};
use crate::domain::outline;
use crate::domain::partial_outline::PartialOutline;
use crate::domain::row::Row;
use crate::domain::tree_view::{PAGE_ROWS, TreeQuery, TreeView};

/// The lines that show, in order.
type Lines = Memo<Arc<Vec<Line>>>;

/// What stands among the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Item {
    Line(LineId),
    /// A line that is being written: the number tells one from the next.
    Draft(u32),
}

/// The most rows that are printed.
const MOST_PRINTED: usize = 2_000;

/// The treegrid.
#[component]
pub(super) fn Grid(view: TreeView) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let query = tree.asked().opened(&view.expansion);
    let TreeView { from, showing, rows, expansion: told, .. } = view;
    let from = from as usize;
    let shipped_lines: Vec<Line> = rows.iter().map(|(line, _)| *line).collect();
    let shipped_rows: Arc<FxHashMap<LineId, Row>> =
        Arc::new(rows.into_iter().filter_map(|(line, row)| Some((line.id, row?))).collect());

    // Some rows even where none was shipped, to be measured.
    let range = RwSignal::new(0..shipped_lines.len().max(FEWEST));
    let known = RwSignal::new(PartialOutline::new(shipped_lines, from, showing as usize, told));
    let lines: Lines = Memo::new(move |_| {
        tree.expansion.with(|expansion| match tree.outline.read().as_ref() {
            Some(outline) => Arc::new(outline.visible(expansion)),
            None => Arc::new(known.with(|known| known.visible(expansion))),
        })
    });
    // How many lines show before the first known one.
    let skipped =
        Memo::new(move |_| if tree.outline.with(Option::is_some) { 0 } else { known.with(PartialOutline::from) });
    let kept = keep(tree, lines);
    let in_window = in_window(lines, range, kept);
    let places: Places = Memo::new(move |_| {
        let skipped = skipped.get();
        Arc::new(in_window.get().iter().map(|(place, line)| (line.id, (place + skipped, *line))).collect())
    });
    let count = move || {
        if tree.outline.with(Option::is_some) {
            lines.with(|lines| lines.len())
        } else {
            known.with(PartialOutline::showing)
        }
    };

    let (body, stack, grid) = (NodeRef::<Div>::new(), NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let (above, below) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let measured = follow_scrolling(tree, body, stack, lines, range, skipped);
    early::complete(tree, known, measured);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(body) = body.get() {
            cursor::leave_tab_order(&body);
        }
    });
    let spot = draft::spot(tree, lines);
    Effect::new(move |_| {
        let row = measured.get().map_or(0.0, |measured| measured.row);
        let Range { start, end } = range.get();
        let after = lines.with(|lines| lines.len()).saturating_sub(end);
        // A line that is being written takes up room as well where it is not among the rows.
        let draft = spot.get().map(|spot| spot.place);
        let is_above = draft.is_some_and(|place| place < start);
        let is_below = draft.is_some_and(|place| place >= end);
        set_height(above, (start + usize::from(is_above)) as f64 * row);
        set_height(below, (after + usize::from(is_below)) as f64 * row);
    });
    let is_out = move |place: usize| !range.with(|range| range.contains(&place));
    let parked = Memo::new(move |_| {
        let Some(Measured { row, .. }) = measured.get() else { return Vec::new() };
        let park = |place: usize| {
            Some(Parked { id: lines.with(|lines| Some(lines.get(place)?.id))?, top: place as f64 * row })
        };
        kept.get().into_iter().filter(|place| is_out(*place)).filter_map(park).collect::<Vec<_>>()
    });
    let draft_top = Memo::new(move |_| {
        let place = spot.get()?.place;
        is_out(place).then_some((place + 1) as f64 * measured.get()?.row)
    });
    keep_active_visible(tree, lines, known);
    let children = move |item: Item| match item {
        Item::Line(id) => {
            let shipped = shipped_rows.get(&id).cloned();
            view! { <TreeLine id places parked shipped /> }.into_any()
        }
        Item::Draft(_) => view! { <DraftRow spot top=draft_top /> }.into_any(),
    };
    let items = move || {
        // Asked for right before the document is brought in step.
        if cfg!(feature = "hydrate") {
            cursor::keep_focus(body);
        }
        items(&in_window.get(), spot.get())
    };
    let on_key = move |event| keys::press(&event, tree, &lines.get_untracked(), measured.get_untracked());
    view! {
        <div
            class="grid"
            role="treegrid"
            aria-label="Objectives and key results"
            aria-rowcount=move || count() + 1
            aria-colcount=COLUMNS
            node_ref=grid
            on:keydown=on_key
        >
            <ColumnHeads />
            <Stack lines measured element=stack />
            <div
                class="rows"
                role="rowgroup"
                node_ref=body
                on:pointerdown=move |event| take_hold(&event, tree)
                // A link is no thing to be dragged here: its line is.
                on:dragstart=move |event| event.prevent_default()
                on:click=move |event| click::clicked(&event, tree)
                on:focusin=move |event| {
                    let at: Element = event_target(&event);
                    if let Some(id) = line_of(&at) {
                        tree.cursor.arrived(id, &at);
                        tree.look_at(id);
                    }
                }
                on:pointerover=move |event| {
                    if let Some(id) = line_of(&event_target(&event)) {
                        tree.look_at(id);
                    }
                }
            >
                <div class="spacer" role="presentation" node_ref=above></div>
                <For each=items key=|item| *item children />
                <div class="spacer" role="presentation" node_ref=below></div>
            </div>
        </div>
        <Pages from showing query />
        <RowMenu />
        <MovePicker />
        <WhyDialog />
        <ChangeDialogs />
        <Ghost grid />
    }
    .into_any()
}

/// What each column is about.
#[component]
fn ColumnHeads() -> impl IntoView {
    view! {
        <div class="columns" role="row" aria-rowindex="1">
            <div role="columnheader">"Objective or key result"</div>
            <div role="columnheader">"Progress"</div>
            <div role="columnheader" class="value">"Value"</div>
            <div role="columnheader">"Pace"</div>
            <div role="columnheader" class="narrow">
                <span aria-hidden="true">"Conf."</span>
                <span class="visually-hidden">"Confidence"</span>
            </div>
            <div role="columnheader" class="narrow">"Checked"</div>
            <div role="columnheader">
                <span class="visually-hidden">"Owner"</span>
            </div>
        </div>
    }
}

/// The way to the next rows where no script makes them.
#[component]
fn Pages(from: usize, showing: u32, query: TreeQuery) -> impl IntoView {
    let showing = showing as usize;
    let last = (from + PAGE_ROWS).min(showing);
    let address = |from: usize| TreeQuery { from: Some(from.to_string()), ..query.clone() }.address();
    let (before, after) = (address(from.saturating_sub(PAGE_ROWS)), address(last));
    (showing > PAGE_ROWS).then(|| {
        view! {
            <nav class="pages scriptless" aria-label="More rows">
                {(from > 0).then(|| view! { <a href=before>"Rows before"</a> })}
                <span>{format!("Rows {} to {last} of {showing}", from + 1)}</span>
                {(last < showing).then(|| view! { <a href=after>"Rows after"</a> })}
            </nav>
        }
    })
}

/// The places of the lines that exist wherever one has scrolled to: of the active one, and of one that has an open field.
fn keep(tree: Tree, lines: Lines) -> Memo<Vec<usize>> {
    let with_field = field::line(tree);
    Memo::new(move |_| {
        let ids = [tree.cursor.active.get(), with_field.get()];
        let is_kept = |(place, line): (usize, &Line)| ids.contains(&Some(line.id)).then_some(place);
        lines.with(|lines| lines.iter().enumerate().filter_map(is_kept).collect())
    })
}

/// The lines of a window with their places, and with them those that are kept, wherever they are.
fn in_window(lines: Lines, range: RwSignal<Range<usize>>, kept: Memo<Vec<usize>>) -> Memo<Arc<Vec<(usize, Line)>>> {
    Memo::new(move |_| {
        let lines = lines.get();
        let Range { start, end } = range.get();
        let end = end.min(lines.len());
        let start = start.min(end);
        let kept = kept.get();
        let before = kept.iter().copied().filter(|place| *place < start);
        let after = kept.iter().copied().filter(|place| *place >= end);
        let places = before.chain(start..end).chain(after);
        Arc::new(places.filter_map(|place| Some((place, *lines.get(place)?))).collect())
    })
}

/// The lines of a window, and what is being written where it shows among them.
fn items(lines: &[(usize, Line)], draft: Option<DraftSpot>) -> Vec<Item> {
    let mut items: Vec<Item> = lines.iter().map(|(_, line)| Item::Line(line.id)).collect();
    if let Some(draft) = draft {
        let place = lines.partition_point(|(place, _)| *place <= draft.place);
        items.insert(place, Item::Draft(draft.number));
    }
    items
}

/// Where the active line was hidden, the nearest line above it that shows is active instead; where it was removed, the nearest
/// one that stood beside it.
fn keep_active_visible(tree: Tree, lines: Lines, known: RwSignal<PartialOutline>) {
    Effect::new(move |before: Option<Arc<Vec<Line>>>| {
        let lines = lines.get();
        let active = tree.cursor.active.get_untracked();
        let shows = |id: LineId| lines.iter().any(|line| line.id == id);
        if active.is_some_and(shows) {
            return lines;
        }
        let above = tree.outline.with_untracked(|outline| {
            let known = known.read_untracked();
            let all = outline.as_ref().map_or(known.lines(), |outline| outline.lines());
            let place = all.iter().position(|line| Some(line.id) == active)?;
            outline::above(all, place).map(|place| all[place].id).find(|id| shows(*id))
        });
        let is_removed = matches!(active, Some(LineId::Node(node)) if tree.memory.title(node).is_none());
        let beside = || {
            let before = before.as_ref().filter(|_| is_removed)?;
            let place = before.iter().position(|line| Some(line.id) == active)?;
            let (earlier, later) = before.split_at(place);
            earlier.iter().rev().chain(later).map(|line| line.id).find(|id| shows(*id))
        };
        let first = || lines.first().map(|line| line.id);
        tree.cursor.active.set(above.or_else(beside).or_else(first));
        lines
    });
}

/// Keeps the window where the screen is. Returns what was measured last.
fn follow_scrolling(
    tree: Tree,
    body: NodeRef<Div>,
    stack: NodeRef<Div>,
    lines: Lines,
    range: RwSignal<Range<usize>>,
    skipped: Memo<usize>,
) -> RwSignal<Option<Measured>> {
    let measured = RwSignal::new(None);
    let show = move |wanted: Range<usize>| {
        if range.get_untracked() != wanted {
            range.set(wanted);
        }
    };
    let look = move || {
        // None where the page has been left since.
        let Some(now) = measure(body, stack) else { return };
        if measured.get_untracked() != Some(now) {
            measured.set(Some(now));
        }
        let count = lines.with_untracked(|lines| lines.len());
        let wanted = window(now, count);
        // What begins further down has no rows above it to scroll to until all are here.
        show(if skipped.get_untracked() == 0 { wanted } else { 0..count });
    };
    // By what was measured last, since measuring between a change and the next frame has the browser lay out twice.
    Effect::new(move |_| {
        let count = lines.with(|lines| lines.len());
        tree.outline.track();
        match measured.get_untracked().filter(|_| skipped.get_untracked() == 0) {
            Some(known) => {
                // What is further down has time until it is painted.
                show(window_to_screen_end(known, count));
                request_animation_frame(move || set_timeout(look, Duration::ZERO));
            }
            None => look(),
        }
    });
    // An effect of its own, since what an effect registers is gone when it runs again.
    Effect::new(move |_| {
        let scroll = window_event_listener(leptos::ev::scroll, move |_| look());
        let resize = window_event_listener(leptos::ev::resize, move |_| look());
        // Paper has no window to scroll.
        let print = window_event_listener_untyped("beforeprint", move |_| {
            range.set(0..lines.with_untracked(|lines| lines.len().min(MOST_PRINTED)));
        });
        let printed = window_event_listener_untyped("afterprint", move |_| look());
        on_cleanup(move || [scroll, resize, print, printed].into_iter().for_each(|listener| listener.remove()));
    });
    // The address may begin further down than the tree does.
    let from = skipped.get_untracked();
    if from > 0 {
        Effect::new(move |was_here: Option<bool>| {
            let is_here = tree.outline.with(Option::is_some);
            if is_here
                && was_here != Some(true)
                && let Some(now) = measure(body, stack)
            {
                leptos::prelude::window().scroll_by_with_x_and_y(0.0, from as f64 * now.row - now.above);
            }
            is_here
        });
    }
    measured
}

fn measure(body: NodeRef<Div>, stack: NodeRef<Div>) -> Option<Measured> {
    let (body, stack) = (body.try_get_untracked()??, stack.try_get_untracked()??);
    let covered = f64::from(stack.offset_top() - body.offset_top());
    let screen = leptos::prelude::window().inner_height().ok()?.as_f64()?;
    let row = body.query_selector(".row[data-line]").ok()??.dyn_into::<HtmlElement>().ok()?.offset_height();
    let above = leptos::prelude::window().scroll_y().ok()? - f64::from(body.offset_top());
    Some(Measured { above, covered, screen, row: row.into() })
}

fn set_height(spacer: NodeRef<Div>, pixels: f64) {
    if let Some(spacer) = spacer.get_untracked() {
        // Fails for nothing but a property that is read-only.
        let _ = HtmlElement::style(&spacer).set_property("height", &format!("{pixels}px"));
    }
}
