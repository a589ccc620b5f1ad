//! One line of the tree.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::web_sys::HtmlElement;

use super::Tree;
use super::cell::{Checked, Name, Progress};
use super::change::{Changeable, Changed};
use super::draft::DraftBelow;
use super::guides::DEEPEST;
use super::row_context::{Parked, Places, RowContext};
use super::toggle::Toggle;
use super::value::ValueCell;
use super::why::Asked;
use crate::app::state::{Mark, RowSignals};
use crate::app::ui::avatar::Avatar;
use crate::app::ui::meter::tone;
use crate::app::ui::signs::{ConfidenceSign, StatusSign};
use crate::domain::ids::NodeId;
use crate::domain::outline::LineId;
use crate::domain::possibility::ChosenField;
use crate::domain::row::Row;

/// A line: an objective, a key result or the branch of what is unaligned.
#[component]
pub(super) fn TreeLine(
    id: LineId,
    places: Places,
    parked: Memo<Option<Parked>>,
    shipped: Option<Row>,
) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let place = Memo::new(move |last: Option<&Option<_>>| {
        // A row that has just left the window keeps what it said until it is gone.
        places.with(|places| places.get(&id).copied()).or_else(|| last.copied().flatten())
    });
    let line = Memo::new(move |_| place.get().map(|(_, line)| line));
    let is_parent = Memo::new(move |_| line.get().is_some_and(|line| line.below > 0));
    let is_open = Memo::new(move |_| {
        line.get().is_some_and(|line| line.below > 0 && tree.expansion.with(|expansion| expansion.is_open(&line)))
    });
    let cursor = tree.cursor;
    let is_active = Memo::new(move |_| cursor.active.get() == Some(id));
    let element = NodeRef::<Div>::new();
    // First where it stands, then the focus: the browser scrolls to what has it.
    let top = Memo::new(move |_| {
        is_active.get().then(|| parked.get()).flatten().filter(|parked| parked.id == id).map(|parked| parked.top)
    });
    Effect::new(move |was_parked: Option<bool>| {
        let top = top.get();
        if let Some(element) = element.get()
            && (top.is_some() || was_parked == Some(true))
        {
            park(&element, top);
        }
        top.is_some()
    });
    Effect::new(move |_| {
        if is_active.get()
            && cursor.takes_focus.get()
            && let Some(element) = element.get()
        {
            cursor.takes_focus.set(false);
            cursor.focus(&element);
        }
    });
    let signals = match id {
        LineId::Node(node) => tree.memory.row(node, shipped.as_ref()),
        LineId::Unaligned => None,
    };
    let kind = match id {
        LineId::Node(NodeId::Objective(_)) => "objective",
        LineId::Node(NodeId::KeyResult(_)) => "key-result",
        LineId::Unaligned => "branch",
    };
    let context = signals
        .as_ref()
        .map(|RowSignals { row, mark, .. }| RowContext { row: row.clone().into(), mark: mark.clone().into() });
    let mark = move || context.and_then(|context| context.mark.get());
    let drop =
        Memo::new(move |_| tree.preview.with(|preview| preview.as_ref().map_or("", |preview| preview.class(id))));
    let class = move || {
        let depth = line.get().map_or(0, |line| line.depth.min(DEEPEST));
        let pulse = match mark() {
            Some(Mark::Changed(_, number)) if number % 2 == 0 => " pulse-even",
            Some(Mark::Changed(..)) => " pulse-odd",
            _ => "",
        };
        let aside = if line.get().is_some_and(|line| !line.of_cycle) { " aside" } else { "" };
        let dimmed = if line.get().is_some_and(|line| !line.is_match) { " dimmed" } else { "" };
        let tone = context.map_or("quiet", |context| tone(context.row.with(|row| row.status)));
        let drop = drop.get();
        format!("row {kind} depth-{depth} {tone}{pulse}{aside}{dimmed}{drop}")
    };
    let is_linked = Memo::new(move |_| match id {
        LineId::Node(node) => tree.linked.with(|linked| linked.contains(&node)),
        LineId::Unaligned => false,
    });
    let look = move || {
        if let LineId::Node(node) = id {
            tree.looked_at.set(Some(node));
        }
    };
    let level = custom_attribute("aria-level", move || line.get().map(|line| (line.depth + 1).to_string()));
    let count = Signal::derive(move || line.get().map_or(0, |line| line.below));
    view! {
        <div
            node_ref=element
            class=class
            class:parked=move || top.get().is_some()
            class:linked=is_linked
            class:leaf=move || !is_parent.get()
            role="row"
            tabindex=move || if is_active.get() && cursor.column.get().is_none() { "0" } else { "-1" }
            {..level}
            aria-posinset=move || line.get().map(|line| line.position)
            aria-setsize=move || line.get().map(|line| line.set_size)
            aria-rowindex=move || place.get().map(|(place, _)| place + 2)
            aria-expanded=move || is_parent.get().then(|| is_open.get().to_string())
            on:focusin=move |event| {
                cursor.arrived(id, &event_target(&event));
                look();
            }
            on:pointerenter=move |_| look()
        >
            {match context {
                Some(context) => {
                    let RowContext { row, .. } = context;
                    view! {
                            <Name context line id is_parent is_open />
                            <Progress context />
                            <ValueCell context />
                            <div class="cell pace" role="gridcell">
                                <Asked node=row.with_untracked(|row| row.node)>
                                    <StatusSign status=Signal::derive(move || row.with(|row| row.status)) />
                                </Asked>
                            </div>
                            <div class="cell confidence" role="gridcell">
                                <Asked node=row.with_untracked(|row| row.node)>
                                    <ConfidenceSign confidence=Signal::derive(move || row.with(|row| row.confidence)) />
                                </Asked>
                            </div>
                            <Checked context />
                            <div class="cell owner" role="gridcell">
                                <Changeable row what=Changed::Field(ChosenField::Owner)>
                                    {move || view! { <Avatar person=row.with(|row| row.owner.clone()) /> }}
                                </Changeable>
                            </div>
                    }
                    .into_any()
                }
                None => view! { <Unaligned id is_parent is_open count /> }.into_any(),
            }}
        </div>
        <DraftBelow id />
    }
    .into_any()
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
fn Unaligned(id: LineId, is_parent: Memo<bool>, is_open: Memo<bool>, count: Signal<u32>) -> impl IntoView {
    view! {
        <div class="cell name" role="gridcell" aria-colspan="7">
            <Toggle id is_parent is_open />
            <span class="title">"Unaligned"</span>
            <span class="team">
                {move || format!("{} lines that lead to nothing above them yet", count.get())}
            </span>
        </div>
    }
}
