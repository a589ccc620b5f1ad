//! One line of the tree. Many come and go while one scrolls, so a line follows few signals and listens to no event: the
//! treegrid listens for all of them.

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::web_sys::{Element, HtmlElement};
use rustc_hash::FxHashMap;

use super::Tree;
use super::cell::{Cells, toggle};
use super::cursor::Cursor;
use super::draft::DraftBelow;
use super::guides::DEEPEST;
use crate::app::state::{Mark, RowSignals};
use crate::app::ui::meter::tone;
use crate::domain::ids::NodeId;
use crate::domain::outline::{Line, LineId};
use crate::domain::row::Row;

/// Where each line that exists is among those that show, and the line itself.
pub(super) type Places = Memo<Arc<FxHashMap<LineId, (usize, Line)>>>;

/// How many lines of a treegrid stand before the first one of a tree, counted from 1.
const FIRST_ROW_INDEX: usize = 2;

/// The active row where it is not among those of the window, so that it keeps the focus.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Parked {
    pub id: LineId,
    /// How far below the first row of all it stands, in CSS pixels.
    pub top: f64,
}

/// What the element of a line says of itself.
#[derive(Clone, Debug, PartialEq)]
struct Attributes {
    class: String,
    tab_index: &'static str,
    level: u16,
    position: u32,
    set_size: u32,
    row_index: usize,
    expanded: Option<bool>,
    /// Where it stands if it is parked, in CSS pixels.
    top: Option<f64>,
}

/// A line: an objective, a key result or the branch of what is unaligned.
#[component]
pub(super) fn TreeLine(
    id: LineId,
    places: Places,
    parked: Memo<Option<Parked>>,
    shipped: Option<Row>,
) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let signals = match id {
        LineId::Node(node) => tree.memory.row(node, shipped.as_ref()),
        LineId::Unaligned => None,
    };
    let first = places.with_untracked(|places| places.get(&id).copied())?;
    let place = Memo::new(move |last: Option<&(usize, Line)>| {
        // A row that has just left the window keeps what it said until it is gone.
        places.with(|places| places.get(&id).copied()).or_else(|| last.copied()).unwrap_or(first)
    });
    let line = Memo::new(move |_| place.get().1);
    let is_open = Memo::new(move |_| {
        let line = line.get();
        line.below > 0 && tree.expansion.with(|expansion| expansion.is_open(&line))
    });
    let attributes = Memo::new({
        let signals = signals.clone();
        move |_| attributes(tree, id, place.get(), is_open.get(), parked, signals.as_ref())
    });
    let element = NodeRef::<Div>::new();
    let drawn = attributes.get_untracked();
    keep_in_step(element, attributes, drawn.clone());
    take_focus(element, id, tree.cursor);
    let cells = match signals {
        Some(RowSignals { row, mark, .. }) => {
            view! { <Cells line is_open row=row.into() mark=mark.into() /> }.into_any()
        }
        None => view! { <Unaligned line is_open /> }.into_any(),
    };
    let level = custom_attribute("aria-level", drawn.level.to_string());
    let expanded = drawn.expanded.map(|expanded| expanded.to_string());
    Some(
        view! {
            <div
                node_ref=element
                class=drawn.class
                role="row"
                data-line=name(id)
                tabindex=drawn.tab_index
                {..level}
                aria-posinset=drawn.position.to_string()
                aria-setsize=drawn.set_size.to_string()
                aria-rowindex=drawn.row_index.to_string()
                aria-expanded=expanded
            >
                {cells}
            </div>
            <DraftBelow id />
        }
        .into_any(),
    )
}

/// What the element of a line says that it stands for.
fn name(id: LineId) -> String {
    match id {
        LineId::Node(NodeId::Objective(id)) => format!("objective {id}"),
        LineId::Node(NodeId::KeyResult(id)) => format!("key-result {id}"),
        LineId::Unaligned => "unaligned".to_owned(),
    }
}

/// What the line stands for that an element belongs to.
pub(super) fn line_of(element: &Element) -> Option<LineId> {
    let name = element.closest("[data-line]").ok()??.get_attribute("data-line")?;
    match name.split_once(' ') {
        Some(("objective", id)) => Some(LineId::Node(NodeId::Objective(id.parse().ok()?))),
        Some(("key-result", id)) => Some(LineId::Node(NodeId::KeyResult(id.parse().ok()?))),
        _ => (name == "unaligned").then_some(LineId::Unaligned),
    }
}

fn attributes(
    tree: Tree,
    id: LineId,
    (place, line): (usize, Line),
    is_open: bool,
    parked: Memo<Option<Parked>>,
    signals: Option<&RowSignals>,
) -> Attributes {
    let Cursor { active, column, .. } = tree.cursor;
    let is_active = active.get() == Some(id);
    let is_stop = is_active && column.get().is_none();
    let top = is_active.then(|| parked.get()).flatten().filter(|parked| parked.id == id).map(|parked| parked.top);
    Attributes {
        class: class(tree, line, top.is_some(), signals),
        tab_index: if is_stop { "0" } else { "-1" },
        level: line.depth.saturating_add(1),
        position: line.position,
        set_size: line.set_size,
        row_index: place + FIRST_ROW_INDEX,
        expanded: (line.below > 0).then_some(is_open),
        top,
    }
}

fn class(tree: Tree, line: Line, is_parked: bool, signals: Option<&RowSignals>) -> String {
    let (kind, is_linked) = match line.id {
        LineId::Node(node @ NodeId::Objective(_)) => ("objective", tree.linked.with(|linked| linked.contains(&node))),
        LineId::Node(NodeId::KeyResult(_)) => ("key-result", false),
        LineId::Unaligned => ("branch", false),
    };
    let tone = signals.map_or("quiet", |signals| tone(signals.row.with(|row| row.status)));
    let pulse = signals.map_or("", |signals| {
        signals.mark.with(|mark| match mark {
            Some(Mark::Changed(_, number)) if number % 2 == 0 => " pulse-even",
            Some(Mark::Changed(..)) => " pulse-odd",
            _ => "",
        })
    });
    let drop = tree.preview.with(|preview| preview.as_ref().map_or("", |preview| preview.class(line.id)));
    let when = |is_so: bool, class: &'static str| if is_so { class } else { "" };
    [
        &format!("row {kind} depth-{} {tone}", line.depth.min(DEEPEST)),
        pulse,
        drop,
        when(!line.of_cycle, " aside"),
        when(!line.is_match, " dimmed"),
        when(is_parked, " parked"),
        when(is_linked, " linked"),
        when(line.below == 0, " leaf"),
    ]
    .concat()
}

/// Brings what the element says of itself up to date.
fn keep_in_step(element: NodeRef<Div>, attributes: Memo<Attributes>, drawn: Attributes) {
    Effect::new(move |said: Option<Attributes>| {
        // A style is refused in the page that the server sends, so where it stands is still to be said.
        let said = said.unwrap_or_else(|| Attributes { top: None, ..drawn.clone() });
        let Some(element) = element.get() else { return said };
        let now = attributes.get();
        now.write(&said, &element);
        if now.top != said.top {
            park(&element, now.top);
        }
        now
    });
}

/// Gives the focus to the element where it shall have it. By then it stands where it belongs, since the browser scrolls to
/// what has the focus, and takes the focus from what is moved.
fn take_focus(element: NodeRef<Div>, id: LineId, cursor: Cursor) {
    let is_active = Memo::new(move |_| cursor.active.get() == Some(id));
    Effect::new(move |_| {
        if is_active.get()
            && cursor.takes_focus.get()
            && let Some(element) = element.get()
        {
            cursor.takes_focus.set(false);
            cursor.focus(&element);
        }
    });
}

impl Attributes {
    /// Writes what differs from what the element says.
    fn write(&self, said: &Self, element: &HtmlElement) {
        // Neither fails for anything but a name that is no attribute's.
        let set = |name: &str, value: &str| {
            let _ = element.set_attribute(name, value);
        };
        if self.class != said.class {
            set("class", &self.class);
        }
        if self.tab_index != said.tab_index {
            set("tabindex", self.tab_index);
        }
        if self.level != said.level {
            set("aria-level", &self.level.to_string());
        }
        if self.position != said.position {
            set("aria-posinset", &self.position.to_string());
        }
        if self.set_size != said.set_size {
            set("aria-setsize", &self.set_size.to_string());
        }
        if self.row_index != said.row_index {
            set("aria-rowindex", &self.row_index.to_string());
        }
        if self.expanded != said.expanded {
            let _ = match self.expanded {
                Some(expanded) => element.set_attribute("aria-expanded", &expanded.to_string()),
                None => element.remove_attribute("aria-expanded"),
            };
        }
    }
}

/// Puts a row that is not among its neighbours where it would stand, or back among them.
fn park(row: &HtmlElement, top: Option<f64>) {
    let style = HtmlElement::style(row);
    // Both fail for nothing but a property that is read-only.
    let _ = match top {
        Some(top) => style.set_property("top", &format!("{top}px")),
        None => style.remove_property("top").map(|_| ()),
    };
}

#[component]
fn Unaligned(line: Memo<Line>, is_open: Memo<bool>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    view! {
        <div class="cell name" role="gridcell" aria-colspan="7">
            {move || toggle(line.get(), is_open.get(), tree.is_live.get_untracked())}
            <span class="title">"Unaligned"</span>
            <span class="below">
                {move || format!("{} lines that lead to nothing above them yet", line.get().below)}
            </span>
        </div>
    }
}
