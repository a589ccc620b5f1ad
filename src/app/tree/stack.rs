//! What the topmost row hangs under, kept in sight while one scrolls. Whoever listens hears the level of each row, so this
//! is for the eye alone.

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;

use super::Tree;
use super::element::name;
use super::window::Measured;
use crate::app::ui::meter::tone;
use crate::domain::ids::NodeId;
use crate::domain::line::{Line, LineId};
use crate::domain::outline::above;

/// The height of a line of the stack, in CSS pixels, as the style sheet has it.
pub(super) const SLIM: f64 = 28.0;

/// The most lines of the stack: of more, the first and the last ones.
const MOST: usize = 4;

/// The places of the lines that the topmost row hangs under, the outermost first.
pub(super) fn stack(lines: &[Line], covered: f64, row: f64) -> Vec<usize> {
    if !(covered > 0.0 && row > 0.0) {
        return Vec::new();
    }
    let chain = |height: usize| {
        let place = ((covered + height as f64 * SLIM) / row) as usize;
        let mut chain: Vec<usize> = above(lines, place.min(lines.len())).collect();
        chain.reverse();
        chain
    };
    // The stack covers rows itself: the topmost row is the one below it.
    let found = (0..MOST).map(|height| (height, chain(height))).find(|(height, chain)| chain.len() <= *height);
    let mut chain = found.map_or_else(|| chain(MOST), |(_, chain)| chain);
    if chain.len() > MOST {
        chain.drain(1..=chain.len() - MOST);
    }
    chain
}

/// The stack.
#[component]
pub(super) fn Stack(
    lines: Memo<Arc<Vec<Line>>>,
    measured: RwSignal<Option<Measured>>,
    element: NodeRef<Div>,
) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let shown: Memo<Vec<Line>> = Memo::new(move |_| {
        let Some(Measured { covered, row, .. }) = measured.get() else {
            return Vec::new();
        };
        lines.with(|lines| stack(lines, covered, row).into_iter().map(|place| lines[place]).collect())
    });
    let ids = move || shown.with(|shown| shown.iter().map(|line| line.id).collect::<Vec<_>>());
    let item = move |id: LineId| {
        let signals = match id {
            LineId::Node(node) => tree.memory.row(node, None),
            LineId::Unaligned => None,
        };
        let depth = move || shown.with(|shown| shown.iter().find(|line| line.id == id).map_or(0, |line| line.depth));
        let row = signals.map(|signals| signals.row);
        let words = {
            let row = row.clone();
            move || row.as_ref().map_or_else(|| "Unaligned".to_owned(), |row| row.with(|row| row.title.clone()))
        };
        let percent = {
            let row = row.clone();
            move || row.as_ref().map(|row| row.with(|row| row.percent.clone()))
        };
        let kind = match id {
            LineId::Node(NodeId::KeyResult(_)) => "key-result",
            LineId::Node(NodeId::Objective(_)) | LineId::Unaligned => "objective",
        };
        let class = move || {
            let tone = row.as_ref().map_or("quiet", |row| tone(row.with(|row| row.status)));
            let drop = tree.preview.with(|preview| preview.as_ref().map_or("", |preview| preview.class(id)));
            format!("slim {kind} depth-{} {tone}{drop}", depth().min(super::guides::DEEPEST))
        };
        view! {
            <button
                class=class
                type="button"
                tabindex="-1"
                data-line=name(id)
                on:click=move |_| tree.cursor.go_to(id)
            >
                <span class="indent"></span>
                <bdi class="words">{words}</bdi>
                <span class="percent">{percent}</span>
            </button>
        }
    };
    view! {
        <div class="stack" aria-hidden="true" node_ref=element>
            <div class="slims">
                <For each=ids key=|id| *id children=item />
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(depths: &[u16]) -> Vec<Line> {
        let line = |depth: &u16| Line {
            id: LineId::Unaligned,
            depth: *depth,
            position: 1,
            set_size: 1,
            below: 0,
            rails: 0,
            of_cycle: true,
            is_match: true,
        };
        depths.iter().map(line).collect()
    }

    #[test]
    fn holds_what_the_topmost_row_hangs_under() {
        let lines = lines(&[0, 1, 2, 2, 2, 2, 1, 0]);
        let at = |covered: f64| stack(&lines, covered, 40.0);
        assert_eq!(at(-10.0), [0; 0]);
        assert_eq!(at(0.0), [0; 0]);
        assert_eq!(at(40.0), [0], "the second line hangs under the first");
        assert_eq!(at(100.0), [0, 1]);
        assert_eq!(at(190.0), [0], "below the stack, the next line of the first level is the topmost");
        assert_eq!(at(270.0), [0; 0]);
        assert_eq!(at(1e9), [0; 0]);
        assert_eq!(stack(&lines, f64::NAN, 40.0), [0; 0]);
    }

    #[test]
    fn of_many_it_holds_the_first_and_the_nearest() {
        let depths: Vec<u16> = (0..40).collect();
        let shown = stack(&lines(&depths), 800.0, 40.0);
        assert_eq!(shown.len(), MOST);
        assert_eq!(shown[0], 0);
        assert_eq!(shown[1..], [19, 20, 21]);
    }
}
