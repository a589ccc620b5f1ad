//! One line of the tree. Many come and go while one scrolls, so a line follows few signals and listens to no event: the
//! treegrid listens for all of them.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use rustc_hash::FxHashMap;

use super::Tree;
use super::cell::{Shown, cells, unaligned};
use super::cursor::Cursor;
use super::element::{element_of, name};
use super::guides::DEEPEST;
use super::inset::{Inset, InsetOf};
use crate::app::past::{Since, node_address};
use crate::app::state::{Mark, RowSignals};
use crate::app::ui::meter::tone;
use crate::app::ui::plain::Plain;
use crate::domain::ids::NodeId;
use crate::domain::line::{Line, LineId};
use crate::domain::row::Row;

/// Where each line that exists is among those that show, and the line itself.
pub(super) type Places = Memo<Arc<FxHashMap<LineId, (usize, Line)>>>;

/// How many lines of a treegrid stand before the first one of a tree, counted from 1.
const FIRST_ROW_INDEX: usize = 2;

/// A row that exists though it is not among those of the window: the active one, so that it keeps the focus, and one with an
/// open field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Parked {
    pub id: LineId,
    /// How far below the first row of all it stands, in CSS pixels.
    pub top: f64,
}

/// What a line has to do with the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Standing {
    is_active: bool,
    /// Whether the tab key leads to the line, and not to one of its cells.
    is_stop: bool,
    /// Where it stands if it is parked, in CSS pixels.
    top: Option<f64>,
}

/// What a line is about.
#[derive(Clone)]
struct Subject {
    node: NodeId,
    signals: RowSignals,
    /// The address of its page.
    page: String,
    since: Option<Since>,
    /// What else stands in its row for a while.
    inset: Memo<Option<Inset>>,
}

/// A line: an objective, a key result or the branch of what is unaligned.
#[component]
pub(super) fn TreeLine(id: LineId, places: Places, parked: Memo<Vec<Parked>>, shipped: Option<Row>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let subject = match id {
        LineId::Node(node) => Subject::new(tree, node, shipped.as_ref()),
        LineId::Unaligned => None,
    };
    let first = places.with_untracked(|places| places.get(&id).copied())?;
    let place = Memo::new(move |last: Option<&(usize, Line)>| {
        // A row that has just left the window keeps what it said until it is gone.
        places.with(|places| places.get(&id).copied()).or_else(|| last.copied()).unwrap_or(first)
    });
    let is_open = Memo::new(move |_| {
        let (_, line) = place.get();
        line.below > 0 && tree.expansion.with(|expansion| expansion.is_open(&line))
    });
    // By itself, so that only two rows are drawn anew where the keyboard moves from one to the other.
    let standing = Memo::new(move |_| {
        let Cursor { active, column, .. } = tree.cursor;
        let top = parked.with(|parked| parked.iter().find(|parked| parked.id == id).map(|parked| parked.top));
        if active.get() != Some(id) {
            return Standing { top, ..Standing::default() };
        }
        Standing { is_active: true, is_stop: column.get().is_none(), top }
    });
    keep_standing(id, standing, tree.cursor);
    let inset = subject.as_ref().map(|subject| subject.inset);
    let row = move || {
        let (place, line) = place.get();
        let (is_open, standing) = (is_open.get(), standing.get());
        let signals = subject.as_ref().map(|subject| &subject.signals);
        let row = Plain::new("div")
            .class(class(tree, line, standing.top.is_some(), signals))
            .attribute("role", "row")
            .attribute("data-line", name(id))
            .attribute("tabindex", if standing.is_stop { "0" } else { "-1" })
            .attribute("aria-level", line.depth.saturating_add(1).to_string())
            .attribute("aria-posinset", line.position.to_string())
            .attribute("aria-setsize", line.set_size.to_string())
            .attribute("aria-rowindex", (place + FIRST_ROW_INDEX).to_string())
            .attribute_if("aria-expanded", (line.below > 0).then(|| is_open.to_string()));
        match &subject {
            Some(subject) => row.children(subject.cells(tree, line, is_open)),
            None => row.child(unaligned(line, is_open)),
        }
    };
    let insets = move || inset.and_then(|inset| inset.get()).map(|inset| view! { <InsetOf line=id inset /> });
    Some((row, insets).into_any())
}

impl Subject {
    /// `None` where there is no such objective or key result.
    fn new(tree: Tree, node: NodeId, shipped: Option<&Row>) -> Option<Self> {
        let signals = tree.memory.row(node, shipped)?;
        let inset = Memo::new({
            let signals = signals.clone();
            move |_| Inset::of(tree, node, &signals)
        });
        Some(Self { node, signals, page: node_address(node), since: use_context::<Since>(), inset })
    }

    /// Its cells, as they are now.
    fn cells(&self, tree: Tree, line: Line, is_open: bool) -> [Plain; 7] {
        let by = self.signals.mark.with(|mark| match mark {
            Some(Mark::Changed(by, _)) => by.clone(),
            _ => None,
        });
        let would_be = tree.preview.with(|preview| preview.as_ref()?.number(self.node));
        let inset = self.inset.get();
        self.signals.row.with(|row| {
            let moved = self.since.and_then(|since| since.mark(row));
            let (page, inset) = (self.page.as_str(), inset.as_ref());
            tree.finding
                .words
                .with(|words| cells(Shown { row, line, is_open, page, words, by, would_be, moved, inset }))
        })
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

/// Has the element of a line stand where it belongs, and gives the focus to it where it shall have it. By then it stands
/// there, since the browser scrolls to what has the focus, and takes the focus from what is moved.
fn keep_standing(id: LineId, standing: Memo<Standing>, cursor: Cursor) {
    Effect::new(move |stood: Option<Option<f64>>| {
        let Standing { is_active, top, .. } = standing.get();
        let stood = stood.flatten();
        let takes_focus = is_active && cursor.takes_focus.get();
        if (takes_focus || top != stood)
            && let Some(element) = element_of(id)
        {
            park(&element, top);
            if takes_focus {
                cursor.takes_focus.set(false);
                cursor.focus(&element);
            }
        }
        top
    });
}

/// Puts a row that is not among its neighbours where it would stand, or back among them.
pub(super) fn park(row: &HtmlElement, top: Option<f64>) {
    let style = HtmlElement::style(row);
    // Both fail for nothing but a property that is read-only.
    let _ = match top {
        Some(top) => style.set_property("top", &format!("{top}px")),
        None => style.remove_property("top").map(|_| ()),
    };
}
